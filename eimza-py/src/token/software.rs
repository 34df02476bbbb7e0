//! Software tokens: the developer's card, and the keys that go into it.

use std::path::PathBuf;

use eimza_core::token::software::{self as core, Creation, DEFAULT_ITERATIONS, SoftwareToken, TestPerson, Validity};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use zeroize::Zeroizing;

use super::Token;
use super::call::{SetPin, SetPuk};
use crate::certificate::Certificate;
use crate::errors::{self, OrRaise};
use crate::names;
use crate::secrets::{Held, Password};
use crate::time::Moment;

/// Makes a software token in a new file, or in memory where the path is None: it ends with the process then.
///
/// It behaves like a card: three wrong PINs block it, the PUK unblocks it, three wrong PUKs end it for good. It is no
/// qualified device, and whoever copies the file copies its tries. iterations: rounds that each guess of the PIN costs,
/// 1000 to 10000000; fewer than usual are for tests. TokenFileError where something is there already.
#[pyfunction]
#[pyo3(signature = (path, label, keys, pin, puk, *, iterations = None))]
pub(crate) fn create_software_token(
    py: Python<'_>,
    path: Option<PathBuf>,
    label: String,
    keys: Vec<Py<KeyMaterial>>,
    pin: SetPin,
    puk: SetPuk,
    iterations: Option<u32>,
) -> PyResult<Token> {
    let keys = keys.iter().map(|key| key.get().take()).collect::<PyResult<_>>()?;
    let iterations = iterations.unwrap_or(DEFAULT_ITERATIONS);
    let creation = Creation { iterations, ..Creation::new(label, keys, pin.0, puk.0) };
    let token = py.detach(|| match path {
        Some(path) => SoftwareToken::create(path, creation),
        None => SoftwareToken::in_memory(creation),
    });
    token.or_raise().map(Token)
}

/// A private key and the certificates that go with it. It goes into one token or one seal.
///
/// Made of a PrivateKeyInfo in DER (PKCS#8, RFC 5208) and its certificates, the key's own first.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct KeyMaterial {
    key: Held<core::KeyMaterial>,
    certificates: Vec<eimza_core::Certificate>,
}

#[pymethods]
impl KeyMaterial {
    #[new]
    #[pyo3(signature = (pkcs8, certificates, *, label = "SIGN0"))]
    fn new(pkcs8: &[u8], certificates: Vec<Py<Certificate>>, label: &str) -> PyResult<Self> {
        let certificates = certificates.iter().map(|certificate| certificate.get().0.clone()).collect();
        core::KeyMaterial::new(Zeroizing::new(pkcs8.to_vec()), label, certificates).or_raise().map(Self::holding)
    }

    /// The keys of a PKCS#12 file, each with its certificate and what the file has of that one's chain.
    #[staticmethod]
    fn from_pkcs12(py: Python<'_>, file: &[u8], password: &Password) -> PyResult<Vec<Self>> {
        let password = password.take()?;
        let keys = py.detach(|| core::KeyMaterial::from_pkcs12(file, &password)).or_raise()?;
        Ok(keys.into_iter().map(Self::holding).collect())
    }

    /// A fresh key with a certificate that it signed itself: worth nothing, and named "eimza TEST …".
    ///
    /// key: "RSA-2048", "RSA-3072", "RSA-4096", "EC P-256", "EC P-384" or "EC P-521".
    #[staticmethod]
    #[pyo3(signature = (name, not_before, not_after, *, key = "EC P-256"))]
    fn self_signed(py: Python<'_>, name: &str, not_before: Moment, not_after: Moment, key: &str) -> PyResult<Self> {
        let key_type = names::key_type(key)?;
        let validity = Validity { not_before: not_before.0, not_after: not_after.0 };
        py.detach(|| core::KeyMaterial::self_signed(&key_type, name, validity)).or_raise().map(Self::holding)
    }

    /// The certificates, the key's own first.
    #[getter]
    fn certificates(&self) -> Vec<Certificate> {
        self.certificates.iter().cloned().map(Certificate).collect()
    }

    fn __repr__(&self) -> String {
        let subject = self.certificates.first().map_or_else(|| "…".to_owned(), |one| one.subject().to_string());
        format!("<eimza.KeyMaterial {subject}>")
    }
}

impl KeyMaterial {
    fn holding(key: core::KeyMaterial) -> Self {
        Self { certificates: key.certificates().to_vec(), key: Held::new(key) }
    }

    /// Moves the key out: it serves once.
    pub(crate) fn take(&self) -> PyResult<core::KeyMaterial> {
        self.key.take("key")
    }
}

