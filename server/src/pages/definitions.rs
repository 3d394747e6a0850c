//! What every figure means, from the one registry.

use actix_web::HttpResponse;
use askama::Template;
use reports::metric::{Metric, metrics};
use store::domain::{Language, Text};

use super::{Page, html};
use crate::error::ServerError;
use crate::view::View;

#[derive(Template)]
#[template(path = "definitions.html")]
struct DefinitionsPage {
    page: Page,
    rows: Vec<Row>,
}

struct Row {
    id: &'static str,
    name: &'static str,
    formula: &'static str,
    unit: &'static str,
    denominator: Option<&'static str>,
    adds_up: String,
    version: &'static str,
}

/// Lists every figure.
///
/// # Errors
/// [`ServerError`] where the address cannot be read.
pub async fn list_definitions(view: View) -> Result<HttpResponse, ServerError> {
    let title = Text::new("Định nghĩa các chỉ tiêu", "What the figures mean");
    let row = |metric| row(metric, view.language);
    html(&DefinitionsPage {
        page: Page::new(view, "/definitions", &title, false),
        rows: metrics().iter().map(row).collect(),
    })
}

fn row(metric: &'static Metric, language: Language) -> Row {
    let denominator = metric.denominator.as_ref();
    Row {
        id: metric.id,
        name: metric.name.in_language(language),
        formula: metric.formula.in_language(language),
        unit: metric.unit.in_language(language),
        denominator: denominator.map(|text| text.in_language(language)),
        adds_up: metric.adds_up.name().in_language(language).to_owned(),
        version: metric.version,
    }
}
