//! The options of `sohoa serve` and `demo`.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::{Database, Lang};
use crate::access::{Claim, OpenIdSettings, Secret, Security};
use crate::operations::{Settings, TlsFiles};
use crate::outbox::{Delivery, MailSettings};

/// `sohoa demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder for the files and the database; made where it is not there.
    #[arg(long, value_name = "FOLDER", default_value = "sohoa-demo")]
    pub dir: PathBuf,
    /// Stop after printing the table.
    #[arg(long)]
    pub no_serve: bool,
    /// Make the database again even where it is up to date.
    #[arg(long)]
    pub renew: bool,
    /// Where the pages are served.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The language of the table.
    #[command(flatten)]
    pub lang: Lang,
}

/// `sohoa serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// Where the pages are served.
    #[arg(
        long,
        env = "SOHOA_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: SocketAddr,
    /// Where Prometheus fetches /metrics; without it the path answers beside the pages, to programs of this machine only.
    #[arg(long, env = "SOHOA_METRICS_LISTEN", value_name = "ADDRESS")]
    pub metrics_listen: Option<SocketAddr>,
    /// The certificate and those above it, as PEM; without one a proxy in front speaks TLS.
    #[arg(
        long,
        env = "SOHOA_TLS_CERT",
        value_name = "FILE",
        requires = "tls_key"
    )]
    pub tls_cert: Option<PathBuf>,
    /// The private key of the certificate, as PEM.
    #[arg(
        long,
        env = "SOHOA_TLS_KEY",
        value_name = "FILE",
        requires = "tls_cert"
    )]
    pub tls_key: Option<PathBuf>,
    /// Browsers reach the server over TLS only: cookies are marked so. Without a word it is so with a certificate, behind a proxy that
    /// is named, and wherever the address is not one of this machine.
    #[arg(long, env = "SOHOA_SECURE_COOKIES", value_name = "true|false")]
    pub secure_cookies: Option<bool>,
    /// The addresses of proxies in front, which are believed for whom they ask (X-Forwarded-For).
    #[arg(
        long,
        env = "SOHOA_TRUSTED_PROXY",
        value_name = "IP",
        value_delimiter = ','
    )]
    pub trusted_proxy: Vec<IpAddr>,
    /// A provider where people may sign in by `OpenID` Connect, as the address under which it describes itself.
    #[arg(
        long,
        env = "SOHOA_OIDC_ISSUER",
        value_name = "URL",
        requires_all = ["oidc_client_id", "oidc_client_secret", "public_url"]
    )]
    pub oidc_issuer: Option<String>,
    /// What this server is called at the provider.
    #[arg(
        long,
        env = "SOHOA_OIDC_CLIENT_ID",
        value_name = "ID",
        requires = "oidc_issuer"
    )]
    pub oidc_client_id: Option<String>,
    /// What this server proves itself with at the provider; better in the environment, where other programs do not see it.
    #[arg(
        long,
        env = "SOHOA_OIDC_CLIENT_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        requires = "oidc_issuer"
    )]
    pub oidc_client_secret: Option<Secret>,
    /// What the provider says of a person that is the sign-in name of the account here; people must not be able to choose it.
    #[arg(
        long,
        env = "SOHOA_OIDC_CLAIM",
        value_enum,
        default_value = "preferred-username"
    )]
    pub oidc_claim: Claim,
    /// What people know the provider as; without it, its host.
    #[arg(long, env = "SOHOA_OIDC_NAME", value_name = "NAME")]
    pub oidc_name: Option<String>,
    /// Where browsers reach this server, without a path: the provider sends them back to /sign-in/openid/callback under it, and mails
    /// name it.
    #[arg(long, env = "SOHOA_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// How many requests a client, and an account or token, may make in a minute before it is answered 429; 0: no limit. Reading from this machine has none.
    #[arg(
        long,
        env = "SOHOA_RATE_LIMIT",
        value_name = "A-MINUTE",
        default_value_t = 1200
    )]
    pub rate_limit: u32,
    /// How many uploads and other changes a client, and an account or token, may ask for in a minute; 0: no limit.
    #[arg(
        long,
        env = "SOHOA_WRITE_LIMIT",
        value_name = "A-MINUTE",
        default_value_t = 300
    )]
    pub write_limit: u32,
    /// How long a client may take to send an upload, in seconds.
    #[arg(
        long,
        env = "SOHOA_BODY_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 300
    )]
    pub body_timeout: u64,
    /// With less room than this on the disk of an embedded database the server is not ready, in megabytes.
    #[arg(
        long,
        env = "SOHOA_LEAST_FREE",
        value_name = "MB",
        default_value_t = 200
    )]
    pub least_free: u64,
    /// The mail server, by which reminder letters and packs are sent when somebody asks for it; without one no mail is sent.
    /// `smtps://user:password@host:465`, `smtp://user:password@host:587` (STARTTLS, never without), or to this machine only
    /// `smtp://localhost:25?tls=none`. Better in the environment than on the command line, where others see the password.
    #[arg(
        long,
        env = "SOHOA_SMTP_URL",
        value_name = "URL",
        hide_env_values = true,
        requires_all = ["mail_from", "public_url"]
    )]
    pub smtp_url: Option<Secret>,
    /// The sender of mails: `sohoa@example.vn`, or `Số hóa <sohoa@example.vn>`.
    #[arg(long, env = "SOHOA_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// The authorities whose certificates mail servers and webhooks may show, as PEM; without a file those the system trusts.
    #[arg(long, env = "SOHOA_DELIVERY_CA", value_name = "FILE")]
    pub delivery_ca: Option<PathBuf>,
    /// The language of messages.
    #[command(flatten)]
    pub lang: Lang,
}

