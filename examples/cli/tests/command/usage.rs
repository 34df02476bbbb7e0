//! Wrong usage: exit code 2, and never an echo of what may be a secret.

use crate::eimza::eimza;

#[test]
fn unknown_options_commands_and_values_are_wrong_usage() {
    for arguments in [
        &["frobnicate"][..],
        &["certificate", "show"],
        &["certificate", "show", "a", "b"],
        &["sign", "a", "-o", "b", "--profile", "p9"],
        &["sign", "a", "-o", "b", "--profile", "p1", "--level", "b"],
        &["sign", "a", "-o", "b", "--digest", "md5"],
        &["sign", "a", "-o", "b", "--at", "yesterday"],
        &["sign", "a"],
        &["--lang", "de", "modules"],
        &["pin"],
        &[],
    ] {
        let ended = eimza(arguments).run();
        assert_eq!(ended.code, 2, "{arguments:?}: {}", ended.errors);
        assert!(!ended.errors.is_empty(), "{arguments:?}");
    }
    let error = eimza(["--json", "frobnicate"]).error(2);
    assert_eq!((&error["code"], &error["name"]), (&1008.into(), &"argument-invalid".into()));
}

#[test]
fn what_comes_later_says_so() {
    for arguments in [
        &["extend", "--level", "t", "a", "-o", "b"][..],
        &["counter-sign", "a", "--signer", "S0"],
        &["consent", "give", "--service", "http://127.0.0.1/"],
        &["unlock", "--service", "http://127.0.0.1/"],
        &["certificate", "validate", "--online", "a"],
        &["pin", "create", "--token", "x"],
        &["sign", "a", "-o", "b", "--profile", "p4"],
        &["sign", "a", "-o", "b", "--level", "lta"],
        &["sign", "a", "-o", "b", "--tsa", "http://127.0.0.1/"],
        &["sign", "a", "-o", "b", "--online"],
        &["sign", "--online"],
        &["sign", "--add-to", "a"],
        &["sign", "--add-to=a", "b"],
    ] {
        let ended = eimza(arguments).run();
        assert_eq!(ended.code, 2, "{arguments:?}");
        assert!(ended.errors.contains("later version"), "{arguments:?}: {}", ended.errors);
    }
    let of_option = eimza(["sign", "--add-to=a"]).run();
    assert!(of_option.errors.starts_with("eimza: --add-to comes"), "{}", of_option.errors);
    let turkish = eimza(["--lang", "tr", "extend"]).run();
    assert!(turkish.errors.contains("sonraki bir sürümü"), "{}", turkish.errors);
}

#[test]
fn a_secret_is_never_an_argument_and_never_repeated() {
    for arguments in [
        &["pin", "status", "--pin=733217"][..],
        &["pin", "change", "--pin", "733217"],
        &["pin", "change", "--pin-from", "733217"],
        &["pin", "change", "--pin-from=733217"],
        &["pin", "change", "733217"],
        &["sign", "a", "-o", "b", "--pin", "733217"],
        &["sign", "a", "-o", "b", "--pin-from", "pin:733217"],
        &["sign", "a", "-o", "b", "--at", "733217"],
        &["sign", "a", "-o", "b", "--digest", "733217"],
        &["validate", "a", "--report", "733217"],
        &["pin", "status", "--token", "pkcs11:token=A?pin-value=733217"],
        &["pin", "status", "--token", "pkcs11:token=A?pin-source=file:733217"],
        &["733217"],
    ] {
        for json in [false, true] {
            let ended = eimza(arguments.iter().copied().chain(json.then_some("--json"))).run();
            assert_eq!(ended.code, 2, "{arguments:?}: {}", ended.errors);
            assert!(!ended.errors.contains("733217") && !ended.output.contains("733217"), "{arguments:?}");
        }
    }
    let help = ["sign", "pin change", "pin unblock", "puk change"]
        .map(|command| eimza(command.split(' ').chain(["--help"])).run().output);
    for option in ["--pin <", "--puk <", "--new-pin <", "--password <"] {
        assert!(help.iter().all(|text| !text.contains(option)), "{option}");
    }
}

