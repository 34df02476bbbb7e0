//! Signatures by keys that are not computed here: nobody may be told that they are wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use eimza_core::messages::{Language, check_reason, verdict};
use eimza_core::validation::{Check, CheckName, CheckStatus, Indication, Reason, Report, SubIndication};
use eimza_testbed::keys::sign;
use eimza_testbed::{TEXT, options, trusting_nobody};
use eimza_testkit::der::{children, contents, context, octets, oid, sequence, tlv};
use eimza_testkit::stamp::SignedFile;
use eimza_testkit::{component, pki, run, scratch};

/// openssl signs with it, and aws-lc-rs has no such curve.
const CURVES: [&str; 5] = ["brainpoolP256r1", "brainpoolP384t1", "brainpoolP512r1", "secp256k1", "secp224r1"];

#[test]
fn curves_that_are_not_computed_leave_a_signature_undetermined() {
    for curve in CURVES {
        let Some(file) = by_curve(curve, &["-cades"]) else { return };
        is_undetermined(curve, &file);
        // A value that really is wrong cannot be told from a right one.
        let mut damaged = SignedFile::read(&file);
        let value = damaged.signer.pop().unwrap();
        let end = value.len() - 1;
        damaged.signer.push([&value[..end], &[value[end] ^ 1]].concat());
        is_undetermined(curve, &damaged.der());
    }
}

#[test]
fn ed25519_leaves_a_signature_undetermined() {
    let Some(file) = by_ed25519() else { return };
    is_undetermined("Ed25519", &file);
}

/// RFC 5754 has no parameters there. Some write the curve, and openssl passes that.
#[test]
fn parameters_that_are_not_understood_leave_a_signature_undetermined() {
    let [ecdsa_with_sha256, ec_public_key] = ["1.2.840.10045.4.3.2", "1.2.840.10045.2.1"].map(oid);
    let curve = oid("1.2.840.10045.3.1.7");
    for algorithm in [
        [ecdsa_with_sha256.clone(), curve.clone()],
        [ecdsa_with_sha256.clone(), sequence(&[])],
        [ecdsa_with_sha256, octets(b"")],
        [ec_public_key, curve],
    ] {
        let mut file = SignedFile::read(&sign("nes-p256", TEXT, &options()));
        file.signer[4] = sequence(&algorithm);
        is_undetermined("odd parameters", &file.der());
    }
}

fn is_undetermined(key: &str, file: &[u8]) {
    let report = trusting_nobody().of(file).unwrap();
    let check = |name| check(&report, name);
    assert_eq!(check(CheckName::MessageDigest).status, CheckStatus::Passed, "{key}");
    let signature = check(CheckName::Signature);
    assert_eq!((signature.status, signature.reason), (CheckStatus::Undetermined, Some(Reason::AlgorithmUnsupported)));
    assert_eq!(report.indication, Indication::Indeterminate, "{key}");
    let why = Some(SubIndication::CryptoConstraintsFailureNoPoe);
    assert_eq!(signature.sub_indication, why, "{key}");
    for (language, reason, means) in [
        (Language::English, "the algorithm is not computed here", "not known here"),
        (Language::Turkish, "algoritma burada hesaplanamıyor", "burada tanınmıyor"),
    ] {
        assert_eq!(check_reason(Reason::AlgorithmUnsupported, language), reason);
        assert!(verdict(report.indication, why, language).happened.contains(means), "{key}");
    }
}

fn check(report: &Report, name: CheckName) -> &Check {
    report.signatures[0].checks.iter().find(|check| check.name == name).unwrap()
}

/// The text, signed by `openssl cms -sign` with a fresh key on this curve; `None` where openssl is not installed.
fn by_curve(curve: &str, options: &[&str]) -> Option<Vec<u8>> {
    let openssl = component("openssl")?;
    let folder = scratch("uncomputed");
    let place = |name: &str| folder.join(name);
    fs::write(place("text"), TEXT).unwrap();
    let mut key = Command::new(&openssl);
    run(key.args(["ecparam", "-genkey", "-noout", "-name", curve, "-out"]).arg(place("key"))).expect_success();
    let mut certificate = Command::new(&openssl);
    certificate.args(["req", "-x509", "-new", "-sha256", "-subj", "/CN=TEST", "-key"]).arg(place("key"));
    run(certificate.arg("-out").arg(place("certificate"))).expect_success();
    let mut sign = Command::new(openssl);
    sign.args(["cms", "-sign", "-binary", "-nodetach", "-md", "sha512", "-outform", "DER"]).args(options);
    sign.arg("-in").arg(place("text")).arg("-signer").arg(place("certificate")).arg("-inkey").arg(place("key"));
    run(sign.arg("-out").arg(place("signature"))).expect_success();
    Some(fs::read(place("signature")).unwrap())
}

/// The same with an Ed25519 key (RFC 8419), which not every `openssl cms -sign` takes: the attributes of a file that it
/// made, signed by `openssl pkeyutl`.
fn by_ed25519() -> Option<Vec<u8>> {
    let mut file = SignedFile::read(&by_curve("secp256k1", &[])?);
    let certificate = pki::certificate("odd-ed25519");
    let fields = children(&children(&certificate)[0]);
    let (serial, issuer) = (fields[1].clone(), fields[3].clone());
    file.fields[3] = context(0, &certificate);
    file.signer[1] = sequence(&[issuer, serial]);
    file.signer[4] = sequence(&[oid("1.3.101.112")]);
    let attributes = tlv(0x31, contents(&file.signer[3]));
    file.signer[5] = octets(&pure_signature(&pki::private_key_path("odd-ed25519"), &attributes)?);
    Some(file.der())
}

fn pure_signature(key: &Path, of: &[u8]) -> Option<Vec<u8>> {
    let folder = scratch("uncomputed");
    let [from, to]: [PathBuf; 2] = ["in", "out"].map(|name| folder.join(name));
    fs::write(&from, of).unwrap();
    let mut sign = Command::new(component("openssl")?);
    sign.args(["pkeyutl", "-sign", "-rawin", "-inkey"]).arg(key).arg("-in").arg(from).arg("-out").arg(&to);
    run(&mut sign).expect_success();
    Some(fs::read(to).unwrap())
}
