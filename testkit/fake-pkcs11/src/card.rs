//! What the card remembers beside SoftHSM2: tries, removal, the operation that is under way.

use std::sync::{Mutex, MutexGuard, PoisonError};

use cryptoki_sys::{
    CK_ATTRIBUTE_TYPE, CK_FLAGS, CK_RV, CK_SESSION_HANDLE, CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY,
    CKF_USER_PIN_LOCKED, CKR_OK, CKR_PIN_INCORRECT, CKR_PIN_LOCKED,
};

use crate::quirk::Quirk;

const TRIES: u8 = 3;

/// The state that all calls share.
#[derive(Debug)]
pub(crate) struct Card {
    /// Tries that the holder's PIN has left.
    pub(crate) tries: u8,
    /// Tries that the key's own PIN has left.
    pub(crate) key_tries: u8,
    /// The PIN that the holder logged in with.
    pub(crate) holder_pin: Vec<u8>,
    /// The login for one use came before `C_SignInit`.
    pub(crate) logged_in_for_a_use: bool,
    /// LOCKED is still shown though the PIN was unblocked.
    pub(crate) stale_locked: bool,
    /// Somebody pulled the card out.
    pub(crate) removed: bool,
    /// How often somebody searched the objects.
    pub(crate) searches: u32,
    /// Context-specific logins that were asked for.
    pub(crate) context_logins: u32,
    /// Who logged in as holder last.
    pub(crate) login_session: Option<CK_SESSION_HANDLE>,
    /// The session that is between `C_SignInit` and `C_Sign`.
    pub(crate) signing: Option<CK_SESSION_HANDLE>,
    /// `C_Sign` said "too small" in this operation already.
    pub(crate) asked_for_room: bool,
    /// The key of the running operation signs with ECDSA.
    pub(crate) ecdsa: bool,
    /// The security officer was let in without being asked.
    pub(crate) unchecked_officer: bool,
    /// What the last search was for.
    pub(crate) last_search: Vec<(CK_ATTRIBUTE_TYPE, Vec<u8>)>,
}

impl Card {
    /// The card. A panic elsewhere does not break it.
    pub(crate) fn lock() -> MutexGuard<'static, Self> {
        static CARD: Mutex<Card> = Mutex::new(Card {
            tries: TRIES,
            key_tries: TRIES,
            holder_pin: Vec::new(),
            logged_in_for_a_use: false,
            stale_locked: false,
            removed: false,
            searches: 0,
            context_logins: 0,
            login_session: None,
            signing: None,
            asked_for_room: false,
            ecdsa: false,
            unchecked_officer: false,
            last_search: Vec::new(),
        });
        CARD.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this card counts tries.
    pub(crate) fn counts() -> bool {
        Quirk::ThreeTries.on()
            || Quirk::ThreeTriesPinLocked.on()
            || Quirk::ThreeTriesLowAndLocked.on()
            || Quirk::ThreeTriesNoFlags.on()
            || Quirk::StaleLocked.on()
    }

    /// Whether the PIN is blocked.
    pub(crate) fn is_blocked(&self) -> bool {
        Self::counts() && self.tries == 0
    }

    /// Counts an attempt that the real module judged; what this card answers.
    pub(crate) fn judge(&mut self, answer: CK_RV) -> CK_RV {
        if !Self::counts() {
            return answer;
        }
        match answer {
            CKR_OK => {
                self.tries = TRIES;
                self.stale_locked = false;
            }
            CKR_PIN_INCORRECT => {
                self.tries = self.tries.saturating_sub(1);
                if self.tries == 0 && (Quirk::ThreeTriesPinLocked.on() || Quirk::StaleLocked.on()) {
                    return CKR_PIN_LOCKED;
                }
            }
            _ => {}
        }
        answer
    }

    /// What the key answers to a PIN, which has to be its own.
    pub(crate) fn judge_for_key(&mut self, pin: &[u8]) -> CK_RV {
        if self.key_tries == 0 {
            return CKR_PIN_LOCKED;
        }
        if std::env::var("FAKE_PKCS11_KEY_PIN").is_ok_and(|right| right.as_bytes() == pin) {
            self.key_tries = TRIES;
            return CKR_OK;
        }
        self.key_tries -= 1;
        CKR_PIN_INCORRECT
    }

    /// The security officer set a new PIN.
    pub(crate) fn unblock(&mut self) {
        self.stale_locked = Quirk::StaleLocked.on() && (self.tries == 0 || self.stale_locked);
        self.tries = TRIES;
    }

    /// The flags of the token that tell about the PIN.
    pub(crate) fn flags(&self) -> CK_FLAGS {
        if self.stale_locked {
            return CKF_USER_PIN_LOCKED;
        }
        if Quirk::ThreeTriesNoFlags.on() {
            return 0;
        }
        match self.tries {
            0 if Quirk::ThreeTriesLowAndLocked.on() => CKF_USER_PIN_LOCKED | CKF_USER_PIN_COUNT_LOW,
            0 => CKF_USER_PIN_LOCKED,
            1 => CKF_USER_PIN_FINAL_TRY,
            2 if !Quirk::ThreeTriesPinLocked.on() => CKF_USER_PIN_COUNT_LOW,
            _ => 0,
        }
    }
}
