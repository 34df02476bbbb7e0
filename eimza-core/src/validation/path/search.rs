//! The search: from the certificate upwards, deepest first, one issuer after the other, until an anchor is met.
//!
//! What can be told of an issuer alone is checked before it is followed, its signature last. What depends on all that
//! stands above (names, policies, dates) is checked when the anchor is met.

use std::collections::HashSet;

use super::budget::Budget;
use super::failure::{BrokenRule, Exceeded, PathFailure};
use super::inputs::PathInputs;
use super::pool::CertificatePool;
use super::signatures::IssuerSignatures;
use super::{CertificatePath, extensions, names, policies};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::error::Error;

/// How many certificates may stand between the one that is asked for and the anchor.
const LENGTH_LIMIT: u32 = 16;

/// Hands out the valid paths of one certificate.
pub(crate) struct PathSearch<'a> {
    inputs: &'a PathInputs,
    anchors: &'a CertificatePool,
    candidates: &'a [&'a CertificatePool],
    signatures: &'a dyn IssuerSignatures,
    budget: Budget,
    /// The path that is being followed, from the certificate upwards.
    steps: Vec<Step<'a>>,
    /// An anchor that is asked for is its own path.
    anchor_itself: Option<CertificatePath>,
    verified: Vec<(&'a Certificate, &'a Certificate, Result<(), BrokenRule>)>,
    furthest: Option<PathFailure>,
}

/// A certificate of the path that is being followed.
struct Step<'a> {
    certificate: &'a Certificate,
    /// How many authorities of other names stand beneath its issuer.
    authorities_beneath: u32,
    /// Who may have issued it and was not tried yet, the likeliest last.
    issuers: Vec<Issuer<'a>>,
}

#[derive(Clone, Copy)]
struct Issuer<'a> {
    certificate: &'a Certificate,
    is_anchor: bool,
}

