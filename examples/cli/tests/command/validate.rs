//! `validate` and `inspect`: verdicts, exit codes, lines in their order.

use std::fs;
use std::path::{Path, PathBuf};

use eimza_testkit::cms::{self, Expected};
use eimza_testkit::status::CrlDraft;
use eimza_testkit::{component, pki, run, scratch};
use serde_json::{Value, json};

use crate::eimza::{Eimza, certificate, eimza};

const CONTENT: &[u8] = b"Bu metin imzalandi.\n";

/// A folder with signatures of OpenSSL's: `attached.p7s`, `detached.p7s` over `content.txt`, `altered.p7s`, `noise`.
fn signatures() -> Option<PathBuf> {
    let openssl = component("openssl")?;
    let folder = scratch("validate");
    fs::write(folder.join("content.txt"), CONTENT).unwrap();
    fs::write(folder.join("signer.pem"), pki::bundle_pem(&["nes-p256"])).unwrap();
    for (out, more) in [("attached.p7s", &["-nodetach"][..]), ("detached.p7s", &[])] {
        let mut command = std::process::Command::new(&openssl);
        command.args(["cms", "-sign", "-cades", "-binary", "-outform", "DER", "-in", "content.txt", "-signer"]);
        command.arg("signer.pem").arg("-inkey").arg(pki::private_key_path("nes-p256")).args(["-out", out]).args(more);
        run(command.current_dir(&folder)).expect_success();
    }
    let mut altered = fs::read(folder.join("attached.p7s")).unwrap();
    let at = altered.windows(CONTENT.len()).position(|window| window == CONTENT).unwrap();
    altered[at] ^= 1;
    fs::write(folder.join("altered.p7s"), altered).unwrap();
    fs::write(folder.join("noise"), "no signature").unwrap();
    Some(folder)
}

fn call(folder: &Path, arguments: &[&str]) -> Eimza {
    eimza(["--json"].iter().chain(arguments)).inside(folder)
}

fn status<'a>(signature: &'a Value, name: &str) -> &'a Value {
    let checks = signature["checks"].as_array().unwrap();
    &checks.iter().find(|check| check["name"] == name).unwrap_or_else(|| panic!("{name}: {signature}"))["status"]
}

#[test]
fn mathematics_passes_and_the_whole_is_indeterminate() {
    let Some(folder) = signatures() else { return };
    let anchors = certificate("root");
    let report = call(&folder, &["validate", "--trust", &anchors, "attached.p7s"]).one(3);
    assert_eq!((&report["file"], &report["indication"]), (&json!("attached.p7s"), &json!("INDETERMINATE")));
    assert_eq!(report["sub_indication"], "NO_CERTIFICATE_CHAIN_FOUND");
    let signature = &report["signatures"][0];
    for field in [
        "id",
        "parent",
        "indication",
        "sub_indication",
        "preliminary_until",
        "level",
        "structure",
        "profile",
        "policy_oid",
        "signing_time",
        "best_signature_time",
        "signer",
        "checks",
    ] {
        assert!(signature.get(field).is_some(), "{field}");
    }
    assert_eq!((&signature["id"], &signature["profile"]), (&json!("S0"), &json!("P1")));
    assert_eq!(signature["signer"]["national_id"], "100******46");
    for name in ["format", "message-digest", "signature", "signing-certificate"] {
        assert_eq!(status(signature, name), "passed", "{name}");
    }
    for name in ["path", "revocation"] {
        assert_eq!(status(signature, name), "undetermined", "{name}");
    }
    let revealed = call(&folder, &["--show-personal-data", "validate", "attached.p7s"]).one(3);
    assert_eq!(revealed["signatures"][0]["signer"]["national_id"], "10000000146");
}

#[test]
fn detached_content_is_given_beside() {
    let Some(folder) = signatures() else { return };
    let report = call(&folder, &["validate", "detached.p7s", "--content", "content.txt"]).one(3);
    assert_eq!(status(&report["signatures"][0], "message-digest"), "passed");
    let missing = call(&folder, &["validate", "detached.p7s"]).one(3);
    assert_eq!(missing["sub_indication"], "SIGNED_DATA_NOT_FOUND");
    let other = call(&folder, &["validate", "detached.p7s", "--content", "signer.pem"]).one(1);
    assert_eq!((&other["indication"], &other["sub_indication"]), (&json!("TOTAL-FAILED"), &json!("HASH_FAILURE")));
    call(&folder, &["validate", "detached.p7s", "--content", "none"]).error(2);
}

