//! The modules of this process, each loaded once and for good.
//!
//! Two loads of the same file by different names are one module to PKCS#11: they share login and finalisation. So the
//! registry goes by the canonical path. Nothing is unloaded or finalised: another part of the process may use it too.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use cryptoki_sys::CKR_CRYPTOKI_NOT_INITIALIZED;
use eimza_sys::pkcs11::{Architecture, Library, LoadError, Module};

use super::{answer, discovery, quirks};
use crate::error::{Error, Processor, Result};
use crate::token::brief;

/// A module that is in use, with the locks for operations that take several calls.
pub(super) struct LoadedModule {
    pub(super) module: Arc<Module>,
    /// Whether "no flag about the PIN" means that all is well.
    pub(super) keeps_flags: bool,
    tokens: Mutex<HashMap<String, Arc<TokenLocks>>>,
    /// The one lock of a module that does not lock for itself. It is held through whole operations, so that no call
    /// comes between `C_SignInit` and `C_Sign`.
    whole: Mutex<()>,
}

/// The locks of one token. A login belongs to the token, not to the session: changing a PIN must not log out another
/// thread that signs.
#[derive(Debug, Default)]
struct TokenLocks {
    /// Held by who presents a PIN.
    turn: Mutex<()>,
    /// Shared by who only looks, which needs no login and so need not wait for somebody at a keypad. The security
    /// officer has it alone: PKCS#11 lets him in only where no read-only session is open.
    sessions: RwLock<()>,
}

/// What a session is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SessionPurpose {
    /// To look at what is seen without login.
    Look,
    /// To act with the holder's PIN.
    Holder,
    /// To change the holder's PIN.
    ChangePin,
    /// To act as security officer.
    Officer,
}

impl SessionPurpose {
    /// Whether PKCS#11 wants a session that may write.
    pub(super) fn writes(self) -> bool {
        matches!(self, Self::ChangePin | Self::Officer)
    }
}

impl LoadedModule {
    fn new(module: Module) -> Self {
        let told = module.info();
        let keeps_flags = told.is_ok_and(|told| quirks::keeps_flags(&told.manufacturer, &told.description));
        Self { module: Arc::new(module), keeps_flags, tokens: Mutex::default(), whole: Mutex::default() }
    }

    /// Whether it has to be initialised anew: in a forked child, or after the host finalised what it shares with us.
    pub(super) fn is_gone(&self) -> bool {
        if self.module.is_forked() {
            return true;
        }
        let _alone = self.query_lock();
        self.module.info().is_err_and(|failure| answer::is(failure, CKR_CRYPTOKI_NOT_INITIALIZED))
    }

    /// Runs an operation on a token while all are kept out that would disturb it.
    pub(super) fn alone<T>(
        &self,
        identity: &str,
        purpose: SessionPurpose,
        operation: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        if self.module.is_serialized() {
            let _alone = lock(&self.whole);
            return operation();
        }
        let locks = Arc::clone(lock(&self.tokens).entry(identity.to_owned()).or_default());
        let _turn = (purpose != SessionPurpose::Look).then(|| lock(&locks.turn));
        let _looking = (purpose == SessionPurpose::Look).then(|| locks.sessions.read());
        let _officer = (purpose == SessionPurpose::Officer).then(|| locks.sessions.write());
        operation()
    }

    /// The lock to hold while asking without a session, where the module needs one.
    pub(super) fn query_lock(&self) -> Option<MutexGuard<'_, ()>> {
        self.module.is_serialized().then(|| lock(&self.whole))
    }
}

/// Loads and initialises a module, or finds it in the registry. A caller waits for this module alone: a module that
/// does not come back while it starts does not keep others from starting.
///
/// After a `fork`, or when the host finalised the module, it is initialised anew; what was opened before is not used.
pub(super) fn load(path: &Path) -> Result<Arc<LoadedModule>> {
    if !path.is_absolute() {
        return Err(failure(LoadError::NotAbsolute { path: path.to_owned() }));
    }
    let canonical = path.canonicalize().map_err(|source| missing(path, source))?;
    let place = place_of(canonical.clone());
    // The module is asked without the lock, because it may be busy with a long operation.
    let known = lock(&place).clone();
    if let Some(known) = known.as_ref().filter(|known| !known.is_gone()) {
        return Ok(Arc::clone(known));
    }
    let mut place = lock(&place);
    let is_new = |now: &&Arc<LoadedModule>| known.as_ref().is_none_or(|known| !Arc::ptr_eq(now, known));
    if let Some(faster) = place.as_ref().filter(is_new) {
        return Ok(Arc::clone(faster));
    }
    let library = Library::load(path).map_err(failure)?;
    let module = match discovery::reserved_text(&canonical) {
        Some(reserved) => library.initialize_with(&reserved),
        None => library.initialize(),
    };
    let module = module.map_err(answer::error)?;
    tracing::debug!(module = %path.display(), initialization = ?module.initialization(), "PKCS#11 module in use");
    let loaded = Arc::new(LoadedModule::new(module));
    *place = Some(Arc::clone(&loaded));
    Ok(loaded)
}

/// Where a module stands once it is in use.
type Place = Mutex<Option<Arc<LoadedModule>>>;

/// The places of one process, by canonical path.
type Places = HashMap<PathBuf, Arc<Place>>;

/// The place of a module in this process. A forked child has places of its own: a thread of its parent may have been
/// waiting in the parent's for a module that starts.
fn place_of(canonical: PathBuf) -> Arc<Place> {
    static PLACES: Mutex<Option<(u32, Places)>> = Mutex::new(None);
    let mut places = brief::lock(&PLACES);
    let here = std::process::id();
    let (_, places) = match &mut *places {
        Some(of_process) if of_process.0 == here => of_process,
        of_another => of_another.insert((here, Places::new())),
    };
    Arc::clone(places.entry(canonical).or_default())
}

/// Takes a lock that is held through whole operations, whatever happened to the thread that had it before: no lock here
/// guards half-changed data. A forked child meets none of these locks, since it has modules and places of its own.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn missing(path: &Path, source: io::Error) -> Error {
    match source.kind() {
        io::ErrorKind::NotFound => Error::ModuleMissing { path: path.to_owned() },
        _ => failure(LoadError::Unreadable { path: path.to_owned(), source }),
    }
}

fn processor(of: Architecture) -> Processor {
    match of {
        Architecture::X86 => Processor::X86,
        Architecture::X86_64 => Processor::X86_64,
        Architecture::Arm => Processor::Arm,
        Architecture::Aarch64 => Processor::Aarch64,
        _ => Processor::Other,
    }
}

fn failure(failure: LoadError) -> Error {
    match failure {
        LoadError::Missing { path, .. } => Error::ModuleMissing { path },
        LoadError::OtherArchitecture { path, found } => {
            let found = found.first().map_or(Processor::Other, |found| processor(*found));
            Error::ModuleArchitecture { path, found, needed: processor(Architecture::HOST) }
        }
        LoadError::NotAbsolute { ref path }
        | LoadError::Unreadable { ref path, .. }
        | LoadError::NotALibrary { ref path }
        | LoadError::OtherSystem { ref path, .. }
        | LoadError::Loader { ref path, .. }
        | LoadError::NotPkcs11 { ref path }
        | LoadError::NoFunctionList { ref path, .. } => {
            Error::ModuleUnusable { path: path.clone(), source: Box::new(failure) }
        }
        other => Error::ModuleUnusable { path: PathBuf::new(), source: Box::new(other) },
    }
}
