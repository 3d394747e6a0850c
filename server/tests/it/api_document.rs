//! The document says what there is: every address, every parameter, and the shape of every answer.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::desk::order;
use crate::http::{get, get_with, send};
use crate::program::{Server, demo_copy};

fn document(lang: &str) -> Value {
    let said = order("openapi --lang", &[lang]).ended(0);
    serde_json::from_str(&said.stdout).unwrap()
}

/// The schema of an answer, with the shapes it refers to.
fn schema(document: &Value, answer: &Value) -> jsonschema::Validator {
    let mut schema = answer.clone();
    schema["components"] = document["components"].clone();
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

/// A path with something in place of its parameters, over the demo and one of its submissions.
fn filled(path: &str, submission: &str) -> String {
    path.replace("/units/{unit}", "/units/p24")
        .replace("/forecast/{unit}", "/forecast/p24")
        .replace("{name}", "conflict")
        .replace("{file}", submission)
        .replace("{number}", "1")
        .replace("{message}", "test-1-1")
        .replace("{deed}", "disable")
}

/// The number of the latest submission.
fn latest(server: &Server) -> String {
    let list = get(&server.url("/api/v1/submissions?limit=1"));
    let list: Value = serde_json::from_slice(&list.body).unwrap();
    list["items"][0]["number"].to_string()
}

#[test]
fn the_served_document_is_the_printed_one_in_both_languages() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    for lang in ["vi", "en"] {
        let served = get(&server.url(&format!("/api/v1/openapi.json?lang={lang}")));
        let served: Value = serde_json::from_slice(&served.body).unwrap();
        assert_eq!(served, document(lang));
        assert_eq!(served["openapi"], "3.1.0");
    }
    assert_ne!(document("vi"), document("en"));
}

#[test]
fn what_is_registered_is_in_the_document_and_the_reverse() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let document = document("en");
    let submission = latest(&server);
    let source = include_str!("../../src/api/routes.rs");
    let lines = source.lines().filter_map(|line| {
        let (method, rest) = line.trim().split_once("(\"/api")?;
        let (path, _) = rest.split_once('"')?;
        ["get", "post", "delete"]
            .contains(&method)
            .then(|| format!("{method} /api{path}"))
    });
    let registered: BTreeSet<String> = lines.collect();
    let mut documented = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let methods: BTreeSet<&str> = item
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        for method in &methods {
            documented.insert(format!("{method} {path}"));
            assert!(names.insert(item[method]["operationId"].as_str().unwrap().to_owned()));
        }
        // The server takes exactly these methods: with another it names them.
        let refused = send("PATCH", &server.url(&filled(path, &submission)), &[], b"");
        assert_eq!(refused.status, 405, "{path}");
        let allowed = refused.header("allow").to_lowercase();
        let allowed: BTreeSet<&str> = allowed.split(", ").filter(|one| *one != "head").collect();
        assert_eq!(allowed, methods, "{path}");
    }
    assert!(registered.len() > 35, "{registered:?}");
    assert_eq!(documented, registered);
}

#[test]
fn every_answer_has_the_shape_of_the_document() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let document = document("en");
    let problem = &document["paths"]["/api/v1/units"]["get"]["responses"]["400"]["content"]["application/problem+json"]
        ["schema"];
    let problem = schema(&document, problem);
    let submission = latest(&server);
    let mut answered = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let Some(operation) = item.get("get") else {
            continue;
        };
        let answer = get(&server.url(&filled(path, &submission)));
        let told = &operation["responses"][answer.status.to_string()]["content"];
        let media = answer.header("content-type").split(';').next().unwrap();
        let told = told.as_object().and_then(|told| told.get(media));
        let told = told.unwrap_or_else(|| panic!("{path}: {} {media} is not told", answer.status));
        if let Some(shape) = told.get("schema") {
            let value: Value = serde_json::from_slice(&answer.body).unwrap();
            let validator = schema(&document, shape);
            let errors: Vec<String> = validator
                .iter_errors(&value)
                .take(3)
                .map(|error| format!("{} {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{path}: {errors:?}");
            assert!(
                !validator.is_valid(&json!({"stray": 1})),
                "{path}: the shape says nothing"
            );
            answered += usize::from(answer.status == 200);
        }
        // What the document does not name is refused, in the shape of a problem.
        let url = server.url(&format!("{}?stray=1", filled(path, &submission)));
        let refused = get(&url);
        assert_eq!(refused.status, 400, "{path}");
        assert!(
            problem.is_valid(&serde_json::from_slice(&refused.body).unwrap()),
            "{path}"
        );
        for media in operation["responses"]["200"]["content"]
            .as_object()
            .unwrap()
            .keys()
        {
            let url = server.url(&filled(path, &submission));
            let answer = get_with(&url, &[("Accept", media)]);
            let status = answer.status;
            assert!([200, 404].contains(&status), "{path} {media}: {status}");
        }
    }
    assert!(answered >= 25, "{answered} shapes were looked at");
}

#[test]
fn the_page_lists_every_operation_and_asks_no_other_host() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    for lang in ["vi", "en"] {
        let document = document(lang);
        let page = get(&server.url(&format!("/api/docs?lang={lang}")));
        assert_eq!(page.status, 200);
        let text = page.text();
        for item in document["paths"].as_object().unwrap().values() {
            for operation in item.as_object().unwrap().values() {
                let name = operation["operationId"].as_str().unwrap();
                assert!(text.contains(&format!("id=\"{name}\"")), "{name}");
            }
        }
        let text = text
            .replace("http://127.0.0.1:8080", "")
            .replace("https://json-schema.org", "");
        assert!(!text.contains("src=\"http") && !text.contains("href=\"http"));
    }
}