#[test]
fn every_file_has_its_line_and_the_exit_code_is_the_worst() {
    let Some(folder) = signatures() else { return };
    let lines = call(&folder, &["validate", "attached.p7s", "noise", "none.p7s", "altered.p7s"]).json(4);
    let files: Vec<&Value> = lines.iter().map(|line| &line["file"]).collect();
    assert_eq!(files, ["attached.p7s", "noise", "none.p7s", "altered.p7s"]);
    assert!(lines[1]["error"]["name"].is_string());
    assert_eq!(lines[2]["error"]["name"], "input-unreadable");
    assert_eq!(lines[3]["sub_indication"], "HASH_FAILURE");
    assert_eq!(call(&folder, &["validate", "attached.p7s", "altered.p7s"]).json(1).len(), 2);
    let text = eimza(["validate", "altered.p7s"]).inside(&folder).run();
    assert!(text.code == 1 && text.output.contains("TOTAL-FAILED / HASH_FAILURE"), "{}", text.output);
}

#[test]
fn profiles_and_policies_are_kept_or_refused() {
    let Some(folder) = signatures() else { return };
    let demanded = |profile: &str| call(&folder, &["validate", "--profile", profile, "attached.p7s"]).one(3);
    assert_eq!(demanded("p1")["sub_indication"], "NO_CERTIFICATE_CHAIN_FOUND");
    assert_eq!(demanded("p4")["sub_indication"], "SIG_CONSTRAINTS_FAILURE");
    let accepted = [
        "validate",
        "--policy",
        "generic",
        "--accept",
        "seal,usage-limit",
        "--offline",
        "--trust-turkish-roots",
        "--at",
        "2026-06-15T12:00:30Z",
        "attached.p7s",
    ];
    let judged = call(&folder, &accepted).run();
    assert_eq!(judged.code, 3);
    assert_eq!(call(&folder, &["validate", "attached.p7s"]).run().errors, "");
    fs::write(folder.join("countered"), cms::find("counter-signature-wrong").signature).unwrap();
    call(&folder, &["validate", "countered"]).one(1);
    call(&folder, &["validate", "--policy", "generic", "countered"]).one(3);
    for refused in [
        &["--online"][..],
        &["--allow-private-addresses"],
        &["--policy", "own.toml"],
        &["--accept", "anything"],
        &["--report", "html=x"],
        &["--report", "pdf=x"],
        &["--report", "json="],
        &["--profile", "p5"],
        &["--at", "now"],
        &["--trust", "none"],
        &["--certs", "noise"],
        &["--crl", "none"],
        &["--offline", "--online"],
    ] {
        call(&folder, &[&["validate", "attached.p7s"], refused].concat()).error(2);
    }
    eimza(["validate"]).run();
    assert_eq!(eimza(["validate"]).run().code, 2);
}

#[test]
fn the_declared_files_get_the_verdict_that_is_right() {
    for case in cms::cases() {
        let folder = scratch("declared");
        fs::write(folder.join("signature"), &case.signature).unwrap();
        let mut arguments = vec!["validate", "signature"];
        if let Some(content) = &case.content {
            fs::write(folder.join("content"), content).unwrap();
            arguments.extend(["--content", "content"]);
        }
        let ended = call(&folder, &arguments).run();
        let line: Value = serde_json::from_str(ended.output.lines().next().unwrap()).unwrap();
        let (code, indication, sub_indication) = match &case.expect {
            Expected::Verified => (3, json!("INDETERMINATE"), json!("NO_CERTIFICATE_CHAIN_FOUND")),
            Expected::Failed(reason) => (1, json!("TOTAL-FAILED"), json!(reason)),
            Expected::Indeterminate(reason) => (3, json!("INDETERMINATE"), json!(reason)),
            Expected::Unreadable => (4, Value::Null, Value::Null),
        };
        assert_eq!(ended.code, code, "{} ({}): {line}", case.name, case.says);
        assert_eq!((&line["indication"], &line["sub_indication"]), (&indication, &sub_indication), "{}", case.name);
    }
}

#[test]
fn reports_are_written_besides() {
    let Some(folder) = signatures() else { return };
    let line = call(&folder, &["validate", "attached.p7s", "--report", "json=report.json"]).one(3);
    let report: Value = serde_json::from_slice(&fs::read(folder.join("report.json")).unwrap()).unwrap();
    assert_eq!(report, line);

    fs::create_dir_all(folder.join("reports")).unwrap();
    fs::create_dir_all(folder.join("more")).unwrap();
    fs::copy(folder.join("attached.p7s"), folder.join("more/attached.p7s")).unwrap();
    let several = ["validate", "attached.p7s", "more/attached.p7s", "altered.p7s", "--report"];
    call(&folder, &[&several[..], &["text=reports"]].concat()).json(1);
    for name in ["attached.p7s.txt", "attached.p7s-2.txt", "altered.p7s.txt"] {
        assert!(fs::read_to_string(folder.join("reports").join(name)).unwrap().contains("S0: "), "{name}");
    }
    call(&folder, &[&several[..], &["text=report.txt"]].concat()).error(2);
    let unwritable = call(&folder, &["validate", "attached.p7s", "--report", "json=none/report.json"]).json(7);
    assert_eq!(unwritable.last().unwrap()["error"]["name"], "output-unwritable");
}

