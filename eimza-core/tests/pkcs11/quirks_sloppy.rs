//! Quirks of modules: attributes, searches and optional calls that are not as the standard has them. What a token fails to
//! tell hides nothing else, and the signature that verifies decides which key is the certificate's.

use crate::support::{name, open, pin, request, sign, signer};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::token::{Attempt, Token};
use eimza_testkit::quirky::Stage;

/// Two people's keys under one id, and a third certificate.
fn full(stage: &Stage) -> Token {
    stage.token.import_private_key("second-person", "01", "SIGN0", &[]).import("nes-rsa2048", "01");
    stage.token.import("nes-p256", "02").import("nes-p384", "03");
    open(stage)
}

/// All that is there is seen, and every key signs.
fn all_is_seen_and_signed_with(token: &Token) {
    assert_eq!(token.certificates().unwrap().iter().count(), 3);
    for name in ["nes-rsa2048", "nes-p256", "nes-p384"] {
        sign(token, name).unwrap();
    }
}

quirks! {
    /// 36: one attribute that is not there makes the whole call fail.
    fn quirk_36_general_error_for_one_attribute([GeneralErrorForMissing, PublicPartHidden]) |stage| {
        let token = full(&stage);
        all_is_seen_and_signed_with(&token);
        assert_eq!(signer(&token, "nes-p256").label, "SIGN0");
    };

    /// 36: an attribute that is not there is told as an empty one.
    fn quirk_36_nothing_is_told_as_empty([EmptyForMissing, PublicPartHidden]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };

    /// 36: a module that stops at what it does not know has not said that the rest is not there.
    fn quirk_36_stops_at_one_attribute([StopsAtMissing, PublicPartHidden]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };

    /// 36: a label that cannot be read hides no certificate.
    fn quirk_36_an_attribute_that_fails([LabelFails]) |stage| {
        let token = full(&stage);
        all_is_seen_and_signed_with(&token);
        assert_eq!(signer(&token, "nes-p256").label, "");
    };

    /// 36: lengths that cannot be asked for, or are wrong.
    fn quirk_36_no_lengths([NoLengths]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };
    fn quirk_36_short_lengths([ShortLengths]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };

    /// 36: "no more objects" is told as a failure.
    fn quirk_36_a_search_that_fails_at_its_end([FailsWhenNothingIsLeft]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };

    /// 36: a token without certificates is an empty one, however its module tells that nothing was found.
    fn quirk_36_a_search_that_fails_and_finds_nothing([FailsWhenNothingIsLeft]) |stage| {
        assert!(open(&stage).certificates().unwrap().is_empty());
    };

    /// 38: a search without an end.
    fn quirk_38_a_search_without_an_end([EndlessSearch]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };

    /// 36: a module that cannot search by id is searched by class.
    fn quirk_36_no_search_by_id([NoSearchById]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };
    fn quirk_36_no_end_of_a_search([NoSearchEnd]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };

    /// 36: calls that only tell something more may be missing.
    fn quirk_36_no_session_information([NoSessionInfo]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
        let token = open(&stage);
        token.verify_pin(pin(), Attempt::new()).unwrap();
        assert_eq!(stage.count("C_Logout"), 4);
    };
    fn quirk_36_no_optional_calls([NoOptionalCalls]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
        assert!(eimza_core::token::pkcs11::probe(&stage.module).is_ok());
    };
    fn quirk_36_no_list_of_present_tokens([NoPresentSlots]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };

    /// 7: keys that say nothing true of themselves are told apart by what they sign.
    fn quirk_07_odd_attributes([OddKeyAttributes]) |stage| {
        let token = full(&stage);
        all_is_seen_and_signed_with(&token);
        assert_eq!(stage.count("C_Login"), 3);
    };

    /// 7: a key that is said to be another one is the last choice, and what it signs decides.
    fn quirk_07_a_wrong_public_part([LyingPublicPart]) |stage| {
        let token = full(&stage);
        all_is_seen_and_signed_with(&token);
        assert_eq!((stage.count("C_Login"), stage.count("C_Sign") <= 4), (3, true));
    };

    /// 7: no PIN is sent for a key that is said to be another one.
    fn quirk_07_no_pin_for_another_key([]) |stage| {
        stage.token.import_private_key("second-person", "01", "SIGN0", &["--always-auth"]);
        stage.token.import_certificate("nes-rsa2048", "01", "SIGN0");
        assert_eq!(name(sign(&open(&stage), "nes-rsa2048")), "key-absent");
        assert_eq!((stage.count("C_Login"), stage.count("C_SignInit")), (1, 0));
    };

    /// 10: values in another form than the standard's.
    fn quirk_10_ecdsa_as_der([EcdsaDer]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };
    fn quirk_10_ecdsa_with_long_halves([EcdsaLongHalves]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };
    fn quirk_10_values_from_the_last_octet([ReversedSignature]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };
    fn quirk_10_a_length_that_is_not_told([UntouchedSignatureLength]) |stage| {
        all_is_seen_and_signed_with(&full(&stage));
    };

    /// 11: a mechanism that is not there is told before the PIN.
    fn quirk_11_no_ecdsa([RsaPkcsOnly]) |stage| {
        stage.token.import("nes-p256", "01");
        assert_eq!(name(sign(&open(&stage), "nes-p256")), "token-cannot");
        assert_eq!(stage.attempts(), 0);
    };

    /// 7: of a batch, every signature is the key's that was found for the first one.
    fn quirk_07_a_batch_with_keys_that_tell_nothing([OddKeyAttributes, EcdsaDer]) |stage| {
        stage.token.import_private_key("second-person-p256", "01", "SIGN0", &[]).import("nes-p256", "01");
        let token = open(&stage);
        let signer = signer(&token, "nes-p256");
        let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
        assert_eq!(token.sign_batch(&signer, vec![request; 3], pin(), Attempt::new()).unwrap().len(), 3);
        assert!(stage.count("C_Sign") <= 4);
    };
}
