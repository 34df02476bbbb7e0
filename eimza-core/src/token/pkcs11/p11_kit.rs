//! The modules that p11-kit is configured with: pkcs11.conf, section 5 of the manual.
//!
//! One file per module, by name. The settings of a person's own file go before those of the system's file of the same name,
//! and these before those that the module's package brought; a file that says nothing of a setting leaves it to the next.
//! `user-config` in the global files says whether a person's files count at all.

use std::collections::{BTreeMap, HashMap};
use std::ffi::{CString, OsStr};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// A module as it is configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Configured {
    /// Where it lies.
    pub(super) module: PathBuf,
    /// What it wants in `pReserved` of `C_Initialize` (`x-init-reserved`).
    pub(super) reserved: Option<CString>,
}

/// Where the configuration lies.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// The folder of a person's own `pkcs11.conf` and `modules`.
    own: Option<PathBuf>,
    /// The system's.
    system: PathBuf,
    /// Folders of files that came with modules.
    packages: Vec<PathBuf>,
}

impl Places {
    /// Those of this machine.
    pub(super) fn new(home: Option<&Path>) -> Self {
        Self {
            own: home.map(|home| home.join(".config/pkcs11")),
            system: "/etc/pkcs11".into(),
            packages: ["/usr/share/p11-kit/modules", "/usr/local/share/p11-kit/modules"].map(PathBuf::from).into(),
        }
    }

    /// The modules that this program may use, those of the highest `priority` first.
    pub(super) fn modules(&self, program: Option<&str>) -> Vec<Configured> {
        let mut modules: Vec<(i64, Configured)> = self
            .merged()
            .values()
            .filter_map(|settings| Some((settings.priority(), settings.module(program)?)))
            .collect();
        modules.sort_by_key(|(priority, _)| std::cmp::Reverse(*priority));
        modules.into_iter().map(|(_, configured)| configured).collect()
    }

    /// The settings of each module, by the name of its files.
    fn merged(&self) -> BTreeMap<String, Settings> {
        let mode = UserConfig::read(&self.system, self.own.as_deref());
        let own = self.own.as_ref().filter(|_| mode != UserConfig::None).map(|own| own.join("modules"));
        let common = [self.system.join("modules")].into_iter().chain(self.packages.iter().cloned());
        let common = common.filter(|_| mode != UserConfig::Only);
        let mut merged: BTreeMap<String, Settings> = BTreeMap::new();
        for folder in own.into_iter().chain(common) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                if let (Some(name), Some(settings)) = (module_name(&entry.file_name()), Settings::read(&entry.path())) {
                    merged.entry(name).or_default().complete(settings);
                }
            }
        }
        merged
    }
}

/// Whether a person's own files count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum UserConfig {
    None,
    Merge,
    Only,
}

impl UserConfig {
    /// The system decides; where it lets the person's own files count, they may decide otherwise.
    fn read(system: &Path, own: Option<&Path>) -> Self {
        let told =
            |folder: &Path| Settings::read(&folder.join("pkcs11.conf")).and_then(|settings| settings.user_config());
        match (told(system).unwrap_or(Self::Merge), own) {
            (Self::None, _) | (_, None) => Self::None,
            (mode, Some(own)) => told(own).unwrap_or(mode),
        }
    }
}

/// Lines of `name: value`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Settings(HashMap<String, String>);

