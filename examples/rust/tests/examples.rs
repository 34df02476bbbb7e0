//! Runs the examples on real tokens and looks at what came out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::MutexGuard;

use eimza_testkit::status::CrlDraft;
use eimza_testkit::{Outcome, PIN, Token, component, pki, run, run_with_input, scratch, softhsm};

const LIST: &str = env!("CARGO_BIN_EXE_list_certificates");
const SIGN_CONSENT: &str = env!("CARGO_BIN_EXE_sign_consent_pkcs11");
const TWO_STEPS: &str = env!("CARGO_BIN_EXE_two_step_signing");
const CHANGE_PIN: &str = env!("CARGO_BIN_EXE_change_pin");
const GIVE: &str = env!("CARGO_BIN_EXE_give_e_onay");
const RECEIVE: &str = env!("CARGO_BIN_EXE_receive_e_onay");
const VERIFY: &str = env!("CARGO_BIN_EXE_verify_signature");
const VALIDATE: &str = env!("CARGO_BIN_EXE_validate_signature");

const TEXT: &str = "E-Onay veriyorum.\n";

fn example(program: &str, arguments: &[&str], input: &str) -> Outcome {
    run_with_input(Command::new(program).args(arguments), input)
}

fn token(label: &str, certificate: &str) -> Option<(Token, MutexGuard<'static, ()>)> {
    let turn = softhsm()?.turn();
    let token = softhsm()?.token(label);
    token.import(certificate, "01");
    Some((token, turn))
}

#[track_caller]
fn openssl_verifies(signature: &Path) {
    let Some(openssl) = component("openssl") else { return };
    let trusted = scratch("trusted").join("trusted.pem");
    fs::write(&trusted, pki::bundle_pem(&["root", "nes-ca", "nes-ca-p384"])).unwrap();
    let mut command = Command::new(openssl);
    command.args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-in"]).arg(signature);
    run(command.arg("-CAfile").arg(trusted).args(["-out", "/dev/null"])).expect_success();
}

#[test]
fn list_certificates() {
    let Some((token, _turn)) = token("LIST", "nes-p256") else { return };
    let listed = example(LIST, &[&token.uri()], "").expect_success();
    assert!(listed.contains("can give an E-Onay") && listed.contains("100******46"), "{listed}");
    assert!(!listed.contains("10000000146"), "{listed}");
}

#[test]
fn sign_consent_pkcs11_and_verify_signature() {
    let Some((token, _turn)) = token("CONSENT", "nes-rsa2048") else { return };
    let folder = scratch("example");
    let (text, out) = (folder.join("text.txt"), folder.join("out.p7s"));
    fs::write(&text, TEXT).unwrap();
    let arguments = [token.uri(), text.to_string_lossy().into_owned(), out.to_string_lossy().into_owned()];
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert!(!example(SIGN_CONSENT, &arguments, "000000\n").success);
    assert!(!out.exists());
    let said = example(SIGN_CONSENT, &arguments, &format!("{PIN}\n")).expect_success();
    assert!(said.contains(TEXT), "{said}");
    openssl_verifies(&out);

    let verified = example(VERIFY, &[arguments[2]], "").expect_success();
    assert!(verified.ends_with("\nholds\n"), "{verified}");
    let mut altered = fs::read(&out).unwrap();
    let at = altered.windows(TEXT.len()).position(|window| window == TEXT.as_bytes()).unwrap();
    altered[at] ^= 1;
    fs::write(&out, altered).unwrap();
    let verified = example(VERIFY, &[arguments[2]], "").expect_success();
    assert!(verified.ends_with("\ndoes not hold\n") && verified.contains("message-digest: failed"), "{verified}");
}

