//! Running the engine along the path, and adding the steps up.

use chrono::NaiveDate;
use store::domain::{
    Calendar, Deadline, Panel, PublishedFigure, Reference, Text, UnitId, UnitView, Week,
};

use super::chance::{ChanceMoved, chance};
use super::path::{Data, Ends};
use crate::forecast::{
    Completion, Forecast, ForecastError, ForecastInput, METHOD, PATHS, Prepared, Published,
    Scenario, State,
};
use crate::issued::{Issued, Said, Statement};
use crate::words::outcome_words;

/// One of two issued forecasts with what was known at its moment.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The document.
    pub issued: &'a Issued,
    /// The reports as known then.
    pub panel: &'a Panel<'a>,
    /// The published figures as known then.
    pub published: &'a [PublishedFigure],
    /// The deadlines known then.
    pub deadlines: &'a [Deadline],
}

impl<'a> Side<'a> {
    const fn data(&self, reference: &'a Reference) -> Data<'a> {
        Data {
            panel: self.panel,
            published: Published {
                figures: self.published,
                measures: &reference.measures,
            },
        }
    }
}

/// Two issued forecasts of the same stage.
#[derive(Clone, Copy, Debug)]
pub struct RevisionInput<'a> {
    /// The earlier one.
    pub old: Side<'a>,
    /// The later one.
    pub new: Side<'a>,
    /// Units and holidays; those of a document of version 1 are taken to be these.
    pub reference: &'a Reference,
}

/// What moved a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Another method, and other random numbers.
    Method,
    /// Other random numbers alone.
    Draw,
    /// Weeks that were known have been restated or withdrawn.
    Corrections,
    /// Other holidays are known.
    Calendar,
    /// Units are ahead of what was expected of them by now, or behind.
    Work,
    /// What the weeks between say of all weeks to come.
    Pace,
    /// There is more or less to do.
    Scope,
    /// Another deadline: never moves a date.
    Deadline,
}

/// Why the dates of two forecasts differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The numbers of the two forecasts.
    pub numbers: (i64, i64),
    /// Their methods.
    pub methods: (String, String),
    /// The nation: the day on which its last unit is done.
    pub nation: Moved,
    /// The day on which [`crate::forecast::MOST_SHARE`] of the national total is done; `None` where one of the two says nothing of it. It has days
    /// where that of the last unit is after the horizon.
    pub most: Option<Moved>,
    /// The rows that both have, ordered by unit.
    pub units: Vec<Moved>,
    /// Rows that only one of the two has.
    pub unmatched: usize,
}

/// Why one date moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The unit; `None` is the nation.
    pub unit: Option<UnitId>,
    /// Its name now.
    pub name: Text,
    /// What the earlier forecast said.
    pub from: Said,
    /// What the later one says.
    pub to: Said,
    /// Each part in the order of the path with the days by which it moved the median, above 0 to a later day; `None` where
    /// it cannot be told in days. Where both forecasts and all runs have a day, the days add up to [`Moved::days`].
    pub parts: Vec<(Part, Option<i64>)>,
    /// The days from the earlier median to the later; `None` where one of the two has no day.
    pub days: Option<i64>,
    /// What became of the chance; `None` where neither had one.
    pub chance: Option<ChanceMoved>,
    /// Units of the nation without a date, then and now; 0 of a unit.
    pub excluded: (usize, usize),
}

impl Revision {
    /// Runs the engine along the path.
    ///
    /// # Errors
    /// [`ForecastError`] where the stage cannot be completed.
    pub fn new(input: &RevisionInput<'_>) -> Result<Self, ForecastError> {
        let (old, new) = (input.old.issued, input.new.issued);
        let runs = replay(input)?;
        let remainder = if old.method == METHOD && new.method == METHOD {
            Part::Draw
        } else {
            Part::Method
        };
        let moved = |to: &Statement| Some(one(old.statement(to.unit)?, to, (&runs, remainder)));
        let units: Vec<Moved> = new.units.iter().filter_map(moved).collect();
        Ok(Self {
            numbers: (old.number, new.number),
            methods: (old.method.clone(), new.method.clone()),
            nation: one(&old.nation, &new.nation, (&runs, remainder)),
            most: most(old, new, (&runs, remainder)),
            unmatched: (old.units.len() - units.len()) + (new.units.len() - units.len()),
            units,
        })
    }
}

impl Revision {
    /// What is told of the nation in days: its last unit, or, where that has none, the bulk of the work.
    #[must_use]
    pub fn told(&self) -> &Moved {
        let bulk = self.most.as_ref().filter(|most| most.days.is_some());
        match self.nation.days {
            None => bulk.unwrap_or(&self.nation),
            Some(_) => &self.nation,
        }
    }
}

impl Moved {
    /// The days of one part; `None` where it has none.
    #[must_use]
    pub fn days_of(&self, part: Part) -> Option<i64> {
        let own = self.parts.iter().find(|(one, _)| *one == part);
        own.and_then(|(_, days)| *days)
    }
}

