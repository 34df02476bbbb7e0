//! The usage profiles of BTK's guide, P1 to P4: which one a signature has, and whether it keeps the rules of it.

use std::time::Duration;

use super::context::Context;
use super::long_form::LongForm;
use super::stamps::Stamps;
use crate::asn1::{Element, oid, tag};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::DigestAlgorithm;
use crate::validation::chain::{Chain, StatusKind};
use crate::validation::check::{Check, CheckName, Reason};
use crate::validation::indication::SubIndication;
use crate::validation::level::{Level, Profile, Shape};
use crate::validation::verify::{SignerVerification, reference_digest};

/// The signature policies of the profiles; one document holds all three (BTK's decision 2012/DK-15/299).
const POLICIES: [(&str, Profile); 3] = [
    ("2.16.792.1.61.0.1.5070.3.1.1", Profile::P2),
    ("2.16.792.1.61.0.1.5070.3.2.1", Profile::P3),
    ("2.16.792.1.61.0.1.5070.3.3.1", Profile::P4),
];

/// The digests of that document.
const POLICY_DOCUMENT: [(DigestAlgorithm, &str); 4] = [
    (DigestAlgorithm::Sha1, "7e3b50d9020c676bbbf07a998e75e63734909cd8"),
    (DigestAlgorithm::Sha256, "ff39bd29463383f69b2052ac47439e06ce7c3b8646e888b6e5ae3e46ba08117a"),
    (
        DigestAlgorithm::Sha384,
        "e7503cf83d21eb179c3a89fde8bf2216e5f4f24c9da9752d8fe86c8a8b71d4bd58a1ef426b8b0071b8c1d0754c71a810",
    ),
    (
        DigestAlgorithm::Sha512,
        "af925eee76562989cd5da4000da2c35f3d9e95bc6604bb13fe3924a6e223914756bf54fce4ccfd2617de906ea135b9474ccb1da83f8468c2\
         db18341ec7552ede",
    ),
];

/// The profile that a signature claims by its policy.
pub(super) fn claimed(shape: &Shape) -> Option<Profile> {
    let stated = shape.policy_oid.as_deref()?;
    POLICIES.iter().find(|(identifier, _)| *identifier == stated).map(|(_, profile)| *profile)
}

/// The profile that a signature fits by what is there; `None` where it fits none.
pub(super) fn detected(shape: &Shape) -> Option<Profile> {
    match claimed(shape) {
        Some(Profile::P2) if shape.has_signature_time_stamp => Some(Profile::P2),
        Some(profile @ (Profile::P3 | Profile::P4)) if shape.has_values => Some(profile),
        None if shape.is_p1 => Some(Profile::P1),
        _ => None,
    }
}

/// What a profile is judged by.
pub(super) struct Kept<'a> {
    pub(super) found: &'a SignerVerification<'a>,
    pub(super) shape: &'a Shape,
    pub(super) stamps: &'a Stamps,
    pub(super) chain: Option<&'a Chain>,
    pub(super) long_form: Option<&'a LongForm>,
    /// The time for which the signer is judged.
    pub(super) at: Time,
    pub(super) context: &'a Context<'a>,
}

/// Whether the profile that is demanded or claimed is kept; and until when the verdict is preliminary.
pub(super) fn checks(kept: &Kept<'_>, demanded: Option<Profile>) -> (Vec<Check>, Option<Time>) {
    const NAME: CheckName = CheckName::Profile;
    let detected = detected(kept.shape);
    let Some(profile) = demanded.or_else(|| claimed(kept.shape)) else {
        let check = if detected.is_some() { Check::passed(NAME) } else { Check::noted(NAME, Reason::FitsNoProfile) };
        return (vec![check], None);
    };
    let broken = |reason| Check::failed(NAME, reason, SubIndication::SigConstraintsFailure);
    let check = match kept.check(profile) {
        Err(reason) => broken(reason),
        Ok(()) if detected != Some(profile) => broken(Reason::ProfileNotKept),
        Ok(()) => Check::passed(NAME),
    };
    let preliminary_until = kept.preliminary_until(profile);
    let open = preliminary_until
        .map(|_| Check::undetermined(CheckName::GracePeriod, Reason::GracePeriodOpen, SubIndication::TryLater));
    (
        std::iter::once(check).chain(open).collect(),
        preliminary_until.filter(|until| *until > kept.context.validation.now),
    )
}

