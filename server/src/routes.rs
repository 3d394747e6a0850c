//! Every path of the site in one list.

use actix_web::http::header::{CacheControl, CacheDirective};
use actix_web::{HttpResponse, web};

use crate::error::ServerError;
use crate::pages::{charts, files, overview, province, published, upload};
use crate::state::State;

/// Lists every path.
pub fn configure(app: &mut web::ServiceConfig) {
    app.route("/", web::get().to(overview::get_overview))
        .route("/provinces/{unit}", web::get().to(province::get_province))
        .route("/charts/{name}", web::get().to(charts::get_chart))
        .route(
            "/provinces/{unit}/charts/{name}",
            web::get().to(charts::get_province_chart),
        )
        .route("/upload", web::get().to(upload::get_upload))
        .route("/upload", web::post().to(upload::preview_upload))
        .route("/upload/commit", web::post().to(upload::commit_upload))
        .route("/template", web::get().to(upload::get_template))
        .route("/files", web::get().to(files::list_files))
        .route("/files/{id}", web::get().to(files::get_file))
        .route("/published", web::get().to(published::get_published))
        .route("/health/ready", web::get().to(get_ready))
        .route("/static/{name}", web::get().to(get_static))
        .default_service(web::to(not_found));
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
