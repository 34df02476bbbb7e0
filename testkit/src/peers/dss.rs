//! EU DSS: verdicts by EN 319 102-1, what became of every time-stamp, and signatures of all baseline levels.

use std::fs;
use std::sync::{Mutex, OnceLock};

use super::conversation::Conversation;
use super::java::{self, Pace};
use super::{Authority, Question};
use crate::{component, folders, pki};

/// EU DSS in a Java that was started once for the whole test process.
#[derive(Debug)]
pub struct Dss(Mutex<Conversation>);

/// EU DSS; `None` where it is not installed.
#[must_use]
pub fn dss() -> Option<&'static Dss> {
    static DSS: OnceLock<Option<Dss>> = OnceLock::new();
    DSS.get_or_init(|| Dss::start(Pace::Short)).as_ref()
}

/// What DSS says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Every signature, counter-signatures too.
    pub signatures: Vec<JudgedSignature>,
    /// Every time-stamp of the file, in DSS's order.
    pub stamps: Vec<JudgedStamp>,
    /// Why, in its own words.
    pub because: Vec<String>,
}

/// The verdict over a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedSignature {
    /// `TOTAL_PASSED`, `INDETERMINATE` or `TOTAL_FAILED`.
    pub indication: String,
    /// The sub-indication by its standard name; `-` for none.
    pub sub_indication: String,
    /// The level by its structure: `CAdES-BASELINE-LTA` and so on.
    pub format: String,
    /// Whether the signature value holds over digest and attributes.
    pub is_intact: bool,
    /// Whether it is a counter-signature.
    pub is_counter: bool,
}

/// What was recomputed of a time-stamp (diagnostic data).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedStamp {
    /// `SIGNATURE_TIMESTAMP` and so on; archive time-stamps with their kind, those with an index with its version too.
    pub kind: String,
    /// Whether what it is over was found.
    pub is_found: bool,
    /// Whether the imprint is that of what was found.
    pub is_intact: bool,
    /// Whether the signature value of the token holds.
    pub is_signed: bool,
}

impl JudgedStamp {
    /// Found, with the right imprint, and signed.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.is_found && self.is_intact && self.is_signed
    }
}

/// A baseline signature that DSS shall make with a person of the authority.
#[derive(Clone, Debug)]
pub struct BaselineOrder {
    /// `B`, `T`, `LT` or `LTA`.
    pub level: &'static str,
    /// `rsa`, `p256` or `p384`.
    pub signer: &'static str,
    /// RSA with PSS padding.
    pub pss: bool,
    /// The content stays outside.
    pub detached: bool,
    /// With a content-time-stamp.
    pub content_time_stamp: bool,
}

impl BaselineOrder {
    /// An attached signature of this person, RSA PKCS#1 v1.5 or ECDSA as the key is.
    #[must_use]
    pub fn new(level: &'static str, signer: &'static str) -> Self {
        Self { level, signer, pss: false, detached: false, content_time_stamp: false }
    }
}

impl Dss {
    /// One of its own, which gets as fast as Java makes it when it is asked long enough; `None` where it is not installed.
    #[must_use]
    pub fn for_measurements() -> Option<Self> {
        Self::start(Pace::Long)
    }

    fn start(pace: Pace) -> Option<Self> {
        let jars = component(&folders::testbed().join("dss").to_string_lossy())?;
        let mut command = java::program("dss", &format!("{}/*", jars.display()), "Dss", pace)?;
        Some(Self(Mutex::new(Conversation::start(&mut command))))
    }

    /// Judges a file; an error where DSS does not take it for a signature at all.
    ///
    /// # Errors
    /// DSS's own words.
    pub fn judge(&self, question: &Question) -> Result<Judgement, String> {
        let words = question.words(&folders::scratch("dss"));
        self.ask(&format!("judge\t{words}")).map(|lines| Judgement::read(&lines))
    }

