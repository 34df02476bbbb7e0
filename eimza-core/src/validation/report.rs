//! The report: serialised, it is the JSON of `eimza validate`.

use super::check::Check;
use super::grounds::Grounds;
use super::indication::{Indication, SubIndication};
use super::level::{Level, Profile};
use super::policy::Policy;
use crate::asn1::oid;
use crate::certificate::{Certificate, NationalId};
use crate::clock::Time;
use crate::personal::Personal;
use crate::shown_text;

/// The verdict over a file.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Report {
    /// The worst of the signatures that count.
    pub indication: Indication,
    /// What stands beside it.
    pub sub_indication: Option<SubIndication>,
    /// Each signature, counter-signatures behind those that they sign.
    pub signatures: Vec<SignatureReport>,
}

/// The verdict over one signature.
#[derive(Clone, Debug, serde::Serialize)]
pub struct SignatureReport {
    /// `S0`, `S1` … in the order of the file.
    pub id: String,
    /// The signature that this one counter-signs.
    pub parent: Option<String>,
    /// The verdict.
    pub indication: Indication,
    /// Why.
    pub sub_indication: Option<SubIndication>,
    /// Until when a good verdict is preliminary.
    pub preliminary_until: Option<Time>,
    /// The highest level that is proven.
    pub level: Level,
    /// The highest level that is there.
    pub structure: Level,
    /// The BTK profile that it fits.
    pub profile: Option<Profile>,
    /// The signature policy that it claims.
    pub policy_oid: Option<String>,
    /// When the signer claims to have signed.
    pub signing_time: Option<Time>,
    /// The earliest time for which its existence is proven.
    pub best_signature_time: Option<Time>,
    /// Who signed; `None` where the certificate was not found.
    pub signer: Option<SignerReport>,
    /// What was checked, in order.
    pub checks: Vec<Check>,
    /// What the verdict rests on beside the signature itself.
    #[serde(skip)]
    pub grounds: Grounds,
}

/// Who signed, national ids masked.
#[derive(Clone, Debug, serde::Serialize)]
pub struct SignerReport {
    /// The subject's common name, of a long one the beginning.
    pub common_name: Option<Personal<String>>,
    /// The certificate's fingerprint, hexadecimal.
    pub certificate_sha256: String,
    /// Whether the certificate claims to be a qualified one.
    pub qualified: bool,
    /// The person's national id.
    pub national_id: Option<Personal<NationalId>>,
    /// The certificate itself.
    #[serde(skip)]
    pub certificate: Certificate,
}

impl Report {
    /// The verdict over what is no SignedData with a signer.
    pub(super) fn format_failure() -> Self {
        Self {
            indication: Indication::TotalFailed,
            sub_indication: Some(SubIndication::FormatFailure),
            signatures: Vec::new(),
        }
    }

    /// The verdict over these signatures: the worst of those that count.
    pub(super) fn over(signatures: Vec<SignatureReport>, policy: &Policy) -> Self {
        let counts = |one: &&SignatureReport| policy.counter_signatures_count || one.parent.is_none();
        let worst = signatures.iter().filter(counts).map(|one| (one.indication, one.sub_indication)).min_by_key(rank);
        let (indication, sub_indication) =
            worst.unwrap_or((Indication::TotalFailed, Some(SubIndication::FormatFailure)));
        Self { indication, sub_indication, signatures }
    }

    /// The same report with national ids in clear. Only where a person asked for it.
    pub fn revealed(mut self) -> Self {
        for signer in self.signatures.iter_mut().filter_map(|signature| signature.signer.as_mut()) {
            signer.common_name.iter_mut().for_each(Personal::show);
            signer.national_id.iter_mut().for_each(Personal::show);
        }
        self
    }
}

impl SignerReport {
    pub(super) fn of(certificate: &Certificate) -> Self {
        let common_name = certificate.subject().value(&oid::COMMON_NAME);
        Self {
            common_name: common_name.map(|text| Personal::new(shown_text::cut(text))),
            certificate_sha256: certificate.sha256().to_hex(),
            qualified: certificate.qualified(),
            national_id: certificate.national_id(),
            certificate: certificate.clone(),
        }
    }
}

/// The worst verdict first; within one verdict the gravest reason first, none last.
fn rank(verdict: &(Indication, Option<SubIndication>)) -> (Indication, bool, Option<SubIndication>) {
    (verdict.0, verdict.1.is_none(), verdict.1)
}
