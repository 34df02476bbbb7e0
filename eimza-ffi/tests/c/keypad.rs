//! A PIN that is typed on a keypad, through the installed library.

use std::process::Command;

use eimza_testkit::quirky::{self, Quirk};
use eimza_testkit::run;

use crate::contract::sanitized;

#[test]
fn one_entry_on_the_keypad_lists_and_signs() {
    let Some(program) = sanitized("keypad") else { return };
    let program = program.display().to_string();
    let environment = [("FAKE_PKCS11_KEYPAD", "123456"), ("KEYPAD_PROGRAM", program.as_str())];
    let quirks = [Quirk::CertificatesNeedLogin, Quirk::ProtectedPath];
    quirky::inside("keypad::one_entry_on_the_keypad_lists_and_signs", &quirks, &environment, |stage| {
        stage.token.import("nes-p256", "01");
        run(Command::new(std::env::var_os("KEYPAD_PROGRAM").unwrap()).arg(stage.uri())).expect_success();
        // To list and sign; to list alone; to verify.
        assert_eq!(stage.attempts(), 3);
    });
}
