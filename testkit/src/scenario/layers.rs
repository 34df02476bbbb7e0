//! One signer's signature, and layer upon layer what its level puts over it.

use super::attributes;
use super::moment::Moment;
use super::plan::{Reference, SecondSigner, SigningTime};
use super::references::Path;
use super::side::Side;
use super::signing::{DATA, Signing, alter};
use super::token::Unit;
use super::world::{CONTENT, World};
use super::{Archive, Level};
use crate::der::{context, sequence};
use crate::hash::Hash;
use crate::stamp::{
    ARCHIVE_TIME_STAMP_V2, ARCHIVE_TIME_STAMP_V3, CADES_C_TIME_STAMP, CERTIFICATE_REFERENCES, HASH_INDEX_V3,
    REVOCATION_REFERENCES, SIGNATURE_TIME_STAMP, SignedFile,
};

const COUNTER_SIGNATURE: &str = "1.2.840.113549.1.9.6";

impl World<'_> {
    /// One signer with the attributes of the level, in this file.
    pub(super) fn signer(&self, side: &Side, fields: &[Vec<u8>]) -> SignedFile {
        let mut file =
            SignedFile { fields: fields.to_vec(), signer: self.signing(side).signer_info(), unsigned: vec![] };
        let is_first = std::ptr::eq(side, &raw const self.first);
        if let (true, Some(altered)) = (is_first, self.plan.signature.altered) {
            alter(&mut file, altered);
        }
        if let (Some(SecondSigner::Counter), Some(second)) = (self.plan.second_signer, &self.second) {
            let counter = self.counter_signing(second, &file.signature_value()).signer_info();
            file.add(COUNTER_SIGNATURE, &sequence(&counter));
        }
        if self.level.is_stamped() {
            file.add(SIGNATURE_TIME_STAMP, &self.signature_unit.token(&file.signature_value()).der());
        }
        if self.level.has_references() {
            let path = Path {
                signer: &side.about_signer,
                sub_ca: (&side.sub_ca, &side.about_sub_ca),
                root: &side.root,
                fault: self.plan.long_term.filter(|_| is_first),
            };
            path.add_references(&mut file);
            path.add_values(&mut file);
        }
        if self.level == Level::A {
            let covered = [SIGNATURE_TIME_STAMP, CERTIFICATE_REFERENCES, REVOCATION_REFERENCES];
            let input = [file.signature_value(), file.attribute_fields(&covered)].concat();
            file.add(CADES_C_TIME_STAMP, &self.c_unit.token(&input).der());
        }
        if self.level.is_archived() {
            for (number, unit) in self.archive_units.iter().enumerate() {
                let is_newest = number + 1 == self.archive_units.len();
                self.archive(&mut file, unit, is_newest);
            }
        }
        if self.plan.stripped {
            file.unsigned.clear();
        }
        file
    }

    /// Adds an archive-time-stamp. One that is not the newest brings what is known of its unit.
    fn archive(&self, file: &mut SignedFile, unit: &Unit, is_newest: bool) {
        let detached: &[u8] = if self.form.is_attached { b"" } else { CONTENT };
        let (kind, mut token) = match self.form.archive {
            Archive::V2 => (ARCHIVE_TIME_STAMP_V2, unit.token(&file.archive_v2_input(detached, true))),
            Archive::V3 => {
                let (input, index) = file.archive_v3_input(CONTENT, HASH_INDEX_V3, unit.hash());
                let mut token = unit.token(&input);
                token.add(HASH_INDEX_V3, &index);
                (ARCHIVE_TIME_STAMP_V3, token)
            }
        };
        if !is_newest {
            let status = unit.members();
            if !status.is_empty() {
                token.fields.push(context(1, &status.concat()));
            }
        }
        file.add(kind, &token.der());
    }

    pub(super) fn signing<'s>(&'s self, side: &'s Side) -> Signing<'s> {
        let signature = &self.plan.signature;
        let is_first = std::ptr::eq(side, &raw const self.first);
        let key = &side.signer.key;
        let hash = signature.hash.filter(|_| is_first).unwrap_or_else(|| key.usual_hash());
        let usual_reference = if hash == Hash::Sha1 { Hash::Sha1 } else { Hash::Sha256 };
        let mut extra: Vec<Vec<u8>> =
            self.level.policy_number().map(|number| attributes::policy(number, signature.policy)).into_iter().collect();
        if let Some(unit) = &self.content_unit {
            extra.extend(attributes::optional(key, hash, CONTENT, unit));
        }
        Signing {
            signer: &side.signer,
            hash,
            content_type: Some(DATA),
            content: CONTENT,
            signing_time: self.signing_time(),
            reference_hash: signature.reference_hash.filter(|_| is_first).unwrap_or(usual_reference),
            reference: signature.reference,
            attributes: extra,
            wrong: signature.signed_wrong.filter(|_| is_first),
        }
    }

    fn counter_signing<'s>(&'s self, side: &'s Side, value: &'s [u8]) -> Signing<'s> {
        Signing {
            signer: &side.signer,
            hash: side.signer.key.usual_hash(),
            content_type: None,
            content: value,
            signing_time: Some(self.signed_at),
            reference_hash: Hash::Sha256,
            reference: Reference::V2,
            attributes: Vec::new(),
            wrong: None,
        }
    }

    fn signing_time(&self) -> Option<Moment> {
        let minutes = match self.plan.signature.signing_time {
            SigningTime::Usual => -1,
            SigningTime::Absent => return None,
            SigningTime::ThreeHoursBefore => -180,
            SigningTime::FourMinutesAfter => 4,
            SigningTime::TenMinutesAfter => 10,
        };
        Some(self.signed_at.plus(minutes))
    }
}
