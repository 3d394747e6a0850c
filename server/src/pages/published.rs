//! Figures that reports and the press published, each with its source.

use actix_web::{HttpResponse, web};
use askama::Template;
use reports::words::wording_words;
use store::domain::{Language, PublishedFigure, Reference, Text, UnitId};

use super::{Page, html};
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "published.html")]
struct PublishedPage {
    page: Page,
    groups: Vec<Group>,
    figures: usize,
}

struct Group {
    id: String,
    name: String,
    rows: Vec<Row>,
}

struct Row {
    as_of: String,
    measure: String,
    definition: String,
    record_type: String,
    value: String,
    unit: String,
    note: String,
    source: String,
    link: Option<String>,
}

/// Shows every published figure as what it is.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn get_published(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let reference = state.reference;
    let figures = web::block(move || {
        let latest = state.latest_moment()?;
        state
            .store
            .list_published_figures(view.known_moment(latest))
    })
    .await??;
    let title = Text::new("Số liệu đã công bố", "Published figures");
    let page = Page::new(view, "/published", &title, false);
    html(&PublishedPage {
        page,
        figures: figures.len(),
        groups: groups(&figures, reference, view.language),
    })
}

/// The nation first, then the units in the order of their ids.
fn groups(figures: &[PublishedFigure], reference: &Reference, language: Language) -> Vec<Group> {
    let mut owners: Vec<Option<UnitId>> = figures.iter().map(|figure| figure.unit).collect();
    owners.sort_unstable();
    owners.dedup();
    owners
        .into_iter()
        .map(|owner| {
            let own: Vec<&PublishedFigure> = figures
                .iter()
                .filter(|figure| figure.unit == owner)
                .collect();
            let name = owner.zip(own.first()).map_or_else(
                || language.pick("Toàn quốc", "The nation").to_owned(),
                |(unit, first)| {
                    reference
                        .units
                        .name_on(unit, first.as_of)
                        .in_language(language)
                        .to_owned()
                },
            );
            Group {
                id: owner.map_or_else(|| "vn".to_owned(), |unit| unit.to_string()),
                name,
                rows: own
                    .into_iter()
                    .map(|figure| row(figure, reference, language))
                    .collect(),
            }
        })
        .collect()
}

fn row(figure: &PublishedFigure, reference: &Reference, language: Language) -> Row {
    let measure = reference.measures.get(&figure.measure);
    let text = |text: Option<&Text>| {
        text.map_or("", |text| text.in_language(language))
            .to_owned()
    };
    let record_type = reference
        .record_types
        .iter()
        .find(|names| names.record_type.key() == figure.record_type)
        .map_or_else(
            || figure.record_type.replace('_', " "),
            |names| text(Some(&names.name)),
        );
    Row {
        as_of: language.date(figure.as_of),
        measure: measure.map_or_else(
            || figure.measure.clone(),
            |measure| text(Some(&measure.name)),
        ),
        definition: text(measure.map(|measure| &measure.definition)),
        record_type,
        value: value(figure, language),
        unit: unit_name(&figure.count_unit, language).to_owned(),
        note: figure.note.clone(),
        source: source_name(figure),
        link: figure.link().map(str::to_owned),
    }
}

/// The number with the source's own word of approximation before it.
fn value(figure: &PublishedFigure, language: Language) -> String {
    let number = figure.count().map_or_else(
        || figure.value.replace('.', language.pick(",", ".")),
        |count| language.count(count),
    );
    let word = wording_words(figure.approximation, language);
    format!("{word}{number}")
}

fn unit_name(unit: &str, language: Language) -> &str {
    match unit {
        "record" => language.pick("trường hợp", "records"),
        "book" => language.pick("sổ", "books"),
        "page" => language.pick("trang", "pages"),
        "province" => language.pick("tỉnh, thành phố", "provinces"),
        "district" => language.pick("huyện", "districts"),
        "commune" => language.pick("xã", "communes"),
        "percent" => "%",
        "VND" => language.pick("đồng", "VND"),
        "flag" => language.pick("có", "yes"),
        "record_per_8h_per_commune" => language.pick(
            "trường hợp mỗi xã mỗi 8 giờ",
            "records a commune in 8 hours",
        ),
        other => other,
    }
}

/// The site of a page, or the name of a document.
fn source_name(figure: &PublishedFigure) -> String {
    let site = figure.link().and_then(|link| link.split('/').nth(2));
    site.map_or_else(
        || figure.source.clone(),
        |site| site.trim_start_matches("www.").to_owned(),
    )
}
