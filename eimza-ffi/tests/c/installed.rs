//! One installation for all tests of this process, and programs that are built with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use eimza_testkit::{component, project, run, scratch};

/// The prefix, installed by the script that users call.
pub(crate) fn prefix() -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| {
        // It is moved after the installation: nothing in it may know where it was.
        let (first, moved) = (scratch("prefix").join("first"), scratch("prefix").join("moved"));
        run(Command::new(project().join("eimza-ffi/install")).args(["--profile", "dev"]).arg(&first)).expect_success();
        fs::rename(&first, &moved).unwrap();
        moved
    })
}

/// What `pkg-config` answers for the installed package.
#[track_caller]
pub(crate) fn pkg_config(arguments: &[&str]) -> Option<Vec<String>> {
    let mut command = Command::new(component("pkg-config")?);
    command.args(arguments).arg("eimza").env("PKG_CONFIG_PATH", prefix().join("lib/pkgconfig"));
    let ended = command.output().unwrap();
    assert!(ended.status.success(), "{ended:?}");
    Some(String::from_utf8(ended.stdout).unwrap().split_whitespace().map(str::to_owned).collect())
}

/// Builds one C file with `pkg-config` and no warnings; `None` where a component is missing.
#[track_caller]
pub(crate) fn compile(source: &Path, program: &Path, more: &[&str]) -> Option<PathBuf> {
    let flags = pkg_config(&["--cflags", "--libs"])?;
    let mut command = Command::new(component("gcc")?);
    command.args(["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g"]).args(more);
    command.arg(source).arg("-o").arg(program).args(flags);
    command.arg(format!("-Wl,-rpath,{}/lib", prefix().display()));
    run(&mut command).expect_success();
    Some(program.to_owned())
}

/// Builds a folder of examples with CMake.
#[track_caller]
pub(crate) fn cmake(language: &str) -> Option<PathBuf> {
    let cmake = component("cmake")?;
    let folder = scratch("cmake");
    let mut configure = Command::new(&cmake);
    configure.arg("-S").arg(project().join("examples").join(language)).arg("-B").arg(&folder);
    configure.arg(format!("-DCMAKE_PREFIX_PATH={}", prefix().display()));
    configure.args(["-DCMAKE_C_FLAGS=-Wall -Wextra -Werror", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror"]);
    run(&mut configure).expect_success();
    run(Command::new(&cmake).arg("--build").arg(&folder)).expect_success();
    Some(folder)
}

/// The program with valgrind before it, which fails on a leak or a wrong access; alone where there is no valgrind.
pub(crate) fn watched(program: &Path) -> Command {
    let Some(valgrind) = component("valgrind") else { return Command::new(program) };
    let mut command = Command::new(valgrind);
    command.args(["-q", "--error-exitcode=99", "--leak-check=full", "--errors-for-leak-kinds=definite,indirect"]);
    command.arg(program);
    command
}
