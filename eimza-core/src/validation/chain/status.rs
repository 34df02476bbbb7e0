//! The status of the certificates of a path (RFC 5280 section 6.3, RFC 6960, EN 319 102-1 sections 5.2.5 and 5.2.6).

use std::cell::RefCell;
use std::collections::HashMap;

use super::Chains;
use super::proofs::Place;
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::SignatureAlgorithm;
use crate::error::Result as Read;
use crate::revocation::{Crl, Ocsp, OcspAnswer, Question, Responder, Status, Unusable, by_ocsp, by_strong_crls};
use crate::validation::check::{Check, CheckName, Reason};
use crate::validation::indication::SubIndication;
use crate::validation::path::{Budget, CertificatePool, PathInputs, PathSearch};
use crate::validation::policy::StampTime;

/// How often status data may rest on a certificate whose status rests on other data.
const DEPTH_LIMIT: usize = 3;

/// The most certificates that are tried as signers of one CRL.
const SIGNER_LIMIT: usize = 8;

/// The status data that a judgement rests on, by its numbers in the material, and the certificates behind it.
#[derive(Clone, Debug, Default)]
pub(in crate::validation) struct Used {
    pub(in crate::validation) crls: Vec<usize>,
    pub(in crate::validation) ocsps: Vec<usize>,
    /// Responders and CRL issuers that do not stand in the path.
    pub(in crate::validation) signers: Vec<Certificate>,
    /// thisUpdate of the data about the signer's own certificate.
    pub(in crate::validation) leaf_as_of: Option<Time>,
}

/// Which status data may answer; BTK's profiles differ in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::validation) enum StatusKind {
    /// CRLs and OCSP answers.
    Any,
    /// CRLs.
    Crl,
    /// For the certificate at the beginning of a path OCSP answers, for the others any.
    OcspForLeaf,
}

/// Whether signers of CRLs are good: by certificate, anchor, time, and how deep the question lies.
pub(in crate::validation) type CrlSigners = RefCell<HashMap<(Vec<u8>, Vec<u8>, Time, usize), bool>>;

/// Why the status of a certificate stands against its path; the less grave first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::validation) struct StatusFailure {
    pub(in crate::validation) why: Standing,
    /// Whether it is an authority's certificate.
    pub(in crate::validation) of_authority: bool,
    /// When it was revoked.
    pub(in crate::validation) revoked_at: Option<Time>,
}

/// How a status stands against a path; the less grave first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::validation) enum Standing {
    Missing,
    NotFresh,
    Unusable,
    TooWeak,
    Unknown,
    OnHold,
    Revoked,
}

impl StatusFailure {
    pub(in crate::validation) fn check(&self, name: CheckName) -> Check {
        let later = |reason| Check::undetermined(name, reason, SubIndication::TryLater);
        match (self.why, self.of_authority) {
            (Standing::Missing, _) => later(Reason::StatusMissing),
            (Standing::NotFresh, _) => later(Reason::StatusNotFresh),
            (Standing::Unusable, _) => later(Reason::StatusUnusable),
            (Standing::TooWeak, _) => {
                Check::failed(name, Reason::StatusTooWeak, SubIndication::CryptoConstraintsFailureNoPoe)
            }
            (Standing::Unknown, _) => later(Reason::StatusUnknown),
            (Standing::OnHold, _) => later(Reason::CertificateOnHold),
            (Standing::Revoked, false) => Check::failed(name, Reason::CertificateRevoked, SubIndication::RevokedNoPoe),
            (Standing::Revoked, true) => Check::failed(name, Reason::AuthorityRevoked, SubIndication::RevokedCaNoPoe),
        }
    }
}

