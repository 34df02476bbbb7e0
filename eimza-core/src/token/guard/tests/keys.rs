//! A key with a PIN of its own: which PIN it is given, and when none is sent.

use super::*;
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm};

/// A card whose PIN is 1234 and whose key's own PIN is 5678.
pub(super) fn card() -> (Token, Arc<AtomicUsize>) {
    token(Scripted { key_pin: Some("5678"), ..Scripted::telling(PinStatus::Ok) })
}

fn signer(wanted_pin: WantedPin) -> TokenCertificate {
    let certificate = crate::Certificate::from_der(eimza_testkit::pki::certificate("nes-p256")).unwrap();
    TokenCertificate { wanted_pin, ..TokenCertificate::new(certificate) }
}

/// How signing with the token's PIN ends. The scripted card returns no signature, which is found out at the very end.
pub(super) fn ended(token: &Token, wanted_pin: WantedPin, attempt: Attempt) -> &'static str {
    let digest = DigestAlgorithm::Sha256.digest(b"");
    let request = SignRequest { algorithm: SignatureAlgorithm::Ecdsa(digest.algorithm()), digest };
    token.sign(&signer(wanted_pin), request, pin("1234"), attempt).unwrap_err().name()
}

const ACCEPTED: &str = "token-signature-invalid";

#[test]
fn a_key_that_wants_its_own_pin_is_never_given_another() {
    let (token, attempts) = card();
    assert_eq!(ended(&token, WantedPin::Own, Attempt::new()), "key-pin-needed");
    assert_eq!(attempts.load(Ordering::SeqCst), 0);
    assert_eq!(ended(&token, WantedPin::Own, Attempt::new().key_pin(pin("5678"))), ACCEPTED);
    assert_eq!(attempts.load(Ordering::SeqCst), 2);
}

#[test]
fn a_key_that_refused_the_token_s_pin_is_not_given_it_again() {
    let (token, attempts) = card();
    assert_eq!(ended(&token, WantedPin::Unknown, Attempt::new()), "key-refused-pin");
    assert_eq!(attempts.load(Ordering::SeqCst), 2);
    assert_eq!(ended(&token, WantedPin::Unknown, Attempt::new()), "key-pin-needed");
    assert_eq!(attempts.load(Ordering::SeqCst), 2);
}

#[test]
fn a_key_s_pin_is_not_awaited_on_a_keypad_that_is_not_there() {
    let (token, attempts) = card();
    assert_eq!(ended(&token, WantedPin::Own, Attempt::new().key_pin(Entered::OnDevice)), "token-cannot");
    assert_eq!(attempts.load(Ordering::SeqCst), 0);
}

/// An attempt with a key's PIN that is out, or whose answer was lost, says that the key has one.
#[test]
fn a_key_of_which_something_is_remembered_wants_its_own_pin() {
    let operation = Operation {
        driver: Arc::new(Scripted::telling(PinStatus::Ok)),
        memory: Arc::new(ProcessMemory::default()),
        attempt: Arc::default(),
        keys: Arc::default(),
    };
    let signer = signer(WantedPin::Unknown);
    let key = operation.keys.identity(&*operation.driver).unwrap().pin(PinId::of_key(&signer.certificate));
    assert_eq!(operation.wanted_pin(&signer, &key), WantedPin::Unknown);
    operation.memory.record(&key, Outcome::Begun);
    assert_eq!(operation.wanted_pin(&signer, &key), WantedPin::Own);
}
