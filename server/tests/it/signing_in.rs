//! Signing in: the first administrator, passwords, second factors, guessing, and what ends a session.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use store::Store;
use store::testing::ADMINISTRATOR;

use crate::desk::{Desk, SOUND};
use crate::http::{Answer, get, get_with, post_form, post_form_with};
use crate::program::{Server, sohoa};

const PASSWORD: &str = "một câu dễ nhớ";
const NOBODY: (&str, &str) = ("Cookie", "");

/// What a browser shows after an answer: the cookie that was given.
#[track_caller]
fn cookie(answer: &Answer) -> String {
    let given = answer.header("set-cookie");
    let (cookie, marks) = given
        .split_once("; ")
        .unwrap_or_else(|| panic!("{}", answer.text()));
    assert_eq!(marks, "Path=/; HttpOnly; SameSite=Lax");
    cookie.to_owned()
}

fn sign_in(server: &Server, login: &str, password: &str) -> Answer {
    let form = [("login", login), ("password", password), ("to", "/files")];
    post_form_with(&server.url("/sign-in?lang=en"), &form, &[NOBODY])
}

fn path_of(link: &str) -> &str {
    let (_, path) = link.trim_end().split_once("/links/").unwrap();
    path
}

/// Makes an account by the command line and chooses its password by the link.
fn make(desk: &Desk, server: &Server, login: &str, options: &str) {
    let line = format!("user create {login} --lang en {options} --name");
    let link = desk.order(&line, &["Nguyễn Văn A"]).ended(0).stdout;
    let url = server.url(&format!("/links/{}", path_of(&link)));
    let form = [("new", PASSWORD), ("again", PASSWORD)];
    assert_eq!(post_form_with(&url, &form, &[NOBODY]).status, 303);
}

fn desk() -> (Desk, Server) {
    let desk = Desk::new();
    drop(Store::open(&desk.database).unwrap());
    let server = Server::start(&desk.database);
    (desk, server)
}

#[test]
fn the_first_start_makes_an_administrator_who_chooses_a_password_by_a_link() {
    let desk = Desk::new();
    let mut serve = sohoa();
    serve.stderr(Stdio::piped());
    let mut server = Server::spawn(serve, &desk.database, &[]);
    let said = BufReader::new(server.stderr())
        .lines()
        .next()
        .unwrap()
        .unwrap();
    let (words, link) = said.split_once(" http://").unwrap();
    assert!(words.contains("admin"), "{words}");
    let url = server.url(&format!("/links/{}", path_of(link)));

    let page = get(&url).says(200, "<span class=\"value\">admin</span>");
    assert_eq!(page.header("cache-control"), "no-store");
    let choose = |new: &str, again: &str| post_form(&url, &[("new", new), ("again", again)]);
    choose("ngắn", "ngắn").says(422, "A password has at least 12 letters.");
    choose(PASSWORD, "khác").says(422, "The two passwords differ.");
    choose("password of admin", "password of admin").says(422, "must not contain");
    assert_eq!(choose(PASSWORD, PASSWORD).status, 303);
    assert_eq!(
        choose(PASSWORD, PASSWORD).status,
        404,
        "a link is good once"
    );
    let entered = sign_in(&server, "Admin", PASSWORD);
    assert_eq!(
        (entered.status, entered.header("location")),
        (303, "/files")
    );
    let shown = [("Cookie", cookie(&entered))];
    let shown = shown
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    get_with(&server.url("/accounts?lang=en"), &shown).says(200, "Quản trị viên");

    drop(server);
    let mut serve = sohoa();
    serve.stderr(Stdio::piped());
    let mut server = Server::spawn(serve, &desk.database, &[]);
    let still = get_with(&server.url("/accounts"), &shown);
    assert_eq!(still.status, 200, "a session outlives the server");
    server.stop();
    assert_eq!(
        BufReader::new(server.stderr()).lines().count(),
        0,
        "one link is enough"
    );
}

