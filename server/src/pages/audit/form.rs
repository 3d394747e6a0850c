//! A form with fields and at most one file, which is looked at and not kept.

use std::collections::BTreeMap;

use actix_multipart::{Multipart, MultipartError};
use futures_util::TryStreamExt as _;

use crate::error::ServerError;

/// The largest list of pointers, in megabytes: a million of them at 20 letters.
const LIMIT_MB: usize = 20;

/// What came.
#[derive(Debug, Default)]
pub(super) struct AuditForm {
    fields: BTreeMap<String, String>,
    /// The file; `None` where none was chosen.
    pub(super) file: Option<Vec<u8>>,
}

impl AuditForm {
    pub(super) async fn read(mut upload: Multipart) -> Result<Self, ServerError> {
        let broken = |error: MultipartError| ServerError::malformed("form", &error.to_string());
        let mut form = Self::default();
        let mut size = 0;
        while let Some(mut field) = upload.try_next().await.map_err(broken)? {
            let head = field.content_disposition();
            let is_file = head.and_then(|head| head.get_filename()).is_some();
            let name = head.and_then(|head| head.get_name()).unwrap_or_default();
            let name = name.to_owned();
            let mut bytes = Vec::new();
            while let Some(piece) = field.try_next().await.map_err(broken)? {
                size += piece.len();
                if size > LIMIT_MB * 1024 * 1024 {
                    return Err(ServerError::TooLarge { limit_mb: LIMIT_MB });
                }
                bytes.extend_from_slice(&piece);
            }
            if !is_file {
                let text = String::from_utf8(bytes).ok();
                let text = text.ok_or_else(|| ServerError::malformed("form", ""))?;
                form.fields.insert(name, text.trim().to_owned());
            } else if !bytes.is_empty() {
                form.file = Some(bytes);
            }
        }
        Ok(form)
    }

    /// A field; empty where it did not come.
    pub(super) fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// A field that is needed.
    pub(super) fn read_field<T>(
        &self,
        name: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, ServerError> {
        read(self.text(name)).ok_or_else(|| ServerError::malformed(name, self.text(name)))
    }

    /// A field that may be empty.
    pub(super) fn read_optional<T>(
        &self,
        name: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, ServerError> {
        match self.text(name) {
            "" => Ok(None),
            _ => self.read_field(name, read).map(Some),
        }
    }

    /// The file, which is needed.
    pub(super) fn needed_file(&self) -> Result<&[u8], ServerError> {
        self.file.as_deref().ok_or(ServerError::NoFile)
    }
}
