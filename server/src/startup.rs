//! Puts the server together: listener, limits, headers and routes. Knows the bound address, so tests use port 0.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App, HttpServer, web};
use rustls::ServerConfig;

use crate::access::{Security, refuse_foreign_forms};
use crate::error::ServerError;
use crate::operations::{
    Limiter, Settings, get_metrics, limit_rate, limit_time, observe, stop_on_signals,
};
use crate::routes;
use crate::state::State;

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a connection may stay open without a request.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

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
    /// The metrics, where they have an address of their own.
    metrics: Option<Server>,
    address: SocketAddr,
}

impl Application {
    /// Binds the listener and puts the server together.
    ///
    /// # Errors
    /// Where the address cannot be listened on, because another program does already for instance.
    pub fn build(
        state: &State,
        settings: &Settings,
        tls: Option<ServerConfig>,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(settings.listen)?;
        let address = listener.local_addr()?;
        let state = state.clone();
        let limiter = web::Data::new(Limiter::new(settings));
        let shared = web::Data::new(settings.clone());
        let pages = state.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::Data::new(pages.clone()))
                .app_data(limiter.clone())
                .app_data(shared.clone())
                .app_data(web::QueryConfig::default().error_handler(|_, request| {
                    ServerError::malformed("query", request.query_string()).into()
                }))
                .app_data(web::FormConfig::default().error_handler(|error, _| {
                    ServerError::malformed("form", &error.to_string()).into()
                }))
                .app_data(web::PathConfig::default().error_handler(|_, request| {
                    ServerError::NotFound(request.path().chars().take(SHOWN).collect()).into()
                }))
                .wrap(from_fn(refuse_foreign_forms))
                .wrap(from_fn(limit_time))
                .wrap(from_fn(limit_rate))
                .wrap(from_fn(observe))
                .wrap(Compress::default())
                .wrap(headers(&pages.security))
                .configure(routes::configure)
        })
        .client_request_timeout(HEAD_TIMEOUT)
        .client_disconnect_timeout(HEAD_TIMEOUT)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(STOP_SECONDS)
        .disable_signals();
        let server = match tls {
            Some(tls) => server.listen_rustls_0_23(listener, tls)?,
            None => server.listen(listener)?,
        };
        let metrics = settings
            .metrics_listen
            .map(|listen| serve_metrics(state, listen));
        Ok(Self {
            server: server.run(),
            metrics: metrics.transpose()?,
            address,
        })
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
        let metrics = self.metrics.as_ref().map(Server::handle);
        let handles = metrics.into_iter().chain([self.server.handle()]);
        stop_on_signals(handles.collect())?;
        if let Some(metrics) = self.metrics {
            drop(actix_web::rt::spawn(metrics));
        }
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

/// The metrics on an address of their own.
fn serve_metrics(state: State, listen: SocketAddr) -> std::io::Result<Server> {
    let app = move || {
        App::new()
            .app_data(web::Data::new(state.clone()))
            .service(web::resource("/metrics").get(get_metrics))
    };
    let server = HttpServer::new(app).workers(1).disable_signals();
    Ok(server
        .client_request_timeout(HEAD_TIMEOUT)
        .bind(listen)?
        .run())
}

fn headers(security: &Security) -> DefaultHeaders {
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
