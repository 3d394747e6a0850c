//! Jumps: a count that grew far faster than the part of work ever did in the half year before.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{Count, CountRow, Language, Reference, Stage, Text, UnitId, Week};

use crate::column::Column;
use crate::finding::{Finding, Findings, Severity};
use crate::forms::ReadRow;
use crate::rule::Rule;
use crate::sheet::Sheet;

/// How many weekly increments make a usual pace. With fewer, a median says nothing about its spread.
const WEEKS_NEEDED: usize = 6;

/// With as many, the largest increment may itself be a mistake and is left out; before, it may be the only batch that a
/// province which transfers once a month has sent.
const WEEKS_WITH_TWO_BATCHES: usize = 10;

/// The modified z-score above which a value is an outlier (Iglewicz and Hoaglin 1993, "How to Detect and Handle Outliers",
/// section 3.3).
const OUTLIER: f64 = 3.5;

/// What makes the median absolute deviation of a normal sample its standard deviation: 1 ÷ 0.6745 (same source).
const MAD_TO_DEVIATION: f64 = 1.4826;

/// Bounds of the deviation of the logarithms. Below, a province of nearly even weeks would be asked about every busy one;
/// above, one that transfers in batches every second week could write anything.
const SPREAD: (f64, f64) = (0.2, 0.7);

/// A jump is also this many times the largest increment, or the largest but one: provinces that transfer every fourth week
/// have few large weeks, and a busy month doubles to quadruples the pace (simulated provinces with campaigns of that size).
const TIMES_THE_LARGEST: f64 = 5.0;

/// In a campaign as much more is not asked but noted: the 20 days of Quảng Nam in 2025 needed six times its pace before.
const TIMES_IN_A_CAMPAIGN: f64 = 6.0;

/// Increments below this part of the total do not move any figure of a report: one percent.
const PART_OF_TOTAL: i64 = 100;

/// A rise of the total by more than half is asked about. The largest real one known is the second phase of Quảng Trị in
/// 2025, 42 percent.
const TOTAL_RISE: (i64, i64) = (3, 2);

/// How many days before a deadline its rush begins: the four weeks in which provinces hold their campaigns.
const DAYS_OF_RUSH: i64 = 28;

/// Whether the usual pace of a row is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Every stage at work was compared with it.
    Known,
    /// A stage at work has too few earlier increments.
    Unknown,
}

/// The last count of one week.
type Weekly = BTreeMap<Week, Count>;

/// Compares the growth of each stage with the increments of the half year before.
///
/// Not for sub-units: a commune may do in a week what it did not do in a year. Nor, in `change`, for parts of a whole that is
/// in the file, which would say the same thing once more for each kind of event. Approximate figures are passed over. A note
/// in the row explains a jump.
pub(crate) fn check_jumps(
    sheet: Sheet<'_>,
    row: &ReadRow<CountRow>,
    (earlier, reference): (&[&CountRow], &Reference),
    findings: &mut Findings,
) -> Pace {
    let mut pace = Pace::Known;
    for (stage, now) in row.value.counts.iter() {
        if now.approximate {
            continue;
        }
        let weeks = weekly(earlier, stage, row.value.as_of);
        let Some((last_week, before)) = weeks.last_key_value() else {
            continue;
        };
        let finding = if stage == Stage::Total {
            check_total(*before, now.count)
        } else {
            let this_week = Week::containing(row.value.as_of);
            let elapsed = this_week.weeks_since(*last_week).max(1);
            let grown = now.count.change_since(*before) / elapsed;
            if !matters(&row.value, now.count, grown) {
                continue;
            }
            let Some(usual) = Usual::of(&weeks) else {
                pace = Pace::Unknown;
                continue;
            };
            let effort = effort(reference, row.value.unit, row.value.as_of, &usual);
            usual.judge(stage, grown, effort)
        };
        let Some(finding) = finding else { continue };
        let finding = explained_by(row.value.note.as_deref(), finding);
        sheet.push_at(finding, (row.place, Column::Stage(stage)), findings);
    }
    pace
}

/// The exact counts of a stage at the end of the weeks before that of a date.
fn weekly(earlier: &[&CountRow], stage: Stage, before: NaiveDate) -> Weekly {
    let this_week = Week::containing(before);
    let counts = earlier.iter().filter_map(|row| {
        let reported = row.counts.get(stage)?;
        (!reported.approximate).then(|| (Week::containing(row.as_of), reported.count))
    });
    counts.filter(|(week, _)| *week < this_week).collect()
}

/// Whether an increment is large enough to move a figure of a report.
fn matters(row: &CountRow, now: Count, grown: i64) -> bool {
    let total = row
        .counts
        .get(Stage::Total)
        .map_or(now, |total| total.count);
    grown > 0 && grown.saturating_mul(PART_OF_TOTAL) >= total.to_i64()
}

fn check_total(before: Count, now: Count) -> Option<Finding> {
    let (times, of) = TOTAL_RISE;
    let limit = before.to_i64().saturating_mul(times) / of;
    if before == Count::ZERO || now.to_i64() <= limit {
        return None;
    }
    let message = |language: Language, verb: &str| {
        let header = Column::Stage(Stage::Total).header(language);
        let (before, now) = (language.count(before), language.count(now));
        format!("“{header}” {verb} {before} → {now}")
    };
    Some(Finding::query(
        Rule::TotalRaised,
        Text::new(
            message(Language::Vi, "tăng hơn một nửa:"),
            message(Language::En, "rose by more than half:"),
        ),
        Text::new(
            "kiểm tra có thừa chữ số không; nếu tổng số thật sự tăng (rà soát lại, mở thêm giai \
             đoạn) thì ghi lý do vào cột Ghi chú",
            "check for a digit too many; if the total has really grown (a new survey or phase), \
             give the reason in the note",
        ),
    ))
}

