//! What is the same for all signatures of a file: material and trust.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::SignedData;
use crate::validation::Validation;
use crate::validation::anchors::Pools;
use crate::validation::chain::{Chain, Chains, Material};
use crate::validation::path::{IssuerSignatures, PathInputs, Uncached};

/// Chains by the certificate's fingerprint and the time.
type Judged = HashMap<(Vec<u8>, Time), Rc<Chain>>;

/// What a file's signatures are judged with.
pub(super) struct Context<'a> {
    pub(super) validation: &'a Validation<'a>,
    pub(super) material: &'a Material,
    anchors: Cow<'a, Pools>,
    /// Signers by fingerprint and time: a thousand signatures may be by one certificate.
    judged: RefCell<Judged>,
}

impl<'a> Context<'a> {
    pub(super) fn new(material: &'a Material, validation: &'a Validation<'a>) -> Self {
        let anchors = validation.anchors.among(material.all_certificates());
        Self { validation, material, anchors, judged: RefCell::default() }
    }

    /// Everything that the file and the caller give.
    pub(super) fn material(signed_data: &SignedData<'_>, validation: &Validation<'_>) -> Material {
        Material::of_file(signed_data).with_given(validation.certificates, validation.status)
    }

    /// A signer's path and status at a time.
    pub(super) fn judge_signer(&self, signer: &Certificate, at: Time) -> Rc<Chain> {
        let key = (signer.sha256().as_bytes().to_vec(), at);
        if let Some(known) = self.judged.borrow().get(&key) {
            return known.clone();
        }
        let chains = Chains {
            now: self.validation.now,
            policy: &self.validation.policy,
            anchors: self.anchors.for_signer(signer),
            material: self.material,
            signatures: self.signatures(),
            asks_every_responder: false,
        };
        let chain = Rc::new(chains.judge(signer, &PathInputs::at(at)));
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
