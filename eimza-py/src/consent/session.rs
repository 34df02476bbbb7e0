//! The application's session, step by step.

use std::sync::Arc;
use std::time::Duration;

use eimza_core::consent::{self as core, ConsentService, SessionState};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::python_service::Service;
use super::{ConsentText, Receipt, Request};
use crate::certificate::Certificate;
use crate::errors::OrRaise;
use crate::secrets::{Held, VerificationCode};
use crate::time::{Moment, SettableClock, clock};
use crate::token::{Cancellation, ForKey, GivenPin, Permission, SignRequest, Token, TokenCertificate};

/// One consent, or one revocation, from the verification code to the receipt.
///
/// Times are the service's time at the opening plus what has passed since: setting the computer's clock changes neither
/// the countdown nor what is written down. It may be used from several threads; while a token signs, the countdown goes
/// on, and while the service is asked. The service is any object with the methods of ConsentService: what it raises comes
/// out as it is, but for ServiceUnreachable while something is handed in.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct ConsentSession {
    session: core::ConsentSession,
    service: Service,
}

type Open = fn(Arc<dyn ConsentService>, eimza_core::VerificationCode, Arc<dyn eimza_core::Clock>) -> Opened;
type Opened = eimza_core::Result<core::ConsentSession>;

#[pymethods]
impl ConsentSession {
    /// Redeems a code for a consent. A code for a revocation raises CodeError and stays usable.
    #[staticmethod]
    #[pyo3(signature = (service, code, *, clock = None))]
    fn open(
        py: Python<'_>,
        service: Service,
        code: &VerificationCode,
        clock: Option<&SettableClock>,
    ) -> PyResult<Self> {
        Self::opened(py, core::ConsentSession::open, service, code, clock)
    }

    /// Redeems a code for a revocation: its one text is the notice of what the revocation brings.
    #[staticmethod]
    #[pyo3(signature = (service, code, *, clock = None))]
    fn open_revocation(
        py: Python<'_>,
        service: Service,
        code: &VerificationCode,
        clock: Option<&SettableClock>,
    ) -> PyResult<Self> {
        Self::opened(py, core::ConsentSession::open_revocation, service, code, clock)
    }

    /// Redeems a code for whatever it is for: request.purpose tells.
    #[staticmethod]
    #[pyo3(signature = (service, code, *, clock = None))]
    fn open_any(
        py: Python<'_>,
        service: Service,
        code: &VerificationCode,
        clock: Option<&SettableClock>,
    ) -> PyResult<Self> {
        Self::opened(py, core::ConsentSession::open_any, service, code, clock)
    }

    /// What the service asks for.
    #[getter]
    fn request(&self) -> Request {
        Request(self.session.request().clone())
    }

    /// How many texts there are to show, to read and to sign.
    #[getter]
    fn text_count(&self) -> usize {
        self.session.texts().len()
    }

    /// The texts, in the order in which they are signed: for their titles. What is put on the screen is taken from show().
    #[getter]
    fn texts(&self) -> Vec<ConsentText> {
        self.session.texts().iter().cloned().map(ConsentText).collect()
    }

