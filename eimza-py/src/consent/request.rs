//! What a service asks a person for.

use eimza_core::consent as core;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::errors::{OrRaise, invalid, json};
use crate::names;
use crate::time::Moment;

/// A consent text: it is shown and signed exactly as it is.
///
/// Made of a title and a str or UTF-8 bytes of at most 1 MiB. Characters that could hide what is signed (controls other
/// than TAB, LF and CR, bidirectional overrides) raise ConsentError; with show_hidden_characters the caller shows them.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(PartialEq)]
pub(crate) struct ConsentText(pub(crate) core::ConsentText);

#[pymethods]
impl ConsentText {
    #[new]
    #[pyo3(signature = (title, body, *, show_hidden_characters = false))]
    fn new(title: &str, body: &Bound<'_, PyAny>, show_hidden_characters: bool) -> PyResult<Self> {
        let octets = if let Ok(text) = body.cast::<PyString>() {
            text.to_cow()?.as_bytes().to_vec()
        } else if let Ok(octets) = body.cast::<PyBytes>() {
            octets.as_bytes().to_vec()
        } else {
            return Err(PyTypeError::new_err("a str or bytes is expected"));
        };
        let text = if show_hidden_characters {
            core::ConsentText::showing_hidden_characters(title, octets)
        } else {
            core::ConsentText::new(title, octets)
        };
        text.or_raise().map(Self)
    }

    /// The title.
    #[getter]
    fn title(&self) -> &str {
        self.0.title()
    }

    /// The text as it is shown and signed.
    #[getter]
    fn body(&self) -> &str {
        self.0.body()
    }

    /// SHA-256 over the text's octets, lower-case hexadecimal.
    #[getter]
    fn sha256(&self) -> String {
        self.0.sha256().to_hex()
    }

    /// Characters that could hide what is signed, with their offsets in octets.
    #[getter]
    fn hidden_characters(&self) -> Vec<(usize, char)> {
        self.0.hidden_characters().collect()
    }

    fn __repr__(&self) -> String {
        format!("<eimza.ConsentText {}>", eimza_core::certificate::mask_national_ids(self.0.title()))
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
            return invalid("national_id", "it has not 11 digits");
        }
        Ok(Self(core::Person { national_id, name }))
    }

    /// The national id, masked.
    #[getter]
    fn national_id(&self) -> String {
        eimza_core::certificate::mask_national_ids(&self.0.national_id)
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

/// A document that a consent accepts as it stands that day; sha256 over its octets, lower-case hexadecimal.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(Clone, PartialEq)]
pub(crate) struct Document(pub(crate) core::Document);

#[pymethods]
impl Document {
    #[new]
    fn new(name: String, version: String, sha256: String, address: String) -> Self {
        Self(core::Document { name, version, sha256, address })
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// Its version.
    #[getter]
    fn version(&self) -> &str {
        &self.0.version
    }

    /// SHA-256 over its octets, lower-case hexadecimal.
    #[getter]
    fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// Where it can be read.
    #[getter]
    fn address(&self) -> &str {
        &self.0.address
    }
}

/// A sentence to be ticked; a required one is a condition of the consent.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(Clone, PartialEq)]
pub(crate) struct Declaration(pub(crate) core::Declaration);

#[pymethods]
impl Declaration {
    #[new]
    #[pyo3(signature = (text, *, required = true))]
    fn new(text: String, required: bool) -> Self {
        Self(core::Declaration { text, required })
    }

    /// The sentence.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// Whether the consent cannot be given without it.
    #[getter]
    fn required(&self) -> bool {
        self.0.required
    }
}

/// Everything that a service asks for; all of it becomes part of the record that is signed.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(PartialEq)]
pub(crate) struct Request(pub(crate) core::Request);

#[pymethods]
impl Request {
    /// Reads what to_json() wrote: the service's own copy, kept for its check.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        let request = serde_json::from_str(text);
        request.map_err(|source| eimza_core::Error::JsonMalformed { what: "request", source }).or_raise().map(Self)
    }

    /// All of it as JSON; the person is named in full.
    fn to_json(&self) -> PyResult<String> {
        json(&self.0)
    }

    /// The service's name.
    #[getter]
    fn service(&self) -> &str {
        &self.0.service
    }

    /// "consent" or "revocation".
    #[getter]
    fn purpose(&self) -> &'static str {
        match self.0.purpose {
            core::Purpose::Consent => "consent",
            core::Purpose::Revocation => "revocation",
        }
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
        names::profile(self.0.profile)
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
