//! What mathematics can say of a signature.

use eimza_core::{cms, validation as core};
use pyo3::prelude::*;

use super::{Content, SignedData};
use crate::certificate::Certificate;
use crate::errors::{OrRaise, no_truth};
use crate::time::Moment;

/// Checks every signer and counter-signer: form, digest, signature value, binding to a certificate.
///
/// It says nothing about trust. content is that of a detached signature: bytes, a Digest or a path. certificates are
/// looked through for signers whose certificate is not inside. What is wrong with a signature is a failed check.
#[pyfunction]
#[pyo3(signature = (signed_data, content = None, *, certificates = None))]
pub(crate) fn verify(
    py: Python<'_>,
    signed_data: &SignedData,
    content: Option<Content>,
    certificates: Option<Vec<Py<Certificate>>>,
) -> PyResult<Verification> {
    let certificates = certificates.unwrap_or_default();
    let further: Vec<_> = certificates.iter().map(|certificate| certificate.get().0.clone()).collect();
    let read = signed_data.read()?;
    let found = py.detach(|| {
        let of = |content: Option<cms::Content<'_>>| {
            core::verify(&read, content, &further).map(|found| Verification::of(&found))
        };
        match content {
            Some(content) => content.detached(&read.digests_needed(), |content| of(Some(content))),
            None => of(None),
        }
    });
    found.or_raise()
}

/// What was found of all signers of a file.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Verification {
    all_passed: bool,
    signers: Vec<SignerVerification>,
    unreadable_counter_signatures: Vec<usize>,
}

impl Verification {
    fn of(found: &core::Verification<'_>) -> Self {
        Self {
            all_passed: found.all_passed(),
            signers: found.signers.iter().map(SignerVerification::of).collect(),
            unreadable_counter_signatures: found.unreadable_counter_signatures.clone(),
        }
    }
}

#[pymethods]
impl Verification {
    /// Whether there is a signer and everything that was checked has passed. It says nothing about trust.
    #[getter]
    fn all_passed(&self) -> bool {
        self.all_passed
    }

    /// The same: whether there is a signer and everything that was checked has passed.
    #[getter]
    fn passed(&self) -> bool {
        self.all_passed
    }

    /// The signers in their order in the file, each before those who counter-signed it.
    #[getter]
    fn signers(&self) -> Vec<SignerVerification> {
        self.signers.clone()
    }

    /// For each counter-signature that cannot be read: the number of the signer that it stands in.
    #[getter]
    fn unreadable_counter_signatures(&self) -> Vec<usize> {
        self.unreadable_counter_signatures.clone()
    }

    fn __bool__(&self) -> PyResult<bool> {
        no_truth("Verification", "True where everything that was checked has passed")
    }

    fn __repr__(&self) -> String {
        let signers: Vec<String> = self.signers.iter().map(SignerVerification::shown).collect();
        format!("<eimza.Verification {}>", signers.join("; "))
    }
}

/// What was found of one signer.
#[pyclass(frozen, module = "eimza")]
#[derive(Clone)]
pub(crate) struct SignerVerification {
    all_passed: bool,
    parent: Option<usize>,
    certificate: Option<eimza_core::Certificate>,
    certificate_inside: bool,
    signing_time: Option<eimza_core::Time>,
    checks: Vec<Check>,
}

impl SignerVerification {
    fn of(found: &core::SignerVerification<'_>) -> Self {
        Self {
            all_passed: found.all_passed(),
            parent: found.parent,
            certificate: found.certificate.clone(),
            certificate_inside: found.certificate_inside,
            signing_time: found.signing_time,
            checks: found.checks.iter().map(Check::of).collect(),
        }
    }

    /// Whose signature it is, and which check did not pass.
    fn shown(&self) -> String {
        let signer = self.certificate.as_ref().map_or_else(|| "?".to_owned(), |one| one.subject().to_string());
        match self.checks.iter().find(|check| check.status != PASSED) {
            Some(check) => format!("{signer}: {} {}", check.name, check.status),
            None => format!("{signer}: {PASSED}"),
        }
    }
}

#[pymethods]
impl SignerVerification {
    /// Whether everything that was checked of this signer has passed.
    #[getter]
    fn all_passed(&self) -> bool {
        self.all_passed
    }

    /// The same: whether everything that was checked of this signer has passed.
    #[getter]
    fn passed(&self) -> bool {
        self.all_passed
    }

    /// The number of the signer whose signature it counter-signs; None for a signer of the content.
    #[getter]
    fn parent(&self) -> Option<usize> {
        self.parent
    }

    /// The signer's certificate: the one whose hash is signed, else the one that the signer identifier names.
    #[getter]
    fn certificate(&self) -> Option<Certificate> {
        self.certificate.clone().map(Certificate)
    }

    /// Whether that certificate stands in the file.
    #[getter]
    fn certificate_inside(&self) -> bool {
        self.certificate_inside
    }

    /// When the signer claims to have signed.
    #[getter]
    fn signing_time(&self) -> Option<Moment> {
        self.signing_time.map(Moment)
    }

    /// What was checked, in order.
    #[getter]
    fn checks(&self) -> Vec<Check> {
        self.checks.clone()
    }

    fn __bool__(&self) -> PyResult<bool> {
        no_truth("SignerVerification", "True where everything that was checked has passed")
    }

    fn __repr__(&self) -> String {
        format!("<eimza.SignerVerification {}>", self.shown())
    }
}

/// The status of a check that has passed.
const PASSED: &str = "passed";

/// One check of one signer.
#[pyclass(frozen, module = "eimza")]
#[derive(Clone)]
pub(crate) struct Check {
    name: &'static str,
    status: &'static str,
    reason: Option<&'static str>,
}

impl Check {
    pub(crate) fn of(check: &core::Check) -> Self {
        Self { name: check.name.name(), status: check.status.name(), reason: check.reason.map(core::Reason::name) }
    }
}

#[pymethods]
impl Check {
    /// "format", "message-digest", "signature", "signing-certificate" and further ones.
    #[getter]
    fn name(&self) -> &'static str {
        self.name
    }

    /// "passed", "failed" or "undetermined".
    #[getter]
    fn status(&self) -> &'static str {
        self.status
    }

    /// Whether it has passed.
    #[getter]
    fn passed(&self) -> bool {
        self.status == PASSED
    }

    /// What did not fit; None for what has passed.
    #[getter]
    fn reason(&self) -> Option<&'static str> {
        self.reason
    }

    fn __bool__(&self) -> PyResult<bool> {
        no_truth("Check", "True where it has passed")
    }

    fn __repr__(&self) -> String {
        let reason = self.reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!("<eimza.Check {}: {}{reason}>", self.name, self.status)
    }
}
