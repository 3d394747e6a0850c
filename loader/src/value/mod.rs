//! From the text of one cell to a value of the domain. Nothing here knows a file or a language.

mod count;
mod date;
mod percent;
mod text;

pub(crate) use count::{CountProblem, parse_count};
pub(crate) use date::{DateProblem, parse_date};
pub(crate) use percent::{Percent, parse_percent};
pub(crate) use text::{TextProblem, is_direction_mark, parse_text};
