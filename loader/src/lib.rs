//! The gate: every file that enters the archive comes through here, from the command line and from the upload page alike.
//!
//! A file's way: `read` turns bytes into a table with the physical line and column of every cell; the form is
//! told by the headers; `forms` turns rows into domain types; `rules` look at the rows; [`judge`] gives the verdict and
//! the [`Receipt`]; [`commit()`] hands an accepted file to the archive. Nothing stops at the first problem, and whatever
//! the bytes are, the answer is a receipt.

mod annotate;
mod batches;
mod chains;
mod column;
mod commit;
pub mod comparison;
mod finding;
mod fold;
mod form;
mod forms;
mod header_rows;
mod history;
mod index;
mod intake;
mod layout;
mod load;
mod memo;
mod nearest;
pub mod output;
mod preview;
mod questions;
mod read;
mod receipt;
mod rule;
mod rules;
mod sheet;
mod source;
mod template;
mod unit_names;
mod value;
mod vocabulary;
mod workbook;

pub use annotate::{AnnotatedCopy, annotated_copy};
pub use commit::{CommitError, Committed, commit};
pub use finding::{Finding, PLACES_KEPT, Places, Severity};
pub use form::Form;
pub use history::{HISTORY_DAYS, History, Reach};
pub use intake::{Context, Parsed, Sender, check_path, intake, judge, parse, parse_path};
pub use load::{
    Arrival, LoadError, LoadOptions, LoadOutcome, LoadReport, LoadedFile, Progress, is_table,
    load_files,
};
pub use preview::{CellChange, CellName, Change, Moved, Preview, moved_since, preview};
pub use questions::{Answers, Asked, read_answers};
pub use read::Delimiter;
pub use receipt::{FileFacts, NotChecked, RULES_VERSION, Receipt, Verdict};
pub use rule::Rule;
pub use rules::reconciliation::has_long_number;
/// Why a workbook could not be written.
pub use rust_xlsxwriter::XlsxError;
pub use source::{DEFAULT_SIZE_LIMIT, SourceFile};
pub use template::{Earlier, Template, TemplateFor};
pub use vocabulary::Vocabulary;
