//! The embedded service: a portal and a receiving side in this process.

use std::sync::Arc;
use std::time::Duration;

use eimza_core::consent::{self as core, Caller, ConsentPortal, ConsentService, Purpose, ReceiptSigner, Settings};
use eimza_core::revocation::GivenStatus;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use super::outcome::Start;
use super::request::purpose_of;
use super::trust::status_data;
use super::{Application, ConsentKind, ConsentStatus, Issued, Offer, Person, Receipt, Redeemed, Submission, Trust};
use crate::certificate::Certificate;
use crate::errors::OrRaise;
use crate::secrets::VerificationCode;
use crate::time::{Moment, SettableClock};
use crate::token::KeyMaterial;

/// A consent service in memory: for demonstrations, for tests, and as the far end of an application's own ConsentService.
///
/// trust says whom it trusts and by which rules it judges; the seal is the key with which it seals receipts. crls and ocsps
/// are the status data that it has, files in DER or PEM: what holds is accepted only where every signature is TOTAL-PASSED,
/// and where data is missing it is received: add_status, judge_again. Codes live for code_lifetime (5 minutes); tolerance (5
/// minutes) is how far an application's clock may differ.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct EmbeddedService {
    pub(super) service: Arc<core::EmbeddedService>,
    status: Arc<GivenStatus>,
}

