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
pub(crate) use state::{SealKey, State};
pub(crate) use verification::{Check, SignerVerification, Verification, verify};

use crate::errors::OrRaise;
use crate::token::{Cancellation, GivenPin, Permission, Token, TokenCertificate};

/// Signs one content with one entry of the PIN and returns the CAdES file; it is verified before it is returned.
///
/// Everything that can be known beforehand (an unfit certificate, an unreadable file) raises before the PIN reaches the
/// token. Without options: attached, signed now, the digest that fits the key.
#[pyfunction]
#[pyo3(signature = (
    token, signer, pin, content, options = None, *,
    spend_last_try = false, allow_unusual_pin = false, cancellation = None
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
) -> PyResult<Bound<'py, PyBytes>> {
    let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
    let options = SigningOptions::or_plain(options);
    let file = py.detach(|| {
        content.for_signing(&signer.0.certificate, &options, |content| {
            core::sign(&token.0, &signer.0, pin.0, content, &options, attempt)
        })
    });
    Ok(PyBytes::new(py, &file.or_raise()?))
}
