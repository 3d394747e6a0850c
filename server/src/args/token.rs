//! The options of `sohoa token`.

use chrono::TimeDelta;
use clap::{Args, Subcommand};

use store::domain::TokenScope;

use super::{Database, Lang};

/// `sohoa token`.
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Make a token for the scripts of a province or of another system; it is printed once and never kept.
    ///
    /// Example: sohoa token create --province 15 --expires 90d
    Create(CreateToken),
    /// List the tokens, without their texts.
    ///
    /// Example: sohoa token list --lang en
    List(ListTokens),
    /// Take a token out of use.
    ///
    /// Example: sohoa token revoke 12
    Revoke(RevokeToken),
}

/// `sohoa token create`.
#[derive(Debug, Args)]
pub struct CreateToken {
    /// What the token is good for: upload or read.
    #[arg(long, value_name = "SCOPE", value_parser = parse_scope, default_value = "upload")]
    pub scope: TokenScope,
    /// The code of the province on this day; the token records or reads its rows only, and those of the provinces merged into it.
    /// Without it a token reads the whole nation.
    #[arg(long, value_name = "CODE", required_if_eq("scope", "upload"))]
    pub province: Option<String>,
    /// For how many days the token is taken, such as 90d.
    #[arg(long, value_name = "DAYS", value_parser = parse_days)]
    pub expires: TimeDelta,
    /// What it is called: the sender of what it records; the name of the province, or of the nation,
    /// where none is given.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Who, for the log.
    #[arg(long, value_name = "NAME", default_value = "command line")]
    pub by: String,
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa token list`.
#[derive(Debug, Args)]
pub struct ListTokens {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the list.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa token revoke`.
#[derive(Debug, Args)]
pub struct RevokeToken {
    /// The number of the token.
    pub token: i64,
    /// Who, for the log.
    #[arg(long, value_name = "NAME", default_value = "command line")]
    pub by: String,
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
}

/// The longest life of a token in days: who is not looked at for ten years is forgotten.
const MOST_DAYS: u16 = 3650;

fn parse_scope(text: &str) -> Result<TokenScope, String> {
    TokenScope::from_key(text).ok_or_else(|| "upload or read".to_owned())
}

fn parse_days(text: &str) -> Result<TimeDelta, String> {
    let days = text.strip_suffix('d').unwrap_or(text).parse::<u16>().ok();
    let days = days.filter(|days| (1..=MOST_DAYS).contains(days));
    let days = days.ok_or_else(|| format!("1d to {MOST_DAYS}d"))?;
    Ok(TimeDelta::days(i64::from(days)))
}
