//! Forms of keys, MACs and files that some programs write: each becomes a token that signs, and one odd part hides no other.

use std::num::NonZeroU32;

use crate::support::*;
use aws_lc_rs::{hmac, pbkdf2};
use eimza_core::Password;
use eimza_core::token::software::{Creation, KeyMaterial, Pkcs12, SoftwareToken};
use eimza_testkit::pkcs12::{plain, tlv};
use eimza_testkit::pki;

const VERSION: [u8; 3] = [0x02, 0x01, 0x00];
const RSA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const PSS: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];

fn read(file: &[u8]) -> eimza_core::Result<Pkcs12> {
    Pkcs12::read(file, &Password::new("").unwrap())
}

fn signs(keys: Vec<KeyMaterial>) {
    let token = SoftwareToken::in_memory(Creation { keys, ..creation(&[]) }).unwrap();
    sign(&token, PIN).unwrap();
}

/// What stands behind the first occurrence of these octets.
fn behind<'a>(whole: &'a [u8], octets: &[u8]) -> &'a [u8] {
    let place = whole.windows(octets.len()).position(|window| window == octets).unwrap();
    &whole[place + octets.len()..]
}

#[test]
fn rsa_keys_are_taken_whatever_their_algorithm_says() {
    let pkcs8 = pki::private_key_der("nes-rsa2048");
    let key = behind(&pkcs8, &[&RSA[..], &[0x05, 0x00]].concat());
    for identifier in [tlv(0x30, &[&RSA]), tlv(0x30, &[&PSS]), tlv(0x30, &[&PSS, &[0x30, 0x00]])] {
        let info = tlv(0x30, &[&VERSION, &identifier, key]);
        signs(read(&plain(&[info], &[pki::certificate("nes-rsa2048")])).unwrap().keys);
    }
}

#[test]
fn an_ec_key_needs_its_number_only() {
    let pkcs8 = pki::private_key_der("nes-p256");
    let number = &behind(&pkcs8, &[0x02, 0x01, 0x01, 0x04, 0x20])[..32];
    let algorithm = &pkcs8[pkcs8.windows(2).position(|window| window == [0x30, 0x13]).unwrap()..][..21];
    for number in [number.to_vec(), [&[0, 0], number].concat()] {
        let key = tlv(0x30, &[&[0x02, 0x01, 0x01], &tlv(0x04, &[&number])]);
        let info = tlv(0x30, &[&VERSION, algorithm, &tlv(0x04, &[&key])]);
        signs(read(&plain(&[info], &[pki::certificate("nes-p256")])).unwrap().keys);
    }
}

#[test]
fn a_part_that_cannot_be_read_hides_no_other_and_is_named() {
    let keys = [tlv(0x30, &[]), pki::private_key_der("nes-p256"), pki::private_key_der("nes-p384")];
    let certificates = [b"no certificate".to_vec(), pki::certificate("nes-p256")];
    let contents = read(&plain(&keys, &certificates)).unwrap();
    let names: Vec<_> = contents.passed_over.iter().map(eimza_core::Error::name).collect();
    assert_eq!(names, ["pkcs12-malformed", "pkcs12-malformed", "pkcs12-key-absent"]);
    assert_eq!(contents.keys.len(), 1);
    signs(contents.keys);
}

/// PBMAC1 (RFC 9879) with a key of PBKDF2, both by these HMACs; the salt in MacData means nothing.
#[test]
fn pbmac1_tells_a_wrong_password() {
    let oid = |last: u8| [0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, last];
    let pkcs5 = |last: u8| [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, last];
    let file = plain(&[pki::private_key_der("nes-p256")], &[pki::certificate("nes-p256")]);
    let (version, safe) = file[5..].split_at(3);
    let content = behind(safe, &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]);
    // [0], its OCTET STRING: five octets of header each.
    let content = &content[10..];
    let rounds = NonZeroU32::new(1000).unwrap();
    for (last, of_key, of_mac) in
        [(9, pbkdf2::PBKDF2_HMAC_SHA256, hmac::HMAC_SHA256), (11, pbkdf2::PBKDF2_HMAC_SHA512, hmac::HMAC_SHA512)]
    {
        let mut key = [0; 32];
        pbkdf2::derive(of_key, rounds, b"salt", "şifre".as_bytes(), &mut key);
        let code = hmac::sign(&hmac::Key::new(of_mac, &key), content);
        let prf = tlv(0x30, &[&oid(last)]);
        let salt = tlv(0x04, &[b"salt"]);
        let parameters = tlv(0x30, &[&salt, &[0x02, 0x02, 0x03, 0xe8], &[0x02, 0x01, 32], &prf]);
        let function = tlv(0x30, &[&pkcs5(12), &parameters]);
        let algorithm = tlv(0x30, &[&pkcs5(14), &tlv(0x30, &[&function, &prf])]);
        let information = tlv(0x30, &[&algorithm, &tlv(0x04, &[code.as_ref()])]);
        let mac = tlv(0x30, &[&information, &tlv(0x04, &[b"unused"]), &[0x02, 0x01, 0x01]]);
        let file = tlv(0x30, &[version, safe, &mac]);
        let open = |password: &str| Pkcs12::read(&file, &Password::new(password).unwrap());
        signs(open("şifre").unwrap().keys);
        assert_eq!(open("sifre").unwrap_err().name(), "pkcs12-password-wrong");
    }
}