    /// Judges a file so many times in a row inside of DSS: the judgement, and the nanoseconds of one.
    ///
    /// # Errors
    /// DSS's own words.
    pub fn judge_often(&self, question: &Question, times: u32) -> Result<(Judgement, u64), String> {
        let words = question.words(&folders::scratch("dss"));
        let mut lines = self.ask(&format!("judge-often\t--times\t{times}\t{words}"))?;
        let took = lines.pop().and_then(|line| line.strip_prefix("took\t")?.parse().ok());
        Ok((Judgement::read(&lines), took.ok_or("it did not say how long it took")?))
    }

    /// Signs.
    ///
    /// # Panics
    /// When DSS cannot.
    #[must_use]
    pub fn sign(&self, authority: &Authority, order: &BaselineOrder, content: &[u8]) -> Vec<u8> {
        let mut words = format!("\t--key\t{}", pki::private_key_path(authority.key_of(order.signer)).display());
        let flags =
            [("pss", order.pss), ("detached", order.detached), ("content-time-stamp", order.content_time_stamp)];
        flags.iter().filter(|(_, wanted)| *wanted).for_each(|(flag, _)| words += &format!("\t--{flag}\tyes"));
        let digest = if order.signer == "p384" { "sha384" } else { "sha256" };
        words += &format!("\t--digest\t{digest}");
        let files = [("certificate", authority.certificate(order.signer)), ("content", content.to_vec())];
        self.make("sign", authority, order.level, &words, &files)
    }

    /// Raises a signature to a higher level; `content` is that of a detached one.
    ///
    /// # Panics
    /// When DSS cannot.
    #[must_use]
    pub fn extend(&self, authority: &Authority, level: &str, signature: &[u8], content: Option<&[u8]>) -> Vec<u8> {
        let mut files = vec![("signature", signature.to_vec())];
        let mut words = "";
        if let Some(content) = content {
            files.push(("content", content.to_vec()));
            words = "\t--detached\tyes";
        }
        self.make("extend", authority, level, words, &files)
    }

    fn make(
        &self,
        command: &str,
        authority: &Authority,
        level: &str,
        words: &str,
        files: &[(&str, Vec<u8>)],
    ) -> Vec<u8> {
        let folder = folders::scratch("dss");
        let mut line = format!("{command}\t--level\t{level}\t--tsa\t{}{words}", authority.time_stamps());
        let anchor = ("anchors", authority.certificate("root"));
        for (name, octets) in files.iter().chain([&anchor]) {
            let path = folder.join(name);
            fs::write(&path, octets).expect("scratch is writable");
            line += &format!("\t--{name}\t{}", path.display());
        }
        let out = folder.join("out");
        line += &format!("\t--out\t{}", out.display());
        self.ask(&line).unwrap_or_else(|error| panic!("DSS cannot {command}: {error}"));
        fs::read(out).expect("it said that it wrote it")
    }

    fn ask(&self, line: &str) -> Result<Vec<String>, String> {
        // A test that failed while it asked has read its answer, or the program is gone anyway.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).ask(line)
    }
}

impl Judgement {
    fn read(lines: &[String]) -> Self {
        let mut judgement = Self { signatures: Vec::new(), stamps: Vec::new(), because: Vec::new() };
        for line in lines {
            let fields: Vec<&str> = line.split('\t').collect();
            match fields.as_slice() {
                ["signature", indication, sub_indication, format, intact, role] => {
                    judgement.signatures.push(JudgedSignature {
                        indication: (*indication).to_owned(),
                        sub_indication: (*sub_indication).to_owned(),
                        format: (*format).to_owned(),
                        is_intact: *intact == "true",
                        is_counter: *role == "counter",
                    });
                }
                ["stamp", kinds @ .., found, intact, signed] => judgement.stamps.push(JudgedStamp {
                    kind: kinds.iter().filter(|kind| **kind != "-").copied().collect::<Vec<_>>().join(" "),
                    is_found: *found == "true",
                    is_intact: *intact == "true",
                    is_signed: *signed == "true",
                }),
                ["because", why] => judgement.because.push((*why).to_owned()),
                _ => panic!("what does DSS mean by {line:?}?"),
            }
        }
        judgement
    }
}
