//! From a plan to a file, with everything that a verifier is given beside it.

use super::attributes;
use super::certificate::{Draft, Role};
use super::evidence::{Evidence, issued_after, whole};
use super::moment::Moment;
use super::plan::{Actor, Plan, SecondSigner, Source, Stamp};
use super::side::Side;
use super::signing::sorted;
use super::token::Unit;
use super::{Form, Level};
use crate::der::{children, context, oid, sequence, tlv};
use crate::stamp::SignedFile;

/// What is signed.
pub const CONTENT: &[u8] = "E-Onay metni: başvuruyu onaylıyorum.\n".as_bytes();

/// A file, and what its verifier is given. All in DER.
#[derive(Clone, Debug)]
pub struct Made {
    /// The signature.
    pub file: Vec<u8>,
    /// The content that is given, where it is not inside.
    pub content: Option<&'static [u8]>,
    /// Whom to trust.
    pub anchors: Vec<Vec<u8>>,
    /// The authorities between.
    pub certificates: Vec<Vec<u8>>,
    /// What is known of revocations, in the file or not.
    pub known: Known,
    /// The part of it that stands in no file of this level: about the newest archive-time-stamp.
    pub outside: Known,
    /// The time of the judgement, as RFC 3339 writes it.
    pub now: String,
}

/// CRLs and OCSPResponses.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// CertificateLists.
    pub crls: Vec<Vec<u8>>,
    /// OCSPResponses.
    pub ocsps: Vec<Vec<u8>>,
}

impl Known {
    fn add(&mut self, evidence: &Evidence) {
        self.crls.extend(evidence.crl.iter().map(|crl| crl.der.clone()));
        self.ocsps.extend(evidence.ocsp.iter().map(|answer| whole(&answer.der)));
        self.ocsps.extend(evidence.about_responder.iter().map(|basic| whole(basic)));
        evidence.older.iter().for_each(|older| self.add(older));
    }
}

/// Makes the file of this level and form.
#[must_use]
pub fn make(plan: &Plan, level: Level, form: Form) -> Made {
    World::new(plan, level, form).made()
}

/// Everybody who takes part.
pub(super) struct World<'a> {
    pub(super) plan: &'a Plan,
    pub(super) level: Level,
    pub(super) form: Form,
    pub(super) signed_at: Moment,
    pub(super) first: Side,
    pub(super) second: Option<Side>,
    pub(super) content_unit: Option<Unit>,
    pub(super) signature_unit: Unit,
    pub(super) c_unit: Unit,
    pub(super) archive_units: Vec<Unit>,
}

impl<'a> World<'a> {
    fn new(plan: &'a Plan, level: Level, form: Form) -> Self {
        let at = |hour| Moment::at(plan.year.unwrap_or(2026), hour, 0);
        let signed_at = at(12);
        let Actor { key, certificate, .. } = plan.root;
        let draft = Draft { name: "root", role: Role::Authority, kind: key, oddity: certificate, used_at: signed_at };
        let root = draft.self_signed();
        let issued_at = issued_after(signed_at).plus_days(plan.status_a_day_later.into());
        let usually = if level.wants_ocsp() { Source::Ocsp } else { Source::Crl };
        let side =
            |prefix: &str, actors: [&Actor; 2]| Side::new(prefix, &root, actors, [signed_at, issued_at], usually);
        let first = side("", [&plan.sub_ca, &plan.signer]);
        let good = Actor::default();
        let second = plan.second_signer.map(|_| side("second ", [&good, &good]));
        let unit = |kind: &str, stamp: &Stamp, hour| Unit::new(kind, stamp, at(hour), &first.root);
        let content_stamped_at = attributes::content_stamped_at(signed_at);
        let content_unit = Unit::new("content", &Stamp::default(), content_stamped_at, &first.root);
        let mut archive_units = vec![unit("archive", &plan.archive_stamp, 14)];
        if plan.archived_again {
            archive_units.push(unit("second archive", &Stamp::default(), 15));
        }
        Self {
            content_unit: plan.signature.every_attribute.then_some(content_unit),
            signature_unit: unit("signature", &plan.signature_stamp, 12),
            c_unit: unit("references", &plan.c_stamp, 13),
            archive_units,
            signed_at,
            first,
            second,
            plan,
            level,
            form,
        }
    }

