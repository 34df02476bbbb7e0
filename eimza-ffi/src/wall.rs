//! The panic wall: no unwinding ever reaches C, and every failure becomes a status and an error object.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::null_mut;

use eimza_core::{Error, Result};

use crate::error::eimza_error;
use crate::raw::{c_string, eimza_view, null};
use crate::status::eimza_status;

/// Where an error goes that the caller wants to see.
pub(crate) type ErrorOut<'a> = Option<&'a mut MaybeUninit<*mut eimza_error>>;

/// Runs what answers nothing.
pub(crate) fn run(error: ErrorOut<'_>, work: impl FnOnce() -> Result<()>) -> eimza_status {
    let outcome = caught(work);
    if let Some(place) = error {
        place.write(outcome.as_ref().err().map_or(null_mut(), |failure| boxed(eimza_error::new(failure))));
    }
    outcome.map_or_else(|failure| eimza_status::of(&failure), |()| eimza_status::Ok)
}

/// Runs what answers a handle. On failure `out` is NULL.
pub(crate) fn give<T>(
    out: Option<&mut MaybeUninit<*mut T>>,
    error: ErrorOut<'_>,
    work: impl FnOnce() -> Result<T>,
) -> eimza_status {
    run(error, || {
        let place = out.ok_or_else(|| null("out"))?.write(null_mut());
        *place = boxed(work()?);
        Ok(())
    })
}

/// Runs what answers a handle or none. On failure `out` is NULL.
pub(crate) fn give_some<T>(
    out: Option<&mut MaybeUninit<*mut T>>,
    error: ErrorOut<'_>,
    work: impl FnOnce() -> Result<Option<T>>,
) -> eimza_status {
    run(error, || {
        let place = out.ok_or_else(|| null("out"))?.write(null_mut());
        *place = work()?.map_or(null_mut(), boxed);
        Ok(())
    })
}

/// Runs what answers text. On failure `out` is NULL.
pub(crate) fn give_text(
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: ErrorOut<'_>,
    work: impl FnOnce() -> Result<String>,
) -> eimza_status {
    run(error, || {
        let place = out.ok_or_else(|| null("out"))?.write(null_mut());
        *place = c_string(&work()?).into_raw();
        Ok(())
    })
}

/// Runs what answers text or none. On failure `out` is NULL.
pub(crate) fn give_some_text(
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: ErrorOut<'_>,
    work: impl FnOnce() -> Result<Option<String>>,
) -> eimza_status {
    run(error, || {
        let place = out.ok_or_else(|| null("out"))?.write(null_mut());
        *place = work()?.map_or(null_mut(), |text| c_string(&text).into_raw());
        Ok(())
    })
}

/// Runs what lends octets of a handle. On failure `out` is empty.
pub(crate) fn lend<'a>(
    out: Option<&mut MaybeUninit<eimza_view>>,
    error: ErrorOut<'_>,
    work: impl FnOnce() -> Result<&'a [u8]>,
) -> eimza_status {
    run(error, || {
        let place = out.ok_or_else(|| null("out"))?.write(eimza_view::EMPTY);
        *place = eimza_view::of(work()?);
        Ok(())
    })
}

/// Runs what answers a number or another plain value. On failure `out` is left as it was.
pub(crate) fn tell<T>(
    out: Option<&mut MaybeUninit<T>>,
    error: ErrorOut<'_>,
    work: impl FnOnce() -> Result<T>,
) -> eimza_status {
    run(error, || {
        let place = out.ok_or_else(|| null("out"))?;
        place.write(work()?);
        Ok(())
    })
}

/// Reads what cannot fail; `otherwise` answers NULL.
pub(crate) fn read<H, T>(handle: Option<&H>, otherwise: T, look: impl FnOnce(&H) -> T) -> T {
    let Some(handle) = handle else { return otherwise };
    catch_unwind(AssertUnwindSafe(|| look(handle))).unwrap_or(otherwise)
}

/// Puts what was moved in behind those in a list.
pub(crate) fn push<T>(list: Option<&mut Vec<T>>, moved: Result<T>, error: ErrorOut<'_>) -> eimza_status {
    run(error, || {
        need_mut(list, "list")?.push(moved?);
        Ok(())
    })
}

/// Frees a handle; NULL is nothing.
pub(crate) fn free<T>(handle: Option<Box<T>>) {
    let _ = catch_unwind(AssertUnwindSafe(|| drop(handle)));
}

/// A handle that the caller has to give.
pub(crate) fn need<'a, T>(handle: Option<&'a T>, argument: &'static str) -> Result<&'a T> {
    handle.ok_or_else(|| null(argument))
}

/// A handle that the caller has to give, to be changed.
pub(crate) fn need_mut<'a, T>(handle: Option<&'a mut T>, argument: &'static str) -> Result<&'a mut T> {
    handle.ok_or_else(|| null(argument))
}

/// A handle that is moved in: the caller's pointer is NULL from now on. Taken before anything else is looked at, since
/// the header promises it for every call.
pub(crate) fn take<T>(handle: Option<&mut Option<Box<T>>>, argument: &'static str) -> Result<T> {
    handle.and_then(Option::take).map(|handle| *handle).ok_or_else(|| null(argument))
}

fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::Internal { what: "panic", source: None }))
}

fn boxed<T>(value: T) -> *mut T {
    Box::into_raw(Box::new(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic)]
    fn a_panic_is_an_internal_error() {
        assert_eq!(run(None, || panic!("on purpose")), eimza_status::Internal);
        assert_eq!(read(Some(&1), 7, |_| panic!("on purpose")), 7);
    }

    #[test]
    fn a_missing_place_for_the_answer_is_an_error_before_anything_is_done() {
        assert_eq!(give::<u8>(None, None, || unreachable!()), eimza_status::ArgumentInvalid);
    }
}
