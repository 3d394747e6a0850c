//! Requests to a running server, and what they are answered with.

use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body, RequestBuilder};

use crate::program::session_at;

/// An answer, whatever its status.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl From<Response<Body>> for Answer {
    fn from(response: Response<Body>) -> Self {
        let (head, mut body) = response.into_parts();
        Self {
            status: head.status.as_u16(),
            headers: head.headers,
            body: body.read_to_vec().unwrap(),
        }
    }
}

impl Answer {
    /// The body, which must be UTF-8.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// A header; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl Answer {
    /// It has a status and says some words.
    #[track_caller]
    pub(crate) fn says(self, status: u16, words: &str) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        assert!(self.text().contains(words), "{words}: {}", self.text());
        self
    }
}

fn agent() -> Agent {
    // A page that leads elsewhere is looked at as it is.
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into()
}

pub(crate) fn get(url: &str) -> Answer {
    get_with(url, &[])
}

/// Asks with some headers. Who shows no cookie and no token is the administrator.
pub(crate) fn get_with(url: &str, headers: &[(&str, &str)]) -> Answer {
    let request = with(agent().get(url), headers);
    with(request, &as_strs(&usual(url, headers)))
        .call()
        .unwrap()
        .into()
}

/// Sends a form as a browser does after a click.
pub(crate) fn post_form(url: &str, fields: &[(&str, &str)]) -> Answer {
    post_form_with(url, fields, &[])
}

/// The same with some headers.
pub(crate) fn post_form_with(
    url: &str,
    fields: &[(&str, &str)],
    headers: &[(&str, &str)],
) -> Answer {
    let request = with(agent().post(url), headers);
    with(request, &as_strs(&usual(url, headers)))
        .send_form(fields.iter().copied())
        .unwrap()
        .into()
}

fn with<B>(mut request: RequestBuilder<B>, headers: &[(&str, &str)]) -> RequestBuilder<B> {
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request
}

fn as_strs<'a>(headers: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    let headers = headers.iter();
    headers
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

/// What a browser adds by itself: where the request comes from, and the session of the administrator; nothing that is given.
fn usual(url: &str, given: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let is_given = |name: &str| {
        given
            .iter()
            .any(|(known, _)| known.eq_ignore_ascii_case(name))
    };
    let mut headers = Vec::new();
    if !is_given("origin") && !is_given("sec-fetch-site") {
        let origin: Vec<&str> = url.splitn(4, '/').take(3).collect();
        headers.push(("Origin", origin.join("/")));
    }
    let session = session_at(url).filter(|_| !is_given("cookie") && !is_given("authorization"));
    headers.extend(session.map(|session| ("Cookie", format!("sohoa={session}"))));
    headers
}

/// A request with any method, headers and body; what a browser adds is there too.
pub(crate) fn send(method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut request = ureq::http::Request::builder().method(method).uri(url);
    let usual = usual(url, headers);
    for (name, value) in headers.iter().copied().chain(as_strs(&usual)) {
        request = request.header(name, value);
    }
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .allow_non_standard_methods(true)
        .build()
        .into();
    let answer = if ["HEAD", "DELETE"].contains(&method) {
        agent.run(request.body(()).unwrap())
    } else {
        agent.run(request.body(body).unwrap())
    };
    answer.unwrap().into()
}

/// Files as a browser sends them.
pub(crate) struct Upload {
    body: Vec<u8>,
    headers: Vec<(&'static str, String)>,
}

/// What stands between the parts; it must not stand in a file.
const BOUNDARY: &str = "----sohoa-test-boundary";

impl Upload {
    /// An upload of one file.
    pub(crate) fn of(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        Self {
            body: Vec::new(),
            headers: Vec::new(),
        }
        .and(name, bytes)
    }

    /// The same with another file.
    pub(crate) fn and(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.part("file", name, bytes)
    }

    /// The same with a part of another name.
    pub(crate) fn part(mut self, part: &str, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n"
        );
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(bytes.as_ref());
        self.body.extend_from_slice(b"\r\n");
        self
    }

    /// The same with a field that is no file.
    pub(crate) fn field(mut self, name: &str, value: &str) -> Self {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        self.body.extend_from_slice(part.as_bytes());
        self
    }

    /// The same with another header.
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Sends it.
    pub(crate) fn post(mut self, url: &str) -> Answer {
        self.body
            .extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = agent().post(url).header("Content-Type", kind);
        let given = as_strs(&self.headers);
        let request = with(request, &given);
        let request = with(request, &as_strs(&usual(url, &given)));
        request.send(&self.body[..]).unwrap().into()
    }
}
