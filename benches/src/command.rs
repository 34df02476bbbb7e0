//! The `eimza` command as a process: how long it runs, how much memory it takes.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use eimza_testkit::{pki, project, run, scratch, testbed};

use crate::judged::Consent;

/// Starts a command, and then tells the peak of what it took, in kibibytes.
const PEAK: &str = "import resource, subprocess, sys\n\
                    subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n\
                    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";

/// A command with its arguments.
pub struct Judging {
    program: PathBuf,
    arguments: Vec<PathBuf>,
}

/// `eimza validate` over this consent; the command is built first.
pub fn validating(consent: &Consent) -> Result<Judging, Box<dyn Error>> {
    let built = Command::new(env!("CARGO")).args(["build", "--release", "-q", "-p", "eimza-cli"]).status()?;
    if !built.success() {
        return Err("the command does not build".into());
    }
    let folder = scratch("judge-command");
    let write = |name: &str, octets: &[u8]| std::fs::write(folder.join(name), octets).map(|()| folder.join(name));
    let (file, crl, ocsp) =
        (write("file.p7s", &consent.file)?, write("root.crl", &consent.crls[0])?, write("signer.ocsp", &consent.ocsp)?);
    let at = PathBuf::from(consent.now.to_string());
    let named = [
        ("--trust", pki::certificate_path("root")),
        ("--certs", pki::certificate_path(consent.authority)),
        ("--crl", crl),
        ("--ocsp", ocsp),
        ("--at", at),
    ];
    let options = named.into_iter().flat_map(|(option, value)| [PathBuf::from(option), value]);
    let arguments = [PathBuf::from("validate"), PathBuf::from("--json"), file].into_iter().chain(options).collect();
    Ok(Judging { program: target().join("release/eimza"), arguments })
}

impl Judging {
    /// Runs it to its end.
    ///
    /// # Panics
    /// When it does not answer TOTAL-PASSED.
    pub fn run(&self) {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null());
        assert!(command.status().is_ok_and(|status| status.success()), "{command:?}");
    }

    /// The most memory that it takes, in kibibytes.
    pub fn peak_memory(&self) -> Result<u32, Box<dyn Error>> {
        let mut command = Command::new(testbed().join("venv/bin/python"));
        command.args(["-c", PEAK]).arg(&self.program).args(&self.arguments);
        let said = run(&mut command).expect_success();
        Ok(said.lines().last().ok_or("nothing was measured")?.parse()?)
    }
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(&project()).join("target"), PathBuf::from)
}
