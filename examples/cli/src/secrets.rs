//! Where PINs, PUKs, passwords and codes come from: a hidden prompt, a variable, a descriptor, a file. Never an argument.

mod terminal;

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use eimza_core::Error;
use eimza_sys::descriptor;
use zeroize::{Zeroize, Zeroizing};

use crate::arguments::Expected;
use crate::failure::{Failure, Result, usage};
use crate::line::Deadline;
use crate::output::Output;

/// More than any secret has; what is longer is read no further.
const LIMIT: u64 = 4096;

/// What a person is asked for, and the option that names a source instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    english: &'static str,
    turkish: &'static str,
    pub(crate) option: &'static str,
}

impl Question {
    pub(crate) const fn new(english: &'static str, turkish: &'static str, option: &'static str) -> Self {
        Self { english, turkish, option }
    }

    /// What the person is asked for, in the person's language.
    pub(crate) fn text(&self, output: &Output) -> &'static str {
        output.pick(self.english, self.turkish)
    }
}

/// Where a secret comes from: `env:NAME`, `fd:N` or `file:PATH`.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Environment(String),
    Descriptor { number: u32, is_open: bool },
    File(PathBuf),
}

impl Source {
    /// The file that it is read from, if it is one.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Environment(_) => None,
            Self::Descriptor { number, .. } => Some(descriptor_path(*number)),
            Self::File(path) => Some(path.clone()),
        }
    }
}

fn descriptor_path(number: u32) -> PathBuf {
    format!("/dev/fd/{number}").into()
}

/// Reads an option's value. What cannot be read is not repeated: it may be the secret itself.
pub(crate) fn source(value: &str) -> std::result::Result<Source, Expected> {
    const EXPECTED: Expected = Expected("env:NAME, fd:N or file:PATH", "env:AD, fd:N ya da file:YOL");
    match value.split_once(':').ok_or(EXPECTED)? {
        ("env", name) if !name.is_empty() && !name.contains('=') => Ok(Source::Environment(name.to_owned())),
        ("fd", number) => {
            let number = number.parse().map_err(|_| EXPECTED)?;
            // Looked at before the command opens anything, which may get a number that was free.
            Ok(Source::Descriptor { number, is_open: descriptor::duplicate(number).is_ok() })
        }
        ("file", path) if !path.is_empty() => Ok(Source::File(path.into())),
        _ => Err(EXPECTED),
    }
}

/// Reads a secret from its source, else asks for it on the terminal. One line end behind it is dropped, and the mark that
/// some editors put in front of UTF-8.
///
/// `make` builds the secret's own type; the octets that are left here are wiped.
pub(crate) fn obtain<S>(
    source: Option<&Source>,
    question: &Question,
    output: &Output,
    make: impl FnOnce(Vec<u8>) -> eimza_core::Result<S>,
) -> Result<S> {
    let octets = match source {
        Some(source) => read(source, question)?,
        None => ask(question, None, output)?,
    };
    secret(octets, question, make)
}

/// Asks for a secret on the terminal, and no longer than there is time.
///
/// # Errors
/// [`Error::CodeExpired`] where the time runs out first.
pub(crate) fn obtain_before<S>(
    deadline: Option<Deadline<'_>>,
    question: &Question,
    output: &Output,
    make: impl FnOnce(Vec<u8>) -> eimza_core::Result<S>,
) -> Result<S> {
    secret(ask(question, deadline, output)?, question, make)
}

fn secret<S>(
    mut octets: Zeroizing<Vec<u8>>,
    question: &Question,
    make: impl FnOnce(Vec<u8>) -> eimza_core::Result<S>,
) -> Result<S> {
    drop_mark(&mut octets);
    drop_line_end(&mut octets);
    if octets.contains(&b'\n') {
        // Two secrets in one source, or an empty line: sending it all would spend a try for nothing.
        return Err(usage(
            format!(
                "The source of {} holds more than one line ({}); it was not used.",
                question.option, question.english
            ),
            format!("{} kaynağında birden çok satır var ({}); kullanılmadı.", question.option, question.turkish),
        ));
    }
    Ok(make(std::mem::take(&mut *octets))?)
}

/// Whether there is a terminal to ask on.
pub(crate) fn can_ask() -> bool {
    terminal::is_there()
}

