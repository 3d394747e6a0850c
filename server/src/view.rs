//! What every page is asked to show: language, units, day and moment of knowledge. All of it stands in the address, so that
//! every view is a link to send.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use chrono::{
    DateTime, Days, NaiveDate, NaiveTime, SecondsFormat, SubsecRound as _, TimeDelta, Utc,
};
use reports::forecast::Followed;
use serde::Deserialize;
use store::domain::{Language, UnitView};

use crate::access::Visitor;
use crate::error::ServerError;
use crate::state::local_day;

/// The query part of an address as it came.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ViewQuery {
    lang: Option<String>,
    units: Option<String>,
    as_of: Option<String>,
    known_on: Option<String>,
    stage: Option<String>,
}

/// What a page is asked to show, and to whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct View {
    /// The language; Vietnamese where none is asked for.
    pub language: Language,
    /// Which units.
    pub units: UnitView,
    /// The day whose week is shown; `None` is the latest week with reports.
    pub as_of: Option<NaiveDate>,
    /// The day at whose end things are shown as known; `None` is now.
    pub known_on: Option<NaiveDate>,
    /// Whose completion is forecast; that of the whole chain where none is asked for.
    pub followed: Followed,
    /// To whom it is shown. It stands in no address.
    pub visitor: Visitor,
}

impl FromRequest for View {
    type Error = ServerError;
    type Future = Ready<Result<Self, ServerError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = web::Query::<ViewQuery>::from_query(request.query_string());
        let query = query
            .ok()
            .ok_or_else(|| ServerError::malformed("query", request.query_string()));
        let visitor = Visitor::of(request);
        let view = query.and_then(|mut query| {
            if request.path().ends_with("/cells") {
                // There the stage is that of the figure whose history is shown, not of a forecast.
                query.stage = None;
            }
            Self::read(&query)
        });
        ready(view.map(|view| Self { visitor, ..view }))
    }
}

/// As of when figures are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownOn {
    /// The end of a day in Viet Nam.
    Day(NaiveDate),
    /// A moment.
    Moment(DateTime<Utc>),
}

impl KnownOn {
    /// Reads `2024-07-18` or `2024-07-18T10:00:00Z`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let moment = || DateTime::parse_from_rfc3339(text).ok();
        let day = text.parse().ok().map(Self::Day);
        day.or_else(|| moment().map(|moment| Self::Moment(moment.to_utc().trunc_subsecs(6))))
    }

    /// A moment as the shortest text that [`KnownOn::parse`] reads as the same: its day, where it is the last of it.
    #[must_use]
    pub fn address(moment: DateTime<Utc>) -> String {
        let next = moment + TimeDelta::microseconds(1);
        let day = local_day(moment);
        if local_day(next) > day && first_moment(local_day(next)) == next {
            return day.to_string();
        }
        moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    /// The moment it stands for: not after `latest`, for what will be known is not known.
    #[must_use]
    pub fn moment(self, latest: DateTime<Utc>) -> DateTime<Utc> {
        let moment = match self {
            Self::Moment(moment) => Some(moment),
            Self::Day(day) => day
                .checked_add_days(Days::new(1))
                .map(|next| first_moment(next) - TimeDelta::microseconds(1)),
        };
        moment.map_or(latest, |moment| moment.min(latest))
    }
}

/// The first moment of a day in Viet Nam.
#[must_use]
pub fn first_moment(day: NaiveDate) -> DateTime<Utc> {
    const EAST: TimeDelta = TimeDelta::hours(7);
    day.and_time(NaiveTime::MIN).and_utc() - EAST
}

impl View {
    /// Reads the query part of an address.
    ///
    /// # Errors
    /// [`ServerError::Malformed`] naming the part that cannot be read.
    pub fn read(query: &ViewQuery) -> Result<Self, ServerError> {
        Ok(Self {
            language: part("lang", query.lang.as_deref(), Language::from_key)?.unwrap_or_default(),
            units: part("units", query.units.as_deref(), UnitView::from_key)?.unwrap_or_default(),
            as_of: part("as_of", query.as_of.as_deref(), |text| text.parse().ok())?,
            known_on: part("known_on", query.known_on.as_deref(), |text| {
                text.parse().ok()
            })?,
            followed: part("stage", query.stage.as_deref(), Followed::from_key)?
                .unwrap_or_default(),
            visitor: Visitor::Nobody,
        })
    }

