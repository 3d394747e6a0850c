//! Puts the server together: listener, limits, headers and routes. Knows the bound address, so tests use port 0.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App, HttpServer, web};

use crate::access::{Security, refuse_foreign_forms};
use crate::error::ServerError;
use crate::routes;
use crate::state::State;

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long running requests may take to end when the server is told to stop.
const STOP_SECONDS: u64 = 30;

/// How much of an address that cannot be read is shown.
const SHOWN: usize = 100;

/// What a page may load: only what this server serves, and no script or style inside the page.
const CONTENT_POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// How long browsers keep to TLS: a year, which RFC 6797, section 6.1.1, has as its example.
const KEEP_TO_TLS: &str = "max-age=31536000";

/// A server that listens but does not answer yet.
pub struct Application {
    server: Server,
    address: SocketAddr,
}

impl Application {
    /// Binds the listener and puts the server together.
    ///
    /// # Errors
    /// Where the address cannot be listened on, because another program does already for instance.
    pub fn build(state: &State, listen: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind(listen)?;
        let address = listener.local_addr()?;
        let state = state.clone();
        let server =
            HttpServer::new(move || {
                App::new()
                    .app_data(web::Data::new(state.clone()))
                    .app_data(web::QueryConfig::default().error_handler(|_, request| {
                        malformed("query", request.query_string()).into()
                    }))
                    .app_data(
                        web::FormConfig::default()
                            .error_handler(|error, _| malformed("form", &error.to_string()).into()),
                    )
                    .app_data(web::PathConfig::default().error_handler(|_, request| {
                        ServerError::NotFound(request.path().chars().take(SHOWN).collect()).into()
                    }))
                    .wrap(from_fn(refuse_foreign_forms))
                    .wrap(Compress::default())
                    .wrap(headers(state.security))
                    .configure(routes::configure)
            })
            .client_request_timeout(HEAD_TIMEOUT)
            .shutdown_timeout(STOP_SECONDS)
            .listen(listener)?
            .run();
        Ok(Self { server, address })
    }

    /// Where the server listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers requests until the process is told to stop; running requests are finished first.
    ///
    /// # Errors
    /// Where the listener fails.
    pub async fn run(self) -> std::io::Result<()> {
        self.server.await
    }
}

impl std::fmt::Debug for Application {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Application")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

fn malformed(parameter: &'static str, value: &str) -> ServerError {
    ServerError::Malformed {
        parameter,
        value: value.chars().take(SHOWN).collect(),
    }
}

fn headers(security: Security) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add(("Content-Security-Policy", CONTENT_POLICY))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("Referrer-Policy", "same-origin"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("X-Frame-Options", "DENY"));
    if security.secure {
        headers.add(("Strict-Transport-Security", KEEP_TO_TLS))
    } else {
        headers
    }
}
