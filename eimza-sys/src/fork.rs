//! Short sections that no `fork` falls into.
//!
//! A child that is forked while another thread holds a mutex finds it locked for ever: the thread that would unlock it is
//! not there. A thread that holds a mutex inside of a [`Section`] keeps `fork` waiting until it is done.
//!
//! On systems without `fork` there is nothing to wait for.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Threads that are in a section.
static SECTIONS: AtomicUsize = AtomicUsize::new(0);
/// Whether a thread is forking: nobody begins a section meanwhile.
static FORKING: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// Sections that this thread is in, one inside of the other.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// As long as this lives no other thread forks. It must be short, and wait for nothing but other sections.
#[derive(Debug)]
pub struct Section(PhantomData<*const ()>);

impl Section {
    /// Begins the section, after a `fork` that is under way.
    pub fn begin() -> Self {
        #[cfg(unix)]
        unix::register();
        if DEPTH.replace(DEPTH.get().saturating_add(1)) == 0 {
            enter();
        }
        Self(PhantomData)
    }
}

impl Drop for Section {
    fn drop(&mut self) {
        let depth = DEPTH.get().saturating_sub(1);
        DEPTH.set(depth);
        if depth == 0 {
            SECTIONS.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// The value of a cell, made by the first who asks. Nobody forks meanwhile: the child would wait for a thread that is not
/// there. What `make` does is short.
pub fn get_or_init<T>(cell: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    if let Some(made) = cell.get() {
        return made;
    }
    let _section = Section::begin();
    cell.get_or_init(make)
}

fn enter() {
    loop {
        SECTIONS.fetch_add(1, Ordering::SeqCst);
        if !FORKING.load(Ordering::SeqCst) {
            return;
        }
        SECTIONS.fetch_sub(1, Ordering::SeqCst);
        while FORKING.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
    }
}

#[cfg(unix)]
mod unix {
    use std::ffi::c_int;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::{DEPTH, FORKING, SECTIONS};

    unsafe extern "C" {
        fn pthread_atfork(
            prepare: Option<unsafe extern "C" fn()>,
            parent: Option<unsafe extern "C" fn()>,
            child: Option<unsafe extern "C" fn()>,
        ) -> c_int;
    }

    /// Has `fork` wait for sections, from the first section on.
    pub(super) fn register() {
        static IS_REGISTERED: AtomicBool = AtomicBool::new(false);
        if !IS_REGISTERED.load(Ordering::Relaxed) && !IS_REGISTERED.swap(true, Ordering::SeqCst) {
            // SAFETY: the three functions live as long as the program, and neither unwind nor allocate. Where there is no
            // memory for the registration, `fork` does as it did before.
            let _ = unsafe { pthread_atfork(Some(prepare), Some(in_parent), Some(in_child)) };
        }
    }

    /// The thread that forks may be in a section itself.
    fn own_sections() -> usize {
        usize::from(DEPTH.get() > 0)
    }

    unsafe extern "C" fn prepare() {
        while FORKING.swap(true, Ordering::SeqCst) {
            std::thread::yield_now();
        }
        while SECTIONS.load(Ordering::SeqCst) > own_sections() {
            std::thread::yield_now();
        }
    }

    unsafe extern "C" fn in_parent() {
        FORKING.store(false, Ordering::SeqCst);
    }

    /// Threads that wait for their section have counted themselves for a moment, and are not there in the child.
    unsafe extern "C" fn in_child() {
        SECTIONS.store(own_sections(), Ordering::SeqCst);
        FORKING.store(false, Ordering::SeqCst);
    }
}
