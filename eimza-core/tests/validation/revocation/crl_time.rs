//! Until when a CRL holds, and who may have signed it.

use eimza_core::revocation::{Crl, Status, Unusable, by_crls};
use eimza_testkit::der::{extension, time as generalized};
use eimza_testkit::status::{CrlDraft, entry};

use super::{Asked, certificate, crl, issued, serial, time};

#[test]
fn a_crl_holds_until_its_next_update() {
    let Some(crl) = crl(&CrlDraft::new("nes-ca")) else { return };
    let at = |moment| Asked::nes().at(moment, moment).crl(&crl);
    let stale = Status::NotFresh { this_update: issued(), next_update: Some(time("2026-06-22T12:00:00Z")) };
    assert_eq!(at("2026-06-22T12:00:00Z"), Status::Good { as_of: issued() });
    assert_eq!(at("2026-06-22T12:00:01Z"), stale);
}

#[test]
fn what_was_issued_after_the_time_in_question_is_fresh_for_good() {
    let Some(crl) = crl(&CrlDraft::new("nes-ca")) else { return };
    let asked = Asked::nes().at("2026-06-15T11:00:00Z", "2029-01-01T00:00:00Z");
    assert_eq!(asked.crl(&crl), Status::Good { as_of: issued() });
}

#[test]
fn a_crl_from_the_future_says_nothing_beyond_a_small_skew() {
    let Some(crl) = crl(&CrlDraft::new("nes-ca")) else { return };
    let at = |moment| Asked::nes().at(moment, moment).crl(&crl);
    assert_eq!(at("2026-06-15T11:55:00Z"), Status::Good { as_of: issued() });
    assert_eq!(at("2026-06-15T11:54:59Z"), Status::Unusable(Unusable::FromTheFuture));
}

#[test]
fn a_crl_without_next_update_is_only_fresh_for_what_came_before() {
    let Some(crl) = crl(&CrlDraft { next_update: None, ..CrlDraft::new("nes-ca") }) else { return };
    assert_eq!(Asked::nes().crl(&crl), Status::NotFresh { this_update: issued(), next_update: None });
    let before = Asked::nes().at("2026-06-15T12:00:00Z", "2026-06-15T13:00:00Z");
    assert_eq!(before.crl(&crl), Status::Good { as_of: issued() });
}

#[test]
fn revoked_is_revoked_however_old_the_crl_is() {
    let entries = vec![entry(&serial("nes-rsa2048"), "20260601000000Z", &[])];
    let Some(crl) = crl(&CrlDraft { entries, ..CrlDraft::new("nes-ca") }) else { return };
    let later = Asked::nes().at("2027-06-22T12:00:01Z", "2027-06-22T12:00:01Z");
    assert!(matches!(later.crl(&crl), Status::Revoked { .. }));
}

#[test]
fn an_older_revocation_beats_a_newer_good() {
    let entries = vec![entry(&serial("nes-rsa2048"), "20260601000000Z", &[])];
    let Some(old) = crl(&CrlDraft { entries, ..CrlDraft::new("nes-ca") }) else { return };
    let newer = CrlDraft {
        this_update: "20260616120000Z".into(),
        next_update: Some("20260623120000Z".into()),
        ..CrlDraft::new("nes-ca")
    };
    let Some(new) = crl(&newer) else { return };
    let asked = Asked::nes().at("2026-06-16T13:00:00Z", "2026-06-16T13:00:00Z");
    let answer = asked.crls(&[new.clone(), old]);
    assert!(matches!(answer.status, Status::Revoked { .. }));
    assert_eq!(answer.used, [1]);
    assert_eq!(asked.crl(&new), Status::Good { as_of: time("2026-06-16T12:00:00Z") });
}

#[test]
fn ended_certificates_may_have_been_dropped() {
    let (certificate, issuer) = (certificate("nes-expired"), certificate("nes-ca"));
    let ended = certificate.not_after().unwrap();
    assert!(ended < issued());
    let asked = Asked { certificate, issuer, ..Asked::nes() };
    let Some(crl) = crl(&CrlDraft::new("nes-ca")) else { return };
    assert_eq!(asked.crl(&crl), Status::Unusable(Unusable::CertificateEndedBefore));
    let keeping = |since: &str| {
        let extensions = vec![extension("2.5.29.60", false, &generalized(since))];
        super::crl(&CrlDraft { extensions, ..CrlDraft::new("nes-ca") })
    };
    let Some(kept) = keeping("20200101000000Z") else { return };
    assert_eq!(asked.crl(&kept), Status::Good { as_of: issued() });
    let Some(kept_too_short) = keeping("20260614000000Z") else { return };
    assert_eq!(asked.crl(&kept_too_short), Status::Unusable(Unusable::CertificateEndedBefore));
}

