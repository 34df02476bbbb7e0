//! `eimza doctor`: what stands in the way, as far as it can be seen without readers.

use clap::Args;
use eimza_core::token::{self, PinStatus, pkcs11};
use serde_json::json;

use crate::exit;
use crate::failure::Result;
use crate::output::Output;

#[derive(Args, Debug)]
pub(crate) struct Arguments {}

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Ok,
    Warning,
    Problem,
}

pub(crate) fn run(_: &Arguments, output: &Output) -> Result<u8> {
    let mut has_problem = false;
    let mut report = |check: &str, status: Status, remedy: Option<&str>| {
        has_problem |= status == Status::Problem;
        let status = match status {
            Status::Ok => "ok",
            Status::Warning => "warning",
            Status::Problem => "problem",
        };
        let json = json!({ "check": check, "status": status, "remedy": remedy });
        output
            .result(&json, || format!("{status:<8} {check}{}", remedy.map(|it| format!(": {it}")).unwrap_or_default()));
    };

    let modules = pkcs11::modules();
    if modules.is_empty() {
        let remedy = output.pick(
            "install your card's PKCS#11 module, or name it in EIMZA_PKCS11_MODULE",
            "kartınızın PKCS#11 modülünü kurun ya da EIMZA_PKCS11_MODULE ile belirtin",
        );
        report("modules", Status::Problem, Some(remedy));
    }
    for module in &modules {
        let check = format!("module {}", output.path(&module.path));
        match pkcs11::probe(&module.path) {
            Ok(_) => report(&check, Status::Ok, None),
            Err(error) => report(&check, Status::Warning, Some(error.sentence(output.language).remedy)),
        }
    }
    let usable = token::usable(|found| found.certificate.check_can_sign().is_ok());
    if usable.is_empty() {
        let remedy =
            output.pick("insert a card that holds a signing certificate", "imza sertifikası olan bir kart takın");
        report("tokens", Status::Problem, Some(remedy));
    }
    for token in usable {
        let check = format!("token {}", output.shown(&token.info()?.address_without_national_id));
        match token.pin_status()?.status {
            PinStatus::Blocked => {
                let remedy =
                    output.pick("unblock the PIN: eimza pin unblock", "PIN'in blokesini açın: eimza pin unblock");
                report(&check, Status::Problem, Some(remedy));
            }
            PinStatus::FinalTry | PinStatus::Low | PinStatus::NotSet => {
                let remedy = output.pick("look at the PIN: eimza pin status", "PIN durumuna bakın: eimza pin status");
                report(&check, Status::Warning, Some(remedy));
            }
            PinStatus::Ok | PinStatus::Unknown => report(&check, Status::Ok, None),
        }
    }
    Ok(if has_problem { exit::TOKEN } else { exit::DONE })
}