#[test]
fn who_is_not_signed_in_is_led_to_sign_in_and_back() {
    let (desk, server) = desk();
    let led = get_with(&server.url("/files?lang=en&units=34"), &[NOBODY]);
    let there = "/sign-in?to=%2Ffiles%3Flang%3Den%26units%3D34&lang=en";
    assert_eq!((led.status, led.header("location")), (303, there));
    get_with(&server.url(there), &[NOBODY]).says(200, "value=\"/files?lang=en&#38;units=34\"");
    let send = post_form_with(&server.url("/forecast?lang=en"), &[], &[NOBODY]);
    send.says(401, "Nobody is signed in, or the session has ended.");
    for shown in ["sohoa=", "sohoa=x", "other=1; sohoa=0000", "__Host-sohoa=x"] {
        assert_eq!(
            get_with(&server.url("/files"), &[("Cookie", shown)]).status,
            303,
            "{shown}"
        );
    }

    make(&desk, &server, "lan", "--role reader");
    let entered = sign_in(&server, "lan", PASSWORD);
    let cookie = cookie(&entered);
    let mine = [("Cookie", cookie.as_str())];
    let page = get_with(&server.url("/files?lang=en"), &mine);
    let page = page.says(200, "<a href=\"/account?lang=en\"");
    assert_eq!(page.header("cache-control"), "private, no-cache");
    let away = post_form_with(
        &server.url("/sign-in"),
        &[
            ("login", "lan"),
            ("password", PASSWORD),
            ("to", "//elsewhere.example"),
        ],
        &[NOBODY],
    );
    assert_eq!(away.header("location"), "/");
    let out = post_form_with(&server.url("/sign-out"), &[], &mine);
    assert!(
        out.header("set-cookie").ends_with("Max-Age=0"),
        "{}",
        out.header("set-cookie")
    );
    assert_eq!(
        get_with(&server.url("/files"), &mine).status,
        303,
        "the session has ended"
    );
}

#[test]
fn guessing_is_slowed_down_and_an_open_session_goes_on() {
    let (desk, server) = desk();
    make(&desk, &server, "lan", "--role reader");
    let open = cookie(&sign_in(&server, "lan", PASSWORD));
    let wrong = "The sign-in name or the password is wrong.";
    for _ in 0..5 {
        let answer = sign_in(&server, "lan", "không phải câu đó").says(403, wrong);
        assert_eq!(answer.header("set-cookie"), "");
    }
    for password in ["không phải câu đó", PASSWORD] {
        let answer = sign_in(&server, "lan", password).says(429, "Please try again in ");
        let seconds: u32 = answer.header("retry-after").parse().unwrap();
        assert!((1..=16).contains(&seconds), "{seconds}");
    }
    assert_eq!(
        get_with(&server.url("/files"), &[("Cookie", &open)]).status,
        200
    );
    for unknown in ["minh", "không có", "", "'; --", &"x".repeat(500)] {
        sign_in(&server, unknown, PASSWORD).says(403, wrong);
    }
}

#[test]
fn what_changes_something_must_come_from_a_page_of_our_own() {
    let (_desk, server) = desk();
    let url = server.url("/forecast?lang=en");
    let sent = |name, value| post_form_with(&url, &[], &[(name, value)]);
    let foreign = "The form was sent from another site and is not accepted.";
    for site in ["cross-site", "same-site", "none", ""] {
        sent("Sec-Fetch-Site", site).says(403, foreign);
    }
    assert_ne!(sent("Sec-Fetch-Site", "same-origin").status, 403);
    sent("Origin", "http://elsewhere.example").says(403, foreign);
    sent("Origin", "null").says(403, foreign);
    assert_ne!(sent("Origin", &server.address).status, 403);
    let session = crate::program::session_at(&server.address).unwrap();
    let silent = ureq::post(&url).header("Cookie", format!("sohoa={session}"));
    let silent = silent.config().http_status_as_error(false).build();
    let silent: Answer = silent.send_empty().unwrap().into();
    silent.says(403, "The browser does not say where the form was sent from");
}

#[test]
fn behind_tls_cookies_and_headers_say_so() {
    let desk = Desk::new();
    drop(store::testing::administrator_session(&desk.database));
    let mut serve = sohoa();
    serve.env("SOHOA_SECURE_COOKIES", "true");
    let server = Server::spawn(serve, &desk.database, &[]);
    make(&desk, &server, "lan", "--role reader");
    let entered = sign_in(&server, "lan", PASSWORD);
    let given = entered.header("set-cookie");
    assert!(given.starts_with("__Host-sohoa="), "{given}");
    assert!(
        given.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"),
        "{given}"
    );
    let refused = post_form_with(&server.url("/sign-out"), &[], &[("Origin", "null")]);
    for answer in [entered, refused, get(&server.url("/nowhere"))] {
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=31536000"
        );
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}

