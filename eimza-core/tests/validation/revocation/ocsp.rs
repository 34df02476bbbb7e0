//! What an OCSP answer says of a certificate.

use eimza_core::revocation::{Ocsp, RevocationReason, Status, Unusable, by_ocsp};
use eimza_testkit::der::{extension, octets, time as generalized, tlv};
use eimza_testkit::status::{GOOD, OcspDraft, UNKNOWN, revoked, single};

use super::{Asked, certificate, issued, ocsp, time};

const NES: (&str, &str) = ("nes-rsa2048", "nes-ca");
const NOW: &str = "20260615120000Z";

fn about(status: &[u8], next_update: Option<&str>, extensions: &[Vec<u8>]) -> Option<OcspDraft> {
    single(NES, "sha1", status, NOW, next_update, extensions).map(|single| OcspDraft::new("ocsp-nes-ca", single))
}

fn judged(asked: &Asked, draft: &OcspDraft) -> Option<Status> {
    Some(by_ocsp(&asked.question(), &ocsp(draft.sign()?), &[]).status)
}

#[test]
fn an_answer_holds_until_its_next_update_or_for_a_day() {
    let (at, good) = (|moment| Asked::nes().at(moment, moment), Some(Status::Good { as_of: issued() }));
    let Some(with) = about(GOOD, Some("20260615121000Z"), &[]) else { return };
    let next_update = Some(time("2026-06-15T12:10:00Z"));
    assert_eq!(judged(&at("2026-06-15T12:10:00Z"), &with), good);
    let stale = Some(Status::NotFresh { this_update: issued(), next_update });
    assert_eq!(judged(&at("2026-06-15T12:10:01Z"), &with), stale);
    let Some(without) = about(GOOD, None, &[]) else { return };
    assert_eq!(judged(&at("2026-06-16T12:00:00Z"), &without), good);
    let stale = Some(Status::NotFresh { this_update: issued(), next_update: None });
    assert_eq!(judged(&at("2026-06-16T12:00:01Z"), &without), stale);
    assert_eq!(judged(&Asked::nes().at("2026-06-15T11:59:00Z", "2029-01-01T00:00:00Z"), &with), good);
    let future = Some(Status::Unusable(Unusable::FromTheFuture));
    assert_eq!(judged(&at("2026-06-15T11:54:59Z"), &with), future);
}

#[test]
fn revoked_held_and_unknown_are_told_apart() {
    let at = "20260601000000Z";
    let of = |status: &[u8]| judged(&Asked::nes(), &about(status, None, &[])?);
    let Some(unknown) = of(UNKNOWN) else { return };
    assert_eq!(unknown, Status::Unknown { as_of: issued() });
    let since = time("2026-06-01T00:00:00Z");
    let revocation = |reason| Some(Status::Revoked { at: since, reason, as_of: issued() });
    assert_eq!(of(&revoked(at, None)), revocation(RevocationReason::Unspecified));
    assert_eq!(of(&revoked(at, Some(4))), revocation(RevocationReason::Superseded));
    assert_eq!(of(&revoked(at, Some(6))), Some(Status::OnHold { since, as_of: issued() }));
}

#[test]
fn the_certificate_is_named_by_hashes_of_the_answers_own_algorithm() {
    for hash in ["sha1", "sha256", "sha384"] {
        let Some(single) = single(NES, hash, GOOD, NOW, None, &[]) else { return };
        let status = judged(&Asked::nes(), &OcspDraft::new("ocsp-nes-ca", single));
        assert_eq!(status, Some(Status::Good { as_of: issued() }), "{hash}");
    }
}

/// `other-ca` has the name of `nes-ca`, and another key.
#[test]
fn an_answer_about_another_certificate_says_nothing() {
    for other in [("nes-p256", "nes-ca"), ("nes-rsa2048", "other-ca"), ("nes-rsa2048", "root")] {
        let Some(single) = single(other, "sha256", GOOD, NOW, None, &[]) else { return };
        let status = judged(&Asked::nes(), &OcspDraft::new("ocsp-nes-ca", single));
        assert_eq!(status, Some(Status::Unusable(Unusable::OtherCertificates)), "{other:?}");
    }
}

#[test]
fn of_several_responses_revoked_beats_good() {
    let Some(mut draft) = about(GOOD, None, &[]) else { return };
    draft.responses.extend(single(NES, "sha256", &revoked("20260601000000Z", None), "20260614000000Z", None, &[]));
    assert!(matches!(judged(&Asked::nes(), &draft), Some(Status::Revoked { .. })));
}

