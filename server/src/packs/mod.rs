//! Packs for meetings: made one after another, recorded in the archive with every file.

mod make;
mod queue;

pub use make::{MadePack, STEPS, make, record};
pub(crate) use queue::{Job, Progress, Queue};
