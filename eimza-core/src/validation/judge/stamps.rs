//! The time-stamps of one signature, from the latest archive time-stamp inwards (EN 319 102-1 sections 5.4 and 5.6).
//!
//! Each token is a signature of its own and is judged for a time: for the one in it, or for the one for which a later
//! token proves it, as the policy says. What a token that holds covers is proven to have existed at its time.

use super::context::Context;
use super::rules::weakness_reason;
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::{Content, SignedData, TimeStampToken};
use crate::validation::algorithms::AlgorithmPolicy;
use crate::validation::check::{Check, CheckName, CheckStatus, Reason};
use crate::validation::indication::SubIndication;
use crate::validation::policy::StampTime;
use crate::validation::time_stamp::{Coverage, ImprintFault, Stamped, TimeStamp, TimeStampKind};
use crate::validation::verify::{SignerVerification, signature_algorithm, verify};

/// What the time-stamps of a signature come to.
#[derive(Default)]
pub(super) struct Stamps {
    pub(super) checks: Vec<Check>,
    /// The earliest time for which the signature value is proven.
    pub(super) best_signature_time: Option<Time>,
    /// The time in the earliest signature-time-stamp that holds.
    pub(super) signature_time: Option<Time>,
    /// The units that made signature-time-stamps which hold, and the time for which each was judged.
    pub(super) signature_units: Vec<(Certificate, Time)>,
    /// Whether a time-stamp over the references holds.
    pub(super) has_references_time: bool,
    /// Whether an archive-time-stamp holds.
    pub(super) has_archive_time: bool,
    /// Whether one of the third kind does, which the baseline asks for.
    pub(super) has_archive_v3_time: bool,
    /// The signature cannot have been made before this time: its content was stamped then, and that is signed.
    pub(super) not_made_before: Option<Time>,
}

/// A token that holds.
struct Held<'a> {
    coverage: Coverage<'a>,
    latest: Time,
}

/// What judging a token that holds has shown.
struct Judged<'a> {
    coverage: Coverage<'a>,
    /// Whose it is.
    unit: Certificate,
    /// For which time that certificate was judged.
    at: Time,
}

impl Stamps {
    /// Judges every time-stamp of a signer; of a counter-signer over the value that it signed.
    pub(super) fn of(
        signed_data: &SignedData<'_>,
        found: &SignerVerification<'_>,
        counter_signed: Option<&[u8]>,
        context: &Context<'_>,
    ) -> Self {
        let mut stamps = Self::default();
        let Ok(all) = TimeStamp::all(&found.signer) else {
            let broken = Check::failed(CheckName::SignatureTimeStamp, Reason::TimeStampsTooMany, weight());
            stamps.checks.push(broken);
            return stamps;
        };
        let mut read: Vec<Read<'_>> = all.into_iter().map(Read::of).collect();
        read.sort_by_key(Read::place);
        let content = counter_signed.map(Content::Bytes).or(context.validation.content);
        let stamped = Stamped { signed_data, signer: &found.signer, content };
        let mut held: Vec<Held<'_>> = Vec::new();
        for one in &read {
            let judged = one.judge(&stamped, &held, context).and_then(|judged| one.in_order(judged, &read));
            stamps.checks.push(one.check(judged.as_ref().err(), context));
            let Ok(Judged { coverage, unit, at }) = judged else { continue };
            let Some(token) = &one.token else { continue };
            stamps.note(one.stamp.kind, &coverage, token);
            if one.stamp.kind == TimeStampKind::Signature {
                stamps.signature_units.push((unit, at));
            }
            context.proofs.add(&coverage, token.info().latest());
            held.push(Held { coverage, latest: token.info().latest() });
        }
        stamps
    }

