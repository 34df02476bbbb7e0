//! Reading and verifying a CAdES-BES with its signer certificate, beside OpenSSL's `CMS_verify` and the `cms` crate.
//!
//! Every side starts from the file's octets each time. OpenSSL checks digest and signature only: it looks at the
//! signing-certificate attribute only when it builds a chain too, which the library does not do yet. Before anything is
//! measured every verifier is shown a damaged file, which it has to refuse.

#![allow(clippy::expect_used)]

use std::ffi::{c_int, c_long, c_uchar};
use std::hint::black_box;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, RsaKeyPair};
use der::Decode;
use eimza_benches::{interleaved, microseconds, report};
use eimza_core::cades::{self, SigningOptions};
use eimza_core::cms::{Content, SignedData};
use eimza_core::validation;
use eimza_core::{Certificate, Time};
use eimza_testkit::pki;

const CONTENT: &[u8] = b"A consent text of ordinary length, such as a person reads before signing.";
const ROUNDS: usize = 21;

unsafe extern "C" {
    fn peer_parse(signature: *const c_uchar, length: c_long) -> c_int;
    fn peer_verify_without_chain(signature: *const c_uchar, length: c_long) -> c_int;
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut all_met = true;
    for (name, times) in [("nes-rsa2048", 5.0), ("nes-p256", 3.0), ("nes-p384", 3.0)] {
        let signature = signed(name)?;
        let mut damaged = signature.clone();
        let place = damaged.windows(CONTENT.len()).position(|window| window == CONTENT).ok_or("no content")?;
        if let Some(octet) = damaged.get_mut(place) {
            *octet ^= 1;
        }
        assert!(ours(&signature) && !ours(&damaged), "we tell good from bad");
        assert!(openssl(&signature) && !openssl(&damaged), "OpenSSL tells good from bad");

        let [us, peer] = interleaved(
            ROUNDS,
            50,
            &mut [&mut || assert!(ours(black_box(&signature))), &mut || assert!(openssl(black_box(&signature)))],
        );
        let ratio = peer.as_secs_f64() / us.as_secs_f64();
        let figure = format!("{:.1} µs; OpenSSL {:.1} µs; {ratio:.1} times", microseconds(us), microseconds(peer));
        all_met &= report(&format!("read and verify {name}"), figure, &format!("≥ {times:.0} times"), ratio >= times);

        let [us, crate_, peer] = interleaved(
            ROUNDS,
            200,
            &mut [
                &mut || assert!(SignedData::read(black_box(&signature)).is_ok()),
                &mut || assert!(parsed_by_cms_crate(black_box(&signature))),
                &mut || assert!(parsed_by_openssl(black_box(&signature))),
            ],
        );
        let ratio = crate_.as_secs_f64() / us.as_secs_f64();
        let figure = format!(
            "{:.2} µs; cms crate {:.1} µs; {ratio:.0} times (OpenSSL {:.0} µs)",
            microseconds(us),
            microseconds(crate_),
            microseconds(peer)
        );
        all_met &= report(&format!("read alone {name}"), figure, "≥ 10 times", ratio >= 10.0);
    }
    if all_met { Ok(()) } else { Err("a goal was missed".into()) }
}

fn ours(signature: &[u8]) -> bool {
    let verified = SignedData::read(signature).and_then(|read| Ok(validation::verify(&read, None, &[])?.all_passed()));
    verified.unwrap_or(false)
}

fn openssl(signature: &[u8]) -> bool {
    let length = c_long::try_from(signature.len()).expect("fits");
    // SAFETY: pointer and length are those of a slice that lives through the call; the shim only reads.
    unsafe { peer_verify_without_chain(signature.as_ptr(), length) == 1 }
}

fn parsed_by_openssl(signature: &[u8]) -> bool {
    let length = c_long::try_from(signature.len()).expect("fits");
    // SAFETY: as above.
    unsafe { peer_parse(signature.as_ptr(), length) == 1 }
}

fn parsed_by_cms_crate(signature: &[u8]) -> bool {
    let info = cms::content_info::ContentInfo::from_der(signature);
    info.and_then(|info| info.content.decode_as::<cms::signed_data::SignedData>()).is_ok()
}

/// An attached signature by this key of the test PKI.
fn signed(name: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    use aws_lc_rs::{digest, signature::RSA_PKCS1_SHA256};
    let certificate = Certificate::from_der(pki::certificate(name))?;
    let options = SigningOptions::new(Time::parse("2026-06-15T12:00:00Z")?);
    let prepared = cades::prepare(Content::Bytes(CONTENT), &certificate, &options)?;
    let key = pki::private_key_der(name);
    let octets = prepared.digest();
    let value = match name {
        "nes-rsa2048" => {
            let pair = RsaKeyPair::from_pkcs8(&key)?;
            let mut value = vec![0; pair.public_modulus_len()];
            let digest = digest::Digest::import_less_safe(octets.as_bytes(), &digest::SHA256)?;
            pair.sign_digest(&RSA_PKCS1_SHA256, &digest, &mut value)?;
            value
        }
        "nes-p256" => {
            let digest = digest::Digest::import_less_safe(octets.as_bytes(), &digest::SHA256)?;
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &key)?;
            pair.sign_digest(&digest)?.as_ref().to_vec()
        }
        _ => {
            let digest = digest::Digest::import_less_safe(octets.as_bytes(), &digest::SHA384)?;
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_ASN1_SIGNING, &key)?;
            pair.sign_digest(&digest)?.as_ref().to_vec()
        }
    };
    Ok(prepared.complete(&value)?)
}
