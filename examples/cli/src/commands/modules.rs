//! `eimza modules`: the PKCS#11 modules that were found, whether they load, and what keeps one from being used.

use clap::Args;
use serde_json::json;

use crate::exit;
use crate::failure::Result;
use crate::output::Output;
use crate::probe::{self, Probed};

#[derive(Args, Debug)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments, output: &Output) -> Result<u8> {
    let modules = probe::all(output);
    if modules.is_empty() {
        output.say("No PKCS#11 module was found.", "PKCS#11 modülü bulunamadı.");
    }
    for Probed { module, loads, trouble } in modules {
        let reason = trouble.map(|failure| failure.sentence(output.language).0);
        let (path, name) = (output.path(&module.path), output.shown(&module.name));
        let json = json!({ "path": path, "name": name, "loads": loads, "reason": reason });
        output.result(&json, || {
            let state = reason.as_deref().unwrap_or(output.pick("loads", "yüklenebiliyor"));
            format!("{name}  {path}  {state}")
        });
    }
    Ok(exit::DONE)
}