#[test]
fn what_is_recorded_is_recorded_under_the_account() {
    let (desk, server) = desk();
    desk.record("a.csv", &[SOUND]);
    make(&desk, &server, "theo-doi", "--role monitor");
    let session = cookie(&sign_in(&server, "theo-doi", PASSWORD));
    let mine = [("Cookie", session.as_str())];
    let url = server.url("/files/1/withdraw?lang=en");
    assert_eq!(
        post_form_with(&url, &[("reason", "nhầm")], &mine).status,
        303
    );
    get(&server.url("/files?lang=en")).says(200, "theo-doi · nhầm");
    let log = Store::open(&desk.database)
        .unwrap()
        .list_log(chrono::DateTime::<chrono::Utc>::MAX_UTC, 1)
        .unwrap();
    assert_eq!(
        (log[0].actor.as_str(), log[0].action.as_str()),
        ("theo-doi", "withdraw_submission")
    );
}

#[test]
fn a_password_is_changed_with_the_present_one_and_ends_the_other_sessions() {
    let (desk, server) = desk();
    make(&desk, &server, "lan", "--role reader");
    let [here, there] = [(); 2].map(|()| cookie(&sign_in(&server, "lan", PASSWORD)));
    let mine = [("Cookie", here.as_str())];
    get_with(&server.url("/account?lang=en"), &mine).says(200, "End every other session");
    let change = |current: &str, new: &str| {
        let form = [("current", current), ("new", new), ("again", new)];
        post_form_with(&server.url("/account/password?lang=en"), &form, &mine)
    };
    change("không phải", "một câu khác hẳn").says(422, "The present password is wrong.");
    change(PASSWORD, "ngắn").says(422, "at least 12 letters");
    let changed = change(PASSWORD, "một câu khác hẳn");
    let renewed = cookie(&changed);
    let status = |cookie: &str| get_with(&server.url("/account"), &[("Cookie", cookie)]).status;
    assert_eq!(
        [&here, &there, &renewed].map(|cookie| status(cookie)),
        [303, 303, 200]
    );
    assert_eq!(sign_in(&server, "lan", PASSWORD).status, 403);
    assert_eq!(sign_in(&server, "lan", "một câu khác hẳn").status, 303);
}

/// The code of a secret some steps from now: RFC 6238.
fn code(secret: &str, steps: i64) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let digit = |letter| letters.iter().position(|known| *known == letter).unwrap();
    let bits: String = secret
        .bytes()
        .map(|letter| format!("{:05b}", digit(letter)))
        .collect();
    let bits: Vec<char> = bits.chars().collect();
    let bytes: Vec<u8> = bits
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(&byte.iter().collect::<String>(), 2).unwrap())
        .collect();
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let step = i64::try_from(now / 30).unwrap() + steps;
    let mut mac = Hmac::<Sha1>::new_from_slice(&bytes).unwrap();
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes(hash[offset..offset + 4].try_into().unwrap());
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("{page}"));
    rest.split_once(after).unwrap().0
}

#[test]
fn a_second_factor_is_asked_for_after_the_password_and_each_code_is_good_once() {
    let (desk, server) = desk();
    make(&desk, &server, "lan", "--role reader");
    let session = cookie(&sign_in(&server, "lan", PASSWORD));
    let mine = [("Cookie", session.as_str())];
    let setup = server.url("/account/second-factor?lang=en");
    let page = get_with(&setup, &mine).says(200, "otpauth://totp/sohoa:lan?secret=");
    let secret = between(page.text(), "name=\"secret\" value=\"", "\"");
    let begin = |code: &str| {
        let form = [("secret", secret), ("code", code), ("password", PASSWORD)];
        post_form_with(&setup, &form, &mine)
    };
    begin("abcdef").says(422, "The code is wrong.");
    let first = code(secret, 0);
    let codes = begin(&first).says(200, "The second factor is in use.");
    let recovery = between(codes.text(), "<li><span class=\"value\">", "<").to_owned();

    let asked = sign_in(&server, "lan", PASSWORD);
    assert_eq!(
        asked.header("location"),
        "/sign-in/code?to=%2Ffiles&lang=en"
    );
    let half = cookie(&asked);
    let pending = [("Cookie", half.as_str())];
    let status = |cookie: &str| get_with(&server.url("/files"), &[("Cookie", cookie)]).status;
    assert_eq!(status(&half), 303, "not signed in yet");
    let url = server.url("/sign-in/code?lang=en");
    let give = |code: &str| post_form_with(&url, &[("code", code), ("to", "/files")], &pending);
    give(&first).says(403, "The code is wrong or was used before.");
    give("000").says(403, "The code is wrong");
    let entered = give(&code(secret, 1));
    assert_eq!(
        (entered.status, entered.header("location")),
        (303, "/files")
    );
    assert_eq!(status(&cookie(&entered)), 200);
    let used_up = give(&code(secret, 1)).status;
    assert_eq!(used_up, 401, "the half session is used up");

    let lost = cookie(&sign_in(&server, "lan", PASSWORD));
    let pending = [("Cookie", lost.as_str())];
    let with_recovery = post_form_with(&url, &[("code", &recovery.to_uppercase())], &pending);
    assert_eq!(with_recovery.header("location"), "/account?lang=en");
    let again = cookie(&sign_in(&server, "lan", PASSWORD));
    let pending = [("Cookie", again.as_str())];
    let twice = post_form_with(&url, &[("code", &recovery)], &pending);
    assert_eq!(twice.status, 403, "a recovery code is good once");

    desk.order("user reset lan --lang en", &[])
        .ended(0)
        .says("http://127.0.0.1:8080/links/");
    let entered = sign_in(&server, "lan", PASSWORD);
    assert_eq!(
        entered.header("location"),
        "/files",
        "without a second factor"
    );
}

