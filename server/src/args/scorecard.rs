//! Options of `sohoa scorecard`.

use clap::Args;

use super::{Format, Which};

/// `sohoa scorecard`.
#[derive(Debug, Args)]
pub struct Scorecard {
    /// Which figures are the truth, as known when; forecasts issued later are left out.
    #[command(flatten)]
    pub which: Which,
    /// How the record is written: text or json.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}
