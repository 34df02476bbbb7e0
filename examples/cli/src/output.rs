//! What the person or the script sees: sentences in their language, or one line of JSON per result.

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use eimza_core::Language;
use eimza_core::shown_text::{printable, shown};
use serde::Serialize;

use crate::arguments::Common;
use crate::failure::Failure;
use crate::{apart, exit};

/// Whether a result could not be printed.
static LOST: AtomicBool = AtomicBool::new(false);

/// How this run prints.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Output {
    pub(crate) json: bool,
    pub(crate) language: Language,
    /// Whether the person asked for national ids in clear.
    pub(crate) reveals: bool,
}

impl Output {
    pub(crate) fn new(common: &Common) -> Self {
        Self {
            json: common.json,
            language: common.lang.unwrap_or_else(language_of_environment),
            reveals: common.show_personal_data,
        }
    }

    /// The sentence in the person's language.
    pub(crate) fn pick<T>(&self, english: T, turkish: T) -> T {
        match self.language {
            Language::English => english,
            Language::Turkish => turkish,
        }
    }

    /// Prints one result: its JSON for scripts, `text` for people.
    pub(crate) fn result(&self, json: &impl Serialize, text: impl FnOnce() -> String) {
        let line = if self.json { serde_json::to_string(json).unwrap_or_default() } else { text() };
        print_line(&line, self.language);
    }

    /// Prints the result of what has been done for good. Where it cannot be printed, it has been done all the same: the exit
    /// code does not say that anything was left as it was.
    pub(crate) fn done(&self, json: &impl Serialize, text: impl FnOnce() -> String) {
        self.result(json, text);
        self.has_been_done();
    }

    /// Notes that the last result has been done for good, whether or not it could be printed.
    pub(crate) fn has_been_done(&self) {
        if LOST.swap(false, Ordering::Relaxed) {
            self.warn(
                "What was asked for has been done; only its result could not be printed.",
                "İstenen yapıldı; yalnızca sonucu yazılamadı.",
            );
        }
    }

    /// Prints a line for people; scripts do not see it.
    pub(crate) fn say(&self, english: impl AsRef<str>, turkish: impl AsRef<str>) {
        if !self.json {
            print_line(self.pick(english.as_ref(), turkish.as_ref()), self.language);
        }
    }

    /// Prints a page of help, which is for people only.
    pub(crate) fn help(&self, page: &str) {
        print_line(page.trim_end(), self.language);
    }

    /// Says on standard error what should be known though it stops nothing.
    pub(crate) fn warn(&self, english: impl AsRef<str>, turkish: impl AsRef<str>) {
        complain(self.pick(english.as_ref(), turkish.as_ref()));
    }

    /// A text of somebody else, such as a path: without what a terminal would obey, and national ids masked unless the
    /// person asked for them.
    pub(crate) fn shown(&self, text: &str) -> String {
        if self.reveals { printable(text) } else { shown(text) }
    }

    /// A path as it is printed.
    pub(crate) fn path(&self, path: &Path) -> String {
        self.shown(&path.to_string_lossy())
    }

    /// Prints a failure and says the exit code.
    pub(crate) fn failed(&self, failure: &Failure) -> u8 {
        if self.json {
            print_line(&serde_json::Value::Object(failure.json(self)).to_string(), self.language);
        }
        let (happened, remedy) = failure.sentence(self.language);
        match failure.file() {
            Some(file) if !happened.contains(&*file.to_string_lossy()) => {
                complain(&format!("eimza: {}: {happened}", self.path(file)));
            }
            _ => complain(&format!("eimza: {happened}")),
        }
        complain(&format!("       {remedy}"));
        if let Some((english, turkish)) = failure.hint() {
            complain(&format!("       {}", self.pick(english, turkish)));
        }
        failure.exit_code()
    }
}

/// Turkish for those whose system speaks it, else English.
pub(crate) fn language_of_environment() -> Language {
    let set = |name: &&str| std::env::var_os(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set).unwrap_or_default();
    // `tr_TR.UTF-8`, and not `trv_TW.UTF-8`; the C library knows the whole word too.
    let locale = locale.to_string_lossy().to_ascii_lowercase();
    match locale.split(['_', '.', '@', '-']).next() {
        Some("tr" | "turkish") => Language::Turkish,
        _ => Language::English,
    }
}

/// Whether a result could not be printed.
pub(crate) fn is_lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

/// The exit code of a run that ended with `code`: a result that could not be printed was not given.
pub(crate) fn code_after_printing(code: u8) -> u8 {
    let is_about_a_result = matches!(code, exit::DONE | exit::FAILED | exit::INDETERMINATE);
    if is_about_a_result && is_lost() { exit::OUTPUT } else { code }
}

/// A reader that went away (`eimza … | head`) is no reason to complain; a full disk is.
fn print_line(line: &str, language: Language) {
    let written = match apart::results() {
        Some(mut results) => results.write_all(format!("{line}\n").as_bytes()),
        None => writeln!(io::stdout().lock(), "{line}"),
    };
    let Err(error) = written else { return };
    let is_told = error.kind() == io::ErrorKind::BrokenPipe || LOST.swap(true, Ordering::Relaxed);
    if !is_told {
        // Of a file it would be said that nothing has changed; what printed its result may have changed much.
        let is_full = error.kind() == io::ErrorKind::StorageFull;
        complain(match (language, is_full) {
            (Language::English, true) => "eimza: The result cannot be printed: the disk is full.",
            (Language::English, false) => "eimza: The result cannot be printed.",
            (Language::Turkish, true) => "eimza: Sonuç yazılamıyor: disk dolu.",
            (Language::Turkish, false) => "eimza: Sonuç yazılamıyor.",
        });
    }
}

fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
