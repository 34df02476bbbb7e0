//! What the scenarios' own writer makes is read and verified by openssl.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::process::Command;

use eimza_testkit::scenario::{CONTENT, Form, Level, Made, Plan, make};
use eimza_testkit::{component, pki, run, scratch};

#[test]
fn openssl_verifies_every_level_in_every_form() {
    let Some(openssl) = component("openssl") else { return };
    for level in Level::ALL {
        for form in Form::all(level) {
            let made = make(&Plan::default(), level, form);
            let mut command = Command::new(&openssl);
            command.args(["cms", "-verify", "-cades", "-binary", "-purpose", "any", "-attime", "1781535600"]);
            arrange(&mut command, &made);
            run(&mut command).expect_success();
        }
    }
}

/// 2026-06-15T15:00:00Z, and the files that openssl is given.
fn arrange(command: &mut Command, made: &Made) {
    let folder = scratch("scenarios");
    let write = |name: &str, octets: &[u8]| {
        fs::write(folder.join(name), octets).unwrap();
        folder.join(name)
    };
    let pem = |all: &[Vec<u8>]| all.iter().map(|der| pki::pem(der)).collect::<String>();
    command.args(["-inform", "DER", "-in"]).arg(write("signature", &made.file));
    let store = [made.anchors.clone(), made.certificates.clone()].concat();
    command.arg("-CAfile").arg(write("store", pem(&store).as_bytes()));
    command.arg("-out").arg(folder.join("content"));
    if made.content.is_some() {
        command.arg("-content").arg(write("given", CONTENT));
    }
}
