//! What a service asks a person for.

use eimza_core::consent as core;
use eimza_core::error::ArgumentFault;
use pyo3::prelude::*;

use super::{Declaration, Document};
use crate::errors::{OrRaise, invalid, json};
use crate::time::Moment;

/// Everything that a service asks for; all of it becomes part of the record that is signed.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(PartialEq)]
pub(crate) struct Request(pub(crate) core::Request);

#[pymethods]
impl Request {
    /// Reads what to_json(reveal=True) wrote: the service's own copy, kept for its check.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        core::Request::from_json(text).or_raise().map(Self)
    }

    /// All of it as JSON; national ids masked unless revealed. Only the revealed form can be read again.
    #[pyo3(signature = (*, reveal = false))]
    fn to_json(&self, reveal: bool) -> PyResult<String> {
        if reveal { json(&self.0) } else { json(&self.0.clone().masked()) }
    }

    /// The service's name.
    #[getter]
    fn service(&self) -> &str {
        &self.0.service
    }

    /// "consent" or "revocation".
    #[getter]
    fn purpose(&self) -> &'static str {
        purpose_name(self.0.purpose)
    }

    /// Which consent.
    #[getter]
    fn kind(&self) -> ConsentKind {
        ConsentKind(self.0.kind.clone())
    }

    /// Whose.
    #[getter]
    fn person(&self) -> Person {
        Person(self.0.person.clone())
    }

    /// The session's name.
    #[getter]
    fn session(&self) -> &str {
        &self.0.session
    }

    /// The service's time when the code was redeemed.
    #[getter]
    fn opened_at(&self) -> Moment {
        Moment(self.0.opened_at)
    }

    /// Until when it has to arrive.
    #[getter]
    fn expires_at(&self) -> Moment {
        Moment(self.0.expires_at)
    }

    /// Documents that are accepted along with the texts.
    #[getter]
    fn documents(&self) -> Vec<Document> {
        self.0.documents.iter().cloned().map(Document).collect()
    }

    /// Sentences to tick.
    #[getter]
    fn declarations(&self) -> Vec<Declaration> {
        self.0.declarations.iter().cloned().map(Declaration).collect()
    }

    /// The BTK profile that the signatures must have.
    #[getter]
    fn profile(&self) -> &'static str {
        self.0.profile.name()
    }

    /// How long each text has to be shown before it counts as read, in seconds.
    #[getter]
    fn least_reading_seconds(&self) -> u64 {
        self.0.least_reading_seconds
    }

    /// Since when a consent of this kind stands, if one does.
    #[getter]
    fn stands_since(&self) -> Option<Moment> {
        self.0.stands_since.map(Moment)
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Request {} {}>", self.purpose(), self.0.kind.id)
    }
}

/// The str for a purpose.
pub(super) fn purpose_name(purpose: core::Purpose) -> &'static str {
    purpose.name()
}

/// The purpose of this name.
pub(super) fn purpose_of(name: &str) -> PyResult<core::Purpose> {
    match name {
        "consent" => Ok(core::Purpose::Consent),
        "revocation" => Ok(core::Purpose::Revocation),
        _ => invalid("purpose", ArgumentFault::NameUnknown),
    }
}

/// Which consent: E-Onay, or one of an application's own. id and version are stable names, language is BCP 47.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(PartialEq)]
pub(crate) struct ConsentKind(pub(crate) core::Kind);

#[pymethods]
impl ConsentKind {
    #[new]
    fn new(id: String, version: String, language: String) -> Self {
        Self(core::Kind { id, version, language })
    }

    /// The E-Onay: with it, later certificate applications need no signed paper.
    #[staticmethod]
    fn e_onay() -> Self {
        Self(core::Kind::e_onay())
    }

    /// Its stable name.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// The version of its texts and rules.
    #[getter]
    fn version(&self) -> &str {
        &self.0.version
    }

    /// The language of its texts.
    #[getter]
    fn language(&self) -> &str {
        &self.0.language
    }

    fn __repr__(&self) -> String {
        format!("<eimza.ConsentKind {} {}>", self.0.id, self.0.version)
    }
}

/// Whom a consent binds: the national id (11 digits) and the name, for display. Printed masked.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(PartialEq)]
pub(crate) struct Person(pub(crate) core::Person);

#[pymethods]
impl Person {
    #[new]
    fn new(national_id: String, name: String) -> PyResult<Self> {
        if eimza_core::certificate::NationalId::parse(&national_id).is_none() {
            return invalid("national_id", ArgumentFault::Not11Digits);
        }
        Ok(Self(core::Person { national_id, name }))
    }

    /// The national id, masked.
    #[getter]
    fn national_id(&self) -> String {
        eimza_core::shown_text::mask_national_ids(&self.0.national_id)
    }

    /// The national id in clear. Never for logs, errors or file names.
    fn reveal_national_id(&self) -> &str {
        &self.0.national_id
    }

    /// The name, for display.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Person {}>", self.national_id())
    }
}
