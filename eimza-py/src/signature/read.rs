//! What is inside a signature file, without judging it.

use eimza_core::cms;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyDict};

use crate::errors::{OrRaise, dict};
use crate::names;

/// Looks into a signature file without judging it: CMS SignedData (RFC 5652), DER or BER, also as PEM or base64.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct SignedData {
    octets: Vec<u8>,
}

#[pymethods]
impl SignedData {
    #[new]
    fn new(py: Python<'_>, file: PyBackedBytes) -> PyResult<Self> {
        let octets = py.detach(|| {
            let octets = cms::decode(&file)?.into_owned();
            cms::SignedData::read(&octets)?;
            Ok(octets)
        });
        octets.or_raise().map(|octets| Self { octets })
    }

    /// The octets as they came (decoded, if they came as text).
    #[getter]
    fn octets<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.octets)
    }

    /// Whether the content stands inside.
    #[getter]
    fn is_attached(&self) -> PyResult<bool> {
        self.read().map(|data| data.is_attached())
    }

    /// The content inside; None for a detached signature.
    #[getter]
    fn content<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let content = self.read()?.content().or_raise()?;
        Ok(content.map(|octets| PyBytes::new(py, &octets)))
    }

    /// The DER of each X.509 certificate inside, unparsed: one that cannot be read does not hide the others.
    #[getter]
    fn certificates<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyBytes>>> {
        Ok(self.read()?.certificates().map(|octets| PyBytes::new(py, octets)).collect())
    }

    /// The DER of each CRL, or the octets of other revocation data.
    #[getter]
    fn revocation_data<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyBytes>>> {
        Ok(self.read()?.revocation_data().map(|octets| PyBytes::new(py, octets)).collect())
    }

    /// The signers in their order in the file; counter-signers are found by verify().
    #[getter]
    fn signers(&self) -> PyResult<Vec<Signer>> {
        Ok(self.read()?.signers().iter().map(Signer::of).collect())
    }

    /// The algorithms by which a detached content has to be digested.
    #[getter]
    fn digests_needed(&self) -> PyResult<Vec<&'static str>> {
        Ok(self.read()?.digests_needed().into_iter().map(names::of_digest).collect())
    }

    fn __repr__(&self) -> PyResult<String> {
        let data = self.read()?;
        let kind = if data.is_attached() { "attached" } else { "detached" };
        Ok(format!("<eimza.SignedData {kind}, {} signers, {} octets>", data.signers().len(), self.octets.len()))
    }
}

impl SignedData {
    /// Reading copies nothing, so that it is done again at each question.
    pub(super) fn read(&self) -> PyResult<cms::SignedData<'_>> {
        cms::SignedData::read(&self.octets).or_raise()
    }
}

/// Shows what is inside of a signature file as a dict, the fields of `eimza inspect`, without judging it;
/// national ids masked unless revealed.
#[pyfunction]
#[pyo3(signature = (file, *, reveal = false))]
pub(crate) fn inspect(py: Python<'_>, file: PyBackedBytes, reveal: bool) -> PyResult<Bound<'_, PyDict>> {
    let seen = py.detach(|| {
        let octets = cms::decode(&file)?;
        cms::inspect(&octets).map(|page| if reveal { page.revealed() } else { page })
    });
    dict(py, &seen.or_raise()?)
}

/// One signer of a file, as it stands there.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Signer {
    octets: Vec<u8>,
    value: Vec<u8>,
    digest_algorithm: Option<&'static str>,
    signed_attributes: Vec<String>,
    unsigned_attributes: Vec<String>,
}

impl Signer {
    fn of(signer: &cms::Signer<'_>) -> Self {
        let oids = |attributes: Option<cms::Attributes<'_>>| {
            attributes.iter().flat_map(cms::Attributes::iter).map(|attribute| attribute.identifier()).collect()
        };
        Self {
            octets: signer.bytes().to_vec(),
            value: signer.value().to_vec(),
            digest_algorithm: signer.digest_algorithm().map(names::of_digest),
            signed_attributes: oids(signer.signed_attributes()),
            unsigned_attributes: oids(signer.unsigned_attributes()),
        }
    }
}

#[pymethods]
impl Signer {
    /// All octets of the SignerInfo (RFC 5652 section 5.3).
    #[getter]
    fn octets<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.octets)
    }

    /// The signature's value octets.
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.value)
    }

    /// The digest algorithm; None for one that is not computed here.
    #[getter]
    fn digest_algorithm(&self) -> Option<&'static str> {
        self.digest_algorithm
    }

    /// Object identifiers of the signed attributes, in their order.
    #[getter]
    fn signed_attributes(&self) -> Vec<String> {
        self.signed_attributes.clone()
    }

    /// Object identifiers of the unsigned attributes, in their order.
    #[getter]
    fn unsigned_attributes(&self) -> Vec<String> {
        self.unsigned_attributes.clone()
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Signer {}, {} octets>", self.digest_algorithm.unwrap_or("?"), self.octets.len())
    }
}
