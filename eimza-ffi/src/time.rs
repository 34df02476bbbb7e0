//! Points in time: seconds since 1970-01-01T00:00:00Z, without leap seconds.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::{Clock, SystemClock, Time};

use crate::error::eimza_error;
use crate::raw::eimza_text;
use crate::status::eimza_status;
use crate::wall;

/// The time of the system's clock, in seconds since 1970 (UTC).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_time_now() -> i64 {
    wall::read(Some(&()), 0, |()| SystemClock::new().now().unix())
}

/// Reads RFC 3339 text, like "2026-06-15T12:00:00Z", into seconds since 1970. EIMZA_STATUS_TIME_INVALID where it is no
/// time.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_time_parse(
    text: eimza_text,
    out: Option<&mut MaybeUninit<i64>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::tell(out, error, || Ok(Time::parse(text.text("text")?)?.unix()))
}

/// RFC 3339 text in UTC. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_time_text(
    seconds: i64,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(Time::from_unix(seconds)?.to_string()))
}

/// As people in Türkiye read it: dd.MM.yyyy HH:mm:ss, Istanbul time. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_time_istanbul(
    seconds: i64,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(Time::from_unix(seconds)?.istanbul()))
}
