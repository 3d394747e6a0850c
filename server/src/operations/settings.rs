//! How a server is run, checked before it starts.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use store::domain::Text;

use crate::access::{OpenIdSettings, Security};
use crate::outbox::Delivery;

/// How a server is run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the pages are served.
    pub listen: SocketAddr,
    /// Where the metrics are served; `None`: beside the pages, to programs of this machine only.
    pub metrics_listen: Option<SocketAddr>,
    /// The certificate and its key; `None`: without TLS.
    pub tls: Option<TlsFiles>,
    /// How browsers reach it.
    pub security: Security,
    /// Where people may sign in instead of here; `None`: nowhere.
    pub openid: Option<OpenIdSettings>,
    /// Requests a client may make in a minute; 0: as many as it likes.
    pub rate_limit: u32,
    /// Requests that change something a client may make in a minute; 0: as many as it likes.
    pub write_limit: u32,
    /// How long a client may take to send the body of a request.
    pub body_timeout: Duration,
    /// The database file, whose disk must have room; `None` for a server.
    pub database_file: Option<PathBuf>,
    /// How mails and webhooks are delivered.
    pub delivery: Delivery,
    /// The least room on the disk of the database, in bytes, with which the server is ready.
    pub least_free: u64,
}

/// The files of a certificate.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate and those above it, as PEM.
    pub certificates: PathBuf,
    /// The private key, as PEM.
    pub key: PathBuf,
}

impl Settings {
    /// The settings of a demonstration or a test: an address and nothing else out of the ordinary.
    #[must_use]
    pub fn plain(listen: SocketAddr) -> Self {
        Self {
            listen,
            metrics_listen: None,
            tls: None,
            security: Security::default(),
            openid: None,
            rate_limit: 1200,
            write_limit: 300,
            body_timeout: Duration::from_secs(300),
            database_file: None,
            delivery: Delivery::default(),
            least_free: 0,
        }
    }

    /// What does not fit together; `None` where all does.
    #[must_use]
    pub fn contradiction(&self) -> Option<Text> {
        if self
            .metrics_listen
            .is_some_and(|metrics| metrics == self.listen && metrics.port() != 0)
        {
            return Some(Text::new(
                "--metrics-listen trùng với --listen; hãy chọn cổng khác",
                "--metrics-listen is the same as --listen; choose another port",
            ));
        }
        if self.body_timeout < Duration::from_secs(1) {
            return Some(Text::new(
                "--body-timeout phải từ 1 giây",
                "--body-timeout must be at least 1 second",
            ));
        }
        if let Some(proxy) = self
            .security
            .trusted_proxies
            .iter()
            .find(|proxy| proxy.is_unspecified())
        {
            return Some(Text::new(
                format!(
                    "--trusted-proxy {proxy} tin mọi địa chỉ; hãy nêu đúng địa chỉ máy chủ trung gian"
                ),
                format!(
                    "--trusted-proxy {proxy} would believe anybody; name the address of the proxy"
                ),
            ));
        }
        let openid = self.openid.as_ref();
        openid.and_then(OpenIdSettings::contradiction)
    }
}
