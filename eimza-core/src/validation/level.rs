//! Which level of CAdES and which BTK profile a signature has, by the attributes that are there.

use super::check::{CheckName, CheckStatus};
use super::verify::{SignerVerification, reference_digest};
use crate::asn1::oid::{self, ObjectIdentifier, dotted};
use crate::asn1::tag;
use crate::crypto::DigestAlgorithm;

/// The levels in their order (RFC 5126, EN 319 122-1); a baseline name where its stricter rules are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Level {
    /// No signed attributes, or no reference to the signer's certificate.
    #[serde(rename = "CMS")]
    Cms,
    /// Basic.
    #[serde(rename = "BES")]
    Bes,
    /// Basic, with a signature policy.
    #[serde(rename = "EPES")]
    Epes,
    /// Basic by the baseline's rules.
    #[serde(rename = "B-B")]
    BB,
    /// With a signature-time-stamp.
    #[serde(rename = "T")]
    T,
    /// The same by the baseline's rules.
    #[serde(rename = "B-T")]
    BT,
    /// With references to certificates and status data.
    #[serde(rename = "C")]
    C,
    /// With a time-stamp over the references.
    #[serde(rename = "X")]
    X,
    /// With the values of the references.
    #[serde(rename = "XL")]
    XL,
    /// With the material for long-term checking in SignedData.
    #[serde(rename = "B-LT")]
    BLt,
    /// With an archive-time-stamp or evidence record.
    #[serde(rename = "A")]
    A,
    /// With an archive-time-stamp by the baseline's rules.
    #[serde(rename = "B-LTA")]
    BLta,
}

impl Level {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Level::Cms => "CMS",
            Level::Bes => "BES",
            Level::Epes => "EPES",
            Level::BB => "B-B",
            Level::T => "T",
            Level::BT => "B-T",
            Level::C => "C",
            Level::X => "X",
            Level::XL => "XL",
            Level::BLt => "B-LT",
            Level::A => "A",
            Level::BLta => "B-LTA",
        }
    }
}

/// The usage profiles of BTK's guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Profile {
    /// Instant.
    P1,
    /// Short-term, with CRLs.
    P2,
    /// Long-term, with CRLs.
    P3,
    /// Long-term, with OCSP.
    P4,
}

impl Profile {
    const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// The name in BTK's guide and in reports: "P1" … "P4".
    pub fn name(self) -> &'static str {
        match self {
            Profile::P1 => "P1",
            Profile::P2 => "P2",
            Profile::P3 => "P3",
            Profile::P4 => "P4",
        }
    }

    /// The one with this name, in small letters too.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name().eq_ignore_ascii_case(name))
    }
}

/// What the attributes of a signature make it.
pub(super) struct Shape {
    /// What was reached, without and with material for signer and time-stamps in the file.
    reached: Vec<(Needs, Level)>,
    /// By the signed attributes alone: nothing of it rests on a time-stamp.
    pub(super) basic: Level,
    pub(super) policy_oid: Option<String>,
    pub(super) is_p1: bool,
    pub(super) has_signature_time_stamp: bool,
    /// Whether there are references that count: beside a signature-time-stamp, for they are what the next form adds to it.
    pub(super) has_references: bool,
    /// Whether references and their values are there.
    pub(super) has_values: bool,
}

/// What a level rests on beside attributes that are there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Signature,
    /// References that fit.
    References,
    /// A time-stamp over them too.
    ReferencesTime,
    Archive,
    ArchiveV3,
}

/// Which time-stamps hold, and whether the references fit.
#[derive(Clone, Copy)]
pub(super) struct Holding {
    pub(super) signature: bool,
    /// References, where there are any, name what the verdict rests on.
    pub(super) references: bool,
    pub(super) references_time: bool,
    pub(super) archive: bool,
    pub(super) archive_v3: bool,
}

