//! The examples in both languages, run on real tokens; other people's programs look at what comes out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use eimza_testkit::{Outcome, PIN, Token, component, pki, project, run, run_with_input, scratch, softhsm};

use eimza_testkit::status::CrlDraft;

use crate::installed::{cmake, compile};

const NAMES: [&str; 8] = [
    "list_certificates",
    "sign_consent_pkcs11",
    "two_step_signing",
    "give_e_onay",
    "receive_e_onay",
    "verify_signature",
    "validate_signature",
    "change_pin",
];

const TEXT: &str = "E-Onay veriyorum.\n";

/// The folders with the programs in C and in C++; none where a component is missing.
fn built() -> &'static [PathBuf] {
    static BUILT: OnceLock<Vec<PathBuf>> = OnceLock::new();
    BUILT.get_or_init(|| ["c", "cpp"].into_iter().filter_map(cmake).collect())
}

fn example(folder: &Path, name: &str, arguments: &[&str], input: &str) -> Outcome {
    run_with_input(Command::new(folder.join(name)).args(arguments), input)
}

fn token(label: &str, certificate: &str) -> Option<Token> {
    let token = softhsm()?.token(label);
    token.import(certificate, "01");
    Some(token)
}

#[track_caller]
fn openssl_verifies(signature: &str) {
    let Some(openssl) = component("openssl") else { return };
    let trusted = scratch("trusted").join("trusted.pem");
    fs::write(&trusted, pki::bundle_pem(&["root", "nes-ca", "nes-ca-p384"])).unwrap();
    let mut command = Command::new(openssl);
    command.args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-in", signature]);
    run(command.arg("-CAfile").arg(trusted).args(["-out", "/dev/null"])).expect_success();
}

#[test]
fn list_certificates() {
    let Some(token) = token("C LIST", "nes-p256") else { return };
    for folder in built() {
        let listed = example(folder, "list_certificates", &[&token.uri().replace(' ', "%20")], "").expect_success();
        assert!(listed.contains("can give an E-Onay") && listed.contains("100******46"), "{listed}");
        assert!(!listed.contains("10000000146"), "{listed}");
    }
}

#[test]
fn sign_consent_pkcs11_and_verify_signature() {
    let Some(token) = token("CONSENT", "nes-rsa2048") else { return };
    for folder in built() {
        let place = scratch("example");
        let path = |name: &str| place.join(name).to_string_lossy().into_owned();
        let (text, out) = (path("text.txt"), path("out.p7s"));
        fs::write(&text, TEXT).unwrap();
        let refused = example(folder, "sign_consent_pkcs11", &[&token.uri(), &text, &out], "000000\n");
        assert!(!refused.success && refused.output.contains("3102 pin-incorrect"), "{}", refused.output);
        assert!(!Path::new(&out).exists());
        let input = format!("{PIN}\n");
        let said = example(folder, "sign_consent_pkcs11", &[&token.uri(), &text, &out], &input).expect_success();
        assert!(said.contains(TEXT), "{said}");
        openssl_verifies(&out);

        let verified = example(folder, "verify_signature", &[&out], "").expect_success();
        assert!(verified.ends_with("\nholds\n"), "{verified}");
        let mut altered = fs::read(&out).unwrap();
        let at = altered.windows(TEXT.len()).position(|window| window == TEXT.as_bytes()).unwrap();
        altered[at] ^= 1;
        fs::write(&out, altered).unwrap();
        let verified = example(folder, "verify_signature", &[&out], "").expect_success();
        let failed = r#"{"name":"message-digest","status":"failed""#;
        assert!(verified.ends_with("\ndoes not hold\n") && verified.contains(failed), "{verified}");
    }
}

/// Each step in each language: what one wrote, the other reads.
#[test]
fn two_step_signing_across_languages() {
    let Some(token) = token("STEPS", "nes-p384") else { return };
    let [c, cpp] = built() else { return };
    let place = scratch("example");
    let path = |name: &str| place.join(name).to_string_lossy().into_owned();
    let certificate = pki::certificate_path("nes-p384").to_string_lossy().into_owned();
    let (content, state, value, out) = (path("content"), path("state"), path("value"), path("out.p7s"));
    let key = path("key");
    fs::write(&key, [7; 32]).unwrap();
    let complete = ["complete", &state, &key, &certificate, &content, &value, &out];
    for (one, other) in [(c, cpp), (cpp, c)] {
        fs::write(&content, TEXT).unwrap();
        let steps = "two_step_signing";
        example(one, steps, &["prepare", &certificate, &content, &state, &key], "").expect_success();
        example(other, steps, &["sign", &token.uri(), &state, &key, &value], &format!("{PIN}\n")).expect_success();
        example(one, steps, &complete, "").expect_success();
        openssl_verifies(&out);
        rust("complete", &complete);
        openssl_verifies(&out);

        // Another content completes nothing.
        fs::remove_file(&out).unwrap();
        fs::write(&content, "something else").unwrap();
        let refused = example(one, steps, &complete, "");
        assert!(!refused.success && refused.output.contains("5005 content-differs"), "{}", refused.output);
        assert!(!Path::new(&out).exists());
    }
}

