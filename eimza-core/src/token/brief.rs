//! Locks that are held for a moment only, and never while the process forks.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard, PoisonError};

use eimza_sys::fork::Section;

/// A locked mutex. Nobody forks meanwhile: the child would find it locked for ever.
pub(super) struct Brief<'a, T> {
    guard: MutexGuard<'a, T>,
    /// Ends after the mutex was unlocked.
    _section: Section,
}

/// Locks for a moment. A token, a person or another lock must not be waited for meanwhile.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> Brief<'_, T> {
    let section = Section::begin();
    let guard = mutex.lock().unwrap_or_else(PoisonError::into_inner);
    Brief { guard, _section: section }
}

impl<T> Deref for Brief<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T> DerefMut for Brief<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}
