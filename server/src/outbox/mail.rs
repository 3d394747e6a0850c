//! Mail by SMTP, over TLS but to this machine.

use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::{Address, SmtpTransport, Transport as _};
use rustls::pki_types::CertificateDer;
use store::domain::{Attempt, Contact, Message, Text};
use url::{Host, Url};

use super::mail_words::Words;
use crate::access::Secret;
use crate::error::Chain;

/// How long the mail server may take for each of its answers.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The port of submission over TLS from the first byte, and by STARTTLS: RFC 8314, section 3.3.
const PORTS: (u16, u16) = (465, 587);

/// Codes by which a mail server refuses us and not the recipient, for the password for instance: RFC 4954, section 6. What is
/// wrong will be put right, so the mail waits.
const OURS: std::ops::RangeInclusive<u16> = 530..=538;

/// How mail is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// The mail server: `smtps://user:password@host:465` speaks TLS from the first byte, `smtp://user:password@host:587` by
    /// STARTTLS and never without, `smtp://localhost:25?tls=none` plainly to this machine.
    pub server: Secret,
    /// The sender: an address, or a name with one.
    pub from: String,
    /// Where people reach this server, for the addresses in mails, without a slash at its end.
    pub public_url: String,
}

/// Sends mail.
pub(super) struct Mailer {
    transport: SmtpTransport,
    from: Mailbox,
    pub(super) public_url: String,
}

impl Mailer {
    /// One for settings that can be read. The mail server is not asked yet: it may come later.
    ///
    /// # Errors
    /// Says which setting cannot be read; the password is in no message.
    pub(super) fn new(
        settings: &MailSettings,
        roots: Option<&[CertificateDer<'static>]>,
    ) -> Result<Self, Text> {
        let MailSettings {
            from, public_url, ..
        } = settings;
        let is_web = Url::parse(public_url)
            .is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
        if !is_web {
            return Err(Text::new(
                format!("--public-url {public_url} không phải địa chỉ https://…"),
                format!("--public-url {public_url} is no address https://…"),
            ));
        }
        Ok(Self {
            transport: transport(&settings.server.reveal(), roots)?,
            from: from.parse().ok().ok_or_else(|| {
                Text::new(
                    format!("--mail-from “{from}” không phải địa chỉ thư"),
                    format!("--mail-from “{from}” is no mail address"),
                )
            })?,
            public_url: public_url.trim_end_matches('/').to_owned(),
        })
    }

    /// Tries to deliver a message to a contact.
    pub(super) fn deliver(
        &self,
        message: &Message,
        (contact, words): (&Contact, Words),
        now: DateTime<Utc>,
    ) -> Attempt {
        let refused = |error: &dyn std::error::Error| Attempt::Refused {
            status: None,
            reason: Chain(error).to_string(),
        };
        let address: Address = match contact.contact.address.parse() {
            Ok(address) => address,
            Err(error) => return refused(&error),
        };
        let id = format!("<{}@{}>", message.key, self.from.email.domain());
        let head = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, address))
            .date(now.into())
            .message_id(Some(id))
            .subject(words.subject);
        let mut parts = MultiPart::mixed().singlepart(SinglePart::plain(words.text));
        if let Some(attached) = words.attached {
            let media = match ContentType::parse(attached.media) {
                Ok(media) => media,
                Err(error) => return refused(&error),
            };
            parts = parts.singlepart(Attachment::new(attached.name).body(attached.bytes, media));
        }
        let mail = match head.multipart(parts) {
            Ok(mail) => mail,
            Err(error) => return refused(&error),
        };
        match self.transport.send(&mail) {
            Ok(answer) => Attempt::Taken(answer.code().into()),
            Err(error) => {
                let status = error.status().map(u16::from);
                let reason = Chain(&error).to_string();
                let is_ours = status.is_some_and(|status| OURS.contains(&status));
                if error.is_permanent() && !is_ours {
                    Attempt::Refused { status, reason }
                } else {
                    Attempt::Failed { status, reason }
                }
            }
        }
    }
}

