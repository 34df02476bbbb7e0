//! The status of a certificate by CRLs (RFC 5280 section 6.3.3).

use super::answer::CrlAnswer;
use super::crl::{Crl, CrlEntry};
use super::question::Question;
use super::reason::{ReasonSet, RevocationReason};
use super::scope::{DistributionPoint, reasons_covered};
use super::status::{Status, Unusable};
use crate::certificate::Certificate;
use crate::error::Error;

/// The most certificates that are tried as signers of one CRL.
const SIGNER_LIMIT: usize = 16;

/// What these CRLs say about the certificate, complete and delta ones together.
///
/// A CRL is signed by the certificate's issuer, or by one of the certificates that `signers` names for it: the caller
/// answers for their paths, which must end at the same anchor as the path of the certificate (RFC 5280 section 6.3.3 (f)).
pub fn by_crls(question: &Question<'_>, crls: &[Crl], signers: &dyn Fn(&Crl) -> Vec<Certificate>) -> CrlAnswer {
    by_strong_crls(question, crls, signers, &|_, _| true)
}

/// The same by those CRLs alone whose signature can be relied on: by the number of the CRL, and its signer.
pub(crate) fn by_strong_crls(
    question: &Question<'_>,
    crls: &[Crl],
    signers: &dyn Fn(&Crl) -> Vec<Certificate>,
    is_strong: &dyn Fn(usize, &Certificate) -> bool,
) -> CrlAnswer {
    let points = DistributionPoint::all(question.certificate);
    let (mut sources, mut refused) = (Vec::new(), Vec::new());
    for (number, crl) in crls.iter().enumerate() {
        match reasons(question, crl, &points, signers, &|signer| is_strong(number, signer)) {
            Ok(reasons) => sources.push(Source { number, crl, reasons }),
            Err(why) => refused.push(Status::Unusable(why)),
        }
    }
    let (deltas, complete): (Vec<Source<'_>>, Vec<Source<'_>>) =
        sources.into_iter().partition(|source| source.crl.base_number().is_some());
    if complete.is_empty() && !deltas.is_empty() {
        refused.push(Status::Unusable(Unusable::BaseMissing));
    }
    let findings: Vec<Finding> = complete.iter().map(|source| source.finding(question, &deltas)).collect();
    conclusion(findings, refused)
}

/// A CRL that may speak about the certificate.
struct Source<'a> {
    number: usize,
    crl: &'a Crl,
    reasons: ReasonSet,
}

/// What one complete CRL says, with the newest delta CRL to it.
struct Finding {
    status: Status,
    reasons: ReasonSet,
    used: Vec<usize>,
}

/// For which reasons the CRL speaks about the certificate, once it is known that it may. The signature comes last.
fn reasons(
    question: &Question<'_>,
    crl: &Crl,
    points: &[DistributionPoint],
    signers: &dyn Fn(&Crl) -> Vec<Certificate>,
    is_strong: &dyn Fn(&Certificate) -> bool,
) -> Result<ReasonSet, Unusable> {
    let reasons = reasons_covered(crl, question.certificate, points);
    if reasons == ReasonSet::NONE {
        return Err(Unusable::OtherCertificates);
    }
    question.check_issued(crl.this_update())?;
    if crl.has_unknown_critical_extension() {
        return Err(Unusable::UnknownCriticalExtension);
    }
    let check = |signer: &Certificate| {
        check_signer(crl, signer)?;
        if is_strong(signer) { Ok(()) } else { Err(Unusable::TooWeak) }
    };
    let Err(mut failure) = check(question.issuer) else { return Ok(reasons) };
    // Naming other signers costs the caller searches for paths, so it is asked only where the issuer has not signed.
    for signer in signers(crl).iter().take(SIGNER_LIMIT) {
        match check(signer) {
            Ok(()) => return Ok(reasons),
            Err(Unusable::SignerUnknown) => {}
            Err(why) => failure = why,
        }
    }
    Err(failure)
}

/// Whether it is this signer's CRL.
fn check_signer(crl: &Crl, signer: &Certificate) -> Result<(), Unusable> {
    if !crl.is_in_name_of(signer) {
        return Err(Unusable::SignerUnknown);
    }
    match crl.is_signed_by(signer) {
        Ok(true) if may_sign_crls(signer) => Ok(()),
        Ok(true) => Err(Unusable::SignerNotAuthorised),
        Ok(false) => Err(Unusable::SignatureInvalid),
        Err(Error::AlgorithmUnsupported { .. }) => Err(Unusable::AlgorithmUnsupported),
        Err(_) => Err(Unusable::Malformed),
    }
}

/// Key usage, where it is stated, has cRLSign (RFC 5280 section 6.3.3 (f)).
fn may_sign_crls(signer: &Certificate) -> bool {
    !signer.states_key_usage() || signer.key_usage().is_some_and(|usage| usage.crl_sign())
}

