//! The sampling audit: the lots and their state, freezing another, drawing seeds, samples to look at, and results.

mod form;
mod lot;
mod words;

use actix_multipart::Multipart;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use reports::audit::Risks;
use store::domain::{AuditBasis, RecordType, Text};

use self::form::AuditForm;
pub use self::lot::{draw_seed, get_lot, get_sample, record_result};
use self::words::{ContractorRow, LotRow, contractor_row, lot_row};
use super::wording::Words;
use super::{Page, html};
use crate::auditing::{ListFacts, LotOrder, freeze, parse_period, report};
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

/// The shares that a lot may be planned with, in per mille: acceptable and limiting (reconciliation.md 6.7).
pub(crate) const RISKS: [(u32, u32); 4] = [(2, 10), (5, 20), (10, 30), (10, 50)];

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    page: Page,
    lots: Vec<LotRow>,
    contractors: Vec<ContractorRow>,
    provinces: Vec<(&'static str, String)>,
    record_types: Vec<(&'static str, String)>,
    bases: Vec<(&'static str, String)>,
    risks: Vec<(String, String)>,
}

/// Lists the lots that the visitor may see, and, to the ministry, the contractors.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn list_lots(state: web::Data<State>, view: View) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || page(&state, view)).await??)
}

/// Freezes a lot: of a list that comes along only the digest and the length are kept.
///
/// # Errors
/// [`ServerError`] where a field cannot be read or the lot cannot be frozen.
pub async fn freeze_lot(
    state: web::Data<State>,
    view: View,
    upload: Multipart,
) -> Result<HttpResponse, ServerError> {
    let form = AuditForm::read(upload).await?;
    let number = web::block(move || {
        let order = order(&state, &form)?;
        let own = view
            .visitor
            .reaches(&state.reference.units, &[order.unit].into());
        if !own {
            return Err(ServerError::Forbidden);
        }
        freeze(
            &state.store,
            &order,
            (&view.visitor.name(), (state.clock)()),
        )
    })
    .await??;
    Ok(see_lot(view, number))
}

/// Leads to the page of a lot.
fn see_lot(view: View, number: i64) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link(&format!("/audit/{number}"))))
        .finish()
}

fn order(state: &State, form: &AuditForm) -> Result<LotOrder, ServerError> {
    let today = state.today();
    let unit = form.read_field("province", |code| {
        state.reference.units.find_by_code(code, today)
    })?;
    let (acceptable_permille, limiting_permille) = form.read_field("risks", |text| {
        let (acceptable, limiting) = text.split_once('/')?;
        let risks = (acceptable.parse().ok()?, limiting.parse().ok()?);
        RISKS.contains(&risks).then_some(risks)
    })?;
    let list = match &form.file {
        Some(list) => ListFacts::of(list)?,
        None => ListFacts {
            sha256: form.read_field("sha256", store::domain::Digest::parse)?,
            entries: form.read_field("entries", |text| text.parse().ok())?,
        },
    };
    Ok(LotOrder {
        unit: unit.id,
        record_type: form.read_field("record_type", RecordType::from_key)?,
        period: form.read_optional("period", parse_period)?,
        contractor: form.text("contractor").to_owned(),
        against: form.read_field("against", AuditBasis::from_key)?,
        list,
        risks: Risks {
            acceptable_permille,
            limiting_permille,
        },
        again: form.read_optional("again", |text| text.parse().ok())?,
    })
}

fn page(state: &State, view: View) -> Result<AuditPage, ServerError> {
    let latest = state.latest_moment()?;
    let words = Words {
        language: view.language,
        reference: state.reference,
        day: state.today(),
    };
    let mut report = report(&state.store, latest)?;
    let (visitor, units) = (view.visitor, &state.reference.units);
    report
        .lots
        .retain(|audited| visitor.reaches(units, &[audited.lot.frozen.unit].into()));
    // A contractor's history tells of every province it works for.
    report.contractors.retain(|_| visitor.province().is_none());
    let title = Text::new("Kiểm tra chọn mẫu", "Sampling audit");
    let synthetic = state.store.holds_synthetic(latest)?;
    let provinces = state.reference.units.existing_on(words.day);
    let provinces = provinces.filter_map(|unit| {
        Some((
            unit.code_on(words.day)?,
            words.text(unit.name_on(words.day)),
        ))
    });
    let record_types = state.reference.record_types.iter();
    let record_types = record_types.map(|names| (names.record_type.key(), words.text(&names.name)));
    let risks = RISKS.map(|(acceptable, limiting)| {
        let share = |permille: u32| words.percent(f64::from(permille) / 1000.0);
        (
            format!("{acceptable}/{limiting}"),
            format!("{} / {}", share(acceptable), share(limiting)),
        )
    });
    Ok(AuditPage {
        page: Page::new(view, "/audit", &title, synthetic),
        lots: report.lots.iter().map(|lot| lot_row(lot, &words)).collect(),
        contractors: report
            .contractors
            .iter()
            .map(|history| contractor_row(history, &words))
            .collect(),
        provinces: provinces.collect(),
        record_types: record_types.collect(),
        bases: AuditBasis::ALL
            .map(|basis| (basis.key(), words.text(&basis.name())))
            .into(),
        risks: risks.into(),
    })
}