/// The same step by the example in Rust.
#[track_caller]
fn rust(step: &str, arguments: &[&str]) {
    assert_eq!(arguments[0], step);
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "-q", "--locked", "-p", "eimza-examples", "--bin", "two_step_signing", "--"]).args(arguments);
    run(command.current_dir(project())).expect_success();
}

#[test]
fn give_e_onay() {
    for folder in built() {
        let place = scratch("example");
        let path = |name: &str| place.join(name).to_string_lossy().into_owned();
        let said = example(folder, "give_e_onay", &[&place.to_string_lossy()], "").expect_success();
        assert!(said.contains("already given") && said.contains("300 seconds left"), "{said}");
        assert!(said.contains("100******46") && !said.contains("10000000146"), "{said}");

        let verified = example(folder, "verify_signature", &[&path("e-onay.p7s")], "").expect_success();
        assert!(verified.ends_with("\nholds\n"), "{verified}");
        let Some(openssl) = component("openssl") else { continue };
        for name in ["e-onay.p7s", "receipt.p7s"] {
            let mut command = Command::new(&openssl);
            command.args(["cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", &path(name)]);
            run(command.args(["-out", &path("inside")])).expect_success();
            let inside = fs::read(path("inside")).unwrap();
            assert!(name != "e-onay.p7s" || inside == fs::read(path("text.txt")).unwrap());
        }
    }
}

#[test]
fn receive_e_onay() {
    for folder in built() {
        let place = scratch("example");
        let said = example(folder, "receive_e_onay", &[&place.to_string_lossy()], "").expect_success();
        let at = |part: &str| said.find(part).unwrap_or_else(|| panic!("{part}: {said}"));
        assert!(at("received: ") < at("\"status-missing\"") && at("\"status-missing\"") < at("accepted: "), "{said}");
        assert!(at("accepted: ") < at("\"TOTAL-PASSED\"") && !said.contains("10000000146"), "{said}");
        let kept = place.join("e-onay.p7s").to_string_lossy().into_owned();
        let verified = example(folder, "verify_signature", &[&kept], "").expect_success();
        assert!(verified.ends_with("\nholds\n"), "{verified}");
    }
}

#[test]
fn validate_signature() {
    let place = scratch("example");
    let path = |name: &str| place.join(name).to_string_lossy().into_owned();
    fs::write(path("signature"), eimza_testkit::cms::find("attached-rsa2048").signature).unwrap();
    for issuer in ["root", "nes-ca"] {
        let Some(crl) = CrlDraft::new(issuer).sign() else { return };
        fs::write(path(issuer), crl).unwrap();
    }
    let [root, authority] = ["root", "nes-ca"].map(|name| pki::certificate_path(name).to_string_lossy().into_owned());
    let (signature, root_crl, crl) = (path("signature"), path("root"), path("nes-ca"));
    for folder in built() {
        let judged = |seconds: &str, crls: &[&str]| {
            let arguments = [&[seconds, &signature, &root, &authority][..], crls].concat();
            example(folder, "validate_signature", &arguments, "").expect_success()
        };
        // 15 June 2026, 12:30 UTC.
        let said = judged("1781526600", &[&root_crl, &crl]);
        assert!(said.contains("indication: TOTAL-PASSED\nwhy: -\nlevel: B-B\nstructure: B-B\nprofile: P1\n"), "{said}");
        assert!(said.contains("preliminary until: 0\ncertificate: {\"indication\":\"TOTAL-PASSED\""), "{said}");
        assert!(said.ends_with("\npassed\n") && !said.contains("10000000146"), "{said}");
        let said = judged("1781526600", &[&root_crl]);
        assert!(said.contains("why: TRY_LATER\n") && said.ends_with("\nnot passed\n"), "{said}");
        assert!(said.contains("did not pass: revocation\nbecause: status-missing\n"), "{said}");
    }
}

#[test]
fn change_pin() {
    let Some(token) = token("CHANGE", "nes-p256") else { return };
    let mut now = PIN.to_owned();
    for (folder, fresh) in built().iter().zip(["778899", "887799"]) {
        let said = example(folder, "change_pin", &[&token.uri()], &format!("{now}\n{fresh}\n")).expect_success();
        assert!(said.contains("changed") && token.try_pin(fresh), "{said}");
        let said = example(folder, "change_pin", &[&token.uri()], &format!("{now}\n112233\n")).expect_success();
        assert!(said.contains("3102 pin-incorrect") && token.try_pin(fresh), "{said}");
        now = fresh.to_owned();
    }
}

#[test]
fn every_example_builds_with_pkg_config_fits_on_a_page_and_says_what_it_shows() {
    let place = scratch("pkg-config");
    for name in NAMES {
        for (folder, ending) in [("c", "c"), ("cpp", "cpp")] {
            let source = project().join(format!("examples/{folder}/{name}.{ending}"));
            let text = fs::read_to_string(&source).unwrap();
            assert!(text.starts_with("/* ") && text.lines().count() <= 95, "{name}.{ending}");
        }
        let Some(_) = compile(&project().join(format!("examples/c/{name}.c")), &place.join(name), &[]) else { return };
    }
    assert!(example(&place, "give_e_onay", &[&place.to_string_lossy()], "").success);
}
