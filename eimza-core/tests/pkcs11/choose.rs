//! Choosing a token: by its address, or because it is the only one that can be used.

use crate::support::{name, sign};
use eimza_core::Error;
use eimza_core::shown_text::mask_national_ids;
use eimza_core::token;
use eimza_core::token::pkcs11::{self, Pkcs11Uri};
use eimza_testkit::{PIN, pki, softhsm};

/// Whether no token of this machine is connected: nobody's own card is opened or tried by a test.
fn is_alone() -> bool {
    let is_alone = token::usable(|_| true).is_empty();
    if !is_alone {
        println!("skipped: a token of this machine is connected");
    }
    is_alone
}

quirks! {
    /// SoftHSM is found at its own place too: the same token by two modules is one.
    fn the_only_token_is_chosen_though_two_modules_show_it([], "EIMZA_PKCS11_MODULE" = "{module}") |stage| {
        if !is_alone() {
            return;
        }
        stage.token.import("nes-p256", "01");
        let only = token::only().unwrap();
        assert!(only.info().unwrap().address.contains("fake_pkcs11"));
        sign(&only, "nes-p256").unwrap();
        assert_eq!(stage.attempts(), 1);
        let again = token::open(&only.info().unwrap().address).unwrap();
        assert_eq!(again.info().unwrap(), only.info().unwrap());
    };

    /// A token without a certificate for signing is none to choose.
    fn a_token_that_cannot_sign_is_not_usable([], "EIMZA_PKCS11_MODULE" = "{module}") |stage| {
        if !is_alone() {
            return;
        }
        stage.token.import_certificate("encryption", "01", "ENCR0");
        assert_eq!(token::usable(|_| true).len(), 1);
        assert_eq!(name(token::only()), "token-absent");
        assert_eq!(stage.attempts(), 0);
    };

    /// Two usable tokens are named, and nobody's PIN is tried.
    fn two_usable_tokens_have_to_be_named([], "EIMZA_PKCS11_MODULE" = "{module}") |stage| {
        // SoftHSM looks for tokens once: the second one is there before the first question.
        let second = softhsm().unwrap().token("NES2");
        if !is_alone() {
            return;
        }
        stage.token.import("nes-p256", "01");
        second.import("second-person", "01");
        let error = token::only().unwrap_err();
        let Error::TokensSeveral { tokens } = error else { panic!("{error}") };
        assert_eq!(tokens.len(), 2);
        assert!(tokens.iter().any(|address| address.contains("token=NES2")));
        let both = token::usable(|_| true);
        assert_eq!(both.len(), 2);
        let wanted = pki::certificate("second-person");
        let one = token::usable(|found| found.certificate.der() == wanted);
        assert_eq!((one.len(), one[0].info().unwrap().label.as_str()), (1, "NES2"));
        assert_eq!(stage.attempts(), 0);
        assert!(stage.token.try_pin(PIN));
    };

    /// Where nothing is found, what is wrong with the module that the person named comes before "no token".
    fn a_named_module_that_cannot_be_loaded_is_told([], "EIMZA_PKCS11_MODULE" = "/nonexistent/libnone.so") |_stage| {
        if !is_alone() {
            return;
        }
        assert_eq!(name(token::only()), "module-missing");
    };

    /// What may be a national id is not shown, and what is shown still opens the token.
    fn a_shown_address_opens_its_token([ElevenDigitSerial]) |stage| {
        softhsm().unwrap().token("10000000146SIGN");
        let module = Pkcs11Uri { module_path: Some(stage.module.clone()), ..Pkcs11Uri::default() };
        let infos: Vec<_> = pkcs11::tokens(&module).unwrap().iter().map(|token| token.info().unwrap()).collect();
        assert_eq!(infos.len(), 2);
        for info in infos {
            assert!(info.address.contains("serial=10000000146"));
            let address = &info.address_without_national_id;
            assert_eq!(*address, mask_national_ids(address));
            assert_eq!(address.contains("token=NES1"), info.label == "NES1");
            assert_eq!(token::open(address).unwrap().info().unwrap(), info);
        }
        let Err(Error::TokensSeveral { tokens }) = pkcs11::only(&module) else { panic!("one token") };
        assert_eq!(tokens.len(), 2);
        assert!(tokens.iter().all(|address| token::open(address).is_ok()));
    };

    /// Where several tokens go by one name, also by what is left of it when a national id is masked, the slot tells them
    /// apart.
    fn an_address_names_one_token([ZeroSerial]) |stage| {
        for label in ["NES1", "10000000146SIGN", "10000000146ENCR"] {
            softhsm().unwrap().token(label);
        }
        let module = Pkcs11Uri { module_path: Some(stage.module.clone()), ..Pkcs11Uri::default() };
        let infos: Vec<_> = pkcs11::tokens(&module).unwrap().iter().map(|token| token.info().unwrap()).collect();
        assert_eq!(infos.len(), 4);
        for info in infos {
            assert_eq!(info.address.contains("slot-id="), info.label == "NES1");
            for address in [&info.address, &info.address_without_national_id] {
                assert_eq!(token::open(address).unwrap().info().unwrap(), info);
            }
        }
    };
}

#[test]
fn addresses_that_cannot_be_read_are_refused() {
    assert_eq!(name(token::open("NES1")), "token-address-invalid");
    assert_eq!(name(token::open("pkcs11:token=NES1?pin-value=123456")), "token-address-holds-pin");
    assert_eq!(name(token::open("pkcs11:?module-path=/nonexistent.so")), "module-missing");
}