/// Refuses what was typed differently the second time.
pub(crate) fn same(first: &[u8], second: &[u8]) -> Result<()> {
    if first == second {
        return Ok(());
    }
    Err(usage("The two entries differ; nothing was changed.", "İki giriş farklı; hiçbir şey değiştirilmedi."))
}

fn read(source: &Source, question: &Question) -> Result<Zeroizing<Vec<u8>>> {
    match source {
        Source::Environment(name) => match std::env::var_os(name) {
            Some(value) => Ok(Zeroizing::new(value.into_encoded_bytes())),
            None => Err(usage(
                format!("The variable {name} of {} is not set.", question.option),
                format!("{} ile verilen {name} değişkeni tanımlı değil.", question.option),
            )),
        },
        // Standard input too: what reads it for others keeps a buffer that is never wiped.
        Source::Descriptor { number, is_open } => {
            let opened = if *is_open { descriptor::duplicate(*number) } else { Err(io::ErrorKind::NotFound.into()) };
            read_all(opened, descriptor_path(*number))
        }
        Source::File(path) => read_all(File::open(path), path.clone()),
    }
}

fn read_all(opened: io::Result<File>, path: PathBuf) -> Result<Zeroizing<Vec<u8>>> {
    // The buffer never grows, so that nothing is left behind in memory given back.
    let mut octets = Zeroizing::new(Vec::with_capacity(8192));
    match opened.and_then(|file| file.take(LIMIT).read_to_end(&mut octets)) {
        Ok(_) => Ok(octets),
        Err(source) => Err(Failure::from(Error::InputUnreadable { path, source }).of_an_option()),
    }
}

fn ask(question: &Question, deadline: Option<Deadline<'_>>, output: &Output) -> Result<Zeroizing<Vec<u8>>> {
    terminal::ask(&format!("{}: ", question.text(output)), deadline).map_err(|error| match error.kind() {
        io::ErrorKind::TimedOut => Error::CodeExpired.into(),
        // Ctrl-D; and Ctrl-C, where it is no signal.
        io::ErrorKind::UnexpectedEof | io::ErrorKind::Interrupted => Error::Cancelled.into(),
        _ => usage(
            format!(
                "There is no terminal to ask on ({}); name a source such as {} env:NAME.",
                question.english, question.option
            ),
            format!(
                "Soru sorulacak bir uçbirim yok ({}); {} env:AD gibi bir kaynak verin.",
                question.turkish, question.option
            ),
        ),
    })
}

fn drop_mark(octets: &mut Vec<u8>) {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    if octets.starts_with(MARK) {
        octets.drain(..MARK.len());
    }
}

fn drop_line_end(octets: &mut Vec<u8>) {
    for end in [b'\n', b'\r'] {
        if octets.last() == Some(&end) {
            // The octet is wiped with the rest.
            octets.last_mut().into_iter().for_each(Zeroize::zeroize);
            octets.pop();
        } else if end == b'\n' {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_end_is_dropped() {
        for (read, kept) in [
            ("12\n", "12"),
            ("12\r\n", "12"),
            ("12\n\n", "12\n"),
            ("12\r", "12\r"),
            ("12 ", "12 "),
            ("\n", ""),
            ("", ""),
        ] {
            let mut octets = read.as_bytes().to_vec();
            drop_line_end(&mut octets);
            assert_eq!(octets, kept.as_bytes(), "{read:?}");
        }
    }

    #[test]
    fn one_mark_in_front_is_dropped() {
        for (read, kept) in
            [("\u{feff}12", "12"), ("\u{feff}\u{feff}12", "\u{feff}12"), ("1\u{feff}2", "1\u{feff}2"), ("", "")]
        {
            let mut octets = read.as_bytes().to_vec();
            drop_mark(&mut octets);
            assert_eq!(octets, kept.as_bytes(), "{read:?}");
        }
    }

    #[test]
    fn a_source_is_never_the_secret() {
        for wrong in ["123456", "env:", "fd:x", "file:", "pin:1", "fd:-1", "env:A=B", ""] {
            assert!(source(wrong).is_err(), "{wrong}");
        }
        assert!(matches!(source("fd:3"), Ok(Source::Descriptor { number: 3, .. })));
    }
}
