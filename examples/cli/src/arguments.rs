//! The command line: what all commands share, and which commands there are.

use std::ffi::OsString;
use std::fmt;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use eimza_core::Language;

use crate::commands::{
    certificate, certificates, content, demo, doctor, help as help_command, inspect, later, modules, pin, puk, readers,
    sign, token, validate,
};
use crate::failure::{Failure, usage};
use crate::output::{Output, language_of_environment};
use crate::{exit, help, probe};

/// Turkish electronic signatures: tokens, PINs, certificates, signatures, consents.
#[derive(Debug, Parser)]
#[command(name = "eimza", version, arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// Print one JSON object per result, one line each
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Language of sentences: tr or en (default: from LC_ALL, LC_MESSAGES, LANG)
    #[arg(long, global = true, value_name = "tr|en", value_parser = language)]
    pub(crate) lang: Option<Language>,
    /// Show national ids in clear instead of 111******11
    #[arg(long, global = true)]
    pub(crate) show_personal_data: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Give, prove and revoke a whole E-Onay on an embedded software token and consent service
    Demo(demo::Arguments),
    /// List card readers and the cards in them
    Readers(readers::Arguments),
    /// List the PKCS#11 modules of this machine
    Modules(modules::Arguments),
    /// List the certificates on tokens; never spends a PIN try
    Certificates(certificates::Arguments),
    /// Show, export or validate a certificate
    #[command(subcommand)]
    Certificate(certificate::Command),
    /// Sign a file (CAdES-BES, profile P1)
    Sign(Box<sign::Arguments>),
    /// Validate CMS and CAdES signatures
    Validate(validate::Arguments),
    /// Show what is inside of a signature, without judging
    Inspect(inspect::Arguments),
    /// Take the content out of a signature, without judging
    Content(content::Arguments),
    /// See, change or unblock a PIN
    #[command(subcommand)]
    Pin(pin::Command),
    /// Change a PUK
    #[command(subcommand)]
    Puk(puk::Command),
    /// Make a software token
    #[command(subcommand)]
    Token(token::Command),
    /// Say what stands in the way
    Doctor(doctor::Arguments),
    /// Show the help of a command
    Help(help_command::Arguments),
    /// Look at a module in a process of its own
    #[command(hide = true)]
    ProbeModule(probe::Arguments),
    /// Comes with a later version
    #[command(hide = true)]
    CounterSign(Later),
    /// Comes with a later version
    #[command(hide = true)]
    Extend(Later),
    /// Comes with a later version
    #[command(hide = true)]
    Consent(Later),
    /// Comes with a later version
    #[command(hide = true)]
    Unlock(Later),
}

impl Command {
    /// Whether modules are used in the process that runs it. `modules` looks at each in a process of its own.
    pub(crate) fn calls_modules(&self) -> bool {
        match self {
            Self::Certificate(command) => matches!(command, certificate::Command::Export(_)),
            Self::Certificates(_) | Self::Sign(_) | Self::Pin(_) | Self::Puk(_) | Self::Doctor(_) => true,
            _ => false,
        }
    }
}

/// A command of later work: whatever stands behind it is not looked at.
#[derive(Args, Debug)]
pub(crate) struct Later {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    _rest: Vec<OsString>,
}

/// Reads the command line; its help is in the person's language.
pub(crate) fn read(given: &[OsString]) -> std::result::Result<Arguments, clap::Error> {
    Arguments::from_arg_matches(&tree(language_of(given)).try_get_matches_from(given)?)
}

/// Every command and option, with its help in this language.
pub(crate) fn tree(language: Language) -> clap::Command {
    match language {
        Language::English => Arguments::command(),
        Language::Turkish => help::in_turkish(Arguments::command()),
    }
}

/// The command that is meant, as far as its name is one: `eimza pin change`.
pub(crate) fn named(given: &[OsString]) -> String {
    let mut command = &Arguments::command();
    let mut name = String::from("eimza");
    for argument in given.iter().skip(1).filter_map(|argument| argument.to_str()) {
        if let Some(below) = command.find_subcommand(argument) {
            command = below;
            name = format!("{name} {argument}");
        }
    }
    name
}

