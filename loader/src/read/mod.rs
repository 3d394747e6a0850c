//! From bytes to a table: encoding, delimiter, quotation marks, and the physical line of every row.

mod delimiter;
mod encoding;
mod lines;
mod quotes;
mod table;

pub use delimiter::Delimiter;
pub(crate) use table::{Row, Table, read_table};
