//! The program `sohoa`: the only place that reads the clock, sets up logging and turns failures into exit codes.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use server::args::{Arguments, LogFormat};
use server::commands;
use server::state::Clock;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = arguments.command.language();
    let log = tracing_subscriber::fmt()
        .with_max_level(arguments.log)
        .with_writer(std::io::stderr);
    match arguments.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    let clock: Clock = Arc::new(chrono::Utc::now);
    match commands::run(arguments, &clock) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            // Where standard error is closed nobody is left to tell.
            drop(writeln!(
                std::io::stderr(),
                "{}",
                commands::failure_words(&error, language)
            ));
            commands::failure_code(&error)
        }
    }
}
