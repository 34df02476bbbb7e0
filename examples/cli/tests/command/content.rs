//! `content`, `certificate export`, and what `sign` puts into a file besides.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use eimza_testkit::pki;
use eimza_testkit::{PIN, cms, component, run, scratch};
use serde_json::json;

use crate::eimza::{Eimza, eimza};
use crate::sign::openssl_verifies;

/// A folder with `content.txt` and a token `card`, made from this PKCS#12 file.
fn folder_with_card(p12: &str) -> PathBuf {
    let folder = scratch("content");
    fs::write(folder.join("content.txt"), "içerik\0\r\n").unwrap();
    let p12 = pki::pkcs12_path(p12).to_string_lossy().into_owned();
    let arguments = ["--json", "token", "create", "card", "--from", &p12, "--p12-password-from", "env:PASSWORD"];
    let secrets = ["--new-pin-from", "env:PIN", "--puk-from", "env:PUK"];
    call(&folder, &[&arguments[..], &secrets].concat()).one(0);
    folder
}

fn call(folder: &Path, arguments: &[&str]) -> Eimza {
    let call = eimza(arguments).inside(folder).environment("PIN", PIN).environment("PUK", "87654321");
    call.environment("PASSWORD", pki::PKCS12_PASSWORD)
}

fn sign(folder: &Path, more: &[&str]) -> Eimza {
    let arguments = ["--json", "sign", "content.txt", "-o", "out.p7s", "--token", "file:card", "--pin-from", "env:PIN"];
    call(folder, &[&arguments[..], more].concat())
}

#[test]
fn the_content_comes_out_as_it_went_in() {
    let folder = folder_with_card("p256");
    sign(&folder, &[]).one(0);
    let told = call(&folder, &["--json", "content", "out.p7s", "-o", "content"]).one(0);
    assert_eq!(told, json!({ "file": "out.p7s", "output": "content", "size": 10, "judged": false }));
    assert_eq!(fs::read(folder.join("content")).unwrap(), fs::read(folder.join("content.txt")).unwrap());
    let said = call(&folder, &["--lang", "tr", "content", "out.p7s", "-o", "content"]).run();
    assert!(said.code == 0 && said.errors.contains("hiçbir şey doğrulanmadı"), "{}", said.errors);
    // A signature that somebody altered is not judged either, and one in pieces is put together.
    for case in ["content-altered", "ber-content-in-pieces"] {
        fs::write(folder.join("case.p7s"), cms::find(case).signature).unwrap();
        call(&folder, &["--json", "content", "case.p7s", "-o", "content"]).one(0);
    }
}

#[test]
fn where_there_is_no_content_nothing_is_written() {
    let folder = folder_with_card("p256");
    sign(&folder, &["--detached"]).one(0);
    fs::write(folder.join("content"), "old").unwrap();
    for (file, name) in
        [("out.p7s", "content-missing"), ("none.p7s", "input-unreadable"), ("content.txt", "encoding-unreadable")]
    {
        let refused = call(&folder, &["--json", "content", file, "-o", "content"]).one(4);
        assert_eq!((&refused["file"], &refused["error"]["name"]), (&json!(file), &json!(name)));
    }
    assert_eq!(fs::read(folder.join("content")).unwrap(), b"old");
    sign(&folder, &[]).one(0);
    assert_eq!(call(&folder, &["--json", "content", "out.p7s", "-o", "out.p7s"]).error(2)["name"], "argument-invalid");
    assert_eq!(
        call(&folder, &["--json", "content", "out.p7s", "-o", "none/content"]).error(7)["name"],
        "output-unwritable"
    );
}

#[test]
fn a_certificate_is_exported_without_a_pin() {
    let folder = folder_with_card("chain");
    let export = |more: &[&str]| {
        let arguments = ["--json", "certificate", "export", "--token", "file:card"];
        call(&folder, &[&arguments[..], more].concat())
    };
    let only = export(&["-o", "only.pem"]).one(0);
    let leaf = only["certificates_sha256"][0].as_str().unwrap().to_owned();
    export(&["-o", "only.der"]).one(0);
    let chain = export(&["-o", "chain.pem", "--chain"]).one(0);
    let digests = chain["certificates_sha256"].as_array().unwrap();
    assert!(digests.len() > 1 && digests[0] == leaf.as_str(), "{chain}");
    // An issuer too, where it is asked for by name.
    let issuer = digests[1].as_str().unwrap();
    export(&["-o", "issuer.pem", "--certificate", issuer]).one(0);
    for (file, expected) in [("only.pem", &leaf[..]), ("only.der", &leaf), ("chain.pem", &leaf), ("issuer.pem", issuer)]
    {
        let shown = call(&folder, &["--json", "certificate", "show", file]).json(0);
        assert_eq!(shown[0]["certificate_sha256"], expected, "{file}");
        assert_eq!(shown.len(), if file == "chain.pem" { digests.len() } else { 1 });
    }
    assert_eq!(fs::read(folder.join("only.der")).unwrap().first(), Some(&0x30));
    assert_eq!(export(&["-o", "chain.der", "--chain"]).error(2)["name"], "argument-invalid");
    assert_eq!(export(&["-o", "card"]).error(2)["name"], "argument-invalid");
    assert_eq!(export(&["-o", "none.pem", "--certificate", "NOBODY"]).error(5)["name"], "certificate-none-fits");
    let status = call(&folder, &["--json", "pin", "status", "--token", "file:card"]).one(0);
    assert_eq!(status["tries_left"], 3);
}

