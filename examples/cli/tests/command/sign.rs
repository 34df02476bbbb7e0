//! `sign` on SoftHSM, judged by OpenSSL.

use std::fs;
use std::path::Path;
use std::process::Command;

use eimza_testkit::quirky::{self, Quirk};
use eimza_testkit::{PIN, component, pki, run, scratch, softhsm};
use serde_json::json;

use crate::eimza::{Eimza, certificate, eimza, softhsm_with};

const CONTENT: &str = "Bu metin imzalanacak.\n";

/// `eimza --json sign content.txt -o out.p7s` in a folder with that content.
fn sign(folder: &Path, token: &str, more: &[&str]) -> Eimza {
    fs::write(folder.join("content.txt"), CONTENT).unwrap();
    let arguments = ["--json", "sign", "content.txt", "-o", "out.p7s", "--token", token, "--pin-from", "env:PIN"];
    eimza(arguments.iter().chain(more)).with_pin().inside(folder)
}

/// Whether OpenSSL takes the signature as CAdES, over this content where it is detached.
#[track_caller]
pub(crate) fn openssl_verifies(signature: &Path, content: Option<&Path>) {
    let Some(openssl) = component("openssl") else { return };
    let trusted = scratch("trusted").join("trusted.pem");
    fs::write(&trusted, pki::bundle_pem(&["root", "nes-ca", "nes-ca-p384", "seal-ca"])).unwrap();
    let mut command = Command::new(openssl);
    command.args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-in"]).arg(signature);
    command.arg("-CAfile").arg(&trusted).args(["-out", "/dev/null"]);
    if let Some(content) = content {
        command.arg("-content").arg(content);
    }
    run(&mut command).expect_success();
}

#[test]
fn attached_and_detached_signatures_hold() {
    for name in ["nes-rsa2048", "nes-p256", "nes-p384"] {
        let Some((token, _turn)) = softhsm_with(name) else { return };
        for (more, detached) in [(&[][..], false), (&["--detached"], true)] {
            let folder = scratch("sign");
            let result = sign(&folder, &token.uri(), more).one(0);
            assert_eq!((&result["profile"], &result["detached"]), (&json!("P1"), &json!(detached)));
            let content = folder.join("content.txt");
            openssl_verifies(&folder.join("out.p7s"), detached.then_some(content.as_path()));
            let inside = fs::read(folder.join("out.p7s")).unwrap();
            let holds = inside.windows(CONTENT.len()).any(|window| window == CONTENT.as_bytes());
            assert_eq!(holds, !detached);
        }
    }
}

#[test]
fn wishes_are_kept() {
    let Some((token, _turn)) = softhsm_with("nes-rsa2048") else { return };
    let folder = scratch("sign");
    let certs = pki::certificate_path("nes-ca").parent().unwrap().to_string_lossy().into_owned();
    let more = [
        "--pss",
        "--digest",
        "sha512",
        "--chain",
        "--certs",
        &certs,
        "--commitment",
        "approval",
        "--at",
        "2026-06-15T12:00:30Z",
    ];
    let result = sign(&folder, &token.uri(), &more).one(0);
    assert_eq!(result["algorithm"], "RSA-PSS with SHA-512");
    assert_eq!(result["signing_time"], "2026-06-15T12:00:30Z");
    openssl_verifies(&folder.join("out.p7s"), None);
    let file = fs::read(folder.join("out.p7s")).unwrap();
    for name in ["nes-ca", "root"] {
        let issuer = pki::certificate(name);
        assert!(file.windows(issuer.len()).any(|window| window == issuer), "{name}");
    }
}

#[test]
fn a_wrong_pin_leaves_the_old_output() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let folder = scratch("sign");
    fs::write(folder.join("out.p7s"), "old").unwrap();
    let refused = sign(&folder, &token.uri(), &[]).environment("PIN", "000000").one(5);
    assert_eq!(refused["error"]["name"], "pin-incorrect");
    assert!(refused["pin"].is_string(), "{refused}");
    assert_eq!(fs::read(folder.join("out.p7s")).unwrap(), b"old");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing half-written is left");
    sign(&folder, &token.uri(), &[]).one(0);
    openssl_verifies(&folder.join("out.p7s"), None);
}

