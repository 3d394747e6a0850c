//! The subcommands: one file each, or one for a few small ones.

mod audit;
mod backtest;
mod changes;
mod chart;
mod check;
mod demo;
mod folder;
mod forecast;
mod ledger;
mod letters;
mod load;
mod openapi;
mod outcome;
mod pack;
mod progress;
mod reconcile;
mod scorecard;
mod serve;
mod template;
mod token;
mod upkeep;
mod user;
mod watch;

pub use outcome::{Outcome, failure_code, failure_words};

use crate::args::{Arguments, Command, Reconcile, Token};
use crate::state::Clock;

/// The largest file that the command line reads, in bytes: a national year at commune level has four million rows of about 70, and what
/// is held of a file takes at most 8 bytes of memory for each of its own (`loader/tests/memory`).
const LARGEST_FILE: u64 = 512 * 1024 * 1024;

/// Runs a subcommand and says how it ended.
///
/// # Errors
/// What the outcome has no code of its own for: an unexpected failure with its causes.
pub fn run(arguments: Arguments, clock: &Clock) -> anyhow::Result<Outcome> {
    match arguments.command {
        Command::Demo(options) => demo::run(&options, clock),
        Command::Serve(options) => serve::run(&options, clock),
        Command::Check(options) => check::run(&options, clock),
        Command::Load(options) => load::run(&options, clock),
        Command::Reconcile(Reconcile::Check(options)) => reconcile::check(&options),
        Command::Template(options) => template::run(&options, clock),
        Command::Forecast(options) => forecast::run(&options, clock),
        Command::Scorecard(options) => scorecard::run(&options, clock),
        Command::Backtest(options) => backtest::run(&options, clock),
        Command::Chart(options) => chart::run(&options, clock),
        Command::Pack(options) => pack::run(&options, clock),
        Command::Changes(options) => changes::run(&options, clock),
        Command::Letters(options) => letters::run(&options, clock),
        Command::Withdraw(options) => ledger::withdraw(&options, clock),
        Command::RestoreSubmission(options) => ledger::restore(&options, clock),
        Command::Deadline(options) => ledger::set_deadline(&options, clock),
        Command::RuleSet(options) => ledger::record_rule_set(&options, clock),
        Command::User(user) => user::run(&user, clock),
        Command::Audit(options) => audit::run(&options, clock),
        Command::Token(Token::Create(options)) => token::create(&options, clock),
        Command::Token(Token::List(options)) => token::list(&options, clock),
        Command::Token(Token::Revoke(options)) => token::revoke(&options, clock),
        Command::OpenApi(options) => openapi::run(&options),
        Command::Backup(options) => upkeep::back_up(&options, clock),
        Command::Restore(options) => upkeep::restore(&options),
        Command::Verify(options) => upkeep::verify(&options),
        Command::Upgrade(options) => upkeep::upgrade(&options),
    }
}
