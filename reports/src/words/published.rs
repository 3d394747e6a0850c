//! Published figures in words, and what is said of a date that is made of them: never without its source.

use store::domain::{Approximation, Language, Text};

use super::{in_both, or_dash, rate_words, state_words};
use crate::forecast::{Basis, PublishedNation, State, StatedCount, UnitForecast};
use crate::model::NationalReport;

/// The word of approximation that stands before a number, with its space; empty where the source has none.
#[must_use]
pub const fn wording_words(wording: Approximation, language: Language) -> &'static str {
    match wording {
        Approximation::MoreThan => language.pick("trên ", "more than "),
        Approximation::Nearly => language.pick("gần ", "nearly "),
        Approximation::About => language.pick("khoảng ", "about "),
        Approximation::Rounded => language.pick("làm tròn ", "rounded "),
        Approximation::Exact | Approximation::NotStated => "",
    }
}

/// What can be said of the completion of a row, with the source where that is not the reports.
#[must_use]
pub fn outcome_words(forecast: &UnitForecast) -> Text {
    let Some(basis) = &forecast.published else {
        return state_words(&forecast.state);
    };
    in_both(|language| {
        let words = state_in(&forecast.state, basis, language);
        match forecast.state {
            State::TooShort { .. } | State::NoTotal => {
                let never = language.pick("chưa từng báo cáo", "never reported");
                format!("{never}; {words}")
            }
            _ => words,
        }
    })
}

/// From when the published figures of a row are, and that they are no reports; `None` where it is forecast from reports.
#[must_use]
pub fn source_words(forecast: &UnitForecast) -> Option<Text> {
    let basis = forecast.published.as_ref()?;
    Some(in_both(|language| source_in(basis, language)))
}

/// What the national forecast is made of where that is not the reports, and where published figures give no date either, why.
/// `None` where reports are enough, or nothing was published.
#[must_use]
pub fn published_words(report: &NationalReport) -> Option<Text> {
    let national = &report.forecast.national;
    let PublishedNation { basis, state } = national.published.as_ref()?;
    let is_theirs = national.published_basis().is_some();
    Some(in_both(|language| {
        if is_theirs {
            basis_in(basis, language)
        } else {
            let label = language.pick("Số liệu đã công bố", "Published figures");
            format!("{label}: {}.", state_in(state, basis, language))
        }
    }))
}

fn state_in(state: &State, basis: &Basis, language: Language) -> String {
    match (state, language) {
        (State::TooShort { have, need }, Language::Vi) => {
            format!("cần ít nhất {need} con số công bố, mới có {have}")
        }
        (State::TooShort { have, need }, Language::En) => {
            format!("at least {need} published figures needed, {have} so far")
        }
        (State::NoTotal, Language::Vi) => "chưa công bố tổng số nào khớp với số đã làm".to_owned(),
        (State::NoTotal, Language::En) => "no total was published that fits the count".to_owned(),
        (state, _) => {
            let words = state_words(state);
            let words = words.in_language(language);
            format!("{words}, {}", source_in(basis, language))
        }
    }
}

fn source_in(basis: &Basis, language: Language) -> String {
    let last = or_dash(basis.last().map(|last| language.date(last.as_of)));
    match language {
        Language::Vi => format!("từ số liệu công bố đến {last}, không phải từ báo cáo"),
        Language::En => format!("from figures published as of {last}, not from reports"),
    }
}

fn stated(count: &StatedCount, language: Language) -> String {
    let word = wording_words(count.wording, language);
    format!("{word}{}", language.count(count.count))
}

/// A pace to the two digits that rounded figures tell.
fn two_digits(pace: f64) -> f64 {
    let step = libm::pow(10.0, libm::floor(libm::log10(pace)) - 1.0);
    (pace / step).round() * step
}

/// The figures in a sentence: how many, from when to when, the latest of them, and the pace.
fn basis_in(basis: &Basis, language: Language) -> String {
    let [first, last] = [basis.counts.first(), basis.last()];
    let day = |count: Option<&StatedCount>| or_dash(count.map(|one| language.date(one.as_of)));
    let number = |count: Option<&StatedCount>| or_dash(count.map(|one| stated(one, language)));
    let (figures, done) = (basis.counts.len(), number(last));
    let (first, last) = (day(first), day(last));
    let total = number(basis.total.as_ref());
    let pace = basis
        .pace
        .map(|pace| rate_words(two_digits(pace), language));
    let pace = match (pace, language) {
        (Some(pace), Language::Vi) => {
            format!(" Giữa hai con số sau cùng, mỗi tuần làm việc thêm khoảng {pace}.")
        }
        (Some(pace), Language::En) => {
            format!(" Between the last two about {pace} a working week were added.")
        }
        (None, _) => String::new(),
    };
    let sentence = match (language, figures) {
        (Language::Vi, _) => format!(
            "Dự báo này lập từ {figures} con số đã công bố (từ {first} đến {last}), không phải từ báo cáo của các địa phương; gần nhất: {done} trong tổng số {total}. Mỗi con số chỉ được hiểu đúng đến mức làm tròn của nó."
        ),
        (Language::En, 1) => format!(
            "This is made of 1 figure published as of {last}, not of reports from provinces: {done} of a total of {total}."
        ),
        (Language::En, _) => format!(
            "This forecast is made of {figures} figures published as of {first} to {last}, not of reports from provinces; the latest: {done} of a total of {total}. Each is taken as no more exact than it was rounded."
        ),
    };
    format!("{sentence}{pace}")
}
