//! One lot: how it was frozen and drawn, the sheet of its sample, and the decision.

use actix_multipart::Multipart;
use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpResponse, web};
use askama::Template;
use reports::audit::{AuditedLot, Found, ResultsError, read_results, sample, sample_sheet};
use store::StoreError;
use store::domain::{AuditLot, Count, Digest, Text};

use super::form::AuditForm;
use super::see_lot;
use super::words::{LotRow, decision_words, facts, lot_row, plan_words};
use crate::auditing::{draw, pointers, record, report};
use crate::error::ServerError;
use crate::pages::wording::Words;
use crate::pages::{Page, html};
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "audit_lot.html")]
struct LotPage {
    page: Page,
    row: LotRow,
    facts: Vec<(String, String)>,
    plan: String,
    decision: String,
    seal: Digest,
    random: Option<Digest>,
    seed: Option<Digest>,
    size: i64,
    decided: bool,
    needs_recheck: bool,
}

impl LotPage {
    /// Where a deed of the lot is asked for.
    fn deed_link(&self, deed: &str) -> String {
        self.page
            .link(&format!("/audit/{}/{deed}", self.row.number))
    }
}

/// Shows a lot.
///
/// # Errors
/// [`ServerError::NotFound`] where there is none of that number.
pub async fn get_lot(
    state: web::Data<State>,
    number: web::Path<i64>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || page(&state, view, number.into_inner())).await??)
}

fn page(state: &State, view: View, number: i64) -> Result<LotPage, ServerError> {
    let latest = state.latest_moment()?;
    let words = Words {
        language: view.language,
        reference: state.reference,
        day: state.today(),
    };
    let report = report(&state.store, latest)?;
    let mut lots = report.lots.iter();
    let audited = lots
        .find(|audited| audited.lot.number == number)
        .ok_or_else(|| not_found(number))?;
    let AuditedLot { lot, .. } = audited;
    let title = Text::new(format!("Lô số {number}"), format!("Lot {number}"));
    let synthetic = state.store.holds_synthetic(latest)?;
    Ok(LotPage {
        page: Page::new(view, &format!("/audit/{number}"), &title, synthetic),
        row: lot_row(audited, &words),
        facts: facts(lot, &words),
        plan: plan_words(lot, &words),
        decision: decision_words(audited, &words),
        seal: lot.seal,
        random: lot.seed.map(|seed| seed.random),
        seed: lot.seed.map(|seed| seed.seed),
        size: lot.frozen.plan.size.to_i64(),
        decided: lot.decision.is_some(),
        needs_recheck: lot.rejected_before.to_i64() >= 2,
    })
}

fn not_found(number: i64) -> ServerError {
    StoreError::NotFound {
        what: Text::new(format!("lô số {number}"), format!("lot {number}")),
    }
    .into()
}

/// Draws the seed of a lot.
///
/// # Errors
/// [`ServerError`] where there is no such lot or its seed was drawn before.
pub async fn draw_seed(
    state: web::Data<State>,
    number: web::Path<i64>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let number = number.into_inner();
    web::block(move || {
        draw(
            &state.store,
            number,
            (&view.visitor.name(), (state.clock)()),
        )
    })
    .await??;
    Ok(see_lot(view, number))
}

/// Gives the sheet of a sample for the list that was frozen. The list is looked at and not kept.
///
/// # Errors
/// [`ServerError`] where the seed is not drawn or the list is another one.
pub async fn get_sample(
    state: web::Data<State>,
    number: web::Path<i64>,
    upload: Multipart,
) -> Result<HttpResponse, ServerError> {
    let number = number.into_inner();
    let form = AuditForm::read(upload).await?;
    let sheet = web::block(move || {
        let lot = state.store.audit_lot(number)?;
        sheet_of(&lot, form.needed_file()?)
    })
    .await??;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename(format!("lot-{number}.csv"))],
        })
        .body(sheet))
}

fn sheet_of(lot: &AuditLot, list: &[u8]) -> Result<Vec<u8>, ServerError> {
    let refuse = |vi: &str, en: &str| Err(StoreError::Conflict(Text::new(vi, en)).into());
    let Some(seed) = lot.seed else {
        return refuse("lô chưa có hạt giống", "the lot has no seed yet");
    };
    if Digest::of(list) != lot.frozen.list_sha256 {
        return refuse(
            "đây không phải danh sách đã chốt",
            "this is not the list that was frozen",
        );
    }
    let pointers = pointers(list)?;
    let size = usize::try_from(lot.frozen.plan.size.to_i64()).unwrap_or(usize::MAX);
    let places = sample(seed.seed, &pointers, size);
    Ok(sample_sheet(&pointers, &places))
}

/// Records what was found in a sample: a marked sheet, of which only counts are kept, or the counts themselves.
///
/// # Errors
/// [`ServerError`] where the sheet cannot be counted or an invariant does not hold.
pub async fn record_result(
    state: web::Data<State>,
    number: web::Path<i64>,
    view: View,
    upload: Multipart,
) -> Result<HttpResponse, ServerError> {
    let number = number.into_inner();
    let form = AuditForm::read(upload).await?;
    web::block(move || {
        let found = match &form.file {
            Some(sheet) => read_results(sheet).map_err(|error| unreadable(&error))?,
            None => typed(&form, state.store.audit_lot(number)?.frozen.plan.size)?,
        };
        let looked = (form.text("inspector"), form.text("recheck_all") == "yes");
        let name = view.visitor.name();
        record(
            &state.store,
            number,
            found,
            looked,
            (&name, (state.clock)()),
        )
    })
    .await??;
    Ok(see_lot(view, number))
}

fn typed(form: &AuditForm, entries: Count) -> Result<Found, ServerError> {
    let count = |name| form.read_field(name, |text| text.parse().ok().and_then(Count::from_i64));
    Ok(Found {
        entries,
        critical: count("critical")?,
        major: count("major")?,
        minor: count("minor")?,
        defective: count("defective")?,
        unreadable: count("unreadable")?,
    })
}

fn unreadable(error: &ResultsError) -> ServerError {
    let vi = match error {
        ResultsError::NoTable => "phiếu kiểm tra không phải CSV dạng UTF-8".to_owned(),
        ResultsError::NoColumn(column) => format!("phiếu kiểm tra thiếu cột {column}"),
        ResultsError::NoMark { row, column } => {
            format!("dòng {row}, cột {column}: ghi x nếu có, để trống nếu không")
        }
    };
    StoreError::Conflict(Text::new(vi, error.to_string())).into()
}