    /// "opened", "shown", "read", "signed", "submitted", "received", "accepted", "rejected", "outcome-unknown",
    /// "already-given", "expired" or "cancelled".
    #[getter]
    fn state(&self) -> &'static str {
        self.session.state().name()
    }

    /// Since when a consent of this kind stands, where the state is "already-given".
    #[getter]
    fn given_since(&self) -> Option<Moment> {
        match self.session.state() {
            SessionState::AlreadyGiven { since } => Some(Moment(since)),
            _ => None,
        }
    }

    /// The stable name of the check that failed, where the state is "rejected".
    #[getter]
    fn rejection(&self) -> Option<&'static str> {
        match self.session.state() {
            SessionState::Rejected(rejection) => Some(rejection.name()),
            _ => None,
        }
    }

    /// The countdown.
    #[getter]
    fn remaining(&self) -> Duration {
        self.session.remaining()
    }

    /// The service's time now, as far as this session knows it.
    #[getter]
    fn now(&self) -> Moment {
        Moment(self.session.now())
    }

    /// Notes that a text came on the screen, and hands it out: what is seen is what is signed.
    fn show(&self, text: usize) -> PyResult<ConsentText> {
        self.session.show(text).cloned().or_raise().map(ConsentText)
    }

    /// Notes that the person read a text, and when. ConsentOrder before it was shown, ConsentError before the time that
    /// is demanded has passed.
    fn read(&self, text: usize) -> PyResult<Moment> {
        self.session.read(text).or_raise().map(Moment)
    }

    /// Ticks a declaration, or takes the tick back.
    #[pyo3(signature = (declaration, ticked = true))]
    fn tick(&self, declaration: usize, ticked: bool) -> PyResult<()> {
        self.session.tick(declaration, ticked).or_raise()
    }

    /// Raises unless this certificate may sign here: of this person, qualified, valid now, meant for signing.
    ///
    /// Ask before the PIN is asked: a certificate that the service would refuse costs no try.
    fn check_signer(&self, certificate: &Certificate) -> PyResult<()> {
        self.session.check_signer(&certificate.0).or_raise()
    }

    /// Signs every text with one entry of the PIN. A wrong PIN leaves the session where it was.
    #[pyo3(signature = (token, signer, pin, *, spend_last_try = false, allow_unusual_pin = false, cancellation = None, key_pin = None, spend_last_try_of_key_pin = false))]
    #[allow(clippy::too_many_arguments)]
    fn sign(
        &self,
        py: Python<'_>,
        token: &Token,
        signer: &TokenCertificate,
        pin: GivenPin,
        spend_last_try: bool,
        allow_unusual_pin: bool,
        cancellation: Option<&Cancellation>,
        key_pin: Option<GivenPin>,
        spend_last_try_of_key_pin: bool,
    ) -> PyResult<SignedConsent> {
        let attempt = Permission { spend_last_try, allow_unusual_pin }.attempt(cancellation);
        let attempt = ForKey { pin: key_pin, spend_last_try: spend_last_try_of_key_pin }.added_to(attempt);
        py.detach(|| self.session.sign(&token.0, &signer.0, pin.0, attempt)).or_raise().map(SignedConsent)
    }

    /// Makes what has to be signed, for keys that this library cannot reach.
    fn prepare(&self, py: Python<'_>, certificate: &Certificate) -> PyResult<PreparedConsent> {
        let prepared = py.detach(|| self.session.prepare(&certificate.0)).or_raise()?;
        Ok(PreparedConsent { requests: prepared.requests(), held: Held::new(prepared) })
    }

    /// Takes the signature values, one for each text, verifies them, and makes the signatures. ECDSA values are DER.
    fn complete(&self, py: Python<'_>, prepared: &PreparedConsent, values: Vec<Vec<u8>>) -> PyResult<SignedConsent> {
        let prepared = prepared.held.take("prepared")?;
        py.detach(|| self.session.complete(prepared, &values)).or_raise().map(SignedConsent)
    }

    /// Hands in what was signed. ConsentRejected with the reason; ConsentOutcomeUnknown where the answer was lost: then
    /// settle() tells, and handing in again does no harm. So it is after any other exception of the service.
    fn submit(&self, py: Python<'_>, signed: &SignedConsent) -> PyResult<Receipt> {
        py.detach(|| self.session.submit(&signed.0)).or_raise().map(Receipt)
    }

    /// Asks the service what became of a submission whose answer was lost. None: nothing arrived; hand it in again.
    fn settle(&self, py: Python<'_>) -> PyResult<Option<Receipt>> {
        Ok(py.detach(|| self.session.settle()).or_raise()?.map(Receipt))
    }

    /// Gives up. Nothing was handed in, nothing is kept; what was handed in cannot be taken back, and stays as it is.
    fn cancel(&self) {
        self.session.cancel();
    }

    fn __repr__(&self) -> String {
        let kind = &self.session.request().kind;
        format!("<eimza.ConsentSession {} {}, {}>", kind.id, kind.version, self.state())
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.service.traverse(&visit)
    }

    fn __clear__(&self) {
        self.service.clear();
    }
}

impl ConsentSession {
    fn opened(
        py: Python<'_>,
        open: Open,
        service: Service,
        code: &VerificationCode,
        given: Option<&SettableClock>,
    ) -> PyResult<Self> {
        let (code, clock) = (code.take()?, clock(given));
        let session = py.detach(|| open(service.face(), code, clock)).or_raise()?;
        Ok(Self { session, service })
    }
}

/// What has to be signed, text by text. ConsentSession.complete takes it back, once, with the values.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct PreparedConsent {
    held: Held<core::PreparedConsent>,
    requests: Vec<eimza_core::token::SignRequest>,
}

#[pymethods]
impl PreparedConsent {
    /// For each text what the key has to sign.
    #[getter]
    fn requests(&self) -> Vec<SignRequest> {
        self.requests.iter().copied().map(SignRequest).collect()
    }

    fn __repr__(&self) -> String {
        format!("<eimza.PreparedConsent, {} to sign>", self.requests.len())
    }
}

/// What was signed, ready to be handed in to the service it was signed for.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct SignedConsent(pub(crate) core::SignedConsent);

#[pymethods]
impl SignedConsent {
    /// The record's canonical octets: what was asked, shown, read and ticked, and when.
    #[getter]
    fn record<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.record())
    }

    /// The CAdES signatures, one for each text.
    #[getter]
    fn signatures<'py>(&self, py: Python<'py>) -> Vec<Bound<'py, PyBytes>> {
        self.0.signatures().iter().map(|signature| PyBytes::new(py, signature)).collect()
    }

    /// The signing time, as it stands in the signatures.
    #[getter]
    fn signed_at(&self) -> Moment {
        Moment(self.0.signed_at())
    }

    fn __repr__(&self) -> String {
        format!("<eimza.SignedConsent, {} signatures, {}>", self.0.signatures().len(), self.0.signed_at())
    }
}