    fn note(&mut self, kind: TimeStampKind, coverage: &Coverage<'_>, token: &TimeStampToken<'_>) {
        match kind {
            TimeStampKind::Signature => {
                let time = token.info().time;
                self.signature_time = Some(self.signature_time.map_or(time, |earliest| earliest.min(time)));
            }
            TimeStampKind::CadesC | TimeStampKind::References => self.has_references_time = true,
            TimeStampKind::ArchiveV1 | TimeStampKind::ArchiveV2 => self.has_archive_time = true,
            TimeStampKind::ArchiveV3 => (self.has_archive_time, self.has_archive_v3_time) = (true, true),
            TimeStampKind::Content => {
                self.not_made_before = self.not_made_before.max(Some(token.info().earliest()));
            }
        }
        if coverage.signature {
            let latest = token.info().latest();
            self.best_signature_time = Some(self.best_signature_time.map_or(latest, |best| best.min(latest)));
        }
    }
}

/// What a time-stamp that does not hold means where the policy minds.
fn weight() -> SubIndication {
    SubIndication::SigConstraintsFailure
}

/// A time-stamp, read as a token where it is one.
struct Read<'a> {
    stamp: TimeStamp<'a>,
    token: Option<TimeStampToken<'a>>,
}

impl<'a> Read<'a> {
    fn of(stamp: TimeStamp<'a>) -> Self {
        Self { stamp, token: stamp.token().ok() }
    }

    /// Archive time-stamps first, the latest before all, since they prove what lies beneath.
    fn place(&self) -> (u8, std::cmp::Reverse<Option<Time>>) {
        let layer = match self.stamp.kind {
            kind if kind.is_archive() => 0,
            TimeStampKind::CadesC | TimeStampKind::References => 1,
            TimeStampKind::Signature => 2,
            _ => 3,
        };
        (layer, std::cmp::Reverse(self.token.as_ref().map(|token| token.info().time)))
    }

    fn name(&self) -> CheckName {
        match self.stamp.kind {
            TimeStampKind::Content => CheckName::ContentTimeStamp,
            TimeStampKind::Signature => CheckName::SignatureTimeStamp,
            TimeStampKind::CadesC => CheckName::CadesCTimeStamp,
            TimeStampKind::References => CheckName::ReferencesTimeStamp,
            TimeStampKind::ArchiveV1 | TimeStampKind::ArchiveV2 | TimeStampKind::ArchiveV3 => {
                CheckName::ArchiveTimeStamp
            }
        }
    }

    /// What it covers and who made it, where it holds.
    fn judge(
        &self,
        stamped: &Stamped<'_, 'a>,
        held: &[Held<'_>],
        context: &Context<'_>,
    ) -> Result<Judged<'a>, (CheckStatus, Reason)> {
        use CheckStatus::{Failed, Undetermined};
        let token = self.token.as_ref().ok_or((Failed, Reason::TimeStampMalformed))?;
        if !context.meter.may_judge_time_stamp() {
            return Err((Undetermined, Reason::TimeStampsTooMany));
        }
        let is_over_file = self.stamp.kind.is_archive() || self.stamp.kind == TimeStampKind::Content;
        if is_over_file && !context.may_hash(stamped.signed_data.bytes().len()) {
            return Err((Undetermined, Reason::TimeStampsTooMany));
        }
        let coverage = stamped.covered_by(self.stamp.kind, token).map_err(|fault| match fault {
            ImprintFault::ContentMissing | ImprintFault::AlgorithmUnsupported | ImprintFault::NotComputed => {
                (Undetermined, Reason::ImprintNotComputed)
            }
            ImprintFault::Differs => (Failed, Reason::ImprintDiffers),
            _ => (Failed, Reason::HashIndexWrong),
        })?;
        if coverage.index_algorithm.is_some_and(|index| Some(index) != token.info().imprint.map(|own| own.algorithm()))
        {
            return Err((Failed, Reason::HashIndexWrong));
        }
        let certificates = context.validation.certificates;
        let verified =
            verify(token.signed_data(), None, certificates).map_err(|_| (Failed, Reason::TimeStampMalformed))?;
        let [signer] = verified.signers.as_slice() else { return Err((Failed, Reason::TimeStampMalformed)) };
        if signer.checks.iter().any(|check| check.sub_indication.is_some()) {
            return Err((Failed, Reason::TimeStampSignatureInvalid));
        }
        let unit = signer.certificate.as_ref().ok_or((Undetermined, Reason::CertificateMissing))?;
        context.remember_unit(self.stamp.octets, unit);
        if !unit.is_for_time_stamps_alone() {
            return Err((Failed, Reason::TimeStampPurposeWrong));
        }
        let at = judged_at(token, self.proven_since(held), context);
        check_strength(token, signer, unit, &context.validation.policy.algorithms, at)
            .map_err(|reason| (Failed, reason))?;
        let chain = context.judge_time_stamp_unit(unit, at);
        match chain.checks().into_iter().find(|check| check.sub_indication.is_some()) {
            Some(check) => Err((check.status, check.reason.unwrap_or(Reason::NotChecked))),
            None if token.info().earliest()
                > context.validation.now.after(context.validation.policy.status.clock_skew) =>
            {
                Err((Failed, Reason::TimeStampFromTheFuture))
            }
            None => Ok(Judged { coverage, unit: unit.clone(), at }),
        }
    }

