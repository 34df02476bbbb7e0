//! Turkish electronic signatures: tokens, certificates, PIN operations, CAdES signatures and consents.
//!
//! The chapters stand in the order in which data walks through the library: a token holds a certificate, a consent is
//! what is to be signed, a signature is made over it, the signature is validated, a receipt comes out.

// foundations
mod asn1;
mod clock;
pub mod crypto;
mod error;
mod hex;
pub mod messages;
mod secret;

// 1: who signs
pub mod certificate;

// 2: where the key lives
pub mod token;

// 3: the signature
pub mod cades;

// 4: the verdict
pub mod validation;

// 5: the two flows of the guide
pub mod consent;

pub use certificate::Certificate;
pub use clock::{Calendar, Clock, SettableClock, SystemClock, Time};
pub use error::{CODES, Cause, Error, Result};
pub use messages::Language;
pub use secret::{ConfirmationCode, Password, Pin, PinEntry, Puk, SECRET_LIMIT, SecretKind, VerificationCode};