impl Chains<'_> {
    /// The status of each certificate of a path but the anchor, from the anchor downwards.
    pub(super) fn check_status(&self, path: &[Certificate], at: Time, used: &mut Used) -> Result<(), StatusFailure> {
        let Some(anchor) = path.last() else { return Ok(()) };
        let mut worst = None;
        for (place, pair) in path.windows(2).enumerate().rev() {
            let [certificate, issuer] = pair else { continue };
            let statused = Statused { certificate, issuer, anchor, at, is_leaf: place == 0 };
            if let Err(failure) = self.check_one(&statused, used, DEPTH_LIMIT) {
                worst = worst.max(Some(failure));
            }
        }
        worst.map_or(Ok(()), Err)
    }

    fn check_one(&self, of: &Statused<'_>, used: &mut Used, depth: usize) -> Result<(), StatusFailure> {
        let failure = |why, revoked_at| StatusFailure { why, of_authority: !of.is_leaf, revoked_at };
        let status = self.status(of, used, depth);
        if of.is_leaf {
            used.leaf_as_of = status.as_of();
        }
        match status {
            Status::Good { .. } => Ok(()),
            // What was revoked or suspended after the time that counts was good at that time.
            Status::Revoked { at, .. } if at > of.at => Ok(()),
            Status::OnHold { since, .. } if since > of.at => Ok(()),
            Status::Revoked { at, .. } => Err(failure(Standing::Revoked, Some(at))),
            Status::OnHold { since, .. } => Err(failure(Standing::OnHold, Some(since))),
            Status::Unknown { .. } => Err(failure(Standing::Unknown, None)),
            Status::NotFresh { .. } => Err(failure(Standing::NotFresh, None)),
            Status::Unusable(Unusable::OtherCertificates) => Err(failure(Standing::Missing, None)),
            Status::Unusable(Unusable::TooWeak) => Err(failure(Standing::TooWeak, None)),
            Status::Unusable(_) => Err(failure(Standing::Unusable, None)),
        }
    }

    /// What CRLs and OCSP answers say together.
    fn status(&self, of: &Statused<'_>, used: &mut Used, depth: usize) -> Status {
        let Statused { certificate, issuer, at, .. } = *of;
        if !self.meter.may_compare(self.material.count_in_file()) {
            return Status::Unusable(Unusable::TooCostly);
        }
        let question = Question { certificate, issuer, at, now: self.now, policy: self.policy.status };
        let signers = |crl: &Crl| self.crl_signers(crl, of, depth);
        let crls = if self.status_kind == StatusKind::OcspForLeaf && of.is_leaf { &[] } else { self.material.crls() };
        let ocsps = if self.status_kind == StatusKind::Crl { &[] } else { self.material.ocsps() };
        let by_crl = by_strong_crls(&question, crls, &signers, &|number, signer| self.is_strong_crl(number, signer));
        let mut status = by_crl.status;
        let (mut crls, mut ocsp, mut signer) = (by_crl.used, None, None);
        for (number, answer) in ocsps.iter().enumerate() {
            let found = by_ocsp(&question, answer, &[]);
            let found_status = self.strong_status(number, answer, &found, of.issuer);
            let found = OcspAnswer { status: found_status, ..found };
            let found_status = self.trusted_status(&found, of, depth);
            let weightiest = Status::weightiest([status, found_status]).unwrap_or(status);
            if weightiest != status {
                status = weightiest;
                (crls, ocsp, signer) = (Vec::new(), Some(number), delegate(&found));
            }
        }
        used.crls.extend(crls);
        used.ocsps.extend(ocsp);
        used.signers.extend(signer);
        status
    }

    /// Whether the signature over a CRL could be relied on.
    fn is_strong_crl(&self, number: usize, signer: &Certificate) -> bool {
        let Some(crl) = self.material.crls().get(number) else { return false };
        let at = self.relied_on_at(crl.this_update(), self.material.places_of_crl(number));
        self.is_strong(crl.signature_algorithm(), signer, at)
    }

    /// The status that an OCSP answer gives, once its signature and that over its responder's certificate could be relied on.
    fn strong_status(&self, number: usize, answer: &Ocsp, found: &OcspAnswer, issuer: &Certificate) -> Status {
        if !found.status.is_known() {
            return found.status;
        }
        let at = self.relied_on_at(answer.produced_at().unwrap_or(self.now), self.material.places_of_ocsp(number));
        let is_strong = match &found.responder {
            Some(Responder::Delegate(responder) | Responder::Trusted(responder)) => {
                self.is_strong(answer.signature_algorithm(), responder, at)
                    && self.policy.algorithms.check_issuance(responder, issuer, at).is_ok()
            }
            _ => self.is_strong(answer.signature_algorithm(), issuer, at),
        };
        if is_strong { found.status } else { Status::Unusable(Unusable::TooWeak) }
    }

    fn is_strong(&self, algorithm: Read<SignatureAlgorithm>, signer: &Certificate, at: Time) -> bool {
        let Ok((algorithm, key)) = algorithm.and_then(|algorithm| Ok((algorithm, signer.public_key()?))) else {
            return false;
        };
        self.policy.algorithms.check_signature(algorithm, &key.key_type, at).is_ok()
    }

    /// For which time the signature over status data is judged: for the one in it, or for the one for which it is proven to
    /// exist, as the policy says; else now.
    fn relied_on_at(&self, stated: Time, places: &[Place]) -> Time {
        match self.policy.time_stamps_judged_at {
            StampTime::Stated => stated.min(self.now),
            StampTime::Proven => {
                // What was proven to be there before it was made, was not this.
                let proven = self.proofs.since(places).filter(|proven| *proven >= stated);
                proven.map_or(self.now, |proven| proven.min(self.now))
            }
        }
    }

    /// The status that an OCSP answer gives, once the status of its responder is known.
    fn trusted_status(&self, found: &OcspAnswer, of: &Statused<'_>, depth: usize) -> Status {
        let Some(Responder::Delegate(responder)) = &found.responder else { return found.status };
        let waived = responder.has_ocsp_no_check();
        if waived && !self.asks_every_responder {
            return found.status;
        }
        let Some(depth) = depth.checked_sub(1) else { return Status::Unusable(Unusable::SignerNotAuthorised) };
        let about_responder = Statused { certificate: responder, issuer: of.issuer, is_leaf: false, ..*of };
        let chains = Self { material: self.about_responders, status_kind: StatusKind::Any, ..*self };
        match chains.check_one(&about_responder, &mut Used::default(), depth) {
            Ok(()) => found.status,
            Err(failure) if waived && failure.why < Standing::OnHold => found.status,
            Err(_) => Status::Unusable(Unusable::SignerNotAuthorised),
        }
    }

    /// Certificates that may have signed a CRL beside the issuer: those of the CRL issuer's name whose path ends at the
    /// same anchor (RFC 5280 section 6.3.3 (f)) and who are not revoked.
    fn crl_signers(&self, crl: &Crl, of: &Statused<'_>, depth: usize) -> Vec<Certificate> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let name = crl.canonical_issuer();
        let candidates = self.material.certificates();
        let named = candidates.iter().flat_map(|pool| pool.with_subject(name));
        let named = named.filter(|candidate| candidate.public_key_der() != of.issuer.public_key_der());
        let fits = |candidate: &&Certificate| {
            // A CRL issuer may sign the CRL that covers its own certificate (RFC 5280 section 6.3.3 (f)).
            if *candidate == of.certificate && !candidate.is_self_issued() {
                return true;
            }
            // The limit comes before the search, because the sender of CRLs chooses how many there are and who signed
            // them.
            let takes_long = candidate.public_key().is_ok_and(|key| key.takes_long());
            !takes_long && crl.is_signed_by(candidate).unwrap_or(false) && self.is_good(candidate, of, depth)
        };
        // The anchor itself may sign for authorities beneath it.
        let anchor = std::iter::once(of.anchor).filter(|anchor| anchor.canonical_subject() == name);
        anchor.chain(named.take(SIGNER_LIMIT).filter(fits)).cloned().collect()
    }

    /// Whether the signer of a CRL has a path to the same anchor in which every status is good; looked for once, however
    /// many CRLs it has signed.
    fn is_good(&self, signer: &Certificate, of: &Statused<'_>, depth: usize) -> bool {
        let fingerprint = |certificate: &Certificate| certificate.sha256().as_bytes().to_vec();
        let key = (fingerprint(signer), fingerprint(of.anchor), of.at, depth);
        if let Some(known) = self.crl_signers.borrow().get(&key) {
            return *known;
        }
        let candidates = self.material.certificates();
        let mut anchors = CertificatePool::default();
        anchors.extend([of.anchor.clone()]);
        let inputs = PathInputs::at(of.at);
        let mut search = PathSearch::new(signer, &anchors, &candidates, &inputs, self.meter, Budget::default());
        let is_good = search.next_path().is_some_and(|path| {
            let is_strong = self.check_rules(path.certificates(), of.at).is_ok();
            is_strong
                && path.certificates().windows(2).all(|pair| {
                    let [certificate, issuer] = pair else { return true };
                    let about = Statused { certificate, issuer, is_leaf: false, ..*of };
                    self.check_one(&about, &mut Used::default(), depth).is_ok()
                })
        });
        self.crl_signers.borrow_mut().insert(key, is_good);
        is_good
    }
}

/// A certificate of a path whose status is looked for.
#[derive(Clone, Copy)]
struct Statused<'a> {
    certificate: &'a Certificate,
    issuer: &'a Certificate,
    /// Where the path ends.
    anchor: &'a Certificate,
    at: Time,
    is_leaf: bool,
}

fn delegate(found: &OcspAnswer) -> Option<Certificate> {
    match &found.responder {
        Some(Responder::Delegate(responder)) => Some(responder.clone()),
        _ => None,
    }
}
