//! `sohoa serve`.

use std::io::Write as _;
use std::net::SocketAddr;

use anyhow::Context as _;
use store::domain::{Account, AccountChange, AccountDeed, Language, Login, Role};
use store::{Store, StoreError};

use super::outcome::{Outcome, print};
use crate::access::invite;
use crate::args::Serve;
use crate::startup::Application;
use crate::state::{Clock, State};

/// Serves the pages until the process is told to stop.
pub(super) fn run(options: &Serve, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open(&options.database.database)?;
    let state = State::new(store, clock.clone()).with_security(options.security());
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
        invite_first(state, &application, language)?;
        application.run().await?;
        Ok(Outcome::Done)
    })
}

/// Where no administrator can sign in yet, makes the first one and prints the link by which the password is chosen. There is no
/// default password.
fn invite_first(
    state: &State,
    application: &Application,
    language: Language,
) -> anyhow::Result<()> {
    const FIRST: &str = "admin";
    const BY: &str = "first start";
    let Some(login) = Login::parse(FIRST) else {
        return Ok(());
    };
    if state.store.has_administrator()? {
        return Ok(());
    }
    if state.store.list_accounts()?.is_empty() {
        let made = state.store.change_account(&AccountChange {
            login,
            deed: AccountDeed::Create,
            standing: Some(("Quản trị viên", Role::Administrator)),
            by: BY,
            at: (state.clock)(),
        });
        match made {
            // Another server over the same database was faster.
            Ok(()) | Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let standing = state.store.find_account(login)?;
    let waits = |account: &Account| account.active && account.role == Role::Administrator;
    if !standing.as_ref().is_some_and(waits) {
        return Ok(());
    }
    let link = invite(state, login, BY)?;
    let word = language.pick(
        "chưa có quản trị viên; chọn mật khẩu của tài khoản admin (một lần, trong 24 giờ) tại",
        "there is no administrator yet; choose the password of the account admin (once, within 24 hours) at",
    );
    let message = format!("{word} http://{}{}", application.address(), link.path);
    // Where standard error is closed nobody is left to tell.
    drop(writeln!(std::io::stderr(), "{message}"));
    Ok(())
}