/// The forecasts `v0` to `v6` of the path.
fn replay(input: &RevisionInput<'_>) -> Result<[Forecast; 7], ForecastError> {
    let (old, new) = (input.old.issued, input.new.issued);
    let known = |issued: &Issued| Calendar {
        holidays: issued
            .holidays
            .clone()
            .unwrap_or_else(|| input.reference.calendar.holidays.clone()),
        campaigns: Vec::new(),
    };
    let (then, now) = (known(old), known(new));
    let ends = Ends {
        units: &input.reference.units,
        stage: new.stage,
        old: (input.old.data(input.reference), old.week),
        new: (input.new.data(input.reference), new.week),
    };
    type When<'a> = (Week, &'a Calendar);
    let run =
        |data: Data<'_>, when: When<'_>, (view, paths): (UnitView, usize), late: &Scenario| {
            let (week, calendar) = when;
            let input = ForecastInput {
                panel: data.panel,
                published: data.published,
                units: ends.units,
                calendar,
                deadlines: input.old.deadlines,
                week,
                followed: new.followed,
                view,
                paths,
            };
            let prepared = Prepared::drawn(&input, Some(new.seed))?;
            Ok::<_, ForecastError>(prepared.under(late))
        };
    let nothing = Scenario::default();
    let shown = (new.view, new.paths);
    let step = |data: Data<'_>, when: When<'_>| run(data, when, shown, &nothing);
    let (corrected, paced, rescoped) = (ends.corrected(), ends.paced(), ends.rescoped());
    let (paced, rescoped) = (paced.data(&ends), rescoped.data(&ends));
    let corrected = corrected.data(&ends);
    let then_and_now = (old.week, &now);
    // Median counts are drawn on as many paths, however many the documents have.
    let by_unit = (UnitView::AsReported, PATHS);
    let expected = run(corrected, then_and_now, by_unit, &nothing)?;
    let late = ends.delays(&expected);
    Ok([
        step(ends.old.0, (old.week, &then))?,
        step(corrected, (old.week, &then))?,
        step(corrected, then_and_now)?,
        run(corrected, then_and_now, shown, &late)?,
        step(paced, (new.week, &now))?,
        step(ends.new.0, (new.week, &now))?,
        step(rescoped, then_and_now)?,
    ])
}

/// The days by which each part moved the median, from the old document over the runs to the new one.
fn parts(
    from: Option<NaiveDate>,
    days: [Option<NaiveDate>; 7],
    to: Option<NaiveDate>,
    remainder: Part,
) -> Vec<(Part, Option<i64>)> {
    let [old, corrected, holidays, worked, paced, new, rescoped] = days;
    // A run that ends after the horizon moves nothing that can be told in days.
    let (old, new) = (old.or(from), new.or(to));
    let corrected = corrected.or(old);
    let holidays = holidays.or(corrected);
    let worked = worked.or(holidays);
    let work = between(holidays, worked);
    // Where one of the two orders has no day, the other stands for both.
    let scope = match (between(paced, new), between(holidays, rescoped)) {
        (Some(last), Some(first)) => Some((last + first).div_euclid(2)),
        (last, first) => last.or(first),
    };
    let pace = between(holidays, new).map(|news| news - work.unwrap_or(0) - scope.unwrap_or(0));
    let remained = between(from, old).zip(between(new, to));
    vec![
        (remainder, remained.map(|(before, after)| before + after)),
        (Part::Corrections, between(old, corrected)),
        (Part::Calendar, between(corrected, holidays)),
        (Part::Work, work),
        (Part::Pace, pace),
        (Part::Scope, scope),
        (Part::Deadline, Some(0)),
    ]
}

fn one(from: &Statement, to: &Statement, (runs, remainder): (&[Forecast; 7], Part)) -> Moved {
    let said = runs.each_ref().map(|run| said_by(run, to.unit).day());
    let (then, now) = (from.said.day(), to.said.day());
    Moved {
        unit: to.unit,
        name: to.name.clone(),
        from: from.said.clone(),
        to: to.said.clone(),
        parts: parts(then, said, now, remainder),
        days: between(then, now),
        chance: chance(from, to, runs),
        excluded: (from.excluded, to.excluded),
    }
}

/// The same of the day on which most of the national total is done.
fn most(old: &Issued, new: &Issued, (runs, remainder): (&[Forecast; 7], Part)) -> Option<Moved> {
    let (from, to) = (old.most.clone()?, new.most.clone()?);
    let day = |run: &Forecast| run.national.most_done.as_ref().and_then(Completion::p50);
    let (then, now) = (from.day(), to.day());
    Some(Moved {
        unit: None,
        name: Text::new("95% tổng số toàn quốc", "95% of the national total"),
        parts: parts(then, runs.each_ref().map(day), now, remainder),
        days: between(then, now),
        from,
        to,
        chance: None,
        excluded: (old.nation.excluded, new.nation.excluded),
    })
}

fn between(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<i64> {
    Some((to? - from?).num_days())
}

/// What a run says of a row; of the nation where none is given.
fn said_by(run: &Forecast, unit: Option<UnitId>) -> Said {
    let of_date = |date: &Completion| date.p50().map_or(Said::After(date.horizon), Said::Day);
    let nothing = || Said::Nothing(Text::EMPTY);
    let Some(unit) = unit else {
        let nation = &run.national;
        let since = nation.done_since.map(Said::Done);
        return since
            .or_else(|| nation.completion.as_ref().map(of_date))
            .unwrap_or_else(nothing);
    };
    let row = run.units.iter().find(|row| row.unit == unit);
    row.map_or_else(nothing, |row| match &row.state {
        State::Done { since } => Said::Done(*since),
        State::Forecast(date) => of_date(date),
        _ => Said::Nothing(outcome_words(row)),
    })
}
