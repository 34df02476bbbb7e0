//! What a service offers.

use std::time::Duration;

use eimza_core::consent as core;
use pyo3::prelude::*;

use super::{ConsentKind, ConsentText, Declaration, Document};
use crate::errors::OrRaise;

/// One kind of consent that a service offers. least_reading: how long each text has to be shown; the revocation notice is
/// shown and signed, its acknowledgement ticked, to revoke.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Offer(pub(super) core::Offer);

#[pymethods]
impl Offer {
    #[new]
    #[pyo3(signature = (
        kind, texts, *, revocation_notice, acknowledgement, documents = None, declarations = None,
        least_reading = None, applications_on_hold = ""
    ))]
    #[allow(clippy::too_many_arguments)]
    fn new(
        kind: &ConsentKind,
        texts: Vec<Py<ConsentText>>,
        revocation_notice: &ConsentText,
        acknowledgement: String,
        documents: Option<Vec<Py<Document>>>,
        declarations: Option<Vec<Py<Declaration>>>,
        least_reading: Option<Duration>,
        applications_on_hold: &str,
    ) -> Self {
        Self(core::Offer {
            kind: kind.0.clone(),
            texts: texts.iter().map(|text| text.get().0.clone()).collect(),
            documents: documents.iter().flatten().map(|document| document.get().0.clone()).collect(),
            declarations: declarations.iter().flatten().map(|declaration| declaration.get().0.clone()).collect(),
            least_reading: least_reading.unwrap_or_default(),
            revocation_notice: revocation_notice.0.clone(),
            acknowledgement,
            applications_on_hold: applications_on_hold.to_owned(),
        })
    }

    /// The E-Onay, with the application form and the undertaking as they stand on the day of the consent.
    #[staticmethod]
    #[pyo3(signature = (documents = None))]
    fn e_onay(documents: Option<Vec<Py<Document>>>) -> PyResult<Self> {
        let documents = documents.iter().flatten().map(|document| document.get().0.clone()).collect();
        core::Offer::e_onay(documents).or_raise().map(Self)
    }

    /// Which consent it is.
    #[getter]
    fn kind(&self) -> ConsentKind {
        ConsentKind(self.0.kind.clone())
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Offer {} {}>", self.0.kind.id, self.0.kind.version)
    }
}
