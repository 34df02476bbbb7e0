//! Where the test bed lies, and folders for what tests write.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

/// `target/testbed` of the project: what `tests/setup` and the stages install there.
#[must_use]
pub fn testbed() -> PathBuf {
    let own = || project().join("target/testbed");
    env::var_os("EIMZA_TESTBED").map_or_else(own, PathBuf::from)
}

/// The root of the project.
#[must_use]
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().expect("testkit lies in the project").to_owned()
}

/// A new, empty folder of this process. Folders of processes that have ended are removed on the way.
#[must_use]
pub fn scratch(name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let all = testbed().join("scratch");
    if COUNT.load(Ordering::Relaxed) == 0 {
        remove_left_behind(&all);
    }
    fs::create_dir_all(&all).unwrap_or_else(|error| panic!("{}: {error}", all.display()));
    loop {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        // The identity of a pid namespace tells apart equal pids inside and outside a private world; a later world may
        // have the identity of one that has ended.
        let folder = all.join(format!("{}-{}-{name}-{number}", process::id(), world()));
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => panic!("{}: {error}", folder.display()),
            Ok(()) => return folder,
        }
    }
}

fn remove_left_behind(all: &PathBuf) {
    for entry in fs::read_dir(all).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let mut parts = name.split('-');
        let (pid, its_world) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        // Two test processes may clean up at once: the second finds nothing, which is fine.
        if its_world == world() && !PathBuf::from("/proc").join(pid).exists() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn world() -> String {
    let link = fs::read_link("/proc/self/ns/pid").unwrap_or_default();
    link.to_string_lossy().chars().filter(char::is_ascii_digit).collect()
}
