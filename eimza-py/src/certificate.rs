//! Certificates: what stands in them, what they are good for, and choosing one of several.

mod candidates;
mod details;

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use eimza_core::certificate as core;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

pub(crate) use candidates::{Candidates, Found};
pub(crate) use details::{CertificatePolicy, LimitValue, NationalId, Statements};

use crate::errors::{OrRaise, dict, json};
use crate::time::Moment;

/// Masks every national id in a text: each run of exactly 11 digits becomes `111******11`.
#[pyfunction]
pub(crate) fn mask_national_ids(text: &str) -> String {
    eimza_core::shown_text::mask_national_ids(text)
}

/// An X.509 certificate (RFC 5280 section 4), made of its DER.
///
/// One that is odd but readable is shown, not refused. National ids are masked wherever they would be printed.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(Clone, PartialEq)]
pub(crate) struct Certificate(pub(crate) eimza_core::Certificate);

#[pymethods]
impl Certificate {
    #[new]
    fn new(der: &[u8]) -> PyResult<Self> {
        eimza_core::Certificate::from_der(der).or_raise().map(Self)
    }

    /// Reads every certificate of a file's octets, DER or PEM, in its order; raises where one of them cannot be read.
    #[staticmethod]
    fn read_all(file: &[u8]) -> PyResult<Vec<Self>> {
        eimza_core::Certificate::read_all(file).into_iter().map(|one| one.or_raise().map(Self)).collect()
    }

