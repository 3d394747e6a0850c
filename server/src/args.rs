//! The command line: every subcommand and option, with examples. Settings come from a flag, else the environment, else a
//! default that is printed by `--help`.

mod audit;
mod backtest;
mod changes;
mod figures;
mod intake;
mod ledger;
mod letters;
mod openapi;
mod pack;
mod reconcile;
mod scorecard;
mod serve;
mod token;
mod upkeep;
mod user;

use clap::{Args, Parser, Subcommand, ValueEnum};
use reports::charts::ChartFormat;
use reports::forecast::Followed;
use reports::illustrate::ChartName;
use store::domain::{Language, UnitView};
use tracing_subscriber::filter::LevelFilter;

pub use audit::{
    Audit, AuditFreeze, AuditList, AuditPlan, AuditRecord, AuditSample, AuditSeedOrder,
    RecordRuleSet, SampleFormat,
};
pub use backtest::{Backtest, Series};
pub use changes::Changes;
pub use figures::{Chart, Forecast, Which};
pub use intake::{Check, Form, FormFormat, Load, Template};
pub use ledger::{SetDeadline, Withdraw};
pub use letters::Letters;
pub use openapi::OpenApi;
pub use pack::Pack;
pub use reconcile::{CountsFormat, Reconcile, ReconcileCheck};
pub use scorecard::Scorecard;
pub use serve::{Demo, Serve};
pub use token::{CreateToken, ListTokens, RevokeToken, Token};
pub use upkeep::{Backup, Restore, Upgrade, Verify};
pub use user::{ChangeUser, CreateUser, ListUsers, User};

/// Follows the digitizing of Viet Nam's civil-status books: counts from provinces, forecasts, charts.
///
/// Results go to standard output, everything else to standard error. Exit codes: 0 accepted or done, 1 unexpected failure,
/// 2 wrong use, 3 rejected (nothing written), 4 an explanation is needed (nothing written), 5 the database is unavailable.
#[derive(Debug, Parser)]
#[command(name = "sohoa", version, max_term_width = 110)]
pub struct Arguments {
    /// How much is written to standard error: off, error, warn, info, debug or trace.
    #[arg(
        long,
        global = true,
        env = "SOHOA_LOG",
        value_name = "LEVEL",
        default_value = "warn"
    )]
    pub log: LevelFilter,
    /// How lines of the log are written: text for people, json for programs.
    #[arg(
        long,
        global = true,
        env = "SOHOA_LOG_FORMAT",
        value_enum,
        default_value = "text"
    )]
    pub log_format: LogFormat,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a database of synthetic counts, print the national forecast and serve the pages on this machine.
    ///
    /// Example: sohoa demo --listen 127.0.0.1:8080
    Demo(Demo),
    /// Serve the pages over a database.
    ///
    /// Example: sohoa serve --database sohoa.sqlite --listen 127.0.0.1:8080
    Serve(Serve),
    /// Check files without writing anything.
    ///
    /// Example: sohoa check 24-bac-giang.csv --lang en
    Check(Check),
    /// Check files and record those that are accepted, each whole or not at all.
    ///
    /// Example: sohoa load weekly-files/ --database sohoa.sqlite
    Load(Load),
    /// Write an empty form with a province's own rows.
    ///
    /// Example: sohoa template counts --format xlsx --province 24 --as-of 2025-02-23 --database sohoa.sqlite > form.xlsx
    Template(Template),
    /// Compare with the national population database, offline.
    #[command(subcommand)]
    Reconcile(Reconcile),
    /// Print the forecast table.
    ///
    /// Example: sohoa forecast --as-of 2024-06-30 --known-on 2024-07-18 --format json
    /// Example: sohoa forecast --explain 8123 9876
    Forecast(Forecast),
    /// Print how right the issued forecasts have been: ranges that held, weeks off, chances against outcomes.
    ///
    /// Example: sohoa scorecard --lang en --format json
    Scorecard(Scorecard),
    /// Measure the forecast and its peers on the past of any series.
    ///
    /// Example: sohoa backtest --series provinces.csv --thresholds 0.5,0.9 --origins 6:48:2 --format json
    Backtest(Backtest),
    /// Draw one chart into a file; the ending of its name says SVG or PNG.
    ///
    /// Example: sohoa chart burn-up --province 49 --out quang-nam.png
    Chart(Chart),
    /// Write the pack for a meeting: report, slides, PDF, workbook, tables and charts of one cut-off.
    ///
    /// Example: sohoa pack --cutoff 2024-07-18 --known-on 2024-07-18 --units 63 --lang vi --out pack/
    Pack(Pack),
    /// List the cells that differ between two moments, with reason and author, and what the national change is made of.
    ///
    /// Example: sohoa changes --from 2025-02-20 --to 2025-03-20 --kind correction
    Changes(Changes),
    /// Write the reminder letters to the provinces whose weekly report is overdue, and the list of them.
    ///
    /// Example: sohoa letters --week 2025-W08 --out letters/
    Letters(Letters),
    /// Take a recorded file back, so that what it had replaced counts again.
    ///
    /// Example: sohoa withdraw 120 --reason "wrong week"
    Withdraw(Withdraw),
    /// Let a withdrawn file count again.
    ///
    /// Example: sohoa restore-submission 120 --reason "the file was right"
    RestoreSubmission(Withdraw),
    /// Record a deadline.
    ///
    /// Example: sohoa deadline 2025-12-31 --source "Kế hoạch 2025"
    Deadline(SetDeadline),
    /// Record a rule set by which differences with the population database are judged. It never changes afterwards.
    ///
    /// Example: sohoa rule-set VN-1.1 --sha256 9f86… --effective-from 2026-12-01 --comparable-with VN-1
    RuleSet(RecordRuleSet),
    /// The sampling audit of digitization: how many entries of a lot are looked at, which, and what follows.
    ///
    /// Example: sohoa audit sample --seed 9f86… --size 396 --list pointers.txt
    #[command(subcommand)]
    Audit(Audit),
    /// Make, list, disable and reset the accounts of people.
    #[command(subcommand)]
    User(User),
    /// Make, list and revoke the tokens by which scripts upload and read.
    #[command(subcommand)]
    Token(Token),
    /// Write everything that a database holds as one archive, also while it is served.
    ///
    /// Example: sohoa backup backups/ --database sohoa.sqlite
    Backup(Backup),
    /// Make a database of an archive, of either kind, and prove it.
    ///
    /// Example: sohoa restore sohoa-20261121T020000Z.zip --database new.sqlite
    Restore(Restore),
    /// Bring the tables of a database up to date, as `serve` does at its start, and prove it.
    ///
    /// Example: sohoa upgrade --rehearse --database sohoa.sqlite
    Upgrade(Upgrade),
    /// Prove that the log is whole and that everything it recorded is still what it was.
    ///
    /// Example: sohoa verify --database sohoa.sqlite
    Verify(Verify),
    /// Print the OpenAPI document of the API.
    ///
    /// Example: sohoa openapi --lang en > openapi.json
    #[command(name = "openapi")]
    OpenApi(OpenApi),
}

