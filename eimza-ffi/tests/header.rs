//! Files that are made from others are committed, and compared with what they would be now.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fmt::Write;
use std::fs;
use std::process::Command;
use std::sync::Mutex;

use eimza_testkit::{component, project, run_with_input};

#[test]
fn the_c_of_the_readmes_compiles() {
    check_header();
    for (language, compiler, standard) in [("c", "gcc", "c11"), ("cpp", "g++", "c++17")] {
        let Some(compiler) = component(compiler) else { continue };
        for readme in ["README.md", "README.tr.md"] {
            let readme = fs::read_to_string(project().join(readme)).unwrap();
            let blocks: Vec<&str> = readme.split(&format!("```{language}\n")).skip(1).collect();
            assert!(!blocks.is_empty());
            for block in blocks {
                let mut command = Command::new(&compiler);
                command.args(["-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I"]).arg(project().join("include"));
                let form = if language == "c" { "c" } else { "c++" };
                command.arg(format!("-std={standard}")).args(["-x", form, "-"]);
                run_with_input(&mut command, block.split("```").next().unwrap()).expect_success();
            }
        }
    }
}

/// Compares a committed file with what it has to be; with `BLESS=1` it is written.
#[track_caller]
fn compare(path: &str, wanted: &str) {
    let path = project().join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, wanted).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let differs = committed.lines().zip(wanted.lines()).position(|(one, other)| one != other);
    let path = path.display();
    assert!(committed == wanted, "{path} is not up to date (line {differs:?}): BLESS=1 cargo test -p eimza-ffi");
}

#[test]
fn status_numbers_are_those_of_the_core() {
    let wanted = written();
    // Not even BLESS takes a number away or gives it to another error.
    let committed = fs::read_to_string(project().join("eimza-ffi/src/status.rs")).unwrap();
    for number in committed.lines().filter(|line| line.starts_with("    ") && line.contains(" = ")) {
        assert!(wanted.contains(number), "{} was there before", number.trim());
    }
    compare("eimza-ffi/src/status.rs", &wanted);
}

#[test]
fn the_header_is_that_of_the_source() {
    check_header();
}

#[test]
fn the_headers_compile_alone_without_warnings() {
    check_header();
    for (compiler, language, standard, header) in
        [("gcc", "c", "c11", "eimza.h"), ("g++", "c++", "c++17", "eimza.h"), ("g++", "c++", "c++17", "eimza.hpp")]
    {
        let Some(compiler) = component(compiler) else { continue };
        let mut command = Command::new(compiler);
        command.args(["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror", "-x", language, "-"]);
        command.arg(format!("-std={standard}")).arg("-I").arg(project().join("include"));
        run_with_input(&mut command, &format!("#include \"{header}\"\n")).expect_success();
    }
}

/// `src/status.rs`, as it has to be.
fn written() -> String {
    let mut text = String::from(
        "//! Generated from the core's error numbers by `BLESS=1 cargo test -p eimza-ffi`: do not edit.\n\n\
         use std::ffi::CStr;\n\n\
         /// What a call came to: 0, or the stable number of an error. A number is never used again for something else.\n\
         #[repr(u32)]\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq)]\n\
         pub enum eimza_status {\n    /// \"ok\"\n    Ok = 0,\n",
    );
    for (code, name) in eimza_core::CODES {
        write!(text, "    /// \"{name}\"\n    {} = {code},\n", camel(name)).unwrap();
    }
    text.push_str(
        "}\n\nimpl eimza_status {\n    /// The number of an error.\n    \
         pub(crate) fn of(error: &eimza_core::Error) -> Self {\n        match error.code() {\n",
    );
    for (code, name) in eimza_core::CODES {
        writeln!(text, "            {code} => Self::{},", camel(name)).unwrap();
    }
    text.push_str(
        "            // A test keeps this list complete.\n            _ => Self::Internal,\n        }\n    }\n}\n\n\
         /// The stable name of a number.\npub(crate) fn status_name(status: u32) -> &'static CStr {\n    \
         match status {\n        0 => c\"ok\",\n",
    );
    for (code, name) in eimza_core::CODES {
        writeln!(text, "        {code} => c\"{name}\",").unwrap();
    }
    text.push_str("        _ => c\"unknown\",\n    }\n}\n");
    text
}

fn camel(name: &str) -> String {
    let words = name.split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
    words.collect()
}

/// The header is compared, or written, before anything is compiled with it.
#[track_caller]
fn check_header() {
    static CHECKED: Mutex<()> = Mutex::new(());
    let _one_at_a_time = CHECKED.lock();
    let folder = project().join("eimza-ffi");
    let mut config = cbindgen::Config::from_file(folder.join("cbindgen.toml")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let comment = "// The version of this header; eimza_version() is that of the library.";
    config.after_includes = Some(format!("\n{comment}\n#define EIMZA_VERSION \"{version}\""));
    let bindings = cbindgen::generate_with_config(&folder, config).unwrap();
    let mut header = Vec::new();
    bindings.write(&mut header);
    compare("include/eimza.h", &String::from_utf8(header).unwrap());
}