#[test]
fn under_an_anchor_with_fresh_status_it_passes() {
    let Some(folder) = signatures() else { return };
    fs::create_dir(folder.join("status")).unwrap();
    for issuer in ["root", "nes-ca"] {
        fs::write(folder.join("status").join(issuer), CrlDraft::new(issuer).sign().unwrap()).unwrap();
    }
    let (anchor, issuer) = (certificate("root"), certificate("nes-ca"));
    let at = ["--at", "2026-06-15T12:00:30Z"];
    let given = ["validate", "--trust", &anchor, "--certs", &issuer, "--crl", "status", at[0], at[1], "attached.p7s"];
    let report = call(&folder, &given).one(0);
    assert_eq!((&report["indication"], &report["sub_indication"]), (&json!("TOTAL-PASSED"), &Value::Null));
    assert_eq!(status(&report["signatures"][0], "path"), "passed");
    let for_time_stamps = ["validate", "--trust-tsa", &anchor, "--certs", &issuer, "--crl", "status", "attached.p7s"];
    assert_eq!(call(&folder, &for_time_stamps).one(3)["sub_indication"], "NO_CERTIFICATE_CHAIN_FOUND");
    call(&folder, &["validate", "--crl", &anchor, "attached.p7s"]).error(2);
}

#[test]
fn rules_of_one_s_own_come_from_a_file() {
    let Some(folder) = signatures() else { return };
    fs::write(folder.join("countered"), cms::find("counter-signature-wrong").signature).unwrap();
    fs::write(folder.join("own.toml"), "base = \"tr-nes\"\ncounter_signatures_count = false\n").unwrap();
    fs::write(folder.join("wrong.toml"), "base = \"tr-nes\"\ngrace = 1\n").unwrap();
    fs::write(folder.join("latin.toml"), b"name = \"\xfd\"").unwrap();
    call(&folder, &["validate", "--policy", "tr-nes", "countered"]).one(1);
    call(&folder, &["validate", "--policy", "own.toml", "countered"]).one(3);
    let wrong = call(&folder, &["validate", "--policy", "wrong.toml", "countered"]).error(2);
    assert_eq!(wrong["name"], "policy-malformed");
    assert!(wrong["message"].as_str().unwrap().contains("grace = 1"), "{wrong}");
    assert_eq!(call(&folder, &["validate", "--policy", "latin.toml", "countered"]).error(2)["name"], "text-not-utf8");
    call(&folder, &["validate", "--policy", "own.toml", "--report", "json=own.toml", "countered"]).error(2);
}

/// A `SertifikaDeposu.xml` with one entry that cannot be read and one root of the test kit.
fn trust_store(folder: &Path) {
    let pem = pki::bundle_pem(&["root"]);
    let base64: String =
        pem.lines().filter(|line| !line.starts_with("-----")).map(|line| format!("{line}\r\n")).collect();
    let values = ["no base64", &base64];
    let roots = values.map(|value| format!("<koksertifika><mValue>{value}</mValue></koksertifika>")).concat();
    let xml = format!("<depo><Versiyon>1.1</Versiyon><koksertifikalar>{roots}</koksertifikalar></depo>");
    fs::write(folder.join("SertifikaDeposu.xml"), xml).unwrap();
    fs::write(folder.join("other.xml"), "<depo/>").unwrap();
}

#[test]
fn of_a_trust_store_only_what_is_pinned_is_trusted() {
    let Some(folder) = signatures() else { return };
    trust_store(&folder);
    fs::write(folder.join("crl"), CrlDraft::new("nes-ca").sign().unwrap()).unwrap();
    fs::write(folder.join("root-crl"), CrlDraft::new("root").sign().unwrap()).unwrap();
    let (root, issuer) = (certificate("root"), certificate("nes-ca"));
    let shown = call(&folder, &["certificate", "show", &root]).one(0);
    let pinned = shown["certificate_sha256"].as_str().unwrap().to_uppercase();
    let given = ["validate", "--certs", &issuer, "--crl", "crl", "--crl", "root-crl", "--at", "2026-06-15T12:00:30Z"];
    let with = |more: &[&str]| call(&folder, &[&given[..], more, &["attached.p7s"]].concat());
    assert_eq!(
        with(&["--trust-store", "SertifikaDeposu.xml", "--pin-sha256", &pinned]).one(0)["indication"],
        "TOTAL-PASSED"
    );
    let other = "00".repeat(32);
    for unpinned in [
        &["--trust-store", "SertifikaDeposu.xml"][..],
        &["--trust-store", "SertifikaDeposu.xml", "--pin-sha256", &other],
    ] {
        assert_eq!(with(unpinned).one(3)["sub_indication"], "NO_CERTIFICATE_CHAIN_FOUND");
    }
    assert_eq!(with(&["--trust-store", "other.xml"]).error(2)["name"], "trust-store-malformed");
    assert_eq!(with(&["--trust-store", "none.xml"]).error(2)["name"], "input-unreadable");
    with(&["--trust-store", "SertifikaDeposu.xml", "--pin-sha256", "12"]).error(2);
    with(&["--pin-sha256", &pinned]).error(2);
    with(&["--trust-store", "SertifikaDeposu.xml", "--report", "json=SertifikaDeposu.xml"]).error(2);
}

