//! Errors as objects: each call hands its own one out, there is no last error.

use std::error::Error as _;
use std::ffi::{CString, c_char};
use std::ptr::null;

use eimza_core::shown_text::mask_national_ids;
use eimza_core::{Error, Language};

use crate::raw::c_string;
use crate::status::{eimza_status, status_name};
use crate::wall;

/// A language of sentences: one of the EIMZA_LANGUAGE_ numbers.
pub type eimza_language = u32;

/// Türkçe.
pub const EIMZA_LANGUAGE_TURKISH: eimza_language = 1;

/// English; also what an unknown number gives.
pub const EIMZA_LANGUAGE_ENGLISH: eimza_language = 2;

/// Why a call failed. Belongs to the caller, who frees it; may be read from any thread.
pub struct eimza_error {
    status: eimza_status,
    tries_left: Option<u8>,
    turkish: Sentence,
    english: Sentence,
    cause: Option<CString>,
    rejection: Option<CString>,
}

struct Sentence {
    message: CString,
    remedy: CString,
}

impl eimza_error {
    pub(crate) fn new(error: &Error) -> Self {
        let sentence = |language| {
            let sentence = error.sentence(language);
            Sentence { message: c_string(&sentence.happened), remedy: c_string(sentence.remedy) }
        };
        Self {
            status: eimza_status::of(error),
            tries_left: error.tries_left(),
            turkish: sentence(Language::Turkish),
            english: sentence(Language::English),
            rejection: match error {
                Error::ConsentRejected { reason, .. } => Some(c_string(reason.name())),
                _ => None,
            },
            // It may hold a path or a name, hence it is masked.
            cause: error.source().map(|source| c_string(&mask_national_ids(&chain(source)))),
        }
    }

    fn sentence(&self, language: eimza_language) -> &Sentence {
        if language == EIMZA_LANGUAGE_TURKISH { &self.turkish } else { &self.english }
    }
}

/// Everything that lies beneath, the nearest first.
fn chain(nearest: &dyn std::error::Error) -> String {
    let (mut said, mut beneath) = (nearest.to_string(), nearest.source());
    while let Some(error) = beneath {
        said = format!("{said}: {error}");
        beneath = error.source();
    }
    said
}

/// The stable number, the same that the call returned.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_error_status(error: Option<&eimza_error>) -> eimza_status {
    wall::read(error, eimza_status::Ok, |error| error.status)
}

/// The stable name, like "pin-incorrect". Lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_error_name(error: Option<&eimza_error>) -> *const c_char {
    wall::read(error, status_name(0).as_ptr(), |error| status_name(error.status as u32).as_ptr())
}

/// What happened, for people. Lives as long as the error.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_error_message(error: Option<&eimza_error>, language: eimza_language) -> *const c_char {
    wall::read(error, c"".as_ptr(), |error| error.sentence(language).message.as_ptr())
}

/// What to do now, for people. Lives as long as the error.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_error_remedy(error: Option<&eimza_error>, language: eimza_language) -> *const c_char {
    wall::read(error, c"".as_ptr(), |error| error.sentence(language).remedy.as_ptr())
}

/// Tries that are left after a refused PIN or PUK; -1 where the token does not tell.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_error_tries_left(error: Option<&eimza_error>) -> i32 {
    wall::read(error, -1, |error| error.tries_left.map_or(-1, i32::from))
}

/// What the system or another library said, the nearest first, for logs; NULL where nothing lies beneath. Lives as long
/// as the error.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_error_cause(error: Option<&eimza_error>) -> *const c_char {
    wall::read(error, null(), |error| error.cause.as_ref().map_or(null(), |cause| cause.as_ptr()))
}

/// The stable name of the check that a consent did not pass, like "signing-time"; NULL for every error but
/// EIMZA_STATUS_CONSENT_REJECTED. Lives as long as the error.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_error_rejection(error: Option<&eimza_error>) -> *const c_char {
    wall::read(error, null(), |error| error.rejection.as_ref().map_or(null(), |rejection| rejection.as_ptr()))
}

/// Frees an error; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_error_free(error: Option<Box<eimza_error>>) {
    wall::free(error);
}

/// The stable name of a status, like "pin-incorrect"; "ok" for 0, "unknown" for other numbers. Lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_status_name(status: u32) -> *const c_char {
    status_name(status).as_ptr()
}
