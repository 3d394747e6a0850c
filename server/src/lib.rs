//! The front door: the pages, the command line and the demo. It computes no figure: it reads what was asked, asks the
//! archive and the workshop, and shows what they answer.

pub mod access;
mod api;
pub mod args;
mod auditing;
pub mod commands;
pub mod demo;
pub mod error;
mod issuing;
mod letters;
mod line;
mod mailing;
mod meetings;
pub mod operations;
pub mod outbox;
pub mod packs;
pub mod pages;
mod planning;
mod revisions;
pub mod routes;
mod scoring;
pub mod snapshots;
pub mod startup;
pub mod state;
pub mod view;
