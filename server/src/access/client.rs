//! How the server is reached, and from where a request comes.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::HttpRequest;

/// The header by which proxies tell for whom they ask.
const FORWARDED_FOR: &str = "X-Forwarded-For";

/// How the server is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Security {
    /// Browsers reach it over TLS only: cookies are marked so, and browsers are told to keep to TLS.
    pub secure: bool,
    /// The proxies in front that are believed for whom they ask; none where it is reached directly.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Security {
    /// The address of the client: the peer, or the last one that a trusted proxy names and that is no trusted proxy itself. Those
    /// before it are what the client says of itself. Of IPv6 the first 64 bits, which are what one customer has.
    pub(crate) fn client(&self, request: &HttpRequest) -> IpAddr {
        let peer = peer_of(request).unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        if !self.trusted_proxies.contains(&peer) {
            return customer(peer);
        }
        let told = request.headers().get_all(FORWARDED_FOR);
        let told: Vec<&str> = told
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        let told = told.iter().rev();
        let mut clients = told
            .map_while(|text| text.trim().parse().ok())
            .map(|address: IpAddr| address.to_canonical())
            .filter(|address| !self.trusted_proxies.contains(address));
        customer(clients.next().unwrap_or(peer))
    }
}

/// Whether a program of this machine asks for itself.
pub(crate) fn is_own(request: &HttpRequest) -> bool {
    peer_of(request).is_some_and(|peer| peer.is_loopback())
        && !request.headers().contains_key(FORWARDED_FOR)
}

fn peer_of(request: &HttpRequest) -> Option<IpAddr> {
    request.peer_addr().map(|peer| peer.ip().to_canonical())
}

fn customer(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) if !address.is_loopback() => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address => address,
    }
}
