//! `sohoa user`: accounts without the web page.

use store::Store;
use store::domain::{AccountChange, AccountDeed, Language, Reference, Role, Text};

use super::outcome::{Outcome, WrongUse, no_province, print};
use crate::access::invite;
use crate::args::{ChangeUser, CreateUser, ListUsers, User};
use crate::state::{Clock, State, local_day};

/// Does what is asked about accounts.
pub(super) fn run(user: &User, clock: &Clock) -> anyhow::Result<Outcome> {
    match user {
        User::Create(options) => {
            stand(options, AccountDeed::Create, clock)?;
            print_link(&options.which, clock)
        }
        User::Role(options) => {
            stand(options, AccountDeed::Role, clock)?;
            tell(&options.which, "đã đổi vai trò", "has another role")
        }
        User::List(options) => list(options),
        User::Disable(options) => {
            change(options, AccountDeed::Disable, None, clock)?;
            tell(options, "đã bị khóa", "is disabled")
        }
        User::Enable(options) => {
            change(options, AccountDeed::Enable, None, clock)?;
            tell(options, "đã được mở khóa", "is enabled")
        }
        User::Reset(options) => {
            let by = change_of(options, AccountDeed::NoSecondFactor, None, clock);
            Store::open_existing(&options.database.database)?.set_second_factor(&by, None, &[])?;
            print_link(options, clock)
        }
    }
}

/// Gives an account its name and role.
fn stand(options: &CreateUser, deed: AccountDeed, clock: &Clock) -> anyhow::Result<()> {
    let today = local_day(clock());
    let units = &Reference::embedded().units;
    let unit = |code: &String| {
        let unit = units.find_by_code(code, today);
        unit.map(|unit| unit.id)
            .ok_or_else(|| no_province(code, today))
    };
    let province = options.province.as_ref().map(unit).transpose()?;
    let role = Role::from_key(&options.role, province).ok_or_else(|| {
        WrongUse(Text::new(
            "chỉ cán bộ tỉnh (uploader) có tỉnh",
            "only an uploader has a province",
        ))
    })?;
    change(&options.which, deed, Some((&options.name, role)), clock)
}

fn change_of<'a>(
    options: &'a ChangeUser,
    deed: AccountDeed,
    standing: Option<(&'a str, Role)>,
    clock: &Clock,
) -> AccountChange<'a> {
    AccountChange {
        login: options.login,
        deed,
        standing,
        by: &options.by,
        at: clock(),
    }
}

fn change(
    options: &ChangeUser,
    deed: AccountDeed,
    standing: Option<(&str, Role)>,
    clock: &Clock,
) -> anyhow::Result<()> {
    let store = Store::open_existing(&options.database.database)?;
    Ok(store.change_account(&change_of(options, deed, standing, clock))?)
}

fn print_link(options: &ChangeUser, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&options.database.database)?;
    let state = State::new(store, clock.clone());
    let link = invite(&state, options.login, &options.by)?;
    let site = options.site.trim_end_matches('/');
    print(format!("{site}{}\n", link.path))?;
    Ok(Outcome::Done)
}

fn tell(options: &ChangeUser, vi: &str, en: &str) -> anyhow::Result<Outcome> {
    let login = options.login;
    print(match options.lang.language {
        Language::Vi => format!("tài khoản {login} {vi}\n"),
        Language::En => format!("account {login} {en}\n"),
    })?;
    Ok(Outcome::Done)
}

fn list(options: &ListUsers) -> anyhow::Result<Outcome> {
    let language = options.lang.language;
    let store = Store::open_existing(&options.database.database)?;
    for account in store.list_accounts()? {
        let state = if account.active {
            language.pick("hoạt động", "active")
        } else {
            language.pick("đã khóa", "disabled")
        };
        let province = account.role.province();
        let province = province.map_or_else(String::new, |province| province.to_string());
        let (login, role, name) = (account.login, account.role.key(), &account.name);
        print(format!("{login}\t{role}\t{province}\t{name}\t{state}\n"))?;
    }
    Ok(Outcome::Done)
}
