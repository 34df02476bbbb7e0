//! A file that is no usable PKCS#11 module is refused, and the reason is the right one.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::path::{Path, PathBuf};

use eimza_sys::pkcs11::{Architecture, Library, LoadError, System};

/// A file below the build folder, gone when the test ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, content: &[u8]) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn refusal(path: &Path) -> LoadError {
    Library::load(path).err().unwrap()
}

#[test]
fn a_relative_path_is_refused() {
    assert!(matches!(refusal(Path::new("libsofthsm2.so")), LoadError::NotAbsolute { .. }));
}

#[test]
fn a_missing_file_is_called_missing() {
    assert!(matches!(refusal(Path::new("/nonexistent/libakisp11.so")), LoadError::Missing { .. }));
}

#[test]
fn a_folder_is_unreadable() {
    assert!(matches!(refusal(Path::new("/usr/lib")), LoadError::Unreadable { .. }));
}

#[test]
fn a_text_is_not_a_library() {
    let file = Scratch::new("text.so", b"this is no library");
    assert!(matches!(refusal(&file.0), LoadError::NotALibrary { .. }));
}

#[test]
fn a_cut_library_is_refused_by_the_loader() {
    let mut program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    program.truncate(200);
    let file = Scratch::new("cut.so", &program);
    assert!(matches!(refusal(&file.0), LoadError::Loader { .. }));
}

#[test]
fn a_library_for_another_processor_is_named() {
    let mut head = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    head.truncate(4096);
    let other = if Architecture::HOST == Architecture::Aarch64 { 62 } else { 183 };
    head[18] = other;
    let file = Scratch::new("other.so", &head);
    let error = refusal(&file.0);
    let LoadError::OtherArchitecture { ref found, .. } = error else { panic!("{error}") };
    assert_ne!(found, &[Architecture::HOST]);
    assert!(error.to_string().contains(&Architecture::HOST.to_string()), "{error}");
}

#[test]
fn a_library_for_another_system_is_named() {
    let file = Scratch::new("mac.dylib", &[0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1]);
    assert!(matches!(refusal(&file.0), LoadError::OtherSystem { found: System::MacOs, .. }));
}

#[test]
fn a_library_that_is_no_module_is_told_from_a_broken_one() {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let libc = maps.lines().find_map(|line| line.split_whitespace().nth(5).filter(|path| path.contains("/libc.so")));
    assert!(matches!(refusal(Path::new(libc.unwrap())), LoadError::NotPkcs11 { .. }));
}
