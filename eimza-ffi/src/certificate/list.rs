//! Lists of certificates, and the choice of one.

use std::mem::MaybeUninit;

use eimza_core::certificate::Candidates;
use eimza_core::{Certificate, Result, Time};

use super::eimza_certificate;
use crate::error::eimza_error;
use crate::output::at;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need};

/// Several certificates, in an order.
pub struct eimza_certificates(pub(crate) Vec<Certificate>);

/// Reads every certificate of a file in DER or PEM, in its order: all of them, or the error of the first that cannot be
/// read.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificates_read(
    file: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_certificates>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let all: Result<_> = Certificate::read_all(file.octets("file")?).into_iter().collect();
        all.map(eimza_certificates)
    })
}

/// An empty list.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificates_new() -> Option<Box<eimza_certificates>> {
    Some(Box::new(eimza_certificates(Vec::new())))
}

/// Puts a certificate behind those in the list; the caller keeps its own handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificates_add(
    certificates: Option<&mut eimza_certificates>,
    certificate: Option<&eimza_certificate>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let certificate = need(certificate, "certificate")?.0.clone();
        wall::need_mut(certificates, "certificates")?.0.push(certificate);
        Ok(())
    })
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificates_count(certificates: Option<&eimza_certificates>) -> usize {
    wall::read(certificates, 0, |certificates| certificates.0.len())
}

/// A handle of its own for the certificate at `index`, from 0.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificates_at(
    certificates: Option<&eimza_certificates>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || at(&need(certificates, "certificates")?.0, index).cloned().map(eimza_certificate))
}

/// The only one that is left under the conditions: for signing and valid at `at`; `qualified`; with this SHA-256 in
/// hexadecimal, or NULL. None or several is an error that names them (EIMZA_STATUS_CERTIFICATE_NONE_FITS,
/// EIMZA_STATUS_CERTIFICATES_SEVERAL).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificates_choose(
    certificates: Option<&eimza_certificates>,
    qualified: bool,
    at: i64,
    sha256: eimza_text,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let candidates = Candidates::new(need(certificates, "certificates")?.0.clone());
        choose(candidates, qualified, Time::from_unix(at)?, sha256.optional("sha256")?).map(eimza_certificate)
    })
}

/// Frees a list; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificates_free(certificates: Option<Box<eimza_certificates>>) {
    wall::free(certificates);
}

pub(crate) fn choose<T: AsRef<Certificate>>(
    candidates: Candidates<T>,
    qualified: bool,
    at: Time,
    sha256: Option<&str>,
) -> Result<T> {
    let candidates = for_signing(candidates, qualified, at);
    match sha256 {
        Some(sha256) => candidates.with_fingerprint(sha256).one(),
        None => candidates.one(),
    }
}

pub(crate) fn for_signing<T: AsRef<Certificate>>(
    candidates: Candidates<T>,
    qualified: bool,
    at: Time,
) -> Candidates<T> {
    let candidates = candidates.for_signing().valid_at(at);
    if qualified { candidates.qualified() } else { candidates }
}
