//! `sohoa openapi`.

use super::outcome::{Outcome, print};
use crate::args::OpenApi;

/// Prints the document of the API.
pub(super) fn run(options: &OpenApi) -> anyhow::Result<Outcome> {
    let document = crate::api::document(options.lang.language);
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    print(&bytes)?;
    Ok(Outcome::Done)
}
