//! Kinds of cards, as data: how a card is recognised, where its files lie, and which commands it knows.
//!
//! The kinds that are known here are the files in `cards/`; a program can bring more ([`CardProfile::from_toml`]).

use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::atr::Atr;
use super::files::Selection;
use super::pin_form::PinForm;
use super::pkcs15::Scheme;
use crate::error::{CardOperation, Error, Limit, Result};
use crate::{hex, toml_page};

/// The most octets of a profile.
const SIZE_LIMIT: usize = 65_536;

/// A kind of card.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CardProfile {
    /// What people call it.
    pub(super) name: String,
    /// Octets of which one stands among the historical bytes of the ATR. Without any, the application decides.
    #[serde(default)]
    pub(super) historical: Vec<Hex>,
    /// Names of single cards, by their whole ATR.
    #[serde(default)]
    pub(super) names: Vec<(Hex, String)>,
    /// Names of the application, in the order in which they are tried.
    #[serde(default)]
    pub(super) applications: Vec<Hex>,
    /// Where the application lies, from the master file on, where it has no name.
    #[serde(default)]
    pub(super) path: Option<Hex>,
    #[serde(default)]
    pub(super) select: Selection,
    /// The most octets that one command takes or gives.
    #[serde(default = "whole_block")]
    pub(super) block: usize,
    /// Where certificates lie if no directory tells.
    #[serde(default)]
    pub(super) certificates: Option<Scan>,
    /// Certificates that are no files, with their keys.
    #[serde(default)]
    pub(super) objects: Vec<ObjectRow>,
    /// PINs, where no directory tells.
    #[serde(default)]
    pub(super) pins: Vec<PinRow>,
    #[serde(default)]
    pub(super) pin: PinCommands,
    #[serde(default)]
    pub(super) signature: SignatureCommands,
    /// Operations whose commands are known from one source only: they are sent only where the caller permits it by name.
    #[serde(default)]
    pub(super) unconfirmed: Vec<CardOperation>,
}

/// Files that are looked for one after the other.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Scan {
    pub(super) first: u16,
    pub(super) last: u16,
    /// After so many that are not there, no further one is looked for.
    pub(super) misses: usize,
}

/// A certificate that GET DATA gives, and the key beside it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ObjectRow {
    pub(super) label: String,
    /// The object's tag.
    pub(super) object: Hex,
    /// By which number commands name the key.
    pub(super) key: u8,
    /// Whether the key wants the PIN before each signature.
    #[serde(default)]
    pub(super) each_time: bool,
    /// Whether the key is for signing documents.
    #[serde(default)]
    pub(super) signs: bool,
}

/// A PIN of a card without a directory.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PinRow {
    pub(super) reference: u8,
    #[serde(default)]
    pub(super) is_puk: bool,
    #[serde(default)]
    pub(super) form: PinForm,
    pub(super) shortest: usize,
    pub(super) longest: usize,
}

/// How PINs are asked about, changed and unblocked.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct PinCommands {
    /// Whether an empty VERIFY tells how many tries are left and spends none.
    pub(super) tells_tries: bool,
    pub(super) change: ChangeCommand,
    pub(super) unblock: UnblockCommand,
}

/// CHANGE REFERENCE DATA.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ChangeCommand {
    /// `00 24 00 ref`, old and new one after the other (ISO 7816-4 section 7.5.7).
    #[default]
    Iso,
    /// `00 24 02 ref&7F`, each with its length in front: AKİS 1.
    WithLengths,
}

/// RESET RETRY COUNTER.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UnblockCommand {
    /// `00 2C 00 ref`, PUK and new PIN one after the other (ISO 7816-4 section 7.5.10).
    #[default]
    PukAndNewPin,
    /// VERIFY of the PUK, then `00 2C 02 ref` with the new PIN.
    VerifyThenNewPin,
}

/// How signatures are made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct SignatureCommands {
    pub(super) choose: ChooseKey,
    /// What the card computes, where its own directory does not tell.
    pub(super) algorithms: Vec<AlgorithmRow>,
}

/// How a key is chosen, and how it is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ChooseKey {
    /// `00 22 41 B6` with key (`84`) and algorithm (`80`), then COMPUTE DIGITAL SIGNATURE (ISO 7816-4 section 7.5.11, ISO
    /// 7816-8 section 5.4).
    #[default]
    Environment,
    /// `00 22 C3 ref` without data, then COMPUTE DIGITAL SIGNATURE: AKİS 1.
    Reference,
    /// GENERAL AUTHENTICATE, which names algorithm and key (NIST SP 800-73-4 part 2, section 3.2.4).
    GeneralAuthenticate,
}

