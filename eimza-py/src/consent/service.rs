//! The embedded service: a portal and a receiving side in this process.

use std::sync::Arc;
use std::time::Duration;

use eimza_core::consent::{self as core, ApplicationState, ConsentPortal, KeySeal, Purpose, Settings, Started};
use pyo3::prelude::*;

use super::{ConsentKind, ConsentText, Declaration, Document, Person, Receipt};
use crate::certificate::Certificate;
use crate::errors::OrRaise;
use crate::secrets::VerificationCode;
use crate::time::{Moment, SettableClock};
use crate::token::KeyMaterial;

/// One kind of consent that a service offers. least_reading: how long each text has to be shown; the revocation notice is
/// shown and signed, its acknowledgement ticked, to revoke.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Offer(core::Offer);

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
        acknowledgement: &Declaration,
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
            acknowledgement: acknowledgement.0.clone(),
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
}

/// A consent service in memory: for demonstrations, for tests, and as the pattern for one behind a network.
///
/// Issuers are those whose certificates it accepts; the seal is the key with which it seals receipts. Codes live for
/// code_lifetime (5 minutes); tolerance (5 minutes) is how far an application's clock may differ.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct EmbeddedService(Arc<core::EmbeddedService>);

#[pymethods]
impl EmbeddedService {
    #[new]
    #[pyo3(signature = (name, offers, issuers, seal, *, clock = None, code_lifetime = None, tolerance = None))]
    fn new(
        name: &str,
        offers: Vec<Py<Offer>>,
        issuers: Vec<Py<Certificate>>,
        seal: &KeyMaterial,
        clock: Option<&SettableClock>,
        code_lifetime: Option<Duration>,
        tolerance: Option<Duration>,
    ) -> PyResult<Self> {
        let mut settings = Settings::new(name, Arc::new(KeySeal::new(seal.take()?).or_raise()?));
        settings.offers = offers.iter().map(|offer| offer.get().0.clone()).collect();
        settings.issuers = issuers.iter().map(|issuer| issuer.get().0.clone()).collect();
        settings.code_lifetime = code_lifetime.unwrap_or(settings.code_lifetime);
        settings.tolerance = tolerance.unwrap_or(settings.tolerance);
        Ok(Self(Arc::new(core::EmbeddedService::new(settings, crate::time::clock(clock)))))
    }

    /// The certificate of the seal: Receipt.open wants it.
    #[getter]
    fn seal_certificate(&self) -> Certificate {
        Certificate(self.0.seal_certificate().clone())
    }

    /// Starts a consent and issues a code for it; AlreadyGiven where one of this kind stands.
    fn start_consent(&self, py: Python<'_>, person: &Person, kind: &ConsentKind) -> PyResult<Start> {
        py.detach(|| self.0.start(&person.0, &kind.0, Purpose::Consent)).or_raise().map(Start)
    }

    /// Starts a revocation and issues a code for it; NothingToRevoke where no consent of this kind stands.
    fn start_revocation(&self, py: Python<'_>, person: &Person, kind: &ConsentKind) -> PyResult<Start> {
        py.detach(|| self.0.start(&person.0, &kind.0, Purpose::Revocation)).or_raise().map(Start)
    }

    /// Issues a new code; the old one and its session are void.
    fn renew(&self, py: Python<'_>, session: &str) -> PyResult<Issued> {
        py.detach(|| self.0.renew(session)).or_raise().map(Issued)
    }

    /// Ends a session that the person does not want to go on with.
    fn cancel(&self, py: Python<'_>, session: &str) -> PyResult<()> {
        py.detach(|| self.0.cancel(session)).or_raise()
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
        py.detach(|| self.0.declare_revocation(&person.0, &kind.0, acknowledged)).or_raise().map(Receipt)
    }

