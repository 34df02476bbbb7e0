//! Tokens as openssl makes them: signed files of their own.

use eimza_core::Certificate;
use eimza_core::cms::TimeStampToken;
use eimza_core::crypto::DigestAlgorithm;
use eimza_core::validation::verify;
use eimza_testkit::stamp::{token, token_by};

#[test]
fn tokens_state_imprint_time_and_accuracy() {
    for (hash, algorithm) in
        [("sha1", DigestAlgorithm::Sha1), ("sha256", DigestAlgorithm::Sha256), ("sha512", DigestAlgorithm::Sha512)]
    {
        let settings = "accuracy = secs:1, millisecs:500\nordering = yes\ntsa_name = yes";
        let Some(der) = token_by("tsa", hash, b"stamped", settings) else { return };
        let token = TimeStampToken::read(&der).unwrap();
        let info = token.info();
        assert_eq!(info.imprint, Some(algorithm.digest(b"stamped")));
        assert_eq!((info.policy.as_str(), info.serial.as_slice(), info.ordering), ("1.2.3.4", &[0x0b][..], true));
        assert!(info.nonce.is_some() && info.unit_name.is_some());
        assert_eq!(info.time.until(info.latest()).as_secs(), 2);
        assert_eq!(info.earliest().until(info.time).as_secs(), 2);
    }
}

#[test]
fn a_token_verifies_like_any_signed_file() {
    for settings in ["", "ess_cert_id_alg = sha1"] {
        let Some(der) = token_by("tsa", "sha256", b"stamped", settings) else { return };
        let token = TimeStampToken::read(&der).unwrap();
        let found = verify(token.signed_data(), None, &[]).unwrap();
        assert!(found.all_passed(), "{settings}: {:?}", found.signers[0].checks);
        let unit = found.signers[0].certificate.as_ref().unwrap();
        assert_eq!(unit.der(), eimza_testkit::pki::certificate("tsa"));
    }
}

#[test]
fn every_damaged_octet_of_what_is_stated_is_found() {
    let Some(der) = token("sha256", b"stamped") else { return };
    let info = der.windows(3).position(|window| window == [2, 1, 1]).unwrap();
    for at in info..info + 60 {
        let mut damaged = der.clone();
        damaged[at] ^= 1;
        if let Ok(token) = TimeStampToken::read(&damaged) {
            assert!(!verify(token.signed_data(), None, &[]).unwrap().all_passed(), "octet {at}");
        }
    }
}

#[test]
fn other_files_are_no_tokens() {
    let read = |name: &str| TimeStampToken::read(&super::case(name).signature).map(|_| ()).unwrap_err().name();
    assert_eq!(read("attached-rsa2048"), "signature-malformed");
}

#[test]
fn a_time_stamp_unit_is_that_alone() {
    let certificate = |name: &str| Certificate::from_der(eimza_testkit::pki::certificate(name)).unwrap();
    assert!(certificate("tsa").is_for_time_stamps_alone());
    for other in ["nes-rsa2048", "ocsp-nes-ca", "nes-for-time-stamps", "root"] {
        assert!(!certificate(other).is_for_time_stamps_alone(), "{other}");
    }
}
