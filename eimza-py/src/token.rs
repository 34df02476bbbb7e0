//! Tokens: what holds the key. Every call lets other Python threads run while the token is at work.

mod call;
mod info;
mod software;

use std::path::PathBuf;
use std::sync::Arc;

use eimza_core::token as core;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use call::GivenPuk;
pub(crate) use call::{Cancellation, ForKey, GivenPin, NotNeeded, OnDevice, OpenLogin, Permission};
pub(crate) use info::{Module, PinState, SignRequest, TokenCertificate, TokenInfo, modules};
pub(crate) use software::{KeyMaterial, Pkcs12, TestIssuer, create_software_token};

use crate::certificate::{Candidates, Found};
use crate::errors::OrRaise;

/// Opens the token that an address names: "pkcs11:token=NES1?module-path=…" (RFC 7512), "pcsc:READER NAME" (a card without a module) or "file:PATH".
///
/// What TokenInfo.address says can be given back here. Spends no try.
#[pyfunction]
pub(crate) fn open_token(py: Python<'_>, address: &str) -> PyResult<Token> {
    py.detach(|| core::open(address)).or_raise().map(Token)
}

/// The one token of this machine with a certificate that may sign. TokenAbsent for none, TokensSeveral for more.
#[pyfunction]
pub(crate) fn only_token(py: Python<'_>) -> PyResult<Token> {
    py.detach(core::only).or_raise().map(Token)
}

/// The tokens of this machine that hold a certificate that may sign. Spends no try.
#[pyfunction]
pub(crate) fn usable_tokens(py: Python<'_>) -> Vec<Token> {
    let usable = py.detach(|| core::usable(|found| found.certificate.check_can_sign().is_ok()));
    usable.into_iter().map(Token).collect()
}

/// All tokens behind PKCS#11 modules that an address names (RFC 7512); "pkcs11:" names every token of this machine.
///
/// Spends no try and logs in nowhere.
#[pyfunction]
pub(crate) fn pkcs11_tokens(py: Python<'_>, address: &str) -> PyResult<Vec<Token>> {
    let found = py.detach(|| core::pkcs11::tokens(&address.parse()?)).or_raise()?;
    Ok(found.into_iter().map(Token).collect())
}

/// A token. It may be used from several threads; PIN operations on one token wait for each other.
///
/// Where a PIN is due, a str, bytes, bytearray or Pin is taken, or OnDevice() for the reader's own keypad. A bytearray
/// is filled with zeros; a str or bytes cannot be wiped. One PIN given is one attempt: nothing is repeated. The last try
/// is spent only with spend_last_try=True; a PIN of unusual length or in white space is sent only with
/// allow_unusual_pin=True.
///
/// A key whose wanted_pin is "own" has a PIN beside the one that opens the token: give it as key_pin. Its last try is spent
/// only with spend_last_try_of_key_pin=True.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Token(pub(crate) core::Token);

#[pymethods]
impl Token {
    /// The same token with failed attempts remembered in a file beyond this process. The file holds no secret.
    fn with_memory(&self, path: PathBuf) -> Self {
        Self(self.0.clone().with_memory(Arc::new(core::FileMemory::new(path))))
    }

    /// What the token is called and what it is. Never spends a try.
    fn info(&self, py: Python<'_>) -> PyResult<TokenInfo> {
        py.detach(|| self.0.info()).or_raise().map(TokenInfo)
    }

    /// The certificates on the token. Never asks for a PIN and never spends a try.
    fn certificates(&self, py: Python<'_>) -> PyResult<Candidates> {
        let all = py.detach(|| self.0.certificates()).or_raise()?;
        let found = all.into_iter().map(Found::OnToken).collect();
        Ok(Candidates(eimza_core::certificate::Candidates::new(found)))
    }