#[test]
fn two_step_signing() {
    let Some((token, _turn)) = token("STEPS", "nes-p384") else { return };
    let folder = scratch("example");
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let certificate = pki::certificate_path("nes-p384").to_string_lossy().into_owned();
    let (content, state, value, out) = (path("content"), path("state"), path("value"), path("out.p7s"));
    fs::write(&content, TEXT).unwrap();
    let key = path("key");
    fs::write(&key, [7; 32]).unwrap();
    let complete = ["complete", &state, &key, &certificate, &content, &value, &out];

    example(TWO_STEPS, &["prepare", &certificate, &content, &state, &key], "").expect_success();
    example(TWO_STEPS, &["sign", &token.uri(), &state, &key, &value], &format!("{PIN}\n")).expect_success();
    example(TWO_STEPS, &complete, "").expect_success();
    openssl_verifies(Path::new(&out));

    // Between the steps a state can be neither read nor changed.
    let sealed = fs::read(&state).unwrap();
    assert!(!sealed.windows(10).any(|window| window == b"eimza stat"), "it is not sealed");
    fs::write(path("other"), [8; 32]).unwrap();
    let by_another = ["complete", &state, &path("other"), &certificate, &content, &value, &out];
    assert!(!example(TWO_STEPS, &by_another, "").success);

    // Another content, or another state, completes nothing.
    fs::remove_file(&out).unwrap();
    fs::write(&content, "something else").unwrap();
    assert!(!example(TWO_STEPS, &complete, "").success);
    example(TWO_STEPS, &["prepare", &certificate, &content, &state, &key], "").expect_success();
    assert!(!example(TWO_STEPS, &complete, "").success);
    assert!(!Path::new(&out).exists());
}

#[test]
fn give_e_onay() {
    let folder = scratch("example");
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let said = example(GIVE, &[&folder.to_string_lossy()], "").expect_success();
    assert!(said.contains("300 seconds left") || said.contains("299 seconds left"), "{said}");
    assert!(said.contains("eimza-receipt-1") && said.contains("already given since"), "{said}");
    assert!(said.contains("100******46") && !said.contains("10000000146"), "{said}");
    let verified = example(VERIFY, &[&path("e-onay.p7s")], "").expect_success();
    assert!(verified.ends_with("\nholds\n"), "{verified}");

    let Some(openssl) = component("openssl") else { return };
    let inside = |name: &str| {
        let mut command = Command::new(&openssl);
        command.args(["cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", &path(name)]);
        run(command.args(["-out", &path("inside")])).expect_success();
        fs::read_to_string(path("inside")).unwrap()
    };
    assert_eq!(inside("e-onay.p7s"), fs::read_to_string(path("text.txt")).unwrap());
    assert!(inside("receipt.p7s").contains("eimza-receipt-1"));
}

#[test]
fn change_pin() {
    let Some((token, _turn)) = token("CHANGE", "nes-p256") else { return };
    let said = example(CHANGE_PIN, &[&token.uri()], &format!("{PIN}\n778899\n")).expect_success();
    assert!(said.contains("changed"), "{said}");
    assert!(token.try_pin("778899"));
    let said = example(CHANGE_PIN, &[&token.uri()], &format!("{PIN}\n112233\n")).expect_success();
    assert!(said.contains("3102 pin-incorrect"), "{said}");
    assert!(token.try_pin("778899"));
}

#[test]
fn every_example_fits_on_a_page_and_says_what_it_shows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin");
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(text.starts_with("//! ") && text.lines().count() <= 80, "{text}");
    }
}

#[test]
fn receive_e_onay() {
    let folder = scratch("example");
    let said = example(RECEIVE, &[&folder.to_string_lossy()], "").expect_success();
    let said_of = |what: &str| said.lines().position(|line| line.starts_with(what)).expect(what);
    assert!(said_of("received: ") < said_of("accepted: TOTAL-PASSED by CRL "), "{said}");
    let kept = folder.join("e-onay.p7s").to_string_lossy().into_owned();
    let verified = example(VERIFY, &[&kept], "").expect_success();
    assert!(verified.ends_with("\nholds\n"), "{verified}");
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
    // 15 June 2026, 12:30 UTC.
    let said = example(VALIDATE, &["1781526600", &signature, &root, &authority, &root_crl, &crl], "").expect_success();
    assert!(said.contains("indication: TOTAL-PASSED\nwhy: -\nlevel: B-B\nstructure: B-B\nprofile: P1\n"), "{said}");
    assert!(said.contains("certificate: TOTAL-PASSED") && said.ends_with("\npassed\n"), "{said}");
    let said = example(VALIDATE, &["1781526600", &signature, &root, &authority, &root_crl], "").expect_success();
    assert!(said.contains("did not pass: revocation\nbecause: status-missing\n"), "{said}");
}
