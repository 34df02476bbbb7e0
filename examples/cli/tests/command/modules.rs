//! A PKCS#11 module harms itself only, whatever it does to the process that it is loaded into.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use eimza_testkit::quirky::{self, Quirk};
use eimza_testkit::{PIN, SOFTHSM_MODULE, Token, scratch};
use serde_json::Value;

use crate::eimza::{Eimza, eimza, softhsm_with};
use crate::sign::openssl_verifies;

/// A call where the misbehaving module is one of those that are found.
fn beside(quirk: Quirk, arguments: &[&str]) -> Eimza {
    let call = eimza(arguments).environment("EIMZA_PKCS11_MODULE", quirky::module());
    call.environment("FAKE_PKCS11_QUIRKS", quirk.name())
}

/// The token as the misbehaving module shows it.
fn by_quirky(token: &Token) -> String {
    Token { module: quirky::module(), label: token.label.clone() }.uri()
}

/// `eimza --json sign` by the misbehaving module, in a folder where `out.p7s` holds something already.
fn sign(quirk: Quirk, token: &Token) -> (PathBuf, Eimza) {
    let folder = scratch("modules");
    fs::write(folder.join("content.txt"), "içerik").unwrap();
    fs::write(folder.join("out.p7s"), "old").unwrap();
    let uri = by_quirky(token);
    let arguments = ["--json", "sign", "content.txt", "-o", "out.p7s", "--token", &uri, "--pin-from", "env:PIN"];
    let call = eimza(arguments).with_pin().environment("FAKE_PKCS11_QUIRKS", quirk.name()).inside(&folder);
    (folder, call)
}

fn line_of<'a>(lines: &'a [Value], module: &Path) -> &'a Value {
    let path = module.to_str().unwrap();
    lines.iter().find(|line| line["path"] == path).unwrap_or_else(|| panic!("{path} is not in {lines:?}"))
}

/// `modules`, `doctor` and `certificates` name the module and list what the others show.
#[track_caller]
fn is_named_and_the_others_are_listed(quirk: Quirk) {
    let lines = beside(quirk, &["--json", "modules"]).json(0);
    let bad = line_of(&lines, &quirky::module());
    assert!(bad["loads"] == false && bad["reason"].is_string(), "{quirk:?}: {bad}");
    let good = line_of(&lines, Path::new(SOFTHSM_MODULE));
    assert!(good["loads"] == true && good["reason"].is_null(), "{quirk:?}: {good}");
    others_are_listed(quirk);
    let found = beside(quirk, &["--json", "doctor"]).run();
    let found: Vec<Value> = found.output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let named = |line: &&Value| line["check"].as_str().unwrap().ends_with(quirky::module().to_str().unwrap());
    let bad = found.iter().find(named).unwrap();
    assert!(bad["status"] == "warning" && bad["remedy"].is_string(), "{quirk:?}: {bad}");
}

#[track_caller]
fn others_are_listed(quirk: Quirk) {
    let ended = beside(quirk, &["--json", "certificates"]).run();
    assert_eq!(ended.code, 0, "{quirk:?}: {}{}", ended.output, ended.errors);
    let listed: Vec<Value> = ended.output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let by_softhsm = |found: &Value| found["token"].as_str().unwrap().ends_with(SOFTHSM_MODULE);
    assert!(listed.iter().any(by_softhsm), "{quirk:?}: {listed:?}");
    assert!(ended.errors.contains(quirky::module().to_str().unwrap()), "{quirk:?}: {}", ended.errors);
}

#[test]
fn a_module_that_ends_the_process_harms_its_own_line_only() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    for quirk in [Quirk::AbortsAtStart, Quirk::ExitsAtStart, Quirk::CrashesWhenUsed] {
        is_named_and_the_others_are_listed(quirk);
        let (_, call) = sign(quirk, &token);
        assert_eq!(call.error(5)["name"], "module-ended-process", "{quirk:?}");
    }
}

