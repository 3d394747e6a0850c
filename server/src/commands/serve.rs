//! `sohoa serve`.

use std::io::Write as _;
use std::time::Duration;

use anyhow::Context as _;
use store::domain::{Account, AccountChange, AccountDeed, Language, Login, Role};
use store::{Store, StoreError};

use super::outcome::{Outcome, WrongUse, print};
use crate::access::invite;
use crate::args::Serve;
use crate::operations::{Settings, read_tls};
use crate::outbox::{Couriers, Worker};
use crate::startup::Application;
use crate::state::{Clock, State};

/// How long a pack that is being made when the server stops may take to be recorded.
const LAST_PACK: Duration = Duration::from_secs(30);

/// Serves the pages until the process is told to stop.
pub(super) fn run(options: &Serve, clock: &Clock) -> anyhow::Result<Outcome> {
    let settings = options.settings();
    if let Some(contradiction) = settings.contradiction() {
        return Err(WrongUse(contradiction).into());
    }
    let store = Store::open(&options.database.database)?;
    let state = State::new(store, clock.clone())
        .with_security(settings.security.clone())
        .with_provider(settings.openid.clone());
    serve(&state, &settings, options.lang.language)
}

/// Serves the pages over an archive, first saying where.
pub(super) fn serve(
    state: &State,
    settings: &Settings,
    language: Language,
) -> anyhow::Result<Outcome> {
    let tls = settings.tls.as_ref().map(read_tls).transpose()?;
    let couriers = Couriers::new(&settings.delivery).map_err(WrongUse)?;
    let state = &state.clone().with_mail(couriers.has_mail());
    let scheme = if tls.is_some() { "https" } else { "http" };
    let listen = settings.listen;
    actix_web::rt::System::new().block_on(async {
        let application =
            Application::build(state, settings, tls).with_context(|| match language {
                Language::Vi => {
                    format!("không mở được cổng {listen}; chọn địa chỉ khác bằng --listen")
                }
                Language::En => {
                    format!("cannot listen on {listen}; choose another address with --listen")
                }
            })?;
        let address = format!("{scheme}://{}", application.address());
        print(format!("serving on {address}/ — stop with Ctrl-C\n").as_bytes())?;
        invite_first(state, &address, language)?;
        let worker = Worker::start(state.clone(), couriers);
        let served = application.run().await;
        state.packs.finish(LAST_PACK);
        worker.finish();
        served?;
        anyhow::Ok(())
    })?;
    Ok(Outcome::Done)
}

/// Where no administrator can sign in yet, makes the first one and prints the link by which the password is chosen. There is no
/// default password.
fn invite_first(state: &State, address: &str, language: Language) -> anyhow::Result<()> {
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
    let message = format!("{word} {address}{}", link.path);
    // Where standard error is closed nobody is left to tell.
    drop(writeln!(std::io::stderr(), "{message}"));
    Ok(())
}
