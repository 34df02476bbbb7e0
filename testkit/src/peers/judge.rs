//! Programs that come to a verdict, asked about many files at once.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Question, bouncycastle, dss};
use crate::base64::encode_pem;
use crate::run::run;
use crate::{component, folders};

/// A program that judges with anchors, status data and a time. What each leaves out is told in `tests/peers/README.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judge {
    /// EU DSS.
    Dss,
    /// pyHanko's verdict by EN 319 102-1.
    PyHanko,
    /// `openssl cms -verify -cades -crl_check_all`.
    OpenSsl,
    /// Our program around BouncyCastle.
    BouncyCastle,
}

/// What a program says of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// `PASSED`, a sub-indication of EN 319 102-1, `REFUSED` where the program knows none, or `ERROR` where it has no verdict.
    pub short: String,
    /// The level that it names, where it names one: `BASELINE-LTA`.
    pub level: Option<String>,
    /// What it said.
    pub said: String,
}

impl Judge {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Dss, Self::PyHanko, Self::OpenSsl, Self::BouncyCastle];

    /// The verdicts, in the order of the questions; `None` where the program is not installed.
    ///
    /// # Panics
    /// When it ends without having answered all.
    #[must_use]
    #[track_caller]
    pub fn verdicts(self, questions: &[Question]) -> Option<Vec<Verdict>> {
        match self {
            Self::Dss => dss().map(|dss| questions.iter().map(|question| by_dss(dss.judge(question))).collect()),
            Self::OpenSsl => questions.iter().map(by_openssl).collect(),
            Self::BouncyCastle => Some(listed(bouncycastle::program("Judge")?, questions)),
            Self::PyHanko => {
                let mut command =
                    Command::new(component(&folders::testbed().join("venv/bin/python").to_string_lossy())?);
                command.arg(folders::project().join("tests/peers/judge.py")).env("PYTHONDONTWRITEBYTECODE", "1");
                Some(listed(command, questions))
            }
        }
    }
}

/// The worst of the signers decides; counter-signatures are no signers.
fn by_dss(answer: Result<super::Judgement, String>) -> Verdict {
    let judgement = match answer {
        Ok(judgement) => judgement,
        Err(said) => return Verdict { short: "ERROR".to_owned(), level: None, said },
    };
    let signers = judgement.signatures.iter().filter(|signature| !signature.is_counter);
    let rank = |indication: &str| ["TOTAL_PASSED", "INDETERMINATE"].iter().position(|name| *name == indication);
    let worst = signers.max_by_key(|signature| rank(&signature.indication).unwrap_or(2));
    let short = match worst {
        None => "ERROR",
        Some(signature) if signature.indication == "TOTAL_PASSED" => "PASSED",
        Some(signature) if signature.sub_indication == "-" => &signature.indication,
        Some(signature) => &signature.sub_indication,
    };
    let level = judgement.signatures.first().map(|first| first.format.replace("CAdES-", ""));
    Verdict { short: short.to_owned(), level, said: format!("{judgement:#?}") }
}

/// Only a self-signed certificate ends a path, so everything may lie in one store; without `-binary` line ends are changed.
fn by_openssl(question: &Question) -> Option<Verdict> {
    let mut command = Command::new(component("openssl")?);
    let folder = folders::scratch("openssl");
    let certificates = question.anchors.iter().chain(&question.others).map(|der| encode_pem("CERTIFICATE", der));
    let crls = question.crls.iter().map(|der| encode_pem("X509 CRL", der));
    let store = write(&folder, "store.pem", certificates.chain(crls).collect::<String>().as_bytes());
    let mut when = Command::new("date");
    let seconds = run(when.args(["+%s", "-d", &question.time])).expect_success();
    command.args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-out", "/dev/null"]);
    command.args(["-crl_check_all", "-attime", seconds.lines().last().unwrap_or_default()]);
    command.arg("-in").arg(write(&folder, "signature", &question.signature)).arg("-CAfile").arg(store);
    if let Some(content) = &question.content {
        command.arg("-content").arg(write(&folder, "content", content));
    }
    let answer = run(&mut command);
    let short = if answer.success { "PASSED" } else { "REFUSED" };
    Some(Verdict { short: short.to_owned(), level: None, said: answer.output })
}

/// By a program that reads a list of questions and ends each answer with a line `=== VERDICT`.
#[track_caller]
fn listed(mut command: Command, questions: &[Question]) -> Vec<Verdict> {
    let folder = folders::scratch("judge");
    let line = |(at, question): (usize, &Question)| question.words(&folder.join(at.to_string())) + "\n";
    let list = write(&folder, "list", questions.iter().enumerate().map(line).collect::<String>().as_bytes());
    let output = run(command.arg(list)).expect_success();
    let mut verdicts = Vec::new();
    let mut said = String::new();
    for line in output.lines() {
        match line.strip_prefix("=== ") {
            Some(short) => {
                verdicts.push(Verdict { short: short.to_owned(), level: None, said: std::mem::take(&mut said) })
            }
            None => said += &format!("{line}\n"),
        }
    }
    assert_eq!(verdicts.len(), questions.len(), "not all were answered:\n{output}");
    verdicts
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("scratch is writable");
    path
}
