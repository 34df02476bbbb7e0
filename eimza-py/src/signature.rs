//! CAdES signatures: made in one call or in three steps, read, and verified as mathematics.

mod content;
mod options;
mod prepared;
mod read;
mod state;
mod verification;

use eimza_core::cades as core;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

pub(crate) use content::{Content, Digest, digest_file};
pub(crate) use options::SigningOptions;
pub(crate) use prepared::{Prepared, prepare};
pub(crate) use read::{SignedData, Signer, inspect};
pub(crate) use state::{State, StateKey};
pub(crate) use verification::{Check, SignerVerification, Verification, verify};

use crate::errors::OrRaise;
use crate::token::{Cancellation, ForKey, GivenPin, Permission, Token, TokenCertificate};

/// Signs one content with one entry of the PIN and returns the CAdES file; it is verified before it is returned.
///
/// Everything that can be known beforehand (an unfit certificate, an unreadable file) raises before the PIN reaches the
/// token. Without options: attached, signed now, the digest that fits the key.
#[pyfunction]
#[pyo3(signature = (
    token, signer, pin, content, options = None, *,
    spend_last_try = false, allow_unusual_pin = false, cancellation = None, key_pin = None, spend_last_try_of_key_pin = false
))]
#[allow(clippy::too_many_arguments)]
pub(crate) fn sign<'py>(
    py: Python<'py>,
    token: &Token,
    signer: &TokenCertificate,
    pin: GivenPin,
    content: Content,
    options: Option<&SigningOptions>,
    spend_last_try: bool,
    allow_unusual_pin: bool,
    cancellation: Option<&Cancellation>,
    key_pin: Option<GivenPin>,
    spend_last_try_of_key_pin: bool,
) -> PyResult<Bound<'py, PyBytes>> {
    let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
    let attempt = ForKey { pin: key_pin, spend_last_try: spend_last_try_of_key_pin }.added_to(attempt);
    let options = SigningOptions::or_plain(options);
    let file = py.detach(|| {
        content.for_signing(&signer.0.certificate, &options, |content| {
            core::sign(&token.0, &signer.0, pin.0, content, &options, attempt)
        })
    });
    Ok(PyBytes::new(py, &file.or_raise()?))
}

/// Signs several contents, which the person saw listed beforehand, with one entry of the PIN: all of them or none.
///
/// Each is a pair of a content and its options (None for the plainest). Everything that can be known beforehand raises
/// before the PIN reaches the token.
#[pyfunction]
#[pyo3(signature = (
    token, signer, pin, contents, *, spend_last_try = false, allow_unusual_pin = false, cancellation = None, key_pin = None, spend_last_try_of_key_pin = false
))]
#[allow(clippy::too_many_arguments)]
pub(crate) fn sign_batch<'py>(
    py: Python<'py>,
    token: &Token,
    signer: &TokenCertificate,
    pin: GivenPin,
    contents: Vec<(Content, Option<Py<SigningOptions>>)>,
    spend_last_try: bool,
    allow_unusual_pin: bool,
    cancellation: Option<&Cancellation>,
    key_pin: Option<GivenPin>,
    spend_last_try_of_key_pin: bool,
) -> PyResult<Vec<Bound<'py, PyBytes>>> {
    let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
    let attempt = ForKey { pin: key_pin, spend_last_try: spend_last_try_of_key_pin }.added_to(attempt);
    let contents: Vec<_> = contents
        .into_iter()
        .map(|(content, options)| (content, SigningOptions::or_plain(options.as_ref().map(Py::get))))
        .collect();
    let files = py.detach(|| {
        let certificate = &signer.0.certificate;
        let prepare = |(content, options): &(Content, core::SigningOptions)| {
            content.for_signing(certificate, options, |content| {
                core::prepare(content, certificate, options).map(core::Prepared::into_owned)
            })
        };
        let prepared = contents.iter().map(prepare).collect::<eimza_core::Result<Vec<_>>>()?;
        core::sign_prepared(&token.0, &signer.0, pin.0, prepared, attempt)
    });
    Ok(files.or_raise()?.iter().map(|file| PyBytes::new(py, file)).collect())
}
