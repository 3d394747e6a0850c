//! Every path of the site in one list.

use actix_web::http::header::{AUTHORIZATION, CacheControl, CacheDirective};
use actix_web::{HttpResponse, guard, web};

use crate::error::ServerError;
use crate::pages::{
    bottleneck, cells, charts, difficulties, downloads, files, forecast, overview, packs, province,
    published, questions, reconciliation, revision, scenario, scorecard, script_upload, upload,
};
use crate::state::State;

/// Lists every path. A path that is asked with another method answers 405.
pub fn configure(app: &mut web::ServiceConfig) {
    app.service(web::resource("/").get(overview::get_overview))
        .service(web::resource("/provinces/{unit}").get(province::get_province))
        .service(
            web::resource("/forecast")
                .get(forecast::get_forecast)
                .post(forecast::issue_forecast),
        )
        .service(web::resource("/bottleneck").get(bottleneck::get_bottleneck))
        .service(web::resource("/difficulties").get(difficulties::list_difficulties))
        .service(web::resource("/difficulties/{identity}").post(difficulties::move_difficulty))
        .service(web::resource("/forecast/scenario").get(scenario::get_scenario))
        .service(web::resource("/forecast/scorecard").get(scorecard::get_scorecard))
        .service(web::resource("/forecast/scorecard/{name}").get(scorecard::get_chart))
        .service(web::resource("/forecast/changes").get(revision::get_changes))
        .service(web::resource("/forecast/changes/{name}").get(revision::get_chart))
        .service(web::resource("/charts").get(charts::list_charts))
        .service(web::resource("/provinces/{unit}/cells").get(cells::get_cells))
        .service(web::resource("/charts/{name}").get(charts::get_chart))
        .service(web::resource("/provinces/{unit}/charts/{name}").get(charts::get_province_chart))
        .service(
            web::resource("/upload")
                .get(upload::get_upload)
                .route(
                    web::post()
                        .guard(guard::fn_guard(shows_token))
                        .to(script_upload::record_upload),
                )
                .post(upload::preview_upload),
        )
        .service(web::resource("/upload/commit").post(upload::commit_upload))
        .service(web::resource("/uploads/{sha256}/receipt.{ending}").get(downloads::get_receipt))
        .service(web::resource("/uploads/{sha256}/annotated").get(downloads::get_annotated))
        .service(web::resource("/template").get(downloads::get_template))
        .service(web::resource("/files").get(files::list_files))
        .service(web::resource("/files/{id}").get(files::get_file))
        .service(web::resource("/files/{id}/{deed}").post(files::turn_file))
        .service(web::resource("/questions").get(questions::list_questions))
        .service(web::resource("/published").get(published::get_published))
        .service(
            web::resource("/packs")
                .get(packs::list_packs)
                .post(packs::ask_pack),
        )
        .service(web::resource("/packs/cancel").post(packs::cancel_pack))
        .service(web::resource("/packs/{number}").get(packs::get_pack))
        .service(web::resource("/packs/{number}/{path:.*}").get(packs::get_pack_file))
        .service(web::resource("/reconciliation").get(reconciliation::get_reconciliation))
        .service(
            web::resource("/reconciliation/{unit}")
                .get(reconciliation::get_province_reconciliation),
        )
        .service(web::resource("/health/ready").get(get_ready))
        .service(web::resource("/static/{name}").get(get_static))
        .default_service(web::to(not_found));
}

/// Scripts show a token; a browser that sends the form of the page does not.
fn shows_token(context: &guard::GuardContext<'_>) -> bool {
    context.head().headers().contains_key(AUTHORIZATION)
}

/// Answers 200 where the database answers.
async fn get_ready(state: web::Data<State>) -> Result<HttpResponse, ServerError> {
    web::block(move || state.store.ping()).await??;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ready\n"))
}

/// The style, the script and the icon, built into the program.
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
    Err(ServerError::NotFound(
        request.path().chars().take(100).collect(),
    ))
}
