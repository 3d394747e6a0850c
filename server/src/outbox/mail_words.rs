//! What mails say: a few sentences in the language of the contact, and what is attached.

use reports::pack::unpacked;
use store::domain::{IssuedLetters, IssuedPack, Language, MailContent, Week};

use crate::error::ServerError;
use crate::pages::DOCX;
use crate::state::State;

/// Packs up to this size in bytes are attached; of larger ones only the address is sent, for mail servers commonly refuse mails
/// of more than 10 to 25 MB and base64 adds a third.
const MOST_ATTACHED: usize = 7 * 1024 * 1024;

/// A file that goes with a mail.
pub(super) struct Attached {
    pub(super) name: String,
    pub(super) media: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// A mail without its head.
pub(super) struct Words {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) attached: Option<Attached>,
}

/// Writes a mail.
///
/// # Errors
/// [`ServerError::NotFound`] where what it carries is not there; where the archive does not answer.
pub(super) fn write(
    state: &State,
    content: &MailContent,
    (language, public_url): (Language, &str),
) -> Result<Words, ServerError> {
    let mut words = match content {
        MailContent::Letter { letters, path } => {
            let found = state.store.find_letters(*letters)?;
            let missing = || ServerError::NotFound(format!("letter {path} of {letters}"));
            let (issued, archive) = found.ok_or_else(missing)?;
            let file = unpacked(&archive)?
                .into_iter()
                .find(|one| one.path == *path);
            let bytes = file.ok_or_else(missing)?.bytes;
            letter(&issued, (path, bytes), (language, public_url))
        }
        MailContent::Pack { pack } => {
            let found = state.store.find_pack(*pack)?;
            let missing = || ServerError::NotFound(format!("pack {pack}"));
            let (issued, archive) = found.ok_or_else(missing)?;
            self::pack(&issued, archive, (language, public_url))
        }
    };
    if state.store.holds_synthetic(state.latest_moment()?)? {
        let mark = language.pick("[MÔ PHỎNG]", "[SYNTHETIC]");
        words.subject = format!("{mark} {}", words.subject);
    }
    Ok(words)
}

fn letter(
    issued: &IssuedLetters,
    (path, bytes): (&str, Vec<u8>),
    (language, public_url): (Language, &str),
) -> Words {
    let week = Week::containing(issued.issue.week_ending);
    let (number, day) = (issued.number, language.date(issued.issue.week_ending));
    let (subject, text) = match language {
        Language::Vi => (
            format!("Đôn đốc báo cáo số hóa sổ hộ tịch, tuần {week}"),
            format!(
                "Kính gửi quý cơ quan,\n\nĐến nay chưa nhận được báo cáo số hóa sổ hộ tịch của tuần {week} (đến ngày {day}). \
                 Công văn đôn đốc ở tệp kèm theo (số {number}).\n\nBáo cáo gửi tại: {public_url}/upload\n"
            ),
        ),
        Language::En => (
            format!("Reminder: the report on civil-status digitization, week {week}"),
            format!(
                "Dear colleagues,\n\nThe report on civil-status digitization for week {week} (until {day}) has not arrived yet. \
                 The reminder letter is attached (number {number}).\n\nReports are sent at: {public_url}/upload\n"
            ),
        ),
    };
    Words {
        subject,
        text,
        attached: Some(Attached {
            name: path.to_owned(),
            media: DOCX,
            bytes,
        }),
    }
}

fn pack(issued: &IssuedPack, archive: Vec<u8>, (language, public_url): (Language, &str)) -> Words {
    let (number, cutoff) = (issued.number, &issued.issue.cutoff);
    let fits = archive.len() <= MOST_ATTACHED;
    let place = format!("{public_url}/packs/{number}");
    let sha256 = issued.issue.sha256;
    let (subject, text) = match language {
        Language::Vi => {
            let attached = if fits {
                "Tất cả các tệp ở tệp nén kèm theo, và tại"
            } else {
                "Các tệp quá lớn để gửi kèm; xin tải tại"
            };
            (
                format!("Bộ tài liệu họp số hóa sổ hộ tịch, kỳ {cutoff}"),
                format!(
                    "Kính gửi,\n\nBộ tài liệu họp số {number} (kỳ chốt {cutoff}) đã được phát hành. {attached}:\n{place}\n\n\
                     Mã kiểm chứng: {sha256}\n"
                ),
            )
        }
        Language::En => {
            let attached = if fits {
                "All files are in the attached archive, and at"
            } else {
                "The files are too large to be attached; they are at"
            };
            (
                format!("Meeting pack on civil-status digitization, {cutoff}"),
                format!(
                    "Dear colleagues,\n\nMeeting pack {number} (cut-off {cutoff}) has been issued. {attached}:\n{place}\n\n\
                     Digest: {sha256}\n"
                ),
            )
        }
    };
    Words {
        subject,
        text,
        attached: fits.then(|| Attached {
            name: format!("sohoa-{cutoff}-{number}.zip"),
            media: "application/zip",
            bytes: archive,
        }),
    }
}
