//! Where a webhook may be: what its address looks like, and which hosts are asked at all.
//!
//! Only administrators register webhooks, and what a host answers is shown to nobody but for its status, so that little is won by
//! naming a host inside. Hosts of the ministry's own network are what webhooks are for, so private addresses are allowed. Those
//! that no receiver has are not: link-local ones, where clouds hand out credentials, unspecified ones and groups. The name is
//! looked up for each attempt, and the addresses found are the ones that are called.

use std::net::IpAddr;

use store::domain::Text;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// The longest address that is taken.
const LONGEST: usize = 500;

/// Reads the address of a webhook: over TLS, or plain to this machine.
///
/// # Errors
/// Says what is wrong with it.
pub(crate) fn read_url(text: &str) -> Result<Url, Text> {
    let text = text.trim();
    let unfit = |vi: &str, en: &str| Err(Text::new(vi, en));
    let Ok(url) = Url::parse(text) else {
        return unfit(
            "Không đọc được địa chỉ webhook.",
            "The address of the webhook cannot be read.",
        );
    };
    if text.len() > LONGEST {
        return unfit(
            "Địa chỉ webhook dài quá 500 ký tự.",
            "The address of the webhook has more than 500 letters.",
        );
    }
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && is_here) {
        return unfit(
            "Webhook phải dùng https; http chỉ trong máy này.",
            "A webhook takes https; http only on this machine.",
        );
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return unfit(
            "Địa chỉ webhook không được có tên, mật khẩu hoặc phần sau dấu #.",
            "The address of a webhook has no name, password or fragment.",
        );
    }
    let named = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        _ => None,
    };
    if named.is_some_and(|ip| !may_be_called(ip, url.scheme())) {
        return unfit(
            "Không gửi tới địa chỉ mạng này.",
            "Nothing is sent to this network address.",
        );
    }
    Ok(url)
}

/// Whether an address is called under a scheme.
fn may_be_called(ip: IpAddr, scheme: &str) -> bool {
    let ip = ip.to_canonical();
    let is_link_local = match ip {
        IpAddr::V4(ip) => ip.is_link_local() || ip.is_broadcast(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    let is_host = !is_link_local && !ip.is_unspecified() && !ip.is_multicast();
    is_host && (scheme == "https" || ip.is_loopback())
}

/// Looks names up and leaves out the addresses that are not called.
#[derive(Debug, Default)]
pub(super) struct Watchful(DefaultResolver);

impl Resolver for Watchful {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        let mut called = self.empty();
        let scheme = uri.scheme_str().unwrap_or_default();
        for address in found.iter().filter(|one| may_be_called(one.ip(), scheme)) {
            called.push(*address);
        }
        if called.is_empty() {
            let refused =
                std::io::Error::other("nothing is sent to the network address of this name");
            return Err(ureq::Error::Io(refused));
        }
        Ok(called)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webhook_is_over_tls_or_on_this_machine() {
        for fit in [
            "https://example.vn/hook?a=b",
            "https://10.0.0.8:8443/",
            " https://127.0.0.1/ ",
            "http://localhost:9000/a",
            "http://127.0.0.1:9000/a",
            "http://[::1]:9000/a",
        ] {
            assert!(read_url(fit).is_ok(), "{fit}");
        }
        let long = format!("https://example.vn/{}", "a".repeat(500));
        for unfit in [
            "",
            "example.vn",
            "ftp://example.vn/",
            "http://example.vn/",
            "http://10.0.0.8/",
            "http://localhost.example.vn/",
            "https://user@example.vn/",
            "https://u:p@example.vn/",
            "https://example.vn/#part",
            "https://169.254.169.254/latest",
            "https://[fe80::1]/",
            "https://[::ffff:169.254.169.254]/",
            "https://0.0.0.0/",
            "https://[::]/",
            "https://224.0.0.1/",
            "https://",
            "javascript:alert(1)",
            &long,
        ] {
            assert!(read_url(unfit).is_err(), "{unfit}");
        }
    }

    #[test]
    fn a_name_that_stands_for_another_place_is_not_called() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        assert!(may_be_called(ip("192.168.1.9"), "https"));
        assert!(!may_be_called(ip("192.168.1.9"), "http"));
        assert!(may_be_called(ip("127.0.0.1"), "http"));
        assert!(!may_be_called(ip("169.254.0.9"), "https"));
        assert!(!may_be_called(ip("::ffff:169.254.0.9"), "https"));
    }
}
