//! Every address of the API in one list, with what it demands of who asks.

use actix_web::http::Method;
use actix_web::{HttpRequest, guard, web};

use super::operation::{Operation, Route};
use super::serve::serve;
use super::{
    arrivals, audit_deeds, audits, batches, bottleneck, changes, charts, contacts, deadlines,
    deliveries, difficulties, docs, exemptions, forecasts, issued, letters, log, metrics, packs,
    published, questions, reconciliation, report, series, submissions, units, uploads, webhooks,
};
use crate::access::Demand::{
    self, Administration, Ministry, Nation, Nothing, Province, Sending, Upload,
};
use crate::access::Routes;

/// The addresses.
#[rustfmt::skip] // One line a route.
pub(crate) static ROUTES: &[Route] = &[
    get("/api/v1/report", Nation, "report", &report::GET),
    get("/api/v1/units", Province, "units", &units::LIST),
    get("/api/v1/units/{unit}", Province, "unit", &units::GET),
    get("/api/v1/units/{unit}/history", Province, "unit_history", &units::HISTORY),
    get("/api/v1/units/{unit}/reconciliation", Province, "unit_reconciliation", &reconciliation::OF_UNIT),
    get("/api/v1/metrics", Province, "metrics", &metrics::LIST),
    get("/api/v1/series", Province, "series", &series::LIST),
    get("/api/v1/arrivals", Nation, "arrivals", &arrivals::LIST),
    get("/api/v1/bottleneck", Nation, "bottleneck", &bottleneck::GET),
    get("/api/v1/changes", Nation, "changes", &changes::LIST),
    get("/api/v1/difficulties", Province, "difficulties", &difficulties::LIST),
    post("/api/v1/difficulties/{identity}", Sending, "move_difficulty", &difficulties::MOVE),
    get("/api/v1/exemptions", Nation, "exemptions", &exemptions::LIST),
    post("/api/v1/exemptions", Ministry, "give_exemption", &exemptions::GIVE),
    post("/api/v1/exemptions/end", Ministry, "end_exemption", &exemptions::END),
    get("/api/v1/letters", Nation, "letters", &letters::LIST),
    post("/api/v1/letters", Ministry, "issue_letters", &letters::ISSUE),
    get("/api/v1/letters/{number}/archive", Nation, "letters_archive", &letters::ARCHIVE),
    post("/api/v1/letters/{number}/mail", Ministry, "mail_letters", &letters::MAIL),
    get("/api/v1/submissions", Province, "submissions", &submissions::LIST),
    post("/api/v1/submissions", Upload, "record_files", &uploads::RECORD),
    get("/api/v1/submissions/{file}", Province, "submission", &submissions::GET),
    get("/api/v1/submissions/{file}/receipt", Province, "receipt", &submissions::RECEIPT),
    get("/api/v1/submissions/{file}/file", Province, "file", &submissions::FILE),
    post("/api/v1/submissions/{file}/withdrawal", Sending, "withdraw", &submissions::WITHDRAW),
    post("/api/v1/submissions/{file}/restoration", Sending, "restore", &submissions::RESTORE),
    post("/api/v1/checks", Upload, "check_files", &uploads::CHECK),
    get("/api/v1/questions", Province, "questions", &questions::OPEN),
    get("/api/v1/answers", Province, "answers", &questions::ANSWERS),
    get("/api/v1/forecast", Nation, "forecast", &forecasts::TABLE),
    get("/api/v1/forecast/{unit}", Province, "unit_forecast", &forecasts::UNIT),
    get("/api/v1/scenario", Nation, "scenario", &forecasts::SCENARIO),
    get("/api/v1/issued-forecasts", Nation, "issued_forecasts", &issued::ISSUED),
    post("/api/v1/issued-forecasts", Ministry, "issue_forecast", &issued::ISSUE),
    get("/api/v1/revisions", Nation, "revision", &issued::REVISION),
    get("/api/v1/scorecard", Nation, "scorecard", &issued::SCORECARD),
    get("/api/v1/issued-forecasts/{number}", Nation, "issued_forecast", &issued::ISSUED_ONE),
    get("/api/v1/reconciliation", Nation, "reconciliation", &reconciliation::SUMMARY),
    get("/api/v1/reconciliation/batches", Province, "batches", &batches::LIST),
    get("/api/v1/audits", Province, "audits", &audits::LIST),
    post("/api/v1/audits", Sending, "freeze_lot", &audit_deeds::FREEZE),
    post("/api/v1/audits/{lot}/seed", Ministry, "draw_seed", &audit_deeds::DRAW),
    post("/api/v1/audits/{lot}/result", Ministry, "record_audit", &audit_deeds::RECORD),
    get("/api/v1/published-figures", Province, "published_figures", &published::LIST),
    get("/api/v1/deadlines", Province, "deadlines", &deadlines::LIST),
    get("/api/v1/campaigns", Province, "campaigns", &deadlines::CAMPAIGNS),
    post("/api/v1/deadlines", Ministry, "record_deadline", &deadlines::RECORD),
    post("/api/v1/campaigns", Ministry, "record_campaign", &deadlines::RECORD_CAMPAIGN),
    get("/api/v1/charts", Nation, "charts", &charts::LIST),
    get("/api/v1/packs", Nation, "packs", &packs::LIST),
    get("/api/v1/packs/{number}", Nation, "pack", &packs::GET),
    get("/api/v1/packs/{number}/archive", Nation, "pack_archive", &packs::ARCHIVE),
    post("/api/v1/packs/{number}/mail", Ministry, "mail_pack", &deliveries::MAIL_PACK),
    get("/api/v1/contacts", Administration, "contacts", &contacts::LIST),
    post("/api/v1/contacts", Administration, "make_contact", &contacts::MAKE),
    post("/api/v1/contacts/{number}/{deed}", Administration, "turn_contact", &contacts::TURN),
    get("/api/v1/webhooks", Administration, "webhooks", &webhooks::LIST),
    post("/api/v1/webhooks", Administration, "register_webhook", &webhooks::REGISTER),
    post("/api/v1/webhooks/{number}/{deed}", Administration, "turn_webhook", &webhooks::TURN),
    get("/api/v1/deliveries", Administration, "deliveries", &deliveries::LIST),
    post("/api/v1/deliveries/{message}/{deed}", Administration, "turn_delivery", &deliveries::TURN),
    get("/api/v1/pack-orders", Nation, "pack_orders", &packs::LINE),
    post("/api/v1/pack-orders", Ministry, "order_pack", &packs::ORDER),
    get("/api/v1/pack-orders/{number}", Nation, "pack_order", &packs::ORDER_STATE),
    delete("/api/v1/pack-orders/{number}", Ministry, "cancel_pack_order", &packs::CANCEL),
    get("/api/v1/log", Ministry, "log", &log::LIST),
    get("/api/v1/log/verification", Nation, "verify_log", &log::VERIFY),
    get("/api/v1/openapi.json", Nothing, "document", &docs::DOCUMENT),
    get("/api/docs", Nothing, "docs", &docs::PAGE),
    get("/api/problems/{name}", Nothing, "problem", &docs::PROBLEM),
];