#[test]
fn what_a_value_may_be_is_said_in_one_language() {
    for (arguments, english, turkish) in [
        (
            &["sign", "a", "-o", "b", "--at", "foo"][..],
            "a time by RFC 3339, such as",
            "RFC 3339'a göre bir zaman, örneğin",
        ),
        (
            &["sign", "a", "-o", "b", "--pin-from", "foo"],
            "env:NAME, fd:N or file:PATH.",
            "env:AD, fd:N ya da file:YOL.",
        ),
        (&["sign", "a", "-o", "b", "--digest", "foo"], "sha384 or sha512.", "sha384 ya da sha512."),
        (&["sign", "a", "-o", "b", "--commitment", "foo"], "receipt or creation.", "receipt ya da creation."),
        (&["sign", "a", "-o", "b", "--profile", "foo"], "Possible: p1, p2, p3, p4.", "Olabilecekler: p1, p2, p3, p4."),
        (&["validate", "a", "--profile", "foo"], "p3 or p4.", "p3 ya da p4."),
        (&["validate", "a", "--report", "foo"], "json=PATH or text=PATH.", "json=YOL ya da text=YOL."),
        (&["sign", "a"], "--output <OUT> is missing.", "--output <ÇIKTI> eksik."),
        (&["modules", "--lang", "foo"], "tr or en.", "tr ya da en."),
    ] {
        for (locale, said) in [("C", english), ("tr_TR.UTF-8", turkish)] {
            let errors = eimza(arguments).environment("LC_ALL", locale).run().errors;
            assert!(errors.contains(said) && !errors.contains("foo") && !errors.contains(".."), "{errors}");
        }
    }
}

#[test]
fn the_language_is_the_persons() {
    let said = |name: &str, value: &str| eimza(["certificate", "show", "none"]).environment(name, value).run().errors;
    assert!(said("LANG", "tr_TR.UTF-8").contains("okunamadı"));
    assert!(said("LANG", "tr").contains("okunamadı"));
    assert!(said("LANG", "C.UTF-8").contains("cannot be read"));
    assert!(said("LANG", "trv_TW.UTF-8").contains("cannot be read"));
    let both = eimza(["certificate", "show", "none"]).environment("LC_ALL", "C").environment("LANG", "tr_TR").run();
    assert!(both.errors.contains("cannot be read"));
    let chosen = eimza(["--lang", "en", "certificate", "show", "none"]).environment("LANG", "tr_TR").run();
    assert!(chosen.errors.contains("cannot be read"));
}

#[test]
fn help_and_version_are_answers() {
    for arguments in [&["--help"][..], &["--version"], &["sign", "--help"]] {
        let ended = eimza(arguments).run();
        assert_eq!((ended.code, ended.errors.as_str()), (0, ""), "{arguments:?}");
        assert!(!ended.output.is_empty());
    }
    for arguments in [&["--lang", "tr", "--help"][..], &["sign", "--help", "--lang=tr"], &["puk", "-h"]] {
        let ended = eimza(arguments).environment("LANG", "tr_TR.UTF-8").run();
        assert!(ended.output.contains("Kullanım: eimza") && !ended.output.contains("Usage"), "{}", ended.output);
        assert!(ended.output.contains("Seçenekler:") && !ended.output.contains("Options:"), "{}", ended.output);
    }
    let english = eimza(["--lang", "en", "sign", "--help"]).environment("LANG", "tr_TR.UTF-8").run();
    assert!(english.output.contains("The file to sign"), "{}", english.output);
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_was_not_given() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_eimza"));
    command.args(["--json", "certificate", "show"]).arg(crate::eimza::certificate("nes-p256"));
    let ended = command.stdout(full).output().unwrap();
    assert_eq!(ended.status.code(), Some(7));
    assert!(!ended.stderr.is_empty());
}

#[test]
fn a_typo_gets_a_suggestion_and_the_help_of_its_own_command() {
    for (arguments, suggestion, help) in [
        (&["vaildate"][..], "Did you mean validate?", "See `eimza --help`."),
        (&["pin", "chnage"], "Did you mean change?", "See `eimza pin --help`."),
        (&["sign", "a", "-o", "b", "--detach"], "Did you mean --detached?", "See `eimza sign --help`."),
        (&["--lang", "en", "token", "create"], "<PATH> is missing.", "See `eimza token create --help`."),
    ] {
        let errors = eimza(arguments).run().errors;
        assert!(errors.contains(suggestion) && errors.contains(help), "{errors}");
    }
    let turkish = eimza(["--lang", "tr", "pin", "chnage"]).run().errors;
    assert!(turkish.contains("Şunu mu demek istediniz: change?"), "{turkish}");
    assert!(turkish.contains("`eimza pin --help` komutuna bakın."), "{turkish}");
    // What nothing comes near gets none: it may be a secret.
    assert!(!eimza(["733217"]).run().errors.contains("Did you mean"));
}

