//! What a start came to: a code, or why there is none.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use eimza_core::Error;
use eimza_core::consent::{Issued, Started};
use eimza_core::error::ArgumentFault;

use crate::error::eimza_error;
use crate::raw::c_string;
use crate::secret::eimza_verification_code;
use crate::status::eimza_status;
use crate::wall::{self, need_mut};

/// What a start came to.
pub struct eimza_started {
    state: eimza_start,
    code: Option<eimza_verification_code>,
    session: CString,
    time: i64,
}

/// What a start came to: one of the EIMZA_START_ numbers.
pub type eimza_start = u32;

/// A code was issued.
pub const EIMZA_START_ISSUED: eimza_start = 1;
/// A consent stands already: the person may leave it, or start a revocation. No error.
pub const EIMZA_START_ALREADY_GIVEN: eimza_start = 2;
/// There is no consent to revoke.
pub const EIMZA_START_NOTHING_TO_REVOKE: eimza_start = 3;
/// The same was handed in before, and its verdict is missing: the person may wait, or cancel that session.
pub const EIMZA_START_ALREADY_RECEIVED: eimza_start = 4;

/// One of the EIMZA_START_ numbers; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_started_state(started: Option<&eimza_started>) -> eimza_start {
    wall::read(started, 0, |started| started.state)
}

/// The code, which moves to the caller. EIMZA_STATUS_ARGUMENT_INVALID where there is none, or none any more.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_started_take_code(
    started: Option<&mut eimza_started>,
    out: Option<&mut MaybeUninit<*mut eimza_verification_code>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let none = Error::ArgumentInvalid { argument: "started", reason: ArgumentFault::NoCode };
        need_mut(started, "started")?.code.take().ok_or(none)
    })
}

/// The session's name, also of one that was received before; empty where there is none. Lives as long as the handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_started_session(started: Option<&eimza_started>) -> *const c_char {
    wall::read(started, c"".as_ptr(), |started| started.session.as_ptr())
}

/// Until when the code can be used; where a consent stands already or was received before, since when; 0 otherwise.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_started_time(started: Option<&eimza_started>) -> i64 {
    wall::read(started, 0, |started| started.time)
}

/// Frees it, and wipes the code; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_started_free(started: Option<Box<eimza_started>>) {
    wall::free(started);
}

impl eimza_started {
    pub(crate) fn new(started: Started) -> Self {
        let without_code = |state, time| Self { state, code: None, session: CString::default(), time };
        match started {
            Started::Issued(issued) => Self::issued(issued),
            Started::AlreadyReceived { since, session } => {
                Self { session: c_string(&session), ..without_code(EIMZA_START_ALREADY_RECEIVED, since.unix()) }
            }
            Started::AlreadyGiven { since } => without_code(EIMZA_START_ALREADY_GIVEN, since.unix()),
            Started::NothingToRevoke => without_code(EIMZA_START_NOTHING_TO_REVOKE, 0),
        }
    }

    pub(crate) fn issued(issued: Issued) -> Self {
        Self {
            state: EIMZA_START_ISSUED,
            code: Some(eimza_verification_code(issued.code)),
            session: c_string(&issued.session),
            time: issued.expires_at.unix(),
        }
    }
}
