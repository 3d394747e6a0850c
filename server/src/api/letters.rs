//! Reminder letters: those that were issued, issuing them for a week, and mailing them.

use actix_web::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use reports::pack::ISSUER;
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{IssuedLetters, Week};

use super::call::Call;
use super::deliveries::Queued;
use super::operation::{Operation, shape};
use super::parameter::{AS_OF, KNOWN_ON, LANG, NUMBER_PATH};
use super::problem::Problem;
use super::reply::Reply;
use crate::letters::{LetterOrder, issue};
use crate::mailing::mail_letters;

/// How many issues are listed.
const LISTED: i64 = 100;

/// The letters of a week.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Letters")]
pub(crate) struct LettersEntry {
    number: i64,
    week_ending: NaiveDate,
    /// The moment as of which it was known who had not reported.
    known_on: DateTime<Utc>,
    /// `vi` or `en`.
    language: &'static str,
    /// How many provinces are reminded.
    letters: i64,
    /// The digest of the template they were made from.
    template: String,
    /// The digest of the list of their checksums.
    sha256: String,
    issued_by: String,
    issued_at: DateTime<Utc>,
}

impl From<&IssuedLetters> for LettersEntry {
    fn from(issued: &IssuedLetters) -> Self {
        let issue = &issued.issue;
        Self {
            number: issued.number,
            week_ending: issue.week_ending,
            known_on: issue.known_on,
            language: issue.language.key(),
            letters: issue.letters,
            template: issue.template.to_string(),
            sha256: issue.sha256.to_string(),
            issued_by: issue.issued_by.clone(),
            issued_at: issued.recorded_at,
        }
    }
}

/// The latest issues, at most a hundred.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AllLetters {
    letters: Vec<LettersEntry>,
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Các lần lập công văn nhắc báo cáo, mới nhất trước",
        "The issues of reminder letters, newest first",
    ),
    parameters: &[LANG],
    ..Operation::read(list, shape::<AllLetters>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let issued = call.state.store.list_letters(LISTED)?;
    Reply::json(&AllLetters {
        letters: issued.iter().map(LettersEntry::from).collect(),
    })
}

pub(super) static ISSUE: Operation = Operation {
    about: (
        "Lập công văn nhắc các đơn vị quá hạn của một tuần, bằng ngôn ngữ của yêu cầu",
        "Makes letters to the units that are overdue for a week, in the language of the request",
    ),
    parameters: &[LANG, AS_OF, KNOWN_ON],
    done: StatusCode::CREATED,
    ..Operation::read(issue_letters, shape::<LettersEntry>)
};

fn issue_letters(call: &Call) -> Result<Reply, Problem> {
    let order = LetterOrder {
        known_on: call.known_on()?,
        language: call.language,
        issuer: ISSUER.to_owned(),
        by: call.by.clone(),
        template: None,
    };
    let week = call.view()?.as_of.map(Week::containing);
    let (issued, _) = issue(&call.state, week, &order, |_| Ok(()))?;
    Ok(Reply {
        status: StatusCode::CREATED,
        location: Some(format!("/api/v1/letters/{}/archive", issued.number)),
        ..Reply::json(&LettersEntry::from(&issued))?
    })
}

pub(super) static ARCHIVE: Operation = Operation {
    about: (
        "Mọi công văn của một lần lập trong một tệp nén",
        "All letters of an issue in one archive",
    ),
    parameters: &[NUMBER_PATH, LANG],
    ..Operation::file(archive, "application/zip")
};

fn archive(call: &Call) -> Result<Reply, Problem> {
    let number = call.number()?;
    let found = call.state.store.find_letters(number)?;
    let (letters, bytes) = found.ok_or_else(|| Problem::not_found(&format!("letters {number}")))?;
    let day = letters.issue.week_ending;
    Ok(Reply {
        file_name: Some(format!("sohoa-letters-{day}-{number}.zip")),
        ..Reply::bytes(bytes)
    })
}

pub(super) static MAIL: Operation = Operation {
    about: (
        "Gửi công văn cho đầu mối của các đơn vị, mỗi đầu mối bằng ngôn ngữ của mình; kết quả ở /api/v1/deliveries",
        "Mails letters to the contacts of the units, each in its language; what came of it is at /api/v1/deliveries",
    ),
    parameters: &[NUMBER_PATH, LANG],
    done: StatusCode::ACCEPTED,
    ..Operation::read(mail, shape::<Queued>)
};

fn mail(call: &Call) -> Result<Reply, Problem> {
    let queued = mail_letters(&call.state, call.number()?, &call.by)?;
    Ok(Reply {
        status: StatusCode::ACCEPTED,
        ..Reply::json(&Queued { queued })?
    })
}
