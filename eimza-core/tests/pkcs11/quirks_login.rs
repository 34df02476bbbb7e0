//! Tokens without a login, and certificates that are seen only after one.

use crate::support::{name, open, permitted, pin, puk, request, sign, signer, wrong};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::token::{Attempt, Entered, Token};

/// Signs without a PIN.
fn sign_without(token: &Token, name: &str) -> eimza_core::Result<Vec<u8>> {
    let signer = signer(token, name);
    let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
    token.sign(&signer, request, Entered::NotNeeded, Attempt::new())
}

quirks! {
    /// 35: a token that needs no login signs without a PIN, and none is sent to it.
    fn quirk_35_no_login_needed([NoLoginNeeded]) |stage| {
        stage.token.import("nes-p256", "01").import("nes-rsa2048", "02");
        let token = open(&stage);
        assert!(!token.info().unwrap().needs_login);
        for name in ["nes-p256", "nes-rsa2048"] {
            sign_without(&token, name).unwrap();
        }
        sign(&token, "nes-p256").unwrap();
        assert_eq!((stage.attempts(), stage.count("C_Sign")), (0, 3));
    };

    /// 35: where the flag is missing though the keys want a login, the PIN that was entered is presented, once.
    fn quirk_35_login_needed_after_all([NoLoginFlag]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        assert_eq!(name(sign_without(&token, "nes-p256")), "key-absent");
        assert_eq!(stage.attempts(), 0);
        sign(&token, "nes-p256").unwrap();
        assert_eq!((stage.attempts(), stage.count("C_Sign")), (1, 1));
    };

    /// 35: nothing is signed without a PIN where one is needed, and nothing else is done without one.
    fn quirk_35_nothing_without_a_pin([]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        assert!(token.info().unwrap().needs_login);
        assert_eq!(name(sign_without(&token, "nes-p256")), "pin-needed");
        assert_eq!(name(token.verify_pin(Entered::NotNeeded, permitted())), "pin-needed");
        assert_eq!(name(token.certificates_with_pin(Entered::NotNeeded, permitted())), "pin-needed");
        assert_eq!(name(token.change_pin(pin(), Entered::NotNeeded, permitted())), "pin-needed");
        assert_eq!(name(token.unblock_pin(Entered::NotNeeded, pin(), permitted())), "pin-needed");
        assert_eq!(name(token.change_puk(puk(), Entered::NotNeeded, permitted())), "pin-needed");
        assert_eq!(stage.attempts(), 0);
    };

    /// 35: one entry of the PIN serves to list what is hidden and to sign with it.
    fn quirk_35_one_entry_for_listing_and_signing([CertificatesNeedLogin]) |stage| {
        stage.token.import("nes-p256", "01").import("nes-rsa2048", "02");
        let token = open(&stage);
        assert!(token.certificates().unwrap().is_empty());
        assert_eq!(name(token.certificates_and_pin(wrong(), Attempt::new())), "pin-incorrect");
        let (found, pin) = token.certificates_and_pin(pin(), Attempt::new()).unwrap();
        let found = found.into_vec();
        assert_eq!(found.len(), 2);
        let request = request(&found[0], DigestAlgorithm::Sha256, Padding::Pkcs1);
        token.sign(&found[0], request, pin, Attempt::new()).unwrap();
    };

    /// 35: so does one that is typed on a keypad. Until it has signed nothing else is done with the token, and nothing spent.
    fn quirk_35_one_entry_on_the_keypad([CertificatesNeedLogin, ProtectedPath], "FAKE_PKCS11_KEYPAD" = "123456") |stage| {
        stage.token.import("nes-p256", "01").import("nes-rsa2048", "02");
        let token = open(&stage);
        let list = || token.certificates_and_pin(Entered::OnDevice, Attempt::new());
        let (found, entered) = list().unwrap();
        let found = found.into_vec();
        let request = |number: usize| request(&found[number], DigestAlgorithm::Sha256, Padding::Pkcs1);
        assert_eq!(name(token.verify_pin(Entered::OnDevice, Attempt::new())), "host-holds-login");
        token.sign_batch(&found[0], vec![request(0), request(0)], entered, Attempt::new()).unwrap();
        assert_eq!((stage.attempts(), stage.count("C_Logout")), (1, 1));
        assert!(token.certificates().unwrap().is_empty(), "nobody is logged in any more");

        // Dropped, or given to what it is not for: it is over.
        drop(list().unwrap());
        let (_, entered) = list().unwrap();
        assert_eq!(name(token.verify_pin(entered, Attempt::new())), "pin-needed");
        assert!(token.certificates().unwrap().is_empty());
        let (_, entered) = list().unwrap();
        let other = open(&stage);
        other.sign(&found[1], request(1), entered, Attempt::new()).unwrap();
        assert_eq!((stage.attempts(), stage.count("C_Logout")), (4, 4));
        token.verify_pin(Entered::OnDevice, Attempt::new()).unwrap();
    };

    /// 35: a hidden certificate beside a public one is on the token that shows the public one.
    fn quirk_35_one_hidden_one_public([PrivateSigner]) |stage| {
        stage.token.import("nes-rsa2048", "02").import("nes-p256", "01");
        let token = open(&stage);
        assert_eq!(token.certificates().unwrap().iter().count(), 1);
        let (found, entered) = token.certificates_and_pin(pin(), Attempt::new()).unwrap();
        let hidden = found.into_iter().find(|found| found.key.0 == [1]).unwrap();
        let request = request(&hidden, DigestAlgorithm::Sha256, Padding::Pkcs1);
        token.sign(&hidden, request, entered, Attempt::new()).unwrap();
        assert_eq!(stage.attempts(), 2);
    };
}