    /// All certificates on the token, for the few that hide them until somebody logs in: one attempt with the PIN.
    ///
    /// Offer it to the person where certificates() finds nothing, on the one token that is meant.
    #[pyo3(signature = (pin, *, spend_last_try = false, allow_unusual_pin = false, cancellation = None))]
    fn certificates_with_pin(
        &self,
        py: Python<'_>,
        pin: GivenPin,
        spend_last_try: bool,
        allow_unusual_pin: bool,
        cancellation: Option<&Cancellation>,
    ) -> PyResult<Candidates> {
        let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
        let all = py.detach(|| self.0.certificates_with_pin(pin.0, attempt)).or_raise()?;
        Ok(Candidates(eimza_core::certificate::Candidates::new(all.into_iter().map(Found::OnToken).collect())))
    }

    /// The same, and the PIN that the token accepted: sign with what was found, and the person is asked once.
    #[pyo3(signature = (pin, *, spend_last_try = false, allow_unusual_pin = false, cancellation = None))]
    fn certificates_and_pin(
        &self,
        py: Python<'_>,
        pin: GivenPin,
        spend_last_try: bool,
        allow_unusual_pin: bool,
        cancellation: Option<&Cancellation>,
    ) -> PyResult<(Candidates, Py<PyAny>)> {
        let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
        let (all, pin) = py.detach(|| self.0.certificates_and_pin(pin.0, attempt)).or_raise()?;
        let all = all.into_iter().map(Found::OnToken).collect();
        Ok((Candidates(eimza_core::certificate::Candidates::new(all)), call::given_back(py, pin)?))
    }

    /// How it stands with the PIN. Never spends a try.
    fn pin_status(&self, py: Python<'_>) -> PyResult<PinState> {
        py.detach(|| self.0.pin_status()).or_raise().map(PinState)
    }

    /// How it stands with the PUK. Never spends a try.
    fn puk_status(&self, py: Python<'_>) -> PyResult<PinState> {
        py.detach(|| self.0.puk_status()).or_raise().map(PinState)
    }

    /// How it stands with the PIN that the certificate's key has, or may have, of its own. Never spends a try.
    fn key_pin_status(&self, py: Python<'_>, signer: &TokenCertificate) -> PyResult<PinState> {
        py.detach(|| self.0.key_pin_status(&signer.0)).or_raise().map(PinState)
    }

    /// Raises what an attempt with the PIN would be refused with as things stand; asks the token by free means only.
    ///
    /// Ask before the person is asked for a PIN that would not be sent.
    #[pyo3(signature = (*, spend_last_try = false))]
    fn check_pin_attempt(&self, py: Python<'_>, spend_last_try: bool) -> PyResult<()> {
        let attempt = Permission { spend_last_try, allow_unusual_pin: false }.attempt(None);
        py.detach(|| self.0.check_attempt(core::PinKind::Pin, attempt)).or_raise()
    }

    /// The same for the PUK.
    #[pyo3(signature = (*, spend_last_try = false))]
    fn check_puk_attempt(&self, py: Python<'_>, spend_last_try: bool) -> PyResult<()> {
        let attempt = Permission { spend_last_try, allow_unusual_pin: false }.attempt(None);
        py.detach(|| self.0.check_attempt(core::PinKind::Puk, attempt)).or_raise()
    }

    /// The same for the PIN that the certificate's key has, or may have, of its own.
    #[pyo3(signature = (signer, *, spend_last_try = false))]
    fn check_key_pin_attempt(&self, py: Python<'_>, signer: &TokenCertificate, spend_last_try: bool) -> PyResult<()> {
        let attempt = ForKey { pin: None, spend_last_try }.added_to(core::Attempt::new());
        py.detach(|| self.0.check_attempt(core::PinId::of_key(&signer.0.certificate), attempt)).or_raise()
    }

    /// Presents the PIN once and forgets the rights again. A refused PIN raises PinIncorrect with tries_left.
    #[pyo3(signature = (pin, *, spend_last_try = false, allow_unusual_pin = false, cancellation = None))]
    fn verify_pin(
        &self,
        py: Python<'_>,
        pin: GivenPin,
        spend_last_try: bool,
        allow_unusual_pin: bool,
        cancellation: Option<&Cancellation>,
    ) -> PyResult<()> {
        let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
        py.detach(|| self.0.verify_pin(pin.0, attempt)).or_raise()
    }

