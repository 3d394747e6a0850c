//! Figures as several pages show them: shares, stages, changes, deadlines, and the bar that says what is shown.

use reports::forecast::{DeadlineOutlook, DeadlinePace};
use reports::model::{Change, Group};
use reports::words;
use store::domain::{Figure, Language, Share, Stage, Standing, Text};

use super::{Bar, Page};
use crate::snapshots::Snapshot;
use crate::view::View;

/// A share as words and as the width of a bar.
pub(crate) struct Meter {
    pub(crate) percent: String,
    /// From 0 to 1000.
    pub(crate) width: i64,
}

impl Meter {
    pub(crate) fn new(share: Share, language: Language) -> Self {
        Self {
            percent: language.percent(share),
            width: share.tenths_of_percent().clamp(0, 1000),
        }
    }
}

/// The three things every figure prints: estimate, reported, coverage.
pub(crate) struct StageFigure {
    pub(crate) stage: Stage,
    pub(crate) name: String,
    pub(crate) estimate: Option<String>,
    pub(crate) reported: Option<String>,
    pub(crate) reporting: usize,
    pub(crate) expected: usize,
    pub(crate) incomplete: bool,
}

impl StageFigure {
    pub(crate) fn new(stage: Stage, standing: &Standing, language: Language) -> Self {
        let number = |figure: Option<Figure>| {
            figure.map(|figure| {
                let about = if figure.approximate { "≈\u{a0}" } else { "" };
                format!("{about}{}", language.count(figure.value))
            })
        };
        Self {
            stage,
            name: words::stage_name(stage).in_language(language).to_owned(),
            estimate: number(standing.estimate),
            reported: standing.reported.map(|figure| language.count(figure.value)),
            reporting: standing.reporting_count(),
            expected: standing.expected,
            incomplete: standing.reported.is_some_and(|figure| !figure.complete),
        }
    }
}

/// The change since the week before.
pub(crate) struct ChangeWords {
    pub(crate) compared: usize,
    pub(crate) work: String,
    pub(crate) corrections: Option<String>,
    pub(crate) scope: Option<String>,
}

impl ChangeWords {
    pub(crate) fn new(change: &Change, language: Language) -> Self {
        let signed = |number: i64| {
            let plus = if number > 0 { "+" } else { "" };
            (number != 0).then(|| format!("{plus}{}", language.whole(number)))
        };
        Self {
            compared: change.compared,
            work: signed(change.work).unwrap_or_else(|| "0".to_owned()),
            corrections: signed(change.corrections),
            scope: signed(change.scope),
        }
    }
}

/// The mark of a group in the style sheet.
pub(crate) const fn mark(group: Group) -> &'static str {
    match group {
        Group::Done => "good",
        Group::OnCourse => "plain",
        Group::AtRisk => "bad",
        Group::NoFigure => "warn",
    }
}

/// The deadline in force and how the work stands to it, in one sentence.
pub(crate) fn deadline_words(outlook: &DeadlineOutlook, language: Language) -> String {
    let due = language.date(outlook.deadline.due_on);
    let source = outlook.deadline.source.in_language(language);
    let standing = match outlook.pace {
        DeadlinePace::Finished => language.pick("đã xong", "finished").to_owned(),
        DeadlinePace::Passed { weeks_overdue } => match language {
            Language::Vi => format!("đã quá hạn {weeks_overdue} tuần"),
            Language::En => format!("passed {weeks_overdue} weeks ago"),
        },
        DeadlinePace::Ahead {
            chance: Some(chance),
            ..
        } => {
            let kept = language.pick("khả năng kịp hạn", "chance of meeting it");
            format!("{kept} {}", words::chance_words(chance))
        }
        DeadlinePace::Ahead { chance: None, .. } => language
            .pick("chưa tính được khả năng kịp hạn", "chance not known")
            .to_owned(),
    };
    format!("{due} – {standing} ({source})")
}

/// The frame of a page that shows a snapshot.
pub(crate) fn page(snapshot: &Snapshot, view: View, path: &str, title: &Text) -> Page {
    let report = &snapshot.report;
    let transferred = report
        .headline(Stage::Transferred)
        .map(|headline| &headline.standing);
    let coverage = transferred.map_or((0, 0), |known| (known.reporting_count(), known.expected));
    let bar = Bar::new(view.language, report.week, coverage, report.known_on);
    Page::new(view, path, title, snapshot.synthetic).with_bar(bar)
}