    /// The octets as they came.
    #[getter]
    fn der<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.der())
    }

    /// SHA-256 over the octets, lower-case hexadecimal: the fingerprint.
    #[getter]
    fn sha256(&self) -> String {
        self.0.sha256().to_hex()
    }

    /// The serial number's octets as encoded, lower-case hexadecimal.
    #[getter]
    fn serial(&self) -> String {
        self.0.summary().serial
    }

    /// Whose it is (RFC 4514), national ids masked.
    #[getter]
    fn subject(&self) -> String {
        self.0.subject().to_string()
    }

    /// Who issued it (RFC 4514), national ids masked.
    #[getter]
    fn issuer(&self) -> String {
        self.0.issuer().to_string()
    }

    /// Whose it is (RFC 4514), national ids in clear. Never for logs, errors or file names.
    fn reveal_subject(&self) -> String {
        self.0.subject().reveal()
    }

    /// The subject's common name: of a NES the person, of a seal the company. National ids in it are masked.
    #[getter]
    fn common_name(&self) -> Option<String> {
        self.0.common_name().map(|name| name.to_string())
    }

    /// The subject's organisation. National ids in it are masked.
    #[getter]
    fn organization(&self) -> Option<String> {
        self.0.subject().organization().map(|name| name.to_string())
    }

    /// The person's national id, where the subject names exactly one.
    #[getter]
    fn national_id(&self) -> Option<NationalId> {
        self.0.national_id().map(NationalId)
    }

    /// The company's 10-digit tax number.
    #[getter]
    fn tax_id(&self) -> Option<String> {
        self.0.tax_id().map(|id| id.to_string())
    }

    /// When it begins; None where no moment can be told from what stands there.
    #[getter]
    fn not_before(&self) -> Option<Moment> {
        self.0.not_before().map(Moment)
    }

    /// When it ends: the last second in which it is valid; None where no moment can be told from what stands there.
    #[getter]
    fn not_after(&self) -> Option<Moment> {
        self.0.not_after().map(Moment)
    }

    /// From when on a new one can be asked for: two months before the end, Istanbul time. None for what is neither a
    /// person's qualified certificate nor a company's seal.
    #[getter]
    fn renewable_from(&self) -> Option<Moment> {
        self.0.renewable_from().map(Moment)
    }

    /// The public key: "RSA-2048", "EC P-384", "other:OID"; None where it cannot be read.
    #[getter]
    fn key(&self) -> Option<String> {
        self.0.public_key().ok().map(|key| key.key_type.to_string())
    }

    /// What it is for: "nes", "mali-muhur", "ca", "tsa", "ocsp" or "other".
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind().name()
    }

    /// Whether it claims to be a Turkish qualified certificate. Only a path to an anchor tells whether that is true.
    #[getter]
    fn qualified(&self) -> bool {
        self.0.qualified()
    }

    /// Names of what it lacks to be a qualified one; empty for a qualified one.
    #[getter]
    fn shortfalls(&self) -> Vec<&'static str> {
        self.0.shortfalls().into_iter().map(core::Shortfall::name).collect()
    }

    /// The bits of key usage that are set (RFC 5280 section 4.2.1.3); None where none is stated.
    #[getter]
    fn key_usage(&self) -> Option<Vec<&'static str>> {
        self.0.key_usage().map(details::usage_names)
    }

    /// The object identifiers of the extended key usage (RFC 5280 section 4.2.1.12).
    #[getter]
    fn extended_key_usages(&self) -> Vec<String> {
        self.0.extended_key_usages()
    }

    /// The policies with their addresses and notices (RFC 5280 section 4.2.1.4), national ids masked.
    #[getter]
    fn policies(&self) -> Vec<CertificatePolicy> {
        self.0.policies().into_iter().map(CertificatePolicy).collect()
    }

    /// The QC statements (EN 319 412-5, and BTK's own), national ids masked.
    #[getter]
    fn statements(&self) -> Statements {
        Statements(self.0.statements())
    }

    /// Where the issuer's certificate lies, as it stands there: mask it for display. An address may be hostile.
    #[getter]
    fn issuer_addresses(&self) -> Vec<String> {
        self.0.issuer_addresses()
    }

    /// Where OCSP answers, as it stands there.
    #[getter]
    fn ocsp_addresses(&self) -> Vec<String> {
        self.0.ocsp_addresses()
    }

    /// Where the CRL lies, as it stands there.
    #[getter]
    fn crl_addresses(&self) -> Vec<String> {
        self.0.crl_addresses()
    }

    /// Whether its key may sign documents, by its key usage.
    #[getter]
    fn can_sign(&self) -> bool {
        self.0.can_sign()
    }

    /// Raises CertificateExpired or CertificateNotYetValid unless it is valid at this moment.
    fn check_validity(&self, at: Moment) -> PyResult<()> {
        self.0.check_validity(at.0).or_raise()
    }

    /// Raises unless it may sign documents at this moment: usage and validity, not trust.
    fn check_for_signing(&self, at: Moment) -> PyResult<()> {
        self.0.check_for_signing(at.0).or_raise()
    }

    /// Raises CertificateNotQualified with the shortfalls unless it is qualified.
    fn check_qualified(&self) -> PyResult<()> {
        self.0.check_qualified().or_raise()
    }

    /// Raises CertificateOtherPerson unless its subject has this national id (11 digits, in clear).
    fn check_person(&self, national_id: &str) -> PyResult<()> {
        self.0.check_person(national_id).or_raise()
    }

    /// Raises CertificateIssuerUnknown unless `issuer` made it: equal names and a signature that verifies.
    fn check_issued_by(&self, py: Python<'_>, issuer: &Certificate) -> PyResult<()> {
        let is_issued = py.detach(|| self.0.is_issued_by(&issuer.0)).or_raise()?;
        if is_issued { Ok(()) } else { Err(eimza_core::Error::CertificateIssuerUnknown).or_raise() }
    }

    /// All of it on one page as JSON, the fields of `eimza certificate show`; national ids masked unless revealed.
    #[pyo3(signature = (*, reveal = false))]
    fn to_json(&self, reveal: bool) -> PyResult<String> {
        json(&if reveal { self.0.summary().revealed() } else { self.0.summary() })
    }

    /// What to_json() leaves out, as a dict: usage, policies, statements, addresses. National ids in texts and addresses are
    /// masked unless revealed; an address can be opened only as it stands there.
    #[pyo3(signature = (*, reveal = false))]
    fn details<'py>(&self, py: Python<'py>, reveal: bool) -> PyResult<Bound<'py, PyDict>> {
        dict(py, &if reveal { self.0.details().revealed() } else { self.0.details() })
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.der().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Certificate {}>", self.0.subject())
    }
}
