//! PIN and PUK on SoftHSM: what is said, what is spent, what is remembered from call to call.

use eimza_testkit::quirky::{self, Quirk};
use eimza_testkit::{PIN, SO_PIN, run, scratch};

use crate::eimza::{eimza, softhsm_with};

#[test]
fn status_spends_nothing_and_has_its_fields() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let status = eimza(["--json", "pin", "status", "--token", &token.uri()]).one(0);
    for field in ["pin", "tries_left", "puk"] {
        assert!(status.get(field).is_some(), "{status}");
    }
    assert!(token.try_pin(PIN));
}

#[test]
fn a_pin_is_changed_and_the_old_one_is_refused_with_the_state_after_it() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let uri = token.uri();
    let change = |old: &str, new: &str| {
        let arguments =
            ["--json", "pin", "change", "--token", &uri, "--pin-from", "env:OLD", "--new-pin-from", "env:NEW"];
        eimza(arguments).environment("OLD", old).environment("NEW", new)
    };
    change(PIN, "778899").one(0);
    assert!(token.try_pin("778899") && !token.try_pin(PIN));
    let refused = change(PIN, "445566").one(5);
    assert_eq!((&refused["error"]["code"], &refused["error"]["name"]), (&3102.into(), &"pin-incorrect".into()));
    assert!(refused["pin"].is_string() && refused.get("tries_left").is_some(), "{refused}");
    assert!(token.try_pin("778899"));
    for (wrong, name) in [
        ("", "secret-empty"),
        ("123456789012345", "secret-looks-like-verification-code"),
        ("12345-67890-12345", "secret-looks-like-verification-code"),
        ("7788\u{200b}99", "secret-characters"),
        (&"1".repeat(65), "secret-too-long"),
    ] {
        assert_eq!(change(wrong, "445566").error(5)["name"], name);
        assert_eq!(change("778899", wrong).error(5)["name"], name);
    }
    change("\u{feff}778899", "\u{feff}445566").one(0);
    assert!(token.try_pin("445566"));
}

#[test]
fn failures_are_remembered_so_that_the_last_try_is_not_spent() {
    let quirks = [Quirk::ThreeTriesNoFlags];
    quirky::inside("pin::failures_are_remembered_so_that_the_last_try_is_not_spent", &quirks, &[], |stage| {
        stage.token.import("nes-p256", "01");
        let uri = format!("pkcs11:token=NES1?module-path={}", stage.module.display());
        let state = scratch("state");
        let change = |old: &str, more: &[&str]| {
            let arguments =
                ["--json", "pin", "change", "--token", &uri, "--pin-from", "env:OLD", "--new-pin-from", "env:NEW"];
            let arguments = arguments.iter().chain(more);
            eimza(arguments).environment("OLD", old).environment("NEW", PIN).state(&state)
        };
        assert_eq!(change("000000", &[]).error(5)["name"], "pin-incorrect");
        assert_eq!(change("000000", &[]).error(5)["name"], "pin-incorrect");
        let spent = stage.attempts();
        let kept = change(PIN, &[]).one(5);
        assert_eq!((&kept["error"]["name"], &kept["pin"]), (&"pin-final-try".into(), &"final-try".into()));
        assert_eq!(stage.attempts(), spent, "no try is spent unasked");
        let memory = std::fs::read_to_string(state.join("eimza/attempts")).unwrap();
        assert!(!memory.contains(PIN) && !memory.contains("NES1"), "{memory}");
        change(PIN, &["--spend-last-try"]).one(0);
        change(PIN, &[]).one(0);
    });
}

#[test]
fn a_puk_whose_tries_nobody_can_tell_needs_permission() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let uri = token.uri();
    let unblock = |puk: &str, more: &[&str]| {
        let arguments =
            ["--json", "pin", "unblock", "--token", &uri, "--puk-from", "env:PUK", "--new-pin-from", "env:NEW"];
        eimza(arguments.iter().chain(more)).environment("PUK", puk).environment("NEW", "998877")
    };
    assert_eq!(unblock(SO_PIN, &[]).error(5)["name"], "puk-final-try");
    assert!(token.try_pin(PIN));
    assert_eq!(unblock("00000000", &["--spend-last-try"]).error(5)["name"], "puk-incorrect");
    unblock(SO_PIN, &["--spend-last-try"]).one(0);
    assert!(token.try_pin("998877"));
}

#[test]
fn a_puk_is_changed() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let uri = token.uri();
    let arguments = ["--json", "puk", "change", "--token", &uri, "--puk-from", "env:OLD", "--new-puk-from", "env:NEW"];
    let call = eimza(arguments.iter().chain(&["--spend-last-try"])).environment("OLD", SO_PIN);
    call.environment("NEW", "55667788").one(0);
    let call = eimza(arguments.iter().chain(&["--spend-last-try"])).environment("OLD", SO_PIN);
    assert_eq!(call.environment("NEW", "55667788").error(5)["name"], "puk-incorrect");
}

#[test]
fn a_descriptor_of_the_caller_gives_a_secret() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let script = format!(
        "'{}' pin change --token '{}' --pin-from fd:3 --new-pin-from fd:4 3<<A 4<<B\n{PIN}\nA\n778899\nB\n",
        env!("CARGO_BIN_EXE_eimza"),
        token.uri()
    );
    run(std::process::Command::new("sh").args(["-c", &script]).env("XDG_STATE_HOME", scratch("state")))
        .expect_success();
    assert!(token.try_pin("778899"));
}

#[test]
fn secrets_come_from_variables_descriptors_and_files() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let uri = token.uri();
    let change = |pin_from: &str| {
        eimza(["--json", "pin", "change", "--token", &uri, "--pin-from", pin_from, "--new-pin-from", "env:NEW"])
            .environment("NEW", PIN)
    };
    change("fd:0").input(&format!("{PIN}\n")).one(0);
    let call = change("file:pin.txt");
    std::fs::write(call.folder.join("pin.txt"), format!("{PIN}\r\n")).unwrap();
    call.one(0);
    // Two lines are two secrets: neither is tried.
    change("fd:0").input(&format!("000000\n{PIN}\n")).error(2);
    let status = eimza(["--json", "pin", "status", "--token", &uri]).one(0);
    assert_ne!(status["pin"], "low", "a try was spent");
    change("file:none.txt").error(2);
    change("env:NOT_SET").error(2);
    change("fd:99").error(2);
}
