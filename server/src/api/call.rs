//! A request as an operation sees it: every part read once, by its name, or refused by its name.

use std::collections::BTreeMap;

use actix_web::http::header::{ACCEPT_LANGUAGE, AcceptLanguage, Header as _};
use actix_web::{HttpMessage as _, HttpRequest, web};
use chrono::{DateTime, Utc};
use loader::{Answers, SourceFile};
use reports::forecast::Followed;
use serde::de::DeserializeOwned;
use store::domain::{Digest, Language, Text, UnitId, UnitView, Week};

use super::operation::Route;
use super::paging::Cursor;
use super::parameter::Place;
use super::problem::{Problem, ProblemKind};
use crate::access::{ShownToken, Visitor};
use crate::error::ServerError;
use crate::snapshots::{self, Snapshot};
use crate::state::State;
use crate::view::{KnownOn, View, part};

/// What a request carries.
#[derive(Debug, Default)]
pub(crate) enum Body {
    /// Nothing.
    #[default]
    Nothing,
    /// JSON as it came.
    Json(Vec<u8>),
    /// Files with the answers to what may be asked about them.
    Files(Vec<SourceFile>, Answers),
}

/// A request to an operation.
pub(crate) struct Call {
    pub(crate) state: State,
    pub(crate) language: Language,
    pub(crate) body: Body,
    /// Who asks.
    pub(crate) visitor: Visitor,
    /// Under which name that is recorded: the login of an account, or the name of a token.
    pub(crate) by: String,
    /// Whose `Idempotency-Key` it is.
    pub(crate) holder: String,
    /// The header `Idempotency-Key`; `None` where there is none.
    pub(crate) key: Option<String>,
    pub(crate) path: String,
    query: BTreeMap<String, String>,
    parts: BTreeMap<&'static str, String>,
}

/// The language asked for: `lang`, else the first of `Accept-Language` that there is, else Vietnamese.
pub(crate) fn language_of(request: &HttpRequest) -> Language {
    let asked = query_of(request).find(|(name, _)| name == "lang");
    let asked = asked.and_then(|(_, value)| Language::from_key(&value));
    let preferred = || {
        request.headers().get(ACCEPT_LANGUAGE)?;
        let ranked = AcceptLanguage::parse(request).ok()?.ranked();
        let mut tags = ranked.into_iter().filter_map(|tag| {
            let tag = tag.item()?.to_string();
            Language::from_key(tag.split('-').next()?)
        });
        tags.next()
    };
    asked.or_else(preferred).unwrap_or_default()
}

fn query_of(request: &HttpRequest) -> impl Iterator<Item = (String, String)> + use<> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    pairs
        .map(web::Query::into_inner)
        .unwrap_or_default()
        .into_iter()
}

impl Call {
    /// Reads the address and the headers. A parameter that the operation does not have, or one given twice, is refused.
    pub(crate) fn read(
        state: &State,
        route: &'static Route,
        request: &HttpRequest,
    ) -> Result<Self, Problem> {
        let parameters = route.operation.parameters;
        let mut query = BTreeMap::new();
        for (name, value) in query_of(request) {
            let known =
                |one: &&super::parameter::Parameter| one.place == Place::Query && one.name == name;
            if parameters.iter().find(known).is_none() {
                return Err(unknown(&name));
            }
            if query.insert(name.clone(), value).is_some() {
                return Err(Problem::invalid(
                    &name,
                    &format!("Tham số {name} được nêu hai lần."),
                    &format!("Parameter {name} is given twice."),
                ));
            }
        }
        let in_path = parameters.iter().filter(|one| one.place == Place::Path);
        let parts = in_path.filter_map(|one| {
            let value = request.match_info().get(one.name)?;
            Some((one.name, value.to_owned()))
        });
        let visitor = Visitor::of(request);
        let (by, holder) = match request.extensions().get() {
            Some(ShownToken(token)) => (token.name.clone(), format!("token {}", token.id)),
            None => (visitor.name(), visitor.name()),
        };
        let call = Self {
            state: state.clone(),
            language: language_of(request),
            body: Body::Nothing,
            visitor,
            by,
            holder,
            key: header(request, "Idempotency-Key"),
            path: request.path().to_owned(),
            query,
            parts: parts.collect(),
        };
        call.part("lang", Language::from_key)?;
        Ok(call)
    }

    /// A part of the query; `None` where it is absent or empty.
    pub(crate) fn part<T>(
        &self,
        name: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        Ok(part(name, self.query.get(name).map(String::as_str), read)?)
    }

    /// A part of the query as it came; `None` where it is absent.
    pub(crate) fn raw(&self, name: &str) -> Option<String> {
        self.query.get(name).cloned()
    }

