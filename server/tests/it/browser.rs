//! A real browser, driven over the `WebDriver` protocol: a handful of JSON requests to `ChromeDriver`, among them its own one
//! for the console, which no client library covers.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::program::session_at;

/// Where `WebDriver` keeps the id of an element (W3C `WebDriver`, section "Elements").
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser window; it is closed with the test.
pub(crate) struct Browser {
    driver: Child,
    session: String,
}

/// The folder of a program on the path.
fn find(program: &str) -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the path says where programs are"
    )]
    let path = std::env::var("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

impl Browser {
    /// Opens a window of a width; `None`, said loudly, where the machine has no browser, and a failure under CI.
    pub(crate) fn open(width: u32) -> Option<Self> {
        let (Some(chromium), Some(driver)) = (find("chromium"), find("chromedriver")) else {
            let message = "no chromium and chromedriver here: the browser tests did not run";
            #[expect(
                clippy::disallowed_methods,
                reason = "CI must not pass without a browser"
            )]
            let must = std::env::var("CI").is_ok_and(|value| !value.is_empty());
            assert!(!must, "{message}");
            #[expect(
                clippy::print_stderr,
                reason = "the test runner shows it with the test"
            )]
            {
                eprintln!("{message}");
            }
            return None;
        };
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = said.map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let address = format!("http://127.0.0.1:{}", port.unwrap());
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": { "binary": chromium, "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", format!("--window-size={width},1000"),
            ] },
        } } });
        let answer = post(&format!("{address}/session"), &capabilities);
        let id = answer["sessionId"].as_str().unwrap().to_owned();
        Some(Self {
            driver,
            session: format!("{address}/session/{id}"),
        })
    }

    /// Makes the page as wide as a telephone too: a window cannot be narrower than some 500 pixels, a page can.
    pub(crate) fn set_width(&self, width: u32) {
        let device =
            json!({ "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": false });
        let order = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": device });
        self.command("goog/cdp/execute", &order);
    }

    /// Opens an address; at a server of a test as its administrator.
    pub(crate) fn go(&self, url: &str) {
        if let Some(session) = session_at(url) {
            let cookie = json!({ "name": "sohoa", "value": session, "url": url, "httpOnly": true });
            let order = json!({ "cmd": "Network.setCookie", "params": cookie });
            self.command("goog/cdp/execute", &order);
        }
        self.go_as_is(url);
    }

    /// Opens an address with the cookies that the browser has.
    pub(crate) fn go_as_is(&self, url: &str) {
        self.command("url", &json!({ "url": url }));
    }

    /// The text a person sees in the first element of a CSS selector.
    pub(crate) fn text(&self, selector: &str) -> String {
        let id = self.element(selector);
        self.get(&format!("element/{id}/text"))
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Clicks what leads to another page and waits until that page is there: what is asked for next must not be found on
    /// the page that is being left.
    pub(crate) fn follow(&self, selector: &str) {
        const TRIES: u32 = 600;
        self.value_of("(window.isLeft = true)");
        self.click(selector);
        let arrived = "window.isLeft === undefined && document.readyState === 'complete'";
        for _ in 0..TRIES {
            if self.value_of(arrived) == true {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{selector} led nowhere");
    }

    /// Waits until the first element of a selector shows some words; they may take a while to come.
    pub(crate) fn shows(&self, selector: &str, words: &str) {
        const TRIES: u32 = 600;
        let query = json!({ "using": "css selector", "value": selector });
        let mut seen = Value::Null;
        for _ in 0..TRIES {
            let found = self.command("element", &query);
            if let Some(id) = found[ELEMENT].as_str() {
                seen = self.get(&format!("element/{id}/text"));
                if seen.as_str().is_some_and(|text| text.contains(words)) {
                    return;
                }
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{selector} does not show {words}: {seen}");
    }

    /// Forgets every cookie, of whatever server.
    pub(crate) fn forget(&self) {
        let order = json!({ "cmd": "Network.clearBrowserCookies", "params": {} });
        self.command("goog/cdp/execute", &order);
    }

    /// Lets pages run no script from the next one on.
    pub(crate) fn without_script(&self) {
        let order =
            json!({ "cmd": "Emulation.setScriptExecutionDisabled", "params": { "value": true } });
        self.command("goog/cdp/execute", &order);
    }

    /// Presses a key wherever the focus is.
    pub(crate) fn press(&self, key: &str) {
        let actions = [
            json!({ "type": "keyDown", "value": key }),
            json!({ "type": "keyUp", "value": key }),
        ];
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.command("actions", &json!({ "actions": [keyboard] }));
    }

    pub(crate) fn click(&self, selector: &str) {
        let id = self.element(selector);
        self.command(&format!("element/{id}/click"), &json!({}));
    }

    /// Types into a field; into a file field, the path of a file.
    pub(crate) fn type_into(&self, selector: &str, text: &str) {
        let id = self.element(selector);
        self.command(&format!("element/{id}/value"), &json!({ "text": text }));
    }

    /// The value of an expression in the page.
    pub(crate) fn value_of(&self, expression: &str) -> Value {
        let script = format!("return {expression};");
        self.command("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Runs a script in the page.
    pub(crate) fn run(&self, script: &str) {
        self.command("execute/sync", &json!({ "script": script, "args": [] }));
    }

    /// What a promise in the page comes to.
    pub(crate) fn value_later(&self, promise: &str) -> Value {
        let script = format!("{promise}.then(arguments[0], error => arguments[0](String(error)));");
        self.command("execute/async", &json!({ "script": script, "args": [] }))
    }

    pub(crate) fn url(&self) -> String {
        self.get("url").as_str().unwrap().to_owned()
    }

    /// What the page wrote to the console that is an error, and what the browser refused to load.
    pub(crate) fn console_errors(&self) -> Vec<String> {
        let entries = self.command("se/log", &json!({ "type": "browser" }));
        let entries = entries.as_array().unwrap().iter();
        entries
            .filter(|entry| entry["level"] == "SEVERE")
            .map(|entry| entry["message"].to_string())
            .collect()
    }

    fn element(&self, selector: &str) -> String {
        let found = self.command(
            "element",
            &json!({ "using": "css selector", "value": selector }),
        );
        found[ELEMENT]
            .as_str()
            .unwrap_or_else(|| panic!("{selector}: {found}"))
            .to_owned()
    }

    fn command(&self, path: &str, body: &Value) -> Value {
        post(&format!("{}/{path}", self.session), body)
    }

    fn get(&self, path: &str) -> Value {
        let request = ureq::get(format!("{}/{path}", self.session));
        // An element that is gone again is told as an error, which is a value like any other.
        let request = request.config().http_status_as_error(false).build();
        let mut answer = request.call().unwrap();
        answer.body_mut().read_json::<Value>().unwrap()["value"].take()
    }
}

fn post(url: &str, body: &Value) -> Value {
    let request = ureq::post(url).config().http_status_as_error(false).build();
    let mut answer = request.send_json(body).unwrap();
    answer.body_mut().read_json::<Value>().unwrap()["value"].take()
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Closing the session ends the browser; ChromeDriver itself has no more to do.
        drop(ureq::delete(&self.session).call());
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}