/// The pace of a stage in the half year before.
struct Usual {
    /// Records a week.
    median: f64,
    /// Above it an increment is a jump.
    limit: f64,
    /// Whether the last two weeks each rose, to twice the median or more: a campaign that no calendar has.
    rising: bool,
}

impl Usual {
    /// `None` where fewer than six weeks saw any growth.
    fn of(weeks: &Weekly) -> Option<Self> {
        let pairs = weeks.iter().zip(weeks.iter().skip(1));
        let increments: Vec<i64> = pairs
            .map(|((earlier, before), (later, after))| {
                after.change_since(*before) / later.weeks_since(*earlier).max(1)
            })
            .collect();
        let grown = increments.iter().filter_map(|each| Count::from_i64(*each));
        let mut grown: Vec<f64> = grown
            .map(Count::to_f64)
            .filter(|each| *each > 0.0)
            .collect();
        if grown.len() < WEEKS_NEEDED {
            return None;
        }
        grown.sort_by(f64::total_cmp);
        let left_out = if grown.len() < WEEKS_WITH_TWO_BATCHES {
            1
        } else {
            2
        };
        let largest = *grown.get(grown.len() - left_out)?;
        let logarithms: Vec<f64> = grown.iter().map(|each| each.ln()).collect();
        let centre = median(&logarithms)?;
        let mut deviations: Vec<f64> = logarithms
            .iter()
            .map(|each| (each - centre).abs())
            .collect();
        deviations.sort_by(f64::total_cmp);
        let spread = (median(&deviations)? * MAD_TO_DEVIATION).clamp(SPREAD.0, SPREAD.1);
        let outlier = (centre + OUTLIER * spread).exp();
        let rising = match increments[..] {
            [.., first, second, third] => first < second && second < third,
            _ => false,
        };
        let last = increments.last().copied().and_then(Count::from_i64);
        Some(Self {
            median: centre.exp(),
            limit: outlier.max(TIMES_THE_LARGEST * largest),
            rising: rising && last.is_some_and(|last| last.to_f64() >= 2.0 * centre.exp()),
        })
    }

    /// A question where an increment is a jump; a note where an effort may explain it.
    fn judge(&self, stage: Stage, grown: i64, effort: Option<Text>) -> Option<Finding> {
        let size = Count::from_i64(grown)?.to_f64();
        if size <= self.limit {
            return None;
        }
        let effort = effort.filter(|_| size <= self.limit * TIMES_IN_A_CAMPAIGN);
        let median = Count::from_f64(self.median)?;
        let message = |language: Language, (grew, usual): (&str, &str)| {
            let header = Column::Stage(stage).header(language);
            let (grown, median) = (language.whole(grown), language.count(median));
            format!("“{header}” {grew} {grown}{usual} {median}")
        };
        let vi = message(
            Language::Vi,
            ("tăng mỗi tuần", ", trong khi 26 tuần trước thường tăng"),
        );
        let en = message(
            Language::En,
            ("grew by", " a week, where the 26 weeks before usually saw"),
        );
        let fix = Text::new(
            "kiểm tra có nhập sai chữ số không; nếu đúng, ghi lý do vào cột Ghi chú của dòng này",
            "check for a mistyped digit; if it is right, give the reason in the note of this row",
        );
        Some(match effort {
            None => Finding::query(Rule::Jump, Text::new(vi, en), fix),
            Some(effort) => Finding::note(
                Rule::Jump,
                Text::new(
                    format!("{vi}; {}", effort.vi),
                    format!("{en}; {}", effort.en),
                ),
                fix,
            ),
        })
    }
}

/// The middle of sorted numbers; `None` where there are none.
fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(middle.checked_sub(1)?)?;
    Some(lower.midpoint(upper))
}

/// What else may explain a fast week: a campaign of the unit or the nation, a deadline, or weeks that have been rising.
fn effort(reference: &Reference, unit: UnitId, as_of: NaiveDate, usual: &Usual) -> Option<Text> {
    let week = Week::containing(as_of);
    if let Some(campaign) = reference.calendar.campaigns_in(week, Some(unit)).next() {
        return Some(Text::new(
            format!("đang có đợt cao điểm: {}", campaign.name.vi),
            format!("there is a campaign: {}", campaign.name.en),
        ));
    }
    let mut deadlines = reference.deadlines.iter().filter(|deadline| {
        deadline.unit.is_none_or(|owner| owner == unit) && deadline.announced_on <= as_of
    });
    let near = |days: i64| (0..=DAYS_OF_RUSH).contains(&days);
    if let Some(deadline) = deadlines.find(|deadline| near((deadline.due_on - as_of).num_days())) {
        return Some(Text::new(
            format!("gần hạn {}", Language::Vi.date(deadline.due_on)),
            format!(
                "the deadline {} is near",
                Language::En.date(deadline.due_on)
            ),
        ));
    }
    usual.rising.then(|| {
        Text::new(
            "các tuần gần đây đã tăng nhanh dần",
            "the weeks before have been rising",
        )
    })
}

/// A note in the row explains a question.
fn explained_by(note: Option<&str>, finding: Finding) -> Finding {
    match note.filter(|_| finding.severity == Severity::Query) {
        Some(note) => Finding {
            severity: Severity::Note,
            message: Text::new(
                format!("{}; đã giải trình: {note}", finding.message.vi),
                format!("{}; explained: {note}", finding.message.en),
            ),
            fix: Text::new("không cần làm gì", "nothing to do"),
            ..finding
        },
        None => finding,
    }
}