#[test]
fn a_module_that_hangs_harms_its_own_line_only() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    // Each waits until time is up; together they wait once.
    std::thread::scope(|scope| {
        for quirk in [Quirk::HangsAtStart, Quirk::HangsWhenUsed] {
            let token = &token;
            scope.spawn(move || {
                let lines = beside(quirk, &["--json", "modules"]).json(0);
                let bad = line_of(&lines, &quirky::module());
                assert!(bad["loads"] == false && bad["reason"].is_string(), "{quirk:?}: {bad}");
            });
            scope.spawn(move || others_are_listed(quirk));
            scope.spawn(move || assert_eq!(sign(quirk, token).1.error(5)["name"], "module-silent", "{quirk:?}"));
        }
    });
    assert!(token.try_pin(PIN));
}

#[test]
fn a_module_that_fails_when_it_is_used_is_named() {
    let Some((_token, _turn)) = softhsm_with("nes-p256") else { return };
    let call = |arguments: &[&str]| {
        let call = eimza(arguments).environment("EIMZA_PKCS11_MODULE", quirky::module());
        call.environment("FAKE_PKCS11_ANSWERS", "C_OpenSession=0x6")
    };
    let lines = call(&["--json", "modules"]).json(0);
    let bad = line_of(&lines, &quirky::module());
    assert!(bad["loads"] == true && bad["reason"].is_string(), "{bad}");
    let ended = call(&["--json", "certificates"]).run();
    assert!(ended.code == 0 && ended.output.contains(SOFTHSM_MODULE), "{}{}", ended.output, ended.errors);
    assert!(ended.errors.contains(quirky::module().to_str().unwrap()), "{}", ended.errors);
}

#[test]
fn no_signature_is_told_that_is_not_there() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    for quirk in [Quirk::ExitsWhileSigning, Quirk::AbortsWhileSigning] {
        let (folder, call) = sign(quirk, &token);
        assert_eq!(call.error(5)["name"], "module-ended-process", "{quirk:?}");
        assert_eq!(fs::read(folder.join("out.p7s")).unwrap(), b"old");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing half-written is left");
    }
}

#[test]
fn what_a_module_prints_is_no_result() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let (folder, call) = sign(Quirk::Prints, &token);
    assert_eq!(call.one(0)["output"], "out.p7s");
    openssl_verifies(&folder.join("out.p7s"), None);
    for command in ["modules", "certificates", "doctor"] {
        let ended = beside(Quirk::Prints, &["--json", command]).run();
        assert!(!ended.output.contains("prints"), "{command}: {}", ended.output);
        assert!(ended.output.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{}", ended.output);
    }
}

#[test]
fn a_module_that_crashes_at_the_end_spoils_no_result() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let (folder, call) = sign(Quirk::CrashesAtExit, &token);
    call.one(0);
    openssl_verifies(&folder.join("out.p7s"), None);
    let lines = beside(Quirk::CrashesAtExit, &["--json", "modules"]).json(0);
    assert_eq!(line_of(&lines, &quirky::module())["loads"], true);
    let status = eimza(["--json", "pin", "status", "--token", &by_quirky(&token)]);
    status.environment("FAKE_PKCS11_QUIRKS", Quirk::CrashesAtExit.name()).one(0);
}

/// Those of the person's umask, whatever the module made of that of the process.
#[test]
fn a_module_does_not_open_files_to_others() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    for (umask, mode) in [("027", 0o640), ("077", 0o600), ("000", 0o666)] {
        let folder = scratch("modules");
        fs::write(folder.join("content.txt"), "içerik").unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("umask {umask}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_eimza"), "sign"]);
        shell.args(["content.txt", "-o", "out.p7s", "--token", &by_quirky(&token), "--pin-from", "env:PIN"]);
        shell.env("PIN", PIN).env("HOME", &folder).env("XDG_STATE_HOME", folder.join("state")).current_dir(&folder);
        let ended = shell.env("FAKE_PKCS11_QUIRKS", Quirk::OpensUmask.name()).output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        let mode_of = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode_of(&folder.join("out.p7s")), mode, "umask {umask}");
        let state = folder.join("state/eimza");
        assert!(!state.exists() || mode_of(&state) == 0o700, "umask {umask}");
    }
}