#[test]
fn help_is_a_command_too() {
    for (arguments, option) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "pin"], &["pin", "--help"]),
        (&["help", "pin", "change", "--lang", "tr"], &["pin", "change", "--help", "--lang", "tr"]),
    ] {
        let (command, option) = (eimza(arguments).run(), eimza(option).run());
        assert_eq!((command.code, command.output.trim_end()), (0, option.output.trim_end()));
    }
    assert_eq!(eimza(["--json", "help", "frobnicate"]).error(2)["name"], "argument-invalid");
}

#[test]
fn a_secret_without_a_source_names_its_own_option() {
    let made = ["token", "create", "card.eimza"];
    for (more, option) in [
        (&["--new-pin-from", "env:NONE"][..], "--new-pin-from"),
        (&["--new-pin-from", "env:PIN", "--puk-from", "env:NONE"], "--puk-from"),
        (&["--from", "card.p12", "--p12-password-from", "env:NONE"], "--p12-password-from"),
    ] {
        let call = eimza(made.iter().chain(more)).with_pin();
        std::fs::write(call.folder.join("card.p12"), "p12").unwrap();
        let ended = call.run();
        assert!(ended.code == 2 && ended.errors.contains(&format!("NONE of {option} is not set")), "{}", ended.errors);
    }
}

#[test]
fn a_file_of_another_kind_names_the_command_that_reads_it() {
    let folder = eimza_testkit::scratch("other-kind");
    let write = |name: &str, octets: &[u8]| std::fs::write(folder.join(name), octets).unwrap();
    write("signature", &eimza_testkit::cms::find("attached-p256").signature);
    write("detached", &eimza_testkit::cms::find("detached-rsa2048").signature);
    write("certificate", &eimza_testkit::pki::certificate("nes-p256"));
    write("text", b"signed text");
    for (arguments, said) in [
        (&["certificate", "show", "signature"][..], "`eimza inspect`"),
        (&["validate", "certificate"], "`eimza certificate show`"),
        (&["inspect", "certificate"], "`eimza certificate show`"),
        (&["validate", "text"], "`eimza validate SIGNATURE --content FILE`"),
    ] {
        let ended = eimza(arguments).inside(&folder).run();
        assert!(ended.code == 4 && ended.errors.contains(said), "{arguments:?}: {}", ended.errors);
    }
    let detached = eimza(["validate", "detached"]).inside(&folder).run();
    assert!(detached.output.contains("Here: --content FILE."), "{}", detached.output);
}

/// The exit code 7 would say that nothing was changed.
#[cfg(target_os = "linux")]
#[test]
fn what_has_been_done_is_not_untouched() {
    let folder = eimza_testkit::scratch("usage");
    std::fs::write(folder.join("content.txt"), "içerik").unwrap();
    let run = |arguments: &[&str]| {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_eimza"));
        command.args(arguments).current_dir(&folder).env("PIN", "123456").env("PUK", "87654321").env("HOME", &folder);
        let ended = command.stdout(full).output().unwrap();
        (ended.status.code(), String::from_utf8(ended.stderr).unwrap())
    };
    let create = ["token", "create", "card", "--new-pin-from", "env:PIN", "--puk-from", "env:PUK"];
    let sign = ["sign", "content.txt", "-o", "out.p7s", "--token", "file:card", "--pin-from", "env:PIN"];
    for (arguments, made) in [(&create[..], "card"), (&sign[..], "out.p7s")] {
        let (code, errors) = run(arguments);
        assert_eq!(code, Some(0), "{errors}");
        assert!(folder.join(made).exists() && errors.contains("could not be printed"), "{errors}");
        assert!(!errors.contains("untouched"), "{errors}");
    }
    // A report is written behind its verdict; where that is lost, nothing is.
    std::fs::write(folder.join("report"), "old").unwrap();
    assert_eq!(run(&["validate", "out.p7s", "--report", "json=report"]).0, Some(7));
    assert_eq!(std::fs::read(folder.join("report")).unwrap(), b"old");
}
