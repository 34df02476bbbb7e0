//! Software tokens: made, used, blocked, unblocked; every call is a process of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use eimza_core::token::software::SoftwareToken;
use eimza_testkit::pki::{self, PKCS12_PASSWORD};
use eimza_testkit::{PIN, component, project, run, scratch, testbed};
use serde_json::{Value, json};

use crate::eimza::{Eimza, eimza};
use crate::sign::openssl_verifies;

const PUK: &str = "87654321";

/// A call in this folder, with PIN and PUK in variables.
fn call(folder: &Path, arguments: &[&str]) -> Eimza {
    let call = eimza(["--json"].iter().chain(arguments)).inside(folder).state(&folder.join("state"));
    call.environment("PIN", PIN).environment("PUK", PUK)
}

fn create(folder: &Path, more: &[&str]) -> Eimza {
    let arguments = ["token", "create", "card.eimza", "--new-pin-from", "env:PIN", "--puk-from", "env:PUK"];
    call(folder, &[&arguments, more].concat())
}

/// A folder with a token `card.eimza` in it.
fn card() -> PathBuf {
    let folder = scratch("software");
    create(&folder, &[]).one(0);
    folder
}

fn sign(folder: &Path) -> Eimza {
    fs::write(folder.join("content.txt"), "içerik").unwrap();
    call(folder, &["sign", "content.txt", "-o", "out.p7s", "--token", "file:card.eimza", "--pin-from", "env:PIN"])
}

fn state(folder: &Path) -> Value {
    call(folder, &["pin", "status", "--token", "file:card.eimza"]).one(0)
}

#[test]
fn a_token_is_made_listed_and_signs() {
    let folder = scratch("software");
    let made = create(&folder, &[]).one(0);
    let address = made["token"].as_str().unwrap();
    assert!(address.starts_with("file:"));
    let listed = call(&folder, &["certificates", "--token", address]).json(0);
    let own: Vec<&Value> = listed.iter().filter(|found| found["can_sign"] == true).collect();
    assert_eq!(own.len(), 1, "{listed:?}");
    assert_eq!((&own[0]["kind"], &own[0]["national_id"]), (&json!("nes"), &json!("100******46")));
    assert_eq!(
        state(&folder),
        json!({ "pin": "ok", "tries_left": 3, "puk": "ok", "puk_tries_left": 3, "key_pins": [] })
    );
    let signed = sign(&folder).one(0);
    assert_eq!(signed["certificate_sha256"], own[0]["certificate_sha256"]);
    assert!(!fs::read(folder.join("card.eimza")).unwrap().windows(PIN.len()).any(|window| window == PIN.as_bytes()));
}

#[test]
fn keys_come_from_pkcs12_files() {
    let folder = scratch("software");
    let from = |path: &str, password: &str| {
        let more = ["--from", path, "--p12-password-from", "env:PASSWORD"];
        create(&folder, &more).environment("PASSWORD", password)
    };
    let p12 = |name: &str| pki::pkcs12_path(name).to_string_lossy().into_owned();
    let refused = from(&p12("modern"), "wrong").one(5);
    assert_eq!(refused["error"]["name"], "pkcs12-password-wrong");
    assert_eq!(refused["file"], p12("modern"));
    assert_eq!(from(&p12("without-key"), PKCS12_PASSWORD).error(5)["name"], "pkcs12-key-absent");
    assert_eq!(from("none.p12", "").error(4)["name"], "input-unreadable");
    fs::write(folder.join("noise.p12"), "no file of keys").unwrap();
    assert_eq!(from("noise.p12", "").error(4)["name"], "pkcs12-malformed");
    assert!(!folder.join("card.eimza").exists());

    for name in ["modern", "p256", "ec", "chain", "legacy-3des", "legacy-rc2"] {
        from(&p12(name), PKCS12_PASSWORD).one(0);
        sign(&folder).one(0);
        openssl_verifies(&folder.join("out.p7s"), None);
        fs::remove_file(folder.join("card.eimza")).unwrap();
    }
}

#[test]
fn what_is_there_is_never_written_over() {
    let folder = scratch("software");
    fs::write(folder.join("card.eimza"), "old").unwrap();
    assert_eq!(create(&folder, &[]).error(7)["name"], "token-file-exists");
    assert_eq!(fs::read(folder.join("card.eimza")).unwrap(), b"old");
    let arguments = ["token", "create", "none/card", "--new-pin-from", "env:PIN", "--puk-from", "env:PUK"];
    assert_eq!(call(&folder, &arguments).error(7)["name"], "output-unwritable");
}