    /// Applies for the renewal of a certificate. Too early is no reason to refuse: it waits.
    fn apply_for_renewal(&self, py: Python<'_>, person: &Person, certificate: &Certificate) -> PyResult<Application> {
        py.detach(|| self.0.apply_for_renewal(&person.0, &certificate.0)).or_raise().map(Application)
    }

    /// The person's applications.
    fn applications(&self, py: Python<'_>, person: &Person) -> PyResult<Vec<Application>> {
        let all = py.detach(|| self.0.applications(&person.0)).or_raise()?;
        Ok(all.into_iter().map(Application).collect())
    }

    /// Since when a consent of this kind stands; None where none does.
    fn stands_since(&self, py: Python<'_>, person: &Person, kind: &ConsentKind) -> PyResult<Option<Moment>> {
        Ok(py.detach(|| self.0.stands_since(&person.0, &kind.0)).or_raise()?.map(Moment))
    }

    /// The receipt of the consent that stands, if one does.
    fn receipt(&self, py: Python<'_>, person: &Person, kind: &ConsentKind) -> Option<Receipt> {
        py.detach(|| self.0.receipt(&person.0, &kind.0)).map(Receipt)
    }

    fn __repr__(&self) -> &'static str {
        "<eimza.EmbeddedService>"
    }
}

impl EmbeddedService {
    pub(super) fn shared(&self) -> Arc<dyn core::ConsentService> {
        self.0.clone()
    }
}

/// What a start came to, each outcome as a class of its own.
struct Start(Started);

impl<'py> IntoPyObject<'py> for Start {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        match self.0 {
            Started::Issued(issued) => Bound::new(py, Issued(issued)).map(Bound::into_any),
            Started::AlreadyGiven { since } => Bound::new(py, AlreadyGiven { since }).map(Bound::into_any),
            Started::NothingToRevoke => Bound::new(py, NothingToRevoke).map(Bound::into_any),
        }
    }
}

/// A code for the person to carry into the application.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Issued(core::Issued);

#[pymethods]
impl Issued {
    /// The code, for ConsentSession.open; each look makes one that serves once.
    #[getter]
    fn code(&self) -> PyResult<VerificationCode> {
        eimza_core::VerificationCode::parse(self.0.code.expose()).or_raise().map(VerificationCode::holding)
    }

    /// The 15 digits, for the portal's page. Never for logs.
    fn reveal_code(&self) -> String {
        self.0.code.expose().iter().copied().map(char::from).collect()
    }

    /// The session that it opens.
    #[getter]
    fn session(&self) -> &str {
        &self.0.session
    }

    /// Until when it can be redeemed and used.
    #[getter]
    fn expires_at(&self) -> Moment {
        Moment(self.0.expires_at)
    }
}

/// A consent of this kind stands already: the person may leave it, or start a revocation.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct AlreadyGiven {
    since: eimza_core::Time,
}

#[pymethods]
impl AlreadyGiven {
    /// Since when it stands.
    #[getter]
    fn since(&self) -> Moment {
        Moment(self.since)
    }
}

/// There is no consent to revoke.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct NothingToRevoke;

/// An application for the renewal of a certificate.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Application(core::Application);

#[pymethods]
impl Application {
    /// SHA-256 of the certificate to renew, lower-case hexadecimal.
    #[getter]
    fn certificate_sha256(&self) -> &str {
        &self.0.certificate_sha256
    }

    /// When it was made.
    #[getter]
    fn made_at(&self) -> Moment {
        Moment(self.0.made_at)
    }

    /// "held" until two months before the certificate ends, "due", or "needs-paper" where no consent stands.
    #[getter]
    fn state(&self) -> &'static str {
        match self.0.state {
            ApplicationState::Held { .. } => "held",
            ApplicationState::Due => "due",
            ApplicationState::NeedsPaper => "needs-paper",
        }
    }

    /// Until when it is held.
    #[getter]
    fn held_until(&self) -> Option<Moment> {
        match self.0.state {
            ApplicationState::Held { until } => Some(Moment(until)),
            _ => None,
        }
    }
}
