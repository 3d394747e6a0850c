//! From bytes to a table: encoding, delimiter, quotation marks, and the physical line of every row.

mod delimiter;
mod encoding;
mod legacy;
mod lines;
mod quotes;
mod refused;
mod table;
mod tcvn3;
mod vietnamese;
mod vni;

pub use delimiter::Delimiter;
pub(crate) use table::{ReadFile, Row, Table, read_table};
