//! The accounts of the demonstration: one of each kind, with a password that everybody may know.

use store::domain::{AccountChange, AccountDeed, Login, Role, UnitId};

use crate::error::ServerError;
use crate::state::State;

/// Who made the accounts and sent the files of a demonstration.
pub(crate) const DEMO_SENDER: &str = "demo";

/// The password of every account of a demonstration.
pub(crate) const DEMO_PASSWORD: &str = "trinh-dien-sohoa";

/// The province of the demonstration's officer: Bắc Ninh, formed from Bắc Giang and Bắc Ninh.
const PROVINCE: &str = "q24";

/// The accounts: login and name of the person with the role.
fn demo_accounts() -> Vec<(Login, &'static str, Role)> {
    let officer =
        UnitId::parse(PROVINCE).map(|unit| ("bac-ninh", "Cán bộ Bắc Ninh", Role::Uploader(unit)));
    let others = [
        ("quan-tri", "Quản trị viên", Role::Administrator),
        ("theo-doi", "Cán bộ theo dõi", Role::Monitor),
        ("lanh-dao", "Lãnh đạo", Role::Reader),
    ];
    let all = officer.into_iter().chain(others);
    all.filter_map(|(login, name, role)| Some((Login::parse(login)?, name, role)))
        .collect()
}

/// Makes the accounts that are not there yet and gives the logins of all.
///
/// # Errors
/// [`ServerError`] where the database does not take them.
pub(crate) fn make_demo_accounts(state: &State) -> Result<Vec<(Login, Role)>, ServerError> {
    let mut made = Vec::new();
    for (login, name, role) in demo_accounts() {
        let change = |deed, standing| AccountChange {
            login,
            deed,
            standing,
            by: DEMO_SENDER,
            at: (state.clock)(),
        };
        if state.store.find_account(login)?.is_none() {
            let create = change(AccountDeed::Create, Some((name, role)));
            state.store.change_account(&create)?;
            let hash = state.hashing.hash(DEMO_PASSWORD, login)?;
            let password = change(AccountDeed::Password, None);
            state.store.set_password(&password, &hash)?;
        }
        made.push((login, role));
    }
    Ok(made)
}