#[test]
fn an_output_that_cannot_be_written_spends_no_pin() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let folder = scratch("sign");
    fs::write(folder.join("content.txt"), CONTENT).unwrap();
    fs::create_dir(folder.join("folder")).unwrap();
    let too_long = "x".repeat(256);
    for output in ["none/out.p7s", "folder", "/proc/out.p7s", &too_long] {
        let arguments =
            ["--json", "sign", "content.txt", "-o", output, "--token", &token.uri(), "--pin-from", "env:PIN"];
        let error = eimza(arguments).inside(&folder).environment("PIN", "000000").error(7);
        assert_eq!(error["name"], "output-unwritable", "{output}");
    }
    assert!(token.try_pin(PIN));
    // The longest name that there can be.
    let name = &too_long[1..];
    let arguments = ["--json", "sign", "content.txt", "-o", name, "--token", &token.uri(), "--pin-from", "env:PIN"];
    eimza(arguments).with_pin().inside(&folder).one(0);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "nothing is left beside it");
}

#[test]
fn content_that_is_missing_is_missing_input() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let arguments = ["--json", "sign", "none.txt", "-o", "out.p7s", "--token", &token.uri(), "--pin-from", "env:PIN"];
    let refused = eimza(arguments).with_pin().one(4);
    assert_eq!((&refused["file"], &refused["error"]["name"]), (&json!("none.txt"), &json!("input-unreadable")));
}

#[test]
fn detached_content_may_have_any_size_and_attached_may_not() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let folder = scratch("sign");
    // A file with a hole: it takes no room.
    fs::File::create(folder.join("large")).unwrap().set_len((1 << 30) + 1).unwrap();
    let sign = |more: &[&str]| {
        let arguments = ["--json", "sign", "large", "-o", "out.p7s", "--token", &token.uri(), "--pin-from", "env:PIN"];
        eimza(arguments.iter().chain(more)).with_pin().inside(&folder)
    };
    assert_eq!(sign(&[]).error(4)["name"], "limit-exceeded");
    sign(&["--detached"]).one(0);
    fs::remove_file(folder.join("large")).unwrap();
}

#[test]
fn unfit_certificates_are_refused_unless_the_person_insists() {
    for (name, error) in [
        ("nes-expired", "certificate-expired"),
        ("nes-not-yet-valid", "certificate-not-yet-valid"),
        ("encryption", "certificate-cannot-sign"),
    ] {
        let Some((token, _turn)) = softhsm_with(name) else { return };
        let folder = scratch("sign");
        assert_eq!(sign(&folder, &token.uri(), &[]).error(5)["name"], error);
        assert!(!folder.join("out.p7s").exists());
        sign(&folder, &token.uri(), &["--allow-unsuitable"]).one(0);
    }
}

#[test]
fn several_certificates_need_a_choice() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    token.import("nes-rsa2048", "02");
    let folder = scratch("sign");
    let error = sign(&folder, &token.uri(), &[]).error(5);
    assert_eq!(error["name"], "certificates-several");
    assert!(!error.to_string().contains("10000000146"), "{error}");

    let shown = eimza(["--json", "certificate", "show", &certificate("nes-rsa2048")]).one(0);
    let sha256 = shown["certificate_sha256"].as_str().unwrap().to_owned();
    let result = sign(&folder, &token.uri(), &["--certificate", &sha256]).one(0);
    assert_eq!(result["certificate_sha256"], json!(sha256));
    let by_id = token.uri().replace('?', ";id=%02?");
    assert_eq!(sign(&folder, &by_id, &[]).one(0)["certificate_sha256"], json!(sha256));
    let label = "10000000146\u{9}SIGN";
    token.import_private_key("nes-p384", "03", label, &[]).import_certificate("nes-p384", "03", label);
    // As it is on the token, and as it is printed.
    for object in ["10000000146%09SIGN", "100******46%EF%BF%BDSIGN"] {
        let by_label = token.uri().replace('?', &format!(";object={object}?"));
        assert_eq!(sign(&folder, &by_label, &[]).one(0)["digest"], "SHA-384", "{object}");
    }
    let none = sign(&folder, &token.uri(), &["--certificate", "NOBODY"]).error(5);
    assert_eq!(none["name"], "certificate-none-fits");
}

