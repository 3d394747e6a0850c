//! Numbers for Prometheus, in the text format of `OpenMetrics`.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use loader::Verdict;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use store::StoreError;
use store::domain::WebhookDeed;

use super::Settings;
use crate::access::is_own;
use crate::error::ServerError;
use crate::state::State;

/// The upper ends of the classes of durations, in seconds: about the budget of a page, and far beyond.
const SECONDS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    method: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Judged {
    verdict: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Connections {
    state: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Tried {
    kind: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

/// The outbox: attempts of this process, and how the messages of all stand.
#[derive(Clone, Debug, Default)]
struct Outbox {
    attempts: Family<Tried, Counter>,
    waiting: Family<Kind, Gauge>,
    undelivered: Family<Kind, Gauge>,
    oldest: Gauge,
    given_up: Gauge,
}

impl Outbox {
    fn register(&self, registry: &mut Registry) {
        registry.register(
            "outbox_attempts",
            "Attempts to deliver a message",
            self.attempts.clone(),
        );
        registry.register(
            "outbox_waiting",
            "Messages that are not delivered yet",
            self.waiting.clone(),
        );
        registry.register(
            "outbox_undelivered",
            "Messages that were given up and that nobody has seen",
            self.undelivered.clone(),
        );
        registry.register(
            "outbox_oldest_seconds",
            "For how long the message that waits longest is in line",
            self.oldest.clone(),
        );
        registry.register(
            "outbox_webhooks_given_up",
            "Webhooks that were switched off because nothing arrived",
            self.given_up.clone(),
        );
    }

    fn look(&self, state: &State) -> Result<(), StoreError> {
        let standing = state.store.outbox_standing()?;
        for (kind, counts) in [("mail", standing.mail), ("webhook", standing.webhook)] {
            let label = Kind { kind };
            self.waiting
                .get_or_create(&label)
                .set(counts.waiting.into());
            self.undelivered
                .get_or_create(&label)
                .set(counts.undelivered.into());
        }
        let now = (state.clock)();
        let oldest = standing.oldest.map(|since| (now - since).num_seconds());
        self.oldest.set(oldest.unwrap_or_default().max(0));
        let webhooks = state.store.list_webhooks()?.into_iter();
        let given_up = webhooks
            .filter(|one| one.deed == WebhookDeed::GiveUp)
            .count();
        self.given_up
            .set(i64::try_from(given_up).unwrap_or(i64::MAX));
        Ok(())
    }
}

/// What a server counts while it runs.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    uploads: Family<Judged, Counter>,
    packs: Gauge,
    connections: Family<Connections, Gauge>,
    entries: Gauge,
    last_backup: Gauge<f64, AtomicU64>,
    outbox: Outbox,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("sohoa");
        let requests = Family::default();
        let seconds: Family<Route, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(SECONDS));
        let (uploads, packs) = (Family::default(), Gauge::default());
        let (connections, entries) = (Family::default(), Gauge::default());
        let last_backup = Gauge::default();
        registry.register("requests", "Requests by route and status", requests.clone());
        registry.register("request_seconds", "How long requests took", seconds.clone());
        registry.register("uploads", "Checked files by verdict", uploads.clone());
        registry.register(
            "packs_waiting",
            "Packs that wait or are being made",
            packs.clone(),
        );
        registry.register(
            "database_connections",
            "Connections of the pool",
            connections.clone(),
        );
        registry.register("log_entries", "Entries of the log", entries.clone());
        registry.register(
            "last_backup_timestamp_seconds",
            "When the last backup was whole, Unix time; 0: never",
            last_backup.clone(),
        );
        let outbox = Outbox::default();
        outbox.register(&mut registry);
        Self {
            registry: Arc::new(registry),
            requests,
            seconds,
            uploads,
            packs,
            connections,
            entries,
            last_backup,
            outbox,
        }
    }
}

impl Metrics {
    /// Counts an answered request. `route` is the pattern of the path and never the path, which others choose.
    pub(super) fn answered(&self, (route, method): (String, &str), status: u16, took: Duration) {
        let seconds = Route {
            route: route.clone(),
        };
        self.seconds
            .get_or_create(&seconds)
            .observe(took.as_secs_f64());
        let answered = Answered {
            route,
            method: method.to_owned(),
            status,
        };
        self.requests.get_or_create(&answered).inc();
    }

    /// Counts an attempt to deliver a message.
    pub(crate) fn tried(&self, kind: &'static str, outcome: &'static str) {
        let label = Tried { kind, outcome };
        self.outbox.attempts.get_or_create(&label).inc();
    }

    /// Counts a checked file.
    pub(crate) fn checked(&self, verdict: Verdict) {
        let verdict = match verdict {
            Verdict::Accepted => "accepted",
            Verdict::Queries => "queries",
            Verdict::Rejected => "rejected",
        };
        self.uploads.get_or_create(&Judged { verdict }).inc();
    }

    /// The text, with what is only looked up when it is asked for.
    fn text(&self, state: &State) -> Result<String, ServerError> {
        let (idle, busy) = state.store.connections();
        for (name, count) in [("idle", idle), ("busy", busy)] {
            let label = Connections { state: name };
            self.connections.get_or_create(&label).set(count.into());
        }
        let open = state
            .packs
            .jobs()
            .iter()
            .filter(|job| job.is_open())
            .count();
        self.packs.set(i64::try_from(open).unwrap_or(i64::MAX));
        // A database that does not answer is told by `/health/ready`; what was counted is shown all the same.
        if let Ok(entries) = state.store.basis() {
            self.entries.set(entries);
        }
        if let Ok(backup) = state.store.last_backup() {
            let moment = backup.map_or(0, |backup| backup.finished_at.timestamp());
            let moment = u32::try_from(moment).unwrap_or(u32::MAX);
            self.last_backup.set(f64::from(moment));
        }
        if let Err(error) = self.outbox.look(state) {
            tracing::warn!(%error, "the outbox cannot be counted");
        }
        let mut text = String::new();
        encode(&mut text, &self.registry)
            .map_err(|error| ServerError::Internal(error.to_string()))?;
        Ok(text)
    }
}

/// Shows the metrics to everybody who reaches it, on an address of their own.
pub(crate) async fn get_metrics(state: web::Data<State>) -> Result<HttpResponse, ServerError> {
    let text = web::block(move || state.metrics.text(&state)).await??;
    Ok(HttpResponse::Ok()
        .content_type("application/openmetrics-text; version=1.0.0; charset=utf-8")
        .body(text))
}

/// Shows the metrics beside the pages to programs of this machine, where they have no address of their own.
pub(crate) async fn get_own_metrics(
    request: HttpRequest,
    state: web::Data<State>,
    settings: web::Data<Settings>,
) -> Result<HttpResponse, ServerError> {
    if settings.metrics_listen.is_some() || !is_own(&request) {
        return Err(ServerError::NotFound(request.path().to_owned()));
    }
    get_metrics(state).await
}