    /// Changes the PIN: one attempt with the old one.
    #[pyo3(signature = (old, new, *, spend_last_try = false, allow_unusual_pin = false, cancellation = None))]
    fn change_pin(
        &self,
        py: Python<'_>,
        old: GivenPin,
        new: GivenPin,
        spend_last_try: bool,
        allow_unusual_pin: bool,
        cancellation: Option<&Cancellation>,
    ) -> PyResult<()> {
        let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
        py.detach(|| self.0.change_pin(old.0, new.0, attempt)).or_raise()
    }

    /// Sets a new PIN with the PUK: one attempt with the PUK. A wrong PUK can make a card useless for good.
    #[pyo3(signature = (puk, new, *, spend_last_try = false, allow_unusual_pin = false, cancellation = None))]
    fn unblock_pin(
        &self,
        py: Python<'_>,
        puk: GivenPuk,
        new: GivenPin,
        spend_last_try: bool,
        allow_unusual_pin: bool,
        cancellation: Option<&Cancellation>,
    ) -> PyResult<()> {
        let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
        py.detach(|| self.0.unblock_pin(puk.0, new.0, attempt)).or_raise()
    }

    /// Changes the PUK: one attempt with the old one.
    #[pyo3(signature = (old, new, *, spend_last_try = false, allow_unusual_pin = false, cancellation = None))]
    fn change_puk(
        &self,
        py: Python<'_>,
        old: GivenPuk,
        new: GivenPuk,
        spend_last_try: bool,
        allow_unusual_pin: bool,
        cancellation: Option<&Cancellation>,
    ) -> PyResult<()> {
        let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
        py.detach(|| self.0.change_puk(old.0, new.0, attempt)).or_raise()
    }

    /// Signs one digest: one entry of the PIN, one signature value. ECDSA values are DER.
    ///
    /// The value is verified with the certificate before it is returned.
    #[pyo3(signature = (signer, request, pin, *, spend_last_try = false, allow_unusual_pin = false, cancellation = None, key_pin = None, spend_last_try_of_key_pin = false))]
    #[allow(clippy::too_many_arguments)]
    fn sign<'py>(
        &self,
        py: Python<'py>,
        signer: &TokenCertificate,
        request: &SignRequest,
        pin: GivenPin,
        spend_last_try: bool,
        allow_unusual_pin: bool,
        cancellation: Option<&Cancellation>,
        key_pin: Option<GivenPin>,
        spend_last_try_of_key_pin: bool,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
        let attempt = ForKey { pin: key_pin, spend_last_try: spend_last_try_of_key_pin }.added_to(attempt);
        let value = py.detach(|| self.0.sign(&signer.0, request.0, pin.0, attempt)).or_raise()?;
        Ok(PyBytes::new(py, &value))
    }

    /// Signs several digests that were listed to the person beforehand, with one entry of the PIN.
    ///
    /// The first refusal ends the batch and no value is returned.
    #[pyo3(signature = (signer, requests, pin, *, spend_last_try = false, allow_unusual_pin = false, cancellation = None, key_pin = None, spend_last_try_of_key_pin = false))]
    #[allow(clippy::too_many_arguments)]
    fn sign_batch<'py>(
        &self,
        py: Python<'py>,
        signer: &TokenCertificate,
        requests: Vec<Py<SignRequest>>,
        pin: GivenPin,
        spend_last_try: bool,
        allow_unusual_pin: bool,
        cancellation: Option<&Cancellation>,
        key_pin: Option<GivenPin>,
        spend_last_try_of_key_pin: bool,
    ) -> PyResult<Vec<Bound<'py, PyBytes>>> {
        let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
        let attempt = ForKey { pin: key_pin, spend_last_try: spend_last_try_of_key_pin }.added_to(attempt);
        let requests = requests.iter().map(|request| request.get().0).collect();
        let values = py.detach(|| self.0.sign_batch(&signer.0, requests, pin.0, attempt)).or_raise()?;
        Ok(values.iter().map(|value| PyBytes::new(py, value)).collect())
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        match py.detach(|| self.0.info()) {
            Ok(info) => format!("<eimza.Token {}>", info.label),
            Err(error) => format!("<eimza.Token, {}>", error.name()),
        }
    }
}
