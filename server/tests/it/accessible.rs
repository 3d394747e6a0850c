//! Every page against WCAG 2.2 AA, by axe-core in a real browser, in both languages. `.ci/run` fetches axe-core; elsewhere
//! `SOHOA_AXE` names its `axe.min.js`.

use serde_json::Value;

use crate::browser::Browser;
use crate::program::{Server, demo_copy};
use crate::tool::named_by;

/// The rules of WCAG 2.0 to 2.2, levels A and AA, and what axe-core counts as good practice beyond them.
const RUN: &str = "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })\
     .then(found => found.violations.flatMap(rule => rule.nodes.map(node => \
     rule.id + ': ' + node.target.join(' ') + ' ' + node.html.slice(0, 200) + ' ' + node.failureSummary)))";

/// Every page a person reads.
const PAGES: [&str; 32] = [
    "/",
    "/provinces/p24",
    "/provinces/p24/cells?stage=transferred",
    "/forecast",
    "/bottleneck",
    "/forecast/scenario",
    "/forecast/scorecard",
    "/forecast/changes",
    "/charts",
    "/reconciliation",
    "/reconciliation/p22",
    "/audit",
    "/upload",
    "/packs",
    "/files",
    "/questions",
    "/difficulties",
    "/published",
    "/definitions",
    "/sign-in",
    "/account",
    "/account/second-factor",
    "/accounts",
    "/contacts",
    "/webhooks",
    "/deliveries",
    "/late",
    "/deadlines?unit=p24",
    "/units",
    "/log?verify=now",
    "/api/docs",
    "/api/problems/conflict",
];

/// The source of axe-core; `None`, said loudly, where nobody named it, and a failure under CI.
fn axe() -> Option<String> {
    let path = named_by("SOHOA_AXE", "what keeps people out of pages")?;
    Some(std::fs::read_to_string(path).unwrap())
}

#[test]
fn no_page_breaks_a_rule_of_wcag_in_either_language() {
    let (Some(axe), Some(browser)) = (axe(), Browser::open(1280)) else {
        return;
    };
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let mut broken = Vec::new();
    for page in PAGES {
        let and = if page.contains('?') { '&' } else { '?' };
        for lang in ["vi", "en"] {
            let address = format!("{page}{and}lang={lang}");
            browser.go(&server.url(&address));
            browser.run(&axe);
            let found = browser.value_later(RUN);
            let found = found
                .as_array()
                .unwrap_or_else(|| panic!("{address}: {found}"));
            broken.extend(
                found
                    .iter()
                    .filter_map(Value::as_str)
                    .map(|what| format!("{address}: {what}")),
            );
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
