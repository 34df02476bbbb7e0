//! An initialised module, and the calls that need no session.

use std::ffi::CStr;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cryptoki_sys::{
    CK_C_INITIALIZE_ARGS, CK_FUNCTION_LIST, CK_INFO, CK_MECHANISM_TYPE, CK_RV, CK_SLOT_ID, CK_SLOT_INFO, CK_TOKEN_INFO,
    CKF_OS_LOCKING_OK, CKR_ARGUMENTS_BAD, CKR_BUFFER_TOO_SMALL, CKR_CANT_LOCK, CKR_CRYPTOKI_ALREADY_INITIALIZED,
    CKR_FUNCTION_FAILED, CKR_FUNCTION_NOT_SUPPORTED, CKR_GENERAL_ERROR, CKR_OK,
};

use super::{CallError, ModuleInfo, Session, SlotInfo, TokenInfo, Ulong};

/// More slots or mechanisms than any module has: a larger answer is nonsense.
const MOST_ENTRIES: usize = 1 << 16;

/// Answers of modules that do not understand the arguments of `C_Initialize`, or cannot lock by the system's means.
const NULL_MAY_HELP: &[CK_RV] = &[CKR_ARGUMENTS_BAD, CKR_CANT_LOCK, CKR_FUNCTION_FAILED, CKR_GENERAL_ERROR];

/// The number by which a module knows a slot. It is no index and may change when the module is initialised anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SlotId(pub(super) Ulong);

impl SlotId {
    /// The number.
    #[allow(clippy::useless_conversion)] // on Windows it is narrower
    pub fn number(self) -> u64 {
        self.0.into()
    }
}

/// How a module came to be usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Initialization {
    /// The module locks for itself.
    OsLocking,
    /// The module did not take the system's locks: calls are made one after the other.
    NullArguments,
    /// Somebody else in this process owns the module; how it locks is not known, so calls are made one after the other.
    Adopted,
}

/// An initialised PKCS#11 module.
#[derive(Debug)]
pub struct Module {
    path: PathBuf,
    functions: CK_FUNCTION_LIST,
    initialization: Initialization,
    /// Taken around each call of a module that does not lock for itself.
    lock: Mutex<()>,
    process: u32,
}

impl Module {
    /// `C_Initialize`, with the operating system's locks if the module takes them, else without. `reserved` is a text
    /// that few modules want (`pReserved`).
    pub(super) fn initialize(
        path: PathBuf,
        functions: CK_FUNCTION_LIST,
        reserved: Option<&CStr>,
    ) -> Result<Self, CallError> {
        const FUNCTION: &str = "C_Initialize";
        let Some(function) = functions.C_Initialize else {
            return Err(CallError::Answered { function: FUNCTION, value: CKR_FUNCTION_NOT_SUPPORTED });
        };
        let mut arguments = CK_C_INITIALIZE_ARGS {
            CreateMutex: None,
            DestroyMutex: None,
            LockMutex: None,
            UnlockMutex: None,
            flags: CKF_OS_LOCKING_OK,
            pReserved: reserved.map_or(ptr::null_mut(), |text| text.as_ptr().cast_mut().cast()),
        };
        // SAFETY: the arguments and the text live through the call, and no call-backs are promised.
        let mut value = unsafe { function((&raw mut arguments).cast()) };
        let mut initialization = Initialization::OsLocking;
        if NULL_MAY_HELP.contains(&value) {
            arguments.flags = 0;
            let plain = if reserved.is_some() { (&raw mut arguments).cast() } else { ptr::null_mut() };
            // SAFETY: NULL, and arguments without any flag, both say that calls come one after the other.
            let without = unsafe { function(plain) };
            if matches!(without, CKR_OK | CKR_CRYPTOKI_ALREADY_INITIALIZED) {
                (value, initialization) = (without, Initialization::NullArguments);
            }
        }
        match value {
            CKR_OK => {}
            CKR_CRYPTOKI_ALREADY_INITIALIZED => initialization = Initialization::Adopted,
            value => {
                return Err(CallError::Answered { function: FUNCTION, value });
            }
        }
        Ok(Self { path, functions, initialization, lock: Mutex::new(()), process: std::process::id() })
    }

    /// The path that the module was loaded from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How the module came to be usable.
    pub fn initialization(&self) -> Initialization {
        self.initialization
    }

    /// Whether calls are made one after the other, whatever thread they come from.
    pub fn is_serialized(&self) -> bool {
        self.initialization != Initialization::OsLocking
    }

    /// Whether the process was forked since: then every call fails, and the module is to be loaded anew.
    pub fn is_forked(&self) -> bool {
        self.process != std::process::id()
    }

