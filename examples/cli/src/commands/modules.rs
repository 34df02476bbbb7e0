//! `eimza modules`: the PKCS#11 modules that were found, and whether they load.

use clap::Args;
use eimza_core::token::pkcs11;
use serde_json::json;

use crate::exit;
use crate::failure::Result;
use crate::output::Output;

#[derive(Args, Debug)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments, output: &Output) -> Result<u8> {
    let modules = pkcs11::modules();
    if modules.is_empty() {
        output.say("No PKCS#11 module was found.", "PKCS#11 modülü bulunamadı.");
    }
    for module in modules {
        let reason = pkcs11::probe(&module.path).err().map(|error| error.sentence(output.language).happened);
        let path = output.path(&module.path);
        let json = json!({
            "path": path,
            "name": module.name,
            "loads": reason.is_none(),
            "reason": reason,
        });
        output.result(&json, || {
            let state = reason.as_deref().unwrap_or(output.pick("loads", "yükleniyor"));
            format!("{}  {path}  {state}", module.name)
        });
    }
    Ok(exit::DONE)
}
