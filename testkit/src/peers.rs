//! Other people's programs that sign and verify CMS: OpenSSL, pyHanko, BouncyCastle, pkijs.
//!
//! A file of ours has to be verified by all of them, a file of theirs has to be read by us. What each of them does not
//! look at is told in `tests/peers/README.md`.
//!
//! ```no_run
//! use eimza_testkit::peers::{self, Order, Peer};
//! # let (ours, content): (Vec<u8>, Vec<u8>) = Default::default();
//! peers::expect_all_verify(&ours, Some(&content));                        // a detached signature
//! let theirs = Peer::BouncyCastle.sign(&Order::new("nes-p384").streamed(), &content);
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Outcome, run};
use crate::{folders, pki};

mod bouncycastle;
mod openssl;
mod order;

pub use order::{Order, Trust};

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
        let folder = folders::scratch("verify");
        let (anchor, others) =
            (write(&folder, "anchor.pem", &trust.anchor), write(&folder, "others.pem", &trust.others));
        let signature = write(&folder, "s.p7s", signature);
        let content = content.map(|content| write(&folder, "content", content));
        if self == Self::OpenSsl {
            return openssl::verify(&anchor, &others, &signature, content.as_deref());
        }
        let mut command = self.program()?;
        command.arg("verify").arg("--signature").arg(signature);
        command.arg("--anchor").arg(anchor).arg("--others").arg(others);
        if let Some(content) = content {
            command.arg("--content").arg(content);
        }
        Some(run(&mut command))
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
        match self {
            Self::OpenSsl => true,
            Self::BouncyCastle => usual,
            Self::PyHanko | Self::Pkijs => usual && !order.streamed,
        }
    }

    fn program(self) -> Option<Command> {
        let source = |name: &str| folders::project().join("tests/peers").join(name);
        match self {
            Self::OpenSsl => None,
            Self::PyHanko => interpreted(folders::testbed().join("venv/bin/python"), &source("peer.py")),
            Self::BouncyCastle => bouncycastle::program(&source("Peer.java")),
            Self::Pkijs => {
                crate::component(&folders::testbed().join("node/node_modules/pkijs").to_string_lossy())?;
                let own = folders::testbed().join("node-bin/node");
                interpreted(if own.exists() { own } else { crate::component("node")? }, &source("peer.mjs"))
            }
        }
    }
}

/// Makes sure that every peer verifies; returns how many were asked.
///
/// # Panics
/// When one refuses, with what it said.
#[track_caller]
pub fn expect_all_verify(signature: &[u8], content: Option<&[u8]>) -> usize {
    let answers = Peer::ALL.into_iter().filter_map(|peer| peer.verify(signature, content).map(|answer| (peer, answer)));
    answers.map(|(peer, answer)| assert!(answer.success, "{peer:?} refuses:\n{}", answer.output)).count()
}

fn interpreted(interpreter: PathBuf, source: &Path) -> Option<Command> {
    let mut command = Command::new(crate::component(&interpreter.to_string_lossy())?);
    command.arg(source).env("EIMZA_TESTBED", folders::testbed()).env("PYTHONDONTWRITEBYTECODE", "1");
    Some(command)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("scratch is writable");
    path
}
