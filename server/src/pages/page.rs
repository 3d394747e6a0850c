//! What every page shows around its content.

use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::http::header::ContentType;
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use reports::forecast::Followed;
use reports::metric::metric;
use store::domain::{Language, Reference, Role, Stage, SubmissionId, Text, UnitId, UnitView, Week};

use crate::access::Visitor;
use crate::error::ServerError;
use crate::routes::may;
use crate::state::{local, local_day};
use crate::view::View;

/// The frame of a page: title, navigation, languages and the bar that says what is shown.
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) path: String,
    pub(crate) view: View,
    pub(crate) synthetic: bool,
    pub(crate) bar: Option<Bar>,
}

/// The bar at the top: what is shown, how complete it is and when it was known.
pub(crate) struct Bar {
    pub(crate) as_of: String,
    pub(crate) as_of_value: NaiveDate,
    pub(crate) week: Week,
    pub(crate) coverage: String,
    pub(crate) known_on: String,
    pub(crate) known_on_value: NaiveDate,
}

/// What a figure means.
pub(crate) struct Help {
    pub(crate) href: String,
    pub(crate) formula: &'static str,
    pub(crate) label: String,
}

/// A link with its label.
pub(crate) struct Choice {
    pub(crate) href: String,
    pub(crate) label: &'static str,
    pub(crate) key: &'static str,
    pub(crate) current: bool,
}

impl Bar {
    pub(crate) fn new(
        language: Language,
        week: Week,
        (reporting, expected): (usize, usize),
        known_on: DateTime<Utc>,
    ) -> Self {
        let as_of = week.last_day();
        let of = language.pick("trên", "of");
        let units = language.pick("đơn vị", "units");
        Self {
            as_of: language.date(as_of),
            as_of_value: as_of,
            week,
            coverage: format!("{reporting} {of} {expected} {units}"),
            known_on: moment(language, known_on),
            known_on_value: local_day(known_on),
        }
    }
}

/// A moment by the clocks of Viet Nam, to the minute.
pub(crate) fn moment(language: Language, moment: DateTime<Utc>) -> String {
    let there = local(moment);
    format!(
        "{} {}",
        language.date(there.date_naive()),
        there.format("%H:%M")
    )
}

impl Page {
    pub(crate) fn new(view: View, path: &str, title: &Text, synthetic: bool) -> Self {
        Self {
            title: title.in_language(view.language).to_owned(),
            path: path.to_owned(),
            view,
            synthetic,
            bar: None,
        }
    }

    pub(crate) fn with_bar(mut self, bar: Bar) -> Self {
        self.bar = Some(bar);
        self
    }

    pub(crate) const fn language(&self) -> Language {
        self.view.language
    }

    /// Chooses between two texts by the language of the page.
    pub(crate) const fn t<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        self.view.language.pick(vi, en)
    }

    pub(crate) fn link(&self, path: &str) -> String {
        self.view.link(path)
    }

    /// What a figure means, in short, and where it stands in full; `None` where no figure has the id.
    pub(crate) fn help(&self, id: &str) -> Option<Help> {
        let metric = metric(id)?;
        let language = self.language();
        let name = metric.name.in_language(language);
        Some(Help {
            href: format!("{}#{id}", self.link("/definitions")),
            formula: metric.formula.in_language(language),
            label: format!("{}: {name}", self.t("Định nghĩa", "Definition")),
        })
    }

    /// The page of a unit.
    pub(crate) fn unit_link(&self, unit: &UnitId) -> String {
        self.link(&format!("/provinces/{unit}"))
    }

    /// Where a recorded file is taken back or restored.
    pub(crate) fn turn_link(&self, file: &SubmissionId, deed: &str) -> String {
        self.link(&format!("/files/{file}/{deed}"))
    }

    /// The same page with the forecast of the whole chain, or of one stage alone.
    pub(crate) fn followed_link(&self, followed: &Followed) -> String {
        let view = View {
            followed: *followed,
            ..self.view
        };
        view.link(&self.path)
    }

    /// The history of a stage of a unit in a week.
    pub(crate) fn cells_link(&self, unit: &UnitId, stage: &Stage, week: &Week) -> String {
        let view = View {
            as_of: Some(week.last_day()),
            followed: Followed::default(),
            ..self.view
        };
        let path = view.link(&format!("/provinces/{unit}/cells"));
        format!("{path}&stage={}", stage.key())
    }

    /// The burn-up of a unit as a file.
    pub(crate) fn unit_chart(&self, unit: &UnitId, ending: &str) -> String {
        self.link(&format!("/provinces/{unit}/charts/burn-up.{ending}"))
    }

    /// The burn-up of a unit for a small screen.
    pub(crate) fn unit_compact_chart(&self, unit: &UnitId) -> String {
        self.link(&format!("/provinces/{unit}/charts/burn-up-compact.svg"))
    }

    /// Whether the visitor may open a path, as the list of paths demands.
    pub(crate) fn may(&self, path: &str) -> bool {
        may(self.view.visitor, &Method::GET, path)
    }

    /// Whether the visitor may send a form to a path.
    pub(crate) fn may_send(&self, path: &str) -> bool {
        may(self.view.visitor, &Method::POST, path)
    }

    /// Who is signed in, with what the account is for; `None` where nobody is.
    pub(crate) fn signed_in(&self) -> Option<(String, String)> {
        let Visitor::Person { login, role } = self.view.visitor else {
            return None;
        };
        let name = Role::name(role.key());
        let mut words = name.in_language(self.language()).to_owned();
        if let Some(province) = role.province() {
            let units = &Reference::embedded().units;
            let province = units.name_on(province, NaiveDate::MAX);
            words = format!("{words} · {}", province.in_language(self.language()));
        }
        Some((login.to_string(), words))
    }

    /// The path without what the page asks for itself.
    pub(crate) fn bare_path(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// What the page asks for itself, by name, for forms that lead to it again.
    pub(crate) fn own_fields(&self) -> Vec<(&str, &str)> {
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        let fields = query.split('&').filter_map(|field| field.split_once('='));
        fields.collect()
    }

    pub(crate) fn languages(&self) -> Vec<Choice> {
        [(Language::Vi, "Tiếng Việt"), (Language::En, "English")]
            .into_iter()
            .map(|(language, label)| Choice {
                href: View {
                    language,
                    ..self.view
                }
                .link(&self.path),
                label,
                key: language.key(),
                current: language == self.view.language,
            })
            .collect()
    }

    pub(crate) fn views(&self) -> Vec<Choice> {
        UnitView::ALL
            .into_iter()
            .map(|units| Choice {
                href: View { units, ..self.view }.link(&self.path),
                label: match units {
                    UnitView::AsReported => self.t("như báo cáo", "as reported"),
                    UnitView::Old63 => "63",
                    UnitView::New34 => "34",
                },
                key: units.key(),
                current: units == self.view.units,
            })
            .collect()
    }
}

/// Answers with a page.
pub(crate) fn html(template: &impl Template) -> Result<HttpResponse, ServerError> {
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .body(template.render()?))
}
