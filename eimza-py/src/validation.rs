//! The whole verdict over a file.

pub(crate) mod certificate;

use eimza_core::crypto::{Digest, DigestAlgorithm};
use eimza_core::error::ArgumentFault;
use eimza_core::revocation::StatusData;
use eimza_core::validation as core;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::certificate::Certificate;
use crate::errors::{OrRaise, invalid, json, no_truth};
use crate::names;
use crate::signature::{Check, Content};
use crate::time::Moment;

/// Judges every signature of a file in DER, BER, PEM or base64 (ETSI EN 319 102-1).
///
/// at is the time of the judgement and trust the anchors: certificates that are trusted for signers and time-stamps,
/// and trust_signer, trust_tsa those for one of them; trust_turkish_roots takes the built-in table besides. trust_store is
/// a SertifikaDeposu.xml, of which those entries are trusted whose SHA-256 stands in that table or in pin_sha256. content is that of a
/// detached signature: bytes, a Digest or a path. certificates are used for signers and paths and not trusted by that;
/// crls and ocsps are files in DER or PEM. profile: "P1" … "P4" where one is demanded. policy: "tr-nes", or "generic",
/// where a counter-signature is reported and does not count; accept: what "tr-nes" lets pass besides ("seal", "usage-limit").
/// policy_toml: rules of one's own instead of policy; what it is that cannot be read is said with its line.
/// existed_since: the caller's own proof of time. What is wrong with a signature is part of the report; only a file that
/// is no CMS at all raises.
#[pyfunction]
#[pyo3(signature = (file, *, at, trust, trust_signer = None, trust_tsa = None, trust_turkish_roots = false, content = None,
    certificates = None, crls = None, ocsps = None, profile = None, policy = "tr-nes", accept = None,
    existed_since = None, trust_store = None, pin_sha256 = None, policy_toml = None))]
#[expect(clippy::too_many_arguments, reason = "keyword arguments in Python")]
pub(crate) fn validate(
    py: Python<'_>,
    file: PyBackedBytes,
    at: Moment,
    trust: Vec<Py<Certificate>>,
    trust_signer: Option<Vec<Py<Certificate>>>,
    trust_tsa: Option<Vec<Py<Certificate>>>,
    trust_turkish_roots: bool,
    content: Option<Content>,
    certificates: Option<Vec<Py<Certificate>>>,
    crls: Option<Vec<PyBackedBytes>>,
    ocsps: Option<Vec<PyBackedBytes>>,
    profile: Option<&str>,
    policy: &str,
    accept: Option<Vec<String>>,
    existed_since: Option<Moment>,
    trust_store: Option<PyBackedBytes>,
    pin_sha256: Option<Vec<String>>,
    policy_toml: Option<&str>,
) -> PyResult<Report> {
    let certificates = cores(&certificates.unwrap_or_default());
    let anchors = [
        (trust, core::TrustedFor::Everything),
        (trust_signer.unwrap_or_default(), core::TrustedFor::Signers),
        (trust_tsa.unwrap_or_default(), core::TrustedFor::TimeStamps),
    ];
    let anchors = anchors.iter().flat_map(|(given, what)| cores(given).into_iter().map(|one| (one, *what)));
    let anchors = anchors.fold(core::Anchors::new(), |anchors, (anchor, what)| anchors.trust(anchor, what));
    let anchors = if trust_turkish_roots { anchors.trust_turkish_roots() } else { anchors };
    let anchors = with_store(anchors, trust_store.as_deref(), &pin_sha256.unwrap_or_default())?;
    let mut status = StatusData::new();
    crls.iter().flatten().try_for_each(|file| status.add_crls(file)).or_raise()?;
    ocsps.iter().flatten().try_for_each(|file| status.add_ocsps(file)).or_raise()?;
    let policy = accepting(rules(policy, policy_toml)?, &accept.unwrap_or_default())?;
    let mut validation =
        core::Validation::new(at.0, &anchors).certificates(&certificates).status(&status).policy(policy);
    if let Some(profile) = profile {
        validation = validation.profile(names::profile(profile)?);
    }
    if let Some(time) = existed_since {
        validation = validation.existed_since(time.0);
    }
    let judged = py.detach(|| {
        let judge = |content: Option<eimza_core::cms::Content<'_>>| match content {
            Some(content) => validation.clone().content(content).of(&file),
            None => validation.of(&file),
        };
        match content {
            Some(content) => content.for_reading(&file, |content| judge(Some(content))),
            None => judge(None),
        }
    });
    judged.or_raise().map(Report)
}

pub(super) fn cores(certificates: &[Py<Certificate>]) -> Vec<eimza_core::Certificate> {
    certificates.iter().map(|certificate| certificate.get().0.clone()).collect()
}

/// The anchors, and those of a trust store that the built-in table or these hashes know.
fn with_store(anchors: core::Anchors, store: Option<&[u8]>, pinned: &[String]) -> PyResult<core::Anchors> {
    let Some(store) = store else {
        return if pinned.is_empty() { Ok(anchors) } else { invalid("pin_sha256", ArgumentFault::NoTrustStore) };
    };
    let mut hashes = Vec::new();
    for hash in pinned {
        match Digest::from_hex(DigestAlgorithm::Sha256, hash) {
            Some(hash) => hashes.push(hash),
            None => return invalid("pin_sha256", ArgumentFault::NotSha256),
        }
    }
    anchors.trust_store(store, &hashes).or_raise()
}

