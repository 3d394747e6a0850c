//! The one place of sizes, fonts, colours, and of the way numbers and dates are written on charts.

mod face;
mod look;
mod size;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use face::*;
pub(crate) use look::*;
pub use size::ChartSize;
pub(crate) use size::WIDEST_PX;
pub(crate) use words::*;
