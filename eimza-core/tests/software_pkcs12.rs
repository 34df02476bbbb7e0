//! PKCS#12 files of OpenSSL, old and new, become software tokens.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "support/software.rs"]
mod support;

use std::process::Command;

use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken};
use eimza_core::{Password, Result};
use eimza_testkit::{component, pki};
use support::*;

fn read(file: &[u8], password: &str) -> Result<Vec<KeyMaterial>> {
    KeyMaterial::from_pkcs12(file, &Password::new(password).unwrap())
}

#[test]
fn files_of_the_test_pki_sign() {
    let expected = [
        ("modern", "nes-rsa2048"),
        ("ec", "nes-p384"),
        ("p256", "nes-p256"),
        ("chain", "nes-rsa2048"),
        ("legacy-3des", "nes-rsa2048"),
        ("legacy-rc2", "nes-rsa2048"),
    ];
    for (file, certificate) in expected {
        let keys = read(&pki::pkcs12(file), "test").unwrap_or_else(|error| panic!("{file}: {error:?}"));
        assert_eq!(keys.len(), 1, "{file}");
        assert_eq!(keys[0].certificates()[0].der(), pki::certificate(certificate), "{file}");
        let token = SoftwareToken::in_memory(Creation { keys, ..creation(&[]) }).unwrap();
        sign(&token, PIN).unwrap();
    }
}

#[test]
fn the_chain_comes_in_order() {
    let keys = read(&pki::pkcs12("chain"), "test").unwrap();
    let chain: Vec<_> = keys[0].certificates().iter().map(|certificate| certificate.der().to_vec()).collect();
    assert_eq!(chain, ["nes-rsa2048", "nes-ca", "root"].map(pki::certificate));
}

#[test]
fn a_wrong_password_and_a_missing_key_are_told_apart() {
    for file in ["modern", "legacy-3des", "legacy-rc2"] {
        for password in ["wrong", "", "test ", "TEST"] {
            assert_eq!(name(read(&pki::pkcs12(file), password)), "pkcs12-password-wrong");
        }
    }
    assert_eq!(name(read(&pki::pkcs12("without-key"), "test")), "pkcs12-key-absent");
    assert_eq!(name(read(&pki::certificate("root"), "test")), "pkcs12-malformed");
    assert_eq!(name(read(b"", "test")), "pkcs12-malformed");
}

/// Whatever OpenSSL can write is read, with the friendly name that it was given and the key that OpenSSL shows.
#[test]
fn what_openssl_writes_is_read() {
    let Some(_) = component("openssl") else { return };
    let kinds: [&[&str]; 9] = [
        &[],
        &["-nomac"],
        &["-keypbe", "NONE", "-certpbe", "NONE"],
        &["-keypbe", "AES-128-CBC", "-certpbe", "AES-192-CBC", "-macalg", "sha512", "-iter", "10000"],
        &["-macalg", "sha384", "-noiter"],
        &["-legacy"],
        &["-legacy", "-keypbe", "PBE-SHA1-2DES", "-certpbe", "PBE-SHA1-RC2-128", "-macalg", "sha1"],
        &["-legacy", "-descert", "-macalg", "sha1"],
        &["-keypbe", "DES-EDE3-CBC", "-certpbe", "DES-EDE3-CBC"],
    ];
    let folder = Folder::new();
    for (kind, password) in
        kinds.iter().flat_map(|kind| ["parola", "Şifre: ğüıİ€", ""].map(|password| (kind, password)))
    {
        let mut command = Command::new("openssl");
        command.args(["pkcs12", "-export", "-name", "İmza 1", "-out"]).arg(folder.file("p12")).args(*kind);
        command.arg("-in").arg(pki::certificate_path("nes-p256")).arg("-inkey").arg(pki::private_key_path("nes-p256"));
        command.args(["-passout", &format!("pass:{password}")]);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{kind:?} {}", String::from_utf8_lossy(&output.stderr));
        let file = std::fs::read(folder.file("p12")).unwrap();
        let keys = read(&file, password).unwrap_or_else(|error| panic!("{kind:?} {password}: {error:?}"));
        assert_eq!((keys.len(), keys[0].label()), (1, "İmza 1"), "{kind:?}");
        assert_eq!(keys[0].certificates()[0].der(), pki::certificate("nes-p256"));
        if !kind.contains(&"NONE") || !kind.contains(&"-nomac") {
            assert_eq!(name(read(&file, "not this one")), "pkcs12-password-wrong", "{kind:?}");
        }
    }
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    for file in ["p256", "legacy-rc2"] {
        let whole = pki::pkcs12(file);
        for at in 0..whole.len() {
            assert!(read(&whole[..at], "test").is_err());
        }
        for at in (0..whole.len()).step_by(3) {
            let mut damaged = whole.clone();
            damaged[at] ^= 1 << (at % 8);
            // An octet that no MAC covers may be anything; what is read then is the same key.
            if let Ok(keys) = read(&damaged, "test") {
                assert!(keys.iter().all(|key| !key.certificates().is_empty()));
            }
        }
    }
}

/// Some programs write indefinite lengths and octet strings in segments.
#[test]
fn ber_is_read() {
    let der = pki::pkcs12("modern");
    assert_eq!((der[7], der[22], der[26]), (0x30, 0xa0, 0x04));
    let length = usize::from(u16::from_be_bytes([der[28], der[29]]));
    let (content, mac) = der[30..].split_at(length);
    let mut ber = vec![0x30, 0x80, 0x02, 0x01, 0x03, 0x30, 0x80];
    ber.extend(&der[11..22]);
    ber.extend([0xa0, 0x80, 0x24, 0x80]);
    for segment in content.chunks(100) {
        ber.extend([0x04, u8::try_from(segment.len()).unwrap()]);
        ber.extend(segment);
    }
    ber.extend([0; 8].iter().take(6));
    ber.extend(mac);
    ber.extend([0, 0]);
    let keys = read(&ber, "test").unwrap();
    assert_eq!(keys[0].certificates()[0].der(), pki::certificate("nes-rsa2048"));
    assert_eq!(name(read(&ber, "wrong")), "pkcs12-password-wrong");
}

#[test]
fn a_file_cannot_ask_for_hours() {
    // The iterations of the MAC are the last INTEGER of the file: 2048 becomes 2,147,483,647.
    let mut file = pki::pkcs12("modern");
    let at = file.len() - 4;
    assert_eq!(file[at..], [0x02, 0x02, 0x08, 0x00]);
    file.truncate(at);
    file.extend([0x02, 0x04, 0x7f, 0xff, 0xff, 0xff]);
    // Two more octets in MacData and in PFX.
    let mac = file.len() - 6 - 10 - 51 - 2;
    assert_eq!(file[mac], 0x30, "MacData");
    file[mac + 1] += 2;
    let length = u16::from_be_bytes([file[2], file[3]]) + 2;
    file[2..4].copy_from_slice(&length.to_be_bytes());
    assert_eq!(name(read(&file, "test")), "limit-exceeded");
}