/// What a PKCS#12 file holds: the keys that can be used, and why other parts were passed over.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Pkcs12 {
    keys: Vec<Py<KeyMaterial>>,
    passed_over: Vec<Py<PyAny>>,
}

#[pymethods]
impl Pkcs12 {
    /// Reads a file. A part that cannot be read hides no other; TokenFileError where no key can be used.
    #[new]
    fn new(py: Python<'_>, file: &[u8], password: &Password) -> PyResult<Self> {
        let password = password.take()?;
        let contents = py.detach(|| core::Pkcs12::read(file, &password)).or_raise()?;
        let keys = contents.keys.into_iter().map(|key| Py::new(py, KeyMaterial::holding(key)));
        let passed_over = contents.passed_over.iter().map(|error| errors::exception(py, error));
        Ok(Self {
            keys: keys.collect::<PyResult<_>>()?,
            passed_over: passed_over.map(|raised| Ok(raised?.into_value(py).into_any())).collect::<PyResult<_>>()?,
        })
    }

    /// The keys, each with its certificate and what the file has of that one's chain.
    #[getter]
    fn keys(&self, py: Python<'_>) -> Vec<Py<KeyMaterial>> {
        self.keys.iter().map(|key| key.clone_ref(py)).collect()
    }

    /// An exception for each part that was passed over: a key of an unknown kind or without a certificate, a damaged
    /// certificate of a chain.
    #[getter]
    fn passed_over(&self, py: Python<'_>) -> Vec<Py<PyAny>> {
        self.passed_over.iter().map(|error| error.clone_ref(py)).collect()
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Pkcs12, {} keys, {} parts passed over>", self.keys.len(), self.passed_over.len())
    }
}

/// Issues test certificates like those of persons (NES); its key ends with this object.
///
/// Every name begins with "eimza TEST", and the notice in each certificate says that it has no legal effect.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct TestIssuer(core::TestIssuer);

#[pymethods]
impl TestIssuer {
    /// Tells pytest that this class is no test, although its name begins like one.
    #[classattr]
    #[pyo3(name = "__test__")]
    const IS_TEST: bool = false;

    #[new]
    fn new(py: Python<'_>, not_before: Moment, not_after: Moment) -> PyResult<Self> {
        let validity = Validity { not_before: not_before.0, not_after: not_after.0 };
        py.detach(|| core::TestIssuer::new(validity)).or_raise().map(Self)
    }

    /// The issuer's own certificate.
    #[getter]
    fn certificate(&self) -> Certificate {
        Certificate(self.0.certificate().clone())
    }

    /// A fresh key and its certificate, with the issuer's as its chain. key as in KeyMaterial.self_signed.
    #[pyo3(signature = (name, national_id, not_before, not_after, *, key = "EC P-256"))]
    fn issue(
        &self,
        py: Python<'_>,
        name: String,
        national_id: String,
        not_before: Moment,
        not_after: Moment,
        key: &str,
    ) -> PyResult<KeyMaterial> {
        let key_type = names::key_type(key)?;
        let validity = Validity { not_before: not_before.0, not_after: not_after.0 };
        let person = TestPerson { name, national_id };
        py.detach(|| self.0.issue(&person, &key_type, validity)).or_raise().map(KeyMaterial::holding)
    }

    /// The revocation list, DER: it tells how things stand from this_update on, and a newer one is due at next_update.
    fn crl<'py>(&self, py: Python<'py>, this_update: Moment, next_update: Moment) -> PyResult<Bound<'py, PyBytes>> {
        let validity = Validity { not_before: this_update.0, not_after: next_update.0 };
        Ok(PyBytes::new(py, self.0.crl(validity).or_raise()?.der()))
    }

    /// The OCSP answer about a certificate of this issuer, DER, for the time from this_update to next_update.
    fn ocsp<'py>(
        &self,
        py: Python<'py>,
        certificate: &Certificate,
        this_update: Moment,
        next_update: Moment,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let validity = Validity { not_before: this_update.0, not_after: next_update.0 };
        Ok(PyBytes::new(py, self.0.ocsp(&certificate.0, validity).or_raise()?.der()))
    }

    /// Revokes a certificate of this issuer since this time: lists and answers say so from now on.
    fn revoke(&self, certificate: &Certificate, since: Moment) {
        self.0.revoke(&certificate.0, since.0);
    }

    fn __repr__(&self) -> String {
        format!("<eimza.TestIssuer {}>", self.0.certificate().subject())
    }
}
