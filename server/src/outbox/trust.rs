//! Whose certificates mail servers and webhooks may show.

use std::path::Path;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use store::domain::Text;

/// The certificates of the authorities in a file.
///
/// # Errors
/// Says why the file cannot be used.
pub(super) fn read_roots(file: &Path) -> Result<Vec<CertificateDer<'static>>, Text> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_file_iter(file).and_then(Iterator::collect);
    let unfit = |reason: &str| {
        let place = file.display();
        Text::same(&format!("--delivery-ca {place}: {reason}"))
    };
    let roots = read.map_err(|error| unfit(&error.to_string()))?;
    if roots.is_empty() {
        return Err(unfit("no certificate"));
    }
    Ok(roots)
}
