//! What hinders a unit's work, as it wrote it beside its counts, and what was done about it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Digest, UnitId};

/// A difficulty that a unit reported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difficulty {
    /// The unit.
    pub unit: UnitId,
    /// The date of the counts beside it.
    pub as_of: NaiveDate,
    /// The unit's own words.
    pub words: String,
}

/// How far a difficulty is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifficultyState {
    /// Nobody has taken it up.
    Open,
    /// Somebody works on it.
    Working,
    /// It is out of the way.
    Resolved,
}

/// Whose move it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifficultyOwner {
    /// The commune that keeps the books.
    Commune,
    /// The province's department of justice.
    Province,
    /// The ministry.
    Ministry,
    /// The police, who keep the population database.
    Police,
    /// The company that scans and types.
    Contractor,
}

/// What somebody decided about a difficulty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifficultyMove {
    /// Who reported the difficulty.
    pub unit: UnitId,
    /// Which one: [`Difficulty::identity`].
    pub difficulty: Digest,
    /// How far it is from now on.
    pub state: DifficultyState,
    /// Whose move it is from now on.
    pub owner: DifficultyOwner,
    /// What is being done, or what solved it.
    pub note: String,
}

/// A move as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedMove {
    /// What was decided.
    pub moved: DifficultyMove,
    /// Who decided it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One difficulty from its first report on: the same words of the same unit are the same difficulty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifficultyCase {
    /// Who reported it.
    pub unit: UnitId,
    /// Its name in addresses: [`Difficulty::identity`].
    pub identity: Digest,
    /// The unit's words, as last written.
    pub words: String,
    /// The first date it was reported for.
    pub first: NaiveDate,
    /// The last date it was reported for.
    pub last: NaiveDate,
    /// How far it is: as last decided, but open again where it was reported for a day after it was called resolved.
    pub state: DifficultyState,
    /// Every move, oldest first.
    pub moves: Vec<RecordedMove>,
}

impl DifficultyState {
    /// Every state, in the order of the work.
    pub const ALL: [Self; 3] = [Self::Open, Self::Working, Self::Resolved];

    /// The key in the database and in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Working => "working",
            Self::Resolved => "resolved",
        }
    }

    /// The state of a key; `None` for any other word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

impl DifficultyOwner {
    /// Everybody who may have to act.
    pub const ALL: [Self; 5] = [
        Self::Commune,
        Self::Province,
        Self::Ministry,
        Self::Police,
        Self::Contractor,
    ];

    /// The key in the database and in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Province => "province",
            Self::Ministry => "ministry",
            Self::Police => "police",
            Self::Contractor => "contractor",
        }
    }

    /// The owner of a key; `None` for any other word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|owner| owner.key() == key)
    }
}

impl Difficulty {
    /// Which difficulty it is: the digest of the unit and its words, whatever their letter case and blanks.
    #[must_use]
    pub fn identity(&self) -> Digest {
        let words: Vec<String> = self
            .words
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        Digest::of(format!("{}\n{}", self.unit, words.join(" ")).as_bytes())
    }
}

impl DifficultyCase {
    /// Puts reports and moves together, the longest standing first. Reports stand in any order, moves in the order recorded;
    /// a move about a difficulty that no report tells of, for it was withdrawn, is left out.
    #[must_use]
    pub fn gather(reports: Vec<Difficulty>, moves: Vec<RecordedMove>) -> Vec<Self> {
        let mut cases: BTreeMap<Digest, Self> = BTreeMap::new();
        for report in reports {
            let identity = report.identity();
            let case = cases.entry(identity).or_insert_with(|| Self {
                unit: report.unit,
                identity,
                words: report.words.clone(),
                first: report.as_of,
                last: report.as_of,
                state: DifficultyState::Open,
                moves: Vec::new(),
            });
            case.first = case.first.min(report.as_of);
            if report.as_of >= case.last {
                case.last = report.as_of;
                case.words = report.words;
            }
        }
        for recorded in moves {
            if let Some(case) = cases.get_mut(&recorded.moved.difficulty) {
                case.state = recorded.moved.state;
                case.moves.push(recorded);
            }
        }
        let mut cases: Vec<Self> = cases.into_values().collect();
        for case in &mut cases {
            if case.is_back() {
                case.state = DifficultyState::Open;
            }
        }
        cases.sort_by(|one, other| {
            (one.first, one.unit, one.identity).cmp(&(other.first, other.unit, other.identity))
        });
        cases
    }