#[test]
fn the_only_usable_token_needs_no_name() {
    // In a process of its own there are no tokens of other tests.
    quirky::inside("sign::the_only_usable_token_needs_no_name", &[], &[], |stage| {
        let folder = scratch("sign");
        fs::write(folder.join("content.txt"), CONTENT).unwrap();
        let sign = || {
            let arguments = ["--json", "sign", "content.txt", "-o", "out.p7s", "--pin-from", "env:PIN"];
            // The same token by a second module, too: its certificate counts once.
            eimza(arguments).with_pin().inside(&folder).environment("EIMZA_PKCS11_MODULE", &stage.module)
        };
        // Without a PIN at first: nobody's own card is tried by a test.
        let listed = eimza(["--json", "certificates"]).environment("EIMZA_PKCS11_MODULE", &stage.module).run();
        if listed.code == 0 {
            println!("skipped: a token of this machine is connected");
            return;
        }
        assert_eq!(sign().error(5)["name"], "token-absent");
        // A module that the person named and that does not come is what there is to tell.
        for command in [&["--json", "certificates"][..], &["--json", "pin", "status"]] {
            let told = eimza(command).environment("EIMZA_PKCS11_MODULE", "/nonexistent/libnone.so").error(5);
            assert_eq!(told["name"], "module-missing");
        }
        stage.token.import("nes-p256", "01");
        sign().one(0);
        // A token without a certificate that fits is not usable for this.
        let second = softhsm().unwrap().token("SECOND");
        second.import("nes-expired", "01");
        sign().one(0);
        second.import("nes-rsa2048", "02");
        assert_eq!(sign().error(5)["name"], "tokens-several");
        let listed = eimza(["--json", "certificates"]).json(0);
        let tokens: std::collections::HashSet<&str> =
            listed.iter().map(|found| found["token"].as_str().unwrap()).collect();
        assert_eq!((listed.len(), tokens.len()), (3, 2), "{listed:?}");
        assert_eq!(eimza(["--json", "doctor"]).json(0).iter().filter(|found| found["status"] == "problem").count(), 0);
    });
}

#[test]
fn a_reader_with_a_keypad_takes_the_pin_itself() {
    let (quirks, keypad) = ([Quirk::ProtectedPath], [("FAKE_PKCS11_KEYPAD", PIN)]);
    quirky::inside("sign::a_reader_with_a_keypad_takes_the_pin_itself", &quirks, &keypad, |stage| {
        stage.token.import("nes-p256", "01");
        let folder = scratch("sign");
        fs::write(folder.join("content.txt"), CONTENT).unwrap();
        let uri = format!("pkcs11:token=NES1?module-path={}", stage.module.display());
        let ended = eimza(["sign", "content.txt", "-o", "out.p7s", "--token", &uri]).inside(&folder).run();
        assert_eq!(ended.code, 0, "{}", ended.errors);
        assert!(ended.errors.contains("keypad"), "{}", ended.errors);
        openssl_verifies(&folder.join("out.p7s"), None);
    });
}

#[test]
fn one_entry_of_the_pin_lists_and_signs() {
    quirky::inside("sign::one_entry_of_the_pin_lists_and_signs", &[Quirk::CertificatesNeedLogin], &[], |stage| {
        stage.token.import("nes-p256", "01");
        let folder = scratch("sign");
        let uri = format!("pkcs11:token=NES1?module-path={}", stage.module.display());
        sign(&folder, &uri, &[]).one(0);
        openssl_verifies(&folder.join("out.p7s"), None);
        let wrong = sign(&folder, &uri, &[]).environment("PIN", "000000").error(5);
        assert_eq!(wrong["name"], "pin-incorrect");
        assert_eq!(stage.count("C_Sign"), 1);
    });
}

#[test]
fn a_token_without_a_login_signs_without_a_pin() {
    quirky::inside("sign::a_token_without_a_login_signs_without_a_pin", &[Quirk::NoLoginNeeded], &[], |stage| {
        stage.token.import("nes-p256", "01");
        let folder = scratch("sign");
        fs::write(folder.join("content.txt"), CONTENT).unwrap();
        let uri = format!("pkcs11:token=NES1?module-path={}", stage.module.display());
        let ended = eimza(["sign", "content.txt", "-o", "out.p7s", "--token", &uri]).inside(&folder).run();
        assert_eq!(ended.code, 0, "{}", ended.errors);
        openssl_verifies(&folder.join("out.p7s"), None);
        assert_eq!(stage.attempts(), 0);
    });
}

#[test]
fn an_address_that_fits_no_certificate_says_so() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let uri = token.uri().replace('?', ";id=%99?");
    let listed = eimza(["certificates", "--token", &uri]).run();
    assert!(listed.errors.contains("none with the id or label"), "{}", listed.errors);
    let told = sign(&scratch("sign"), &uri, &[]).error(5);
    assert!(told["message"].as_str().unwrap().contains("not the one that was asked for"), "{told}");
}

