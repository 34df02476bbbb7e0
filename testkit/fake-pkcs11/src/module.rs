//! The list of functions: SoftHSM2's, with the misbehaving ones put in their places.

mod objects;
mod pins;
mod signing;
mod slots;

use std::ffi::{CStr, c_void};
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use cryptoki_sys::{
    CK_C_GetFunctionList, CK_C_INITIALIZE_ARGS, CK_FLAGS, CK_FUNCTION_LIST, CK_INTERFACE, CK_RV, CK_UTF8CHAR,
    CK_VERSION, CKF_OS_LOCKING_OK, CKR_ARGUMENTS_BAD, CKR_CRYPTOKI_ALREADY_INITIALIZED, CKR_FUNCTION_FAILED,
    CKR_GENERAL_ERROR, CKR_OK,
};

use crate::card::Card;
use crate::harm;
use crate::log::{note, ordered_answer};
use crate::quirk::Quirk;

const SOFTHSM: &str = "/usr/lib/softhsm/libsofthsm2.so";

/// Calls a function of the real module with the caller's own arguments.
macro_rules! forward {
    ($function:ident($($argument:expr),*)) => {
        match $crate::module::real().and_then(|list| list.$function) {
            None => cryptoki_sys::CKR_FUNCTION_NOT_SUPPORTED,
            // SAFETY: the arguments are those that the caller answers for, or locals that live through the call.
            Some(function) => unsafe { function($($argument),*) },
        }
    };
}
pub(crate) use forward;

/// The functions of the real module, loaded at the first question and kept.
pub(crate) fn real() -> Option<&'static CK_FUNCTION_LIST> {
    static REAL: OnceLock<Option<CK_FUNCTION_LIST>> = OnceLock::new();
    REAL.get_or_init(load).as_ref()
}

fn load() -> Option<CK_FUNCTION_LIST> {
    let path = std::env::var_os("FAKE_PKCS11_REAL").unwrap_or_else(|| SOFTHSM.into());
    // SAFETY: the test names a PKCS#11 module.
    let library = unsafe { libloading::Library::new(path) }.ok()?;
    // SAFETY: that is the standard's type for this symbol.
    let entry =
        unsafe { library.get::<CK_C_GetFunctionList>(b"C_GetFunctionList\0") }.ok().and_then(|symbol| *symbol)?;
    std::mem::forget(library);
    let mut list: *mut CK_FUNCTION_LIST = ptr::null_mut();
    // SAFETY: the out-pointer lives through the call.
    let answer = unsafe { entry(&raw mut list) };
    // SAFETY: the module answered OK with its static list.
    (answer == CKR_OK && !list.is_null()).then(|| unsafe { *list })
}

/// Stands for one running call; notices when two run at once, and when one comes between `C_SignInit` and `C_Sign`.
pub(crate) struct Running;

static RUNNING: AtomicU32 = AtomicU32::new(0);

impl Running {
    /// A call that has no business between `C_SignInit` and `C_Sign`.
    pub(crate) fn enter() -> Self {
        if Quirk::NoCallBeforeSign.on() {
            Card::lock().signing = None;
        }
        Self::enter_while_signing()
    }

    /// A call that may come between `C_SignInit` and `C_Sign`.
    pub(crate) fn enter_while_signing() -> Self {
        if RUNNING.fetch_add(1, Ordering::SeqCst) > 0 {
            note("OVERLAP", "", CKR_OK);
        }
        if Quirk::NullInitOnly.on() {
            std::thread::sleep(Duration::from_millis(1)); // makes an overlap likely where nobody prevents it
        }
        Self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::SeqCst);
    }
}

struct List(CK_FUNCTION_LIST);

fn list() -> Option<&'static List> {
    static LIST: OnceLock<Option<List>> = OnceLock::new();
    LIST.get_or_init(|| {
        let mut list = *real()?;
        list.C_Initialize = Some(initialize);
        list.C_Finalize = Some(finalize);
        slots::install(&mut list);
        pins::install(&mut list);
        objects::install(&mut list);
        signing::install(&mut list);
        Some(List(list))
    })
    .as_ref()
}

/// # Safety
/// As the standard says.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn C_GetFunctionList(answer: *mut *mut CK_FUNCTION_LIST) -> CK_RV {
    if Quirk::InterfaceOnly.on() {
        return CKR_FUNCTION_FAILED;
    }
    let Some(list) = list() else { return CKR_GENERAL_ERROR };
    // SAFETY: the caller gives a valid out-pointer. Nobody writes through the list.
    unsafe { *answer = ptr::from_ref(&list.0).cast_mut() };
    CKR_OK
}

/// # Safety
/// As the standard says.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn C_GetInterface(
    _name: *mut CK_UTF8CHAR,
    _version: *mut CK_VERSION,
    answer: *mut *mut CK_INTERFACE,
    _flags: CK_FLAGS,
) -> CK_RV {
    if !Quirk::InterfaceOnly.on() {
        return note("C_GetInterface", "", CKR_FUNCTION_FAILED);
    }
    let Some(list) = list() else { return CKR_GENERAL_ERROR };
    let interface = CK_INTERFACE {
        pInterfaceName: c"PKCS 11".as_ptr().cast_mut().cast(),
        pFunctionList: ptr::from_ref(&list.0).cast_mut().cast(),
        flags: 0,
    };
    // SAFETY: the caller gives a valid out-pointer; the interface is left to live for ever.
    unsafe { *answer = Box::leak(Box::new(interface)) };
    CKR_OK
}

unsafe extern "C" fn initialize(arguments: *mut c_void) -> CK_RV {
    let detail = if arguments.is_null() { "null" } else { "arguments" };
    if let Some(answer) = ordered_answer("C_Initialize") {
        return note("C_Initialize", detail, answer);
    }
    if Quirk::NullInitOnly.on() && !arguments.is_null() {
        return note("C_Initialize", detail, CKR_ARGUMENTS_BAD);
    }
    if Quirk::WantsReserved.on() {
        // SAFETY: the caller gives the standard's structure, or NULL; its text ends with a zero.
        let told = unsafe { arguments.cast::<CK_C_INITIALIZE_ARGS>().as_ref() }
            .filter(|told| !told.pReserved.is_null())
            .map(|told| unsafe { CStr::from_ptr(told.pReserved.cast()) });
        if told != Some(c"configdir=here") {
            return note("C_Initialize", detail, CKR_ARGUMENTS_BAD);
        }
    }
    harm::at_start();
    if Quirk::SlowStart.on() {
        std::thread::sleep(Duration::from_secs(2));
    }
    let mut own = CK_C_INITIALIZE_ARGS {
        CreateMutex: None,
        DestroyMutex: None,
        LockMutex: None,
        UnlockMutex: None,
        flags: CKF_OS_LOCKING_OK,
        pReserved: ptr::null_mut(),
    };
    let mut answer = forward!(C_Initialize((&raw mut own).cast()));
    if Quirk::AlreadyInitialized.on() && answer == CKR_OK {
        answer = CKR_CRYPTOKI_ALREADY_INITIALIZED;
    }
    note("C_Initialize", detail, answer)
}

unsafe extern "C" fn finalize(reserved: *mut c_void) -> CK_RV {
    note("C_Finalize", "", forward!(C_Finalize(reserved)))
}
