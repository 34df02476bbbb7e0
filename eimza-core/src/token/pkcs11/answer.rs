//! What the answers of modules mean: one table, and two readings of it.
//!
//! [`error`] reads an answer to a call that carries no secret, [`attempt`] one to a call that presents a PIN or PUK.
//! There every answer that does not clearly say "refused" or "not even tried" counts as lost: the try may be spent.

use eimza_sys::pkcs11::{CallError, Ulong};

use crate::error::{Error, TokenOperation};
use crate::secret::SecretKind;

/// What an answer means, as far as this library acts upon it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The token is gone, and with it every session: start over.
    Removed,
    /// Somebody else holds the login or a session that is in the way.
    HostLogin,
    /// Another session of this process is in the way.
    Busy,
    /// The module or the token does not offer this. Nothing was tried.
    Unsupported,
    /// The person (or another thread) cancelled, also on a keypad. No try is spent.
    Cancelled,
    /// The arguments or the state were wrong before anything was tried.
    NotTried,
    /// The PIN is wrong.
    PinIncorrect,
    /// The PIN can no longer be tried.
    PinLocked,
    /// The PIN has characters that this token's PINs cannot have.
    PinCharacters,
    /// The PIN is shorter or longer than this token's PINs.
    PinLength,
    /// The PIN has to be changed first.
    PinExpired,
    /// The new PIN is too simple.
    PinWeak,
    /// There is no PIN yet.
    PinNotSet,
    /// Nobody knows what happened.
    Failure,
}

macro_rules! answers {
    ($($name:ident $meaning:ident;)+) => {
        /// Every answer that PKCS#11 3.2 names and that the calls made here can give.
        const TABLE: &[(Ulong, &str, Meaning)] =
            &[$((cryptoki_sys::$name, stringify!($name), Meaning::$meaning)),+];
    };
}

answers! {
    CKR_CANCEL Cancelled;
    CKR_HOST_MEMORY Failure;
    CKR_SLOT_ID_INVALID Removed;
    CKR_GENERAL_ERROR Failure;
    CKR_FUNCTION_FAILED Failure;
    CKR_ARGUMENTS_BAD NotTried;
    CKR_NEED_TO_CREATE_THREADS NotTried;
    CKR_CANT_LOCK NotTried;
    CKR_ATTRIBUTE_READ_ONLY NotTried;
    CKR_ATTRIBUTE_SENSITIVE NotTried;
    CKR_ATTRIBUTE_TYPE_INVALID NotTried;
    CKR_ATTRIBUTE_VALUE_INVALID NotTried;
    CKR_ACTION_PROHIBITED NotTried;
    CKR_DATA_INVALID Failure;
    CKR_DATA_LEN_RANGE Failure;
    CKR_DEVICE_ERROR Failure;
    CKR_DEVICE_MEMORY Failure;
    CKR_DEVICE_REMOVED Removed;
    CKR_FUNCTION_CANCELED Cancelled;
    CKR_FUNCTION_NOT_PARALLEL Unsupported;
    CKR_FUNCTION_NOT_SUPPORTED Unsupported;
    CKR_KEY_HANDLE_INVALID NotTried;
    CKR_KEY_SIZE_RANGE Unsupported;
    CKR_KEY_TYPE_INCONSISTENT Unsupported;
    CKR_KEY_FUNCTION_NOT_PERMITTED Unsupported;
    CKR_MECHANISM_INVALID Unsupported;
    CKR_MECHANISM_PARAM_INVALID Unsupported;
    CKR_OBJECT_HANDLE_INVALID NotTried;
    CKR_OPERATION_ACTIVE NotTried;
    CKR_OPERATION_NOT_INITIALIZED NotTried;
    CKR_PIN_INCORRECT PinIncorrect;
    CKR_PIN_INVALID PinCharacters;
    CKR_PIN_LEN_RANGE PinLength;
    CKR_PIN_EXPIRED PinExpired;
    CKR_PIN_LOCKED PinLocked;
    CKR_SESSION_CLOSED Removed;
    CKR_SESSION_COUNT Busy;
    CKR_SESSION_HANDLE_INVALID Removed;
    CKR_SESSION_PARALLEL_NOT_SUPPORTED Unsupported;
    CKR_SESSION_READ_ONLY NotTried;
    CKR_SESSION_EXISTS Busy;
    CKR_SESSION_READ_ONLY_EXISTS Busy;
    CKR_SESSION_READ_WRITE_SO_EXISTS Busy;
    CKR_TEMPLATE_INCOMPLETE NotTried;
    CKR_TEMPLATE_INCONSISTENT NotTried;
    CKR_TOKEN_NOT_PRESENT Removed;
    CKR_TOKEN_NOT_RECOGNIZED Removed;
    CKR_TOKEN_WRITE_PROTECTED Unsupported;
    CKR_USER_ALREADY_LOGGED_IN HostLogin;
    CKR_USER_NOT_LOGGED_IN NotTried;
    CKR_USER_PIN_NOT_INITIALIZED PinNotSet;
    CKR_USER_TYPE_INVALID NotTried;
    CKR_USER_ANOTHER_ALREADY_LOGGED_IN HostLogin;
    CKR_USER_TOO_MANY_TYPES HostLogin;
    CKR_DOMAIN_PARAMS_INVALID Unsupported;
    CKR_CURVE_NOT_SUPPORTED Unsupported;
    CKR_BUFFER_TOO_SMALL Failure;
    CKR_INFORMATION_SENSITIVE NotTried;
    CKR_CRYPTOKI_NOT_INITIALIZED NotTried;
    CKR_CRYPTOKI_ALREADY_INITIALIZED NotTried;
    CKR_MUTEX_BAD Failure;
    CKR_MUTEX_NOT_LOCKED Failure;
    CKR_FIPS_SELF_TEST_FAILED Failure;
    CKR_LIBRARY_LOAD_FAILED NotTried;
    CKR_PIN_TOO_WEAK PinWeak;
    CKR_FUNCTION_REJECTED Cancelled;
    CKR_TOKEN_RESOURCE_EXCEEDED Failure;
    CKR_OPERATION_CANCEL_FAILED Failure;
    CKR_KEY_EXHAUSTED Unsupported;
    CKR_PENDING Failure;
    CKR_TOKEN_NOT_INITIALIZED Unsupported;
}

