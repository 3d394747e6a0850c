//! `sohoa serve`.

use std::net::SocketAddr;

use anyhow::Context as _;
use store::Store;
use store::domain::Language;

use super::outcome::{Outcome, print};
use crate::args::Serve;
use crate::startup::Application;
use crate::state::{Clock, State};

/// Serves the pages until the process is told to stop.
pub(super) fn run(options: &Serve, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open(&options.database.database)?;
    let state = State::new(store, clock.clone());
    serve(&state, options.listen, options.lang.language)
}

/// Serves the pages over an archive, first saying where.
pub(super) fn serve(
    state: &State,
    listen: SocketAddr,
    language: Language,
) -> anyhow::Result<Outcome> {
    actix_web::rt::System::new().block_on(async {
        let application = Application::build(state, listen).with_context(|| match language {
            Language::Vi => format!("không mở được cổng {listen}; chọn địa chỉ khác bằng --listen"),
            Language::En => {
                format!("cannot listen on {listen}; choose another address with --listen")
            }
        })?;
        print(
            format!(
                "serving on http://{}/ — stop with Ctrl-C\n",
                application.address()
            )
            .as_bytes(),
        )?;
        application.run().await?;
        Ok(Outcome::Done)
    })
}