#[test]
fn the_administrator_makes_changes_and_disables_accounts_on_their_page() {
    let (_desk, server) = desk();
    let accounts = server.url("/accounts?lang=en");
    let make = |login: &str, role: &str, province: &str| {
        let form = [
            ("login", login),
            ("name", "Trần Thị B"),
            ("role", role),
            ("province", province),
        ];
        post_form(&accounts, &form)
    };
    let made = make("bac-ninh", "uploader", "q24").says(200, "is good once within 24 hours");
    let link = between(made.text(), "href=\"/links/", "\"").to_owned();
    let choose = server.url(&format!("/links/{link}"));
    assert_eq!(
        post_form(&choose, &[("new", PASSWORD), ("again", PASSWORD)]).status,
        303
    );
    make("bac-ninh", "reader", "").says(409, "account bac-ninh is there already");
    assert_eq!(make("Bắc", "reader", "").status, 400);
    assert_eq!(make("an", "uploader", "").status, 400);
    assert_eq!(make("an", "root", "").status, 400);

    let session = cookie(&sign_in(&server, "bac-ninh", PASSWORD));
    let mine = [("Cookie", session.as_str())];
    let status = |path: &str| get_with(&server.url(path), &mine).status;
    assert_eq!(
        [status("/files"), status("/forecast"), status("/accounts")],
        [200, 403, 403]
    );
    let deed = |login: &str, deed: &str, form: &[(&str, &str)]| {
        post_form(
            &server.url(&format!("/accounts/{login}/{deed}?lang=en")),
            form,
        )
        .status
    };
    assert_eq!(deed("bac-ninh", "disable", &[]), 303);
    assert_eq!(status("/files"), 303, "the session has ended");
    sign_in(&server, "bac-ninh", PASSWORD).says(403, "is wrong");
    assert_eq!(deed("bac-ninh", "enable", &[]), 303);
    assert_eq!(
        deed(
            "bac-ninh",
            "role",
            &[("name", "Trần Thị B"), ("role", "reader")]
        ),
        303
    );
    let session = cookie(&sign_in(&server, "bac-ninh", PASSWORD));
    assert_eq!(
        get_with(&server.url("/forecast"), &[("Cookie", &session)]).status,
        200
    );
    assert_eq!(deed("bac-ninh", "burn", &[]), 404);
    assert_eq!(deed("nobody", "disable", &[]), 404);
    assert_eq!(deed(ADMINISTRATOR, "disable", &[]), 403, "not oneself");
}

#[test]
fn accounts_are_listed_and_disabled_on_the_command_line() {
    let (desk, server) = desk();
    make(&desk, &server, "bac-ninh", "--role reader");
    let listed = desk.order("user list --lang en", &[]).ended(0);
    listed.says("bac-ninh\treader\t\t");
    desk.order("user disable bac-ninh --lang en", &[])
        .ended(0)
        .says("account bac-ninh is disabled\n");
    desk.order("user disable bac-ninh --lang en", &[])
        .refused(2, "is disabled already");
    desk.order("user create x --role reader --name A", &[])
        .refused(2, "2 to 32 small letters");
}
