//! By what a service judges the signatures that reach it.

use eimza_core::consent as core;
use eimza_core::revocation::StatusData;
use eimza_core::validation::{Anchors, TrustedFor};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::certificate::Certificate;
use crate::errors::OrRaise;
use crate::validation::{accepting, rules};

/// Whom a service trusts, and by which rules it judges.
///
/// signers are anchors for signers, time_stamps those for time-stamps; turkish_roots takes the built-in table besides.
/// certificates are authorities between signers and anchors, not trusted by that. policy is "tr-nes" or "generic";
/// policy_toml are rules of one's own instead; accept is what "tr-nes" lets pass besides ("seal", "usage-limit").
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Trust(pub(super) core::Trust);

#[pymethods]
impl Trust {
    #[new]
    #[pyo3(signature = (signers, *, time_stamps = None, turkish_roots = false, certificates = None, policy = "tr-nes",
        policy_toml = None, accept = None))]
    fn new(
        signers: Vec<Py<Certificate>>,
        time_stamps: Option<Vec<Py<Certificate>>>,
        turkish_roots: bool,
        certificates: Option<Vec<Py<Certificate>>>,
        policy: &str,
        policy_toml: Option<&str>,
        accept: Option<Vec<String>>,
    ) -> PyResult<Self> {
        let anchors = [(signers, TrustedFor::Signers), (time_stamps.unwrap_or_default(), TrustedFor::TimeStamps)];
        let anchors =
            anchors.iter().flat_map(|(given, what)| given.iter().map(move |one| (one.get().0.clone(), *what)));
        let anchors = anchors.fold(Anchors::new(), |anchors, (anchor, what)| anchors.trust(anchor, what));
        let anchors = if turkish_roots { anchors.trust_turkish_roots() } else { anchors };
        let certificates = certificates.iter().flatten().map(|certificate| certificate.get().0.clone()).collect();
        let policy = accepting(rules(policy, policy_toml)?, &accept.unwrap_or_default())?;
        Ok(Self(core::Trust { anchors, certificates, policy }))
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Trust by {}>", self.0.policy.name)
    }
}

/// The CRLs and OCSP answers of files in DER or PEM.
pub(super) fn status_data(crls: Option<Vec<PyBackedBytes>>, ocsps: Option<Vec<PyBackedBytes>>) -> PyResult<StatusData> {
    let mut status = StatusData::new();
    crls.iter().flatten().try_for_each(|file| status.add_crls(file)).or_raise()?;
    ocsps.iter().flatten().try_for_each(|file| status.add_ocsps(file)).or_raise()?;
    Ok(status)
}