#[test]
fn an_unusual_pin_is_sent_on_demand() {
    quirky::inside("sign::an_unusual_pin_is_sent_on_demand", &[], &[], |stage| {
        stage.token.import("nes-p256", "01");
        let folder = scratch("sign");
        let uri = format!("pkcs11:token=NES1?module-path={}", stage.module.display());
        for (unusual, name) in [
            ("123456789012345".to_owned(), "secret-looks-like-verification-code"),
            ("1".repeat(65), "secret-too-long"),
            ("12\u{200b}3456".to_owned(), "secret-characters"),
        ] {
            let before = stage.attempts();
            assert_eq!(sign(&folder, &uri, &[]).environment("PIN", &unusual).error(5)["name"], name);
            assert_eq!(stage.attempts(), before);
            let permitted = ["--allow-unusual-pin", "--spend-last-try"];
            assert_eq!(sign(&folder, &uri, &permitted).environment("PIN", &unusual).error(5)["name"], "pin-incorrect");
            assert_eq!(stage.attempts(), before + 1);
        }
    });
}

#[test]
fn a_pin_that_cannot_be_asked_for_is_wrong_usage() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    // A process without a terminal: `setsid` leaves the one of the test behind.
    let Some(setsid) = component("setsid") else { return };
    let folder = scratch("sign");
    fs::write(folder.join("content.txt"), CONTENT).unwrap();
    let mut command = Command::new(setsid);
    command.arg("--wait").arg(env!("CARGO_BIN_EXE_eimza")).args(["sign", "content.txt", "-o", "out.p7s", "--token"]);
    let ended = command.arg(token.uri()).current_dir(&folder).env("HOME", &folder).output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("--pin-from"), "{said}");
}

#[test]
fn an_unqualified_certificate_is_a_warning() {
    let Some((token, _turn)) = softhsm_with("nes-without-qc-statements") else { return };
    let folder = scratch("sign");
    let result = sign(&folder, &token.uri(), &[]).one(0);
    assert_eq!(result["qualified"], false);
}

#[test]
fn pss_is_for_rsa_and_a_chain_must_fit() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let folder = scratch("sign");
    sign(&folder, &token.uri(), &["--pss"]).error(2);
    sign(&folder, &token.uri(), &["--chain", "--certs", &certificate("tsa")]).error(2);
    sign(&folder, &token.uri(), &["--certs", "none.pem"]).error(2);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_a_device_is_never_replaced() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let folder = scratch("sign");
    let out = folder.join("out.p7s");
    for (named, is_there) in [("there.p7s", true), ("not-yet.p7s", false)] {
        let _ = fs::remove_file(&out);
        symlink(named, &out).unwrap();
        let named = folder.join(named);
        if is_there {
            fs::write(&named, "before").unwrap();
            fs::set_permissions(&named, fs::Permissions::from_mode(0o600)).unwrap();
        }
        sign(&folder, &token.uri(), &[]).one(0);
        assert!(fs::symlink_metadata(&out).unwrap().is_symlink());
        openssl_verifies(&named, None);
        assert!(!is_there || fs::metadata(&named).unwrap().permissions().mode() & 0o777 == 0o600);
    }
    for (device, code) in [("/dev/null", 0), ("/dev/full", 7)] {
        fs::remove_file(&out).unwrap();
        // Through a link, so that a fault of ours costs the link and not the device.
        symlink(device, &out).unwrap();
        sign(&folder, &token.uri(), &[]).one(code);
        assert_eq!(fs::read_link(&out).unwrap(), Path::new(device));
    }
}

