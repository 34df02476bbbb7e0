//! PKCS#12 files of OpenSSL, old and new, become software tokens.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::*;
use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken};
use eimza_core::{Error, Password, Result};
use eimza_testkit::pkcs12::{plain, tlv};
use eimza_testkit::{component, pki};

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

fn written_by_openssl(folder: &Folder, kind: &[&str], password: &str) -> Vec<u8> {
    let mut command = Command::new("openssl");
    command.args(["pkcs12", "-export", "-name", "İmza 1", "-out"]).arg(folder.file("p12")).args(kind);
    command.arg("-in").arg(pki::certificate_path("nes-p256")).arg("-inkey").arg(pki::private_key_path("nes-p256"));
    command.args(["-passout", &format!("pass:{password}")]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{kind:?} {}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(folder.file("p12")).unwrap()
}

#[test]
fn a_million_rounds_are_read() {
    let Some(_) = component("openssl") else { return };
    let file = written_by_openssl(&Folder::new(), &["-iter", "1000000"], "parola");
    assert_eq!(read(&file, "parola").unwrap().len(), 1);
}

/// Whatever OpenSSL can write is read, with the friendly name that it was given and the key that OpenSSL shows.
#[test]
fn what_openssl_writes_is_read() {
    let Some(_) = component("openssl") else { return };
    let kinds: [&[&str]; 15] = [
        &[],
        &["-iter", "100000"],
        &["-nomac"],
        &["-keypbe", "NONE", "-certpbe", "NONE"],
        &["-keypbe", "AES-128-CBC", "-certpbe", "AES-192-CBC", "-macalg", "sha512", "-iter", "10000"],
        &["-macalg", "sha384", "-noiter"],
        &["-legacy"],
        &["-legacy", "-keypbe", "PBE-SHA1-2DES", "-certpbe", "PBE-SHA1-RC2-128", "-macalg", "sha1"],
        &["-legacy", "-descert", "-macalg", "sha1"],
        &["-keypbe", "DES-EDE3-CBC", "-certpbe", "DES-EDE3-CBC"],
        &["-legacy", "-keypbe", "PBE-SHA1-RC4-128", "-certpbe", "PBE-SHA1-RC4-40"],
        &["-legacy", "-keypbe", "PBE-SHA1-RC4-40", "-certpbe", "PBE-SHA1-RC4-128", "-nomac"],
        &["-legacy", "-keypbe", "PBE-SHA1-DES", "-certpbe", "PBE-SHA1-RC2-64", "-macalg", "sha224"],
        &["-legacy", "-keypbe", "DES-CBC", "-certpbe", "DES-CBC", "-macalg", "sha512-256"],
        &["-macalg", "sha3-256"],
    ];
    let folder = Folder::new();
    for (kind, password) in
        kinds.iter().flat_map(|kind| ["parola", "Şifre: ğüıİ€", ""].map(|password| (kind, password)))
    {
        let file = written_by_openssl(&folder, kind, password);
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
    // The iterations of the MAC are the last INTEGER of the file: 2048 becomes more than three million, and 2,147,483,647.
    for iterations in [3_000_001_u32, 0x7fff_ffff] {
        let mut file = pki::pkcs12("modern");
        let at = file.len() - 4;
        assert_eq!(file[at..], [0x02, 0x02, 0x08, 0x00]);
        file.truncate(at);
        file.extend([0x02, 0x04]);
        file.extend(iterations.to_be_bytes());
        // Two more octets in MacData and in PFX.
        let mac = file.len() - 6 - 10 - 51 - 2;
        assert_eq!(file[mac], 0x30, "MacData");
        file[mac + 1] += 2;
        let length = u16::from_be_bytes([file[2], file[3]]) + 2;
        file[2..4].copy_from_slice(&length.to_be_bytes());
        assert_eq!(name(read(&file, "test")), "limit-exceeded");
    }
}

#[test]
fn as_many_keys_as_certificates_are_read() {
    let keys = |count| vec![pki::private_key_der("nes-p256"); count];
    let certificates = [pki::certificate("nes-p256")];
    assert_eq!(read(&plain(&keys(64), &certificates), "").unwrap().len(), 64);
    assert_eq!(name(read(&plain(&keys(65), &certificates), "")), "limit-exceeded");
}

/// A key is read once and signs at most once, however many certificates the file has.
#[test]
fn many_keys_and_certificates_cost_little() {
    let keys = vec![pki::private_key_der("nes-rsa4096"); 16];
    let others = vec![pki::certificate("root"); 63];
    let took = |certificates: &[Vec<u8>]| {
        let began = Instant::now();
        assert_eq!(name(read(&plain(&keys, certificates), "")), "pkcs12-key-absent");
        began.elapsed()
    };
    let (alone, with_others) = (took(&[]), took(&others));
    assert!(with_others < alone * 3 + Duration::from_secs(1), "{with_others:?}, without certificates {alone:?}");
    let with_its_own = [others, vec![pki::certificate("nes-rsa4096")]].concat();
    assert_eq!(read(&plain(&keys, &with_its_own), "").unwrap().len(), 16);
}

/// What the token does not take is refused as that, before anything is computed with its numbers: these are none.
#[test]
fn keys_of_other_sizes_are_named() {
    const RSA: [u8; 15] = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let key_of = |octets: usize| {
        let numbers = tlv(0x30, &[&[0x02, 0x01, 0x00], &tlv(0x02, &[&[0], &vec![0xff; octets]])]);
        tlv(0x30, &[&[0x02, 0x01, 0x00], &RSA, &tlv(0x04, &[&numbers])])
    };
    let certificates = [pki::certificate("nes-p256")];
    for (octets, algorithm) in [(128, "RSA-1024"), (1024, "RSA-8192")] {
        let error = read(&plain(&[key_of(octets)], &certificates), "").unwrap_err();
        assert!(matches!(&error, Error::AlgorithmUnsupported { algorithm: found } if found == algorithm), "{error:?}");
    }
    assert_eq!(name(read(&plain(&[key_of(256)], &certificates), "")), "crypto-failed");
    assert_eq!(name(read(&plain(&[tlv(0x30, &[])], &certificates), "")), "pkcs12-malformed");
    let with_a_good_one = [key_of(1024), pki::private_key_der("nes-p256")];
    assert_eq!(read(&plain(&with_a_good_one, &certificates), "").unwrap().len(), 1);
}
