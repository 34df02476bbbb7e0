//! Every fault at every command of every operation: it ends with an answer, no PIN is sent twice, and afterwards a fresh
//! operation works.

use eimza_core::crypto::{DigestAlgorithm, Padding, SignatureAlgorithm};
use eimza_core::token::{Attempt, SignRequest, Token};
use eimza_core::{Error, Result};
use eimza_testkit::card::stage::{Fault, Moment};
use eimza_testkit::card::{Card, Design};

use crate::reader::{Desk, READER, permitted, pin, puk, signer};

type Operation = (&'static str, fn(&Token) -> Result<()>);

const OPERATIONS: [Operation; 6] = [
    ("certificates", |token| token.certificates().map(drop)),
    ("status", |token| token.pin_status().map(drop)),
    ("verify", |token| token.verify_pin(pin("123456"), permitted())),
    ("change", |token| token.change_pin(pin("123456"), pin("123456"), permitted())),
    ("unblock", |token| token.unblock_pin(puk("87654321"), pin("123456"), permitted())),
    ("sign", sign),
];

fn sign(token: &Token) -> Result<()> {
    let signer = signer(token);
    let key = signer.certificate.public_key()?;
    let algorithm = SignatureAlgorithm::for_key(&key, DigestAlgorithm::Sha256, Padding::Pkcs1)?;
    let request = SignRequest { algorithm, digest: DigestAlgorithm::Sha256.digest(b"content") };
    token.sign(&signer, request, pin("123456"), permitted()).map(drop)
}

fn faults() -> Vec<(&'static str, Fault)> {
    vec![
        ("removed before", Fault::Removed(Moment::Before)),
        ("removed after", Fault::Removed(Moment::After)),
        ("reset before", Fault::Reset(Moment::Before)),
        ("reset after", Fault::Reset(Moment::After)),
        ("failed before", Fault::Failed(Moment::Before)),
        ("failed after", Fault::Failed(Moment::After)),
        ("died before", Fault::Died(Moment::Before)),
        ("died after", Fault::Died(Moment::After)),
        ("nothing", Fault::Answered(Vec::new())),
        ("one octet", Fault::Answered(vec![0x90])),
        ("another word", Fault::Answered(vec![0x6f, 0x00])),
        ("garbage", Fault::Answered(vec![0xff; 300])),
        ("more without end", Fault::Answered(vec![0x61, 0x00])),
        ("cut short", Fault::CutShort(1)),
        ("busy", Fault::Busy),
        ("swapped", Fault::Swapped(Box::new(Card::new(Design::pkcs15().with_key("nes-rsa4096"))))),
    ]
}

/// How many commands an operation takes when nothing goes wrong.
fn commands(operation: fn(&Token) -> Result<()>) -> usize {
    let desk = Desk::new(Design::pkcs15());
    let token = desk.token();
    let before = desk.with(|card| card.log().len());
    operation(&token).unwrap();
    desk.with(|card| card.log().len()) - before
}

#[test]
fn every_fault_at_every_command_of_every_operation() {
    let mut size = 0;
    for (name, operation) in OPERATIONS {
        for number in 1..=commands(operation) {
            for (what, fault) in faults() {
                size += 1;
                suffer(&format!("{name}, command {number}, {what}"), operation, number, fault);
            }
        }
    }
    println!("{size} faults");
    assert!(size > 300, "{size}");
}

fn suffer(case: &str, operation: fn(&Token) -> Result<()>, number: usize, fault: Fault) {
    let is_swap = matches!(fault, Fault::Swapped(_));
    let desk = Desk::new(Design::pkcs15());
    let token = desk.token();
    desk.0.inject(READER, number, fault);
    let outcome = operation(&token);
    let (readers, _) = desk.0.readers().unwrap();
    if readers.iter().any(|reader| reader.atr.is_none()) {
        assert!(outcome.is_err(), "{case}: {outcome:?}");
        desk.0.insert(READER, Card::new(Design::pkcs15()));
    } else {
        let counts = desk.with(|card| card.counts());
        assert!(counts.verifies <= 1, "{case}: {} times", counts.verifies);
        assert!(desk.tries(0x81) == 3 && desk.tries(0x82) == 3, "{case}: a try was lost");
    }
    if is_swap {
        assert!(
            matches!(outcome, Err(Error::TokenRemoved | Error::TokenBusy | Error::PinAnswerLost { .. }) | Ok(())),
            "{case}: {outcome:?}"
        );
        return;
    }
    // A card that has died is there until the next command to it.
    let fresh = desk.try_token().unwrap_or_else(|absent| {
        assert!(matches!(absent, Error::CardAbsent { .. }), "{case}: {absent:?}");
        desk.0.insert(READER, Card::new(Design::pkcs15()));
        desk.token()
    });
    let again = fresh.verify_pin(pin("123456"), permitted());
    assert!(again.is_ok(), "{case}: {outcome:?}, then {again:?}");
    fresh.verify_pin(pin("123456"), Attempt::new()).unwrap();
}
