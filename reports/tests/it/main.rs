//! Tests of the figures: forecasts, reports and their tables.

mod dates;
mod deadlines;
mod given;
mod national;
mod render;
mod report;
mod sameness;
mod states;
