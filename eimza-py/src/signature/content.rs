//! Content on its way to the core: octets, a digest, or a file of any size.

use std::path::PathBuf;

use eimza_core::cades::{self as core, Placement, SigningOptions};
use eimza_core::cms;
use eimza_core::crypto;
use eimza_core::error::ArgumentFault;
use eimza_core::{Certificate, Error, Result};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use crate::errors::{OrRaise, invalid};
use crate::names;

/// A message digest that was computed elsewhere, for detached content: its algorithm and its octets.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(Clone, PartialEq)]
pub(crate) struct Digest(pub(crate) crypto::Digest);

#[pymethods]
impl Digest {
    #[new]
    fn new(algorithm: &str, octets: &[u8]) -> PyResult<Self> {
        match crypto::Digest::from_octets(names::digest(algorithm)?, octets) {
            Some(digest) => Ok(Self(digest)),
            None => invalid("digest", ArgumentFault::DigestLength),
        }
    }

    /// "sha1", "sha256", "sha384" or "sha512".
    #[getter]
    fn algorithm(&self) -> &'static str {
        names::of_digest(self.0.algorithm())
    }

    /// Its octets.
    #[getter]
    fn octets<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.as_bytes())
    }

    fn __repr__(&self) -> String {
        format!("eimza.Digest({}, {})", self.algorithm(), self.0.to_hex())
    }
}

/// Digests a file of any size in bounded memory; a file that changes while it is read raises InputError.
#[pyfunction]
#[pyo3(signature = (path, algorithm = "sha256"))]
pub(crate) fn digest_file(py: Python<'_>, path: PathBuf, algorithm: &str) -> PyResult<Digest> {
    let algorithm = names::digest(algorithm)?;
    let digests = py.detach(|| cms::digest_file(&path, &[algorithm])).or_raise()?;
    digests
        .into_iter()
        .next()
        .map_or_else(|| invalid("algorithm", ArgumentFault::NameUnknown), |digest| Ok(Digest(digest)))
}

/// bytes, a Digest, or the path of a file (os.PathLike, never a str: that could be the content itself).
pub(crate) enum Content {
    Bytes(PyBackedBytes),
    Digest(crypto::Digest),
    File(PathBuf),
}

impl<'py> FromPyObject<'_, 'py> for Content {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if given.is_instance_of::<PyBytes>() {
            return Ok(Self::Bytes(given.extract()?));
        }
        if let Ok(digest) = given.cast::<Digest>() {
            return Ok(Self::Digest(digest.get().0));
        }
        if given.hasattr("__fspath__")? {
            return given.extract().map(Self::File);
        }
        Err(PyTypeError::new_err("the content has to be bytes, an eimza.Digest or an os.PathLike"))
    }
}

impl Content {
    /// The content as `options` want it: a file is read for an attached signature, else digested piece by piece.
    pub(crate) fn for_signing<T>(
        &self,
        certificate: &Certificate,
        options: &SigningOptions,
        use_: impl FnOnce(cms::Content<'_>) -> Result<T>,
    ) -> Result<T> {
        match (self, options.placement) {
            (Self::File(path), Placement::Attached) => use_(cms::Content::Bytes(&cms::read_file(path)?)),
            (Self::File(_), Placement::Detached) => {
                // What would be signed over nothing tells by which digest this key signs.
                let algorithm = core::prepare(cms::Content::Bytes(b""), certificate, options)?.digest().algorithm();
                self.detached(&[algorithm], use_)
            }
            _ => self.detached(&[], use_),
        }
    }

    /// The content for a state whose placement only the state knows: a file is digested first, and read whole only where
    /// its octets turn out to be wanted.
    pub(crate) fn for_completing<T>(
        &self,
        algorithm: crypto::DigestAlgorithm,
        use_: impl Fn(cms::Content<'_>) -> Result<T>,
    ) -> Result<T> {
        match (self.detached(&[algorithm], &use_), self) {
            (Err(Error::ContentMissing), Self::File(path)) => use_(cms::Content::Bytes(&cms::read_file(path)?)),
            (result, _) => result,
        }
    }

    /// The content of a detached signature in `file`: a content's file is digested as that signature needs it.
    pub(crate) fn for_reading<T>(&self, file: &[u8], use_: impl FnOnce(cms::Content<'_>) -> Result<T>) -> Result<T> {
        // What cannot be read needs no digest: the verdict will say so.
        let needed =
            cms::decode(file).ok().and_then(|octets| Some(cms::SignedData::read(&octets).ok()?.digests_needed()));
        self.detached(&needed.unwrap_or_default(), use_)
    }

    /// The content, files by these digests.
    pub(crate) fn detached<T>(
        &self,
        algorithms: &[crypto::DigestAlgorithm],
        use_: impl FnOnce(cms::Content<'_>) -> Result<T>,
    ) -> Result<T> {
        match self {
            Self::Bytes(octets) => use_(cms::Content::Bytes(octets)),
            Self::Digest(digest) => use_(cms::Content::Digest(*digest)),
            Self::File(path) => use_(cms::Content::Digests(&cms::digest_file(path, algorithms)?)),
        }
    }
}
