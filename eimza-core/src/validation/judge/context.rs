//! What is the same for all signatures of a file: material and trust.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::SignedData;
use crate::validation::Validation;
use crate::validation::anchors::Pools;
use crate::validation::chain::{Chain, Chains, CrlSigners, Material};
use crate::validation::path::{IssuerSignatures, PathInputs, Uncached};
use crate::validation::time_stamp::TimeStamp;
use crate::validation::verify::{SignerVerification, Verification, verify};

/// The longest chain whose material is looked for.
const CHAIN_LIMIT: usize = 16;

/// Chains by the certificate's fingerprint, what it is judged for, and the time.
type Judged = HashMap<(Vec<u8>, Purpose, Time), Rc<Chain>>;

/// What a certificate is judged for: anchors differ.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Purpose {
    Signing,
    TimeStamping,
}

/// What a file's signatures are judged with.
pub(super) struct Context<'a> {
    pub(super) validation: &'a Validation<'a>,
    pub(super) material: &'a Material,
    anchors: Cow<'a, Pools>,
    /// Signers by fingerprint and time: a thousand signatures may be by one certificate.
    judged: RefCell<Judged>,
    crl_signers: CrlSigners,
    /// How many octets time-stamps over the whole file may still hash: every one hashes it once more.
    octets_left: Cell<usize>,
}

/// So much may always be hashed for time-stamps, and of a larger file so often.
const OCTETS: usize = 1 << 30;
const TIMES: usize = 16;

impl<'a> Context<'a> {
    pub(super) fn new(length: usize, material: &'a Material, validation: &'a Validation<'a>) -> Self {
        let octets_left = Cell::new(OCTETS.max(length.saturating_mul(TIMES)));
        let anchors = validation.anchors.among(material.all_certificates());
        Self {
            validation,
            material,
            anchors,
            judged: RefCell::default(),
            crl_signers: CrlSigners::default(),
            octets_left,
        }
    }

    /// Takes what one more time-stamp over the whole file costs off what is left; `false` where that is not enough.
    pub(super) fn may_hash(&self, octets: usize) -> bool {
        let left = self.octets_left.get().checked_sub(octets);
        left.inspect(|left| self.octets_left.set(*left)).is_some()
    }

    /// Everything that the file and the caller give.
    pub(super) fn material(
        signed_data: &SignedData<'_>,
        found: &Verification<'_>,
        validation: &Validation<'_>,
    ) -> Material {
        let mut material = Material::of_file(signed_data);
        found.signers.iter().for_each(|one| material.add_signer(&one.signer));
        material.with_given(validation.certificates, validation.status)
    }

    /// The caller's proof of existence. One from after the time of the judgement proves nothing.
    pub(super) fn existed_since(&self) -> Option<Time> {
        self.validation.existed_since.filter(|since| *since <= self.validation.now)
    }

    /// Whether chain and status for the signer and for its time-stamps stand in the file; those of an archive
    /// time-stamp are added when the next one is taken. Signatures are not looked at here: the verdict does that.
    pub(super) fn has_material(&self, found: &SignerVerification<'_>) -> bool {
        let mut stamps = TimeStamp::all(&found.signer).unwrap_or_default();
        stamps.retain(|stamp| !stamp.kind.is_archive());
        let units = stamps.iter().filter_map(|stamp| {
            let token = stamp.token().ok()?;
            let verified = verify(token.signed_data(), None, self.validation.certificates).ok()?;
            verified.signers.into_iter().next()?.certificate
        });
        let signers: Vec<Certificate> = found.certificate.iter().cloned().chain(units).collect();
        !stamps.is_empty() && signers.len() == stamps.len() + 1 && signers.iter().all(|one| self.is_complete(one))
    }

    /// Status for the certificate and for each authority above it that stands in the file, up to a root.
    fn is_complete(&self, certificate: &Certificate) -> bool {
        let mut current = certificate;
        for _ in 0..CHAIN_LIMIT {
            if current.is_self_issued() {
                return true;
            }
            if !self.material.has_status_inside(current) {
                return false;
            }
            let Some(issuer) = self.material.issuer_inside(current) else { return true };
            current = issuer;
        }
        false
    }

    /// A signer's path and status at a time.
    pub(super) fn judge_signer(&self, signer: &Certificate, at: Time) -> Rc<Chain> {
        self.judge(signer, Purpose::Signing, at)
    }

    /// The same for a unit that makes time-stamps.
    pub(super) fn judge_time_stamp_unit(&self, unit: &Certificate, at: Time) -> Rc<Chain> {
        self.judge(unit, Purpose::TimeStamping, at)
    }

    fn judge(&self, certificate: &Certificate, purpose: Purpose, at: Time) -> Rc<Chain> {
        let key = (certificate.sha256().as_bytes().to_vec(), purpose, at);
        if let Some(known) = self.judged.borrow().get(&key) {
            return known.clone();
        }
        let anchors = match purpose {
            Purpose::Signing => self.anchors.for_signer(certificate),
            Purpose::TimeStamping => self.anchors.for_time_stamps(),
        };
        let chains = Chains {
            now: self.validation.now,
            policy: &self.validation.policy,
            anchors,
            material: self.material,
            signatures: self.signatures(),
            crl_signers: &self.crl_signers,
            asks_every_responder: false,
        };
        let chain = Rc::new(chains.judge(certificate, &PathInputs::at(at)));
        self.judged.borrow_mut().insert(key, chain.clone());
        chain
    }

    fn signatures(&self) -> &dyn IssuerSignatures {
        match self.validation.cache {
            Some(cache) => cache,
            None => &Uncached,
        }
    }
}
