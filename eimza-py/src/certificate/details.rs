//! The smaller things that stand in a certificate.

use eimza_core::{Personal, certificate as core};
use pyo3::prelude::*;

/// An 11-digit national identity number (TCKN). Printed masked; reveal() shows it.
#[pyclass(frozen, eq, hash, module = "eimza")]
#[derive(PartialEq, Hash)]
pub(crate) struct NationalId(pub(crate) Personal<core::NationalId>);

#[pymethods]
impl NationalId {
    /// The number in clear. Never for logs, errors or file names.
    fn reveal(&self) -> String {
        self.0.reveal().to_string()
    }

    /// Whether both check digits fit. Test certificates have numbers whose do not.
    #[getter]
    fn is_checksum_valid(&self) -> bool {
        self.0.reveal().is_checksum_valid()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<eimza.NationalId {}>", self.0)
    }
}

/// One policy of a certificate (RFC 5280 section 4.2.1.4).
#[pyclass(frozen, module = "eimza")]
pub(crate) struct CertificatePolicy(pub(crate) core::CertificatePolicy);

#[pymethods]
impl CertificatePolicy {
    /// Its object identifier.
    #[getter]
    fn oid(&self) -> &str {
        &self.0.oid
    }

    /// Addresses of practice statements.
    #[getter]
    fn cps(&self) -> Vec<String> {
        printed(&self.0.cps)
    }

    /// Texts of the user notices.
    #[getter]
    fn notices(&self) -> Vec<String> {
        printed(&self.0.notices)
    }

    fn __repr__(&self) -> String {
        format!("<eimza.CertificatePolicy {}>", self.0.oid)
    }
}

/// QC statements: what a qualified certificate says of itself.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Statements(pub(crate) core::Statements);

#[pymethods]
impl Statements {
    /// It says that it is a qualified certificate (EN 319 412-5 section 4.2.1).
    #[getter]
    fn compliance(&self) -> bool {
        self.0.compliance
    }

    /// BTK's statement for qualified certificates of persons, with its sentence.
    #[getter]
    fn turkish_nes(&self) -> Option<String> {
        self.0.turkish_nes.as_ref().map(ToString::to_string)
    }

    /// BTK's statement for company seals, with its sentence.
    #[getter]
    fn turkish_seal(&self) -> Option<String> {
        self.0.turkish_seal.as_ref().map(ToString::to_string)
    }

    /// The most that a transaction may be worth. No limit, not even 0, makes a signature invalid.
    #[getter]
    fn limit(&self) -> Option<LimitValue> {
        self.0.limit.clone().map(LimitValue)
    }

    /// Restrictions of use (kullanım kısıtı), as texts for people; a text may be empty.
    #[getter]
    fn usage_limits(&self) -> Vec<String> {
        printed(&self.0.usage_limits)
    }

    /// Object identifiers of all other statements.
    #[getter]
    fn others(&self) -> Vec<String> {
        self.0.others.clone()
    }

    fn __repr__(&self) -> String {
        let sentence = self.turkish_nes().or(self.turkish_seal()).unwrap_or("-".into());
        format!("<eimza.Statements compliance={}, {sentence}>", self.0.compliance)
    }
}

/// An amount of money: amount times ten to the power of exponent (EN 319 412-5 section 4.3.2).
#[pyclass(frozen, module = "eimza")]
pub(crate) struct LimitValue(core::LimitValue);

#[pymethods]
impl LimitValue {
    /// The currency's three letters or number (ISO 4217).
    #[getter]
    fn currency(&self) -> String {
        self.0.currency.to_string()
    }

    /// The amount's digits.
    #[getter]
    fn amount(&self) -> u32 {
        self.0.amount
    }

    /// The power of ten.
    #[getter]
    fn exponent(&self) -> u32 {
        self.0.exponent
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<eimza.LimitValue {}>", self.0)
    }
}

fn printed(texts: &[Personal<String>]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

/// The set bits by their names in RFC 5280.
pub(super) fn usage_names(usage: core::KeyUsage) -> Vec<&'static str> {
    let bits = [
        (usage.digital_signature(), "digitalSignature"),
        (usage.non_repudiation(), "nonRepudiation"),
        (usage.key_encipherment(), "keyEncipherment"),
        (usage.key_cert_sign(), "keyCertSign"),
        (usage.crl_sign(), "cRLSign"),
    ];
    bits.into_iter().filter(|(is_set, _)| *is_set).map(|(_, name)| name).collect()
}
