//! The options of `sohoa user`.

use clap::{Args, Subcommand};
use store::domain::{Login, Role};

use super::{Database, Lang};

/// `sohoa user`.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Make an account and print the link by which its password is chosen, once, within 24 hours.
    ///
    /// Example: sohoa user create bac-ninh --name "Nguyễn Văn A" --role uploader --province 24
    Create(CreateUser),
    /// List the accounts.
    ///
    /// Example: sohoa user list --lang en
    List(ListUsers),
    /// Keep an account from signing in; its open sessions end.
    ///
    /// Example: sohoa user disable bac-ninh
    Disable(ChangeUser),
    /// Let an account sign in again.
    ///
    /// Example: sohoa user enable bac-ninh
    Enable(ChangeUser),
    /// Print a new link by which the password is chosen, and ask for no second factor until it is set up again.
    ///
    /// Example: sohoa user reset bac-ninh
    Reset(ChangeUser),
    /// Give an account another role or name; its open sessions end.
    ///
    /// Example: sohoa user role lan --role monitor --name "Trần Thị Lan"
    Role(CreateUser),
}

impl User {
    /// The language that was asked for.
    #[must_use]
    pub const fn lang(&self) -> &Lang {
        match self {
            Self::Create(options) | Self::Role(options) => &options.which.lang,
            Self::List(options) => &options.lang,
            Self::Disable(options) | Self::Enable(options) | Self::Reset(options) => &options.lang,
        }
    }
}

/// `sohoa user create` and `sohoa user role`.
#[derive(Debug, Args)]
pub struct CreateUser {
    /// Whose account.
    #[command(flatten)]
    pub which: ChangeUser,
    /// The name of the person.
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// administrator, monitor, uploader or reader.
    #[arg(long, value_name = "ROLE", value_parser = clap::builder::PossibleValuesParser::new(Role::KEYS))]
    pub role: String,
    /// The code of an uploader's province on this day.
    #[arg(long, value_name = "CODE", required_if_eq("role", "uploader"))]
    pub province: Option<String>,
}

/// `sohoa user list`.
#[derive(Debug, Args)]
pub struct ListUsers {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the list.
    #[command(flatten)]
    pub lang: Lang,
}

/// Which account, and by whom.
#[derive(Debug, Args)]
pub struct ChangeUser {
    /// What the account signs in with: 2 to 32 small letters, digits, `.`, `-`, `_` or `@`.
    #[arg(value_parser = parse_login, value_name = "LOGIN")]
    pub login: Login,
    /// The address of the server, with which a link begins.
    #[arg(
        long,
        env = "SOHOA_SITE",
        value_name = "ADDRESS",
        default_value = "http://127.0.0.1:8080"
    )]
    pub site: String,
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

fn parse_login(text: &str) -> Result<Login, String> {
    Login::parse(text).ok_or_else(|| "2 to 32 small letters, digits, . - _ or @".to_owned())
}
