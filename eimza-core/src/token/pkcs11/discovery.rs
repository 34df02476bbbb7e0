//! Which modules are there: those that the person names, those of p11-kit, those at known places.

use std::env;
use std::ffi::CString;
use std::path::{Path, PathBuf};

use eimza_sys::process::trusted_variable;

use super::known;
use super::p11_kit::{Configured, Places};

/// The environment variable that names further modules, several separated as in `PATH`. It is not read in a process that
/// has rights which its caller does not have (set-user-id, capabilities of the file), and neither is `HOME`.
pub const MODULE_VARIABLE: &str = "EIMZA_PKCS11_MODULE";

/// A module that was found. It is not loaded yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FoundModule {
    /// Where it lies.
    pub path: PathBuf,
    /// What people call it.
    pub name: String,
    /// Who named it.
    pub source: ModuleSource,
}

/// Who named a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModuleSource {
    /// The variable `EIMZA_PKCS11_MODULE`. Such a module is listed even if its file is missing or its path is not
    /// absolute, which keeps it from being loaded: a person named it, and should learn why it cannot be used.
    Environment,
    /// The table of modules that people in Türkiye have.
    KnownPlace,
    /// A configuration file of p11-kit.
    P11Kit,
}

/// The modules of this machine in the order in which they should be tried, each file once. None is loaded.
pub fn modules() -> Vec<FoundModule> {
    let named = trusted_variable(MODULE_VARIABLE).unwrap_or_default();
    let mut found = Found::default();
    for path in env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()) {
        let name = name_of(&path);
        found.add(FoundModule { path, name, source: ModuleSource::Environment });
    }
    for module in known::MODULES {
        for path in module.paths.iter().map(PathBuf::from).filter(|path| path.is_file()) {
            found.add(FoundModule { path, name: module.name.to_owned(), source: ModuleSource::KnownPlace });
        }
    }
    for configured in configured() {
        let name = name_of(&configured.module);
        found.add(FoundModule { path: configured.module, name, source: ModuleSource::P11Kit });
    }
    found.modules
}

/// What p11-kit says that a module wants in `pReserved` of `C_Initialize`, whoever named the module.
pub(super) fn reserved_text(canonical: &Path) -> Option<CString> {
    let is_meant = |configured: &Configured| configured.module.canonicalize().is_ok_and(|path| path == canonical);
    configured().into_iter().find(is_meant)?.reserved
}

fn configured() -> Vec<Configured> {
    let home = trusted_variable("HOME").map(PathBuf::from);
    let program = env::current_exe().ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    Places::new(home.as_deref()).modules(program.as_deref())
}

#[derive(Default)]
struct Found {
    modules: Vec<FoundModule>,
    files: Vec<PathBuf>,
}

impl Found {
    fn add(&mut self, module: FoundModule) {
        let file = module.path.canonicalize().unwrap_or_else(|_| module.path.clone());
        if !self.files.contains(&file) {
            self.files.push(file);
            self.modules.push(module);
        }
    }
}

/// What people call a file: the known name, else the file's name without `lib` in front and suffixes behind.
fn name_of(path: &Path) -> String {
    let named = |module: &&known::KnownModule| module.paths.iter().any(|known| Path::new(known) == path);
    if let Some(module) = known::MODULES.iter().find(named) {
        return module.name.to_owned();
    }
    let stem = String::from_utf8_lossy(stem(path));
    let hsm = known::HARDWARE_SECURITY_MODULES.iter().find(|(part, _)| stem.eq_ignore_ascii_case(part));
    hsm.map_or_else(|| stem.into_owned(), |(_, name)| (*name).to_owned())
}

/// A file's name without `lib` in front and suffixes behind: `module-name` of RFC 7512.
pub(super) fn stem(path: &Path) -> &[u8] {
    let file = path.file_name().unwrap_or_default().as_encoded_bytes();
    let whole = file.split(|&octet| octet == b'.').next().unwrap_or(file);
    whole.strip_prefix(b"lib").filter(|stem| !stem.is_empty()).unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_absolute_paths_only() {
        for module in known::MODULES {
            assert!(!module.name.is_empty());
            assert!(module.paths.iter().all(|path| Path::new(path).is_absolute()), "{}", module.name);
        }
    }

    #[test]
    fn names_are_those_that_people_know() {
        assert_eq!(name_of(Path::new(known::MODULES.first().unwrap().paths.first().unwrap())), "AKİS");
        assert_eq!(name_of(Path::new("/opt/x/libopencryptoki.so.0")), "opencryptoki");
        assert_eq!(name_of(Path::new("/opt/x/libdirakp11-64.so")), "Dirak");
        assert_eq!(name_of(Path::new("/opt/x/libcs_pkcs11_R2.so")), "CryptoServer");
        assert_eq!(name_of(Path::new("/opt/x/lib.so")), "lib");
        assert_eq!(name_of(Path::new("/opt/x/other.so")), "other");
    }
}
