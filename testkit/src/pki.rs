//! The declared test PKI (`testkit/pki/pki.toml`): read its page for the names and what each is for.
//!
//! The files are committed, so they are the same on every machine and tests run without a network. The keys are
//! public, hence nothing in this PKI may ever be trusted outside a test.

use std::fs;
use std::path::PathBuf;

/// The password of every PKCS#12 file.
pub const PKCS12_PASSWORD: &str = "test";

/// The DER bytes of the certificate declared as `name`, for example `nes-p384`.
#[must_use]
pub fn certificate(name: &str) -> Vec<u8> {
    read(certificate_path(name))
}

/// The private key of the certificate `name`, PKCS#8 in PEM.
#[must_use]
pub fn private_key_pem(name: &str) -> String {
    String::from_utf8(read(private_key_path(name))).expect("PEM is ASCII")
}

/// The private key of the certificate `name`, PKCS#8 in DER.
#[must_use]
pub fn private_key_der(name: &str) -> Vec<u8> {
    crate::base64::decode_pem(&private_key_pem(name))
}

/// A PKCS#12 file: `modern`, `ec` (P-384), `p256`, `chain`, `legacy-3des`, `legacy-rc2`, `without-key`.
#[must_use]
pub fn pkcs12(name: &str) -> Vec<u8> {
    read(pkcs12_path(name))
}

/// The certificates `names` one after the other in PEM: what the trust options of other programs read.
#[must_use]
pub fn bundle_pem(names: &[&str]) -> String {
    names.iter().map(|name| pem(&certificate(name))).collect()
}

/// A certificate in PEM.
#[must_use]
pub fn pem(certificate: &[u8]) -> String {
    crate::base64::encode_pem("CERTIFICATE", certificate)
}

/// Where the certificate `name` lies.
#[must_use]
pub fn certificate_path(name: &str) -> PathBuf {
    folder().join("certificates").join(name).with_extension("der")
}

/// Where the key of the certificate `name` lies; certificates may share a key.
#[must_use]
pub fn private_key_path(name: &str) -> PathBuf {
    folder().join("keys").join(key_of(name)).with_extension("pem")
}

/// Where the PKCS#12 file `name` lies.
#[must_use]
pub fn pkcs12_path(name: &str) -> PathBuf {
    folder().join("pkcs12").join(name).with_extension("p12")
}

/// The names of all certificates, sorted.
#[must_use]
pub fn certificate_names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder().join("certificates"))
        .expect("the PKI is committed")
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The declaration says `key = "rsa:2048"` for a key of one's own, or names the certificate whose key is shared.
fn key_of(name: &str) -> String {
    let declaration = fs::read_to_string(folder().join("pki.toml")).expect("the declaration is committed");
    let heading = format!("[certificate.{name}]");
    let section =
        declaration.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with('['));
    let key = section.filter_map(|line| line.strip_prefix("key = ")).map(|value| value.trim_matches('"')).next();
    key.filter(|key| !key.contains(':') && *key != "ed25519").unwrap_or(name).to_owned()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("pki")
}

fn read(path: PathBuf) -> Vec<u8> {
    fs::read(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; is it declared in testkit/pki/pki.toml?", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn qualified_certificate_carries_the_turkish_statements_byte_for_byte() {
        // turkish QCStatements as read on real test certificates: compliance, ETSI, BTK with its sentence.
        let head = "308186300a06082b06010505070b013008060604008e460101306e060b608618013d0001a74e01010c5f";
        let statements = [
            hex(head),
            "Bu sertifika, 5070 sayılı Elektronik İmza Kanununa göre nitelikli elektronik sertifikadır.".into(),
        ]
        .concat();
        let holds = |name: &str| certificate(name).windows(statements.len()).any(|window| window == statements);

        assert!(holds("nes-rsa2048") && holds("nes-p384"));
        assert!(!holds("nes-without-qc-statements") && !holds("nes-without-btk-statement"));
    }

    #[test]
    fn every_certificate_has_its_key() {
        assert!(certificate_names().len() > 30);
        for name in certificate_names() {
            assert_eq!(private_key_der(&name)[0], 0x30, "{name}");
        }
    }

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }
}
