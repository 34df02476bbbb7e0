//! CRLs and OCSP answers as openssl makes them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use eimza_core::revocation::{Crl, Ocsp, Responder, RevocationReason, Status, by_ocsp};
use eimza_testkit::{component, pki, run, scratch};

use super::{Asked, certificate, serial};

/// A folder with an authority's index: one revoked certificate, and one that is good.
struct Authority {
    openssl: PathBuf,
    folder: PathBuf,
}

impl Authority {
    fn new() -> Option<Self> {
        let authority = Self { openssl: component("openssl")?, folder: scratch("authority") };
        let hex = |name: &str| {
            let digits: String = serial(name).iter().map(|octet| format!("{octet:02X}")).collect();
            digits.strip_prefix("00").unwrap_or(&digits).to_owned()
        };
        let line = |state: &str, revoked: &str, name| {
            format!("{state}\t391231000000Z\t{revoked}\t{}\tunknown\t/CN={name}\n", hex(name))
        };
        let index = [
            line("R", "260601000000Z,keyCompromise", "nes-rsa2048"),
            line("R", "260602000000Z,holdInstruction,1.2.840.10040.2.1", "nes-p384"),
            line("V", "", "nes-p256"),
        ];
        authority.write("index.txt", &index.concat());
        authority.write("index.txt.attr", "unique_subject = no\n");
        authority.write("number", "05\n");
        let place = authority.folder.display();
        authority.write("ca.cnf", &format!(
            "[ca]\ndefault_ca = a\n[a]\ndatabase = {place}/index.txt\ncrlnumber = {place}/number\ndefault_md = sha384\n\
             crl_extensions = e\n[e]\nauthorityKeyIdentifier = keyid\n"
        ));
        Some(authority)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).unwrap();
    }

    /// Runs openssl; the file that it was told to write.
    fn make(&self, arrange: impl FnOnce(&mut Command, &Path)) -> Vec<u8> {
        let out = self.folder.join("out");
        let mut command = Command::new(&self.openssl);
        arrange(&mut command, &out);
        run(&mut command).expect_success();
        fs::read(out).unwrap()
    }

    fn pem(&self, name: &str) -> PathBuf {
        self.write(name, &pki::bundle_pem(&[name]));
        self.folder.join(name)
    }

    /// A CRL in PEM.
    fn crl(&self) -> Vec<u8> {
        let (issuer, key) = (self.pem("nes-ca"), pki::private_key_path("nes-ca"));
        self.make(|command, out| {
            command.args(["ca", "-gencrl", "-crl_lastupdate", "260615120000Z", "-crl_nextupdate", "260622120000Z"]);
            command.arg("-config").arg(self.folder.join("ca.cnf")).arg("-cert").arg(issuer);
            command.arg("-keyfile").arg(key).arg("-out").arg(out);
        })
    }

    /// An answer about the certificate, its CertID by `hash`, in DER.
    fn answer(&self, name: &str, hash: &str, responder: &str, options: &[&str]) -> Vec<u8> {
        let request = self.make(|command, out| {
            command.args(["ocsp", &format!("-{hash}"), "-issuer"]).arg(self.pem("nes-ca"));
            command.arg("-cert").arg(self.pem(name)).arg("-reqout").arg(out);
        });
        fs::write(self.folder.join("request"), request).unwrap();
        self.make(|command, out| {
            command.args(["ocsp", "-ndays", "1", "-index"]).arg(self.folder.join("index.txt"));
            command.arg("-CA").arg(self.pem("nes-ca")).arg("-rsigner").arg(self.pem(responder));
            command.arg("-rkey").arg(pki::private_key_path(responder)).args(options);
            command.arg("-reqin").arg(self.folder.join("request")).arg("-respout").arg(out);
        })
    }
}

fn asked(name: &str) -> Asked {
    Asked { certificate: certificate(name), ..Asked::nes() }
}

#[test]
fn a_crl_of_openssl_is_judged() {
    let Some(authority) = Authority::new() else { return };
    let crl = Crl::read_all(&authority.crl()).pop().unwrap().unwrap();
    assert_eq!((crl.entry_count(), crl.number(), crl.base_number()), (2, Some(&[5][..]), None));
    assert!(crl.is_signed_by(&certificate("nes-ca")).unwrap());
    let compromised = Status::Revoked {
        at: super::time("2026-06-01T00:00:00Z"),
        reason: RevocationReason::KeyCompromise,
        as_of: super::issued(),
    };
    assert_eq!(asked("nes-rsa2048").crl(&crl), compromised);
    assert_eq!(asked("nes-p256").crl(&crl), Status::Good { as_of: super::issued() });
}

/// openssl takes the time from the clock: what it says is asked of it.
#[test]
fn answers_of_openssl_are_judged() {
    let Some(authority) = Authority::new() else { return };
    for (hash, responder, options) in [
        ("sha1", "ocsp-nes-ca", &[][..]),
        ("sha256", "ocsp-nes-ca", &["-resp_key_id"]),
        ("sha384", "nes-ca", &["-resp_no_certs"]),
    ] {
        for (name, expected) in [("nes-rsa2048", "revoked"), ("nes-p256", "good"), ("nes-rsa3072", "unknown")] {
            let answer = Ocsp::from_der(authority.answer(name, hash, responder, options)).unwrap();
            let now = answer.produced_at().unwrap();
            let asked = Asked { at: now, now, ..asked(name) };
            let judged = by_ocsp(&asked.question(), &answer, &[]);
            let said = match judged.status {
                Status::Revoked { reason: RevocationReason::KeyCompromise, .. } => "revoked",
                Status::Good { .. } => "good",
                Status::Unknown { .. } => "unknown",
                _ => "nothing",
            };
            assert_eq!(said, expected, "{name} {hash} {responder}: {:?}", judged.status);
            let is_issuer = judged.responder == Some(Responder::Issuer);
            assert_eq!(is_issuer, responder == "nes-ca");
        }
    }
}
