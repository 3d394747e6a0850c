//! The log of every write, and its proof.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use store::domain::{Language, Text};
use store::{LogEntry, LogFilter, Verification};

use super::page::moment;
use super::{Page, html};
use crate::error::ServerError;
use crate::line::{NAME, line};
use crate::state::State;
use crate::view::{KnownOn, View, first_moment, part};

/// How many entries a page lists.
const LISTED: i64 = 100;

#[derive(Template)]
#[template(path = "log.html")]
struct LogPage {
    page: Page,
    rows: Vec<Row>,
    asked: Asked,
    actions: Vec<(String, String)>,
    actors: Vec<String>,
    /// The number before which older entries stand; `None` on the last page.
    older: Option<String>,
    proof: Option<Proof>,
    verify: String,
}

struct Row {
    number: i64,
    recorded_at: String,
    actor: String,
    action: String,
    subject: String,
    sha256: String,
}

/// What proving the log gave, in words.
struct Proof {
    is_whole: bool,
    words: String,
    /// The entry to look at; `None` where none is wrong.
    broken: Option<i64>,
    head: Option<String>,
}

/// Which entries are asked for, and whether the log is to be proved.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    action: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    verify: String,
}

impl Asked {
    fn filter(&self) -> Result<LogFilter, ServerError> {
        let word = |field, text: &str| match text {
            "" => Ok(None),
            text => line(field, text, NAME).map(|text| Some(text.to_owned())),
        };
        let day = |name, text: &str| part(name, Some(text), |text| text.parse().ok());
        let (from, to): (Option<NaiveDate>, _) = (day("from", &self.from)?, day("to", &self.to)?);
        let until = |day| KnownOn::Day(day).moment(DateTime::<Utc>::MAX_UTC);
        let first = from.map_or(DateTime::UNIX_EPOCH, first_moment);
        let last = to.map_or(DateTime::<Utc>::MAX_UTC, until);
        Ok(LogFilter {
            action: word("action", &self.action)?,
            actor: word("actor", &self.actor)?,
            between: (from.is_some() || to.is_some()).then_some((first, last)),
            before: part("before", Some(&self.before), |text| text.parse().ok())?,
        })
    }

    /// The address that asks for the same, and something more.
    fn with(&self, name: &str, value: &str) -> String {
        let fields = [
            ("action", &self.action),
            ("actor", &self.actor),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let asked = fields.iter().filter(|(_, value)| !value.is_empty());
        let asked = asked.map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<(&str, &str)> = asked.chain([(name, value)]).collect();
        // Texts can always be written.
        let query = serde_urlencoded::to_string(fields).unwrap_or_default();
        format!("/log?{query}")
    }
}

/// Shows the latest entries that are asked for, and proves the whole log where that is asked for.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn get_log(
    state: web::Data<State>,
    view: View,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || shown(&state, view, asked.into_inner())).await??)
}

fn shown(state: &State, view: View, asked: Asked) -> Result<LogPage, ServerError> {
    let language = view.language;
    let until = view.known_on.map(KnownOn::Day);
    let until = until.map_or(DateTime::<Utc>::MAX_UTC, |day| {
        day.moment(DateTime::<Utc>::MAX_UTC)
    });
    let mut entries = state
        .store
        .search_log(&asked.filter()?, until, LISTED + 1)?;
    let listed = usize::try_from(LISTED).unwrap_or(usize::MAX);
    let goes_on = entries.len() > listed;
    entries.truncate(listed);
    let last = entries.last().filter(|_| goes_on).map(|entry| entry.id);
    let (actions, actors) = state.store.log_words()?;
    let proof = match asked.verify.as_str() {
        "now" => Some(proof(&state.store.verify()?, language)),
        _ => None,
    };
    Ok(LogPage {
        page: Page::new(view, "/log", &Text::new("Nhật ký", "Log"), false),
        rows: entries
            .into_iter()
            .map(|entry| row(entry, language))
            .collect(),
        actions: actions
            .into_iter()
            .map(|action| {
                let words = action_name(&action, language);
                (action, words)
            })
            .collect(),
        actors,
        older: last.map(|number| view.link(&asked.with("before", &number.to_string()))),
        proof,
        verify: view.link(&asked.with("verify", "now")),
        asked,
    })
}

