//! Why a command ends early, and with which exit code.

use std::path::{Path, PathBuf};

use eimza_core::{Error, Language};
use serde_json::{Map, Value, json};

use crate::output::Output;
use crate::{arguments, exit};

/// What the commands return.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// Why a command ends early.
#[derive(Debug)]
pub(crate) struct Failure(Box<Parts>);

#[derive(Debug)]
struct Parts {
    why: Why,
    code: u8,
    file: Option<PathBuf>,
    beside: Map<String, Value>,
    hint: Option<(&'static str, &'static str)>,
}

#[derive(Debug)]
enum Why {
    Library(Error),
    /// What a process that we started has told of the library's error.
    Told(Value),
    /// In English and Turkish. It shares the number of the library's own complaint about arguments.
    Usage {
        english: String,
        turkish: String,
    },
}

/// A sentence about the wrong usage of the command, in both languages.
pub(crate) fn usage(english: impl Into<String>, turkish: impl Into<String>) -> Failure {
    Failure::new(Why::Usage { english: english.into(), turkish: turkish.into() }, exit::USAGE)
}

impl Failure {
    /// What another process of ours printed about an error of a token.
    pub(crate) fn told(error: &Value) -> Self {
        Self::new(Why::Told(error.clone()), exit::TOKEN)
    }

    fn new(why: Why, code: u8) -> Self {
        Self(Box::new(Parts { why, code, file: None, beside: Map::new(), hint: None }))
    }

    /// The same failure, about this input.
    pub(crate) fn about(mut self, file: &Path) -> Self {
        self.0.file = Some(file.to_owned());
        self
    }

    /// The same failure, with what scripts are told beside it: the state of a PIN after it was refused.
    pub(crate) fn beside(mut self, fields: Map<String, Value>) -> Self {
        self.0.beside = fields;
        self
    }

    /// The same failure, with what can be done about it on this command line, in English and Turkish.
    pub(crate) fn hinted(mut self, hint: (&'static str, &'static str)) -> Self {
        self.0.hint = Some(hint);
        self
    }

    /// The same failure, with what can be done about it where something is known.
    pub(crate) fn hinted_if(self, hint: Option<(&'static str, &'static str)>) -> Self {
        match hint {
            Some(hint) => self.hinted(hint),
            None => self,
        }
    }

    /// The same failure where there is no such command line.
    pub(crate) fn unhinted(mut self) -> Self {
        self.0.hint = None;
        self
    }

    /// The same failure with the exit code of wrong usage: a file that an option names cannot be read.
    pub(crate) fn of_an_option(mut self) -> Self {
        self.0.code = exit::USAGE;
        self
    }

    /// The same failure with the exit code of what is wrong with a token.
    pub(crate) fn of_a_token(mut self) -> Self {
        self.0.code = exit::TOKEN;
        self
    }

    pub(crate) fn exit_code(&self) -> u8 {
        self.0.code
    }

    /// The input that it is about.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.0.file.as_deref()
    }

    /// The library's error, if it is one.
    pub(crate) fn error(&self) -> Option<&Error> {
        match &self.0.why {
            Why::Library(error) => Some(error),
            Why::Told(_) | Why::Usage { .. } => None,
        }
    }

    /// What happened, and what to do now.
    pub(crate) fn sentence(&self, language: Language) -> (String, String) {
        match (&self.0.why, language) {
            (Why::Library(error), _) => {
                let sentence = error.sentence(language);
                (sentence.happened, sentence.remedy.to_owned())
            }
            (Why::Told(error), _) => {
                let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                (text("message"), text("remedy"))
            }
            (Why::Usage { english, .. }, Language::English) => (english.clone(), format!("See `{} --help`.", named())),
            (Why::Usage { turkish, .. }, Language::Turkish) => {
                (turkish.clone(), format!("`{} --help` komutuna bakın.", named()))
            }
        }
    }

    /// What the library's remedy comes to on this command line.
    pub(crate) fn hint(&self) -> Option<(&'static str, &'static str)> {
        self.0.hint
    }

    /// As scripts read it.
    pub(crate) fn json(&self, output: &Output) -> Map<String, Value> {
        let (message, remedy) = self.sentence(output.language);
        let error = match &self.0.why {
            Why::Told(error) => error.clone(),
            Why::Library(error) => {
                json!({ "code": error.code(), "name": error.name(), "message": message, "remedy": remedy })
            }
            Why::Usage { .. } => {
                json!({ "code": 1008, "name": "argument-invalid", "message": message, "remedy": remedy })
            }
        };
        let mut object = Map::new();
        if let Some(file) = &self.0.file {
            object.insert("file".into(), output.path(file).into());
        }
        object.insert("error".into(), error);
        object.extend(self.0.beside.clone());
        object
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let (code, hint) = (exit::of(&error), hint(&error));
        let mut failure = Self::new(Why::Library(error), code);
        failure.0.hint = hint;
        failure
    }
}

/// The command that was called, as far as its name was understood: `eimza pin change`.
fn named() -> String {
    arguments::named(&std::env::args_os().collect::<Vec<_>>())
}

/// What to do about an error on the usual command line.
fn hint(error: &Error) -> Option<(&'static str, &'static str)> {
    Some(match error {
        Error::PinFinalTry => (
            "Here: --spend-last-try, if you are sure; a forgotten PIN is set anew with `eimza pin unblock`.",
            "Burada: eminseniz --spend-last-try; unutulan PIN `eimza pin unblock` ile yeniden belirlenir.",
        ),
        Error::PukFinalTry => (
            "Here: --spend-last-try, only with the PUK that you were given; wrong PUKs make a card useless for good.",
            "Burada: yalnızca size verilen PUK elinizdeyse --spend-last-try; yanlış PUK'lar kartı kalıcı olarak kullanılmaz hâle getirir.",
        ),
        Error::KeyPinNeeded | Error::KeyRefusedPin => (
            "Here: --key-pin-from SOURCE, or a prompt where there is a terminal.",
            "Burada: --key-pin-from KAYNAK; uçbirim varsa sorulur.",
        ),
        Error::KeyPinFinalTry => ("Here: --spend-last-try, if you are sure.", "Burada: eminseniz --spend-last-try."),
        Error::AttemptMemoryUnusable { .. } => (
            "Here: set XDG_STATE_HOME to a folder that can be written; or --spend-last-try, if you are sure.",
            "Burada: XDG_STATE_HOME ile yazılabilir bir klasör verin; ya da eminseniz --spend-last-try.",
        ),
        Error::PinBlocked => ("Here: `eimza pin unblock`.", "Burada: `eimza pin unblock`."),
        Error::PinLengthUnusual { .. } => ("Here: --allow-unusual-pin.", "Burada: --allow-unusual-pin."),
        Error::CertificatesSeveral { .. } => {
            ("Here: --certificate SHA256 or SUBJECT.", "Burada: --certificate SHA256 ya da SAHİP.")
        }
        Error::TokensSeveral { .. } => ("Here: --token ADDRESS.", "Burada: --token ADRES."),
        Error::CertificateNoneFits { .. } => ("See `eimza certificates`.", "`eimza certificates` komutuna bakın."),
        Error::ContentMissing => ("Here: --content FILE.", "Burada: --content DOSYA."),
        _ => return None,
    })
}