#[test]
fn a_short_pin_makes_no_token() {
    let folder = scratch("software");
    create(&folder, &[]).environment("PIN", "12").error(5);
    create(&folder, &[]).environment("PIN", "").error(5);
    create(&folder, &[]).environment("PUK", "123456789012345").error(5);
    assert!(!folder.join("card.eimza").exists());
}

#[test]
fn three_wrong_pins_block_and_the_puk_unblocks() {
    let folder = card();
    let change = |old: &str, more: &[&str]| {
        let arguments =
            ["pin", "change", "--token", "file:card.eimza", "--pin-from", "env:OLD", "--new-pin-from", "env:PIN"];
        call(&folder, &[&arguments, more].concat()).environment("OLD", old)
    };
    let refused = change("000000", &[]).one(5);
    assert_eq!((&refused["error"]["name"], &refused["tries_left"]), (&json!("pin-incorrect"), &json!(2)));
    assert_eq!(refused["pin"], "low");
    let refused = sign(&folder).environment("PIN", "000000").one(5);
    assert_eq!((&refused["error"]["name"], &refused["pin"]), (&json!("pin-incorrect"), &json!("final-try")));
    // Not even the right PIN spends the last try unasked.
    assert_eq!(change(PIN, &[]).error(5)["name"], "pin-final-try");
    assert_eq!(state(&folder)["tries_left"], 1);
    let refused = change("000000", &["--spend-last-try"]).one(5);
    assert_eq!((&refused["pin"], &refused["tries_left"]), (&json!("blocked"), &json!(0)));
    assert_eq!(sign(&folder).error(5)["name"], "pin-blocked");

    let unblock = |puk: &str| {
        let arguments =
            ["pin", "unblock", "--token", "file:card.eimza", "--puk-from", "env:OLD", "--new-pin-from", "env:PIN"];
        call(&folder, &arguments).environment("OLD", puk)
    };
    let refused = unblock("00000000").one(5);
    assert_eq!((&refused["error"]["name"], &refused["puk_tries_left"]), (&json!("puk-incorrect"), &json!(2)));
    assert_eq!(unblock(PUK).one(0)["pin"], "ok");
    sign(&folder).one(0);
}

#[test]
fn a_puk_that_is_blocked_stays_blocked() {
    let folder = card();
    let change = |old: &str| {
        let arguments =
            ["puk", "change", "--token", "file:card.eimza", "--puk-from", "env:OLD", "--new-puk-from", "env:PUK"];
        call(&folder, &[&arguments[..], &["--spend-last-try"]].concat()).environment("OLD", old)
    };
    change(PUK).one(0);
    for _ in 0..3 {
        change("00000000").error(5);
    }
    assert_eq!(change(PUK).error(5)["name"], "puk-blocked");
    assert_eq!(state(&folder)["puk"], "blocked");
    sign(&folder).one(0);
}

#[test]
fn what_is_no_token_is_no_input_and_what_is_missing_is_no_token() {
    let folder = scratch("software");
    fs::write(folder.join("card.eimza"), "no token").unwrap();
    assert_eq!(sign(&folder).error(4)["name"], "token-file-malformed");
    fs::remove_file(folder.join("card.eimza")).unwrap();
    sign(&folder).error(5);
    assert!(!folder.join("out.p7s").exists());
}

/// A path that is no text: as it is typed, and as it is printed.
#[cfg(target_os = "linux")]
#[test]
fn a_token_at_a_path_that_is_no_text_can_be_named() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let folder = scratch("software");
    fs::write(folder.join("content.txt"), "içerik").unwrap();
    let word = |octets: &[u8]| OsString::from_vec(octets.to_vec());
    let call = |arguments: Vec<OsString>| {
        let call = eimza(["--json".into()].into_iter().chain(arguments)).inside(&folder).state(&folder.join("state"));
        call.environment("PIN", PIN).environment("PUK", PUK)
    };
    let create = ["token", "create", "--new-pin-from", "env:PIN", "--puk-from", "env:PUK"].map(OsString::from);
    let made = call(create.into_iter().chain([word(b"kart-\xfe\xff %41")]).collect()).one(0);
    let printed = made["token"].as_str().unwrap();
    assert!(printed.starts_with("file:///") && printed.ends_with("/kart-%FE%FF%20%2541"), "{printed}");
    for (number, token) in [printed.into(), word(b"file:kart-\xfe\xff %41")].into_iter().enumerate() {
        let arguments = ["sign", "content.txt", "--pin-from", "env:PIN", "-o"].map(OsString::from).into_iter();
        call(arguments.chain([format!("{number}.p7s").into(), "--token".into(), token]).collect()).one(0);
    }
}

