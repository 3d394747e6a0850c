//! Tests of the intake as its users see it.

mod builders;
mod fixtures;
mod history;
mod load;
mod outputs;
mod robustness;
mod templates;
