//! The certificate of a server that speaks TLS itself.

use std::sync::Arc;

use anyhow::Context as _;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::TlsFiles;

/// Reads a certificate and its key: TLS 1.2 and 1.3, nothing older.
///
/// # Errors
/// Where a file cannot be read, holds no certificate or key, or the two do not belong together.
pub(crate) fn read_tls(files: &TlsFiles) -> anyhow::Result<ServerConfig> {
    let (chain, key) = (&files.certificates, &files.key);
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_file_iter(chain)
        .with_context(|| format!("--tls-cert {}", chain.display()))?
        .collect();
    let certificates = certificates.with_context(|| format!("--tls-cert {}", chain.display()))?;
    let private = PrivateKeyDer::from_pem_file(key)
        .with_context(|| format!("--tls-key {}", key.display()))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(certificates, private);
    config.with_context(|| format!("--tls-cert {} --tls-key {}", chain.display(), key.display()))
}
