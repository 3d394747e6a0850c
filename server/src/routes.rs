//! Every path of the site in one list, each with what it demands of who asks. `server/access.csv` has a row for each.

use std::sync::LazyLock;

use actix_web::http::Method;
use actix_web::http::header::{CacheControl, CacheDirective};
use actix_web::{HttpResponse, web};

use crate::access::Demand::{
    Account, Administration, Ministry, Nation, Nothing, Province, Sending, Upload,
};
use crate::access::{Demand, Routes, Visitor};
use crate::api;
use crate::error::ServerError;
use crate::operations;
use crate::pages::{
    account, accounts, audit, bottleneck, cells, changes, charts, contacts, deadlines, definitions,
    deliveries, difficulties, downloads, exemptions, files, forecast, late, late_template, links,
    log, openid, overview, packs, province, published, questions, reconciliation, revision,
    scenario, scorecard, second_factor, sign_in, units, upload, webhooks,
};

/// Lists every path.
#[must_use]
pub fn routes() -> Routes {
    let mut routes = Routes::default();
    // `/packs/cancel` stands before `/packs/{number}`: the first path that fits is taken.
    list_deeds(&mut routes);
    list_figures(&mut routes);
    list_people(&mut routes);
    list_outbox(&mut routes);
    api::list(&mut routes);
    routes
}

/// What is read.
fn list_figures(routes: &mut Routes) {
    routes
        .get("/", Province, overview::get_overview)
        .get("/provinces/{unit}", Province, province::get_province)
        .get("/provinces/{unit}/cells", Province, cells::get_cells)
        .get(
            "/provinces/{unit}/charts/{name}",
            Province,
            charts::get_province_chart,
        )
        .get("/forecast", Nation, forecast::get_forecast)
        .get("/forecast/scenario", Nation, scenario::get_scenario)
        .get("/forecast/scorecard", Nation, scorecard::get_scorecard)
        .get("/forecast/scorecard/{name}", Nation, scorecard::get_chart)
        .get("/forecast/changes", Nation, revision::get_changes)
        .get("/forecast/changes/{name}", Nation, revision::get_chart)
        .get("/bottleneck", Nation, bottleneck::get_bottleneck)
        .get("/difficulties", Province, difficulties::list_difficulties)
        .get("/charts", Nation, charts::list_charts)
        .get("/charts/{name}", Nation, charts::get_chart)
        .get("/files", Province, files::list_files)
        .get("/files/{file}", Province, files::get_file)
        .get("/questions", Province, questions::list_questions)
        .get("/definitions", Province, definitions::list_definitions)
        .get("/published", Province, published::get_published)
        .get("/deadlines", Province, deadlines::list_deadlines)
        .get("/units", Province, units::list_units)
        .get("/packs", Nation, packs::list_packs)
        .get("/packs/{number}", Nation, packs::get_pack)
        .get("/packs/{number}/{path:.*}", Nation, packs::get_pack_file)
        .get(
            "/reconciliation",
            Nation,
            reconciliation::get_reconciliation,
        )
        .get(
            "/reconciliation/{unit}",
            Province,
            reconciliation::get_province_reconciliation,
        )
        .get("/changes", Nation, changes::list_changes)
        .get("/changes.{ending}", Nation, changes::get_changes_file)
        .get("/late", Nation, late::list_late)
        .get("/late/template.docx", Nation, late_template::get_template)
        .get(
            "/late/templates/{number}.docx",
            Nation,
            late_template::get_kept_template,
        )
        .get("/late/letters/{number}.zip", Nation, late::get_letters)
        .get("/audit", Province, audit::list_lots)
        .get("/audit/{lot}", Province, audit::get_lot)
        .get("/health/live", Nothing, operations::get_live)
        .get("/health/ready", Nothing, operations::get_ready)
        .get("/metrics", Nothing, operations::get_own_metrics)
        .get("/static/{name}", Nothing, get_static);
}

/// What is sent, corrected and issued.
fn list_deeds(routes: &mut Routes) {
    routes
        .get("/upload", Sending, upload::get_upload)
        .post("/upload", Upload, upload::receive_upload)
        .post("/upload/commit", Sending, upload::commit_upload)
        .get(
            "/uploads/{sha256}/receipt.{ending}",
            Sending,
            downloads::get_receipt,
        )
        .get(
            "/uploads/{sha256}/annotated",
            Sending,
            downloads::get_annotated,
        )
        .get("/template", Sending, downloads::get_template)
        .post("/files/{file}/{deed}", Sending, files::turn_file)
        .post(
            "/difficulties/{identity}",
            Sending,
            difficulties::move_difficulty,
        )
        .post("/audit", Sending, audit::freeze_lot)
        .post("/audit/{lot}/seed", Ministry, audit::draw_seed)
        .post("/audit/{lot}/sample", Sending, audit::get_sample)
        .post("/audit/{lot}/result", Ministry, audit::record_result)
        .post("/late/letters", Ministry, late::issue_letters)
        .post("/late/exemptions", Ministry, exemptions::give_exemption)
        .post("/late/exemptions/end", Ministry, exemptions::end_exemption)
        .post("/late/letters/{number}/mail", Ministry, late::mail_issued)
        .post("/late/template", Ministry, late_template::send_template)
        .post("/deadlines", Ministry, deadlines::record_deadline)
        .post("/deadlines/campaigns", Ministry, deadlines::record_campaign)
        .post("/forecast", Ministry, forecast::issue_forecast)
        .post("/packs", Ministry, packs::ask_pack)
        .post("/packs/cancel", Ministry, packs::cancel_pack)
        .post("/packs/{number}/mail", Ministry, packs::mail_issued);
}

