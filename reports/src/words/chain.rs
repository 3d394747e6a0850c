//! What sets the national date: the slowest stage, and the units that everybody waits for.

use store::domain::{Language, Text};

use super::{day_or_later, in_both, stage_name};
use crate::forecast::{Followed, StageDate};
use crate::model::NationalReport;

/// Which stage is the slowest and when it is done by itself; that one stage alone is looked at, where it is. `None` where no
/// date is forecast.
#[must_use]
pub fn slowest_words(report: &NationalReport) -> Option<Text> {
    let slowest = report.slowest()?;
    Some(in_both(|language| slowest_in(report, slowest, language)))
}

fn slowest_in(report: &NationalReport, slowest: &StageDate, language: Language) -> String {
    let name = stage_name(slowest.stage);
    let name = name.in_language(language);
    if let Followed::One(_) = report.followed {
        return match language {
            Language::Vi => {
                format!("Chỉ xét riêng khâu “{name}”, theo tốc độ của chính khâu này.")
            }
            Language::En => format!("This is the stage “{name}” alone, at its own pace."),
        };
    }
    let date = &slowest.completion;
    let day = day_or_later(date.p50(), date.horizon, language);
    if slowest.stage == report.stage {
        return match language {
            Language::Vi => format!("Khâu chậm nhất là khâu cuối: “{name}”."),
            Language::En => format!("The slowest stage is the last one: “{name}”."),
        };
    }
    match language {
        Language::Vi => format!(
            "Khâu chậm nhất: “{name}”, riêng khâu này có thể xong vào khoảng {day}; các khâu sau không thể vượt lên trước nó."
        ),
        Language::En => format!(
            "The slowest stage is “{name}”, which may be done around {day}; the stages after it cannot get ahead of it."
        ),
    }
}

/// Why the nation is done so much later than most of its units: it waits for the last. `None` where nobody is waited for.
#[must_use]
pub fn waited_for_words(report: &NationalReport) -> Option<Text> {
    const NAMED: usize = 3;
    let last = &report.forecast.national.last_units;
    let half = report.half_done()?;
    let named = last.iter().take(NAMED).map(|last| report.name(last.unit));
    let named: Vec<Text> = named.collect();
    (!named.is_empty()).then(|| {
        in_both(|language| {
            let names: Vec<&str> = named.iter().map(|name| name.in_language(language)).collect();
            let (names, half) = (names.join(", "), language.date(half));
            match language {
                Language::Vi => format!(
                    "Một nửa số địa phương có thể xong trước {half}; cả nước phải chờ nơi cuối cùng, thường là {names}."
                ),
                Language::En => format!(
                    "Half of the units may be done by {half}; the nation waits for the last of them, mostly {names}."
                ),
            }
        })
    })
}