/// A copy of the command that belongs to user 1234.
/// `None` where the test is not root: only root can give a file away and start it as a third.
struct Raised {
    folder: PathBuf,
    program: PathBuf,
}

impl Raised {
    fn new(name: &str) -> Option<Self> {
        let folder = std::env::temp_dir().join(format!("eimza-raised-{name}-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        let raised = Self { program: folder.join("eimza"), folder };
        fs::copy(env!("CARGO_BIN_EXE_eimza"), &raised.program).unwrap();
        fs::set_permissions(&raised.folder, fs::Permissions::from_mode(0o755)).unwrap();
        if chown(&raised.program, Some(1234), None).is_err() {
            println!("skipped: root is needed for a program with raised rights");
            return None;
        }
        Some(raised)
    }

    /// The command with this environment: started by somebody else with its owner's rights, or by its owner.
    fn run(&self, is_raised: bool, arguments: &[&str], environment: &[(&str, &Path)]) -> (Option<i32>, String) {
        let mode = if is_raised { 0o4755 } else { 0o755 };
        fs::set_permissions(&self.program, fs::Permissions::from_mode(mode)).unwrap();
        let mut command = Command::new(&self.program);
        command.arg("--json").args(arguments).env_clear().envs(environment.iter().copied()).env("PIN", "000000");
        let user = if is_raised { 65534 } else { 1234 };
        let ended = command.uid(user).gid(user).current_dir("/").output().unwrap();
        (ended.status.code(), String::from_utf8(ended.stdout).unwrap())
    }
}

impl Drop for Raised {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Who starts a program with raised rights must not choose what it loads: neither by the variable nor by p11-kit's files of
/// a home.
#[test]
fn raised_rights_load_no_module_of_the_caller() {
    let Some(raised) = Raised::new("modules") else { return };
    let configuration = raised.folder.join("home/.config/pkcs11/modules");
    fs::create_dir_all(&configuration).unwrap();
    let own = raised.folder.join("libown.so");
    fs::write(&own, "no module").unwrap();
    fs::write(configuration.join("own.module"), format!("module: {}\n", own.display())).unwrap();
    let (home, named) = (raised.folder.join("home"), Path::new("/nonexistent/libnone.so"));
    for (environment, module) in [(("EIMZA_PKCS11_MODULE", named), "libnone.so"), (("HOME", &home), "libown.so")] {
        let is_listed = |is_raised| raised.run(is_raised, &["modules"], &[environment]).1.contains(module);
        assert_eq!((is_listed(false), is_listed(true)), (true, false), "{module}");
    }
}

/// Nor where failed attempts are written down.
#[test]
fn raised_rights_remember_nowhere_that_the_caller_names() {
    let Some(raised) = Raised::new("memory") else { return };
    let within = |name: &str| raised.folder.join(name).display().to_string();
    for secret in ["pin", "puk"] {
        fs::write(within(secret), "87654321").unwrap();
    }
    let (pin, puk) = (format!("file:{}", within("pin")), format!("file:{}", within("puk")));
    chown(&raised.folder, Some(1234), Some(1234)).unwrap();
    for (variable, below) in [("XDG_STATE_HOME", "eimza"), ("HOME", ".local/state/eimza")] {
        let (chosen, token) = (raised.folder.join(variable), within(&format!("{variable}.token")));
        assert_eq!(eimza(["token", "create", &token, "--new-pin-from", &pin, "--puk-from", &puk]).run().code, 0);
        fs::create_dir(&chosen).unwrap();
        for own in [chosen.as_path(), Path::new(&token)] {
            chown(own, Some(1234), Some(1234)).unwrap();
        }
        let is_written = |is_raised| {
            let address = format!("file:{token}");
            let arguments = ["sign", "/etc/hostname", "-o", "/dev/null", "--token", &address, "--pin-from", "env:PIN"];
            let (code, said) = raised.run(is_raised, &arguments, &[(variable, &chosen)]);
            assert_eq!(code, Some(5), "{said}");
            chosen.join(below).exists()
        };
        assert_eq!((is_written(true), is_written(false)), (false, true), "{variable}");
    }
}
