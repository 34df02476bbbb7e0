use std::cell::Cell;

use eimza_testkit::pki;
use eimza_testkit::status::CrlDraft;

use super::{Chains, CrlSigners, Material};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::error::Result;
use crate::revocation::StatusData;
use crate::validation::path::{CertificatePool, IssuerSignatures, PathInputs, Uncached};
use crate::validation::policy::Policy;

/// Counts the signatures that are verified.
#[derive(Default)]
struct Counting(Cell<u32>);

impl IssuerSignatures for Counting {
    fn is_signed_by(&self, certificate: &Certificate, issuer: &Certificate) -> Result<bool> {
        self.0.set(self.0.get() + 1);
        Uncached.is_signed_by(certificate, issuer)
    }
}

/// How many signatures are verified for a signer's path, beside which an impostor has signed so many CRLs.
fn signatures_verified(crls: u64) -> Option<u32> {
    let certificate = |name: &str| Certificate::from_der(pki::certificate(name)).unwrap();
    let mut status = StatusData::new();
    for number in 0..crls {
        let this_update = format!("202606151200{number:02}Z");
        status.add_crls(&CrlDraft { this_update, ..CrlDraft::new("other-ca") }.sign()?).unwrap();
    }
    let mut anchors = CertificatePool::default();
    anchors.extend([certificate("root")]);
    let material = Material::default().with_given(&["nes-ca", "other-ca"].map(certificate), Some(&status));
    let (now, signatures) = (Time::parse("2026-06-15T12:30:00Z").unwrap(), Counting::default());
    let chains = Chains {
        now,
        policy: &Policy::generic(),
        anchors: &anchors,
        material: &material,
        signatures: &signatures,
        crl_signers: &CrlSigners::default(),
        asks_every_responder: false,
    };
    let chain = chains.judge(&certificate("nes-p256"), &PathInputs::at(now));
    assert!(chain.path.is_some() && chain.status_failure.is_some());
    Some(signatures.0.get())
}

#[test]
fn an_impostor_is_looked_for_once_however_many_crls_he_signs() {
    let Some(one) = signatures_verified(1) else { return };
    assert!(one > signatures_verified(0).unwrap(), "the impostor's path is looked for");
    assert_eq!(signatures_verified(8), Some(one));
}
