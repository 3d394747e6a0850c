//! `sohoa openapi`.

use clap::Args;

use super::Lang;

/// `sohoa openapi`.
#[derive(Debug, Args)]
pub struct OpenApi {
    /// The language of the texts.
    #[command(flatten)]
    pub lang: Lang,
}