impl Shape {
    pub(super) fn of(found: &SignerVerification<'_>, has_material: bool) -> Self {
        let (signed, unsigned) = (found.signer.signed_attributes(), found.signer.unsigned_attributes());
        let is_signed = |identifier: ObjectIdentifier| signed.is_some_and(|set| set.first(&identifier).is_some());
        let has = |identifier: ObjectIdentifier| unsigned.is_some_and(|set| set.first(&identifier).is_some());
        let has_any = |identifiers: &[ObjectIdentifier]| identifiers.iter().any(|identifier| has(*identifier));
        let has_all = |identifiers: &[ObjectIdentifier]| identifiers.iter().all(|identifier| has(*identifier));

        let typed = is_signed(oid::CONTENT_TYPE) || found.parent.is_some();
        let referenced = is_signed(oid::SIGNING_CERTIFICATE) || is_signed(oid::SIGNING_CERTIFICATE_V2);
        let bes = typed && referenced && is_signed(oid::MESSAGE_DIGEST);
        let policy_oid = policy(found);
        let strict = found.check(CheckName::Format).is_some_and(|format| format.status == CheckStatus::Passed)
            && found.check(CheckName::SignedAttributesDer).is_none();
        let timed = is_signed(oid::SIGNING_TIME) && found.certificate_inside;
        let basic = match (bes, strict && timed && fits_baseline(found), policy_oid.is_some()) {
            (false, ..) => Level::Cms,
            (true, true, _) => Level::BB,
            (true, false, true) => Level::Epes,
            (true, false, false) => Level::Bes,
        };
        let stamped = bes && has(oid::SIGNATURE_TIME_STAMP);
        let baseline = basic == Level::BB && stamped;
        let long_term = baseline && has_material;
        let archived = has_any(&ARCHIVE);
        let complete = stamped && has_all(&REFERENCES);
        let has_values = complete && has_all(&[oid::CERTIFICATE_VALUES, oid::REVOCATION_VALUES]);
        let reached = [
            (stamped, Needs::Signature, Level::T),
            (baseline, Needs::Signature, Level::BT),
            (complete, Needs::References, Level::C),
            (complete && has_any(&REFERENCES_STAMPS), Needs::ReferencesTime, Level::X),
            (has_values, Needs::References, Level::XL),
            (long_term, Needs::Signature, Level::BLt),
            (stamped && archived, Needs::Archive, Level::A),
            (long_term && has(oid::ARCHIVE_TIME_STAMP_V3), Needs::ArchiveV3, Level::BLta),
        ];
        let reached = reached.into_iter().filter(|(there, ..)| *there).map(|(_, needs, level)| (needs, level));
        Self {
            reached: reached.collect(),
            basic,
            is_p1: bes && timed && !is_signed(oid::SIGNATURE_POLICY),
            policy_oid,
            has_signature_time_stamp: has(oid::SIGNATURE_TIME_STAMP),
            has_references: stamped && has_any(&REFERENCES),
            has_values,
        }
    }

    /// The highest level that is there.
    pub(super) fn structure(&self) -> Level {
        self.reached.iter().map(|(_, level)| *level).max().unwrap_or(self.basic)
    }

    /// Whether it is of a form for long-term checking: XL and above.
    pub(super) fn is_long_term(&self) -> bool {
        self.structure() >= Level::XL
    }

    /// The highest level that is proven.
    pub(super) fn proven(&self, holding: Holding) -> Level {
        let holds = |needs: Needs| {
            holding.signature
                && match needs {
                    Needs::Signature => true,
                    Needs::References => holding.references,
                    Needs::ReferencesTime => holding.references && holding.references_time,
                    Needs::Archive => holding.archive && holding.references,
                    Needs::ArchiveV3 => holding.archive_v3,
                }
        };
        let proven = self.reached.iter().filter(|(needs, _)| holds(*needs));
        proven.map(|(_, level)| *level).max().unwrap_or(self.basic)
    }
}

const REFERENCES: [ObjectIdentifier; 2] = [oid::COMPLETE_CERTIFICATE_REFERENCES, oid::COMPLETE_REVOCATION_REFERENCES];

const REFERENCES_STAMPS: [ObjectIdentifier; 2] = [oid::CADES_C_TIME_STAMP, oid::REFERENCES_TIME_STAMP];

const ARCHIVE: [ObjectIdentifier; 5] = [
    oid::ARCHIVE_TIME_STAMP_V1,
    oid::ARCHIVE_TIME_STAMP_V2,
    oid::ARCHIVE_TIME_STAMP_V3,
    oid::EVIDENCE_RECORD_INTERNAL,
    oid::EVIDENCE_RECORD_EXTERNAL,
];

/// `SignaturePolicy ::= CHOICE { SEQUENCE { sigPolicyId, … }, NULL }` (RFC 5126 section 5.8.1): an implied policy has
/// no identifier.
/// EN 319 122-1 section 6.3 (f), (h) and (i): content-type is id-data, and one reference alone names the certificate, that of
/// the second kind, by a digest other than SHA-1. A counter-signature has no content-type.
fn fits_baseline(found: &SignerVerification<'_>) -> bool {
    let Some(signed) = found.signer.signed_attributes() else { return false };
    let content_type = signed.first(&oid::CONTENT_TYPE).and_then(|attribute| attribute.only_value());
    let is_data = content_type.map_or(found.parent.is_some(), |value| value.contents == oid::DATA.as_bytes());
    is_data
        && signed.first(&oid::SIGNING_CERTIFICATE).is_none()
        && reference_digest(&found.signer).is_some_and(|digest| digest != DigestAlgorithm::Sha1)
}

fn policy(found: &SignerVerification<'_>) -> Option<String> {
    let value = found.signer.signed_attributes()?.first(&oid::SIGNATURE_POLICY)?.only_value()?;
    let identifier = (value.tag == tag::SEQUENCE).then(|| value.reader().oid("signature policy").ok())??;
    Some(dotted(identifier))
}
