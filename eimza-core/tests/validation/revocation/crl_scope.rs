//! Which certificates a CRL speaks about: its issuing distribution point.

use eimza_core::revocation::{Crl, Status, Unusable};
use eimza_testkit::der::{context, context_primitive, extension, tlv};
use eimza_testkit::status::{CrlDraft, subject};

use super::{Asked, certificate, crl, issued};

/// A CRL of `nes-ca` with these fields in its issuing distribution point.
fn restricted(fields: &[u8]) -> Option<Crl> {
    let extensions = vec![extension("2.5.29.28", true, &tlv(0x30, fields))];
    crl(&CrlDraft { extensions, ..CrlDraft::new("nes-ca") })
}

/// `distributionPoint [0] { fullName [0] { name } }`.
fn point(name: &[u8]) -> Vec<u8> {
    context(0, &context(0, name))
}

fn address(text: &str) -> Vec<u8> {
    context_primitive(6, text.as_bytes())
}

const GOOD: fn() -> Status = || Status::Good { as_of: issued() };
const OTHERS: Status = Status::Unusable(Unusable::OtherCertificates);

#[test]
fn a_crl_for_one_address_is_for_certificates_that_name_it() {
    let Some(own) = restricted(&point(&address("http://127.0.0.1/nes-ca.crl"))) else { return };
    assert_eq!(Asked::nes().crl(&own), GOOD());
    let Some(other) = restricted(&point(&address("http://127.0.0.1/other.crl"))) else { return };
    assert_eq!(Asked::nes().crl(&other), OTHERS);
}

/// Every certificate has its issuer's name as a point, stated or not.
#[test]
fn a_crl_for_the_name_of_its_issuer_is_for_all() {
    let Some(own) = restricted(&point(&context(4, &subject("nes-ca")))) else { return };
    assert_eq!(Asked::nes().crl(&own), GOOD());
    let relative = context(0, &context(1, &[]));
    let Some(relative) = restricted(&relative) else { return };
    assert_eq!(Asked::nes().crl(&relative), OTHERS);
}

#[test]
fn users_authorities_and_attributes_may_have_crls_of_their_own() {
    let authority = || {
        let (certificate, issuer) = (certificate("nes-ca"), certificate("root"));
        Asked { certificate, issuer, ..Asked::nes() }
    };
    let root = |fields: &[u8]| {
        let extensions = vec![extension("2.5.29.28", true, &tlv(0x30, fields))];
        crl(&CrlDraft { extensions, ..CrlDraft::new("root") })
    };
    let flag = |number| context_primitive(number, &[0xff]);
    for (number, for_users, for_authorities) in [(1, GOOD(), OTHERS), (2, OTHERS, GOOD()), (5, OTHERS, OTHERS)] {
        let (Some(user), Some(above)) = (restricted(&flag(number)), root(&flag(number))) else { return };
        assert_eq!(Asked::nes().crl(&user), for_users, "{number}");
        assert_eq!(authority().crl(&above), for_authorities, "{number}");
    }
}

/// RFC 5280 section 6.3.3: only together they say that a certificate is good.
#[test]
fn crls_for_some_reasons_are_put_together() {
    let reasons = |unused: u8, bits: &[u8]| restricted(&context_primitive(3, &[&[unused], bits].concat()));
    let (Some(first), Some(rest)) = (reasons(5, &[0x60]), reasons(7, &[0x1f, 0x80])) else { return };
    let incomplete = Status::Unusable(Unusable::ReasonsIncomplete);
    assert_eq!(Asked::nes().crl(&first), incomplete);
    assert_eq!(Asked::nes().crl(&rest), incomplete);
    let together = Asked::nes().crls(&[first, rest]);
    assert_eq!((together.status, together.used), (GOOD(), vec![0, 1]));
}

#[test]
fn an_unknown_critical_extension_spoils_the_crl() {
    let with = |critical| {
        let extensions = vec![extension("1.2.3.4", critical, &[5, 0])];
        crl(&CrlDraft { extensions, ..CrlDraft::new("nes-ca") })
    };
    let (Some(critical), Some(harmless)) = (with(true), with(false)) else { return };
    assert_eq!(Asked::nes().crl(&critical), Status::Unusable(Unusable::UnknownCriticalExtension));
    assert_eq!(Asked::nes().crl(&harmless), GOOD());
}

#[test]
fn an_extension_that_is_there_twice_is_refused() {
    let number = extension("2.5.29.20", false, &[2, 1, 1]);
    let draft = CrlDraft { extensions: vec![number.clone(), number], ..CrlDraft::new("nes-ca") };
    let Some(der) = draft.sign() else { return };
    assert_eq!(Crl::from_der(der).unwrap_err().name(), "asn1-malformed");
}