pub(crate) fn rules(name: &str, toml: Option<&str>) -> PyResult<core::Policy> {
    match toml {
        None => names::policy(name),
        Some(_) if name != "tr-nes" => invalid("policy", ArgumentFault::RulesGiven),
        Some(toml) => core::Policy::from_toml(toml).or_raise(),
    }
}

pub(crate) fn accepting(mut policy: core::Policy, accept: &[String]) -> PyResult<core::Policy> {
    for what in accept {
        match what.as_str() {
            "seal" => policy.accept_seals = true,
            "usage-limit" => policy.accept_usage_limit = true,
            _ => return invalid("accept", ArgumentFault::NameUnknown),
        }
    }
    Ok(policy)
}

/// The verdict over a file.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Report(core::Report);

#[pymethods]
impl Report {
    /// The worst of the signatures: "TOTAL-PASSED", "TOTAL-FAILED" or "INDETERMINATE".
    #[getter]
    fn indication(&self) -> &'static str {
        self.0.indication.name()
    }

    /// Why, by the names of EN 319 102-1.
    #[getter]
    fn sub_indication(&self) -> Option<&'static str> {
        self.0.sub_indication.map(core::SubIndication::name)
    }

    /// Whether every signature that counts is TOTAL-PASSED.
    #[getter]
    fn passed(&self) -> bool {
        self.0.indication == core::Indication::TotalPassed
    }

    /// What the verdict means and what to do now, in Turkish ("tr") or English ("en").
    fn sentence(&self, language: &str) -> PyResult<String> {
        Ok(names::sentence(&self.0.sentence(names::language(language)?)))
    }

    /// Each signature, counter-signatures behind those that they sign.
    #[getter]
    fn signatures(&self) -> Vec<SignatureReport> {
        self.0.signatures.iter().cloned().map(SignatureReport).collect()
    }

    /// The JSON of `eimza validate`; national ids masked unless revealed.
    #[pyo3(signature = (*, reveal = false))]
    fn to_json(&self, reveal: bool) -> PyResult<String> {
        if reveal { json(&self.0.clone().revealed()) } else { json(&self.0) }
    }

    fn __bool__(&self) -> PyResult<bool> {
        no_truth("Report", "True for TOTAL-PASSED alone")
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Report {}>", names::verdict(self.0.indication, self.0.sub_indication))
    }
}

/// The verdict over one signature.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct SignatureReport(core::SignatureReport);

#[pymethods]
impl SignatureReport {
    /// "S0", "S1" … in the order of the file.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// The signature that this one counter-signs.
    #[getter]
    fn parent(&self) -> Option<&str> {
        self.0.parent.as_deref()
    }

    /// "TOTAL-PASSED", "TOTAL-FAILED" or "INDETERMINATE".
    #[getter]
    fn indication(&self) -> &'static str {
        self.0.indication.name()
    }

    /// Why, by the names of EN 319 102-1.
    #[getter]
    fn sub_indication(&self) -> Option<&'static str> {
        self.0.sub_indication.map(core::SubIndication::name)
    }

    /// Whether it is TOTAL-PASSED.
    #[getter]
    fn passed(&self) -> bool {
        self.0.indication == core::Indication::TotalPassed
    }

    /// What the verdict means and what to do now, in Turkish ("tr") or English ("en").
    fn sentence(&self, language: &str) -> PyResult<String> {
        Ok(names::sentence(&self.0.sentence(names::language(language)?)))
    }

    /// Until when a good verdict is preliminary.
    #[getter]
    fn preliminary_until(&self) -> Option<Moment> {
        self.0.preliminary_until.map(Moment)
    }

    /// The highest level that is proven: "CMS", "BES", "EPES", "B-B", "T" …
    #[getter]
    fn level(&self) -> PyResult<String> {
        names::level(self.0.level)
    }

    /// The highest level that is there.
    #[getter]
    fn structure(&self) -> PyResult<String> {
        names::level(self.0.structure)
    }

    /// The BTK profile that it fits: "P1" to "P4".
    #[getter]
    fn profile(&self) -> Option<&'static str> {
        self.0.profile.map(core::Profile::name)
    }

    /// The signature policy that it claims.
    #[getter]
    fn policy_oid(&self) -> Option<&str> {
        self.0.policy_oid.as_deref()
    }

    /// When the signer claims to have signed.
    #[getter]
    fn signing_time(&self) -> Option<Moment> {
        self.0.signing_time.map(Moment)
    }

    /// The earliest time for which its existence is proven.
    #[getter]
    fn best_signature_time(&self) -> Option<Moment> {
        self.0.best_signature_time.map(Moment)
    }

    /// The signer's certificate; None where it was not found.
    #[getter]
    fn certificate(&self) -> Option<Certificate> {
        self.0.signer.as_ref().map(|signer| Certificate(signer.certificate.clone()))
    }

    /// What was checked, in order.
    #[getter]
    fn checks(&self) -> Vec<Check> {
        self.0.checks.iter().map(Check::of).collect()
    }

    fn __bool__(&self) -> PyResult<bool> {
        no_truth("SignatureReport", "True for TOTAL-PASSED alone")
    }

    fn __repr__(&self) -> String {
        let verdict = names::verdict(self.0.indication, self.0.sub_indication);
        format!("<eimza.SignatureReport {} {verdict}>", self.0.id)
    }
}
