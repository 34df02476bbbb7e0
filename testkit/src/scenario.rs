//! Declared signatures (`testkit/scenarios`): everything in order, or with one fault, at every level that a line names.
//!
//! A scenario says what it is about, at which levels, what is different, and the verdict. Files are made while the tests run, with keys of the same run; no line of the library takes part.
//!
//! ```
//! use eimza_testkit::scenario::{make, scenarios};
//!
//! for scenario in scenarios("status") {
//!     for (level, form) in scenario.files() {
//!         let made = make(&scenario.but, level, form);
//!         println!("{}: {} octets", scenario.says, made.file.len());
//!     }
//! }
//! ```

mod attributes;
mod certificate;
mod evidence;
mod layers;
mod moment;
pub mod plan;
mod references;
mod side;
mod signing;
mod token;
mod world;

use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

pub use plan::Plan;
pub use world::{CONTENT, Known, Made, make};

/// One line of the list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scenario {
    /// What it is about.
    pub says: String,
    /// At which levels.
    pub levels: Vec<Level>,
    /// Where the content stands, if only one place is meant.
    pub attached: Option<bool>,
    /// What is different from a signature that is in order.
    #[serde(default)]
    pub but: Plan,
    /// What is found; nothing where the signature passes.
    pub fails: Option<Failure>,
    /// The level that is proven, where it is not the usual one.
    pub reaches: Option<String>,
    /// The profile that the verifier demands.
    pub demands: Option<String>,
    /// Whether OpenSSL (`cms -verify -cades`, all authorities trusted) refuses what is refused here too.
    #[serde(default)]
    pub openssl_refuses: bool,
    /// Rules that differ from the Turkish ones: lines of a policy file.
    #[serde(default)]
    pub rules: String,
    /// The time of the judgement, where it is another one than the same day's.
    pub judged: Option<String>,
}

impl Scenario {
    /// Every file to be made: its level and form.
    pub fn files(&self) -> impl Iterator<Item = (Level, Form)> {
        let of_level = |level: &Level| Form::all(*level).into_iter().map(|form| (*level, form)).collect::<Vec<_>>();
        let is_meant = |(_, form): &(Level, Form)| self.attached.is_none_or(|attached| attached == form.is_attached);
        self.levels.iter().flat_map(of_level).filter(is_meant)
    }
}

/// What a bad signature is refused for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The sub-indication of EN 319 102-1.
    pub sub_indication: String,
    /// The check that did not pass.
    pub check: String,
    /// Why.
    pub reason: String,
}

impl<'de> Deserialize<'de> for Failure {
    /// `SUB_INDICATION check reason`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        match <[String; 3]>::try_from(words) {
            Ok([sub_indication, check, reason]) => Ok(Self { sub_indication, check, reason }),
            Err(_) => Err(D::Error::custom(format!("{text:?} is not `SUB_INDICATION check reason`"))),
        }
    }
}

/// How much a signature has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum Level {
    /// Basic.
    #[serde(rename = "BES")]
    Bes,
    /// With a signature-time-stamp.
    T,
    /// With references and values as well.
    #[serde(rename = "XL")]
    Xl,
    /// With a CAdES-C-time-stamp and an archive-time-stamp as well.
    A,
    /// The baseline's long-term form: what a verifier needs stands in SignedData.
    #[serde(rename = "B-LT")]
    Lt,
    /// The same with an archive-time-stamp of today's kind.
    #[serde(rename = "B-LTA")]
    Lta,
    /// BTK's short-term profile: T with a policy.
    P2,
    /// BTK's long-term profile by CRLs: XL with a policy.
    P3,
    /// BTK's long-term profile by OCSP: XL with a policy.
    P4,
    /// The same with an archive-time-stamp.
    #[serde(rename = "P4-A")]
    P4A,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 10] =
        [Self::Bes, Self::T, Self::Xl, Self::A, Self::Lt, Self::Lta, Self::P2, Self::P3, Self::P4, Self::P4A];

    /// Whether it has a signature-time-stamp.
    #[must_use]
    pub fn is_stamped(self) -> bool {
        self != Self::Bes
    }

    /// Whether everything that a verifier needs stands in the file, except what is known of the newest time-stamp's unit.
    #[must_use]
    pub fn is_long_term(self) -> bool {
        !matches!(self, Self::Bes | Self::T | Self::P2)
    }

    /// Whether it has references and their values.
    #[must_use]
    pub fn has_references(self) -> bool {
        self.is_long_term() && !self.is_baseline()
    }

    /// Whether it has an archive-time-stamp.
    #[must_use]
    pub fn is_archived(self) -> bool {
        matches!(self, Self::A | Self::Lta | Self::P4A)
    }

    /// Whether certificates and status of signers stand in SignedData.
    fn is_baseline(self) -> bool {
        matches!(self, Self::Lt | Self::Lta)
    }

    /// Whether OCSP is to be asked about the signer.
    fn wants_ocsp(self) -> bool {
        matches!(self, Self::P4 | Self::P4A)
    }

    /// The number of the profile whose policy it has.
    fn policy_number(self) -> Option<u8> {
        match self {
            Self::P2 => Some(2),
            Self::P3 => Some(3),
            Self::P4 | Self::P4A => Some(4),
            _ => None,
        }
    }
}

/// Where the content stands, and of which kind archive-time-stamps are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Whether the content stands inside.
    pub is_attached: bool,
    /// The kind of archive-time-stamps.
    pub archive: Archive,
}

/// The kinds of archive-time-stamps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archive {
    /// Over everything (RFC 5126 section 6.4.1).
    V2,
    /// With a list of what it covers (EN 319 122-1 section 5.5.3).
    V3,
}

impl Form {
    /// The content inside, archive-time-stamps of today's kind.
    pub const ATTACHED: Self = Self { is_attached: true, archive: Archive::V3 };
    /// The content outside, archive-time-stamps of today's kind.
    pub const DETACHED: Self = Self { is_attached: false, archive: Archive::V3 };

    /// Every form that a level can have.
    #[must_use]
    pub fn all(level: Level) -> Vec<Self> {
        let older = [Self::ATTACHED, Self::DETACHED].map(|form| Self { archive: Archive::V2, ..form });
        let all = [Self::ATTACHED, Self::DETACHED].into_iter();
        all.chain(older.into_iter().filter(|_| level.is_archived() && !level.is_baseline())).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    scenario: Vec<Scenario>,
}

/// The names of all pages, sorted.
///
/// # Panics
/// When they cannot be listed.
#[must_use]
pub fn pages() -> Vec<String> {
    let files = fs::read_dir(folder()).expect("the scenarios are committed").map(|entry| entry.unwrap().path());
    let pages = files.filter(|path| path.extension().is_some_and(|kind| kind == "toml"));
    let mut names: Vec<String> = pages.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// The scenarios that the page of this name declares.
///
/// # Panics
/// When there is no such page, or it cannot be read.
#[must_use]
pub fn scenarios(page: &str) -> Vec<Scenario> {
    let path = folder().join(page).with_extension("toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let page: Page = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    page.scenario
}