#[test]
fn ended_certificates_are_kept_since_the_archive_cutoff() {
    let expired = Asked { certificate: certificate("nes-expired"), ..Asked::nes() };
    let with = |extensions: &[Vec<u8>]| {
        let single = single(("nes-expired", "nes-ca"), "sha1", GOOD, NOW, None, extensions)?;
        judged(&expired, &OcspDraft::new("ocsp-nes-ca", single))
    };
    let Some(dropped) = with(&[]) else { return };
    assert_eq!(dropped, Status::Unusable(Unusable::CertificateEndedBefore));
    let cutoff = extension("1.3.6.1.5.5.7.48.1.6", false, &generalized("20200101000000Z"));
    assert_eq!(with(&[cutoff]), Some(Status::Good { as_of: issued() }));
}

#[test]
fn an_unknown_critical_extension_spoils_the_answer() {
    let odd = |critical| vec![extension("1.2.3.4", critical, &[5, 0])];
    let spoiled = Some(Status::Unusable(Unusable::UnknownCriticalExtension));
    let Some(single) = about(GOOD, None, &odd(true)) else { return };
    assert_eq!(judged(&Asked::nes(), &single), spoiled);
    let whole = |critical| Some(OcspDraft { extensions: odd(critical), ..about(GOOD, None, &odd(false))? });
    assert_eq!(judged(&Asked::nes(), &whole(true).unwrap()), spoiled);
    assert_eq!(judged(&Asked::nes(), &whole(false).unwrap()), Some(Status::Good { as_of: issued() }));
}

#[test]
fn fractions_of_a_second_are_understood() {
    let Some(single) = single(NES, "sha1", GOOD, "20260615120000.123Z", Some("20260615150000.5Z"), &[]) else { return };
    let draft = OcspDraft { produced_at: "20260615120000.9Z".into(), ..OcspDraft::new("ocsp-nes-ca", single) };
    assert_eq!(judged(&Asked::nes(), &draft), Some(Status::Good { as_of: issued() }));
}

#[test]
fn a_refusal_is_no_status() {
    for (number, name) in [(1, "malformedRequest"), (3, "tryLater"), (6, "unauthorized"), (99, "other")] {
        let refusal = ocsp(tlv(0x30, &tlv(0x0a, &[number])));
        assert_eq!(refusal.response_status().name(), name);
        let answer = by_ocsp(&Asked::nes().question(), &refusal, &[]);
        assert_eq!(answer.status, Status::Unusable(Unusable::NoAnswer(refusal.response_status())));
        assert_eq!((answer.responder, refusal.responses().count()), (None, 0));
    }
    // Successful without an answer is neither.
    assert!(Ocsp::from_der(tlv(0x30, &tlv(0x0a, &[0]))).is_err());
}

#[test]
fn the_nonce_of_the_request_is_repeated_with_or_without_a_frame() {
    for value in [octets(&[7; 16]), vec![7; 16]] {
        let Some(mut draft) = about(GOOD, None, &[]) else { return };
        draft.extensions = vec![extension("1.3.6.1.5.5.7.48.1.2", false, &value)];
        let answer = ocsp(draft.sign().unwrap());
        assert_eq!(answer.repeats_nonce(&[7; 16]), Some(true));
        assert_eq!(answer.repeats_nonce(&[8; 16]), Some(false));
    }
    let Some(draft) = about(GOOD, None, &[]) else { return };
    assert_eq!(ocsp(draft.sign().unwrap()).repeats_nonce(&[7; 16]), None);
}

#[test]
fn both_forms_are_read_and_the_basic_one_is_found_in_the_other() {
    let Some(draft) = about(GOOD, None, &[]) else { return };
    let whole = ocsp(draft.sign().unwrap());
    let basic = Ocsp::from_der(whole.basic_der().unwrap()).unwrap();
    assert_eq!(basic.basic_der(), Some(basic.der()));
    assert_ne!(basic, whole);
    for answer in [&whole, &basic] {
        let status = by_ocsp(&Asked::nes().question(), answer, &[]).status;
        assert_eq!(status, Status::Good { as_of: issued() });
    }
}

#[test]
fn every_damaged_octet_spoils_the_answer() {
    let Some(draft) = about(GOOD, None, &[]) else { return };
    let der = OcspDraft { certificates: vec![], signer: "nes-ca".into(), ..draft }.sign().unwrap();
    let asked = Asked::nes();
    for at in 0..der.len() {
        let mut damaged = der.clone();
        damaged[at] ^= 1;
        if let Ok(answer) = Ocsp::from_der(damaged) {
            let status = by_ocsp(&asked.question(), &answer, &[]).status;
            assert!(matches!(status, Status::Unusable(_)), "octet {at}: {status:?}");
        }
    }
}
