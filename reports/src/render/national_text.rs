//! The lines on the nation above the forecast table: what was reported, how sure it is, and when it will be done.

use store::domain::{Figure, Language, Stage, Text};

use crate::forecast::{DeadlinePace, Excluded, RATE_WEEKS};
use crate::model::{NationalReport, StageHeadline};
use crate::words::{
    carried_words, chance_words, completion_words, count_unit_name, or_dash, overdue_words,
    published_words, rate_words, state_words, units_words,
};

/// The lines in one language.
pub(crate) fn national_lines(report: &NationalReport, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(headline) = report.headline(report.stage) {
        lines.push(reported_line(report, headline, language));
        lines.extend(missing_lines(headline, language));
    }
    lines.push(progress_line(report, language));
    lines.extend(date_lines(report, language));
    let published = published_words(report);
    lines.extend(published.map(|words| words.in_language(language).to_owned()));
    lines.extend(deadline_line(report, language));
    lines
}

fn reported_line(report: &NationalReport, headline: &StageHeadline, language: Language) -> String {
    let standing = &headline.standing;
    let unit = count_unit_name(report.count_unit);
    let unit = unit.in_language(language);
    let count = |figure: Option<Figure>| or_dash(figure.map(|figure| language.count(figure.value)));
    let (reported, estimate) = (count(standing.reported), count(standing.estimate));
    let (reporting, expected) = (standing.reporting_count(), standing.expected);
    match language {
        Language::Vi => format!(
            "Cả nước: {reporting}/{expected} đơn vị đã báo cáo, cộng {reported} {unit}; ước tính {estimate} {unit} \
             (đơn vị chưa báo cáo lấy số liệu gần nhất)."
        ),
        Language::En => format!(
            "Nation: {reporting} of {expected} units reported {reported} {unit}; estimate {estimate} {unit} \
             (last figures of those missing)."
        ),
    }
}

fn missing_lines(headline: &StageHeadline, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if !headline.carried.is_empty() {
        let label = language.pick("Lấy số liệu gần nhất", "Carried forward");
        lines.push(format!(
            "  {label}: {}.",
            carried_words(&headline.carried, language)
        ));
    }
    if !headline.silent.is_empty() {
        let label = language.pick(
            "Chưa từng báo cáo, không có trong ước tính",
            "Never reported, in no figure",
        );
        let names = headline
            .silent
            .iter()
            .map(|name: &Text| name.in_language(language));
        lines.push(format!(
            "  {label}: {}.",
            names.collect::<Vec<_>>().join(", ")
        ));
    }
    lines
}

fn progress_line(report: &NationalReport, language: Language) -> String {
    let national = &report.forecast.national;
    let share = or_dash(report.share().map(|share| language.percent(share)));
    let total = or_dash(
        report
            .estimate(Stage::Total)
            .map(|total| language.count(total)),
    );
    let left = or_dash(report.remaining().map(|left| language.count(left)));
    let rate = or_dash(national.actual_rate.map(|rate| rate_words(rate, language)));
    match language {
        Language::Vi => format!(
            "Tổng số cần số hóa {total}, đạt {share}, còn lại {left}; bình quân {RATE_WEEKS} tuần qua {rate} mỗi \
             tuần làm việc."
        ),
        Language::En => format!(
            "Total to digitize {total}, {share} done, {left} left; mean of the last {RATE_WEEKS} weeks {rate} per \
             working week."
        ),
    }
}

fn date_lines(report: &NationalReport, language: Language) -> Vec<String> {
    let national = &report.forecast.national;
    if let Some(since) = national.done_since {
        let label = language.pick("Cả nước đã hoàn thành từ", "Done nationwide since");
        return vec![format!("{label} {}.", language.date(since))];
    }
    let mut lines = Vec::new();
    let count = national.excluded.len();
    let is_published = national.published_basis().is_some();
    let label = match (count, language) {
        (_, Language::Vi) if is_published => "Dự báo số cả nước đạt tổng số".to_owned(),
        (_, Language::En) if is_published => {
            "The national count is forecast to reach the total".to_owned()
        }
        (0, Language::Vi) => "Dự báo tất cả đơn vị hoàn thành".to_owned(),
        (0, Language::En) => "All units forecast to be done".to_owned(),
        (_, Language::Vi) => {
            format!("Không kể {count} đơn vị đó, dự báo các đơn vị còn lại hoàn thành")
        }
        (_, Language::En) => "Without them, the other units are forecast to be done".to_owned(),
    };
    if count > 0 {
        lines.push(excluded_line(report, language));
    }
    let words = |completion| {
        completion_words(completion)
            .in_language(language)
            .to_owned()
    };
    lines.extend(
        national
            .completion
            .as_ref()
            .map(|date| format!("{label}: {}.", words(date))),
    );
    let label = language.pick(
        "Dự báo cả nước đạt 95% tổng số",
        "95% of the national total forecast to be done",
    );
    lines.extend(
        national
            .most_done
            .as_ref()
            .map(|date| format!("{label}: {}.", words(date))),
    );
    lines
}

fn excluded_line(report: &NationalReport, language: Language) -> String {
    let excluded = &report.forecast.national.excluded;
    let reason = |unit: &Excluded| {
        let (name, words) = (report.name(unit.unit), state_words(&unit.reason));
        format!(
            "{}: {}",
            name.in_language(language),
            words.in_language(language)
        )
    };
    let reasons = excluded.iter().map(reason).collect::<Vec<_>>().join("; ");
    let units = units_words(excluded.len(), language);
    match language {
        Language::Vi => {
            format!("Chưa thể dự báo thời điểm tất cả đơn vị hoàn thành vì {units} – {reasons}.")
        }
        Language::En => format!("No date for the whole nation because of {units} – {reasons}."),
    }
}

fn deadline_line(report: &NationalReport, language: Language) -> Option<String> {
    let national = &report.forecast.national;
    let outlook = national.deadline.as_ref()?;
    let state = match outlook.pace {
        DeadlinePace::Finished => language.pick("đã hoàn thành", "done").to_owned(),
        DeadlinePace::Passed { weeks_overdue } => overdue_words(weeks_overdue, language),
        DeadlinePace::Ahead {
            required_rate,
            chance,
            ..
        } => {
            let rate = or_dash(required_rate.map(|rate| rate_words(rate, language)));
            let chance = or_dash(chance.map(chance_words));
            let others = match (national.excluded.is_empty(), language) {
                (true, _) => "",
                (false, Language::Vi) => " (không kể đơn vị chưa thể dự báo)",
                (false, Language::En) => " (without the units that have no date)",
            };
            match language {
                Language::Vi => {
                    format!(
                        "cần {rate} mỗi tuần làm việc; khả năng hoàn thành đúng hạn {chance}{others}"
                    )
                }
                Language::En => {
                    format!("{rate} needed per working week; chance of meeting it {chance}{others}")
                }
            }
        }
    };
    let label = language.pick("Thời hạn", "Deadline");
    let due = language.date(outlook.deadline.due_on);
    Some(format!(
        "{label} {due} ({}): {state}.",
        outlook.deadline.source.in_language(language)
    ))
}