    /// A token may not be older than a token that it covers.
    fn in_order(&self, judged: Judged<'a>, all: &[Self]) -> Result<Judged<'a>, (CheckStatus, Reason)> {
        let Some(own) = &self.token else { return Ok(judged) };
        let is_covered = |other: &&Self| {
            judged.coverage.unsigned_values.iter().any(|one| std::ptr::eq(one.value, other.stamp.octets))
        };
        let mut covered = all.iter().filter(is_covered).filter_map(|other| other.token.as_ref());
        if covered.any(|token| token.info().earliest() > own.info().latest()) {
            return Err((CheckStatus::Failed, Reason::TimeStampsOutOfOrder));
        }
        Ok(judged)
    }

    /// The earliest time for which a later token proves this one.
    fn proven_since(&self, held: &[Held<'_>]) -> Option<Time> {
        let covers_this =
            |held: &&Held<'_>| held.coverage.unsigned_values.iter().any(|one| one.value == self.stamp.octets);
        held.iter().filter(covers_this).map(|held| held.latest).min()
    }

    fn check(&self, fault: Option<&(CheckStatus, Reason)>, context: &Context<'_>) -> Check {
        let name = self.name();
        match fault {
            None => Check::passed(name),
            Some((status, reason)) if context.validation.policy.time_stamps_must_hold => {
                Check { name, status: *status, reason: Some(*reason), sub_indication: Some(weight()) }
            }
            Some((status, reason)) => Check::without_weight(name, *status, *reason),
        }
    }
}

/// The time for which the unit's certificate is judged.
fn judged_at(token: &TimeStampToken<'_>, proven: Option<Time>, context: &Context<'_>) -> Time {
    let validation = context.validation;
    if validation.policy.time_stamps_judged_at == StampTime::Stated {
        return token.info().time;
    }
    // A proof of the caller counts only where the token was made before it.
    let of_caller = context.existed_since().filter(|seen| token.info().earliest() <= *seen);
    proven.into_iter().chain(of_caller).min().map_or(validation.now, |proven| proven.min(validation.now))
}

/// Whether the token's digests, its signature and the unit's key could be relied on at this time.
fn check_strength(
    token: &TimeStampToken<'_>,
    signer: &SignerVerification<'_>,
    unit: &Certificate,
    algorithms: &AlgorithmPolicy,
    at: Time,
) -> Result<(), Reason> {
    let digests = [token.info().imprint.map(|imprint| imprint.algorithm()), signer.signer.digest_algorithm()];
    if digests.into_iter().flatten().any(|digest| algorithms.check_digest(digest, at).is_err()) {
        return Err(Reason::DigestTooWeak);
    }
    let key = unit.public_key().map_err(|_| Reason::KeyWeak)?.key_type;
    let checked = match signature_algorithm(&signer.signer) {
        Some(algorithm) => algorithms.check_signature(algorithm, &key, at),
        None => algorithms.check_key(&key, at),
    };
    checked.map_err(|weakness| weakness_reason(weakness, &key))
}