impl Serve {
    /// The settings of the server.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let tls = self.tls_cert.clone().zip(self.tls_key.clone());
        let address = &self.database.database;
        let file = Path::new(address.strip_prefix("sqlite://").unwrap_or(address));
        Settings {
            listen: self.listen,
            metrics_listen: self.metrics_listen,
            tls: tls.map(|(certificates, key)| TlsFiles { certificates, key }),
            security: self.security(),
            openid: self.openid(),
            rate_limit: self.rate_limit,
            write_limit: self.write_limit,
            body_timeout: Duration::from_secs(self.body_timeout),
            database_file: (!self.database.is_server()).then(|| file.to_owned()),
            delivery: self.delivery(),
            least_free: self.least_free.saturating_mul(1024 * 1024),
        }
    }

    /// Where people may sign in instead of here; `None` where not all is said.
    fn openid(&self) -> Option<OpenIdSettings> {
        Some(OpenIdSettings {
            issuer: self.oidc_issuer.clone()?,
            client_id: self.oidc_client_id.clone()?,
            client_secret: self.oidc_client_secret.clone()?,
            claim: self.oidc_claim,
            name: self.oidc_name.clone(),
            public_url: self.public_url.clone()?,
        })
    }

    /// How mails and webhooks are delivered.
    fn delivery(&self) -> Delivery {
        let mail = self.smtp_url.as_ref().map(|server| MailSettings {
            server: server.clone(),
            from: self.mail_from.clone().unwrap_or_default(),
            public_url: self.public_url.clone().unwrap_or_default(),
        });
        Delivery {
            mail,
            authorities: self.delivery_ca.clone(),
        }
    }

    /// How browsers reach the server.
    fn security(&self) -> Security {
        let is_remote = !self.trusted_proxy.is_empty() || !self.listen.ip().is_loopback();
        Security {
            secure: self
                .secure_cookies
                .unwrap_or(is_remote || self.tls_cert.is_some()),
            trusted_proxies: self.trusted_proxy.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use crate::args::{Arguments, Command};

    #[test]
    fn cookies_are_secure_wherever_browsers_speak_tls() {
        let is_secure = |options: &str| {
            let words = ["sohoa", "serve"].into_iter().chain(options.split(' '));
            let Command::Serve(serve) = Arguments::try_parse_from(words).unwrap().command else {
                panic!("{options}")
            };
            serve.settings().security.secure
        };
        assert!(!is_secure("--listen 127.0.0.1:0"));
        assert!(!is_secure("--listen [::1]:0"));
        assert!(is_secure("--listen 0.0.0.0:0"));
        assert!(is_secure("--trusted-proxy 127.0.0.1"));
        assert!(is_secure("--tls-cert a.pem --tls-key b.pem"));
        assert!(!is_secure("--listen 0.0.0.0:0 --secure-cookies false"));
        assert!(is_secure("--secure-cookies true"));
    }
}