impl Kept<'_> {
    /// The rules of P2 to P4; P1 has none beside its attributes.
    fn check(&self, profile: Profile) -> Result<(), Reason> {
        if profile == Profile::P1 {
            return Ok(());
        }
        self.check_policy(profile)?;
        if self.shape.basic < Level::Bes || reference_digest(&self.found.signer).is_none() {
            return Err(Reason::ProfileNotKept);
        }
        if reference_digest(&self.found.signer) == Some(DigestAlgorithm::Sha1)
            && self.found.signer.digest_algorithm() != Some(DigestAlgorithm::Sha1)
        {
            return Err(Reason::CertificateReferenceWeak);
        }
        self.check_time_stamp()?;
        self.check_status(profile)
    }

    /// P4 wants OCSP for the signer's certificate, P2 and P3 want CRLs. P3 and P4 want all of it among the values, and that
    /// of the time-stamp in the file. Whatever else is there, of another kind or newer, does not matter.
    fn check_status(&self, profile: Profile) -> Result<(), Reason> {
        let Some(chain) = self.chain.filter(|chain| chain.holds()) else { return Ok(()) };
        let kind = status_kind(profile);
        if profile == Profile::P2 {
            let as_of = self.context.good_as_of(chain.certificates(), kind, self.at);
            return as_of.map(|_| ()).ok_or(Reason::StatusOfAnotherKind);
        }
        let long_form = self.long_form.filter(|form| form.fits()).ok_or(Reason::ReferencesIncomplete)?;
        if !long_form.holds_by(kind, self.at, self.context) {
            return Err(Reason::StatusOfAnotherKind);
        }
        let is_by_file = |(unit, at): &(Certificate, Time)| self.context.is_unit_good_by_file(unit, *at);
        if self.stamps.signature_units.iter().any(is_by_file) { Ok(()) } else { Err(Reason::StampStatusNotInside) }
    }

    /// The policy is the profile's, and its digest that of the document.
    fn check_policy(&self, profile: Profile) -> Result<(), Reason> {
        let attributes = self.found.signer.signed_attributes().ok_or(Reason::ProfileNotKept)?;
        let value = attributes.first(&oid::SIGNATURE_POLICY).and_then(|one| one.only_value());
        let value = value.ok_or(Reason::ProfileNotKept)?;
        if claimed(self.shape).ok_or(Reason::SignaturePolicyUnknown)? != profile {
            return Err(Reason::ProfileNotKept);
        }
        let (digest, hash) = policy_hash(&value).ok_or(Reason::SignaturePolicyHashDiffers)?;
        let known = POLICY_DOCUMENT.iter().find(|(algorithm, _)| *algorithm == digest);
        let fits = known.is_some_and(|(_, hex)| *hex == crate::hex::encode(hash));
        if fits { Ok(()) } else { Err(Reason::SignaturePolicyHashDiffers) }
    }

    /// A signature-time-stamp that holds, at most two hours after the claimed signing time and hardly before it.
    fn check_time_stamp(&self) -> Result<(), Reason> {
        let signing_time = self.found.signing_time.ok_or(Reason::ProfileNotKept)?;
        let stamped = self.stamps.signature_time.ok_or(Reason::TimeStampMissing)?;
        if stamped > signing_time.after(self.context.validation.policy.time_stamp_delay) {
            return Err(Reason::TimeStampTooLate);
        }
        let tolerated = signing_time.before(self.context.validation.policy.time_stamp_tolerance);
        if stamped < tolerated { Err(Reason::SigningTimeAfterTimeStamp) } else { Ok(()) }
    }

    /// P2 and P3 want a CRL from after the grace period: until it is there, the verdict is preliminary.
    fn preliminary_until(&self, profile: Profile) -> Option<Time> {
        if !matches!(profile, Profile::P2 | Profile::P3)
            || self.context.validation.policy.grace_period == Duration::ZERO
        {
            return None;
        }
        let ends = self.stamps.signature_time?.after(self.context.validation.policy.grace_period);
        let path = self.chain.filter(|chain| chain.holds())?.certificates();
        let as_of = self.context.good_as_of(path, status_kind(profile), self.at)?;
        (as_of < ends).then_some(ends)
    }
}

/// By which status data a profile judges the signer.
fn status_kind(profile: Profile) -> StatusKind {
    match profile {
        Profile::P1 => StatusKind::Any,
        Profile::P2 | Profile::P3 => StatusKind::Crl,
        Profile::P4 => StatusKind::OcspForLeaf,
    }
}

/// The hash in `SignaturePolicyId ::= SEQUENCE { sigPolicyId, sigPolicyHash SEQUENCE { hashAlgorithm, hashValue OCTET STRING
/// }, … }` (RFC 5126 section 5.8.1).
fn policy_hash<'a>(value: &Element<'a>) -> Option<(DigestAlgorithm, &'a [u8])> {
    let mut fields = (value.tag == tag::SEQUENCE).then(|| value.reader())?;
    fields.oid("signature policy").ok()?;
    let mut hash = fields.read(tag::SEQUENCE, "policy hash").ok()?.reader();
    let algorithm = DigestAlgorithm::from_identifier(&hash.read(tag::SEQUENCE, "hash algorithm").ok()?)?;
    Some((algorithm, hash.read(tag::OCTET_STRING, "hash value").ok()?.contents))
}