const fn get(
    path: &'static str,
    demand: Demand,
    name: &'static str,
    operation: &'static Operation,
) -> Route {
    route(Method::GET, (path, demand), name, operation)
}

const fn post(
    path: &'static str,
    demand: Demand,
    name: &'static str,
    operation: &'static Operation,
) -> Route {
    route(Method::POST, (path, demand), name, operation)
}

const fn delete(
    path: &'static str,
    demand: Demand,
    name: &'static str,
    operation: &'static Operation,
) -> Route {
    route(Method::DELETE, (path, demand), name, operation)
}

const fn route(
    method: Method,
    (path, demand): (&'static str, Demand),
    name: &'static str,
    operation: &'static Operation,
) -> Route {
    Route {
        method,
        path,
        demand,
        name,
        operation,
    }
}

/// Lists every address with its demand and what it does.
pub(crate) fn list(routes: &mut Routes) {
    for route in ROUTES {
        let method = guard::fn_guard(move |context| {
            let asked = &context.head().method;
            *asked == route.method || (*asked == Method::HEAD && route.method == Method::GET)
        });
        let handler =
            move |request: HttpRequest, payload: web::Payload| serve(route, request, payload);
        routes.add(
            route.method.clone(),
            (route.path, route.demand),
            web::route().guard(method).to(handler),
        );
    }
}