    /// A part of the path.
    ///
    /// What cannot be read there names nothing, which is the same as not being there.
    pub(crate) fn at<T>(
        &self,
        name: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Problem> {
        let value = self.parts.get(name).map_or("", String::as_str);
        read(value).ok_or_else(|| Problem::not_found(value))
    }

    /// The number in the path.
    pub(crate) fn number(&self) -> Result<i64, Problem> {
        self.at("number", positive)
    }

    /// The number of a file in the path.
    pub(crate) fn file(&self) -> Result<i64, Problem> {
        self.at("file", positive)
    }

    /// The unit in the path, which exists.
    pub(crate) fn unit(&self) -> Result<UnitId, Problem> {
        self.at("unit", |text| self.find_unit(text))
    }

    /// The unit that the query asks for, which is on the visitor's side of the wall; `None` where it asks for all.
    pub(crate) fn asked_unit(&self) -> Result<Option<UnitId>, Problem> {
        let unit = self.part("unit", |text| self.find_unit(text))?;
        match unit {
            Some(unit) if !self.reaches(unit) => Err(ServerError::Forbidden.into()),
            unit => Ok(unit),
        }
    }

    /// Whether a unit is on the visitor's side of the wall.
    pub(crate) fn reaches(&self, unit: UnitId) -> bool {
        let units = &self.state.reference.units;
        self.visitor.reaches(units, &[unit].into())
    }

    /// Whether what is said of a unit, or of the nation where that is `None`, is asked for and may be read.
    pub(crate) fn wants(&self, asked: Option<UnitId>, unit: Option<UnitId>) -> bool {
        (asked.is_none() || asked == unit) && unit.is_none_or(|unit| self.reaches(unit))
    }

    /// A unit by its id; `None` where there is none.
    pub(crate) fn find_unit(&self, text: &str) -> Option<UnitId> {
        let units = &self.state.reference.units;
        UnitId::parse(text).filter(|unit| units.find(*unit).is_some())
    }

    /// What is shown, without the moment of knowledge.
    pub(crate) fn view(&self) -> Result<View, Problem> {
        Ok(View {
            language: self.language,
            units: self.part("units", UnitView::from_key)?.unwrap_or_default(),
            as_of: self.part("as_of", |text| text.parse().ok())?,
            known_on: None,
            followed: Followed::default(),
            visitor: self.visitor,
        })
    }

    /// The moment of knowledge: that of the page before, else the one asked for, else that of the latest change.
    pub(crate) fn known_on(&self) -> Result<DateTime<Utc>, Problem> {
        self.known_by(self.state.latest_moment()?)
    }

    /// The same where the latest moment is another.
    pub(crate) fn known_by(&self, latest: DateTime<Utc>) -> Result<DateTime<Utc>, Problem> {
        let asked = self.part("known_on", KnownOn::parse)?;
        let asked = asked.map_or(latest, |asked| asked.moment(latest));
        let cursor = self.part("cursor", Cursor::parse)?;
        Ok(cursor.map_or(asked, |cursor| cursor.known_on.min(latest)))
    }

    /// The report that is asked for.
    pub(crate) fn snapshot(&self) -> Result<std::sync::Arc<Snapshot>, Problem> {
        self.following(Followed::default())
    }

    /// The report that is asked for, with the forecast of the stage that `stage` names.
    pub(crate) fn forecast(&self) -> Result<std::sync::Arc<Snapshot>, Problem> {
        self.following(self.followed()?)
    }

    /// The stage that `stage` names, else the slowest.
    pub(crate) fn followed(&self) -> Result<Followed, Problem> {
        Ok(self.part("stage", Followed::from_key)?.unwrap_or_default())
    }

    fn following(&self, followed: Followed) -> Result<std::sync::Arc<Snapshot>, Problem> {
        let view = self.view()?;
        let week = view.as_of.map(Week::containing);
        let key = (self.known_on()?, week, (view.units, followed));
        Ok(snapshots::find_or_build_at(&self.state, key)?)
    }

    /// The JSON that was sent.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let bytes = match &self.body {
            Body::Json(bytes) => bytes.as_slice(),
            Body::Nothing | Body::Files(..) => &[],
        };
        serde_json::from_slice(bytes).map_err(|error| {
            let reason = error.to_string();
            let detail = Text::new(format!("JSON: {reason}."), format!("JSON: {reason}."));
            Problem::new(ProblemKind::InvalidBody, detail)
        })
    }

    /// The address of the next page.
    pub(crate) fn next(&self, cursor: &str) -> String {
        let kept = self.query.iter().filter(|(name, _)| {
            // The cursor says as of when.
            !matches!(name.as_str(), "cursor" | "known_on")
        });
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let parts: Vec<(&str, &str)> = kept.chain([("cursor", cursor)]).collect();
        // Texts can always be written.
        let query = serde_urlencoded::to_string(parts).unwrap_or_default();
        format!("{}?{query}", self.path)
    }

    /// What names the body, so that a repeated request is told from another.
    pub(crate) fn body_digest(&self) -> Digest {
        let mut words = vec![self.path.clone()];
        match &self.body {
            Body::Nothing => {}
            Body::Json(bytes) => words.push(Digest::of(bytes).to_string()),
            Body::Files(files, answers) => {
                let file =
                    |file: &SourceFile| format!("{} {}", Digest::of(&file.bytes), file.name());
                words.extend(files.iter().map(file));
                words.push(format!("{answers:?}"));
            }
        }
        Digest::of(words.join("\n").as_bytes())
    }
}

fn positive(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number| *number > 0)
}

/// A header; `None` where it is not there or no text.
fn header(request: &HttpRequest, name: &str) -> Option<String> {
    let value = request.headers().get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

fn unknown(name: &str) -> Problem {
    let name: String = name.chars().take(40).collect();
    Problem {
        parameter: Some(name.clone()),
        ..Problem::new(
            ProblemKind::UnknownParameter,
            Text::new(
                format!("Địa chỉ này không có tham số “{name}”."),
                format!("The address has no parameter “{name}”."),
            ),
        )
    }
}
