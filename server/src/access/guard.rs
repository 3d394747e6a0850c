//! The guard in front of every path: finds out who asks, and lets pass who meets the demand and stays on this side of the wall.

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    AUTHORIZATION, CACHE_CONTROL, HeaderMap, HeaderValue, LOCATION, WWW_AUTHENTICATE,
};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpResponse, ResponseError as _, web};
use store::domain::Digest;

use super::session::SignedIn;
use super::{Demand, Latest, ShownToken, Visitor, cookie, reception, wall};
use crate::api;
use crate::error::ServerError;
use crate::operations::{Counted, Limiter};
use crate::state::State;

/// Lets a request pass to its handler, or answers in its place.
pub(super) async fn pass(
    demand: Demand,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if let Err(error) = admit(demand, &request).await {
        let answer = refusal(&request, error);
        return Ok(request.into_response(answer));
    }
    let mut answered = next.call(request).await?;
    // What is for everybody says so itself; pages of people are asked for again, and secrets are never kept.
    let kept = match demand {
        Demand::Nothing | Demand::Account | Demand::Administration => "no-store",
        _ => "private, no-cache",
    };
    let headers = answered.headers_mut();
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    }
    Ok(answered)
}

/// Finds out who asks and whether they may; what was found is there for the handler.
async fn admit(demand: Demand, request: &ServiceRequest) -> Result<(), ServerError> {
    if demand == Demand::Nothing {
        return Ok(());
    }
    let state = request.app_data::<web::Data<State>>().cloned();
    let state = state.ok_or_else(|| ServerError::Internal("no state".to_owned()))?;
    let shown = shown(request, &state)?;
    let named = wall::named(request.match_info());
    let (found, latest) = identify(&state, shown).await?;
    if let Some(counted) = found.counted() {
        let client = state.security.client(request.request());
        let limiter = request.app_data::<web::Data<Limiter>>();
        limiter.map_or(Ok(()), |limiter| limiter.count(counted, request, client))?;
    }
    let visitor = found.visitor();
    if !visitor.meets(demand) {
        return Err(match visitor {
            Visitor::Nobody => ServerError::NotSignedIn,
            _ => ServerError::Forbidden,
        });
    }
    if visitor.province().is_some() {
        web::block(move || wall::check(&state, visitor, &named)).await??;
    }
    let mut extensions = request.extensions_mut();
    extensions.insert(visitor);
    latest.map(|latest| extensions.insert(latest));
    match found {
        Found::Person(signed_in) => drop(extensions.insert(signed_in)),
        Found::Script(token) => drop(extensions.insert(token)),
        Found::Nobody => {}
    }
    Ok(())
}

/// What a request shows of who sent it.
enum Shown {
    Token(Digest),
    Session(Digest),
    Nothing,
}

enum Found {
    Nobody,
    Person(SignedIn),
    Script(ShownToken),
}

impl Found {
    /// Whose requests are counted beside those of the address; `None` where nobody is known.
    const fn counted(&self) -> Option<Counted> {
        match self {
            Self::Nobody => None,
            Self::Person(signed_in) => Some(Counted::Account(signed_in.account.login)),
            Self::Script(token) => Some(Counted::Token(token.0.id)),
        }
    }

    const fn visitor(&self) -> Visitor {
        match self {
            Self::Nobody => Visitor::Nobody,
            Self::Person(signed_in) => Visitor::Person {
                login: signed_in.account.login,
                role: signed_in.account.role,
            },
            Self::Script(token) => Visitor::Script {
                scope: token.0.scope,
                unit: token.0.unit,
            },
        }
    }
}

fn shown(request: &ServiceRequest, state: &State) -> Result<Shown, ServerError> {
    let headers = request.headers();
    if headers.contains_key(AUTHORIZATION) {
        let token = shown_token(headers).ok_or(ServerError::NoToken)?;
        return Ok(Shown::Token(token));
    }
    let session = cookie::read(headers, &state.security);
    Ok(session.map_or(Shown::Nothing, Shown::Session))
}

/// The digest of the token that a request shows.
fn shown_token(headers: &HeaderMap) -> Option<Digest> {
    let shown = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = shown.split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then(|| Digest::of(token.trim().as_bytes()))
}

/// Who shows it, and the moment of the latest write where that was looked up too.
async fn identify(
    state: &web::Data<State>,
    shown: Shown,
) -> Result<(Found, Option<Latest>), ServerError> {
    match shown {
        Shown::Nothing => Ok((Found::Nobody, None)),
        Shown::Token(digest) => {
            let (asked, now) = (state.clone(), (state.clock)());
            let token = web::block(move || asked.store.find_token(digest)).await??;
            let token = token.filter(|token| token.holds_on(now));
            let token = token.ok_or(ServerError::NoToken)?;
            Ok((Found::Script(ShownToken(token)), None))
        }
        Shown::Session(digest) => {
            let known = reception::ask(state, digest).await?;
            let found = known.signed_in.map_or(Found::Nobody, Found::Person);
            Ok((found, Some(known.latest)))
        }
    }
}

/// The answer to who may not: a program that asks the API reads a problem, a script JSON, a person who only looks is led to sign in, everybody else is told.
fn refusal(request: &ServiceRequest, error: ServerError) -> HttpResponse {
    if api::is_of_api(request.path()) {
        return api::refuse(request.request(), error);
    }
    if request.headers().contains_key(AUTHORIZATION) {
        let mut answer = error.as_json();
        if let ServerError::NoToken | ServerError::NotSignedIn = error {
            let scheme = HeaderValue::from_static("Bearer");
            answer.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        return answer;
    }
    if let (ServerError::NotSignedIn, &Method::GET) = (&error, request.method()) {
        let wanted = request.uri().path_and_query();
        let wanted = wanted.map_or("/", |wanted| wanted.as_str());
        let mut query = vec![("to", wanted)];
        query.extend(wanted.contains("lang=en").then_some(("lang", "en")));
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        return HttpResponse::SeeOther()
            .insert_header((LOCATION, format!("/sign-in?{query}")))
            .insert_header((CACHE_CONTROL, "no-store"))
            .finish();
    }
    error.error_response()
}
