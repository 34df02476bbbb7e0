//! initial-permitted-subtrees and initial-excluded-subtrees (RFC 5280 section 6.1.1 (h), (i)).

use eimza_core::validation::{BrokenRule, CertificateValidation};
use eimza_testbed::at;
use eimza_testbed::keys::certificate;
use eimza_testkit::der::{context, oid, sequence, tlv};
use eimza_testkit::status::subject;

/// `NameConstraints` with one directoryName, permitted (0) or excluded (1).
fn constraints(side: u8, name: &[u8]) -> Vec<u8> {
    sequence(&[context(side, &sequence(&[context(4, name)]))])
}

/// A name of one country.
fn country(code: &[u8]) -> Vec<u8> {
    sequence(&[tlv(0x31, &sequence(&[oid("2.5.4.6"), tlv(0x13, code)]))])
}

fn broken(constraints: &[Vec<u8>]) -> Option<BrokenRule> {
    let judge = CertificateValidation::at(at()).trust([certificate("root")]).without_revocation();
    let judge = judge.with_certificates([certificate("nes-ca")]);
    let judge = constraints.iter().fold(judge, |judge, one| judge.constrain_names(one).unwrap());
    judge.validate(&certificate("nes-p256")).failure.map(|failure| failure.rule)
}

#[test]
fn names_keep_to_what_the_caller_permits_from_the_beginning() {
    assert_eq!(broken(&[constraints(0, &country(b"TR"))]), None);
    assert_eq!(broken(&[constraints(0, &country(b"DE"))]), Some(BrokenRule::NameNotPermitted));
    assert_eq!(broken(&[constraints(1, &subject("nes-p256"))]), Some(BrokenRule::NameExcluded));
    assert_eq!(broken(&[constraints(1, &country(b"DE"))]), None);
    let both = [constraints(0, &country(b"TR")), constraints(1, &country(b"TR"))];
    assert_eq!(broken(&both), Some(BrokenRule::NameExcluded), "each has its say");
}

#[test]
fn what_are_no_name_constraints_is_refused() {
    let judge = || CertificateValidation::at(at());
    assert!(judge().constrain_names(b"none").is_err());
    assert!(judge().constrain_names(&sequence(&[context(0, &sequence(&[]))])).is_err(), "a subtree without its base");
}