    /// The last moment of the day of knowledge in Viet Nam, or `latest` where none is asked for or the day is not over.
    #[must_use]
    pub fn known_moment(&self, latest: DateTime<Utc>) -> DateTime<Utc> {
        self.known_on
            .map_or(latest, |day| KnownOn::Day(day).moment(latest))
    }

    /// The parts of an address that ask for this view; what is usual is left out.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        if self.language != Language::default() {
            fields.push(("lang", self.language.key().to_owned()));
        }
        if self.units != UnitView::default() {
            fields.push(("units", self.units.key().to_owned()));
        }
        fields.extend(self.as_of.map(|day| ("as_of", day.to_string())));
        fields.extend(self.known_on.map(|day| ("known_on", day.to_string())));
        if self.followed != Followed::default() {
            fields.push(("stage", self.followed.key().to_owned()));
        }
        fields
    }

    /// The address of a path under this view; the path may have a query part of its own.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        let fields = self.fields().into_iter();
        let parts: Vec<String> = fields
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if parts.is_empty() {
            path.to_owned()
        } else {
            let sign = if path.contains('?') { '&' } else { '?' };
            format!("{path}{sign}{}", parts.join("&"))
        }
    }
}

/// A part of an address; `None` where it is absent or empty.
pub(crate) fn part<T>(
    parameter: &'static str,
    value: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, ServerError> {
    match value.filter(|value| !value.is_empty()) {
        None => Ok(None),
        Some(value) => read(value)
            .map(Some)
            .ok_or_else(|| ServerError::malformed(parameter, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_its_day_only_where_it_is_the_last_of_it() {
        let day = "2025-06-05".parse().unwrap();
        let later = first_moment("2026-01-01".parse().unwrap());
        let last = KnownOn::Day(day).moment(later);
        assert_eq!(KnownOn::address(last), "2025-06-05");
        let before = last - TimeDelta::microseconds(1);
        let text = KnownOn::address(before);
        assert_eq!(text, "2025-06-05T16:59:59.999998Z");
        for moment in [last, before] {
            let read = KnownOn::parse(&KnownOn::address(moment)).unwrap();
            assert_eq!(read.moment(later), moment);
        }
    }

    fn query(text: &[(&str, &str)]) -> ViewQuery {
        let value = |key| {
            text.iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| (*value).to_owned())
        };
        ViewQuery {
            lang: value("lang"),
            units: value("units"),
            as_of: value("as_of"),
            known_on: value("known_on"),
            stage: value("stage"),
        }
    }

    #[test]
    fn an_address_leads_back_to_its_view() {
        let asked = query(&[
            ("lang", "en"),
            ("units", "34"),
            ("as_of", "2025-02-18"),
            ("known_on", "2025-03-01"),
            ("stage", "entered"),
        ]);
        let view = View::read(&asked).unwrap();
        let link = view.link("/published");
        assert_eq!(
            link,
            "/published?lang=en&units=34&as_of=2025-02-18&known_on=2025-03-01&stage=entered"
        );
        assert_eq!(View::default().link("/"), "/");
    }

    #[test]
    fn a_part_that_cannot_be_read_is_named() {
        let error = View::read(&query(&[("as_of", "18/02/2025")])).unwrap_err();
        assert_eq!(error.to_string(), "as_of `18/02/2025` cannot be read");
        assert!(View::read(&query(&[("lang", "fr")])).is_err());
        assert!(View::read(&query(&[("stage", "total")])).is_err());
        assert_eq!(
            View::read(&query(&[("units", "")])).unwrap(),
            View::default()
        );
    }

    #[test]
    fn the_day_of_knowledge_ends_at_midnight_in_viet_nam() {
        let view = View {
            known_on: "2025-03-01".parse().ok(),
            ..View::default()
        };
        let latest: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        let known = view.known_moment(latest);
        assert_eq!(known.to_rfc3339(), "2025-03-01T16:59:59.999999+00:00");
        let earlier: DateTime<Utc> = "2025-02-01T00:00:00Z".parse().unwrap();
        assert_eq!(view.known_moment(earlier), earlier);
    }
}
