//! Whatever sequence of calls: no PIN's counter moves but by an entry that was meant for it, save the one presentation of
//! the token's PIN to a key of which nothing is known.

use std::sync::{Arc, Mutex};

use crate::crypto::{DigestAlgorithm, SignatureAlgorithm};
use crate::secret::{Pin, Puk};
use crate::token::{
    Attempt, CallContext, Entered, PinId, PinKind, PinReport, ProcessMemory, SignRequest, Token, TokenCertificate,
    TokenDriver, TokenInfo, TokenKind,
};
use crate::{Error, Result};

const SEQUENCES: u64 = 200;
const CALLS: u32 = 40;
const TRIES: u8 = 3;
/// The token's PIN, the PUK, the PIN of a key of its own; the other key takes the token's PIN.
const PINS: [&str; 3] = ["1234", "87654321", "5678"];
const WRONG: &str = "9999";

/// Tries that were lost, of each of the PINs.
type Lost = [u8; 3];

#[derive(Debug)]
struct Card(Arc<Mutex<Lost>>);

impl Card {
    fn judge(&self, which: usize, octets: Option<&[u8]>) -> Result<()> {
        let mut lost = self.0.lock().unwrap();
        let (incorrect, blocked) = match which {
            1 => (Error::PukIncorrect { tries_left: None }, Error::PukBlocked),
            _ => (Error::PinIncorrect { tries_left: None }, Error::PinBlocked),
        };
        if lost[which] == TRIES {
            return Err(blocked);
        }
        if octets == Some(PINS[which].as_bytes()) {
            lost[which] = 0;
            return Ok(());
        }
        lost[which] += 1;
        Err(incorrect)
    }
}

impl TokenDriver for Card {
    fn info(&self) -> Result<TokenInfo> {
        let serial = format!("card {:p}", Arc::as_ptr(&self.0));
        Ok(TokenInfo { serial, ..TokenInfo::new(TokenKind::SmartCard, "card") })
    }

    fn certificates(&self) -> Result<Vec<TokenCertificate>> {
        Ok(signers().to_vec())
    }

    fn pin_report(&self, _: &PinId) -> Result<PinReport> {
        Ok(PinReport::default())
    }

    fn verify_pin(&self, pin: &Entered<Pin>, context: &CallContext) -> Result<()> {
        context.present(|| self.judge(0, pin.octets()))
    }

    fn change_pin(&self, old: &Entered<Pin>, _: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.verify_pin(old, context)
    }

    fn unblock_pin(&self, puk: &Entered<Puk>, _: &Entered<Pin>, context: &CallContext) -> Result<()> {
        context.present(|| self.judge(1, puk.octets()))?;
        self.0.lock().unwrap()[0] = 0;
        Ok(())
    }

    fn change_puk(&self, old: &Entered<Puk>, _: &Entered<Puk>, context: &CallContext) -> Result<()> {
        context.present(|| self.judge(1, old.octets()))
    }

    /// Both keys ask at each use.
    fn sign(
        &self,
        signer: &TokenCertificate,
        requests: &[SignRequest],
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<Vec<Vec<u8>>> {
        self.verify_pin(pin, context)?;
        let which = if signer.certificate == signers()[0].certificate { 2 } else { 0 };
        for _ in requests {
            context.present_to_key(pin, |octets| self.judge(which, octets))?;
        }
        Ok(Vec::new())
    }
}

/// The key with a PIN of its own, and the one without.
fn signers() -> [TokenCertificate; 2] {
    ["nes-p256", "nes-p384"]
        .map(|name| TokenCertificate::new(crate::Certificate::from_der(eimza_testkit::pki::certificate(name)).unwrap()))
}

/// Numbers that look random and are the same in each run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn entry(&mut self, which: usize) -> &'static str {
        if self.below(2) == 0 { PINS[which] } else { WRONG }
    }
}

/// Makes one call; says which PINs something was entered for, and whether a key could borrow the token's PIN.
fn call(token: &Token, numbers: &mut Numbers) -> ([bool; 3], bool) {
    let pin = |digits: &str| Pin::new(digits).unwrap();
    let mut attempt = Attempt::new();
    if numbers.below(4) == 0 {
        attempt = attempt.spend_last_try();
    }
    match numbers.below(8) {
        0 => drop((token.pin_status(), token.puk_status(), token.key_pins())),
        1 => drop((token.certificates(), token.check_attempt(PinKind::Pin, attempt))),
        2 => {
            let _ = token.verify_pin(pin(numbers.entry(0)), attempt);
            return ([true, false, false], false);
        }
        3 => {
            let _ = token.unblock_pin(Puk::new(numbers.entry(1)).unwrap(), pin("1234"), attempt);
            return ([false, true, false], false);
        }
        _ => {
            let signer = &signers()[usize::from(numbers.below(2) == 1)];
            let digest = DigestAlgorithm::Sha256.digest(b"");
            let request = SignRequest { algorithm: SignatureAlgorithm::Ecdsa(digest.algorithm()), digest };
            let has_key_pin = numbers.below(2) == 0;
            if has_key_pin {
                attempt = attempt.key_pin(pin(numbers.entry(2)));
            }
            if numbers.below(4) == 0 {
                attempt = attempt.spend_last_try_of_key_pin();
            }
            let requests = vec![request; 1 + usize::from(numbers.below(2) == 1)];
            let _ = token.sign_batch(signer, requests, pin(numbers.entry(0)), attempt);
            return ([true, false, has_key_pin], !has_key_pin);
        }
    }
    ([false; 3], false)
}

#[test]
fn no_counter_moves_but_by_an_entry_that_was_meant_for_it() {
    let mut borrowed_at_all = 0;
    for sequence in 0..SEQUENCES {
        let mut numbers = Numbers(sequence);
        let lost = Arc::new(Mutex::new(Lost::default()));
        let token = Token::new(Card(Arc::clone(&lost))).with_memory(Arc::new(ProcessMemory::default()));
        let mut borrowed = 0;
        for _ in 0..CALLS {
            let before = *lost.lock().unwrap();
            let (entered, may_borrow) = call(&token, &mut numbers);
            let after = *lost.lock().unwrap();
            for which in 0..PINS.len() {
                let moved = after[which].saturating_sub(before[which]);
                if moved > 0 && !entered[which] {
                    assert!(which == 2 && may_borrow, "PIN {which} moved in sequence {sequence}");
                    borrowed += moved;
                }
                // The second key takes the token's PIN: one entry for each may be wrong.
                assert!(moved <= 1 + u8::from(which == 0), "PIN {which} moved by {moved} in sequence {sequence}");
            }
        }
        assert!(borrowed <= 1, "the key was given the token's PIN again in sequence {sequence}");
        borrowed_at_all += borrowed;
    }
    assert!(borrowed_at_all > 10, "the sequences do not come to what they are about");
}
