//! The program as its users meet it: the house, the command line, the pages, a real browser.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on must fail")]

mod browser;
mod command_line;
mod demo;
mod house;
mod pages;
mod program;
