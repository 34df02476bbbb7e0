//! What the header promises about NULL, memory and the two libraries.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use eimza_testkit::{component, pkcs12, pki, project, run, scratch};

use crate::installed::{compile, pkg_config, prefix, watched};

/// A program that calls every function of the header with nothing but NULL and 0.
fn calls_with_null() -> String {
    let header = fs::read_to_string(project().join("include/eimza.h")).unwrap();
    let mut program = String::from(
        "#include <stdio.h>\n#include \"eimza.h\"\nint main(void) {\n    int wrong = 0;\n    eimza_error *error;\n",
    );
    let code: String = header.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut functions = 0;
    for declaration in code.split(';').filter(|declaration| declaration.contains("(") && declaration.contains("eimza_"))
    {
        let (head, arguments) = declaration.split_once('(').unwrap();
        let Some(name) = head.rsplit([' ', '*']).next().filter(|name| name.starts_with("eimza_")) else { continue };
        if declaration.contains("typedef") {
            continue;
        }
        functions += 1;
        let arguments = arguments.trim_end_matches(')');
        let given: Vec<&str> = arguments.split(',').filter(|one| *one != "void").map(zero).collect();
        let given = given.join(", ");
        if arguments.contains("struct eimza_error **error") {
            // With and without a place for the error.
            let with_error = given.trim_end_matches("NULL").to_owned() + "&error";
            writeln!(program, "    (void){name}({given});").unwrap();
            writeln!(
                program,
                "    if ({name}({with_error}) != EIMZA_STATUS_ARGUMENT_INVALID) {{ puts(\"{name}\"); wrong++; }}"
            )
            .unwrap();
            writeln!(program, "    if (!error || eimza_error_status(error) != EIMZA_STATUS_ARGUMENT_INVALID) wrong++;")
                .unwrap();
            writeln!(program, "    eimza_error_free(error);").unwrap();
        } else if name.ends_with("_new") || name.ends_with("_on_device") || name.ends_with("_not_needed") {
            let free = ["_new", "_on_device", "_not_needed"].iter().find_map(|end| name.strip_suffix(end)).unwrap();
            writeln!(program, "    {free}_free({name}());").unwrap();
        } else {
            writeln!(program, "    (void){name}({given});").unwrap();
        }
    }
    assert!(functions > 150, "{functions}");
    program + "    return wrong;\n}\n"
}

fn zero(argument: &str) -> &'static str {
    let by_value = |name: &str| argument.contains(name) && !argument.contains('*');
    match () {
        () if argument.contains('*') || argument.contains("eimza_text") => "NULL",
        () if argument.contains("eimza_pin_prompt") || argument.contains("eimza_on_tick") => "NULL",
        () if by_value("struct eimza_view") => "(eimza_view){NULL, 1}",
        () => "0",
    }
}

#[test]
fn null_is_answered_by_every_function_and_nothing_leaks() {
    let place = scratch("contract");
    fs::write(place.join("null.c"), calls_with_null()).unwrap();
    let Some(program) = compile(&place.join("null.c"), &place.join("null"), &[]) else { return };
    run(&mut watched(&program)).expect_success();
}

#[test]
fn a_whole_e_onay_leaks_nothing() {
    let place = scratch("contract");
    let source = project().join("examples/c/give_e_onay.c");
    let Some(program) = compile(&source, &place.join("give_e_onay"), &[]) else { return };
    run(watched(&program).arg(&place)).expect_success();
}

/// Every chapter by the C++ classes.
#[test]
fn the_classes_of_cpp_walk_through_all_chapters() {
    let Some(program) = sanitized("smoke") else { return };
    let in_part = scratch("contract").join("in-part.p12");
    let certificates = [pki::certificate("nes-p256"), b"damaged".to_vec()];
    fs::write(&in_part, pkcs12::plain(&[pki::private_key_der("nes-p256")], &certificates)).unwrap();
    run(Command::new(program).arg(pki::pkcs12_path("modern")).arg(in_part)).expect_success();
}

#[test]
fn consents_are_offered_checked_and_renewed() {
    let Some(program) = sanitized("consents") else { return };
    run(&mut Command::new(program)).expect_success();
}

#[test]
fn a_service_of_ones_own_may_lose_answers() {
    let Some(program) = sanitized("callbacks") else { return };
    run(&mut Command::new(program)).expect_success();
}

/// A program in C++ under the sanitizers for memory, leaks and undefined behaviour; `None` where a component is missing.
pub(crate) fn sanitized(name: &str) -> Option<PathBuf> {
    let (compiler, flags) = (component("g++")?, pkg_config(&["--cflags", "--libs"])?);
    let program = scratch("contract").join(name);
    let mut command = Command::new(compiler);
    command.args(["-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g", "-fsanitize=address,undefined"]);
    command.arg(project().join(format!("eimza-ffi/tests/c/{name}.cpp"))).arg("-o").arg(&program).args(flags);
    run(command.args(["-pthread", &format!("-Wl,-rpath,{}/lib", prefix().display())])).expect_success();
    Some(program)
}

#[test]
fn the_static_library_needs_no_shared_one() {
    let (Some(gcc), Some(flags)) = (component("gcc"), pkg_config(&["--cflags"])) else { return };
    let Some(libraries) = pkg_config(&["--libs", "--static"]) else { return };
    let place = scratch("contract");
    let mut command = Command::new(gcc);
    command.arg(project().join("examples/c/give_e_onay.c")).arg("-o").arg(place.join("static")).args(flags);
    command.arg(prefix().join("lib/libeimza.a"));
    command.args(libraries.iter().filter(|one| *one != "-leimza"));
    run(&mut command).expect_success();
    run(Command::new(place.join("static")).arg(&place)).expect_success();
}

#[test]
fn the_shared_library_shows_its_own_names_only() {
    let Some(nm) = component("nm") else { return };
    let library = prefix().join("lib/libeimza.so");
    let names = run(Command::new(nm).args(["-D", "--defined-only"]).arg(library)).expect_success();
    let names: Vec<&str> = names.lines().skip(1).filter_map(|line| line.split(' ').nth(2)).collect();
    assert!(names.len() > 150 && names.iter().all(|name| name.starts_with("eimza_")), "{names:?}");
}

#[test]
fn the_licences_are_installed_with_the_library() {
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let installed = fs::read(prefix().join("share/doc/eimza").join(licence)).unwrap();
        assert_eq!(installed, fs::read(project().join(licence)).unwrap());
    }
}
