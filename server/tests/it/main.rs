//! The program as its users meet it: the house, the command line, the pages, a real browser.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

mod access;
mod accessible;
mod answering;
mod api;
mod api_decisions;
mod api_document;
mod api_pack;
mod api_writes;
mod auditing;
mod backtesting;
mod bad_input;
mod bottleneck;
mod browser;
mod checking;
mod command_line;
mod comparing;
mod demo;
mod desk;
mod difficulties;
mod documents;
mod hostile;
mod house;
mod http;
mod interruption;
mod issuing;
mod loading;
mod mailing;
mod meeting;
mod openid;
mod operations;
mod outbox;
mod packs;
mod pages;
mod planning;
mod postgres;
mod postman;
mod program;
mod published_forecast;
mod receiver;
mod reconciling;
mod reminders;
mod signing_in;
mod surfaces;
mod tables;
mod tokens;
mod tool;
mod two_servers;
mod upkeep;
mod upload_progress;
mod uploading;
mod walk;
mod watching;
mod webhooks;
