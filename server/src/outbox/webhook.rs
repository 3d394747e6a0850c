//! Requests to webhooks, signed as the Standard Webhooks specification 1.0 has it (standardwebhooks.com): `v1` is the HMAC-SHA-256
//! of `id.timestamp.body` under the secret, all three as they are sent.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use sha2::Sha256;
use store::domain::{Attempt, Message, Webhook};
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::transport::DefaultConnector;

use super::address::Watchful;
use crate::access::fill;
use crate::error::ServerError;

/// How long a request may take, from the look-up of the name to the head of the answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The largest head of an answer, in bytes. Its body is not read at all.
const LARGEST_HEAD: usize = 16 * 1024;

/// Random bytes of a secret; the specification asks for 24 to 64.
const SECRET_BYTES: usize = 32;

/// The status by which a receiver says that it wants nothing more: RFC 9110, section 15.5.11.
const GONE: u16 = 410;

/// Makes a secret, as it is kept.
///
/// # Errors
/// Where the system gives no random bits.
pub(crate) fn new_secret() -> Result<String, ServerError> {
    let mut bytes = [0; SECRET_BYTES];
    fill(&mut bytes)?;
    Ok(STANDARD.encode(bytes))
}

/// A secret as its receiver gets it.
pub(crate) fn shown_secret(secret: &str) -> String {
    format!("whsec_{secret}")
}

/// The signature of a request; `None` where the secret is none.
fn signature(secret: &str, signed: &str) -> Option<String> {
    let key = STANDARD.decode(secret).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(signed.as_bytes());
    Some(format!(
        "v1,{}",
        STANDARD.encode(mac.finalize().into_bytes())
    ))
}

/// Sends requests.
pub(super) struct Requester {
    agent: Agent,
}

impl Requester {
    /// One that believes servers with certificates of some authorities, those of the system where none are given. No redirect is followed, and no proxy of the environment
    /// is asked.
    pub(super) fn new(roots: Option<&[CertificateDer<'static>]>) -> Self {
        let believed = roots.map_or(RootCerts::PlatformVerifier, |roots| {
            let own = roots
                .iter()
                .map(|root| Certificate::from_der(root).to_owned());
            RootCerts::new_with_certs(&own.collect::<Vec<_>>())
        });
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
            .root_certs(believed)
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(TIMEOUT))
            .max_response_header_size(LARGEST_HEAD)
            .max_idle_connections(0)
            .user_agent(concat!("sohoa/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), Watchful::default()),
        }
    }

    /// Tries to deliver a message to a webhook.
    pub(super) fn deliver(
        &self,
        message: &Message,
        (webhook, secret): (&Webhook, &str),
        now: DateTime<Utc>,
    ) -> Attempt {
        let (id, timestamp) = (&message.key, now.timestamp());
        let signed = format!("{id}.{timestamp}.{}", message.content);
        let Some(signature) = signature(secret, &signed) else {
            return Attempt::Refused {
                status: None,
                reason: "its secret cannot be read".to_owned(),
            };
        };
        let request = self
            .agent
            .post(&webhook.url)
            .content_type("application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signature);
        match request.send(&message.content) {
            Ok(answer) => judged(answer.status().as_u16()),
            Err(error) => Attempt::Failed {
                status: None,
                reason: error.to_string(),
            },
        }
    }
}

/// What a status means for the delivery.
fn judged(status: u16) -> Attempt {
    let told = |reason: &str| (Some(status), format!("{status}: {reason}"));
    match status {
        200..=299 => Attempt::Taken(status),
        GONE => {
            let (status, reason) = told("the receiver wants no more");
            Attempt::Refused { status, reason }
        }
        300..=399 => {
            let (status, reason) = told("it leads elsewhere, which is not followed");
            Attempt::Failed { status, reason }
        }
        _ => {
            let (status, reason) = told("not taken");
            Attempt::Failed { status, reason }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn a_signature_is_that_of_the_specification() {
        let body = r#"{"test": 2432232314}"#;
        let signed = format!("msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{body}");
        assert_eq!(
            signature("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &signed).as_deref(),
            Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        );
        assert_eq!(signature("*", &signed), None);
    }
}
