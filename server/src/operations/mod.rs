//! What an administrator needs of a running server: settings, limits, health, metrics, request ids, TLS and a calm stop.

mod health;
mod limits;
mod metrics;
mod observe;
mod settings;
mod stop;
mod tls;

pub(crate) use self::health::{get_live, get_ready};
pub(crate) use self::limits::{Counted, Limiter, limit_rate, limit_time};
pub use self::metrics::Metrics;
pub(crate) use self::metrics::{get_metrics, get_own_metrics};
pub(crate) use self::observe::observe;
pub use self::settings::{Settings, TlsFiles};
pub(crate) use self::stop::stop_on_signals;
pub(crate) use self::tls::read_tls;
