//! Cards without a module, in the virtual readers of a real pcscd.

use std::fs;

use eimza_testkit::card::{Card, Design};
use eimza_testkit::pcscd::{self, FIRST_READER};
use eimza_testkit::scratch;

use crate::eimza::eimza;
use crate::sign::openssl_verifies;

#[test]
fn a_card_is_listed_used_and_signed_with() {
    pcscd::inside("cards::a_card_is_listed_used_and_signed_with", |pcscd| {
        pcscd.first.insert(Card::new(Design::akis_1()));
        let readers = || eimza(["--json", "readers"]).json(0);
        pcscd::until("the service tells of the card", || !readers()[0]["card"].is_null());
        let lines = readers();
        assert_eq!(lines[0]["name"], FIRST_READER);
        assert_eq!(lines[0]["card"]["name"], "AKİS 1.0");
        assert_eq!(lines[0]["card"]["atr"], "3BBA11008131FE4D55454B41452056312E30AE");
        assert!(lines[1]["card"].is_null());

        let folder = scratch("cards");
        fs::write(folder.join("content.txt"), "Başvuru metni").unwrap();
        let token = format!("pcsc:{FIRST_READER}");
        let listed = eimza(["--json", "certificates", "--token", &token]).json(0);
        assert_eq!((&listed[0]["token"], &listed[0]["can_sign"]), (&token.as_str().into(), &true.into()));

        let sign = ["--json", "sign", "content.txt", "-o", "out.p7s", "--token", &token, "--pin-from", "env:PIN"];
        let call = |more: &[&str]| eimza(sign.iter().chain(more)).with_pin().inside(&folder).state(&folder);
        assert_eq!(call(&[]).error(5)["name"], "card-commands-unconfirmed");
        assert!(!folder.join("out.p7s").exists());
        let more = ["--danger-unconfirmed-card-commands", "--spend-last-try"];
        assert_eq!(call(&more).run().code, 0);
        openssl_verifies(&folder.join("out.p7s"), None);
    });
}

#[test]
fn without_the_service_that_is_said() {
    pcscd::inside("cards::without_the_service_that_is_said", |pcscd| {
        pcscd.stop();
        assert_eq!(eimza(["--json", "readers"]).error(5)["name"], "pcsc-stopped");
    });
}
