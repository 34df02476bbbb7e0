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
use crate::validation::chain::{Chain, Chains, CrlSigners, Material, Meter, Place, Proofs, StatusKind};
use crate::validation::grounds::Grounds;
use crate::validation::path::{CertificatePool, IssuerSignatures, PathInputs, Uncached};
use crate::validation::time_stamp::TimeStamp;
use crate::validation::verify::{SignerVerification, Verification, verify};

/// The longest chain whose material is looked for.
const CHAIN_LIMIT: usize = 16;

/// Chains by the certificate's fingerprint, what it is judged for, the time, and how much of the file was proven.
type Judged = HashMap<(Vec<u8>, JudgedFor, Time, usize), Rc<Chain>>;

/// What a certificate is judged for: anchors differ.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum JudgedFor {
    Signing,
    /// The same where a known revocation of a responder counts in any case.
    LongTermSigning,
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
    pub(super) meter: Meter<'a>,
    /// The certificates of time-stamp units, by where their tokens begin.
    units: RefCell<HashMap<*const u8, Certificate>>,
    /// What time-stamps that hold prove of the file.
    pub(super) proofs: Proofs,
    /// How many octets time-stamps over the whole file may still hash: every one hashes it once more.
    octets_left: Cell<usize>,
}

/// So much may always be hashed for time-stamps, and of a larger file so often.
const OCTETS: usize = 1 << 30;
const TIMES: usize = 16;

impl<'a> Context<'a> {
    pub(super) fn new(length: usize, material: &'a Material, validation: &'a Validation<'a>) -> Self {
        let octets_left = Cell::new(OCTETS.max(length.saturating_mul(TIMES)));
        let signatures = validation.cache.map_or(&Uncached as &dyn IssuerSignatures, |cache| cache);
        let anchors = validation.anchors.among(material.all_certificates());
        Self {
            validation,
            material,
            anchors,
            judged: RefCell::default(),
            crl_signers: CrlSigners::default(),
            meter: Meter::new(signatures),
            units: RefCell::default(),
            proofs: Proofs::of_file(existed_since(validation)),
            octets_left,
        }
    }

    /// Takes what one more time-stamp over the whole file costs off what is left; `false` where that is not enough.
    pub(super) fn may_hash(&self, octets: usize) -> bool {
        let left = self.octets_left.get().checked_sub(octets);
        left.inspect(|left| self.octets_left.set(*left)).is_some()
    }

