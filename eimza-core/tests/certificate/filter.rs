//! Choosing one of several.

use eimza_core::certificate::Candidates;
use eimza_core::error::{Excluded, Exclusion};
use eimza_core::{Certificate, Error};

use crate::{certificate, now};

pub(crate) fn candidates(names: &[&str]) -> Candidates<Certificate> {
    Candidates::new(names.iter().map(|name| certificate(name)).collect())
}

#[test]
fn the_one_that_fits_is_found() {
    let card = candidates(&["encryption", "nes-expired", "nes-rsa2048", "seal", "root"]);
    let chosen = card.qualified().for_signing().valid_at(now()).one().unwrap();
    assert_eq!(chosen, certificate("nes-rsa2048"));
}

#[test]
fn none_says_who_was_seen_and_the_first_reason_of_each() {
    let card = candidates(&["encryption", "nes-expired", "nes-not-yet-valid", "nes-without-non-repudiation"]);
    let error = card.qualified().valid_at(now()).for_signing().one().unwrap_err();
    let Error::CertificateNoneFits { seen } = &error else { panic!("{error:?}") };
    let seen: Vec<_> = seen.iter().map(Excluded::to_string).collect();
    assert_eq!(
        seen,
        [
            "serialNumber=100******46,CN=TEST KİŞİ,C=TR: certificate-not-qualified (compliance-missing, turkish-statement-missing)",
            "serialNumber=100******46,CN=TEST KİŞİ,C=TR: certificate-not-qualified (non-repudiation-missing)",
            "serialNumber=100******46,CN=TEST KİŞİ,C=TR: certificate-expired (2026-02-01T00:00:00Z)",
            "serialNumber=100******46,CN=TEST KİŞİ,C=TR: certificate-not-yet-valid (2039-01-01T00:00:00Z)",
        ]
    );
    assert!(!error.to_string().contains("10000000146"));
}

#[test]
fn none_of_nothing_is_an_error_too() {
    let error = candidates(&[]).qualified().one().unwrap_err();
    assert!(matches!(error, Error::CertificateNoneFits { seen } if seen.is_empty()));
}

#[test]
fn several_are_named_so_that_one_can_be_chosen() {
    let names = ["nes-rsa2048", "nes-rsa2048-renewed", "second-person"];
    let error = candidates(&names).qualified().valid_at(now()).one().unwrap_err();
    let Error::CertificatesSeveral { subjects } = &error else { panic!("{error:?}") };
    for (subject, name) in subjects.iter().zip(names) {
        let fingerprint = subject.split_once("(SHA-256 ").unwrap().1.trim_end_matches(')');
        assert_eq!(candidates(&names).with_fingerprint(fingerprint).one().unwrap(), certificate(name));
        assert!(subject.contains("******"), "{subject}");
    }
    assert_eq!(subjects.len(), 3);
}

#[test]
fn the_same_certificate_twice_is_one() {
    assert_eq!(candidates(&["nes-rsa2048", "nes-rsa2048"]).one().unwrap(), certificate("nes-rsa2048"));
    let error = candidates(&["nes-rsa2048", "seal", "nes-rsa2048"]).one().unwrap_err();
    assert!(matches!(error, Error::CertificatesSeveral { subjects } if subjects.len() == 2));
}

#[test]
fn a_persons_certificates_are_found_by_the_whole_number() {
    let card = || candidates(&["nes-rsa2048", "odd-etsi-prefix", "second-person", "seal", "root"]);
    let of = |id: &str| card().of_person(id).into_vec();
    assert_eq!(of("10000000146"), [certificate("nes-rsa2048"), certificate("odd-etsi-prefix")]);
    assert_eq!(of("12345678950"), [certificate("second-person")]);
    for nobody in ["", "1000000014", "100******46", "1234567890", "PNOTR-10000000146"] {
        assert!(of(nobody).is_empty(), "{nobody}");
    }
    let excluded = card().of_person("12345678950");
    assert!(excluded.excluded().iter().all(|one| one.why == Exclusion::OtherPerson), "{excluded:?}");
}

#[test]
fn an_issuer_is_known_by_its_key_and_not_by_its_name() {
    let card = || candidates(&["nes-rsa2048", "other-ca-same-serial", "nes-p384", "self-signed-nes"]);
    assert_eq!(card().issued_by(&certificate("nes-ca")).one().unwrap(), certificate("nes-rsa2048"));
    assert_eq!(card().issued_by(&certificate("other-ca")).one().unwrap(), certificate("other-ca-same-serial"));
    assert_eq!(card().issued_by(&certificate("nes-ca-p384")).one().unwrap(), certificate("nes-p384"));
    assert!(card().issued_by(&certificate("seal-ca")).is_empty());
}

#[test]
fn one_is_chosen_by_fingerprint_or_subject() {
    let card = || candidates(&["nes-rsa2048", "second-person", "seal"]);
    let fingerprint = certificate("seal").sha256().to_hex();
    assert_eq!(card().with_fingerprint(&fingerprint.to_uppercase()).one().unwrap(), certificate("seal"));
    for subject in [
        "TEST İKİNCİ KİŞİ",
        "serialNumber=12345678950,CN=TEST İKİNCİ KİŞİ,C=TR",
        "serialNumber=123******50,CN=TEST İKİNCİ KİŞİ,C=TR",
    ] {
        assert_eq!(card().with_subject(subject).one().unwrap(), certificate("second-person"), "{subject}");
    }
    let error = card().with_subject("TEST").one().unwrap_err();
    assert!(
        matches!(error, Error::CertificateNoneFits { seen } if seen.iter().all(|one| one.why == Exclusion::NotChosen))
    );
    assert!(card().with_fingerprint("").is_empty());
}

#[test]
fn candidates_are_walked_in_their_order() {
    let card = candidates(&["seal", "root", "tsa"]);
    let kinds: Vec<&str> = card.iter().map(|certificate| certificate.kind().name()).collect();
    assert_eq!(kinds, ["mali-muhur", "ca", "tsa"]);
    assert_eq!((&card).into_iter().count(), 3);
    assert_eq!(card.into_iter().next(), Some(certificate("seal")));
}
