//! Other people's programs that sign and verify CMS: OpenSSL, pyHanko, BouncyCastle, pkijs.
//!
//! A file of ours has to be verified by all of them, a file of theirs has to be read by us. What each of them does not
//! look at is told in `tests/peers/README.md`. [`dss()`] comes to whole verdicts, and makes baseline signatures of all levels
//! with the services of an [`authority()`].
//!
//! ```no_run
//! use eimza_testkit::peers::{self, Order, Peer};
//! # let (ours, content): (Vec<u8>, Vec<u8>) = Default::default();
//! peers::expect_all_verify(&[(&ours, Some(&content))]);                  // a detached signature
//! let theirs = Peer::BouncyCastle.sign(&Order::new("nes-p384").streamed(), &content);
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Outcome, run};
use crate::{folders, pki};

mod authority;
mod bouncycastle;
mod conversation;
mod dss;
mod java;
mod judge;
mod openssl;
mod order;
mod question;

pub use authority::{Authority, authority};
pub use dss::{BaselineOrder, Dss, JudgedSignature, JudgedStamp, Judgement, dss};
pub use judge::{Judge, Verdict};
pub use order::{Order, Trust};
pub use question::Question;

/// A program that knows CMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// `openssl cms -cades`.
    OpenSsl,
    /// pyHanko, from Python.
    PyHanko,
    /// BouncyCastle, from Java.
    BouncyCastle,
    /// pkijs, from Node.
    Pkijs,
}

impl Peer {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::OpenSsl, Self::PyHanko, Self::BouncyCastle, Self::Pkijs];

    /// Verifies under the root of the test PKI; `content` is that of a detached signature.
    ///
    /// `None` where the peer is not installed (which [`crate::component`] has told).
    #[must_use]
    #[track_caller]
    pub fn verify(self, signature: &[u8], content: Option<&[u8]>) -> Option<Outcome> {
        self.verify_under(&Trust::test_pki(), signature, content)
    }

    /// Verifies under an anchor of one's own.
    #[must_use]
    #[track_caller]
    pub fn verify_under(self, trust: &Trust, signature: &[u8], content: Option<&[u8]>) -> Option<Outcome> {
        self.verify_many(trust, &[(signature, content)])?.pop()
    }

    /// Verifies several files by one start of the program; the answers come in the same order.
    ///
    /// # Panics
    /// When the program ends without having answered all.
    #[must_use]
    #[track_caller]
    pub fn verify_many(self, trust: &Trust, files: &[(&[u8], Option<&[u8]>)]) -> Option<Vec<Outcome>> {
        let folder = folders::scratch("verify");
        let (anchor, others) =
            (write(&folder, "anchor.pem", &trust.anchor), write(&folder, "others.pem", &trust.others));
        let written: Vec<_> = files.iter().enumerate().map(|(at, file)| write_file(&folder, at, file)).collect();
        if self == Self::OpenSsl {
            let ask = |(signature, content): &(PathBuf, Option<PathBuf>)| {
                openssl::verify(&anchor, &others, signature, content.as_deref())
            };
            return written.iter().map(ask).collect();
        }
        let line = |(signature, content): &(PathBuf, Option<PathBuf>)| match content {
            Some(content) => format!("{}\t{}\n", signature.display(), content.display()),
            None => format!("{}\n", signature.display()),
        };
        let list = write(&folder, "list", written.iter().map(line).collect::<String>().as_bytes());
        let mut command = self.program()?;
        command.arg("verify-many").arg("--list").arg(list).arg("--anchor").arg(anchor).arg("--others").arg(others);
        let said = run(&mut command).expect_success();
        let answers: Vec<Outcome> = said.split_inclusive("=== ").collect::<Vec<_>>().windows(2).map(answer).collect();
        assert_eq!(answers.len(), files.len(), "{self:?} did not answer all:\n{said}");
        Some(answers)
    }

    /// Signs `content` as ordered.
    ///
    /// # Panics
    /// When the peer is there and cannot do it; see [`Peer::can`].
    #[must_use]
    #[track_caller]
    pub fn sign(self, order: &Order, content: &[u8]) -> Option<Vec<u8>> {
        let folder = folders::scratch("sign");
        let content = write(&folder, "content", content);
        let others = write(&folder, "others.pem", pki::bundle_pem(&order.issuers()).as_bytes());
        let out = folder.join("s.p7s");
        if self == Self::OpenSsl {
            return openssl::sign(order, &folder, &others, &content, &out);
        }
        let mut command = self.program()?;
        command.arg("sign").arg("--certificate").arg(pki::certificate_path(&order.signer));
        command.arg("--key").arg(pki::private_key_path(&order.signer)).arg("--others").arg(others);
        command.args(["--digest", &order.digest]).arg("--content").arg(content).arg("--out").arg(&out);
        if let Some(address) = &order.time_stamps {
            command.args(["--time-stamps", address]);
        }
        for (flag, wanted) in [("--detached", order.detached), ("--stream", order.streamed), ("--pss", order.pss)] {
            if wanted {
                command.args([flag, "yes"]);
            }
        }
        run(&mut command).expect_success();
        Some(fs::read(out).expect("it said that it signed"))
    }

    /// Whether this peer can make such a signature at all.
    #[must_use]
    pub fn can(self, order: &Order) -> bool {
        let usual = order.cades && order.openssl_options.is_empty();
        let stamped = order.time_stamps.is_some();
        match self {
            Self::OpenSsl => !stamped,
            Self::BouncyCastle => usual && !stamped,
            Self::PyHanko => usual && !order.streamed,
            Self::Pkijs => usual && !order.streamed && !stamped,
        }
    }

    fn program(self) -> Option<Command> {
        let source = |name: &str| folders::project().join("tests/peers").join(name);
        match self {
            Self::OpenSsl => None,
            Self::PyHanko => interpreted(folders::testbed().join("venv/bin/python"), &source("peer.py")),
            Self::BouncyCastle => bouncycastle::program("Peer"),
            Self::Pkijs => {
                crate::component(&folders::testbed().join("node/node_modules/pkijs").to_string_lossy())?;
                let own = folders::testbed().join("node-bin/node");
                interpreted(if own.exists() { own } else { crate::component("node")? }, &source("peer.mjs"))
            }
        }
    }
}

