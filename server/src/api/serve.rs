//! From a request to an operation and back.

use actix_multipart::Multipart;
use actix_web::http::Method;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest as _, HttpRequest, HttpResponse, web};
use futures_util::StreamExt as _;
use store::domain::Text;

use super::call::{Body, Call, language_of};
use super::idempotency;
use super::operation::{Carries, JSON, Route};
use super::problem::{Problem, ProblemKind};
use super::reply::{Reply, media_of};
use super::routes::ROUTES;
use super::uploads;
use crate::error::ServerError;
use crate::state::State;

/// The largest JSON body, in bytes: a reason or an order for a pack has a few hundred.
const LARGEST_JSON: usize = 64 * 1024;

/// Does what a route is for.
pub(crate) async fn serve(
    route: &'static Route,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let language = language_of(&request);
    let answered = match answer(route, &request, payload).await {
        Ok(reply) => reply.respond(route, &request, language),
        Err(problem) => Err(problem),
    };
    answered.unwrap_or_else(|problem| problem.respond(request.path(), language))
}

async fn answer(
    route: &'static Route,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<Reply, Problem> {
    let state = request.app_data::<web::Data<State>>();
    let state = state.ok_or_else(|| ServerError::Internal("no state".to_owned()))?;
    // Before anything is done: who cannot read the answer need not wait for it.
    media_of(route, request)?;
    let mut call = Call::read(state, route, request)?;
    call.body = match route.operation.carries {
        Carries::Nothing => Body::Nothing,
        Carries::Json(_) => {
            require_media(request, JSON)?;
            Body::Json(read_json(payload).await?)
        }
        Carries::Files => {
            require_media(request, "multipart/form-data")?;
            let form = Multipart::from_request(request, &mut payload.into_inner()).await;
            let form = form.map_err(|error| broken(&error.to_string()))?;
            uploads::read(form).await?
        }
    };
    let done = web::block(move || {
        if route.is_write() {
            idempotency::once(route, &call)
        } else {
            (route.operation.run)(&call)
        }
    });
    done.await.map_err(ServerError::from)?
}

fn require_media(request: &HttpRequest, media: &str) -> Result<(), Problem> {
    let sent = request.headers().get(CONTENT_TYPE);
    let sent = sent
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(media) {
        return Ok(());
    }
    Err(Problem::new(
        ProblemKind::WrongMediaType,
        Text::new(
            format!("Ở đây nhận {media}."),
            format!("{media} is taken here."),
        ),
    ))
}

async fn read_json(mut payload: web::Payload) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(|error| broken(&error.to_string()))?;
        if bytes.len() + piece.len() > LARGEST_JSON {
            return Err(Problem::new(
                ProblemKind::TooLarge,
                Text::new("JSON lớn hơn 64 KB.", "The JSON is larger than 64 KB."),
            ));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// A body that breaks off or is none of its kind.
pub(crate) fn broken(reason: &str) -> Problem {
    Problem::new(
        ProblemKind::InvalidBody,
        Text::new(
            format!("Nội dung không đọc được: {reason}."),
            format!("The body cannot be read: {reason}."),
        ),
    )
}

/// Answers a method that an address does not take.
pub(crate) async fn refuse_method(request: HttpRequest) -> HttpResponse {
    let pattern = request.match_pattern().unwrap_or_default();
    let own = ROUTES.iter().filter(|route| route.path == pattern);
    let mut methods: Vec<&str> = own.map(|route| route.method.as_str()).collect();
    if methods.contains(&Method::GET.as_str()) {
        methods.push(Method::HEAD.as_str());
    }
    let allowed = methods.join(", ");
    let problem = Problem::new(
        ProblemKind::MethodNotAllowed,
        Text::new(
            format!("Ở đây nhận {allowed}."),
            format!("{allowed} is taken here."),
        ),
    );
    let mut response = problem.respond(request.path(), language_of(&request));
    if let Ok(value) = allowed.parse() {
        response
            .headers_mut()
            .insert(actix_web::http::header::ALLOW, value);
    }
    response
}
