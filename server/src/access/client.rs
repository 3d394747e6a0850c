//! How the server is reached, and from where a request comes.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::HttpRequest;

/// How the server is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Security {
    /// Browsers reach it over TLS only: cookies are marked so, and browsers are told to keep to TLS.
    pub secure: bool,
    /// A proxy stands in front, which adds the address of the client to `X-Forwarded-For`.
    pub proxied: bool,
}

impl Security {
    /// The address of the client. Of IPv6 the first 64 bits, which are what one customer has.
    pub(crate) fn client(self, request: &HttpRequest) -> IpAddr {
        const UNKNOWN: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);
        let peer = request.peer_addr().map_or(UNKNOWN, |peer| peer.ip());
        // Only the last address was added by the proxy; those before it are what the client says of itself.
        let forwarded = request.headers().get_all("X-Forwarded-For").last();
        let forwarded = forwarded
            .filter(|_| self.proxied)
            .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        match forwarded.unwrap_or(peer) {
            IpAddr::V6(address) if address.to_ipv4_mapped().is_none() => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            address => address,
        }
    }
}