    /// Everything that the file and the caller give.
    pub(super) fn material<'f>(
        signed_data: &SignedData<'f>,
        found: &Verification<'f>,
        validation: &Validation<'_>,
    ) -> Material {
        let read: Vec<&Certificate> = found.signers.iter().filter_map(|one| one.certificate.as_ref()).collect();
        let mut material = Material::of_file(signed_data, found.signers.iter().map(|one| &one.signer), &read);
        if validation.ignores_enclosed_status {
            material.forget_status();
        }
        material.with_given(validation.certificates, validation.status)
    }

    /// What a verdict rests on that was come to with this chain of the signer.
    pub(super) fn grounds(&self, signer: Option<&Chain>) -> Grounds {
        let judged = self.judged.borrow();
        let mut time_stamps: Vec<_> =
            judged.iter().filter(|((_, purpose, ..), _)| *purpose == JudgedFor::TimeStamping).collect();
        // In an order that is the same each time.
        time_stamps.sort_by_key(|((fingerprint, _, at, proven), _)| (fingerprint, at, proven));
        Grounds::of(signer, time_stamps.into_iter().map(|(_, chain)| &**chain), self.material)
    }

    /// The caller's proof of existence.
    pub(super) fn existed_since(&self) -> Option<Time> {
        existed_since(self.validation)
    }

    /// Keeps whose a token is, which its verification has shown.
    pub(super) fn remember_unit(&self, token: &[u8], unit: &Certificate) {
        self.units.borrow_mut().insert(token.as_ptr(), unit.clone());
    }

    /// Since when time-stamps prove that a part of the file exists.
    pub(super) fn proven_since(&self, part: &[u8]) -> Option<Time> {
        self.proofs.since(&[Place::of(part)])
    }

    /// Whether chain and status for the signer and for its time-stamps stand in the file; those of an archive
    /// time-stamp are added when the next one is taken. Signatures are not looked at here: the verdict does that.
    pub(super) fn has_material(&self, found: &SignerVerification<'_>) -> bool {
        let mut stamps = TimeStamp::all(&found.signer).unwrap_or_default();
        stamps.retain(|stamp| !stamp.kind.is_archive());
        let units = stamps.iter().filter_map(|stamp| {
            if let Some(known) = self.units.borrow().get(&stamp.octets.as_ptr()) {
                return Some(known.clone());
            }
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

    /// A signer's path and status at a time. In a long-term form (XL and above) a revocation of a responder may count although
    /// its issuer says that it need not be asked for: the policy says so.
    pub(super) fn judge_signer(&self, signer: &Certificate, at: Time, is_long_term: bool) -> Rc<Chain> {
        let asks_responders = is_long_term && self.validation.policy.revoked_responders_count;
        self.judge(signer, if asks_responders { JudgedFor::LongTermSigning } else { JudgedFor::Signing }, at)
    }

    /// The same for a unit that makes time-stamps.
    pub(super) fn judge_time_stamp_unit(&self, unit: &Certificate, at: Time) -> Rc<Chain> {
        self.judge(unit, JudgedFor::TimeStamping, at)
    }

    fn judge(&self, certificate: &Certificate, purpose: JudgedFor, at: Time) -> Rc<Chain> {
        let key = (certificate.sha256().as_bytes().to_vec(), purpose, at, self.proofs.count());
        if let Some(known) = self.judged.borrow().get(&key) {
            return known.clone();
        }
        let anchors = match purpose {
            JudgedFor::Signing | JudgedFor::LongTermSigning => self.anchors_for_signer(certificate),
            JudgedFor::TimeStamping => self.anchors.for_time_stamps(),
        };
        let chains = Chains {
            asks_every_responder: purpose == JudgedFor::LongTermSigning,
            ..self.chains_by(anchors, self.material, &self.crl_signers)
        };
        let chain = Rc::new(chains.judge(certificate, &PathInputs::at(at)));
        self.judged.borrow_mut().insert(key, chain.clone());
        chain
    }

    /// The anchors that are good for this signer.
    pub(super) fn anchors_for_signer(&self, signer: &Certificate) -> &CertificatePool {
        self.anchors.for_signer(signer)
    }

    /// What certificates are judged by where these anchors and this material count.
    pub(super) fn chains_by<'c>(
        &'c self,
        anchors: &'c CertificatePool,
        material: &'c Material,
        crl_signers: &'c CrlSigners,
    ) -> Chains<'c> {
        Chains {
            now: self.validation.now,
            policy: &self.validation.policy,
            anchors,
            material,
            meter: &self.meter,
            crl_signers,
            status_kind: StatusKind::Any,
            asks_every_responder: false,
            about_responders: self.material,
            proofs: &self.proofs,
        }
    }

    /// thisUpdate of the data about the first certificate, where the path holds by status data of this kind alone.
    pub(super) fn good_as_of(&self, path: &[Certificate], kind: StatusKind, at: Time) -> Option<Time> {
        let (anchors, crl_signers) = (CertificatePool::default(), CrlSigners::default());
        self.chains_by(&anchors, self.material, &crl_signers).by_status_of(kind).good_as_of(path, at)
    }

    /// Whether a unit's path holds by the status data in the file alone.
    pub(super) fn is_unit_good_by_file(&self, unit: &Certificate, at: Time) -> bool {
        let (material, crl_signers) = (self.material.inside(), CrlSigners::default());
        let chains = self.chains_by(self.anchors.for_time_stamps(), &material, &crl_signers);
        chains.judge(unit, &PathInputs::at(at)).holds()
    }
}

/// The caller's proof of existence. One from after the time of the judgement proves nothing.
fn existed_since(validation: &Validation<'_>) -> Option<Time> {
    validation.existed_since.filter(|since| *since <= validation.now)
}