    fn made(&self) -> Made {
        let fields = self.signing(&self.first).file(self.form.is_attached, &self.certificates(), &self.status()).fields;
        let mut signers = vec![self.signer(&self.first, &fields)];
        if let (Some(SecondSigner::Parallel), Some(second)) = (self.plan.second_signer, &self.second) {
            signers.push(self.signer(second, &fields));
        }
        let mut known = Known::default();
        let units: Vec<&Unit> = self.units();
        for side in self.sides() {
            known.add(&side.about_signer);
            known.add(&side.about_sub_ca);
        }
        units.iter().for_each(|unit| known.add(&unit.evidence));
        let mut outside = Known::default();
        if let (true, Some(newest)) = (self.level.is_archived(), units.last()) {
            outside.add(&newest.evidence);
        }
        let own = Some(self.first.root.certificate.clone()).filter(|_| !self.plan.smuggled_root).into_iter();
        let trusted = units.iter().filter(|unit| unit.is_trusted()).map(|unit| unit.root.clone());
        Made {
            file: together(&signers),
            content: match (self.plan.another_content, self.form.is_attached) {
                (true, _) => Some(b"another content"),
                (false, false) => Some(CONTENT),
                (false, true) => None,
            },
            anchors: own.chain(trusted).collect(),
            certificates: self.sides().map(|side| side.sub_ca.certificate.clone()).collect(),
            known,
            outside,
            now: Moment::at(self.plan.year.unwrap_or(2026), 16, 0).iso(),
        }
    }

    /// The units whose time-stamps the level has, the newest last.
    fn units(&self) -> Vec<&Unit> {
        let mut units: Vec<&Unit> = self.content_unit.iter().collect();
        if self.level.is_stamped() {
            units.push(&self.signature_unit);
        }
        if self.level == Level::A {
            units.push(&self.c_unit);
        }
        if self.level.is_archived() {
            units.extend(&self.archive_units);
        }
        units
    }

    /// The signers' certificates, and the roots of the time-stamps whose status stands in the file.
    fn certificates(&self) -> Vec<Vec<u8>> {
        let signers = self.sides().map(|side| side.signer.certificate.clone());
        let roots = self.embedded().into_iter().filter(|unit| unit.is_trusted()).map(|unit| unit.root.clone());
        let above = self.sides().filter(|_| self.level.is_baseline() || self.plan.smuggled_root);
        let above = above.flat_map(|side| [&side.sub_ca, &side.root]).map(|holder| holder.certificate.clone());
        let mut all: Vec<Vec<u8>> = signers.chain(roots).chain(above).collect();
        all.sort();
        all.dedup();
        all
    }

    /// What is known of the units in a long-term form, and of signers whom no references are about.
    fn status(&self) -> Vec<Vec<u8>> {
        if !self.level.is_long_term() {
            return Vec::new();
        }
        let mut all: Vec<Vec<u8>> = self.embedded().iter().flat_map(|unit| unit.members()).collect();
        let is_counter = self.plan.second_signer == Some(SecondSigner::Counter);
        for (number, side) in self.sides().enumerate() {
            if self.level.is_baseline() || (is_counter && number > 0) {
                all.extend(side.about_signer.members());
                all.extend(side.about_sub_ca.members());
            }
        }
        all
    }

    fn sides(&self) -> impl Iterator<Item = &Side> {
        [&self.first].into_iter().chain(&self.second)
    }

    /// The units whose certificates and status stand in SignedData.
    fn embedded(&self) -> Vec<&Unit> {
        let mut units: Vec<&Unit> = self.content_unit.iter().filter(|_| self.level.is_long_term()).collect();
        units.extend(self.level.is_long_term().then_some(&self.signature_unit));
        units.extend((self.level == Level::A).then_some(&self.c_unit));
        units
    }
}

/// One file of several signers that share everything else.
fn together(signers: &[SignedFile]) -> Vec<u8> {
    let [only] = signers else {
        let infos: Vec<Vec<u8>> = signers.iter().map(signer_info).collect();
        let mut fields = signers[0].fields.clone();
        fields.push(tlv(0x31, &sorted(&infos).concat()));
        return sequence(&[oid("1.2.840.113549.1.7.2"), context(0, &sequence(&fields))]);
    };
    only.der()
}

fn signer_info(file: &SignedFile) -> Vec<u8> {
    let content = children(&file.der()).remove(1);
    let signers = children(&children(&content)[0]).pop().expect("signerInfos is there");
    children(&signers).remove(0)
}
