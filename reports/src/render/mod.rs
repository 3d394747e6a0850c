//! Files and texts made from a report: nothing is computed here, only written down.

mod backtest_csv;
mod backtest_json;
mod backtest_text;
mod changes;
mod error;
mod forecast_csv;
mod forecast_json;
mod forecast_text;
mod national_json;
mod national_text;
mod published_json;
mod revision_json;
mod revision_text;
mod scorecard_json;
mod scorecard_text;
mod table;

pub use backtest_csv::backtest_csv;
pub use backtest_json::backtest_json;
pub use backtest_text::backtest_text;
pub use changes::{Moments, changes_csv, changes_text, changes_xlsx, national_change_rows};
pub use error::TableError;
pub use forecast_csv::forecast_csv;
pub use forecast_json::{ForecastTable, UnitEntry, VERSION, forecast_json};
pub use forecast_text::forecast_text;
pub use revision_json::revision_json;
pub use revision_text::revision_text;
pub use scorecard_json::scorecard_json;
pub use scorecard_text::scorecard_text;
