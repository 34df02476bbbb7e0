//! What entries of a CRL say.

use eimza_core::revocation::{Crl, RevocationReason, Status, Unusable};
use eimza_testkit::der::{context, extension, tlv};
use eimza_testkit::status::{CrlDraft, entry, subject};

use super::{Asked, certificate, crl, issued, serial, time};

const REASON: &str = "2.5.29.21";
const CERTIFICATE_ISSUER: &str = "2.5.29.29";
const ISSUING_DISTRIBUTION_POINT: &str = "2.5.29.28";

fn reason(number: u8) -> Vec<u8> {
    extension(REASON, false, &tlv(0x0a, &[number]))
}

fn listing(entries: Vec<Vec<u8>>) -> CrlDraft {
    CrlDraft { entries, ..CrlDraft::new("nes-ca") }
}

#[test]
fn a_certificate_that_is_not_listed_is_good() {
    let other = entry(&[0x77], "20260601000000Z", &[]);
    for draft in [CrlDraft::new("nes-ca"), listing(vec![other])] {
        let Some(crl) = crl(&draft) else { return };
        assert_eq!(Asked::nes().crl(&crl), Status::Good { as_of: issued() });
    }
}

#[test]
fn a_listed_certificate_is_revoked_for_the_reason_that_is_stated() {
    let at = "20260601000000Z";
    for (extensions, expected) in [
        (vec![], RevocationReason::Unspecified),
        (vec![reason(1)], RevocationReason::KeyCompromise),
        (vec![reason(7)], RevocationReason::Unspecified),
    ] {
        let Some(crl) = crl(&listing(vec![entry(&serial("nes-rsa2048"), at, &extensions)])) else { return };
        let revoked = Status::Revoked { at: time("2026-06-01T00:00:00Z"), reason: expected, as_of: issued() };
        assert_eq!(Asked::nes().crl(&crl), revoked);
    }
}

#[test]
fn a_suspended_certificate_is_on_hold() {
    let entry = entry(&serial("nes-rsa2048"), "20260601000000Z", &[reason(6)]);
    let Some(crl) = crl(&listing(vec![entry])) else { return };
    let hold = Status::OnHold { since: time("2026-06-01T00:00:00Z"), as_of: issued() };
    assert_eq!(Asked::nes().crl(&crl), hold);
}

#[test]
fn of_two_entries_the_one_that_cannot_be_taken_back_counts() {
    let of = |number, at| entry(&serial("nes-rsa2048"), at, &[reason(number)]);
    let (hold, revoked) = (of(6, "20260601000000Z"), of(4, "20260602000000Z"));
    for entries in [vec![hold.clone(), revoked.clone()], vec![revoked, hold]] {
        let Some(crl) = crl(&listing(entries)) else { return };
        assert!(matches!(Asked::nes().crl(&crl), Status::Revoked { reason: RevocationReason::Superseded, .. }));
    }
}

#[test]
fn serial_numbers_are_numbers() {
    let own = serial("nes-rsa2048");
    let padded = entry(&[&[0, 0], own.as_slice()].concat(), "20260601000000Z", &[]);
    let negative = entry(&[&[0xff], own.as_slice()].concat(), "20260601000000Z", &[]);
    let Some(crl) = crl(&listing(vec![padded])) else { return };
    assert!(matches!(Asked::nes().crl(&crl), Status::Revoked { .. }));
    let Some(crl) = super::crl(&listing(vec![negative])) else { return };
    assert_eq!(Asked::nes().crl(&crl), Status::Good { as_of: issued() });
}

#[test]
fn an_unknown_critical_extension_of_any_entry_spoils_the_crl() {
    let unknown = |critical| entry(&[0x77], "20260601000000Z", &[extension("1.2.3.4", critical, &[5, 0])]);
    let Some(spoiled) = crl(&listing(vec![unknown(true)])) else { return };
    assert_eq!(Asked::nes().crl(&spoiled), Status::Unusable(Unusable::UnknownCriticalExtension));
    let Some(good) = crl(&listing(vec![unknown(false)])) else { return };
    assert_eq!(Asked::nes().crl(&good), Status::Good { as_of: issued() });
}

/// In an indirect CRL the issuer of one entry is that of the entries behind it too.
#[test]
fn the_issuer_of_an_entry_is_carried_forward() {
    let names = |name: &str| tlv(0x30, &context(4, &subject(name)));
    let of = |issuer: &str| extension(CERTIFICATE_ISSUER, true, &names(issuer));
    let at = "20260601000000Z";
    let indirect = extension(ISSUING_DISTRIBUTION_POINT, true, &tlv(0x30, &[0x84, 1, 0xff]));
    let lists = |first: &str, second: Option<&str>| {
        let second = second.map(of);
        let entries = vec![
            entry(&[0x77], at, &[of(first)]),
            entry(&serial("nes-rsa2048"), at, &second.into_iter().collect::<Vec<_>>()),
        ];
        crl(&CrlDraft { entries, extensions: vec![indirect.clone()], ..CrlDraft::new("nes-ca") })
    };
    let status = |crl: Option<Crl>| crl.map(|crl| Asked::nes().crl(&crl));
    let Some(others) = status(lists("seal-ca", None)) else { return };
    assert_eq!(others, Status::Good { as_of: issued() });
    assert!(matches!(status(lists("nes-ca", None)), Some(Status::Revoked { .. })));
    assert!(matches!(status(lists("seal-ca", Some("nes-ca"))), Some(Status::Revoked { .. })));
    assert_eq!(status(lists("nes-ca", Some("seal-ca"))), Some(Status::Good { as_of: issued() }));
}

#[test]
fn an_entry_of_another_issuer_spoils_a_crl_that_is_not_indirect() {
    let names = tlv(0x30, &context(4, &subject("seal-ca")));
    let other = entry(&[0x77], "20260601000000Z", &[extension(CERTIFICATE_ISSUER, true, &names)]);
    let Some(crl) = crl(&listing(vec![other])) else { return };
    assert_eq!(Asked::nes().crl(&crl), Status::Unusable(Unusable::UnknownCriticalExtension));
}

/// Every certificate of the issuer is looked up among fifty thousand others.
#[test]
fn entries_are_found_among_many() {
    let mut entries: Vec<Vec<u8>> =
        (0..50_000u32).map(|number| entry(&number.to_be_bytes(), "20260101000000Z", &[])).collect();
    entries.insert(31_415, entry(&serial("nes-rsa2048"), "20260601000000Z", &[reason(1)]));
    let Some(crl) = crl(&listing(entries)) else { return };
    assert_eq!(crl.entry_count(), 50_001);
    let asked = Asked::nes();
    assert!(matches!(asked.crl(&crl), Status::Revoked { reason: RevocationReason::KeyCompromise, .. }));
    let other = Asked { certificate: certificate("nes-p256"), ..asked };
    assert_eq!(other.crl(&crl), Status::Good { as_of: issued() });
    assert_eq!(crl.entries(&crl.issuer(), &[0, 0, 0x30, 0x39]).count(), 1);
}
