//! The least of HTTP that a load needs: one connection that is kept, and answers of known length.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// An answer and how long it took.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    pub(crate) took: Duration,
}

/// One client with its connection.
pub(crate) struct Client {
    host: String,
    /// What every request shows: a cookie or a token.
    shown: String,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    pub(crate) fn new(host: &str, shown: &str) -> Self {
        Self {
            host: host.to_owned(),
            shown: shown.to_owned(),
            stream: None,
        }
    }

    /// Every request of all measurements goes through here; `None` where the server is not there or hangs up.
    pub(crate) fn ask(
        &mut self,
        method: &str,
        path: &str,
        kind: &str,
        body: &[u8],
    ) -> Option<Answer> {
        let began = Instant::now();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{}{kind}Content-Length: {}\r\n\r\n",
            self.host,
            self.shown,
            body.len()
        );
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => BufReader::new(TcpStream::connect(&self.host).ok()?),
        };
        stream.get_ref().set_nodelay(true).ok()?;
        stream
            .get_mut()
            .write_all(&[head.as_bytes(), body].concat())
            .ok()?;
        let (status, body) = read_answer(&mut stream)?;
        self.stream = Some(stream);
        Some(Answer {
            status,
            body,
            took: began.elapsed(),
        })
    }

    pub(crate) fn get(&mut self, path: &str) -> Option<Answer> {
        self.ask("GET", path, "Accept-Encoding: gzip\r\n", &[])
    }

    /// Uploads a file as a script does.
    pub(crate) fn upload(&mut self, name: &str, bytes: &[u8]) -> Option<Answer> {
        const KIND: &str = "Content-Type: multipart/form-data; boundary=sohoa-bench\r\n";
        let head = format!(
            "--sohoa-bench\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--sohoa-bench--\r\n"].concat();
        self.ask("POST", "/upload", KIND, &body)
    }
}

fn read_answer(stream: &mut BufReader<TcpStream>) -> Option<(u16, Vec<u8>)> {
    let mut line = String::new();
    stream.read_line(&mut line).ok()?;
    let status = line.split(' ').nth(1)?.parse().ok()?;
    let (mut length, mut chunked) = (0, false);
    loop {
        line.clear();
        stream.read_line(&mut line).ok()?;
        let line = line.trim().to_ascii_lowercase();
        match line.split_once(": ") {
            None => break,
            Some(("content-length", value)) => length = value.parse().ok()?,
            Some(("transfer-encoding", _)) => chunked = true,
            Some(_) => {}
        }
    }
    let mut body = Vec::new();
    if !chunked {
        body.resize(length, 0);
        stream.read_exact(&mut body).ok()?;
        return Some((status, body));
    }
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let length = usize::from_str_radix(line.trim(), 16).ok()?;
        let begin = body.len();
        body.resize(begin + length, 0);
        stream.read_exact(body.get_mut(begin..)?).ok()?;
        stream.read_line(&mut line).ok()?;
        if length == 0 {
            return Some((status, body));
        }
    }
}

/// The time below which a share of all answers lies, in milliseconds.
pub(crate) fn quantile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(place).map_or(0.0, Duration::as_secs_f64) * 1000.0
}
