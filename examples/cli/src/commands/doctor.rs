//! `eimza doctor`: what stands in the way, as far as it can be seen without readers.

use clap::Args;
use eimza_core::Language;
use eimza_core::token::PinStatus;
use eimza_core::token::smartcard::CardOptions;
use serde_json::json;

use crate::exit;
use crate::failure::Result;
use crate::output::Output;
use crate::{probe, tokens};

#[derive(Args, Debug)]
pub(crate) struct Arguments {}

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Ok,
    Warning,
    Problem,
}

impl Status {
    fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Status::Ok, Language::English) => "ok",
            (Status::Ok, Language::Turkish) => "tamam",
            (Status::Warning, Language::English) => "warning",
            (Status::Warning, Language::Turkish) => "uyarı",
            (Status::Problem, Language::English) => "problem",
            (Status::Problem, Language::Turkish) => "sorun",
        }
    }
}

/// What a finding is about.
#[derive(Clone, Copy)]
enum Check {
    Modules,
    Module,
    Tokens,
    Token,
}

impl Check {
    fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Check::Modules, Language::English) => "modules",
            (Check::Modules, Language::Turkish) => "modüller",
            (Check::Module, Language::English) => "module",
            (Check::Module, Language::Turkish) => "modül",
            (Check::Tokens, Language::English) => "tokens",
            (Check::Tokens, Language::Turkish) => "token'lar",
            (Check::Token, _) => "token",
        }
    }
}

pub(crate) fn run(_: &Arguments, output: &Output) -> Result<u8> {
    let mut has_problem = false;
    let mut report = |check: Check, which: Option<&str>, status: Status, remedy: Option<&str>| {
        has_problem |= status == Status::Problem;
        let which = which.map(|which| format!(" {which}")).unwrap_or_default();
        // Names never change with the language.
        let named = format!("{}{which}", check.name(Language::English));
        let json = json!({ "check": named, "status": status.name(Language::English), "remedy": remedy });
        output.result(&json, || {
            let (status, check) = (status.name(output.language), check.name(output.language));
            format!("{status:<8} {check}{which}{}", remedy.map(|it| format!(": {it}")).unwrap_or_default())
        });
    };

    let modules = probe::all(output);
    if modules.is_empty() {
        let remedy = output.pick(
            "install your card's PKCS#11 module, or name it in EIMZA_PKCS11_MODULE",
            "kartınızın PKCS#11 modülünü kurun ya da EIMZA_PKCS11_MODULE ile belirtin",
        );
        report(Check::Modules, None, Status::Problem, Some(remedy));
    }
    for module in &modules {
        let path = output.path(&module.module.path);
        match &module.trouble {
            None => report(Check::Module, Some(&path), Status::Ok, None),
            Some(trouble) => {
                let (happened, remedy) = trouble.sentence(output.language);
                report(Check::Module, Some(&path), Status::Warning, Some(&format!("{happened} {remedy}")));
            }
        }
    }
    let usable =
        tokens::usable_of(modules, &CardOptions::default(), |found| found.certificate.check_can_sign().is_ok());
    if usable.is_empty() {
        let remedy =
            output.pick("insert a card that holds a signing certificate", "imza sertifikası olan bir kart takın");
        report(Check::Tokens, None, Status::Problem, Some(remedy));
    }
    for token in usable {
        let address = output.shown(&token.info()?.address_without_national_id);
        match token.pin_status()?.status {
            PinStatus::Blocked => {
                let remedy =
                    output.pick("unblock the PIN: eimza pin unblock", "PIN'in kilidini çözün: eimza pin unblock");
                report(Check::Token, Some(&address), Status::Problem, Some(remedy));
            }
            PinStatus::FinalTry | PinStatus::Low | PinStatus::NotSet => {
                let remedy = output.pick("look at the PIN: eimza pin status", "PIN durumuna bakın: eimza pin status");
                report(Check::Token, Some(&address), Status::Warning, Some(remedy));
            }
            PinStatus::Ok | PinStatus::Unknown => report(Check::Token, Some(&address), Status::Ok, None),
        }
    }
    Ok(if has_problem { exit::TOKEN } else { exit::DONE })
}
