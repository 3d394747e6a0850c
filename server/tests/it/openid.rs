//! Signing in at a provider of `OpenID` Connect: a real one, where `SOHOA_OIDC_PROVIDER` names the folder in which npm has installed
//! `oidc-provider`, in a real browser. `.ci/run` installs it.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Stdio};

use store::Store;
use store::domain::Login;

use crate::browser::Browser;
use crate::desk::Desk;
use crate::http::{Answer, get_with};
use crate::program::{Server, sohoa};
use crate::tool::named_by;

const NOBODY: (&str, &str) = ("Cookie", "");

/// A provider that runs; it is stopped with the test.
struct Provider {
    child: Child,
    /// Held open, for it ends where it has nobody to talk to.
    _talks_to: BufReader<ChildStdout>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The folder of the provider; `None`, said loudly, where nobody named it, and a failure under CI.
fn folder() -> Option<String> {
    named_by("SOHOA_OIDC_PROVIDER", "signing in at a provider")
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Starts a provider that sends browsers back to a server.
fn provider(folder: &str, port: u16, public_url: &str) -> Provider {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/provider/provider.mjs");
    let callback = format!("{public_url}/sign-in/openid/callback");
    let mut child = Command::new("node")
        .args([script, &port.to_string(), &callback])
        .env("SOHOA_OIDC_PROVIDER", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut talks_to = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    talks_to.read_line(&mut said).unwrap();
    assert_eq!(said, "ready\n");
    Provider {
        child,
        _talks_to: talks_to,
    }
}

/// Starts a server over a database where people sign in at the provider of a port.
fn server(desk: &Desk, port: u16, claim: &str) -> Server {
    let listen = free_port();
    let mut serve = sohoa();
    serve
        .env("SOHOA_OIDC_ISSUER", format!("http://127.0.0.1:{port}"))
        .env("SOHOA_OIDC_CLIENT_ID", "sohoa")
        .env("SOHOA_OIDC_CLIENT_SECRET", "a secret of the test")
        .env("SOHOA_OIDC_CLAIM", claim)
        .env("SOHOA_OIDC_NAME", "Cổng của Bộ")
        .env("SOHOA_PUBLIC_URL", format!("http://127.0.0.1:{listen}"))
        .stderr(Stdio::null());
    Server::spawn_at(serve, &format!("127.0.0.1:{listen}"), &desk.database, &[])
}

fn make(desk: &Desk, login: &str) {
    let line = format!("user create {login} --lang en --role reader --name");
    desk.order(&line, &["Trần Thị B"]).ended(0);
}

fn begun(server: &Server, to: &str) -> Answer {
    get_with(&server.url(&format!("/sign-in/openid?to={to}")), &[NOBODY])
}

/// The cookie that an answer gives, and the state that stands in the address it leads to.
fn remembered(answer: &Answer) -> (String, String) {
    let (cookie, marks) = answer.header("set-cookie").split_once("; ").unwrap();
    assert_eq!(marks, "Path=/; Max-Age=600; HttpOnly; SameSite=Lax");
    let (_, state) = answer.header("location").split_once("state=").unwrap();
    let (state, _) = state.split_once('&').unwrap_or((state, ""));
    (cookie.to_owned(), state.to_owned())
}

#[test]
fn a_person_signs_in_at_the_provider_and_lands_where_they_wanted() {
    let (Some(folder), Some(browser)) = (folder(), Browser::open(1280)) else {
        return;
    };
    let desk = Desk::new();
    drop(Store::open(&desk.database).unwrap());
    make(&desk, "hoa");
    let port = free_port();
    let server = server(&desk, port, "preferred-username");
    let _provider = provider(&folder, port, &server.address);

    browser.go_as_is(&server.url("/files?lang=en"));
    assert_eq!(browser.text(".door a.button"), "Sign in with Cổng của Bộ");
    browser.follow(".door a.button");
    sign_in_there(&browser, "hoa");
    let arrived = browser.value_of("location.pathname + location.search");
    assert_eq!(arrived, "/files?lang=en");
    browser.shows("body", "hoa");

    browser.forget();
    browser.go_as_is(&server.url("/sign-in?lang=en"));
    browser.follow(".door a.button");
    sign_in_there(&browser, "nobody");
    browser.shows(
        "[role=alert]",
        "“nobody” of Cổng của Bộ has no active account here.",
    );

    let store = Store::open(&desk.database).unwrap();
    let hoa = Login::parse("hoa").unwrap();
    assert!(store.find_account(hoa).unwrap().unwrap().active);
    desk.order("user disable hoa --lang en", &[]).ended(0);
    browser.forget();
    browser.go_as_is(&server.url("/sign-in?lang=en"));
    browser.follow(".door a.button");
    sign_in_there(&browser, "hoa");
    browser.shows("[role=alert]", "“hoa” of Cổng của Bộ has no active account");
}

/// Fills in the provider's own pages: a name with any password, then leave for the server to know who it is.
fn sign_in_there(browser: &Browser, name: &str) {
    browser.type_into("input[name=login]", name);
    browser.type_into("input[name=password]", "any");
    browser.follow("button[type=submit]");
    browser.shows(".login-card h1", "Authorize");
    browser.follow("button[type=submit]");
}

#[test]
fn an_address_of_mail_counts_only_where_the_provider_has_verified_it() {
    let (Some(folder), Some(browser)) = (folder(), Browser::open(1280)) else {
        return;
    };
    let desk = Desk::new();
    drop(Store::open(&desk.database).unwrap());
    make(&desk, "lan@example.vn");
    make(&desk, "mai@example.vn");
    let port = free_port();
    let server = server(&desk, port, "email");
    let _provider = provider(&folder, port, &server.address);
    for (name, arrives) in [("lan", false), ("mai", true)] {
        browser.forget();
        browser.go_as_is(&server.url("/sign-in?lang=en&to=%2Ffiles"));
        browser.follow(".door a.button");
        sign_in_there(&browser, name);
        let path = browser.value_of("location.pathname");
        assert_eq!(path == "/files", arrives, "{name}: {path}");
    }
    browser.shows("body", "mai@example.vn");
}

#[test]
fn an_answer_that_was_not_asked_for_opens_nothing() {
    let Some(folder) = folder() else { return };
    let desk = Desk::new();
    drop(Store::open(&desk.database).unwrap());
    let port = free_port();
    let server = server(&desk, port, "sub");
    let _provider = provider(&folder, port, &server.address);

    let away = begun(&server, "%2Ffiles");
    assert_eq!(away.status, 303);
    let there = away.header("location");
    assert!(there.starts_with(&format!("http://127.0.0.1:{port}/auth?")));
    assert!(there.contains("code_challenge_method=S256"), "{there}");
    let (cookie, state) = remembered(&away);
    let back = |query: &str, cookie: &str| {
        let url = server.url(&format!("/sign-in/openid/callback?{query}"));
        let answer = get_with(&url, &[("Cookie", cookie)]);
        let forgets = answer.header("set-cookie");
        assert!(
            forgets.starts_with("sohoa-begun=; Path=/; Max-Age=0;"),
            "{forgets}"
        );
        answer.says(403, "không xác nhận lần đăng nhập này")
    };
    back(&format!("state={state}&code=a"), "");
    back("state=another&code=a", &cookie);
    back("code=a", &cookie);
    back(&format!("state={state}"), &cookie);
    back(&format!("state={state}&error=access_denied"), &cookie);
    back(&format!("state={state}&code=never-given"), &cookie);
    back(&format!("state={state}&code=a"), "sohoa-begun=nonsense");
    let led = begun(&server, "%2F%2Felsewhere.example");
    assert!(
        led.header("set-cookie").contains("&to=%2F&"),
        "{}",
        led.header("set-cookie")
    );
}

#[test]
fn a_provider_that_is_away_keeps_nobody_from_a_password() {
    let desk = Desk::new();
    drop(Store::open(&desk.database).unwrap());
    let server = server(&desk, free_port(), "sub");
    begun(&server, "%2Ffiles").says(502, "Cổng của Bộ không trả lời.");
    get_with(&server.url("/sign-in?lang=en"), &[NOBODY]).says(200, "Sign in with Cổng của Bộ");
    let without = Server::start(&desk.database);
    let page = get_with(&without.url("/sign-in?lang=en"), &[NOBODY]);
    assert!(!page.text().contains("Sign in with"));
    assert_eq!(begun(&without, "%2F").status, 404);
    assert_eq!(
        get_with(&without.url("/sign-in/openid/callback"), &[NOBODY]).status,
        404
    );
}

#[test]
fn settings_of_a_provider_that_do_not_fit_together_are_refused_at_the_start() {
    let desk = Desk::new();
    let half = desk.order("serve --lang en --oidc-issuer https://sso.example", &[]);
    half.refused(2, "--oidc-client-id");
    let line = "serve --lang en --oidc-client-id a --oidc-client-secret b --public-url https://sohoa.example \
                --oidc-issuer http://sso.example";
    desk.order(line, &[]).refused(2, "must be an https address");
}