/// Makes sure that every peer that is installed verifies all files, each with its content where it is detached.
///
/// # Panics
/// When one refuses, with what it said.
#[track_caller]
pub fn expect_all_verify(files: &[(&[u8], Option<&[u8]>)]) {
    expect_all_verify_under(&Trust::test_pki(), files);
}

/// The same under an anchor of one's own.
///
/// # Panics
/// When one refuses, with what it said.
#[track_caller]
pub fn expect_all_verify_under(trust: &Trust, files: &[(&[u8], Option<&[u8]>)]) {
    for peer in Peer::ALL {
        for (at, answer) in peer.verify_many(trust, files).into_iter().flatten().enumerate() {
            assert!(answer.success, "{peer:?} refuses file {at}:\n{}", answer.output);
        }
    }
}

fn interpreted(interpreter: PathBuf, source: &Path) -> Option<Command> {
    let mut command = Command::new(crate::component(&interpreter.to_string_lossy())?);
    command.arg(source).env("EIMZA_TESTBED", folders::testbed()).env("PYTHONDONTWRITEBYTECODE", "1");
    Some(command)
}

/// What was said before the mark, and the word behind the mark.
fn answer(pair: &[&str]) -> Outcome {
    Outcome { success: pair[1].starts_with("accepted\n"), output: pair[0].to_owned() }
}

fn write_file(folder: &Path, at: usize, (signature, content): &(&[u8], Option<&[u8]>)) -> (PathBuf, Option<PathBuf>) {
    let content = content.map(|content| write(folder, &format!("{at}.content"), content));
    (write(folder, &format!("{at}.p7s"), signature), content)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("scratch is writable");
    path
}
