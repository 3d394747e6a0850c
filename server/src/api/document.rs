//! The OpenAPI 3.1 document, made of the routes and of the shapes of what they take and answer.

use actix_web::http::StatusCode;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use store::domain::{Language, Text};

use super::demands;
use super::idempotency::LONGEST_KEY;
use super::operation::{Carries, JSON, Operation, Route, shape};
use super::parameter::{Parameter, Place};
use super::problem::{MEDIA, ProblemDocument};
use super::routes::ROUTES;
use super::uploads::UploadForm;
use super::webhooks;
use crate::access::cookie_name;

/// The document with its texts in a language.
pub(crate) fn document(language: Language) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    // What is absent may be left out of a request, and is null in an answer.
    let mut taken = settings.clone().for_deserialize().into_generator();
    let mut given = settings.for_serialize().into_generator();
    let problem = shape::<ProblemDocument<'_>>(&mut given);
    let mut paths = Map::new();
    for route in ROUTES {
        let item = paths.entry(route.path).or_insert_with(|| json!({}));
        item[route.method.as_str().to_lowercase()] =
            operation(route, (&mut taken, &mut given), &problem, language);
    }
    let webhooks = webhooks::events(&mut given, language);
    let mut schemas = given.take_definitions(true);
    schemas.extend(taken.take_definitions(true));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": language.pick("sohoa – theo dõi số hóa sổ hộ tịch", "sohoa – civil-status digitization"),
            "version": env!("CARGO_PKG_VERSION"),
            "description": language.pick(
                "Mọi con số là con số của các trang. Không có báo cáo là null, không phải 0. Lỗi theo RFC 9457.",
                "Every figure is that of the pages. What was not reported is null, not 0. Errors are as RFC 9457 has them.",
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "webhooks": webhooks,
        "components": {
            "schemas": schemas,
            "securitySchemes": security_schemes(language),
        }
    })
}

/// The group of a route: the first part of its path after the version.
pub(super) fn group(route: &Route) -> &'static str {
    let path = route.path.strip_prefix("/api/v1/");
    let first = path.and_then(|path| path.split('/').next());
    first
        .filter(|name| *name != "openapi.json")
        .unwrap_or("docs")
}

/// What a route is for, in a language.
pub(super) fn about(operation: &Operation, language: Language) -> &'static str {
    let (vi, en) = operation.about;
    language.pick(vi, en)
}

/// Who may ask a route, in a language.
pub(super) fn who(route: &Route, language: Language) -> &'static str {
    let (vi, en) = demands::words(route.demand);
    language.pick(vi, en)
}

fn security_schemes(language: Language) -> Value {
    json!({
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": language.pick(
                "Mã do quản trị viên cấp bằng “sohoa token create”, để đọc (read) hoặc gửi tệp (upload), của một tỉnh hoặc toàn quốc",
                "What the administrator made by “sohoa token create”: to read or to upload, of a province or of the nation",
            ),
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": cookie_name(true),
            "description": language.pick(
                "Phiên của người đã đăng nhập trên trang; không qua TLS thì cookie tên là “sohoa”. Việc ghi phải đến từ trang cùng nguồn.",
                "The session of who signed in on the pages; without TLS the cookie is named “sohoa”. Writes must come from the same origin.",
            ),
        },
    })
}

fn operation(
    route: &Route,
    (taken, given): (&mut SchemaGenerator, &mut SchemaGenerator),
    problem: &Schema,
    language: Language,
) -> Value {
    let own = route.operation;
    let mut parameters: Vec<Value> = own
        .parameters
        .iter()
        .map(|one| parameter(one, language))
        .collect();
    if route.is_write() {
        parameters.push(key_parameter(language));
    }
    let mut written = json!({
        "operationId": route.name,
        "tags": [group(route)],
        "summary": about(own, language),
        "description": who(route, language),
        "parameters": parameters,
        "responses": answers(route, given, problem, language),
    });
    let body = match own.carries {
        Carries::Nothing => None,
        Carries::Json(shape) => Some((JSON, shape(taken))),
        Carries::Files => Some(("multipart/form-data", shape::<UploadForm>(taken))),
    };
    if let Some((media, schema)) = body {
        written["requestBody"] = json!({"required": true, "content": {media: {"schema": schema}}});
    }
    if route.is_restricted() {
        written["security"] = if route.takes_tokens() {
            json!([{"token": []}, {"session": []}])
        } else {
            json!([{"session": []}])
        };
    }
    written
}

fn parameter(parameter: &Parameter, language: Language) -> Value {
    let (vi, en) = parameter.about;
    let in_path = parameter.place == Place::Path;
    json!({
        "name": parameter.name,
        "in": if in_path { "path" } else { "query" },
        "required": in_path,
        "description": language.pick(vi, en),
        "schema": parameter.form.schema(),
    })
}

fn key_parameter(language: Language) -> Value {
    json!({
        "name": "Idempotency-Key",
        "in": "header",
        "required": false,
        "description": language.pick(
            "Gửi lại với cùng khóa trong một ngày thì được trả lời như lần đầu và không làm lại",
            "Sent again under the same key within a day, a request is answered as before and not done again",
        ),
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    })
}

fn answers(
    route: &Route,
    generator: &mut SchemaGenerator,
    problem: &Schema,
    language: Language,
) -> Value {
    let own = route.operation;
    let mut content = Map::new();
    let schema = own.answer.map(|shape| shape(generator));
    content.insert(
        own.media.to_owned(),
        schema.map_or_else(|| json!({}), |schema| json!({"schema": schema})),
    );
    for table in own.tables {
        content.insert(
            table.media.to_owned(),
            json!({"schema": {"type": "string"}}),
        );
    }
    let mut answers = Map::new();
    let done = language.pick("Đã làm", "Done");
    answers.insert(
        own.done.as_str().to_owned(),
        json!({"description": done, "content": content}),
    );
    if !route.is_write() {
        let kept = language.pick("Bản đã có vẫn đúng", "What the client has still stands");
        let status = StatusCode::NOT_MODIFIED.as_str();
        answers.insert(status.to_owned(), json!({"description": kept}));
    }
    for kind in route.problems() {
        let title: Text = kind.title();
        answers.entry(kind.status().as_str()).or_insert_with(|| {
            json!({
                "description": title.in_language(language),
                "content": {MEDIA: {"schema": problem}},
            })
        });
    }
    Value::Object(answers)
}
