//! What a person reads: texts, the documents they name, and the sentences to tick.

use eimza_core::consent as core;
use eimza_core::shown_text::mask_national_ids;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::errors::OrRaise;

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
        format!("<eimza.ConsentText {}>", mask_national_ids(self.0.title()))
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

    fn __repr__(&self) -> String {
        format!("<eimza.Document {} {}>", mask_national_ids(&self.0.name), self.0.version)
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

    fn __repr__(&self) -> String {
        format!("<eimza.Declaration {}>", mask_national_ids(&self.0.text))
    }
}
