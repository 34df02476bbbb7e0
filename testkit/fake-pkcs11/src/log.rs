//! One line for each call that matters, so that a test can say: no try was spent.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use cryptoki_sys::{CK_RV, CK_ULONG};

/// One call that reached the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The PKCS#11 function.
    pub function: String,
    /// What was special: for `C_Login` who logged in, for `C_FindObjectsInit` the attributes.
    pub detail: String,
    /// What the module answered.
    pub answer: CK_RV,
}

/// Reads the log; an absent one is empty.
pub fn calls(log: &Path) -> Vec<Call> {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    text.lines().filter_map(read).collect()
}

fn read(line: &str) -> Option<Call> {
    let mut words = line.splitn(3, ' ');
    let function = words.next()?.to_owned();
    let answer = CK_RV::from_str_radix(words.next()?, 16).ok()?;
    Some(Call { function, detail: words.next().unwrap_or_default().to_owned(), answer })
}

/// Writes a line and hands the answer on.
pub(crate) fn note(function: &str, detail: &str, answer: CK_RV) -> CK_RV {
    let Some(path) = std::env::var_os("FAKE_PKCS11_LOG") else { return answer };
    if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(path) {
        let _ = file.write_all(format!("{function} {answer:x} {detail}\n").as_bytes());
    }
    answer
}

/// The answer that `FAKE_PKCS11_ANSWERS` has for this function.
pub(crate) fn ordered_answer(function: &str) -> Option<CK_ULONG> {
    let answers = std::env::var("FAKE_PKCS11_ANSWERS").ok()?;
    let (_, value) =
        answers.split(',').filter_map(|entry| entry.split_once('=')).find(|(name, _)| *name == function)?;
    CK_ULONG::from_str_radix(value.trim_start_matches("0x"), 16).ok()
}