#[test]
fn a_report_takes_no_input_s_place() {
    let Some(folder) = signatures() else { return };
    fs::create_dir(folder.join("certs")).unwrap();
    fs::copy(folder.join("signer.pem"), folder.join("certs/signer.pem")).unwrap();
    fs::write(folder.join("a.crl"), CrlDraft::new("root").sign().unwrap()).unwrap();
    let names = ["detached.p7s", "content.txt", "signer.pem", "certs/signer.pem", "a.crl"];
    let before = names.map(|name| fs::read(folder.join(name)).unwrap());
    let validate = |report: &str| {
        let inputs = ["--content", "content.txt", "--trust", "signer.pem", "--certs", "certs", "--crl", "a.crl"];
        call(&folder, &[&["validate", "detached.p7s", "--report", report][..], &inputs].concat())
    };
    for name in names {
        assert_eq!(validate(&format!("text={name}")).error(2)["name"], "argument-invalid", "{name}");
    }
    assert_eq!(names.map(|name| fs::read(folder.join(name)).unwrap()), before);
    // A report of an earlier run is no certificate.
    for _ in 0..2 {
        validate("text=certs").one(0);
        validate("json=certs/report").one(0);
    }
    // A device is no file that could be lost.
    call(&folder, &["validate", "detached.p7s", "--content", "/dev/null", "--report", "text=/dev/null"]).one(1);
    // Among several signatures one that goes by the name of another's report.
    fs::copy(folder.join("attached.p7s"), folder.join("attached.p7s.txt")).unwrap();
    let both = ["validate", "attached.p7s", "attached.p7s.txt", "--report", "text=."];
    call(&folder, &both).error(2);
    assert_eq!(fs::read(folder.join("attached.p7s")).unwrap(), fs::read(folder.join("attached.p7s.txt")).unwrap());
}

#[test]
fn a_report_that_cannot_be_written_stops_no_verdict() {
    let Some(folder) = signatures() else { return };
    fs::create_dir_all(folder.join("reports/attached.p7s.json")).unwrap();
    let several = ["validate", "attached.p7s", "altered.p7s", "none.p7s", "--report", "json=reports"];
    let lines = call(&folder, &several).json(7);
    assert_eq!((&lines[0]["indication"], &lines[1]["indication"]), (&json!("INDETERMINATE"), &json!("TOTAL-FAILED")));
    assert_eq!(lines[2]["error"]["name"], "input-unreadable");
    assert_eq!(lines[3]["error"]["name"], "output-unwritable");
    assert_eq!(lines.len(), 4);
    let report: Value = serde_json::from_slice(&fs::read(folder.join("reports/altered.p7s.json")).unwrap()).unwrap();
    assert_eq!(report, lines[1]);
}

#[test]
fn inspect_shows_what_is_inside() {
    let Some(folder) = signatures() else { return };
    let inside = call(&folder, &["inspect", "attached.p7s"]).one(0);
    assert_eq!((&inside["file"], &inside["encoding"]), (&json!("attached.p7s"), &json!("DER")));
    assert_eq!((&inside["attached"], &inside["content_size"]), (&json!(true), &json!(CONTENT.len())));
    assert_eq!(inside["signers"][0]["id"], "S0");
    assert_eq!(inside["certificates"][0]["national_id"], "100******46");
    assert!(!inside.to_string().contains("10000000146"));
    let revealed = call(&folder, &["--show-personal-data", "inspect", "attached.p7s"]).one(0);
    assert_eq!(revealed["certificates"][0]["national_id"], "10000000146");
    let text = eimza(["inspect", "detached.p7s"]).inside(&folder).run();
    assert!(text.code == 0 && text.output.contains("encoding: DER"), "{}", text.output);
    call(&folder, &["inspect", "noise"]).error(4);
    call(&folder, &["inspect", "none"]).error(4);
}
