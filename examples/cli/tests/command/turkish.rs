//! What people read is Turkish to the end where their language is: no English word is left between.

use std::fs;
use std::path::Path;

use eimza_testkit::{PIN, cms, scratch};

use crate::eimza::{Eimza, eimza};

fn turkish(folder: &Path, arguments: &[&str]) -> Eimza {
    let call = eimza(["--lang", "tr"].iter().chain(arguments)).inside(folder).state(&folder.join("state"));
    call.environment("PIN", PIN).environment("PUK", "87654321").environment("WRONG", "999999")
}

/// Words that only an English sentence has.
#[track_caller]
fn check_no_english(text: &str) {
    let english =
        ["the", "of", "is", "not", "passed", "failed", "undetermined", "checked", "true", "false", "size", "signer"];
    let words = || text.split(|character: char| !character.is_alphanumeric());
    let left: Vec<&str> = words().filter(|word| english.contains(word)).collect();
    assert!(left.is_empty(), "{left:?} in\n{text}");
}

#[test]
fn a_verdict_says_what_it_means_and_what_to_do() {
    let folder = scratch("turkish");
    for case in cms::cases() {
        fs::write(folder.join("a.p7s"), &case.signature).unwrap();
        let ended = turkish(&folder, &["validate", "a.p7s"]).run();
        check_no_english(&ended.output);
        let told = ["güvenmeyin", "yeniden doğrulayın", "isteyin"].iter().any(|said| ended.output.contains(said));
        assert!(told || ended.code == 4, "{}: {}{}", case.name, ended.output, ended.errors);
    }
    fs::write(folder.join("a.p7s"), cms::find("attached-p256").signature).unwrap();
    let said = turkish(&folder, &["validate", "a.p7s"]).run().output;
    for line in [
        "a.p7s: INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND",
        "İmzacının sertifikasından, güvendiğiniz bir kök sertifikaya ulaşan bir zincir bilinmiyor.",
        "beyan edilen zaman: 15.06.2026 15:00:00 (İstanbul; UTC: 2026-06-15T12:00:00Z)",
        "imza değeri                  geçti",
        "iptal denetimi               belirsiz: denetlenmedi",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}

#[test]
fn what_is_inside_is_named_in_turkish() {
    let folder = scratch("turkish");
    for case in cms::cases() {
        fs::write(folder.join("a.p7s"), &case.signature).unwrap();
        check_no_english(&turkish(&folder, &["inspect", "a.p7s"]).run().output);
    }
}

#[test]
fn how_it_stands_with_a_pin_is_said_in_turkish() {
    let folder = scratch("turkish");
    let made = ["token", "create", "card.eimza", "--new-pin-from", "env:PIN", "--puk-from", "env:PUK"];
    assert_eq!(turkish(&folder, &made).run().code, 0);
    let status = ["pin", "status", "--token", "file:card.eimza"];
    assert!(turkish(&folder, &status).run().output.starts_with("PIN: kullanılabilir"));
    let wrong = ["pin", "change", "--token", "file:card.eimza", "--pin-from", "env:WRONG", "--new-pin-from", "env:PIN"];
    assert_eq!(turkish(&folder, &wrong).run().code, 5);
    assert!(turkish(&folder, &status).run().output.starts_with("PIN: yanlış giriş yapılmış (kalan hak: 2)"));
}

#[test]
fn modules_and_the_doctor_speak_turkish() {
    let folder = scratch("turkish");
    let broken = folder.join("broken.so");
    fs::write(&broken, "no module").unwrap();
    for command in ["modules", "doctor"] {
        let said = turkish(&folder, &[command]).environment("EIMZA_PKCS11_MODULE", &broken).run().output;
        check_no_english(&said);
        assert!(said.contains(broken.to_str().unwrap()), "{said}");
    }
    let said = turkish(&folder, &["doctor"]).environment("EIMZA_PKCS11_MODULE", &broken).run().output;
    assert!(said.contains("uyarı    modül "), "{said}");
}