impl Command {
    /// The language that was asked for.
    #[must_use]
    pub const fn language(&self) -> Language {
        let lang = match self {
            Self::Demo(options) => &options.lang,
            Self::Serve(options) => &options.lang,
            Self::Check(options) => &options.lang,
            Self::Load(options) => &options.lang,
            Self::Template(options) => &options.lang,
            Self::Forecast(options) => &options.which.lang,
            Self::Scorecard(options) => &options.which.lang,
            Self::Pack(options) => &options.lang,
            Self::Changes(options) => &options.lang,
            Self::Letters(options) => &options.lang,
            Self::Chart(options) => &options.which.lang,
            Self::Withdraw(options) | Self::RestoreSubmission(options) => &options.lang,
            Self::Deadline(options) => &options.lang,
            Self::RuleSet(options) => &options.lang,
            Self::Audit(audit) => audit.lang(),
            Self::Backup(options) => &options.lang,
            Self::Restore(options) => &options.lang,
            Self::Verify(options) => &options.lang,
            Self::OpenApi(options) => &options.lang,
            Self::Upgrade(options) => &options.lang,
            Self::Reconcile(Reconcile::Check(options)) => &options.lang,
            Self::Backtest(options) => &options.lang,
            Self::User(user) => user.lang(),
            Self::Token(Token::Create(options)) => &options.lang,
            Self::Token(Token::List(options)) => &options.lang,
            Self::Token(Token::Revoke(options)) => &options.lang,
        };
        lang.language
    }
}

/// Where the data are.
#[derive(Debug, Args)]
pub struct Database {
    /// A file of an embedded database, or the postgres:// address of a server.
    #[arg(
        long,
        env = "DATABASE_URL",
        value_name = "FILE-OR-URL",
        default_value = "sohoa.sqlite",
        hide_env_values = true
    )]
    pub database: String,
}

/// The language of what is printed.
#[derive(Debug, Args)]
pub struct Lang {
    /// vi or en.
    #[arg(long = "lang", value_parser = parse_language, default_value = "vi", value_name = "LANG")]
    pub language: Language,
}

impl Database {
    /// Whether it is the address of a server and not a file.
    #[must_use]
    pub fn is_server(&self) -> bool {
        let scheme = self.database.split_once("://").map(|(scheme, _)| scheme);
        matches!(scheme, Some("postgres" | "postgresql"))
    }
}

/// How lines of the log are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// An object a line, for programs.
    Json,
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs; the shape is versioned.
    Json,
    /// For spreadsheets.
    Csv,
}

fn parse_language(text: &str) -> Result<Language, String> {
    Language::from_key(text).ok_or_else(|| "vi or en".to_owned())
}

fn parse_chart(text: &str) -> Result<ChartName, String> {
    ChartName::from_key(text).ok_or_else(|| {
        let names = ChartName::ALL.map(ChartName::key);
        format!("one of {}", names.join(", "))
    })
}

fn parse_chart_format(text: &str) -> Result<ChartFormat, String> {
    ChartFormat::from_key(text).ok_or_else(|| "svg, png, pdf or csv".to_owned())
}

fn parse_units(text: &str) -> Result<UnitView, String> {
    UnitView::from_key(text).ok_or_else(|| "as-reported, 63 or 34".to_owned())
}

fn parse_followed(text: &str) -> Result<Followed, String> {
    Followed::from_key(text)
        .ok_or_else(|| "slowest, scanned, entered, checked, approved or transferred".to_owned())
}

fn parse_unit(text: &str) -> Result<store::domain::UnitId, String> {
    store::domain::UnitId::parse(text)
        .ok_or_else(|| "p and the old code, or q and the new one".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Arguments::command().debug_assert();
    }
}
