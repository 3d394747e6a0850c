//! The command line: every subcommand and option, with examples. Settings come from a flag, else the environment, else a
//! default that is printed by `--help`.

mod audit;
mod backtest;
mod changes;
mod letters;
mod openapi;
mod pack;
mod reconcile;
mod scorecard;
mod serve;
mod token;
mod user;

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use reports::charts::ChartFormat;
use reports::illustrate::ChartName;
use store::domain::{Language, UnitView};
use tracing_subscriber::filter::LevelFilter;

pub use audit::{
    Audit, AuditFreeze, AuditList, AuditPlan, AuditRecord, AuditSample, AuditSeedOrder,
    RecordRuleSet, SampleFormat,
};
pub use backtest::Backtest;
pub use changes::Changes;
pub use letters::Letters;
pub use openapi::OpenApi;
pub use pack::Pack;
pub use reconcile::{CountsFormat, Reconcile, ReconcileCheck};
pub use scorecard::Scorecard;
pub use serve::Serve;
pub use token::{CreateToken, ListTokens, RevokeToken, Token};
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
            Self::Verify(options) => &options.lang,
            Self::OpenApi(options) => &options.lang,
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

/// `sohoa verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The language of the answer.
    #[command(flatten)]
    pub lang: Lang,
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

/// `sohoa demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder for the files and the database; made where it is not there.
    #[arg(long, value_name = "FOLDER", default_value = "sohoa-demo")]
    pub dir: PathBuf,
    /// Stop after printing the table.
    #[arg(long)]
    pub no_serve: bool,
    /// Make the database again even where it is up to date.
    #[arg(long)]
    pub renew: bool,
    /// Where the pages are served.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The language of the table.
    #[command(flatten)]
    pub lang: Lang,
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

/// `sohoa check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How the receipt is written.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Check against what this database knows of earlier weeks; without it those rules are named as not checked.
    #[arg(long, value_name = "FILE-OR-URL")]
    pub database: Option<String>,
    /// Also write a copy of the file to this path, with the cells marked and what to do in comments; for one file.
    #[arg(long, value_name = "OUT")]
    pub annotate: Option<PathBuf>,
    /// Answers the questions of the file.
    #[arg(long, value_name = "TEXT")]
    pub explain: Option<String>,
    /// A CSV file with the columns question and answer: the name of a question as a receipt prints it, and what is answered.
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// The language of the receipt.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa load`.
#[derive(Debug, Args)]
pub struct Load {
    /// Files, or folders whose .csv files are taken in the order of their names.
    #[arg(required_unless_present = "watch", value_name = "FILE-OR-FOLDER")]
    pub files: Vec<PathBuf>,
    /// Take the files that are dropped into a folder until told to stop: into done/, or into refused/ with a receipt.
    #[arg(long, value_name = "FOLDER", conflicts_with = "files")]
    pub watch: Option<PathBuf>,
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// Who sends the files, for the log.
    #[arg(long, value_name = "NAME", default_value = "command line")]
    pub by: String,
    /// Answers the questions of the files.
    #[arg(long, value_name = "TEXT")]
    pub explain: Option<String>,
    /// A CSV file with the columns question and answer: the name of a question as a receipt prints it, and what is answered.
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// The language of the receipts.
    #[command(flatten)]
    pub lang: Lang,
}

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Weekly counts by stage.
    Counts,
    /// Batches of reconciliation with the population database, outcomes alone.
    Reconciliation,
    /// The same with everything a document tells: fields by class, personal numbers, duplicates.
    ReconciliationFull,
}

/// `sohoa template`.
#[derive(Debug, Args)]
pub struct Template {
    /// Which form.
    #[arg(value_enum)]
    pub form: Form,
    /// The code of the province on the day the counts are true for; without it the form has a row for every province.
    #[arg(long, value_name = "CODE")]
    pub province: Option<String>,
    /// The day the counts are true for; today where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<NaiveDate>,
    /// How the form is written.
    #[arg(long, value_enum, default_value = "csv")]
    pub format: FormFormat,
    /// Take the rows that the province reported, and its last figures, from this database.
    #[arg(long, value_name = "FILE-OR-URL")]
    pub database: Option<String>,
    /// The language of the headers.
    #[command(flatten)]
    pub lang: Lang,
}

/// How a form is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormFormat {
    /// A workbook with lists to choose from, input rules and advice.
    Xlsx,
    /// A plain table.
    Csv,
}

/// Which figures, as known when.
#[derive(Debug, Args)]
pub struct Which {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The day whose week is shown; the latest week with reports where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<NaiveDate>,
    /// As known at the end of this day; as known now where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub known_on: Option<NaiveDate>,
    /// as-reported, 63 or 34.
    #[arg(long, value_parser = parse_units, default_value = "as-reported")]
    pub units: UnitView,
    /// The language.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa forecast`.
#[derive(Debug, Args)]
pub struct Forecast {
    /// Which figures.
    #[command(flatten)]
    pub which: Which,
    /// Ask for another deadline than the one in force, for every unit.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub deadline: Option<NaiveDate>,
    /// Issue the forecast: keep it as given out, to be scored when the truth is known.
    #[arg(long, requires = "by", conflicts_with_all = ["deadline", "reissue"])]
    pub issue: bool,
    /// Who issues it.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Print the issued forecast of this number, made again from what was known then; fails where a byte differs. One of
    /// an older method is printed as it was kept, and that is said.
    #[arg(long, value_name = "NUMBER", conflicts_with = "deadline")]
    pub reissue: Option<i64>,
    /// Print why the date moved between two issued forecasts.
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["deadline", "issue", "reissue"])]
    pub explain: Vec<i64>,
    /// How the table is written.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// `sohoa chart`.
#[derive(Debug, Args)]
pub struct Chart {
    /// Which chart: burn-up, ranking, tiles, timeline, multiples, pace, stage-gap, throughput, submissions, meeting,
    /// comparison, field-rates or ageing.
    #[arg(value_parser = parse_chart)]
    pub name: ChartName,
    /// Which figures.
    #[command(flatten)]
    pub which: Which,
    /// The code of a province on the day shown, for its own burn-up or throughput; the nation where none is given.
    #[arg(long, value_name = "CODE")]
    pub province: Option<String>,
    /// A day of the week that the last meeting looked at, for the chart of changes; a month before where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub since: Option<NaiveDate>,
    /// svg, png, pdf or csv; the ending of the file where none is given, else svg.
    #[arg(long, value_name = "FORMAT", value_parser = parse_chart_format)]
    pub format: Option<ChartFormat>,
    /// The file to write; the name of the chart in this folder where none is given.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Width of a PNG in pixels.
    #[arg(long, value_name = "PIXELS", default_value_t = 1920, value_parser = clap::value_parser!(u32).range(200..=8000))]
    pub width: u32,
}

/// `sohoa withdraw` and `sohoa restore-submission`.
#[derive(Debug, Args)]
pub struct Withdraw {
    /// The number of the submission.
    pub submission: i64,
    /// Why; it is kept.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
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

/// `sohoa deadline`.
#[derive(Debug, Args)]
pub struct SetDeadline {
    /// The last day of the work.
    pub due_on: NaiveDate,
    /// The permanent id of a unit, such as p49; the nation where none is given.
    #[arg(long, value_name = "ID", value_parser = parse_unit)]
    pub unit: Option<store::domain::UnitId>,
    /// The day it was announced; today where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub announced_on: Option<NaiveDate>,
    /// The law, plan or decision that set it.
    #[arg(long, value_name = "TEXT")]
    pub source: String,
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
