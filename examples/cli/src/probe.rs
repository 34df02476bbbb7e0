//! Each PKCS#11 module is looked at in a process of its own, with a time limit: one that crashes or hangs harms nobody else.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;

use clap::Args;
use eimza_core::Error;
use eimza_core::token::pkcs11::{self, FoundModule, Pkcs11Uri};
use serde_json::{Value, json};

use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::{apart, exit};

/// More than the line of a probe has.
const LIMIT: u64 = 64 * 1024;

/// The command that looks at a module. People use `eimza modules`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    module: PathBuf,
}

/// A module, and what came of looking at it.
pub(crate) struct Probed {
    pub(crate) module: FoundModule,
    /// Whether it can be loaded and says what it is.
    pub(crate) loads: bool,
    /// Why it cannot be used.
    pub(crate) trouble: Option<Failure>,
}

/// Looks at all modules that are found.
pub(crate) fn all(output: &Output) -> Vec<Probed> {
    pkcs11::modules().into_iter().map(|module| one(module, output)).collect()
}

fn one(module: FoundModule, output: &Output) -> Probed {
    let (loads, trouble) = match answer(&module.path, output) {
        Err(failure) => (false, Some(failure)),
        Ok(answer) => {
            let error = answer.get("error").filter(|error| !error.is_null());
            (answer.get("loads") == Some(&true.into()), error.map(Failure::told))
        }
    };
    Probed { module, loads, trouble }
}

/// The line that a probe printed.
fn answer(module: &Path, output: &Output) -> Result<Value> {
    let language = output.pick("en", "tr");
    let mut command = apart::command(["--json", "--lang", language, "probe-module", "--"])?;
    command.arg(module).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut probe = Ended(command.spawn().map_err(apart::unstarted)?);
    let stdout = probe.0.stdout.take();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let read = stdout.map(|stdout| BufReader::new(stdout.take(LIMIT)).read_line(&mut line));
        let _ = sender.send(read.and_then(std::result::Result::ok).map(|_| line));
    });
    let line = receiver.recv_timeout(apart::PATIENCE).map_err(|_| apart::silent())?;
    let answer = line.and_then(|line| serde_json::from_str(&line).ok());
    Ok(answer.ok_or(Error::ModuleEndedProcess)?)
}

/// A process that is ended when nobody waits for its answer any more.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a probe does in its own process: all that is done with a module before a PIN is entered.
pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8> {
    pkcs11::probe(&arguments.module)?;
    let trouble = look(&arguments.module).err().map(|error| Failure::from(error).json(output));
    let error = trouble.and_then(|mut told| told.remove("error")).unwrap_or(Value::Null);
    output.result(&json!({ "loads": true, "error": error }), String::new);
    Ok(exit::DONE)
}

/// One token that cannot be read is not the module's fault; where none can, it is.
fn look(module: &Path) -> eimza_core::Result<()> {
    let address = Pkcs11Uri { module_path: Some(module.to_owned()), ..Pkcs11Uri::default() };
    let mut first = None;
    for token in pkcs11::tokens(&address)? {
        match token.certificates().and_then(|_| token.pin_status()) {
            Ok(_) => return Ok(()),
            Err(error) => first = first.or(Some(error)),
        }
    }
    first.map_or(Ok(()), Err)
}
