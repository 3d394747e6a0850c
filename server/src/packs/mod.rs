//! Packs for meetings: made one after another, recorded in the archive with every file.

mod make;

pub use make::{MadePack, STEPS, make, record};
