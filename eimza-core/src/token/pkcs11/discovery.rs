//! Which modules are there: those that the person names, those of p11-kit, those at known places.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::known;

/// The environment variable that names further modules, several separated as in `PATH`.
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
    /// absolute, which keeps it from being loaded: somebody wants it, and should learn why it does not come.
    Environment,
    /// The table of modules that people in Türkiye have.
    KnownPlace,
    /// A configuration file of p11-kit.
    P11Kit,
}

/// The modules of this machine in the order in which they should be tried, each file once. None is loaded.
pub fn modules() -> Vec<FoundModule> {
    let home = env::var_os("HOME").map(PathBuf::from);
    let named = env::var_os(MODULE_VARIABLE).unwrap_or_default();
    let program = env::current_exe().ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));

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
    for path in p11_kit(&p11_kit_folders(home.as_deref()), program.as_deref()) {
        let name = name_of(&path);
        found.add(FoundModule { path, name, source: ModuleSource::P11Kit });
    }
    found.modules
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

/// Folders of p11-kit's configuration, the person's own first: a file there hides one of the same name further down.
fn p11_kit_folders(home: Option<&Path>) -> Vec<PathBuf> {
    let own = home.map(|home| home.join(".config/pkcs11/modules"));
    let common = ["/etc/pkcs11/modules", "/usr/share/p11-kit/modules", "/usr/local/share/p11-kit/modules"];
    own.into_iter().chain(common.map(PathBuf::from)).collect()
}

/// Reads the configuration files `*.module` (pkcs11.conf, section 5 of the manual).
fn p11_kit(folders: &[PathBuf], program: Option<&str>) -> Vec<PathBuf> {
    let mut files: BTreeMap<String, PathBuf> = BTreeMap::new();
    for folder in folders {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.extension() == Some(OsStr::new("module")) {
                files.entry(entry.file_name().to_string_lossy().into_owned()).or_insert(path);
            }
        }
    }
    files.values().filter_map(|file| configured(&read_small(file)?, program)).collect()
}

/// The module of one configuration file, unless it is disabled here, remote, or holds trust instead of keys.
fn configured(text: &str, program: Option<&str>) -> Option<PathBuf> {
    let setting = |wanted: &str| {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        lines
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.trim() == wanted)
            .map(|(_, value)| value.trim())
    };
    let names_us = |list: &str| program.is_some_and(|program| list.split([',', ' ', '\t']).any(|name| name == program));
    if setting("remote").is_some()
        || setting("trust-policy") == Some("yes")
        || setting("enable-in").is_some_and(|list| !names_us(list))
        || setting("disable-in").is_some_and(names_us)
    {
        return None;
    }
    let module = Path::new(setting("module")?);
    if module.is_absolute() {
        return module.is_file().then(|| module.to_owned());
    }
    // A bare name lies in p11-kit's own folder, nowhere else.
    let folders = [
        format!("/usr/lib/{}-linux-gnu/pkcs11", env::consts::ARCH),
        "/usr/lib64/pkcs11".to_owned(),
        "/usr/lib/pkcs11".to_owned(),
    ];
    folders.iter().map(|folder| Path::new(folder).join(module)).find(|path| path.is_file())
}

/// A configuration file has a few lines; what is longer is none.
fn read_small(path: &Path) -> Option<String> {
    const LIMIT: u64 = 64 * 1024;
    let is_small = fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= LIMIT);
    is_small.then(|| fs::read_to_string(path).ok()).flatten()
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

    #[cfg(unix)]
    #[test]
    fn a_p11_kit_file_names_a_module() {
        let this = env::current_exe().unwrap();
        let line = format!("# a comment: with colon\nmodule: {}\n", this.display());
        assert_eq!(configured(&line, None), Some(this.clone()));
        assert_eq!(configured(&format!("{line}trust-policy: yes\n"), None), None);
        assert_eq!(configured(&format!("{line}remote: |ssh host\n"), None), None);
        assert_eq!(configured(&format!("{line}enable-in: firefox, eimza\n"), Some("eimza")), Some(this.clone()));
        assert_eq!(configured(&format!("{line}enable-in: firefox\n"), Some("eimza")), None);
        assert_eq!(configured(&format!("{line}disable-in: eimza\n"), Some("eimza")), None);
        assert_eq!(configured("module: ../../tmp/evil.so\n", None), None);
        assert_eq!(configured("module: /nonexistent.so\n", None), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_one_s_own_hides_the_common_one() {
        let this = env::current_exe().unwrap();
        let base = env::temp_dir().join(format!("eimza-p11-kit-{}", std::process::id()));
        let (own, common) = (base.join("own"), base.join("common"));
        for folder in [&own, &common] {
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(own.join("a.module"), format!("module: {}\ndisable-in: eimza\n", this.display())).unwrap();
        fs::write(common.join("a.module"), format!("module: {}\n", this.display())).unwrap();
        let folders = [own, common];
        assert_eq!(p11_kit(&folders, Some("eimza")), Vec::<PathBuf>::new());
        assert_eq!(p11_kit(&folders, Some("other")), [this]);
        fs::remove_dir_all(&base).unwrap();
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
