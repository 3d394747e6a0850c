//! Having issued letters and packs mailed, because somebody asked for it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use reports::pack::{ISSUER, PackFile, unpacked};
use store::domain::{
    Contact, Dispatched, IssuedLetters, Language, MailContent, NewMail, Text, UnitId, Week,
};
use store::{Store, StoreError};

use crate::error::ServerError;
use crate::letters::{LetterOrder, issue};
use crate::state::State;

/// The letter of each unit, by the name of its file.
type Letters = BTreeMap<UnitId, String>;

/// The contacts that mail goes to.
///
/// # Errors
/// [`StoreError`] where the archive does not answer.
pub(crate) fn active_contacts(store: &Store) -> Result<Vec<Contact>, StoreError> {
    let contacts = store.list_contacts()?.into_iter();
    Ok(contacts.filter(|one| one.contact.active).collect())
}

/// Mails issued letters to the contacts of the provinces they are for, each in the language of the contact; how many are new.
///
/// Letters in a language that the issue is not in are issued first, of the same week and as known on the same moment.
///
/// # Errors
/// [`StoreError::Conflict`] where all were mailed before or nobody is to get one; [`ServerError::NotFound`] where no letters
/// have the number; where mail is not configured.
pub(crate) fn mail_letters(state: &State, number: i64, by: &str) -> Result<usize, ServerError> {
    require_mail(state)?;
    let found = state.store.find_letters(number)?;
    let (issued, archive) =
        found.ok_or_else(|| ServerError::NotFound(format!("letters {number}")))?;
    let own = letters_of(&unpacked(&archive)?);
    let mut wanted: Vec<(Contact, UnitId)> = Vec::new();
    for contact in active_contacts(&state.store)? {
        let family = contact
            .contact
            .unit
            .map(|unit| state.reference.units.family(unit));
        let units: Vec<UnitId> = family.into_iter().flatten().collect();
        for unit in units.into_iter().filter(|unit| own.contains_key(unit)) {
            let key = format!("{}-{}", about(number, unit), contact.number);
            if state.store.find_message(&key)?.is_none() {
                wanted.push((contact.clone(), unit));
            }
        }
    }
    let spoken: BTreeSet<Language> = wanted.iter().map(|(one, _)| one.contact.language).collect();
    let mut by_language = BTreeMap::from([(issued.issue.language, (number, own))]);
    for language in spoken {
        if let Entry::Vacant(place) = by_language.entry(language) {
            place.insert(translated(state, &issued, (language, by))?);
        }
    }
    let mails: Vec<NewMail> = wanted
        .iter()
        .filter_map(|(contact, unit)| {
            let (letters, files) = by_language.get(&contact.contact.language)?;
            Some(NewMail {
                contact: contact.number,
                about: about(number, *unit),
                content: MailContent::Letter {
                    letters: *letters,
                    path: files.get(unit)?.clone(),
                },
            })
        })
        .collect();
    let by = (by, (state.clock)());
    Ok(state
        .store
        .dispatch(Dispatched::Letters(number), &mails, by)?)
}

fn about(letters: i64, unit: UnitId) -> String {
    format!("letter-{letters}-{unit}")
}

/// The letters among the files of an issue: their names end with the unit.
fn letters_of(files: &[PackFile]) -> Letters {
    let letter = |file: &PackFile| {
        let unit = file.path.strip_suffix(".docx")?.rsplit('-').next()?;
        Some((UnitId::parse(unit)?, file.path.clone()))
    };
    files.iter().filter_map(letter).collect()
}

/// The same letters in another language.
fn translated(
    state: &State,
    issued: &IssuedLetters,
    (language, by): (Language, &str),
) -> Result<(i64, Letters), ServerError> {
    let order = LetterOrder {
        known_on: issued.issue.known_on,
        language,
        issuer: ISSUER.to_owned(),
        by: by.to_owned(),
        template: None,
    };
    let week = Week::containing(issued.issue.week_ending);
    let (again, files) = issue(state, Some(week), &order, |_| Ok(()))?;
    Ok((again.number, letters_of(&files)))
}

/// Mails a pack to some contacts; how many are new.
///
/// # Errors
/// [`StoreError::Conflict`] where all have it already, or none of them is active; where mail is not configured.
pub(crate) fn mail_pack(
    state: &State,
    number: i64,
    (contacts, by): (&[i64], &str),
) -> Result<usize, ServerError> {
    require_mail(state)?;
    let known = active_contacts(&state.store)?;
    let chosen = known.iter().filter(|one| contacts.contains(&one.number));
    let mail = |contact: &Contact| NewMail {
        contact: contact.number,
        about: format!("pack-{number}"),
        content: MailContent::Pack { pack: number },
    };
    let mails: Vec<NewMail> = chosen.map(mail).collect();
    let by = (by, (state.clock)());
    Ok(state.store.dispatch(Dispatched::Pack(number), &mails, by)?)
}

/// Refuses where mail is not configured.
///
/// # Errors
/// [`StoreError::Conflict`] then.
pub(crate) fn require_mail(state: &State) -> Result<(), StoreError> {
    state.mail.then_some(()).ok_or_else(|| {
        StoreError::Conflict(Text::new(
            "máy chủ này chưa cấu hình thư điện tử (--smtp-url)",
            "mail is not configured on this server (--smtp-url)",
        ))
    })
}