#[test]
fn null_and_absent_parameters_are_equal_inside_and_outside() {
    let Some(crl) = crl(&CrlDraft { bare_outside: true, ..CrlDraft::new("nes-ca") }) else { return };
    assert_eq!(Asked::nes().crl(&crl), Status::Good { as_of: issued() });
}

/// `other-ca` has the name of `nes-ca`, and another key.
#[test]
fn a_crl_by_another_key_says_nothing() {
    let Some(forged) = crl(&CrlDraft::new("other-ca")) else { return };
    assert_eq!(Asked::nes().crl(&forged), Status::Unusable(Unusable::SignatureInvalid));
    let Some(others) = crl(&CrlDraft::new("seal-ca")) else { return };
    assert_eq!(Asked::nes().crl(&others), Status::Unusable(Unusable::OtherCertificates));
}

#[test]
fn every_damaged_octet_spoils_the_crl() {
    let entries = vec![entry(&[0x77], "20260601000000Z", &[])];
    let Some(der) = (CrlDraft { entries, ..CrlDraft::new("nes-ca") }).sign() else { return };
    let asked = Asked::nes();
    for at in 0..der.len() {
        let mut damaged = der.clone();
        damaged[at] ^= 1;
        if let Ok(crl) = Crl::from_der(damaged) {
            assert!(matches!(asked.crl(&crl), Status::Unusable(_)), "octet {at}");
        }
    }
}

/// An authority may sign its CRLs by another key than its certificates: the caller answers for that one.
#[test]
fn the_caller_may_vouch_for_another_signer() {
    let Some(crl) = crl(&CrlDraft::new("nes-ca")) else { return };
    let asked = Asked { issuer: certificate("other-ca"), ..Asked::nes() };
    let vouched = |signer: &str| {
        let signer = certificate(signer);
        by_crls(&asked.question(), std::slice::from_ref(&crl), &move |_| vec![signer.clone()]).status
    };
    assert_eq!(vouched("nes-ca"), Status::Good { as_of: issued() });
    assert_eq!(vouched("root"), Status::Unusable(Unusable::SignatureInvalid));
}

/// Building paths costs: nobody is asked for other signers of a CRL that the issuer has signed.
#[test]
fn the_caller_is_asked_only_where_the_issuer_has_not_signed() {
    let Some(crl) = crl(&CrlDraft::new("nes-ca")) else { return };
    let unasked = |_: &Crl| panic!("the issuer has signed");
    let answer = by_crls(&Asked::nes().question(), std::slice::from_ref(&crl), &unasked);
    assert_eq!(answer.status, Status::Good { as_of: issued() });
}

#[test]
fn key_usage_must_permit_signing_crls() {
    let Some(crl) = crl(&CrlDraft::new("self-signed-nes")) else { return };
    let alone = certificate("self-signed-nes");
    let asked = Asked { certificate: alone.clone(), issuer: alone, ..Asked::nes() };
    assert_eq!(asked.crl(&crl), Status::Unusable(Unusable::SignerNotAuthorised));
}

#[test]
fn files_are_der_or_pem() {
    let Some(der) = CrlDraft::new("nes-ca").sign() else { return };
    let folder = eimza_testkit::scratch("crl");
    let (from, to) = (folder.join("in.crl"), folder.join("out.pem"));
    std::fs::write(&from, &der).unwrap();
    let Some(openssl) = eimza_testkit::component("openssl") else { return };
    let mut command = std::process::Command::new(openssl);
    command.args(["crl", "-inform", "DER", "-text", "-in"]).arg(&from).arg("-out").arg(&to);
    eimza_testkit::run(&mut command).expect_success();
    let pem = std::fs::read(&to).unwrap();
    let read = |file: &[u8]| Crl::read_all(file).into_iter().collect::<Result<Vec<_>, _>>().unwrap();
    let same = Crl::from_der(der.clone()).unwrap();
    assert_eq!(read(&der), std::slice::from_ref(&same));
    assert_eq!(read(&[pem.clone(), pem].concat()), [same.clone(), same]);
    assert!(Crl::read_all(b"nothing")[0].is_err());
}