impl<'a> PathSearch<'a> {
    /// A search for paths of `certificate` to one of `anchors`, over certificates of which none is trusted.
    pub(crate) fn new(
        certificate: &'a Certificate,
        anchors: &'a CertificatePool,
        candidates: &'a [&'a CertificatePool],
        inputs: &'a PathInputs,
        signatures: &'a dyn IssuerSignatures,
        budget: Budget,
    ) -> Self {
        let mut search = Self {
            inputs,
            anchors,
            candidates,
            signatures,
            budget,
            steps: Vec::new(),
            anchor_itself: None,
            verified: Vec::new(),
            furthest: None,
        };
        if anchors.contains(certificate) {
            search.anchor_itself =
                Some(CertificatePath { certificates: vec![certificate.clone()], policies: Vec::new() });
        }
        search.step_up(certificate, 0);
        search
    }

    /// The next valid path; `None` when there is no further one.
    pub(crate) fn next_path(&mut self) -> Option<CertificatePath> {
        if let Some(path) = self.anchor_itself.take() {
            return Some(path);
        }
        while let Some(step) = self.steps.last_mut() {
            let Some(issuer) = step.issuers.pop() else {
                let certificate = step.certificate.clone();
                self.note(PathFailure { certificate, rule: BrokenRule::IssuerUnknown });
                self.steps.pop();
                continue;
            };
            if self.is_loop(issuer.certificate) {
                continue;
            }
            let followed =
                if issuer.is_anchor { self.arrive(issuer.certificate) } else { self.follow(issuer.certificate) };
            match followed {
                Ok(Some(path)) => return Some(path),
                Ok(None) => {}
                Err(failure) => self.note(failure),
            }
        }
        None
    }

    /// Why the path that came furthest is none. Where valid paths were handed out, it says why there is no further one.
    pub(crate) fn into_failure(self) -> Option<PathFailure> {
        self.furthest
    }

    /// The anchor's own dates and extensions are not looked at (RFC 5280 section 6.1.1 (d)).
    fn arrive(&mut self, anchor: &'a Certificate) -> Result<Option<CertificatePath>, PathFailure> {
        self.verify(anchor)?;
        let path: Vec<&Certificate> = self.steps.iter().map(|step| step.certificate).collect();
        if let Some(certificate) = path.first() {
            extensions::check(certificate).map_err(|rule| rule.of(certificate))?;
        }
        names::check(&path, &self.inputs.subtrees, &mut self.budget)?;
        let policies = policies::valid_policies(&path, self.inputs, &mut self.budget)?;
        for certificate in path.iter().rev() {
            check_dates(certificate, self.inputs.at).map_err(|rule| rule.of(certificate))?;
        }
        let certificates = path.into_iter().chain([anchor]).cloned().collect();
        Ok(Some(CertificatePath { certificates, policies }))
    }

    fn follow(&mut self, issuer: &'a Certificate) -> Result<Option<CertificatePath>, PathFailure> {
        let beneath = self.steps.last().map_or(0, |step| step.authorities_beneath);
        if self.steps.len() > usize::try_from(LENGTH_LIMIT).unwrap_or(usize::MAX) {
            return Err(BrokenRule::PathTooLong { limit: LENGTH_LIMIT }.of(issuer));
        }
        extensions::check_issuer(issuer, beneath).map_err(|rule| rule.of(issuer))?;
        self.verify(issuer)?;
        self.step_up(issuer, beneath + u32::from(!issuer.is_self_issued()));
        Ok(None)
    }

    /// Verifies the issuer's signature over the uppermost certificate of the path, once in a search.
    fn verify(&mut self, issuer: &'a Certificate) -> Result<(), PathFailure> {
        let Some(step) = self.steps.last() else { return Ok(()) };
        let certificate = step.certificate;
        let is_this =
            |(one, other): (&Certificate, &Certificate)| std::ptr::eq(one, certificate) && std::ptr::eq(other, issuer);
        let known = self.verified.iter().find(|(one, other, _)| is_this((one, other))).map(|(.., known)| known.clone());
        let outcome = match known {
            Some(known) => known,
            None => {
                self.budget.spend_signature().map_err(|exceeded| BrokenRule::from(exceeded).of(certificate))?;
                let outcome = match self.signatures.is_signed_by(certificate, issuer) {
                    Ok(true) => Ok(()),
                    Ok(false) => Err(BrokenRule::SignatureInvalid),
                    Err(Error::AlgorithmUnsupported { algorithm }) => {
                        Err(BrokenRule::AlgorithmUnsupported { algorithm })
                    }
                    Err(Error::LimitExceeded { .. }) => Err(BrokenRule::SearchExceeded(Exceeded::Signatures)),
                    Err(_) => Err(BrokenRule::KeyUnreadable),
                };
                self.verified.push((certificate, issuer, outcome.clone()));
                outcome
            }
        };
        outcome.map_err(|rule| rule.of(certificate))
    }

    fn step_up(&mut self, certificate: &'a Certificate, authorities_beneath: u32) {
        let issuers = self.issuers(certificate);
        if let Err(exceeded) = self.budget.spend_candidates(issuers.len()) {
            return self.note(BrokenRule::from(exceeded).of(certificate));
        }
        self.steps.push(Step { certificate, authorities_beneath, issuers });
    }

    /// Who has the issuer's name, the likeliest last.
    fn issuers(&self, certificate: &'a Certificate) -> Vec<Issuer<'a>> {
        let issuer = |is_anchor| move |certificate| Issuer { certificate, is_anchor };
        let anchors = self.anchors.issuers_of(certificate).map(issuer(true));
        let others = self.candidates.iter().flat_map(|pool| pool.issuers_of(certificate)).map(issuer(false));
        let mut issuers: Vec<Issuer<'a>> = anchors.chain(others).collect();
        if issuers.len() > 1 {
            // A copy of an anchor is no way around it: the anchors come first.
            let mut seen = HashSet::new();
            issuers.retain(|issuer| seen.insert(issuer.certificate.der()));
            let named = certificate.authority_key_identifier();
            issuers.sort_by_cached_key(|issuer| {
                let is_out_of_date = check_dates(issuer.certificate, self.inputs.at).is_err();
                (named.misfit(issuer.certificate), !issuer.is_anchor, is_out_of_date)
            });
            issuers.reverse();
        }
        issuers
    }

    /// Whether name and key stand in the path already: what follows would only lead here again (RFC 4158 section 5.2).
    fn is_loop(&self, issuer: &Certificate) -> bool {
        self.steps.iter().any(|step| {
            step.certificate.public_key_der() == issuer.public_key_der()
                && step.certificate.canonical_subject() == issuer.canonical_subject()
        })
    }

    /// Keeps the failure of the path that came furthest; a budget that is spent ends the search.
    fn note(&mut self, failure: PathFailure) {
        if matches!(failure.rule, BrokenRule::SearchExceeded(_)) {
            self.steps.clear();
        }
        if self.furthest.as_ref().is_none_or(|furthest| failure.rule > furthest.rule) {
            self.furthest = Some(failure);
        }
    }
}

fn check_dates(certificate: &Certificate, at: Time) -> Result<(), BrokenRule> {
    let (Some(not_before), Some(not_after)) = (certificate.not_before(), certificate.not_after()) else {
        return Err(BrokenRule::DatesUnreadable);
    };
    if at < not_before {
        return Err(BrokenRule::NotYetValid { at, not_before });
    }
    if at > not_after {
        return Err(BrokenRule::Expired { at, not_after });
    }
    Ok(())
}
