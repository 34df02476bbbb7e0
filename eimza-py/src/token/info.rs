//! What tokens tell of themselves, and what they are asked to sign.

use eimza_core::crypto::{Digest, Padding, SignatureAlgorithm};
use eimza_core::error::ArgumentFault;
use eimza_core::token as core;
use eimza_core::token::pkcs11;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::certificate::Certificate;
use crate::errors::{OrRaise, invalid};
use crate::names;

/// What a token is called and what it is.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct TokenInfo(pub(crate) core::TokenInfo);

#[pymethods]
impl TokenInfo {
    /// How to name it again, for open_token. National ids in it are in clear: mask it for display.
    #[getter]
    fn address(&self) -> &str {
        &self.0.address
    }

    /// The same where people look: label and serial number are left out if they hold what may be a national id, and the
    /// slot's number stands in. A path stays what it is: mask it for display.
    #[getter]
    fn address_without_national_id(&self) -> &str {
        &self.0.address_without_national_id
    }

    /// Its label, national ids masked.
    #[getter]
    fn label(&self) -> &str {
        &self.0.label
    }

    /// Its maker, as the token tells.
    #[getter]
    fn manufacturer(&self) -> &str {
        &self.0.manufacturer
    }

    /// Its model, as the token tells.
    #[getter]
    fn model(&self) -> &str {
        &self.0.model
    }

    /// Its serial number, as the token tells.
    #[getter]
    fn serial(&self) -> &str {
        &self.0.serial
    }

    /// How it is reached: "pkcs11", "smart-card" or "software".
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind.name()
    }

    /// False where it is known not to be a qualified signature creation device; more cannot be known.
    #[getter]
    fn may_be_qualified_device(&self) -> bool {
        self.0.may_be_qualified_device
    }

    /// Whether a PIN is typed on the token or its reader, for which OnDevice() stands.
    #[getter]
    fn has_keypad(&self) -> bool {
        self.0.has_keypad
    }

    /// False where the token says that its keys need no login, for which NotNeeded() stands.
    #[getter]
    fn needs_login(&self) -> bool {
        self.0.needs_login
    }

    fn __repr__(&self) -> String {
        format!("<eimza.TokenInfo {}>", self.0.label)
    }
}

/// A certificate on a token, whose key lies there.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct TokenCertificate(pub(crate) core::TokenCertificate);

#[pymethods]
impl TokenCertificate {
    /// The certificate.
    #[getter]
    fn certificate(&self) -> Certificate {
        Certificate(self.0.certificate.clone())
    }

    /// Its label on the token, national ids masked.
    #[getter]
    fn label(&self) -> &str {
        &self.0.label
    }

    /// Whether the key wants the PIN for every signature; None where the token does not tell without a PIN.
    #[getter]
    fn asks_each_time(&self) -> Option<bool> {
        self.0.asks_each_time
    }

    /// Which PIN the key wants when it is used: "token", "own" (one beside the token's), or "unknown" before it was used.
    #[getter]
    fn wanted_pin(&self) -> &'static str {
        self.0.wanted_pin.name()
    }

    fn __repr__(&self) -> String {
        format!("<eimza.TokenCertificate {}: {}>", self.0.label, self.0.certificate.subject())
    }
}

/// How it stands with a PIN or PUK.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(PartialEq)]
pub(crate) struct PinState(pub(crate) core::PinState);

#[pymethods]
impl PinState {
    /// "ok", "low", "final-try", "blocked", "not-set" or "unknown".
    #[getter]
    fn status(&self) -> &'static str {
        self.0.status.name()
    }

    /// Tries left where the token tells, never guessed.
    #[getter]
    fn tries_left(&self) -> Option<u8> {
        self.0.tries_left
    }

    fn __repr__(&self) -> String {
        match self.0.tries_left {
            Some(tries) => format!("<eimza.PinState {}, {tries} left>", self.0.status.name()),
            None => format!("<eimza.PinState {}>", self.0.status.name()),
        }
    }
}

/// One digest to sign, and how. Prepared.request is one; here one is made for a digest of the caller's own.
#[pyclass(frozen, module = "eimza")]
#[derive(Clone)]
pub(crate) struct SignRequest(pub(crate) core::SignRequest);

#[pymethods]
impl SignRequest {
    #[new]
    #[pyo3(signature = (certificate, digest, *, digest_algorithm = "sha256", pss = false))]
    fn new(certificate: &Certificate, digest: &[u8], digest_algorithm: &str, pss: bool) -> PyResult<Self> {
        let Some(digest) = Digest::from_octets(names::digest(digest_algorithm)?, digest) else {
            return invalid("digest", ArgumentFault::DigestLength);
        };
        let key = certificate.0.public_key().or_raise()?;
        let padding = if pss { Padding::Pss } else { Padding::Pkcs1 };
        let algorithm = SignatureAlgorithm::for_key(&key, digest.algorithm(), padding).or_raise()?;
        Ok(Self(core::SignRequest { algorithm, digest }))
    }

    /// The digest's octets.
    #[getter]
    fn digest<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.digest.as_bytes())
    }

    /// The signature algorithm as people write it, with its digest.
    #[getter]
    fn algorithm(&self) -> String {
        self.0.algorithm.name()
    }

    /// Raises SignatureValueInvalid unless the value is this digest's signature by the certificate's key.
    fn verify(&self, py: Python<'_>, certificate: &Certificate, value: &[u8]) -> PyResult<()> {
        let key = certificate.0.public_key().or_raise()?;
        let fits = py.detach(|| self.0.algorithm.verify(&key, &self.0.digest, value)).or_raise()?;
        if fits { Ok(()) } else { Err(eimza_core::Error::SignatureValueInvalid).or_raise() }
    }

    fn __repr__(&self) -> String {
        format!("<eimza.SignRequest {}, {}>", self.0.algorithm.name(), self.0.digest.to_hex())
    }
}

/// A PKCS#11 module of this machine.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Module {
    module: pkcs11::FoundModule,
}

#[pymethods]
impl Module {
    /// Where it lies.
    #[getter]
    fn path(&self) -> String {
        self.module.path.display().to_string()
    }

    /// Loads it and asks what it says of itself: its maker. ModuleError and its like where it cannot be used.
    fn probe(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| pkcs11::probe(&self.module.path)).or_raise().map(|info| info.manufacturer)
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Module {}>", eimza_core::shown_text::mask_national_ids(&self.path()))
    }
}

/// The PKCS#11 modules that are found on this machine: known paths, EIMZA_PKCS11_MODULE, p11-kit. Loads none of them.
#[pyfunction]
pub(crate) fn modules(py: Python<'_>) -> Vec<Module> {
    py.detach(pkcs11::modules).into_iter().map(|module| Module { module }).collect()
}
