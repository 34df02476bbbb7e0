//! Time-stamp tokens (RFC 3161 section 2.4.2), written field by field.

use super::certificate::{Draft, Holder, Role};
use super::evidence::{About, Evidence, issued_after};
use super::moment::Moment;
use super::plan::{Altered, AlteredStamp, Hierarchy, Oddity, Reference, Source, Stamp, StatusFault};
use super::signing::{Signing, alter};
use super::world::CONTENT;
use crate::der::{context, integer, octets, oid, sequence};
use crate::hash::Hash;
use crate::key::KeyKind;
use crate::stamp::SignedFile;

const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";

/// A unit that makes time-stamps, its root, and what is known of its certificate.
pub(super) struct Unit {
    stamp: Stamp,
    at: Moment,
    unit: Holder,
    pub(super) root: Vec<u8>,
    pub(super) evidence: Evidence,
    is_inside: bool,
}

impl Unit {
    /// The unit for stamps of this kind, which is used at that time.
    pub(super) fn new(kind: &str, stamp: &Stamp, at: Moment, signers_root: &Holder) -> Self {
        let (own, unit, responder) = (format!("{kind} root"), format!("{kind} unit"), format!("{kind} responder"));
        let named = |name: &str, oddity| {
            let draft = Draft { name, role: Role::Authority, kind: KeyKind::P256, oddity, used_at: at };
            draft.self_signed()
        };
        let root = match stamp.under {
            Hierarchy::Own | Hierarchy::Nowhere => named(&own, Oddity::None),
            Hierarchy::Signers => signers_root.clone(),
            Hierarchy::Second => named("second root", Oddity::None),
            Hierarchy::Damaged => named(&own, Oddity::Forged),
        };
        let actor = &stamp.unit;
        let draft =
            Draft { name: &unit, role: Role::TimeStampUnit, kind: actor.key, oddity: actor.certificate, used_at: at };
        let unit = draft.issued_by(&root);
        let about = About {
            holder: &unit,
            issuer: &root,
            responder: &responder,
            used_at: at,
            issued_at: issued_after(at),
            usually: Source::Crl,
        };
        let evidence = about.evidence(&actor.status);
        let is_inside = actor.status.fault != Some(StatusFault::Outside);
        Self { stamp: *stamp, at, unit, root: root.certificate, evidence, is_inside }
    }

    /// Whether its root is among the trusted ones.
    pub(super) fn is_trusted(&self) -> bool {
        self.stamp.under != Hierarchy::Nowhere
    }

    /// What of its status may stand in a file, each in the form that SignedData has for it.
    pub(super) fn members(&self) -> Vec<Vec<u8>> {
        if self.is_inside { self.evidence.members() } else { Vec::new() }
    }

    /// The digest algorithm of its imprints.
    pub(super) fn hash(&self) -> Hash {
        self.stamp.hash.unwrap_or_else(|| self.unit.key.usual_hash())
    }

    /// A token over these octets.
    pub(super) fn token(&self, octets_stamped: &[u8]) -> SignedFile {
        let hash = self.hash();
        let stamped = match self.stamp.altered {
            Some(AlteredStamp::Imprint) => b"something else",
            Some(AlteredStamp::OfContent) => CONTENT,
            _ => octets_stamped,
        };
        let imprint = sequence(&[hash.identifier(), octets(&hash.digest(stamped))]);
        let info = self.info(&imprint, self.at);
        let signing = Signing {
            signer: &self.unit,
            hash,
            content_type: Some(TST_INFO),
            content: &info,
            signing_time: Some(self.at),
            reference_hash: if hash == Hash::Sha1 { Hash::Sha1 } else { Hash::Sha256 },
            reference: if hash == Hash::Sha1 { Reference::V1 } else { Reference::V2 },
            attributes: Vec::new(),
            wrong: None,
        };
        let mut token = signing.file(true, std::slice::from_ref(&self.unit.certificate), &[]);
        match self.stamp.altered {
            Some(AlteredStamp::Token) => alter(&mut token, Altered::Value),
            Some(AlteredStamp::Time) => {
                let info = self.info(&imprint, self.at.plus(-60));
                token.fields[2] = sequence(&[oid(TST_INFO), context(0, &octets(&info))]);
            }
            _ => {}
        }
        token
    }

    /// `TSTInfo` (RFC 3161 section 2.4.2).
    fn info(&self, imprint: &[u8], at: Moment) -> Vec<u8> {
        let policy = oid("2.16.792.1.2.1.1.5.7.3.1");
        sequence(&[integer(&[1]), policy, imprint.to_vec(), integer(&[0x0a]), at.generalized()])
    }
}