fn transport(
    server: &str,
    roots: Option<&[CertificateDer<'static>]>,
) -> Result<SmtpTransport, Text> {
    let unfit = || {
        Text::new(
            "--smtp-url phải là smtps://tên:mật-khẩu@máy:465, smtp://tên:mật-khẩu@máy:587 (STARTTLS) hoặc, chỉ trong máy này, smtp://localhost:25?tls=none",
            "--smtp-url must be smtps://user:password@host:465, smtp://user:password@host:587 (STARTTLS) or, to this machine only, smtp://localhost:25?tls=none",
        )
    };
    let mut url = Url::parse(server).ok().ok_or_else(unfit)?;
    let host = url.host_str().filter(|host| !host.is_empty());
    let host = host.ok_or_else(unfit)?.to_owned();
    let tls = match (url.scheme(), url.query()) {
        ("smtps", None) => Tls::Wrapper(parameters(&host, roots)?),
        ("smtp", None) => Tls::Required(parameters(&host, roots)?),
        ("smtp", Some("tls=none")) if is_here(&url) => Tls::None,
        _ => return Err(unfit()),
    };
    let usual = if url.scheme() == "smtps" {
        PORTS.0
    } else {
        PORTS.1
    };
    let port = url.port().unwrap_or(usual);
    // The library reads name and password; TLS is ours to say.
    url.set_query(None);
    url.set_scheme("smtp")
        .and_then(|()| url.set_port(Some(port)))
        .ok()
        .ok_or_else(unfit)?;
    let builder = SmtpTransport::from_url(url.as_str())
        .ok()
        .ok_or_else(unfit)?;
    Ok(builder.tls(tls).timeout(Some(TIMEOUT)).build())
}

/// Whether the host is this machine. Of a scheme that is not the web's, the host of an address is a name in any case.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name == "127.0.0.1",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn parameters(
    host: &str,
    roots: Option<&[CertificateDer<'static>]>,
) -> Result<TlsParameters, Text> {
    let failed = |error: lettre::transport::smtp::Error| {
        Text::same(&format!("--smtp-url: {}", Chain(&error)))
    };
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(roots) = roots {
        builder = builder.certificate_store(CertificateStore::None);
        for root in roots {
            let root = Certificate::from_der(root.to_vec()).map_err(failed)?;
            builder = builder.add_root_certificate(root);
        }
    }
    builder.build().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(server: &str, from: &str, public_url: &str) -> Result<Mailer, Text> {
        let settings = MailSettings {
            server: server.parse().unwrap(),
            from: from.to_owned(),
            public_url: public_url.to_owned(),
        };
        Mailer::new(&settings, Some(&[]))
    }

    #[test]
    fn mail_never_leaves_this_machine_without_tls() {
        let from = "Số hóa <sohoa@example.vn>";
        for server in [
            "smtps://a:b%40c@mail.example.vn:465",
            "smtps://mail.example.vn",
            "smtp://a:b@mail.example.vn",
            "smtp://localhost:25?tls=none",
            "smtp://127.0.0.1:2525?tls=none",
        ] {
            assert!(
                made(server, from, "https://sohoa.example.vn").is_ok(),
                "{server}"
            );
        }
        for server in [
            "",
            "mail.example.vn",
            "http://mail.example.vn",
            "smtp://secret:secret@mail.example.vn?tls=none",
            "smtp://secret:secret@mail.example.vn?tls=opportunistic",
            "smtps://secret:secret@",
        ] {
            let refused = made(server, from, "https://sohoa.example.vn");
            let Err(refused) = refused else {
                panic!("{server}")
            };
            assert!(refused.en.starts_with("--smtp-url"), "{}", refused.en);
            assert!(!refused.en.contains("secret"), "{}", refused.en);
        }
    }

    #[test]
    fn sender_and_address_of_the_pages_are_read_at_the_start() {
        let server = "smtps://mail.example.vn";
        for from in ["", "nobody", "a@b\r\nBcc: c@d", "a@"] {
            let refused = made(server, from, "https://sohoa.example.vn")
                .err()
                .unwrap();
            assert!(refused.en.starts_with("--mail-from"), "{}", refused.en);
        }
        for place in ["", "sohoa.example.vn", "ftp://sohoa.example.vn"] {
            let refused = made(server, "a@example.vn", place).err().unwrap();
            assert!(refused.en.starts_with("--public-url"), "{}", refused.en);
        }
    }
}