/// What the signature is made from and with is not written over, by whatever name.
#[test]
fn the_output_is_none_of_the_inputs() {
    let folder = scratch("sign");
    fs::write(folder.join("content.txt"), CONTENT).unwrap();
    let create = ["--json", "token", "create", "card.tok", "--new-pin-from", "env:PIN", "--puk-from", "env:PUK"];
    let token = eimza(create).with_pin().environment("PUK", "87654321").inside(&folder).one(0);
    fs::hard_link(folder.join("content.txt"), folder.join("hard.p7s")).unwrap();
    std::os::unix::fs::symlink("card.tok", folder.join("soft.p7s")).unwrap();
    fs::create_dir(folder.join("certs")).unwrap();
    fs::write(folder.join("certs/issuer.pem"), pki::bundle_pem(&["nes-ca"])).unwrap();
    fs::write(folder.join("certs/note.txt"), "a note").unwrap();
    // A wrong PIN, so that one that was sent would show.
    fs::write(folder.join("pin"), "000000").unwrap();
    let token = token["token"].as_str().unwrap();
    let sign = |output: &str| {
        let arguments = ["--json", "sign", "content.txt", "-o", output, "--token", token, "--pin-from", "file:pin"];
        eimza(arguments.iter().chain(&["--certs", "certs"])).inside(&folder)
    };
    // The token's lock is not there yet.
    let names = ["content.txt", "hard.p7s", "card.tok", "card.tok.lock", "soft.p7s", "pin", "certs/issuer.pem"];
    let before = names.map(|name| fs::read(folder.join(name)).ok());
    for name in names {
        assert_eq!(sign(&format!("./{name}")).error(2)["name"], "argument-invalid", "{name}");
    }
    assert_eq!(names.map(|name| fs::read(folder.join(name)).ok()), before);
    let descriptor =
        ["-c", "exec \"$@\" 3< pin", "sh", env!("CARGO_BIN_EXE_eimza"), "sign", "content.txt", "-o", "pin"];
    let mut command = Command::new("sh");
    command.args(descriptor).args(["--token", token, "--pin-from", "fd:3"]).current_dir(&folder);
    assert_eq!(command.env("HOME", &folder).output().unwrap().status.code(), Some(2));
    assert_eq!(fs::read(folder.join("pin")).unwrap(), b"000000");
    let status = eimza(["--json", "pin", "status", "--token", "file:card.tok"]).inside(&folder).one(0);
    assert_eq!(status["tries_left"], 3);
    // What merely lies in a folder of certificates is none of them.
    fs::write(folder.join("pin"), PIN).unwrap();
    sign("certs/note.txt").one(0);
}

/// Nobody is asked for a PIN that would not be sent.
#[test]
fn a_blocked_pin_is_not_asked_for() {
    let folder = scratch("sign");
    fs::write(folder.join("content.txt"), CONTENT).unwrap();
    let create = ["--json", "token", "create", "card.tok", "--new-pin-from", "env:PIN", "--puk-from", "env:PUK"];
    eimza(create).with_pin().environment("PUK", "87654321").inside(&folder).one(0);
    let sign = |source: &[&str]| {
        let arguments = ["--json", "sign", "content.txt", "-o", "out.p7s", "--token", "file:card.tok"];
        eimza(arguments.iter().chain(source)).environment("WRONG", "000000").inside(&folder)
    };
    for _ in 0..2 {
        sign(&["--pin-from", "env:WRONG"]).error(5);
    }
    // Without a source there would be a prompt; without a terminal for it, a complaint about that.
    assert_eq!(sign(&[]).error(5)["name"], "pin-final-try");
    sign(&["--pin-from", "env:WRONG", "--spend-last-try"]).error(5);
    assert_eq!(sign(&[]).error(5)["name"], "pin-blocked");
}

#[test]
fn national_ids_in_paths_are_masked() {
    let folder = scratch("sign");
    fs::write(folder.join("10000000146.txt"), CONTENT).unwrap();
    let create = ["token", "create", "10000000146.tok", "--new-pin-from", "env:PIN", "--puk-from", "env:PUK"];
    let created = eimza(create).with_pin().environment("PUK", "87654321").inside(&folder).run();
    assert_eq!(created.code, 0, "{}", created.errors);
    let mut printed = created.output + &created.errors;
    for json in ["--json", "--lang=tr"] {
        let arguments = [json, "sign", "10000000146.txt", "-o", "10000000146.p7s", "--token", "file:10000000146.tok"];
        let signed = eimza(arguments.iter().chain(&["--pin-from", "env:PIN"])).with_pin().inside(&folder).run();
        assert_eq!(signed.code, 0, "{}", signed.errors);
        printed += &(signed.output + &signed.errors);
        for command in ["inspect", "validate"] {
            let ended = eimza([json, command, "10000000146.p7s"]).inside(&folder).run();
            printed += &(ended.output + &ended.errors);
        }
        let missing = eimza([json, "inspect", "10000000146.none"]).inside(&folder).run();
        printed += &(missing.output + &missing.errors);
    }
    let listed = eimza(["certificates", "--token", "file:10000000146.tok"]).inside(&folder).run();
    printed += &(listed.output + &listed.errors);
    assert!(printed.contains("100******46.txt") && !printed.contains("10000000146"), "{printed}");
    // Scripts can give the token's address back.
    let listed = eimza(["--json", "certificates", "--token", "file:10000000146.tok"]).inside(&folder).json(0);
    assert!(listed[0]["token"].as_str().unwrap().ends_with("/10000000146.tok"));
}
