//! Quirks of modules: keys and signing. Every signature that is returned was verified by the library.

use crate::support::{name, open, pin, request, sign, signer};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::token::{Attempt, Token, pkcs11};
use eimza_testkit::quirky::Stage;

/// What happened around signing, in order.
fn steps(stage: &Stage) -> Vec<String> {
    let of_interest = |function: &str| ["C_Login", "C_SignInit", "C_Sign", "C_Logout"].contains(&function);
    let calls = stage.calls().into_iter().filter(|call| of_interest(&call.function));
    calls.map(|call| if call.function == "C_Login" { call.detail } else { call.function }).collect()
}

fn always_authenticated(stage: &Stage, name: &str) -> Token {
    stage.token.import_private_key(name, "01", "SIGN0", &["--always-auth"]).import_certificate(name, "01", "SIGN0");
    open(stage)
}

quirks! {
    /// 4: only the session that logged in may sign.
    fn quirk_04_session_local_login([SessionLocalLogin]) |stage| {
        stage.token.import("nes-p256", "01");
        sign(&open(&stage), "nes-p256").unwrap();
        assert_eq!(steps(&stage), ["holder", "C_SignInit", "C_Sign", "C_Logout"]);
    };

    /// 5: nothing comes between C_SignInit, the login for this use, and C_Sign.
    fn quirk_05_always_authenticate([NoCallBeforeSign]) |stage| {
        let token = always_authenticated(&stage, "nes-rsa2048");
        sign(&token, "nes-rsa2048").unwrap();
        assert_eq!(steps(&stage), ["holder", "C_SignInit", "context", "C_Sign", "C_Logout"]);
    };

    /// 1, 5: where calls are made one after the other, whole operations are.
    fn quirk_05_no_call_of_another_thread_comes_between([NullInitOnly, NoCallBeforeSign]) |stage| {
        let token = always_authenticated(&stage, "nes-p256");
        std::thread::scope(|scope| {
            let signing = scope.spawn(|| (0..10).for_each(|_| drop(sign(&token, "nes-p256").unwrap())));
            while !signing.is_finished() {
                token.info().unwrap();
                token.certificates().unwrap();
                token.pin_status().unwrap();
                pkcs11::tokens(&stage.uri().parse().unwrap()).unwrap();
            }
        });
        assert_eq!((stage.count("C_Sign"), stage.count("OVERLAP")), (10, 0));
    };

    /// 5: in a batch the PIN is given again for each signature, after it was accepted.
    fn quirk_05_always_authenticate_in_a_batch([NoCallBeforeSign]) |stage| {
        let token = always_authenticated(&stage, "nes-p384");
        let signer = signer(&token, "nes-p384");
        let request = request(&signer, DigestAlgorithm::Sha384, Padding::Pkcs1);
        token.sign_batch(&signer, vec![request; 3], pin(), Attempt::new()).unwrap();
        assert_eq!(stage.count("C_Login"), 4);
        assert_eq!(stage.count("C_Sign"), 3);
        // The token tells only while it signs; from then on it is known.
        assert_eq!(signer.asks_each_time, None);
        assert_eq!(token.certificates().unwrap().one().unwrap().asks_each_time, Some(true));
    };

    /// 5: the PIN that is refused at the second signature ends the batch, and the first one is not handed out.
    fn quirk_05_refused_in_the_middle_of_a_batch([SecondContextLoginRefused]) |stage| {
        let token = always_authenticated(&stage, "nes-p256");
        let signer = signer(&token, "nes-p256");
        let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
        assert_eq!(name(token.sign_batch(&signer, vec![request; 3], pin(), Attempt::new())), "key-refused-pin");
        assert_eq!((stage.count("C_Login"), stage.count("C_Sign")), (3, 1));
    };

    /// 5: a key that wants the PIN each time without saying so is found out, and remembered for the batch.
    fn quirk_05_hidden_always_authenticate([HiddenAlwaysAuthenticate]) |stage| {
        let token = always_authenticated(&stage, "nes-p256");
        let signer = signer(&token, "nes-p256");
        let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
        token.sign_batch(&signer, vec![request; 2], pin(), Attempt::new()).unwrap();
        assert_eq!(stage.count("C_Login"), 3);
        assert_eq!(stage.count("C_Sign"), 3);
    };

    /// 7: the certificate's key is not the first one of its id.
    fn quirk_07_two_keys_with_one_id([]) |stage| {
        stage.token.import_private_key("second-person", "01", "SIGN0", &[]).import("nes-rsa2048", "01");
        sign(&open(&stage), "nes-rsa2048").unwrap();
        assert_eq!(stage.count("C_Sign"), 1);
    };

    /// 7: keys that do not tell whose they are are told apart by what they sign, with one login.
    fn quirk_07_two_keys_that_tell_nothing([PublicPartHidden]) |stage| {
        stage.token.import_private_key("second-person", "01", "SIGN0", &[]).import("nes-rsa2048", "01");
        let token = open(&stage);
        let signer = signer(&token, "nes-rsa2048");
        let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
        token.sign_batch(&signer, vec![request; 3], pin(), Attempt::new()).unwrap();
        assert_eq!(stage.count("C_Login"), 1);
        assert!(stage.count("C_Sign") <= 4);
    };

    /// 7: a key for key agreement under the certificate's id is passed over, whichever is found first.
    fn quirk_07_a_key_that_may_not_sign([PublicPartHidden, KeyAgreementKey]) |stage| {
        stage.token.import_private_key("second-person", "01", "AGREE1", &[]).import("nes-rsa2048", "01");
        sign(&open(&stage), "nes-rsa2048").unwrap();
        assert_eq!((stage.count("C_Login"), stage.count("C_Sign")), (1, 1));
    };

    /// 7: another person's key under the certificate's id signs nothing that leaves the library.
    fn quirk_07_only_a_foreign_key([PublicPartHidden]) |stage| {
        stage.token.import_private_key("second-person", "01", "SIGN0", &[]);
        stage.token.import_certificate("nes-rsa2048", "01", "SIGN0");
        assert_eq!(name(sign(&open(&stage), "nes-rsa2048")), "token-signature-invalid");
    };

    /// 7: another key is tried only where the token ties it to the certificate, and its signature goes nowhere.
    fn quirk_07_no_key_for_the_certificate([]) |stage| {
        stage.token.import_private_key("second-person", "02", "SIGN0", &[]);
        stage.token.import_certificate("nes-rsa2048", "01", "SIGN0");
        assert_eq!(name(sign(&open(&stage), "nes-rsa2048")), "key-absent");
        assert_eq!(stage.count("C_SignInit"), 0);
        stage.token.import_private_key("second-person", "01", "SIGN0", &[]);
        assert_eq!(name(sign(&open(&stage), "nes-rsa2048")), "key-absent");
        assert_eq!(stage.count("C_SignInit"), 1);
    };

    /// 7: two objects with the same certificate are one certificate.
    fn quirk_07_the_same_certificate_twice([]) |stage| {
        stage.token.import("nes-p256", "01").import_certificate("nes-p256", "02", "copy");
        stage.token.import_private_key("second-person-p256", "03", "SIGN1", &[]);
        assert_eq!(open(&stage).certificates().unwrap().into_vec().len(), 1);
        sign(&open(&stage), "nes-p256").unwrap();
    };

    /// 8: the curve is written out in full.
    fn quirk_08_explicit_curve([ExplicitEcParameters]) |stage| {
        stage.token.import("nes-p256", "01");
        sign(&open(&stage), "nes-p256").unwrap();
    };

    /// 8: a key that is said to be on another curve than its point is judged by its point.
    fn quirk_08_explicit_curve_of_another_key([ExplicitEcParameters]) |stage| {
        stage.token.import("nes-p384", "01");
        sign(&open(&stage), "nes-p384").unwrap();
    };

    /// 8: the point comes without the OCTET STRING around it.
    fn quirk_08_bare_point([BareEcPoint]) |stage| {
        stage.token.import("nes-p521", "01");
        stage.token.import_private_key("second-person-p256", "02", "SIGN1", &[]).import("nes-p256", "02");
        let token = open(&stage);
        sign(&token, "nes-p521").unwrap();
        sign(&token, "nes-p256").unwrap();
    };

    /// 9: a buffer that the module finds too small costs one more C_Sign and no second PIN.
    fn quirk_09_buffer_too_small([BufferTooSmall]) |stage| {
        stage.token.import("nes-p256", "01").import("nes-rsa4096", "02");
        let token = open(&stage);
        for name in ["nes-p256", "nes-rsa4096"] {
            sign(&token, name).unwrap();
        }
        assert_eq!(stage.count("C_Sign"), 4);
        assert_eq!(stage.attempts(), 2);
    };

    /// 9: where the module is content, a signature is one C_Sign.
    fn quirk_09_one_c_sign_for_a_signature([]) |stage| {
        stage.token.import("nes-rsa4096", "01");
        sign(&open(&stage), "nes-rsa4096").unwrap();
        assert_eq!(stage.count("C_Sign"), 1);
    };

    /// 10: a half that is zero is no signature.
    fn quirk_10_ecdsa_half_of_zero([EcdsaZeroHalf]) |stage| {
        stage.token.import("nes-p256", "01");
        assert_eq!(name(sign(&open(&stage), "nes-p256")), "token-signature-invalid");
    };

    /// 10: an octet behind the signature is no part of it.
    fn quirk_10_ecdsa_of_odd_length([EcdsaOddLength]) |stage| {
        stage.token.import("nes-p384", "01");
        sign(&open(&stage), "nes-p384").unwrap();
    };

    /// 11: CKM_RSA_PKCS is enough; what a token cannot do is refused before the PIN is sent.
    fn quirk_11_only_rsa_pkcs([RsaPkcsOnly]) |stage| {
        stage.token.import("nes-rsa2048", "01");
        let token = open(&stage);
        sign(&token, "nes-rsa2048").unwrap();
        let before = stage.attempts();
        let signer = signer(&token, "nes-rsa2048");
        let pss = request(&signer, DigestAlgorithm::Sha256, Padding::Pss);
        assert_eq!(name(token.sign(&signer, pss, pin(), Attempt::new())), "token-cannot");
        assert_eq!(stage.attempts(), before);
    };

    /// A damaged signature does not leave the library.
    fn a_wrong_signature_is_found_out([WrongSignature]) |stage| {
        stage.token.import("nes-rsa2048", "01").import("nes-p256", "02");
        let token = open(&stage);
        assert_eq!(name(sign(&token, "nes-rsa2048")), "token-signature-invalid");
        assert_eq!(name(sign(&token, "nes-p256")), "token-signature-invalid");
    };

    /// A signing error after the PIN was accepted ends the rights too.
    fn rights_end_when_signing_fails([], "FAKE_PKCS11_ANSWERS" = "C_Sign=0x30") |stage| {
        stage.token.import("nes-p256", "01");
        assert_eq!(name(sign(&open(&stage), "nes-p256")), "module-failed");
        assert_eq!(steps(&stage), ["holder", "C_SignInit", "C_Sign", "C_Logout"]);
    };
}
