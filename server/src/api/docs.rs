//! The OpenAPI document, a page to read it, and a page for each type of problem.

use askama::Template;
use serde_json::Value;
use store::domain::{Language, Text};

use super::call::Call;
use super::document::{about, document, group, who};
use super::operation::{Carries, JSON, Operation, Route};
use super::parameter::{Form, LANG, Parameter, Place};
use super::problem::{Problem, ProblemKind};
use super::reply::Reply;
use super::routes::ROUTES;
use crate::error::ServerError;
use crate::pages::Page;
use crate::view::View;

/// The media type of a page.
const HTML: &str = "text/html";

pub(super) static DOCUMENT: Operation = Operation {
    about: (
        "Tài liệu này theo OpenAPI 3.1",
        "This document as OpenAPI 3.1",
    ),
    parameters: &[LANG],
    ..Operation::file(write, JSON)
};

fn write(call: &Call) -> Result<Reply, Problem> {
    Reply::json(&document(call.language))
}

pub(super) static PAGE: Operation = Operation {
    about: ("Trang đọc tài liệu này", "A page to read this document"),
    parameters: &[LANG],
    ..Operation::file(page, HTML)
};

#[derive(Template)]
#[template(path = "api_docs.html")]
struct DocsPage {
    page: Page,
    groups: Vec<Group>,
    problems: Vec<ProblemRow>,
    schemas: Vec<(String, String)>,
}

struct Group {
    name: &'static str,
    operations: Vec<Row>,
}

struct Row {
    name: &'static str,
    method: String,
    mark: &'static str,
    path: &'static str,
    about: &'static str,
    who: &'static str,
    parameters: Vec<ParameterRow>,
    takes: &'static str,
    answers: Vec<&'static str>,
    shape: Option<String>,
    statuses: String,
    example: String,
}

struct ParameterRow {
    name: &'static str,
    place: &'static str,
    takes: String,
    about: &'static str,
}

struct ProblemRow {
    key: &'static str,
    status: u16,
    title: String,
}

fn page(call: &Call) -> Result<Reply, Problem> {
    let language = call.language;
    let document = document(language);
    let mut groups: Vec<Group> = Vec::new();
    for route in ROUTES {
        let row = Row::new(route, &document, language);
        match groups.last_mut() {
            Some(last) if last.name == group(route) => last.operations.push(row),
            _ => groups.push(Group {
                name: group(route),
                operations: vec![row],
            }),
        }
    }
    let schemas = document["components"]["schemas"].as_object();
    let schemas = schemas.into_iter().flatten().map(|(name, schema)| {
        let written = serde_json::to_string_pretty(schema).unwrap_or_default();
        (name.clone(), written)
    });
    html(&DocsPage {
        page: frame(
            call,
            "/api/docs",
            &Text::new("API cho chương trình khác", "API for other programs"),
        ),
        groups,
        problems: ProblemKind::ALL
            .into_iter()
            .map(|kind| ProblemRow::new(kind, language))
            .collect(),
        schemas: schemas.collect(),
    })
}

impl Row {
    fn new(route: &'static Route, document: &Value, language: Language) -> Self {
        let own = route.operation;
        let method = route.method.as_str();
        let written = &document["paths"][route.path][method.to_lowercase()];
        let answer =
            &written["responses"][own.done.as_str()]["content"][own.media]["schema"]["$ref"];
        let statuses = written["responses"].as_object().into_iter().flatten();
        Self {
            name: route.name,
            method: method.to_owned(),
            mark: if route.is_write() { "warn" } else { "good" },
            path: route.path,
            about: about(own, language),
            who: who(route, language),
            parameters: own
                .parameters
                .iter()
                .map(|one| ParameterRow::new(one, language))
                .collect(),
            takes: match own.carries {
                Carries::Nothing => "",
                Carries::Json(_) => JSON,
                Carries::Files => "multipart/form-data",
            },
            answers: own.offers().collect(),
            shape: answer
                .as_str()
                .and_then(|path| Some(path.rsplit('/').next()?.to_owned())),
            statuses: statuses
                .map(|(status, _)| status.as_str())
                .collect::<Vec<_>>()
                .join(" "),
            example: example(route),
        }
    }
}

impl ParameterRow {
    fn new(parameter: &Parameter, language: Language) -> Self {
        let (vi, en) = parameter.about;
        Self {
            name: parameter.name,
            place: match parameter.place {
                Place::Path => language.pick("đường dẫn", "path"),
                Place::Query => language.pick("truy vấn", "query"),
            },
            takes: parameter.form.words(),
            about: language.pick(vi, en),
        }
    }
}

impl ProblemRow {
    fn new(kind: ProblemKind, language: Language) -> Self {
        Self {
            key: kind.key(),
            status: kind.status().as_u16(),
            title: kind.title().in_language(language).to_owned(),
        }
    }
}

/// How the route is asked with curl.
fn example(route: &Route) -> String {
    let own = route.operation;
    let mut path = route.path.to_owned();
    for parameter in own.parameters.iter().filter(|one| one.place == Place::Path) {
        let value = parameter.form.example();
        path = path.replace(&format!("{{{}}}", parameter.name), &value);
    }
    let limit = own.parameters.iter().any(|one| one.name == "limit");
    let query = if limit { "?limit=10" } else { "" };
    let method = match route.method.as_str() {
        "DELETE" => "-X DELETE ",
        _ => "",
    };
    let shown = match (route.is_restricted(), route.takes_tokens()) {
        (false, _) => "",
        (true, true) => "-H \"Authorization: Bearer $TOKEN\" ",
        (true, false) => "-b \"sohoa=$SESSION\" -H \"Origin: $SOHOA\" ",
    };
    let body = match (own.carries, route.name) {
        (Carries::Nothing, _) => "",
        (Carries::Files, _) => "-F file=@week.csv ",
        (Carries::Json(_), "order_pack") => "--json '{\"cutoff\": \"2025-W08\"}' ",
        (Carries::Json(_), _) => "--json '{\"reason\": \"…\"}' ",
    };
    format!("curl {method}{shown}{body}\"$SOHOA{path}{query}\"")
}

/// The name of a type of problem in its address.
const NAME: Parameter = Parameter::path("name", Form::Name, ("Loại lỗi", "The type of problem"));

pub(super) static PROBLEM: Operation = Operation {
    about: (
        "Trang giải thích một loại lỗi",
        "A page that explains a type of problem",
    ),
    parameters: &[NAME, LANG],
    ..Operation::file(problem, HTML)
};

#[derive(Template)]
#[template(path = "api_problem.html")]
struct ProblemPage {
    page: Page,
    status: u16,
    key: &'static str,
    title: Text,
    explanation: Text,
}

fn problem(call: &Call) -> Result<Reply, Problem> {
    let kind = call.at("name", ProblemKind::from_key)?;
    html(&ProblemPage {
        page: frame(call, &kind.address(), &kind.title()),
        status: kind.status().as_u16(),
        key: kind.key(),
        title: kind.title(),
        explanation: kind.explanation(),
    })
}

fn frame(call: &Call, path: &str, title: &Text) -> Page {
    let view = View {
        language: call.language,
        ..View::default()
    };
    Page::new(view, path, title, false)
}

fn html(page: &impl Template) -> Result<Reply, Problem> {
    let written = page.render().map_err(ServerError::from)?;
    Ok(Reply::bytes(written.into_bytes()))
}
