//! The library's functions and structures (pcsc-lite: `winscard.h`, `pcsclite.h`).

use std::ffi::{c_char, c_long, c_ulong, c_void};
use std::ptr::null_mut;
use std::sync::OnceLock;

use libloading::Library;

use crate::pcsc::{PcscError, ReaderState};

/// Where the system's loader finds the library.
const NAME: &str = "libpcsclite.so.1";

pub(super) type Dword = c_ulong;
pub(super) type Long = c_long;
/// SCARDCONTEXT and SCARDHANDLE.
pub(super) type Handle = c_long;

/// SCARD_IO_REQUEST.
#[repr(C)]
pub(super) struct IoRequest {
    protocol: Dword,
    length: Dword,
}

impl IoRequest {
    pub(super) fn of(protocol: Dword) -> Self {
        Self { protocol, length: Dword::try_from(size_of::<Self>()).unwrap_or(0) }
    }
}

/// SCARD_READERSTATE; the name belongs to the caller's state.
#[repr(C)]
pub(super) struct RawReaderState {
    reader: *const c_char,
    user_data: *mut c_void,
    current_state: Dword,
    pub(super) event_state: Dword,
    pub(super) atr_length: Dword,
    pub(super) atr: [u8; 33],
}

impl RawReaderState {
    pub(super) fn new(state: &ReaderState) -> Self {
        Self {
            reader: state.reader.as_ptr(),
            user_data: null_mut(),
            current_state: Dword::from(state.known),
            event_state: 0,
            atr_length: 0,
            atr: [0; 33],
        }
    }
}

/// Declares the table of functions, and how each is found by its name.
macro_rules! functions {
    ($($field:ident: $symbol:literal, fn($($argument:ty),*);)+) => {
        /// The functions that are used. They are never unloaded.
        #[derive(Debug)]
        pub(super) struct Functions {
            $(pub(super) $field: unsafe extern "C" fn($($argument),*) -> Long,)+
        }

        impl Functions {
            fn of(library: &Library) -> Option<Self> {
                $(
                    // SAFETY: that is the type which the library's header gives to the function of this name.
                    let $field = *unsafe { library.get($symbol) }.ok()?;
                )+
                Some(Self { $($field,)+ })
            }
        }
    };
}

functions! {
    establish_context: b"SCardEstablishContext", fn(Dword, *const c_void, *const c_void, *mut Handle);
    release_context: b"SCardReleaseContext", fn(Handle);
    is_valid_context: b"SCardIsValidContext", fn(Handle);
    list_readers: b"SCardListReaders", fn(Handle, *const c_char, *mut c_char, *mut Dword);
    get_status_change: b"SCardGetStatusChange", fn(Handle, Dword, *mut RawReaderState, Dword);
    cancel: b"SCardCancel", fn(Handle);
    connect: b"SCardConnect", fn(Handle, *const c_char, Dword, Dword, *mut Handle, *mut Dword);
    reconnect: b"SCardReconnect", fn(Handle, Dword, Dword, Dword, *mut Dword);
    disconnect: b"SCardDisconnect", fn(Handle, Dword);
    begin_transaction: b"SCardBeginTransaction", fn(Handle);
    end_transaction: b"SCardEndTransaction", fn(Handle, Dword);
    transmit: b"SCardTransmit", fn(Handle, *const IoRequest, *const u8, Dword, *mut IoRequest, *mut u8, *mut Dword);
    control: b"SCardControl", fn(Handle, Dword, *const c_void, Dword, *mut c_void, Dword, *mut Dword);
}

/// The functions of the system's library, which is loaded at the first question and kept.
pub(super) fn functions() -> Result<&'static Functions, PcscError> {
    static FUNCTIONS: OnceLock<Option<Functions>> = OnceLock::new();
    FUNCTIONS.get_or_init(load).as_ref().ok_or(PcscError::NoLibrary)
}

fn load() -> Option<Functions> {
    // SAFETY: the loader looks in the system's own places only, and the library's initialisers are the system's.
    let library = unsafe { Library::new(NAME) }.ok()?;
    let functions = Functions::of(&library);
    // The functions must stay where they are for as long as the process lives.
    std::mem::forget(library);
    functions
}