#[test]
fn the_token_s_own_chain_is_embedded() {
    let folder = folder_with_card("chain");
    sign(&folder, &["--chain"]).one(0);
    openssl_verifies(&folder.join("out.p7s"), None);
    let inside = call(&folder, &["--json", "inspect", "out.p7s"]).one(0);
    assert!(inside["certificates"].as_array().unwrap().len() > 1, "{inside}");
    // A token without its issuer's certificate signs all the same.
    let folder = folder_with_card("p256");
    let signed = sign(&folder, &["--chain"]).run();
    assert!(signed.code == 0 && signed.errors.contains("no chain to add"), "{}", signed.errors);
}

#[test]
fn type_and_hints_of_the_content_are_signed() {
    let folder = folder_with_card("p256");
    sign(&folder, &["--mime-type", "text/plain", "--content-hints", "Sözleşme taslağı"]).one(0);
    openssl_verifies(&folder.join("out.p7s"), None);
    let inside = call(&folder, &["--json", "inspect", "out.p7s"]).one(0).to_string();
    assert!(inside.contains("text/plain") && inside.contains("content-hints"), "{inside}");
    let (file, text) = (fs::read(folder.join("out.p7s")).unwrap(), "Sözleşme taslağı".as_bytes());
    assert!(file.windows(text.len()).any(|window| window == text));
    let Some(openssl) = component("openssl") else { return };
    let mut print = Command::new(openssl);
    print.args(["cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in"]).arg(folder.join("out.p7s"));
    let printed = run(&mut print).expect_success();
    assert!(printed.contains("id-smime-aa-contentHint") || printed.contains("contentHint"), "{printed}");
}

/// One file that is missing, by all the ways to name it.
#[test]
fn the_same_missing_file_gives_the_same_exit_code_everywhere() {
    let folder = folder_with_card("p256");
    sign(&folder, &[]).one(0);
    let code = |arguments: &[&str]| call(&folder, arguments).run().code;
    let secrets = ["--new-pin-from", "env:PIN", "--puk-from", "env:PUK", "--p12-password-from", "env:PASSWORD"];
    for arguments in [
        &["sign", "none", "-o", "x", "--token", "file:card", "--pin-from", "env:PIN"][..],
        &["validate", "none"],
        &["inspect", "none"],
        &["content", "none", "-o", "x"],
        &["certificate", "show", "none"],
        &["certificate", "validate", "none"],
        &[&["token", "create", "x", "--from", "none"][..], &secrets].concat(),
    ] {
        assert_eq!(code(arguments), 4, "{arguments:?}");
    }
    let sign = ["sign", "content.txt", "-o", "x", "--token", "file:card", "--pin-from"];
    for arguments in [
        &[&sign[..], &["env:PIN", "--certs", "none"]].concat()[..],
        &[&sign[..], &["file:none"]].concat(),
        &["validate", "out.p7s", "--content", "none"],
        &["validate", "out.p7s", "--trust", "none"],
        &["validate", "out.p7s", "--certs", "none"],
        &["validate", "out.p7s", "--crl", "none"],
    ] {
        assert_eq!(code(arguments), 2, "{arguments:?}");
    }
    for arguments in [
        &["sign", "content.txt", "-o", "x", "--token", "file:none", "--pin-from", "env:PIN"][..],
        &["certificates", "--token", "file:none"],
        &["certificate", "export", "--token", "file:none", "-o", "x"],
        &["pin", "status", "--token", "file:none"],
        &["pin", "status", "--token", "pkcs11:?module-path=/nonexistent/libnone.so"],
    ] {
        assert_eq!(code(arguments), 5, "{arguments:?}");
    }
    assert!(!folder.join("x").exists());
}
