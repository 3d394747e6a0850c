//! Which provider, and how it names people.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use clap::ValueEnum;
use openidconnect::url::{Host, Url};
use store::domain::Text;

/// Where the provider sends browsers back to.
pub(super) const CALLBACK: &str = "/sign-in/openid/callback";

/// A value that is shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value, for whom it is meant only.
    pub(crate) fn reveal(&self) -> String {
        self.0.clone()
    }
}

impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

/// What the provider says of a person that is the sign-in name of the account here (`OpenID` Connect Core 1.0, section 5.1). It has to
/// be one that people cannot choose for themselves at the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Claim {
    /// The name the person has at the provider.
    PreferredUsername,
    /// The address of mail, where the provider has verified it.
    Email,
    /// The identifier that the provider never gives to anybody else.
    Sub,
}

/// A provider of `OpenID` Connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenIdSettings {
    /// The address under which the provider describes itself.
    pub issuer: String,
    /// What this server is called at the provider.
    pub client_id: String,
    /// What it proves itself with.
    pub client_secret: Secret,
    /// What names the account.
    pub claim: Claim,
    /// What people know the provider as; `None`: its host.
    pub name: Option<String>,
    /// Where browsers reach this server, without a path.
    pub public_url: String,
}

impl OpenIdSettings {
    /// What people know the provider as.
    pub(crate) fn shown_name(&self) -> String {
        let host = || {
            let url = Url::parse(&self.issuer).ok()?;
            url.host_str().map(str::to_owned)
        };
        let name = self.name.clone().or_else(host);
        name.unwrap_or_else(|| self.issuer.clone())
    }

    /// Where the provider sends browsers back to.
    pub(super) fn callback(&self) -> String {
        format!("{}{CALLBACK}", self.public_url.trim_end_matches('/'))
    }

    /// What does not fit together; `None` where all does.
    pub(crate) fn contradiction(&self) -> Option<Text> {
        let issuer = Url::parse(&self.issuer).ok();
        if !issuer.is_some_and(|url| is_protected(&url)) {
            return Some(Text::new(
                format!(
                    "--oidc-issuer {} phải là địa chỉ https (hoặc http của chính máy này)",
                    self.issuer
                ),
                format!(
                    "--oidc-issuer {} must be an https address (or http of this machine)",
                    self.issuer
                ),
            ));
        }
        let own = Url::parse(&self.public_url).ok();
        let own = own.filter(|url| is_protected(url) && url.path() == "/" && url.query().is_none());
        own.is_none().then(|| {
            Text::new(
                format!(
                    "--public-url {} phải là địa chỉ https của máy chủ, không có đường dẫn, ví dụ https://sohoa.example.vn",
                    self.public_url
                ),
                format!(
                    "--public-url {} must be the https address of the server without a path, for instance https://sohoa.example.vn",
                    self.public_url
                ),
            )
        })
    }
}

/// Whether nobody on the way can read or change what is sent to an address: over TLS, or within this machine.
pub(super) fn is_protected(url: &Url) -> bool {
    let is_own = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    match url.scheme() {
        "https" => url.has_host(),
        "http" => is_own,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: &str, public_url: &str) -> OpenIdSettings {
        OpenIdSettings {
            issuer: issuer.to_owned(),
            client_id: "sohoa".to_owned(),
            client_secret: "not shown".parse().unwrap(),
            claim: Claim::Sub,
            name: None,
            public_url: public_url.to_owned(),
        }
    }

    #[test]
    fn addresses_that_others_can_listen_to_are_refused() {
        let own = "https://sohoa.example";
        for issuer in [
            "http://sso.example",
            "sso.example",
            "ftp://sso.example",
            "http://127.0.0.1.example",
            "",
        ] {
            let said = settings(issuer, own).contradiction().unwrap();
            assert!(said.en.starts_with("--oidc-issuer"), "{issuer}");
        }
        for public in ["http://sohoa.example", "https://sohoa.example/a", "/"] {
            let said = settings("https://sso.example/realms/moj", public).contradiction();
            assert!(said.unwrap().en.starts_with("--public-url"), "{public}");
        }
        for issuer in [
            "https://sso.example/realms/moj",
            "http://127.0.0.1:9000",
            "http://[::1]:1",
        ] {
            assert_eq!(settings(issuer, own).contradiction(), None, "{issuer}");
        }
    }

    #[test]
    fn a_secret_is_not_shown_and_a_name_is_found() {
        let mut settings = settings("https://sso.example/realms/moj", "https://sohoa.example/");
        assert!(!format!("{settings:?}").contains("not shown"));
        assert_eq!(settings.shown_name(), "sso.example");
        assert_eq!(
            settings.callback(),
            "https://sohoa.example/sign-in/openid/callback"
        );
        settings.name = Some("VNeID".to_owned());
        assert_eq!(settings.shown_name(), "VNeID");
    }
}