/// The language that is asked for, even where the rest cannot be read.
fn language_of(given: &[OsString]) -> Language {
    let texts: Vec<&str> = given.iter().filter_map(|argument| argument.to_str()).collect();
    let mut named = texts.windows(2).filter_map(|pair| match pair {
        ["--lang", name] => language(name).ok(),
        [_, argument] => language(argument.strip_prefix("--lang=")?).ok(),
        _ => None,
    });
    named.next().unwrap_or_else(language_of_environment)
}

/// Prints what clap has to say: help, the version, or why the arguments were refused. Values are not repeated, since
/// one of them may be a PIN that somebody typed where none belongs.
pub(crate) fn refused(error: &clap::Error, given: &[OsString]) -> u8 {
    if !error.use_stderr() {
        // Help and version were asked for.
        let _ = error.print();
        return exit::DONE;
    }
    let has = |wanted: &str| given.iter().any(|argument| argument == wanted);
    let output = Output { json: has("--json"), language: language_of(given), reveals: false };
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !output.json {
        let _ = error.print();
        return exit::USAGE;
    }
    output.failed(&failure(error))
}

fn failure(error: &clap::Error) -> Failure {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let argument = if argument.starts_with('-') || argument.starts_with('<') { argument } else { String::new() };
    let what = argument.split(['=', ' ']).next().unwrap_or_default();
    let source = std::error::Error::source(error);
    if source.is_some_and(|source| source.is::<ComesLater>()) {
        return later(what);
    }
    let (english, turkish) = match error.kind() {
        ErrorKind::UnknownArgument if what.is_empty() => {
            ("There is one argument too many.".into(), "Fazladan bir argüman var.".into())
        }
        ErrorKind::UnknownArgument => {
            let meant = Meant(context(ContextKind::SuggestedArg));
            (
                format!("There is no option {what} here.{}", meant.english()),
                format!("Burada {what} diye bir seçenek yok.{}", meant.turkish()),
            )
        }
        ErrorKind::InvalidSubcommand => {
            let meant = Meant(context(ContextKind::SuggestedSubcommand));
            (
                format!("There is no such command.{}", meant.english()),
                format!("Böyle bir komut yok.{}", meant.turkish()),
            )
        }
        ErrorKind::MissingRequiredArgument => (format!("{argument} is missing."), format!("{argument} eksik.")),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ("A command is missing.".into(), "Komut eksik.".into())
        }
        ErrorKind::ArgumentConflict => {
            let prior = context(ContextKind::PriorArg);
            (format!("{argument} cannot stand beside {prior}."), format!("{argument}, {prior} ile birlikte verilemez."))
        }
        _ => {
            let known = context(ContextKind::ValidValue);
            let (english, turkish) = match source.and_then(|source| source.downcast_ref()) {
                Some(Expected(english, turkish)) => (*english, *turkish),
                None => (known.as_str(), known.as_str()),
            };
            let possible =
                |word: &str, what: &str| if what.is_empty() { String::new() } else { format!(" {word}: {what}.") };
            (
                format!("The value of {argument} cannot be used.{}", possible("Possible", english)),
                format!("{argument} değeri kullanılamaz.{}", possible("Olabilecekler", turkish)),
            )
        }
    };
    usage(english, turkish)
}

/// What may have been meant by a word that nothing is called by; empty where nothing comes near.
struct Meant(String);

impl Meant {
    fn english(&self) -> String {
        if self.0.is_empty() { String::new() } else { format!(" Did you mean {}?", self.0) }
    }

    fn turkish(&self) -> String {
        if self.0.is_empty() { String::new() } else { format!(" Şunu mu demek istediniz: {}?", self.0) }
    }
}

/// The error of options that a later version knows what to do with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ComesLater;

impl fmt::Display for ComesLater {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("comes with a later version")
    }
}

impl std::error::Error for ComesLater {}

/// What a value may be, in English and Turkish: the error of our parsers of values. It never holds the value itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected(pub(crate) &'static str, pub(crate) &'static str);

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl std::error::Error for Expected {}

fn language(value: &str) -> std::result::Result<Language, Expected> {
    match value {
        "tr" => Ok(Language::Turkish),
        "en" => Ok(Language::English),
        _ => Err(Expected("tr or en", "tr ya da en")),
    }
}