/// What comes next on the descriptor, be it a file that somebody else began to read or a socket.
#[cfg(unix)]
#[test]
fn a_descriptor_is_read_from_where_it_stands() {
    use std::io::Write;
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::process::Command;

    let folder = card();
    let sign = |command: &mut Command, descriptor: &str, output: &str| {
        fs::write(folder.join("content.txt"), "içerik").unwrap();
        command.args(["sign", "content.txt", "-o", output, "--token", "file:card.eimza", "--pin-from", descriptor]);
        let ended = command.current_dir(&folder).env("HOME", &folder).output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    };
    fs::write(folder.join("secrets"), format!("first line\n{PIN}\n")).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec 3< secrets; read -r _ <&3; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_eimza")]);
    sign(&mut shell, "fd:3", "file.p7s");

    let (mut ours, theirs) = UnixStream::pair().unwrap();
    ours.write_all(PIN.as_bytes()).unwrap();
    drop(ours);
    sign(Command::new(env!("CARGO_BIN_EXE_eimza")).stdin(OwnedFd::from(theirs)), "fd:0", "socket.p7s");

    let arguments = ["sign", "content.txt", "-o", "none.p7s", "--token", "file:card.eimza", "--pin-from"];
    for closed in ["fd:99", "fd:4294967295"] {
        assert_eq!(call(&folder, &[&arguments[..], &[closed]].concat()).error(2)["name"], "input-unreadable");
    }
    // Low numbers are those that the command's own files get.
    for closed in 3..10 {
        let close = "exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-; exec \"$@\"";
        let mut shell = Command::new("sh");
        shell.args(["-c", close, "sh", env!("CARGO_BIN_EXE_eimza")]).args(arguments).arg(format!("fd:{closed}"));
        let ended = shell.current_dir(&folder).env("HOME", &folder).output().unwrap();
        let errors = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.code() == Some(2) && errors.contains("cannot be read"), "fd:{closed}: {errors}");
    }
}

/// Other people's validators pass a signature of the test token, with revocation, by its issuer and that issuer's list
/// alone; and not without the list, nor with that of another issuer.
#[test]
fn with_its_crl_other_programs_pass_what_a_test_token_signed() {
    let folder = scratch("software");
    create(&folder, &["--crl", "issuer-crl.pem"]).one(0);
    fs::create_dir(folder.join("other")).unwrap();
    create(&folder.join("other"), &["--crl", "crl.pem"]).one(0);
    sign(&folder).one(0);
    let token = SoftwareToken::open(folder.join("card.eimza")).unwrap();
    let issuer =
        token.certificates().unwrap().iter().find(|found| found.certificate.is_ca()).unwrap().certificate.to_pem();
    fs::write(folder.join("issuer.pem"), &issuer).unwrap();
    let store = |name: &str, crl: &str| {
        let crl = if crl.is_empty() { String::new() } else { fs::read_to_string(folder.join(crl)).unwrap() };
        fs::write(folder.join(name), issuer.clone() + &crl).unwrap();
    };
    for (crl, passes) in [("issuer-crl.pem", true), ("", false), ("other/crl.pem", false)] {
        store("store.pem", crl);
        if let Some(openssl) = component("openssl") {
            let mut command = Command::new(openssl);
            command.args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-crl_check"]);
            command.args(["-in", "out.p7s", "-CAfile", "store.pem", "-out", "verified"]).current_dir(&folder);
            assert_eq!(run(&mut command).success, passes, "OpenSSL with {crl:?}");
        }
    }
    if let Some(python) = component(testbed().join("venv/bin/python").to_str().unwrap()) {
        for (crl, passes) in [("issuer-crl.pem", true), ("other/crl.pem", false)] {
            let mut command = Command::new(&python);
            command.arg(project().join("tests/peers/peer.py")).args(["verify", "--signature", "out.p7s"]);
            command.args(["--anchor", "issuer.pem", "--others", "issuer.pem", "--crl", crl]).current_dir(&folder);
            let ended = run(&mut command);
            assert_eq!(ended.success, passes, "pyHanko with {crl}: {}", ended.output);
        }
    }
}

#[test]
fn a_crl_is_der_where_its_name_says_so_and_needs_a_test_key() {
    let folder = scratch("software");
    create(&folder, &["--crl", "issuer.crl"]).one(0);
    assert_eq!(fs::read(folder.join("issuer.crl")).unwrap()[0], 0x30);
    create(&scratch("software"), &["--crl", "a.crl", "--from", "b.p12"]).error(2);
    // What cannot be written is known before the token is made.
    let folder = scratch("software");
    create(&folder, &["--crl", "none/issuer.crl"]).error(7);
    assert!(!folder.join("card.eimza").exists());
}