#[pymethods]
impl EmbeddedService {
    #[new]
    #[pyo3(signature = (name, offers, trust, seal, *, crls = None, ocsps = None, clock = None, code_lifetime = None,
        tolerance = None))]
    #[expect(clippy::too_many_arguments, reason = "keyword arguments in Python")]
    fn new(
        name: &str,
        offers: Vec<Py<Offer>>,
        trust: &Trust,
        seal: &KeyMaterial,
        crls: Option<Vec<PyBackedBytes>>,
        ocsps: Option<Vec<PyBackedBytes>>,
        clock: Option<&SettableClock>,
        code_lifetime: Option<Duration>,
        tolerance: Option<Duration>,
    ) -> PyResult<Self> {
        let mut settings = Settings::new(name, Arc::new(ReceiptSigner::new(seal.take()?).or_raise()?));
        settings.offers = offers.iter().map(|offer| offer.get().0.clone()).collect();
        let status = Arc::new(GivenStatus::new());
        status.add(status_data(crls, ocsps)?);
        (settings.trust, settings.status) = (trust.0.clone(), status.clone());
        settings.code_lifetime = code_lifetime.unwrap_or(settings.code_lifetime);
        settings.tolerance = tolerance.unwrap_or(settings.tolerance);
        let service = Arc::new(core::EmbeddedService::new(settings, crate::time::clock(clock)));
        Ok(Self { service, status })
    }

    /// The certificate of the seal: Receipt.open wants it.
    #[getter]
    fn seal_certificate(&self) -> Certificate {
        Certificate(self.service.seal_certificate().clone())
    }

    /// Starts a consent and issues a code for it; AlreadyGiven where one of this kind stands, AlreadyReceived where one waits
    /// for its verdict.
    fn start_consent(&self, py: Python<'_>, person: &Person, kind: &ConsentKind) -> PyResult<Start> {
        py.detach(|| self.service.start(&person.0, &kind.0, Purpose::Consent)).or_raise().map(Start)
    }

    /// Starts a revocation and issues a code for it; NothingToRevoke where no consent of this kind stands, AlreadyReceived
    /// where one waits for its verdict.
    fn start_revocation(&self, py: Python<'_>, person: &Person, kind: &ConsentKind) -> PyResult<Start> {
        py.detach(|| self.service.start(&person.0, &kind.0, Purpose::Revocation)).or_raise().map(Start)
    }

    /// Issues a new code; the old one and its session are void.
    fn renew(&self, py: Python<'_>, session: &str) -> PyResult<Issued> {
        py.detach(|| self.service.renew(session)).or_raise().map(Issued)
    }

    /// Gives it status data: CRLs and OCSP answers, files in DER or PEM. Nothing is judged by that alone.
    #[pyo3(signature = (*, crls = None, ocsps = None))]
    fn add_status(&self, crls: Option<Vec<PyBackedBytes>>, ocsps: Option<Vec<PyBackedBytes>>) -> PyResult<()> {
        self.status.add(status_data(crls, ocsps)?);
        Ok(())
    }

    /// The sessions that wait for status data, the longest waiting one first.
    fn received(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        py.detach(|| self.service.received()).or_raise()
    }

    /// Judges what was received once more, with the status data that is there now. Of any other session it says how it
    /// stands; to ask again does no harm.
    fn judge_again(&self, py: Python<'_>, session: &str) -> PyResult<ConsentStatus> {
        py.detach(|| self.service.judge_again(session)).or_raise().map(ConsentStatus)
    }

    /// The signatures of a session that was accepted, as they are kept: with chain and status data inside, so that they can
    /// be judged years later. None where it was not accepted.
    fn signatures<'py>(&self, py: Python<'py>, session: &str) -> PyResult<Option<Vec<Bound<'py, PyBytes>>>> {
        let kept = py.detach(|| self.service.signatures(session)).or_raise()?;
        Ok(kept.map(|files| files.iter().map(|file| PyBytes::new(py, file)).collect()))
    }

    /// Ends a session that the person does not want to go on with. What was received and not accepted yet is withdrawn.
    fn cancel(&self, py: Python<'_>, session: &str) -> PyResult<()> {
        py.detach(|| self.service.cancel(session)).or_raise()
    }

    /// Redeems a code. With a purpose, a code for something else raises CodeError and stays usable.
    ///
    /// caller is what a server knows of who asks: a network address, a device, an account. Wrong codes are counted for each
    /// caller: CodeError for who gave too many, and for nobody else. Where it is not known, the call waits for up to two
    /// seconds after many wrong codes.
    #[pyo3(signature = (code, purpose = None, *, caller = None))]
    fn redeem(
        &self,
        py: Python<'_>,
        code: &VerificationCode,
        purpose: Option<&str>,
        caller: Option<&str>,
    ) -> PyResult<Redeemed> {
        let caller = caller.map_or(Caller::Unknown, Caller::Known);
        let purpose = purpose.map(purpose_of).transpose()?;
        let code = code.take()?;
        py.detach(|| self.service.redeem_for(caller, &code, purpose)).or_raise().map(Redeemed::of)
    }

    /// Takes what an application hands in. The same submission again gets the same answer.
    fn submit(&self, py: Python<'_>, session: &str, submission: &Submission) -> PyResult<ConsentStatus> {
        py.detach(|| self.service.submit(session, &submission.0)).or_raise().map(ConsentStatus)
    }

    /// How it stands with a session.
    fn status(&self, py: Python<'_>, session: &str) -> PyResult<ConsentStatus> {
        py.detach(|| self.service.status(session)).or_raise().map(ConsentStatus)
    }

    /// Revokes by declaration in the portal's logged-in session, for persons whose card is lost or has ended.
    ///
    /// ConsentError where the consequences were not acknowledged.
    #[pyo3(signature = (person, kind, *, acknowledged))]
    fn declare_revocation(
        &self,
        py: Python<'_>,
        person: &Person,
        kind: &ConsentKind,
        acknowledged: bool,
    ) -> PyResult<Receipt> {
        py.detach(|| self.service.declare_revocation(&person.0, &kind.0, acknowledged)).or_raise().map(Receipt)
    }

    /// Applies for the renewal of a certificate. Too early is no reason to refuse: it waits.
    fn apply_for_renewal(&self, py: Python<'_>, person: &Person, certificate: &Certificate) -> PyResult<Application> {
        py.detach(|| self.service.apply_for_renewal(&person.0, &certificate.0)).or_raise().map(Application)
    }

    /// The person's applications.
    fn applications(&self, py: Python<'_>, person: &Person) -> PyResult<Vec<Application>> {
        let all = py.detach(|| self.service.applications(&person.0)).or_raise()?;
        Ok(all.into_iter().map(Application).collect())
    }

    /// Since when a consent of this kind stands; None where none does.
    fn stands_since(&self, py: Python<'_>, person: &Person, kind: &ConsentKind) -> PyResult<Option<Moment>> {
        Ok(py.detach(|| self.service.stands_since(&person.0, &kind.0)).or_raise()?.map(Moment))
    }

    /// The receipt of the consent that stands, if one does.
    fn receipt(&self, py: Python<'_>, person: &Person, kind: &ConsentKind) -> PyResult<Option<Receipt>> {
        Ok(py.detach(|| self.service.receipt(&person.0, &kind.0)).or_raise()?.map(Receipt))
    }

    fn __repr__(&self) -> String {
        format!("<eimza.EmbeddedService, sealed by {}>", self.service.seal_certificate().subject())
    }
}
