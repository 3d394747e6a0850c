//! A receipt as text for people, JSON for programs and CSV for spreadsheets.

mod csv;
mod json;
mod problem;
mod text;

pub use self::csv::receipt_csv;
pub use json::receipt_json;
pub use problem::{Problem, problems};
pub use text::receipt_text;
pub(crate) use text::{column_letters, consequence, facts};
