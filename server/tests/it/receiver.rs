//! A program that webhooks are sent to: a real listener that notes each request and answers as the test says.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

/// How a request is answered.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Status(u16),
    /// Leads to another address.
    To(String),
    /// Nothing comes until the client leaves.
    Nothing,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

/// The listener; it ends with the test program.
pub(crate) struct Receiver {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
}

impl Receiver {
    /// One that answers 204 once it has given all the replies.
    pub(crate) fn start(replies: &[Reply]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let replies = Arc::new(Mutex::new(replies.iter().cloned().collect::<VecDeque<_>>()));
        let (noted, given) = (Arc::clone(&received), Arc::clone(&replies));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let reply = given.lock().unwrap().pop_front();
                answer(stream, &noted, reply.unwrap_or(Reply::Status(204)));
            }
        });
        Self {
            url,
            received,
            replies,
        }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    pub(crate) fn reply(&self, reply: Reply) {
        self.replies.lock().unwrap().push_back(reply);
    }
}

fn answer(mut stream: TcpStream, noted: &Mutex<Vec<Received>>, reply: Reply) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut headers = BTreeMap::new();
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    assert!(line.starts_with("POST /hook HTTP/1.1"), "{line}");
    loop {
        line.clear();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    noted.lock().unwrap().push(Received {
        headers,
        body: String::from_utf8(body).unwrap(),
    });
    let head = match reply {
        Reply::Status(status) => format!("HTTP/1.1 {status} Said\r\n"),
        Reply::To(place) => format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\n"),
        Reply::Nothing => {
            // The end of the stream: the client has left.
            reader.read_to_end(&mut Vec::new()).unwrap_or_default();
            return;
        }
    };
    let said = format!("{head}Content-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(said.as_bytes()).unwrap();
}

impl Received {
    /// The body, which must be signed with a secret as it is shown.
    #[track_caller]
    pub(crate) fn signed_with(&self, secret: &str) -> Value {
        let key = STANDARD
            .decode(secret.strip_prefix("whsec_").unwrap())
            .unwrap();
        let [id, moment, given] =
            ["id", "timestamp", "signature"].map(|part| &self.headers[&format!("webhook-{part}")]);
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{id}.{moment}.{}", self.body).as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        assert_eq!(*given, expected);
        assert_eq!(self.headers["content-type"], "application/json");
        serde_json::from_str(&self.body).unwrap()
    }
}