fn row(entry: LogEntry, language: Language) -> Row {
    Row {
        number: entry.id,
        recorded_at: moment(language, entry.recorded_at),
        actor: entry.actor,
        action: action_name(&entry.action, language),
        subject: entry.subject,
        sha256: entry.sha256.to_string(),
    }
}

fn proof(verification: &Verification, language: Language) -> Proof {
    match verification {
        Verification::Whole { entries, head } => {
            let entries = language.whole(i64::try_from(*entries).unwrap_or(i64::MAX));
            Proof {
                is_whole: true,
                words: match language {
                    Language::Vi => format!(
                        "Nhật ký nguyên vẹn: {entries} mục, mỗi mục nối tiếp mục trước, và mọi điều đã ghi vẫn như khi ghi."
                    ),
                    Language::En => format!(
                        "The log is whole: {entries} entries, each follows from the one before, and everything they recorded is as it was."
                    ),
                },
                broken: None,
                head: head.map(|head| head.to_string()),
            }
        }
        Verification::Broken { entry, reason } => Proof {
            is_whole: false,
            words: match language {
                Language::Vi => format!("Nhật ký hỏng. Mục sai đầu tiên là số {entry}: {reason}."),
                Language::En => {
                    format!("The log is broken. The first wrong entry is number {entry}: {reason}.")
                }
            },
            broken: Some(*entry),
            head: None,
        },
        Verification::Outside { table, reason } => Proof {
            is_whole: false,
            words: match language {
                Language::Vi => {
                    format!(
                        "Nhật ký nguyên vẹn, nhưng bảng {table} bị sửa ngoài chương trình: {reason}."
                    )
                }
                Language::En => format!(
                    "The log is whole, but the table {table} was changed behind the program: {reason}."
                ),
            },
            broken: None,
            head: None,
        },
    }
}

/// A deed in words, and as the log names it where it is of another version.
fn action_name(action: &str, language: Language) -> String {
    let words = match action {
        "record_submission" => ("Ghi nhận tệp", "File recorded"),
        "withdraw_submission" => ("Rút tệp", "File withdrawn"),
        "restore_submission" => ("Tính lại tệp đã rút", "File restored"),
        "record_deadline" => ("Ghi thời hạn", "Deadline recorded"),
        "record_campaign" => ("Ghi đợt cao điểm", "Campaign recorded"),
        "record_rule_set" => ("Đăng ký bộ quy tắc", "Rule set recorded"),
        "move_difficulty" => ("Xử lý khó khăn", "Difficulty moved"),
        "issue_forecast" => ("Phát hành dự báo", "Forecast issued"),
        "issue_pack" => ("Phát hành bộ tài liệu", "Pack issued"),
        "issue_letters" => ("Phát hành công văn", "Letters issued"),
        "record_token" => ("Cấp mã", "Token made"),
        "revoke_token" => ("Thu hồi mã", "Token revoked"),
        "change_account" => ("Thay đổi tài khoản", "Account changed"),
        "freeze_lot" => ("Chốt lô kiểm tra", "Audit lot frozen"),
        "issue_seed" => ("Rút số ngẫu nhiên", "Audit seed drawn"),
        "record_audit" => ("Ghi kết quả kiểm tra", "Audit recorded"),
        other => (other, other),
    };
    language.pick(words.0, words.1).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_log_is_told_with_the_number_of_its_first_wrong_entry() {
        let broken = Verification::Broken {
            entry: 7,
            reason: "its seal does not fit its text".to_owned(),
        };
        let told = proof(&broken, Language::En);
        assert_eq!((told.is_whole, told.broken), (false, Some(7)));
        assert!(
            told.words
                .contains("The first wrong entry is number 7: its seal")
        );
        assert!(proof(&broken, Language::Vi).words.contains("số 7"));
    }
}
