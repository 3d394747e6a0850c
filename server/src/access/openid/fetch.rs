//! Requests to the provider.

use std::sync::Arc;
use std::time::Duration;

use openidconnect::url::Url;
use openidconnect::{HttpRequest, HttpResponse};
use rustls::crypto::ring;
use thiserror::Error;
use ureq::Agent;
use ureq::http::{Method, Response};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

use super::settings::is_protected;

/// How long a provider may take for one answer: somebody waits before an empty page.
const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// The longest answer that is read, in bytes: a description, keys, a token, what is said of a person.
const LONGEST: u64 = 1024 * 1024;

/// Why an answer could not be had.
#[derive(Debug, Error)]
pub(super) enum FetchError {
    /// Others could listen to the address.
    #[error("{0} is not protected by TLS")]
    NotProtected(String),
    /// It could not be reached or read.
    #[error(transparent)]
    Http(#[from] ureq::Error),
}

/// A client that believes the authorities the system believes, and is led nowhere else.
pub(super) fn agent() -> Agent {
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()));
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(ANSWERS_WITHIN))
        .tls_config(tls.build());
    config.build().into()
}

/// The answer to a request, whatever its status.
pub(super) fn fetch(agent: &Agent, request: HttpRequest) -> Result<HttpResponse, FetchError> {
    let address = request.uri().to_string();
    if !Url::parse(&address).is_ok_and(|url| is_protected(&url)) {
        return Err(FetchError::NotProtected(address));
    }
    let (head, body) = request.into_parts();
    let response = if head.method == Method::GET {
        agent.run(ureq::http::Request::from_parts(head, ()))?
    } else {
        agent.run(ureq::http::Request::from_parts(head, body))?
    };
    let (head, body) = response.into_parts();
    let body = body.into_with_config().limit(LONGEST).read_to_vec()?;
    Ok(Response::from_parts(head, body))
}
