//! From a path to a list of functions.

use std::ffi::{CStr, c_char};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::ptr;

use cryptoki_sys::{
    CK_C_GetFunctionList, CK_C_GetInterface, CK_FLAGS, CK_FUNCTION_LIST, CK_INTERFACE, CK_RV, CK_VERSION,
    CKR_FUNCTION_FAILED, CKR_OK,
};

use super::image::{Image, System};
use super::{CallError, LoadError, Module};

/// A PKCS#11 module that is loaded and not yet initialised.
#[derive(Debug)]
pub struct Library {
    path: PathBuf,
    functions: CK_FUNCTION_LIST,
}

impl Library {
    /// Loads the module at an absolute path, for as long as the process lives.
    ///
    /// Loading runs the module's own start-up code: load what the person chose or what is known, nothing else.
    ///
    /// # Errors
    /// [`LoadError`] tells a missing file, a file that is no PKCS#11 module, and one for another system or
    /// processor apart.
    pub fn load(path: &Path) -> Result<Self, LoadError> {
        check_file(path)?;
        let library = open(path).map_err(|source| LoadError::Loader { path: path.to_owned(), source })?;
        let functions = function_list(&library, path)?;
        // Unloading would remove code that threads, callbacks and other users of the module may still call.
        std::mem::forget(library);
        Ok(Self { path: path.to_owned(), functions })
    }

    /// Initialises the module, or adopts it when somebody in this process did so before.
    ///
    /// # Errors
    /// What the module answered to `C_Initialize`.
    pub fn initialize(self) -> Result<Module, CallError> {
        Module::initialize(self.path, self.functions, None)
    }

    /// As [`Library::initialize`], with the text that this module wants in `pReserved` (`x-init-reserved` of p11-kit).
    ///
    /// # Errors
    /// What the module answered to `C_Initialize`.
    pub fn initialize_with(self, reserved: &CStr) -> Result<Module, CallError> {
        Module::initialize(self.path, self.functions, Some(reserved))
    }
}

fn check_file(path: &Path) -> Result<(), LoadError> {
    if !path.is_absolute() {
        return Err(LoadError::NotAbsolute { path: path.to_owned() });
    }
    let head = read_head(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => LoadError::Missing { path: path.to_owned(), source },
        _ => LoadError::Unreadable { path: path.to_owned(), source },
    })?;
    let Some(image) = Image::read(&head) else {
        return Err(LoadError::NotALibrary { path: path.to_owned() });
    };
    if image.system != System::HOST {
        return Err(LoadError::OtherSystem { path: path.to_owned(), found: image.system });
    }
    if !image.fits_host() {
        return Err(LoadError::OtherArchitecture { path: path.to_owned(), found: image.architectures });
    }
    Ok(())
}

fn read_head(path: &Path) -> io::Result<Vec<u8>> {
    const ENOUGH: u64 = 4096;
    // A pipe or device would block or never end; a directory fails on reading by itself.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let mut head = Vec::new();
    File::open(path)?.take(ENOUGH).read_to_end(&mut head)?;
    Ok(head)
}

#[cfg(not(windows))]
fn open(path: &Path) -> Result<libloading::Library, libloading::Error> {
    // SAFETY: a module's initialisers are foreign code; the caller chose this very file, and the header says that it is
    // a library for this system and processor.
    unsafe { libloading::Library::new(path) }
}

/// Libraries that the module needs are looked for beside it, where its maker installed them.
#[cfg(windows)]
fn open(path: &Path) -> Result<libloading::Library, libloading::Error> {
    use libloading::os::windows::{LOAD_WITH_ALTERED_SEARCH_PATH, Library};
    // SAFETY: a module's initialisers are foreign code; the caller chose this very file, and the header says that it is
    // a library for this system and processor. The path is absolute, as the flag demands.
    unsafe { Library::load_with_flags(path, LOAD_WITH_ALTERED_SEARCH_PATH) }.map(Into::into)
}

/// Asks `C_GetFunctionList` first: every module has it, and nothing beyond version 2.40 is called here. A module that
/// offers only `C_GetInterface` is asked for its default interface, which begins with the same functions.
fn function_list(library: &libloading::Library, path: &Path) -> Result<CK_FUNCTION_LIST, LoadError> {
    // SAFETY: both types are those that the standard gives to the symbols of these names; an absent one is `None`.
    let (by_list, by_interface) = unsafe {
        (
            library.get::<CK_C_GetFunctionList>(b"C_GetFunctionList\0").ok().and_then(|symbol| *symbol),
            library.get::<CK_C_GetInterface>(b"C_GetInterface\0").ok().and_then(|symbol| *symbol),
        )
    };
    let mut answer = Err(LoadError::NotPkcs11 { path: path.to_owned() });
    if let Some(function) = by_list {
        let mut list: *mut CK_FUNCTION_LIST = ptr::null_mut();
        // SAFETY: the out-pointer lives through the call.
        let value = unsafe { function(&raw mut list) };
        // SAFETY: the pointer is the module's answer to this very question.
        answer = unsafe { accept(list, "C_GetFunctionList", value, path) };
    }
    let Some(function) = by_interface else { return answer };
    for name in [None, Some(c"PKCS 11")] {
        if answer.is_ok() {
            break;
        }
        // SAFETY: the function is the module's own, and the name ends with a zero.
        answer = unsafe { from_interface(function, name, path) };
    }
    answer
}

/// The list in the module's default interface, or in the one of this name. A default of the maker's own is none.
///
/// # Safety
/// `function` must be the module's `C_GetInterface`.
unsafe fn from_interface(
    function: unsafe extern "C" fn(*mut u8, *mut CK_VERSION, *mut *mut CK_INTERFACE, CK_FLAGS) -> CK_RV,
    name: Option<&CStr>,
    path: &Path,
) -> Result<CK_FUNCTION_LIST, LoadError> {
    let asked = name.map_or(ptr::null_mut(), |name| name.as_ptr().cast_mut().cast());
    let mut interface: *mut CK_INTERFACE = ptr::null_mut();
    // SAFETY: NULL stands for any version, and NULL as name for the default interface; the out-pointer lives through the
    // call.
    let value = unsafe { function(asked, ptr::null_mut(), &raw mut interface, 0) };
    let mut list = ptr::null_mut();
    if value == CKR_OK && !interface.is_null() {
        // SAFETY: the module answered OK with a pointer to its interface, which is static by the standard, as its name is.
        let interface = unsafe { interface.read_unaligned() };
        let named = interface.pInterfaceName.cast::<c_char>();
        // SAFETY: as above.
        if named.is_null() || unsafe { CStr::from_ptr(named) } == c"PKCS 11" {
            list = interface.pFunctionList.cast();
        }
    }
    // SAFETY: every version of the list begins with the members of version 2.40.
    unsafe { accept(list, "C_GetInterface", value, path) }
}

/// # Safety
/// A pointer that is not null must point to a function list.
unsafe fn accept(
    list: *mut CK_FUNCTION_LIST,
    function: &'static str,
    value: CK_RV,
    path: &Path,
) -> Result<CK_FUNCTION_LIST, LoadError> {
    if value == CKR_OK && !list.is_null() {
        // SAFETY: told by the caller; unaligned reading costs nothing and forgives a careless module.
        return Ok(unsafe { list.read_unaligned() });
    }
    let value = if value == CKR_OK { CKR_FUNCTION_FAILED } else { value };
    let source = CallError::Answered { function, value };
    Err(LoadError::NoFunctionList { path: path.to_owned(), source })
}