/// A call without a secret failed.
pub(super) fn error(failure: CallError) -> Error {
    match meaning(failure) {
        Meaning::Removed => Error::TokenRemoved,
        Meaning::HostLogin => Error::HostHoldsLogin,
        Meaning::Busy => Error::TokenBusy,
        Meaning::Unsupported => Error::TokenCannot { operation: operation(failure.function()) },
        Meaning::Cancelled => Error::Cancelled,
        _ => Error::ModuleFailed { function: failure.function(), value: name(failure) },
    }
}

/// What a person calls it.
fn operation(function: &'static str) -> TokenOperation {
    match function {
        "C_SignInit" | "C_Sign" => TokenOperation::Sign,
        "C_SetPIN" => TokenOperation::ChangePin,
        "C_InitPIN" => TokenOperation::UnblockPin,
        other => TokenOperation::Call(other),
    }
}

/// What the secret was that a call presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presented {
    /// The PIN, to `C_Login` or as the old one to `C_SetPIN`.
    Pin,
    /// The PUK, to `C_Login` as security officer.
    Puk,
}

/// A call that presented a PIN or PUK failed.
pub(super) fn attempt(presented: Presented, failure: CallError) -> Error {
    let is_pin = presented == Presented::Pin;
    match meaning(failure) {
        Meaning::PinIncorrect if is_pin => Error::PinIncorrect { tries_left: None },
        Meaning::PinIncorrect => Error::PukIncorrect { tries_left: None },
        Meaning::PinLocked if is_pin => Error::PinBlocked,
        Meaning::PinLocked => Error::PukBlocked,
        Meaning::PinExpired if is_pin => Error::PinExpired,
        Meaning::PinNotSet if is_pin => Error::PinNotSet,
        // For the PUK, or for a PIN that is set with it, neither answer tells the person what to do.
        Meaning::PinExpired | Meaning::PinNotSet => error(failure),
        // The token has seen the secret. Makers do not agree on whether that was a try.
        Meaning::PinLength | Meaning::PinCharacters => {
            Error::PinFormRefused { secret: if is_pin { SecretKind::Pin } else { SecretKind::Puk } }
        }
        Meaning::HostLogin | Meaning::Busy | Meaning::Unsupported | Meaning::Cancelled | Meaning::NotTried => {
            error(failure)
        }
        Meaning::Removed | Meaning::PinWeak | Meaning::Failure if matches!(failure, CallError::Forked { .. }) => {
            error(failure)
        }
        Meaning::Removed | Meaning::PinWeak | Meaning::Failure => {
            Error::PinAnswerLost { source: Some(Box::new(failure)) }
        }
    }
}

