use std::cell::Cell;

use eimza_testkit::pki;
use eimza_testkit::status::{CrlDraft, entry, serial};

use super::{Chain, Chains, CrlSigners, Material, Meter, Proofs, StatusKind};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::error::Result;
use crate::revocation::StatusData;
use crate::validation::path::{BrokenRule, CertificatePool, Exceeded, IssuerSignatures, PathInputs, Uncached};
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

fn certificate(name: &str) -> Certificate {
    Certificate::from_der(pki::certificate(name)).unwrap()
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

/// The chain of a signer at a time, by these CRLs, judged at half past twelve.
fn chain(at: Time, crls: &[Vec<u8>], signatures: &Counting) -> Chain {
    let mut status = StatusData::new();
    crls.iter().for_each(|crl| status.add_crls(crl).unwrap());
    let mut anchors = CertificatePool::default();
    anchors.extend([certificate("root")]);
    let material = Material::default().with_given(&["nes-ca", "other-ca"].map(certificate), Some(&status));
    let chains = Chains {
        now: time("2026-06-15T12:30:00Z"),
        policy: &Policy::generic(),
        anchors: &anchors,
        material: &material,
        meter: &Meter::new(signatures),
        crl_signers: &CrlSigners::default(),
        status_kind: StatusKind::Any,
        asks_every_responder: false,
        proofs: &Proofs::default(),
        about_responders: &material,
    };
    chains.judge(&certificate("nes-p256"), &PathInputs::at(at))
}

/// How many signatures are verified for a signer's path, beside which an impostor has signed so many CRLs.
fn signatures_verified(crls: u64) -> Option<u32> {
    let crl = |number| {
        let this_update = format!("202606151200{number:02}Z");
        CrlDraft { this_update, ..CrlDraft::new("other-ca") }.sign()
    };
    let (crls, signatures) = ((0..crls).map(crl).collect::<Option<Vec<_>>>()?, Counting::default());
    let chain = chain(time("2026-06-15T12:30:00Z"), &crls, &signatures);
    assert!(chain.path.is_some() && chain.status_failure.is_some());
    Some(signatures.0.get())
}

#[test]
fn an_impostor_is_looked_for_once_however_many_crls_he_signs() {
    let Some(one) = signatures_verified(1) else { return };
    assert!(one > signatures_verified(0).unwrap(), "the impostor's path is looked for");
    assert_eq!(signatures_verified(8), Some(one));
}

/// Whether the grace period has passed is told by it.
#[test]
fn the_age_of_status_data_is_known_where_the_revocation_came_later() {
    let number = eimza_testkit::der::contents(&serial("nes-p256")).to_vec();
    let entries = vec![entry(&number, "20260615121000Z", &[])];
    let draft = CrlDraft { this_update: "20260615122000Z".into(), entries, ..CrlDraft::new("nes-ca") };
    let Some(crl) = draft.sign() else { return };
    let chain = chain(time("2026-06-15T12:05:00Z"), &[crl], &Counting::default());
    assert_eq!(chain.used.leaf_as_of, Some(time("2026-06-15T12:20:00Z")));
}

/// However many certificates of their own making somebody sends, and however much status data.
#[test]
fn all_judgements_of_a_file_share_what_they_may_cost() {
    let signatures = Counting::default();
    let meter = Meter::new(&signatures);
    let mut anchors = CertificatePool::default();
    anchors.extend([certificate("root")]);
    let (policy, material) = (Policy::generic(), Material::default().with_given(&[certificate("nes-ca")], None));
    let judged = |at: Time| {
        let chains = Chains {
            now: at,
            policy: &policy,
            anchors: &anchors,
            material: &material,
            meter: &meter,
            crl_signers: &CrlSigners::default(),
            status_kind: StatusKind::Any,
            asks_every_responder: false,
            proofs: &Proofs::default(),
            about_responders: &material,
        };
        chains.judge(&certificate("nes-p256"), &PathInputs::at(at))
    };
    let at = time("2026-06-15T12:30:00Z");
    let first = judged(at);
    assert!(first.path.is_some());
    let each = signatures.0.get();
    let last = (1..4096 / each).fold(judged(at), |_, _| judged(at));
    assert_eq!(last.path_failure.unwrap().rule, BrokenRule::SearchExceeded(Exceeded::Signatures));
    assert_eq!(signatures.0.get(), 4096);
}

#[test]
fn status_data_is_asked_so_often() {
    let meter = Meter::new(&Uncached);
    let asked = (0..).take_while(|_| meter.may_compare(1024)).count();
    assert_eq!(asked, 64);
    let stamps = (0..).take_while(|_| meter.may_judge_time_stamp()).count();
    assert_eq!(stamps, 1024);
}