impl Settings {
    /// A configuration file has a few lines; what is longer, or no text, is none.
    fn read(path: &Path) -> Option<Self> {
        const LIMIT: u64 = 64 * 1024;
        let is_small = fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= LIMIT);
        is_small.then(|| fs::read_to_string(path).ok()).flatten().map(|text| Self::parse(&text))
    }

    fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        let pairs = lines.filter_map(|line| line.split_once(':'));
        Self(pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect())
    }

    /// Takes over what is not said yet.
    fn complete(&mut self, further: Self) {
        for (name, value) in further.0 {
            self.0.entry(name).or_insert(value);
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn user_config(&self) -> Option<UserConfig> {
        match self.get("user-config")? {
            "merge" => Some(UserConfig::Merge),
            "only" | "override" => Some(UserConfig::Only),
            // p11-kit uses nothing at all where it finds another word.
            _ => Some(UserConfig::None),
        }
    }

    fn priority(&self) -> i64 {
        self.get("priority").and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// The module, unless it is disabled for this program, is remote, or holds trust instead of keys.
    fn module(&self, program: Option<&str>) -> Option<Configured> {
        if !self.is_enabled_in(program) || self.get("remote").is_some() || self.get("trust-policy") == Some("yes") {
            return None;
        }
        // An empty path is how a person's own file takes a module away.
        let module = place_of(Path::new(self.get("module").filter(|path| !path.is_empty())?))?;
        Some(Configured { module, reserved: self.get("x-init-reserved").and_then(|text| CString::new(text).ok()) })
    }

    /// Where both lists are there, only the first one counts.
    fn is_enabled_in(&self, program: Option<&str>) -> bool {
        let names_us =
            |list: &str| program.is_some_and(|program| list.split([',', ' ', '\t']).any(|name| name == program));
        match (self.get("enable-in"), self.get("disable-in")) {
            (Some(list), _) => names_us(list),
            (None, Some(list)) => !names_us(list),
            (None, None) => true,
        }
    }
}

/// The name before `.module`: letters, digits, `_`, `-` and `.`, the first a letter or a digit.
fn module_name(file: &OsStr) -> Option<String> {
    let name = file.to_str()?.strip_suffix(".module")?;
    let is_plain = name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.chars().all(|character| character.is_ascii_alphanumeric() || "_-.".contains(character));
    is_plain.then(|| name.to_owned())
}

/// A bare name lies in p11-kit's own folder, nowhere else.
fn place_of(module: &Path) -> Option<PathBuf> {
    if module.is_absolute() {
        return module.is_file().then(|| module.to_owned());
    }
    let folders = [
        format!("/usr/lib/{}-linux-gnu/pkcs11", env::consts::ARCH),
        "/usr/lib64/pkcs11".to_owned(),
        "/usr/lib/pkcs11".to_owned(),
    ];
    folders.iter().map(|folder| Path::new(folder).join(module)).find(|path| path.is_file())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    /// Places of a test, and the module that their files name.
    struct Stage {
        folder: PathBuf,
        module: PathBuf,
    }

    impl Stage {
        fn new(name: &str) -> Self {
            let folder = env::temp_dir().join(format!("eimza-p11-kit-{}-{name}", std::process::id()));
            for place in ["own/modules", "system/modules", "package"] {
                fs::create_dir_all(folder.join(place)).unwrap();
            }
            Self { folder, module: env::current_exe().unwrap() }
        }

        /// Writes a file; `{module}` stands for a module that is there.
        fn write(&self, path: &str, text: &str) -> &Self {
            let text = text.replace("{module}", self.module.to_str().unwrap());
            fs::write(self.folder.join(path), text).unwrap();
            self
        }

        fn modules(&self, program: &str) -> Vec<Configured> {
            let (own, system) = (Some(self.folder.join("own")), self.folder.join("system"));
            Places { own, system, packages: vec![self.folder.join("package")] }.modules(Some(program))
        }

        fn count(&self, program: &str) -> usize {
            self.modules(program).len()
        }
    }

    impl Drop for Stage {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }

    #[test]
    fn a_file_names_a_module() {
        let named = |text: &str| {
            let stage = Stage::new("names");
            stage.write("package/a.module", text).count("eimza")
        };
        let line = "# a comment: with colon\n\n  module : {module}  \n";
        assert_eq!(named(line), 1);
        for (further, count) in [
            ("trust-policy: yes", 0),
            ("remote: |ssh host", 0),
            ("enable-in: firefox, eimza", 1),
            ("enable-in: firefox", 0),
            ("enable-in:", 0),
            ("disable-in: eimza", 0),
            ("disable-in: firefox", 1),
            ("enable-in: eimza\ndisable-in: eimza", 1),
            ("module:", 0),
        ] {
            assert_eq!(named(&format!("{line}{further}\n")), count, "{further}");
        }
        assert_eq!(named("module: ../../tmp/evil.so\n"), 0);
        assert_eq!(named("module: /nonexistent.so\n"), 0);
    }

    #[test]
    fn a_file_of_one_s_own_amends_the_system_s() {
        let stage = Stage::new("amends");
        stage.write("package/nss.module", "module: {module}\nx-init-reserved: configdir=there\ndisable-in: other\n");
        stage.write("system/modules/nss.module", "x-init-reserved: configdir=system\npriority: 1\n");
        stage.write("own/modules/nss.module", "x-init-reserved: configdir='here' flags=readOnly\n");
        let configured = stage.modules("eimza");
        assert_eq!(configured.len(), 1);
        assert_eq!(configured[0].reserved.as_deref(), Some(c"configdir='here' flags=readOnly"));
        assert_eq!(stage.count("other"), 0);
        stage.write("own/modules/nss.module", "module:\n");
        assert_eq!(stage.count("eimza"), 0);
    }

    #[test]
    fn the_global_files_say_whose_files_count() {
        for (system, own, expected) in [
            ("", "", 2),
            ("user-config: merge", "", 2),
            ("user-config: none", "user-config: only", 1),
            ("user-config: only", "", 1),
            ("", "user-config: override", 1),
            ("user-config: only", "user-config: merge", 2),
            ("", "user-config: none", 1),
            ("user-config: nonsense", "", 1),
        ] {
            let stage = Stage::new("modes");
            stage.write("system/pkcs11.conf", system).write("own/pkcs11.conf", own);
            stage.write("own/modules/mine.module", "module: {module}\nx-init-reserved: mine\n");
            stage.write("system/modules/theirs.module", "module: {module}\n");
            let modules = stage.modules("eimza");
            assert_eq!(modules.len(), expected, "{system:?} {own:?}");
            let is_mine = modules.iter().any(|configured| configured.reserved.is_some());
            let counts_mine = expected == 2 || system.contains("only") || own.contains("override");
            assert_eq!(is_mine, counts_mine && !system.contains("none"), "{system:?} {own:?}");
        }
    }

    #[test]
    fn the_highest_priority_comes_first() {
        let stage = Stage::new("priority");
        for (name, priority) in [("a", "-1"), ("b", "0"), ("c", "5"), ("d", "nonsense")] {
            let text = format!("module: {{module}}\nx-init-reserved: {name}\npriority: {priority}\n");
            stage.write(&format!("package/{name}.module"), &text);
        }
        stage.write("package/.hidden.module", "module: {module}\n").write("package/e.module~", "module: {module}\n");
        let names = stage.modules("eimza").into_iter().map(|found| found.reserved.unwrap().into_string().unwrap());
        assert_eq!(names.collect::<String>(), "cbda");
    }
}