    /// Whether it was reported for a day after it was called resolved.
    #[must_use]
    pub fn is_back(&self) -> bool {
        self.moves.last().is_some_and(|last| {
            last.moved.state == DifficultyState::Resolved && last.at.date_naive() < self.last
        })
    }

    /// Whose move it is; `None` where nobody has said.
    #[must_use]
    pub fn owner(&self) -> Option<DifficultyOwner> {
        self.moves.last().map(|last| last.moved.owner)
    }

    /// How many whole weeks it has stood on a day, from the first date it was reported for; until it was resolved where it is.
    #[must_use]
    pub fn weeks_on(&self, day: NaiveDate) -> i64 {
        let resolved = self.moves.last().map(|last| last.at.date_naive());
        let until = resolved
            .filter(|_| self.state == DifficultyState::Resolved)
            .unwrap_or(day);
        until.signed_duration_since(self.first).num_weeks().max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(as_of: &str, words: &str) -> Difficulty {
        Difficulty {
            unit: UnitId::parse("p24").unwrap(),
            as_of: as_of.parse().unwrap(),
            words: words.to_owned(),
        }
    }

    fn moved(at: &str, state: DifficultyState) -> RecordedMove {
        RecordedMove {
            moved: DifficultyMove {
                unit: UnitId::parse("p24").unwrap(),
                difficulty: reported("2025-01-03", "thiếu máy quét").identity(),
                state,
                owner: DifficultyOwner::Ministry,
                note: "cấp thêm máy".to_owned(),
            },
            by: "lan".to_owned(),
            at: at.parse().unwrap(),
        }
    }

    #[test]
    fn the_same_words_of_a_unit_are_one_difficulty_and_other_words_another() {
        let reports = vec![
            reported("2025-01-10", "Thiếu  máy quét "),
            reported("2025-01-03", "thiếu máy quét"),
            reported("2025-01-10", "mất điện"),
        ];
        let cases = DifficultyCase::gather(reports, Vec::new());
        let [scanner, power] = cases.as_slice() else {
            panic!("{cases:?}")
        };
        assert_eq!(scanner.words, "Thiếu  máy quét ");
        assert_eq!(scanner.first, "2025-01-03".parse::<NaiveDate>().unwrap());
        assert_eq!(scanner.last, "2025-01-10".parse::<NaiveDate>().unwrap());
        assert_eq!(scanner.weeks_on("2025-01-24".parse().unwrap()), 3);
        assert_eq!(
            (power.words.as_str(), power.state, power.owner()),
            ("mất điện", DifficultyState::Open, None)
        );
    }

    #[test]
    fn a_resolved_difficulty_that_is_reported_again_is_open_again() {
        let reports = || vec![reported("2025-01-03", "thiếu máy quét")];
        let moves = || {
            vec![
                moved("2025-01-06T08:00:00Z", DifficultyState::Working),
                moved("2025-01-20T08:00:00Z", DifficultyState::Resolved),
            ]
        };
        let solved = DifficultyCase::gather(reports(), moves());
        assert_eq!(solved[0].state, DifficultyState::Resolved);
        assert_eq!(solved[0].weeks_on("2025-06-01".parse().unwrap()), 2);
        let mut again = reports();
        again.push(reported("2025-02-07", "thiếu máy quét"));
        let back = DifficultyCase::gather(again, moves());
        assert!(back[0].is_back());
        assert_eq!(
            (back[0].state, back[0].moves.len()),
            (DifficultyState::Open, 2)
        );
    }

    #[test]
    fn what_was_decided_about_a_withdrawn_report_is_left_out() {
        let moves = vec![moved("2025-01-06T08:00:00Z", DifficultyState::Working)];
        assert_eq!(DifficultyCase::gather(Vec::new(), moves), Vec::new());
    }
}