impl Source<'_> {
    fn finding(&self, question: &Question<'_>, deltas: &[Source<'_>]) -> Finding {
        let fits = |delta: &&Source<'_>| delta.crl.extends(self.crl) && delta.reasons.contains(self.reasons);
        let delta = deltas.iter().filter(fits).max_by_key(|delta| delta.crl.this_update());
        let newest = delta.map_or(self.crl, |delta| delta.crl);
        let status = match entry(question, self.crl, delta.map(|delta| delta.crl)) {
            Err(why) => Status::Unusable(why),
            Ok(Some(entry)) if entry.reason != RevocationReason::CertificateHold => {
                Status::Revoked { at: entry.revoked_at, reason: entry.reason, as_of: newest.this_update() }
            }
            Ok(held) => {
                match fresh(question, newest, held.is_some()).or_else(|_| fresh(question, self.crl, held.is_some())) {
                    Err(status) => status,
                    Ok(()) => held.map_or(Status::Good { as_of: newest.this_update() }, |entry| Status::OnHold {
                        since: entry.revoked_at,
                        as_of: newest.this_update(),
                    }),
                }
            }
        };
        let used = std::iter::once(self.number).chain(delta.map(|delta| delta.number)).collect();
        Finding { status, reasons: self.reasons, used }
    }
}

/// The entry that counts: one of the delta CRL before one of the complete CRL, except that only what was on hold is
/// released (RFC 5280 section 5.2.4).
fn entry<'a>(
    question: &Question<'_>,
    complete: &'a Crl,
    delta: Option<&'a Crl>,
) -> Result<Option<CrlEntry<'a>>, Unusable> {
    let base = gravest(question, complete)?;
    match delta.map(|delta| gravest(question, delta)).transpose()?.flatten() {
        Some(entry) if entry.reason == RevocationReason::RemoveFromCrl => {
            Ok(base.filter(|base| base.reason != RevocationReason::CertificateHold))
        }
        Some(entry) => Ok(Some(entry)),
        None => Ok(base),
    }
}

/// Of several entries for one certificate, one that is final counts before one that can be released.
fn gravest<'a>(question: &Question<'_>, crl: &'a Crl) -> Result<Option<CrlEntry<'a>>, Unusable> {
    let mut found: Option<CrlEntry<'a>> = None;
    for entry in crl.entries(&question.certificate.issuer(), question.certificate.serial()) {
        let entry = entry.map_err(|_| Unusable::Malformed)?;
        let weight = |entry: &CrlEntry<'_>| match entry.reason {
            RevocationReason::RemoveFromCrl => 0,
            RevocationReason::CertificateHold => 1,
            _ => 2,
        };
        if found.as_ref().is_none_or(|found| weight(&entry) > weight(found)) {
            found = Some(entry);
        }
    }
    Ok(found)
}

/// Whether the CRL is fresh enough, and keeps entries of ended certificates where that matters.
fn fresh(question: &Question<'_>, crl: &Crl, is_listed: bool) -> Result<(), Status> {
    question.check_fresh(crl.period(), None)?;
    if is_listed {
        return Ok(());
    }
    question.check_kept(crl.this_update(), crl.keeps_ended_since()).map_err(Status::Unusable)
}

/// Revoked by one is revoked. Else the newest count until every reason has been spoken for.
fn conclusion(mut findings: Vec<Finding>, mut refused: Vec<Status>) -> CrlAnswer {
    let revoked = findings.iter().filter(|finding| matches!(finding.status, Status::Revoked { .. }));
    if let Some(finding) = revoked.min_by_key(|finding| as_of(&finding.status)) {
        return CrlAnswer { status: finding.status, used: finding.used.clone() };
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(as_of(&finding.status)));
    let (mut covered, mut used, mut oldest) = (ReasonSet::NONE, Vec::new(), None);
    for finding in findings {
        match finding.status {
            Status::Good { as_of } if !covered.contains(finding.reasons) => {
                covered = covered.or(finding.reasons);
                used.extend(finding.used);
                oldest = Some(as_of);
            }
            Status::OnHold { .. } if !covered.contains(finding.reasons) => {
                return CrlAnswer { status: finding.status, used: finding.used };
            }
            Status::Good { .. } | Status::OnHold { .. } => {}
            other => refused.push(other),
        }
    }
    match oldest {
        Some(as_of) if covered == ReasonSet::ALL => return CrlAnswer { status: Status::Good { as_of }, used },
        Some(_) => refused.push(Status::Unusable(Unusable::ReasonsIncomplete)),
        None => {}
    }
    let status = Status::weightiest(refused).unwrap_or(Status::Unusable(Unusable::OtherCertificates));
    CrlAnswer { status, used: Vec::new() }
}

fn as_of(status: &Status) -> Option<crate::clock::Time> {
    match status {
        Status::Good { as_of } | Status::OnHold { as_of, .. } => Some(*as_of),
        Status::Revoked { at, .. } => Some(*at),
        _ => None,
    }
}
