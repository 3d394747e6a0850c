//! Pages that are written and packed once for all requests that ask for the same.
//!
//! A page is named by the moment of knowledge, what is asked and who asks, and what was known on a moment never changes: a kept page
//! is too old for nobody.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, ContentEncoding, ContentType, ETag, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use store::domain::Digest;

use crate::api::{has, tag_of_digest, takes_gzip};
use crate::error::ServerError;
use crate::view::View;

/// How many pages are kept: some ten kilobytes each.
const KEPT: usize = 512;

/// What a page is known by: the moment of knowledge, its name, what is asked and who asks.
pub(crate) type Key = (DateTime<Utc>, &'static str, View);

/// The pages that are kept.
#[derive(Default)]
pub(crate) struct KeptPages(Mutex<BTreeMap<Key, KeptPage>>);

/// A page as it goes over the wire.
#[derive(Clone)]
pub(crate) struct KeptPage {
    packed: web::Bytes,
    digest: Digest,
}

impl KeptPages {
    /// A kept page; `None` where it has to be written.
    pub(crate) fn find(&self, key: &Key) -> Option<KeptPage> {
        self.lock().get(key).cloned()
    }

    /// Keeps a page.
    pub(crate) fn keep(&self, key: Key, page: KeptPage) {
        let mut pages = self.lock();
        pages.insert(key, page);
        while pages.len() > KEPT {
            // The one known longest ago is the least likely to be asked for again.
            pages.pop_first();
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Key, KeptPage>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeptPage {
    /// Packs a page.
    ///
    /// # Errors
    /// [`ServerError::Internal`] where it cannot be packed, which no page can cause.
    pub(crate) fn pack(page: &str) -> Result<Self, ServerError> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        let written = packer.write_all(page.as_bytes());
        let packed = written.and_then(|()| packer.finish());
        Ok(Self {
            packed: packed.map_err(|error| failed(&error))?.into(),
            digest: Digest::of(page.as_bytes()),
        })
    }

    /// Sends it, or says that the client has it already.
    ///
    /// # Errors
    /// [`ServerError::Internal`] where it cannot be unpacked, which no page can cause.
    pub(crate) fn respond(self, request: &HttpRequest) -> Result<HttpResponse, ServerError> {
        let tag = tag_of_digest(self.digest, request);
        let is_there = has(request, &tag);
        let mut response = HttpResponse::Ok();
        response.insert_header(ETag(tag));
        if is_there {
            return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
        }
        response.content_type(ContentType::html());
        if takes_gzip(request) {
            return Ok(response
                .insert_header((CONTENT_ENCODING, ContentEncoding::Gzip))
                .insert_header((VARY, "Accept-Encoding"))
                .body(self.packed));
        }
        let mut page = Vec::new();
        let unpacked = GzDecoder::new(self.packed.as_ref()).read_to_end(&mut page);
        unpacked.map_err(|error| failed(&error))?;
        Ok(response.body(page))
    }
}

fn failed(error: &std::io::Error) -> ServerError {
    ServerError::Internal(error.to_string())
}