    /// `C_GetInfo`.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn info(&self) -> Result<ModuleInfo, CallError> {
        // SAFETY: all-zero bytes are a valid value of this structure of numbers and byte arrays.
        let mut info: CK_INFO = unsafe { std::mem::zeroed() };
        self.call("C_GetInfo", self.functions.C_GetInfo, |function| {
            // SAFETY: the structure lives through the call.
            unsafe { function(&raw mut info) }
        })?;
        Ok(ModuleInfo::read(&info))
    }

    /// `C_GetSlotList`, of all slots or of those with a token in them.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn slots(&self, token_present: bool) -> Result<Vec<SlotId>, CallError> {
        let present = u8::from(token_present);
        let slots = self.list("C_GetSlotList", self.functions.C_GetSlotList, |function, slots, count| {
            // SAFETY: `list` gives a buffer of `count` entries, or NULL to ask for their number.
            unsafe { function(present, slots, count) }
        })?;
        Ok(slots.into_iter().map(SlotId).collect())
    }

    /// `C_GetSlotInfo`.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn slot_info(&self, slot: SlotId) -> Result<SlotInfo, CallError> {
        // SAFETY: all-zero bytes are a valid value of this structure of numbers and byte arrays.
        let mut info: CK_SLOT_INFO = unsafe { std::mem::zeroed() };
        self.call("C_GetSlotInfo", self.functions.C_GetSlotInfo, |function| {
            // SAFETY: the structure lives through the call.
            unsafe { function(slot.0, &raw mut info) }
        })?;
        Ok(SlotInfo::read(&info))
    }

    /// `C_GetTokenInfo`, read with forgiveness: an odd field hides neither the others nor the token.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn token_info(&self, slot: SlotId) -> Result<TokenInfo, CallError> {
        // SAFETY: all-zero bytes are a valid value of this structure of numbers and byte arrays.
        let mut info: CK_TOKEN_INFO = unsafe { std::mem::zeroed() };
        self.call("C_GetTokenInfo", self.functions.C_GetTokenInfo, |function| {
            // SAFETY: the structure lives through the call.
            unsafe { function(slot.0, &raw mut info) }
        })?;
        Ok(TokenInfo::read(&info))
    }

    /// `C_GetMechanismList`: the `CKM_` numbers that the token knows.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn mechanisms(&self, slot: SlotId) -> Result<Vec<CK_MECHANISM_TYPE>, CallError> {
        self.list("C_GetMechanismList", self.functions.C_GetMechanismList, |function, mechanisms, count| {
            // SAFETY: `list` gives a buffer of `count` entries, or NULL to ask for their number.
            unsafe { function(slot.0, mechanisms, count) }
        })
    }

    /// `C_OpenSession`. The session is closed when it is dropped.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn open_session(self: &Arc<Self>, slot: SlotId, read_write: bool) -> Result<Session, CallError> {
        Session::open(self, slot, read_write)
    }

    pub(super) fn functions(&self) -> &CK_FUNCTION_LIST {
        &self.functions
    }

    /// Makes one call: not in a forked process, and alone where the module does not lock for itself.
    pub(super) fn call<F>(
        &self,
        function: &'static str,
        pointer: Option<F>,
        run: impl FnOnce(F) -> CK_RV,
    ) -> Result<(), CallError> {
        match self.answer(function, pointer, run)? {
            CKR_OK => Ok(()),
            value => Err(CallError::Answered { function, value }),
        }
    }

    /// Like [`Self::call`], with the answer itself.
    pub(super) fn answer<F>(
        &self,
        function: &'static str,
        pointer: Option<F>,
        run: impl FnOnce(F) -> CK_RV,
    ) -> Result<CK_RV, CallError> {
        if self.is_forked() {
            return Err(CallError::Forked { function });
        }
        let Some(pointer) = pointer else {
            return Err(CallError::Answered { function, value: CKR_FUNCTION_NOT_SUPPORTED });
        };
        let _alone = self.is_serialized().then(|| self.lock());
        Ok(run(pointer))
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A list in two calls. The list may grow between them (a reader plugged in): then it is asked for again.
    fn list<F: Copy>(
        &self,
        function: &'static str,
        pointer: Option<F>,
        run: impl Fn(F, *mut Ulong, *mut Ulong) -> CK_RV,
    ) -> Result<Vec<Ulong>, CallError> {
        const ATTEMPTS: usize = 4;
        for _ in 0..ATTEMPTS {
            let mut count: Ulong = 0;
            self.call(function, pointer, |pointer| run(pointer, ptr::null_mut(), &raw mut count))?;
            let room = usize::try_from(count).unwrap_or(usize::MAX);
            if room > MOST_ENTRIES {
                return Err(CallError::Nonsense { function });
            }
            let mut entries: Vec<CK_SLOT_ID> = vec![0; room];
            if room == 0 {
                return Ok(entries);
            }
            match self.answer(function, pointer, |pointer| run(pointer, entries.as_mut_ptr(), &raw mut count))? {
                CKR_OK => {}
                CKR_BUFFER_TOO_SMALL => continue,
                value => return Err(CallError::Answered { function, value }),
            }
            match usize::try_from(count) {
                Ok(filled) if filled <= room => entries.truncate(filled),
                _ => return Err(CallError::Nonsense { function }),
            }
            return Ok(entries);
        }
        Err(CallError::Answered { function, value: CKR_BUFFER_TOO_SMALL })
    }
}
