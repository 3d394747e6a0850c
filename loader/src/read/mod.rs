//! From bytes to a table: encoding, delimiter, quotation marks, and the physical line of every row.

mod delimiter;
mod encoding;
mod legacy;
mod lines;
mod quotes;
mod records;
mod refused;
mod table;
mod tcvn3;
mod vietnamese;
mod vni;

pub use delimiter::Delimiter;
pub(crate) use records::{Record, Records};
pub(crate) use table::{ReadFile, Rest, Row, Table, read_table, report_bad_quote};