/// Who may come in.
fn list_people(routes: &mut Routes) {
    routes
        .get("/sign-in", Nothing, sign_in::get_sign_in)
        .post("/sign-in", Nothing, sign_in::sign_in)
        .get("/sign-in/code", Nothing, sign_in::get_code)
        .post("/sign-in/code", Nothing, sign_in::take_code)
        .get("/sign-in/openid", Nothing, openid::begin)
        .get("/sign-in/openid/callback", Nothing, openid::end)
        .post("/sign-out", Account, sign_in::sign_out)
        .get("/links/{secret}", Nothing, links::get_link)
        .post("/links/{secret}", Nothing, links::use_link)
        .get("/account", Account, account::get_account)
        .post("/account/password", Account, account::change_password)
        .post("/account/sessions", Account, account::end_sessions)
        .get(
            "/account/second-factor",
            Account,
            second_factor::get_second_factor,
        )
        .post("/account/second-factor", Account, second_factor::begin)
        .post("/account/second-factor/remove", Account, second_factor::end)
        .get("/accounts", Administration, accounts::list_accounts)
        .get("/log", Administration, log::get_log)
        .post("/accounts", Administration, accounts::make_account)
        .post(
            "/accounts/{login}/{deed}",
            Administration,
            accounts::change_account,
        );
}

/// What leaves the house, and to whom.
fn list_outbox(routes: &mut Routes) {
    routes
        .get("/contacts", Administration, contacts::list_contacts)
        .post("/contacts", Administration, contacts::make_contact)
        .post(
            "/contacts/{number}/{deed}",
            Administration,
            contacts::change_contact,
        )
        .get("/webhooks", Administration, webhooks::list_webhooks)
        .post("/webhooks", Administration, webhooks::register_webhook)
        .post(
            "/webhooks/{number}/{deed}",
            Administration,
            webhooks::turn_webhook,
        )
        .get("/deliveries", Administration, deliveries::list_deliveries)
        .post(
            "/deliveries/{message}/{deed}",
            Administration,
            deliveries::turn_message,
        );
}

/// Registers every path. One that is asked with another method answers 405.
pub(crate) fn configure(app: &mut web::ServiceConfig) {
    routes().register(app, |path, resource| {
        if api::is_of_api(path) {
            resource.default_service(web::to(api::refuse_method))
        } else {
            resource
        }
    });
    app.default_service(web::to(not_found));
}

/// Whether a visitor may open a path without parts to fill in; so that a page offers only what it leads to.
pub(crate) fn may(visitor: Visitor, method: &Method, path: &str) -> bool {
    static DEMANDS: LazyLock<Vec<(Method, &str, Demand)>> = LazyLock::new(|| routes().demands());
    let mut found = DEMANDS.iter();
    found
        .any(|(known, listed, demand)| (known, *listed) == (method, path) && visitor.meets(*demand))
}

/// The style, the script, the icon and the independent script of the audit, built into the program.
async fn get_static(name: web::Path<String>) -> Result<HttpResponse, ServerError> {
    const DAY: u32 = 24 * 3600;
    let (kind, bytes) = match name.as_str() {
        "style.css" => (
            "text/css; charset=utf-8",
            include_str!("../static/style.css"),
        ),
        "upload.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../static/upload.js"),
        ),
        "tables.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../static/tables.js"),
        ),
        "packs.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../static/packs.js"),
        ),
        "sample.py" => (
            "text/x-python; charset=utf-8",
            include_str!("../../data/reconciliation/sample.py"),
        ),
        "icon.svg" => ("image/svg+xml", include_str!("../static/icon.svg")),
        other => return Err(ServerError::NotFound(other.to_owned())),
    };
    let kept = CacheControl(vec![CacheDirective::Public, CacheDirective::MaxAge(DAY)]);
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header(kept)
        .body(bytes))
}

async fn not_found(request: actix_web::HttpRequest) -> Result<HttpResponse, ServerError> {
    let error = ServerError::NotFound(request.path().chars().take(100).collect());
    if api::is_of_api(request.path()) {
        return Ok(api::refuse(&request, error));
    }
    Err(error)
}
