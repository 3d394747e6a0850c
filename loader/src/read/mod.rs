//! From bytes to a table: encoding, delimiter, quotation marks, and the physical line of every row.

mod delimiter;
mod encoding;
mod legacy;
mod lines;
mod quotes;
mod record;
mod records;
mod refused;
mod stream;
mod table;
mod tcvn3;
mod text;
mod vietnamese;
mod vni;

pub use delimiter::Delimiter;
pub(crate) use lines::breaks;
pub(crate) use quotes::find_bad_quote;
pub(crate) use record::Record;
pub(crate) use records::Records;
pub(crate) use stream::{Block, Blocks, StreamError, TextForm};
pub(crate) use table::{ReadFile, Rest, Row, Table, read_table, report_bad_quote};
pub(crate) use text::{Content, DiskText};
