//! The reconciliation document as JSON: one object, or a list of them, flattened into its keys.
//!
//! It is read by an allow-list. Neither an unknown key nor its value is ever repeated in an answer: it may be a name.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use store::domain::Text;

use crate::finding::{Finding, Findings};
use crate::rule::Rule;

/// Keys with their values as text, in the order of the document; `None` is `null`.
pub(crate) type Flat = Vec<(String, Option<String>)>;

/// A JSON value that keeps every key of an object, those given twice included.
enum Json {
    Null,
    Scalar(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Whether a file means to be such a document: it begins as JSON does.
pub(crate) fn is_document(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'['))
}

/// Reads the documents of a file; `None` where it is no JSON, which a finding then explains.
pub(crate) fn read_documents(bytes: &[u8], findings: &mut Findings) -> Option<Vec<Flat>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let documents = match serde_json::from_slice::<Json>(text) {
        Ok(Json::List(documents)) => documents,
        Ok(document) => vec![document],
        Err(error) => {
            findings.push(no_json(error.line(), error.column()));
            return None;
        }
    };
    let flat = documents.into_iter().map(|document| {
        let mut flat = Flat::new();
        flatten(String::new(), document, &mut flat);
        flat
    });
    Some(flat.collect())
}

fn no_json(line: usize, column: usize) -> Finding {
    let finding = Finding::error(
        Rule::Json,
        Text::new(
            "không đọc được JSON từ đây",
            "the JSON cannot be read from here",
        ),
        Text::new(
            "gửi đúng tệp mà công cụ đối chiếu đã tạo ra, không sửa tay",
            "send the file as the reconciliation tool wrote it, without changes by hand",
        ),
    );
    Finding {
        line: u64::try_from(line).ok(),
        column: u64::try_from(column).ok(),
        ..finding
    }
}

fn flatten(path: String, value: Json, flat: &mut Flat) {
    let below = |part: &str| {
        if path.is_empty() {
            part.to_owned()
        } else {
            format!("{path}.{part}")
        }
    };
    match value {
        Json::Null => flat.push((path, None)),
        Json::Scalar(text) => flat.push((path, Some(text))),
        // An empty object or list says nothing; under a key that no document has it would still be kept.
        Json::Object(members) if members.is_empty() => flat.push((below("{}"), None)),
        Json::List(members) if members.is_empty() => flat.push((below("[]"), None)),
        Json::Object(members) => {
            for (key, member) in members {
                // A point inside a key must not make two parts of it.
                flatten(below(&key.replace('.', "?")), member, flat);
            }
        }
        Json::List(members) => {
            for (place, member) in members.into_iter().enumerate() {
                flatten(below(&place.to_string()), member, flat);
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Json, E> {
        Err(E::custom("no key has true or false"))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Scalar(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Scalar(number.to_string()))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Json, E> {
        Err(E::custom("counts are whole"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Scalar(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = list.next_element()? {
            members.push(member);
        }
        Ok(Json::List(members))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members: Vec<(String, Json)> = Vec::new();
        while let Some((key, member)) = map.next_entry::<String, Json>()? {
            if members.iter().any(|(other, _)| *other == key) {
                return Err(A::Error::custom("a key is given twice"));
            }
            members.push((key, member));
        }
        Ok(Json::Object(members))
    }
}