/// A call that sets a new PIN failed: what the token says of the new PIN, if that is what it speaks of.
pub(super) fn new_pin_refused(failure: CallError) -> Option<Error> {
    let of_new_pin = [Meaning::PinCharacters, Meaning::PinLength, Meaning::PinWeak];
    of_new_pin.contains(&meaning(failure)).then_some(Error::PinNewRefused)
}

/// Whether the module answered exactly this.
pub(super) fn is(failure: CallError, value: Ulong) -> bool {
    failure.value() == Some(value)
}

fn meaning(failure: CallError) -> Meaning {
    let Some(value) = failure.value() else { return Meaning::Failure };
    // What a maker defined for himself may mean anything.
    TABLE.iter().find(|(known, _, _)| *known == value).map_or(Meaning::Failure, |(_, _, meaning)| *meaning)
}

/// The answer as PKCS#11 names it, a number where it has no name.
fn name(failure: CallError) -> String {
    let Some(value) = failure.value() else { return failure.to_string() };
    let known = TABLE.iter().find(|(known, _, _)| *known == value);
    known.map_or_else(|| format!("{value:#010x}"), |(_, name, _)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(value: Ulong) -> CallError {
        // The constructor is the module's; a call that cannot be made gives one.
        CallError::Answered { function: "C_Login", value }
    }

    fn judged(value: Ulong) -> &'static str {
        attempt(Presented::Pin, answered(value)).name()
    }

    #[test]
    fn the_table_names_each_answer_once() {
        for (index, (value, name, _)) in TABLE.iter().enumerate() {
            assert!(TABLE.iter().skip(index + 1).all(|(other, _, _)| other != value), "{name}");
        }
    }

    #[test]
    fn separate_outcomes_stay_separate() {
        assert_eq!(judged(0xa0), "pin-incorrect");
        assert_eq!(judged(0xa1), "pin-form-refused");
        assert_eq!(judged(0xa2), "pin-form-refused");
        assert_eq!(judged(0xa3), "pin-expired");
        assert_eq!(judged(0xa4), "pin-blocked");
        assert_eq!(judged(0x102), "pin-not-set");
        assert_eq!(judged(0x100), "host-holds-login");
        assert_eq!(judged(0x50), "cancelled");
        assert_eq!(attempt(Presented::Puk, answered(0xa0)).name(), "puk-incorrect");
        assert_eq!(attempt(Presented::Puk, answered(0xa4)).name(), "puk-blocked");
        assert_eq!(attempt(Presented::Puk, answered(0xa3)).name(), "module-failed");
        assert_eq!(attempt(Presented::Puk, answered(0x102)).name(), "module-failed");
        assert_eq!(new_pin_refused(answered(0x1b8)).unwrap().name(), "pin-new-refused");
        assert!(new_pin_refused(answered(0xa0)).is_none());
    }

    #[test]
    fn what_may_have_counted_is_lost() {
        for value in [0x5, 0x6, 0x30, 0x32, 0xb3, 0xe0, 0x8000_0001, 0xffff] {
            assert_eq!(judged(value), "pin-answer-lost", "{value:#x}");
        }
        for value in [0x7, 0x54, 0xb5, 0x190] {
            assert_ne!(judged(value), "pin-answer-lost", "{value:#x}");
        }
    }

    #[test]
    fn answers_without_a_name_are_numbers() {
        let Error::ModuleFailed { value, .. } = error(answered(0x8000_0001)) else { panic!() };
        assert_eq!(value, "0x80000001");
        let Error::ModuleFailed { value, .. } = error(answered(0x30)) else { panic!() };
        assert_eq!(value, "CKR_DEVICE_ERROR");
    }
}
