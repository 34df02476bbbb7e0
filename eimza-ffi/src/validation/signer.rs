//! What was found of one signer, field by field. Signers and checks are named by their index, from 0.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::Result;
use eimza_core::validation::{Check, CheckStatus};

use super::{Signer, eimza_verification};
use crate::error::eimza_error;
use crate::output::at;
use crate::status::eimza_status;
use crate::wall::{self, need};

/// What a check came to: one of the EIMZA_CHECK_ numbers.
pub type eimza_check_status = u32;
/// There is no such check.
pub const EIMZA_CHECK_NONE: eimza_check_status = 0;
/// It has passed.
pub const EIMZA_CHECK_PASSED: eimza_check_status = 1;
/// It has failed.
pub const EIMZA_CHECK_FAILED: eimza_check_status = 2;
/// It cannot be told.
pub const EIMZA_CHECK_UNDETERMINED: eimza_check_status = 3;

/// Whether everything that was checked of this signer has passed; false where there is no such one.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_signer_passed(verification: Option<&eimza_verification>, signer: usize) -> bool {
    read(verification, signer, false, |signer| signer.checks.iter().all(|check| check.status == CheckStatus::Passed))
}

/// The index of the signer whose signature this one counter-signs; -1 for a signer of the content.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_signer_parent(verification: Option<&eimza_verification>, signer: usize) -> i64 {
    read(verification, signer, -1, |signer| signer.parent.and_then(|parent| i64::try_from(parent).ok()).unwrap_or(-1))
}

/// Whether the signer's certificate stands in the file.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_certificate_is_inside(
    verification: Option<&eimza_verification>,
    signer: usize,
) -> bool {
    read(verification, signer, false, |signer| signer.certificate_inside)
}

/// When the signer claims to have signed, in seconds since 1970 (UTC); 0 where nothing is claimed.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_signing_time(verification: Option<&eimza_verification>, signer: usize) -> i64 {
    read(verification, signer, 0, |signer| signer.signing_time.map_or(0, |time| time.unix()))
}

/// How many checks there are of this signer.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_checks(verification: Option<&eimza_verification>, signer: usize) -> usize {
    read(verification, signer, 0, |signer| signer.checks.len())
}

/// The name of a check, like "message-digest". Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_check_name(
    verification: Option<&eimza_verification>,
    signer: usize,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(check(verification, signer, index)?.name.name().to_owned()))
}

/// What a check came to: one of the EIMZA_CHECK_ numbers; EIMZA_CHECK_NONE where there is no such check.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_check_status(
    verification: Option<&eimza_verification>,
    signer: usize,
    index: usize,
) -> eimza_check_status {
    read(verification, signer, EIMZA_CHECK_NONE, |signer| signer.checks.get(index).map_or(EIMZA_CHECK_NONE, number))
}

/// Why a check did not pass, like "digest-differs"; NULL where it has passed. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_check_reason(
    verification: Option<&eimza_verification>,
    signer: usize,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || {
        Ok(check(verification, signer, index)?.reason.map(|reason| reason.name().to_owned()))
    })
}

fn read<T>(
    verification: Option<&eimza_verification>,
    signer: usize,
    otherwise: T,
    look: impl FnOnce(&Signer) -> T,
) -> T {
    let signer = verification.and_then(|verification| verification.signers.get(signer));
    wall::read(signer, otherwise, look)
}

fn check(verification: Option<&eimza_verification>, signer: usize, index: usize) -> Result<&Check> {
    at(&at(&need(verification, "verification")?.signers, signer)?.checks, index)
}

pub(super) fn number(check: &Check) -> eimza_check_status {
    match check.status {
        CheckStatus::Passed => EIMZA_CHECK_PASSED,
        CheckStatus::Failed => EIMZA_CHECK_FAILED,
        CheckStatus::Undetermined => EIMZA_CHECK_UNDETERMINED,
    }
}
