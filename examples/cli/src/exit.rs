//! Exit codes, as scripts may rely on them.

use eimza_core::Error;

/// Done; every signature is TOTAL-PASSED.
pub(crate) const DONE: u8 = 0;
/// At least one signature is TOTAL-FAILED.
pub(crate) const FAILED: u8 = 1;
/// Wrong usage.
pub(crate) const USAGE: u8 = 2;
/// No signature failed, at least one is INDETERMINATE.
pub(crate) const INDETERMINATE: u8 = 3;
/// The input is missing, or not what it should be.
pub(crate) const INPUT: u8 = 4;
/// Card, token, PIN or certificate.
pub(crate) const TOKEN: u8 = 5;
/// Network or service.
pub(crate) const SERVICE: u8 = 6;
/// The output cannot be written; what was there before is untouched.
pub(crate) const OUTPUT: u8 = 7;
/// The person interrupted it, as shells report that.
pub(crate) const INTERRUPTED: u8 = 130;
/// A fault of our own, beside the promised ones.
pub(crate) const INTERNAL: u8 = 70;

/// The exit code of an error, by its chapter; what stands out of its chapter is named first.
pub(crate) fn of(error: &Error) -> u8 {
    match error {
        Error::OutputUnwritable { .. } | Error::TokenFileExists { .. } => OUTPUT,
        Error::ArgumentInvalid { .. } | Error::TimeInvalid { .. } => USAGE,
        Error::TokenAddressInvalid { .. } | Error::TokenAddressHoldsPin => USAGE,
        Error::Cancelled => TOKEN,
        Error::Internal { .. } => INTERNAL,
        Error::CertificateMalformed { .. } | Error::TrustStoreMalformed { .. } => INPUT,
        Error::Pkcs12Malformed { .. } | Error::TokenFileMalformed { .. } => INPUT,
        Error::SignatureValueInvalid => TOKEN,
        _ => match error.code() / 100 {
            10..20 | 50..60 | 70 | 74 => INPUT,
            20..50 => TOKEN,
            _ => SERVICE,
        },
    }
}