/// An algorithm, and by which number commands choose it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AlgorithmRow {
    pub(super) scheme: Scheme,
    pub(super) reference: u8,
    /// For keys of so many bits; without it, for keys of any length.
    #[serde(default)]
    pub(super) key_bits: Option<usize>,
}

/// Octets in hexadecimal, as a profile writes them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Hex(pub(super) Vec<u8>);

impl TryFrom<String> for Hex {
    type Error = &'static str;

    fn try_from(text: String) -> std::result::Result<Self, Self::Error> {
        hex::decode(&text.to_lowercase()).map(Self).ok_or("octets are written as pairs of hexadecimal digits")
    }
}

fn whole_block() -> usize {
    super::command::SHORT_ANSWER
}

impl CardProfile {
    /// The kinds that are known here, the most particular ones first.
    pub(super) fn known() -> &'static [Arc<Self>] {
        static KNOWN: LazyLock<Vec<Arc<CardProfile>>> = LazyLock::new(|| {
            let pages = [
                include_str!("cards/akis-1.toml"),
                include_str!("cards/akis-2.toml"),
                include_str!("cards/pkcs15.toml"),
                include_str!("cards/piv.toml"),
            ];
            pages.iter().filter_map(|page| CardProfile::from_toml(page).ok()).map(Arc::new).collect()
        });
        &KNOWN
    }

    /// Reads a kind of card from a page of TOML; CONTRIBUTING shows how one is written.
    ///
    /// # Errors
    /// [`Error::CardProfileMalformed`] with the line; [`Error::LimitExceeded`].
    pub fn from_toml(page: &str) -> Result<Self> {
        if page.len() > SIZE_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::Size });
        }
        toml::from_str(page).map_err(|error: toml::de::Error| {
            let (line, text) = toml_page::place(page, &error);
            Error::CardProfileMalformed { line, text, source: error.into() }
        })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What people call the card with this answer to reset, by that alone; `None` where the ATR does not tell.
    pub fn name_of(atr: &Atr) -> Option<&'static str> {
        let profile = Self::known().iter().find(|profile| profile.fits(atr) == Some(true))?;
        let named = profile.names.iter().find(|(whole, _)| whole.0 == atr.octets());
        Some(named.map_or(&profile.name, |(_, name)| name))
    }

    /// Whether the ATR names this kind of card; `None` where this kind is told by its application.
    pub(super) fn fits(&self, atr: &Atr) -> Option<bool> {
        let holds = |octets: &Hex| {
            let historical = atr.historical();
            !octets.0.is_empty() && historical.windows(octets.0.len()).any(|window| window == octets.0)
        };
        if self.historical.is_empty() { None } else { Some(self.historical.iter().any(holds)) }
    }

    /// Whether the commands of this operation are known from one source only.
    pub(super) fn is_unconfirmed(&self, operation: CardOperation) -> bool {
        self.unconfirmed.contains(&operation)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_read() {
        let names: Vec<_> = CardProfile::known().iter().map(|profile| profile.name.as_str()).collect();
        assert_eq!(names, ["AKİS 1.x", "AKİS 2.x", "PKCS#15", "PIV"]);
    }

    #[test]
    fn cards_in_the_field_are_recognised() {
        let rows = [
            ("3BBA11008131FE4D55454B41452056312E30AE", "AKİS 1.x"),
            ("3B9F968131FE45806755454B41451292318073B3A1806A", "AKİS 1.x"),
            ("3B9F158131FE45806755454B41451221318073B3A1805A", "AKİS 1.x"),
            ("3B9F978131FE4580655443D3228231C073F621808105D3", "AKİS 2.x"),
            ("3B9F978131FE458065544312210831C073F62180810590", "AKİS 2.x"),
            ("3BD518008131FE7D8073C82110F4", "PKCS#15"),
        ];
        for (text, name) in rows {
            let atr = Atr::read(&hex::decode(&text.to_lowercase()).unwrap()).unwrap();
            let found = CardProfile::known().iter().find(|profile| profile.fits(&atr) != Some(false)).unwrap();
            assert_eq!(found.name, name, "{text}");
        }
    }

    #[test]
    fn what_is_no_page_is_refused_with_its_line() {
        let page = "name = \"x\"\nhistorical = [\"4\"]\n";
        assert!(matches!(CardProfile::from_toml(page), Err(Error::CardProfileMalformed { line: 2, .. })));
        assert!(CardProfile::from_toml("name = \"x\"\nunknown = 1").is_err());
    }
}
