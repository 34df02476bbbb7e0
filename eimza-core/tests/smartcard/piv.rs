//! A card that nobody here wrote, behind the real service: by our own engine, and through OpenSC's PKCS#11 module.

use std::path::Path;

use eimza_core::Error;
use eimza_core::crypto::{DigestAlgorithm, Padding, SignatureAlgorithm};
use eimza_core::token::{self, Attempt, PinStatus, SignRequest, Token};
use eimza_testkit::pcscd::{self, FIRST_READER};
use eimza_testkit::piv::{self, PIN, PUK, PivCard};

use crate::reader::{permitted, pin, puk};

fn signs(token: &Token, card: &PivCard) {
    let found = token.certificates().unwrap().into_vec();
    let signer = found.into_iter().find(|found| found.certificate.der() == card.certificate()).unwrap();
    let key = signer.certificate.public_key().unwrap();
    let algorithm = SignatureAlgorithm::for_key(&key, DigestAlgorithm::Sha256, Padding::Pkcs1).unwrap();
    let requests: Vec<_> = [b"one", b"two"]
        .map(|content| SignRequest { algorithm, digest: DigestAlgorithm::Sha256.digest(content) })
        .to_vec();
    let values = token.sign_batch(&signer, requests.clone(), pin(PIN), permitted()).unwrap();
    for (request, value) in requests.iter().zip(&values) {
        assert!(algorithm.verify(&key, &request.digest, value).unwrap());
    }
}

#[test]
fn our_engine_signs_changes_and_unblocks() {
    if piv::program().is_none() {
        return;
    }
    pcscd::inside("piv::our_engine_signs_changes_and_unblocks", |pcscd| {
        let card = PivCard::start(pcscd);
        let token = token::open(&format!("pcsc:{FIRST_READER}")).unwrap();
        assert_eq!(token.info().unwrap().model, "PIV");
        signs(&token, &card);
        assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
        token.change_pin(pin(PIN), pin("654321"), permitted()).unwrap();
        for left in [2, 1] {
            let refused = token.verify_pin(pin(PIN), permitted()).unwrap_err();
            assert!(matches!(refused, Error::PinIncorrect { tries_left: Some(told) } if told == left), "{refused:?}");
        }
        assert!(matches!(token.verify_pin(pin("654321"), Attempt::new()), Err(Error::PinFinalTry)));
        assert!(token.verify_pin(pin(PIN), permitted()).is_err());
        assert_eq!(token.pin_status().unwrap().status, PinStatus::Blocked);
        token.unblock_pin(puk(PUK), pin(PIN), permitted()).unwrap();
        signs(&token, &card);
    });
}

#[test]
fn the_same_card_signs_through_a_module() {
    const MODULE: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";
    if piv::program().is_none() || eimza_testkit::component(MODULE).is_none() || !Path::new(MODULE).exists() {
        return;
    }
    pcscd::inside("piv::the_same_card_signs_through_a_module", |pcscd| {
        let card = PivCard::start(pcscd);
        let token = token::open(&format!("pkcs11:?module-path={MODULE}")).unwrap();
        signs(&token, &card);
    });
}
