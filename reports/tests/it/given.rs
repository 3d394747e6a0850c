//! Builders of panels: everything has a usual value but what a test is about.

use chrono::{DateTime, NaiveDate, Utc};
use reports::forecast::{Followed, Forecast, ForecastInput, Published, UnitForecast, forecast};
use reports::model::{NationalReport, ReportInput};
use store::domain::{
    Approximation, Calendar, Count, CountUnit, Deadline, DeadlineKind, Figure, Panel,
    PublishedFigure, Reference, SeriesPoint, Stage, Text, UnitId, UnitSeries, UnitView, Week,
};

/// The first week of every made-up series; the weeks after it hold no merger for two years.
pub(crate) const FIRST_WEEK: &str = "2023-W10";

pub(crate) fn unit(id: &str) -> UnitId {
    UnitId::parse(id).unwrap()
}

pub(crate) fn week(text: &str) -> Week {
    Week::parse(text).unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn count(number: i64) -> Count {
    Count::from_i64(number).unwrap()
}

/// One report: total and transferred; entered is a tenth ahead of transferred.
pub(crate) fn point(week: Week, total: Option<i64>, transferred: i64) -> SeriesPoint {
    let mut figures = [None; 7];
    figures[Stage::Total.index()] = total.map(|total| Figure::whole(count(total)));
    figures[Stage::Entered.index()] = Some(Figure::whole(count(transferred + transferred / 10)));
    figures[Stage::Transferred.index()] = Some(Figure::whole(count(transferred)));
    // Reports are true for the Friday.
    SeriesPoint {
        week,
        as_of: week.plus(1).first_day() - chrono::Days::new(3),
        figures,
    }
}

/// The reports of a unit in consecutive weeks from a first one on; `None` is a week without a report.
pub(crate) fn series_from(
    first: &str,
    id: &str,
    total: i64,
    transferred: &[Option<i64>],
) -> UnitSeries {
    let first = week(first);
    let reported = (0..)
        .zip(transferred)
        .filter_map(|(step, count)| Some((step, (*count)?)));
    let points = reported
        .map(|(step, count)| point(first.plus(step), Some(total), count))
        .collect();
    UnitSeries {
        unit: unit(id),
        points,
    }
}

/// The same from [`FIRST_WEEK`] on.
pub(crate) fn series(id: &str, total: i64, transferred: &[Option<i64>]) -> UnitSeries {
    series_from(FIRST_WEEK, id, total, transferred)
}

/// Reports that grow by the same step every week.
pub(crate) fn steady(id: &str, total: i64, start: i64, step: i64, weeks: i64) -> UnitSeries {
    let counts: Vec<Option<i64>> = (0..weeks).map(|week| Some(start + step * week)).collect();
    series(id, total, &counts)
}

pub(crate) fn deadline(id: Option<&str>, due_on: &str, announced_on: &str) -> Deadline {
    Deadline {
        unit: id.map(unit),
        due_on: day(due_on),
        announced_on: day(announced_on),
        kind: DeadlineKind::Plan,
        source: Text::new("Kế hoạch thử", "Test plan"),
    }
}

/// A published figure: more than so many records of all types; `vn` is the nation.
pub(crate) fn figure(owner: &str, as_of: &str, measure: &str, value: &str) -> PublishedFigure {
    PublishedFigure {
        as_of: day(as_of),
        unit: (owner != "vn").then(|| unit(owner)),
        record_type: "all".to_owned(),
        measure: measure.to_owned(),
        value: value.to_owned(),
        count_unit: "record".to_owned(),
        approximation: Approximation::MoreThan,
        note: String::new(),
        source: "a report".to_owned(),
    }
}

/// Everything a forecast or a report is made of.
pub(crate) struct Given {
    pub(crate) series: Vec<UnitSeries>,
    pub(crate) published: Vec<PublishedFigure>,
    pub(crate) deadlines: Vec<Deadline>,
    pub(crate) reference: Reference,
    pub(crate) week: Week,
    pub(crate) view: UnitView,
    pub(crate) followed: Followed,
}

impl Given {
    /// The series, no deadline, no holiday, and the last week of any series as origin.
    pub(crate) fn new(series: Vec<UnitSeries>) -> Self {
        let points = series.iter().filter_map(|series| series.points.last());
        let week = points
            .map(|point| point.week)
            .max()
            .unwrap_or_else(|| week(FIRST_WEEK));
        let reference = Reference {
            calendar: Calendar::default(),
            ..Reference::embedded().clone()
        };
        Self {
            series,
            published: Vec::new(),
            deadlines: Vec::new(),
            reference,
            week,
            view: UnitView::AsReported,
            followed: Followed::One(Stage::Transferred),
        }
    }

    pub(crate) fn with_deadlines(self, deadlines: Vec<Deadline>) -> Self {
        Self { deadlines, ..self }
    }

    pub(crate) fn at(self, text: &str) -> Self {
        Self {
            week: week(text),
            ..self
        }
    }

    pub(crate) fn viewed(self, view: UnitView) -> Self {
        Self { view, ..self }
    }

    pub(crate) fn following(self, followed: Followed) -> Self {
        Self { followed, ..self }
    }

    /// With the real holidays.
    pub(crate) fn with_holidays(mut self) -> Self {
        self.reference.calendar = Reference::embedded().calendar.clone();
        self
    }

    pub(crate) fn panel(&self) -> Panel<'_> {
        Panel::new(&self.reference.units, self.series.clone())
    }

    pub(crate) fn forecast(&self) -> Forecast {
        let panel = self.panel();
        let input = ForecastInput {
            panel: &panel,
            published: Published {
                figures: &self.published,
                measures: &self.reference.measures,
            },
            units: &self.reference.units,
            calendar: &self.reference.calendar,
            deadlines: &self.deadlines,
            week: self.week,
            followed: self.followed,
            view: self.view,
            paths: reports::forecast::PATHS,
        };
        forecast(&input).unwrap()
    }

    pub(crate) fn with_input<T>(&self, use_input: impl FnOnce(&ReportInput<'_>) -> T) -> T {
        let panel = self.panel();
        use_input(&ReportInput {
            panel: &panel,
            published: &self.published,
            reference: &self.reference,
            deadlines: &self.deadlines,
            campaigns: &self.reference.calendar.campaigns,
            week: self.week,
            view: self.view,
            followed: self.followed,
            count_unit: CountUnit::Record,
            known_on: known_on(),
        })
    }

    pub(crate) fn report(&self) -> NationalReport {
        self.with_input(|input| NationalReport::new(input).unwrap())
    }
}

pub(crate) fn known_on() -> DateTime<Utc> {
    "2023-08-01T01:30:00Z".parse().unwrap()
}

/// The forecast of one unit.
pub(crate) fn of<'a>(forecast: &'a Forecast, id: &str) -> &'a UnitForecast {
    forecast
        .units
        .iter()
        .find(|row| row.unit == unit(id))
        .unwrap()
}

/// The weeks from the end of the origin week to a day, in tenths and more.
pub(crate) fn weeks_to(origin: Week, day: NaiveDate) -> f64 {
    let days = u32::try_from((day - origin.last_day()).num_days()).unwrap();
    f64::from(days) / 7.0
}
