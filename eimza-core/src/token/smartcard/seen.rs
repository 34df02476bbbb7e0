//! What is on a card: its kind, its certificates with their keys, and its PINs. Read once, and looked at again for each
//! operation.

mod reading;

use std::sync::Arc;

use super::atr::Atr;
use super::channel::Channel;
use super::command::{Command, SHORT_ANSWER};
use super::files::{self, FileFault};
use super::link::LinkFault;
use super::pkcs15::{KeyEntry, OfferedAlgorithm, Path, PinEntry, Scheme, TokenInformation};
use super::profile::CardProfile;
use super::status_word::StatusWord;
use crate::asn1::{Reader, tag};
use crate::certificate::Certificate;

/// The names that a directory has where nobody says otherwise.
const DIRECTORY: [u8; 4] = [0x3f, 0x00, 0x2f, 0x00];
const OBJECT_DIRECTORY: [u8; 2] = [0x50, 0x31];
const TOKEN_INFORMATION: [u8; 2] = [0x50, 0x32];

/// GET DATA (ISO 7816-4 section 7.4.2).
const GET_DATA: u8 = 0xcb;

/// A card, as far as it was read. All of that costs no try.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) atr: Atr,
    /// How often a card had been put in or taken out when it was read.
    pub(super) insertions: u64,
    pub(super) profile: Arc<CardProfile>,
    pub(super) home: Home,
    pub(super) information: TokenInformation,
    pub(super) certificates: Vec<SeenCertificate>,
    pub(super) pins: Vec<PinEntry>,
}

/// Where the application is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// By its path from the master file on.
    Path(Vec<u8>),
    /// By its name.
    Name(Vec<u8>),
}

/// A certificate, and the key that goes with it.
#[derive(Clone, Debug)]
pub(super) struct SeenCertificate {
    pub(super) certificate: Certificate,
    pub(super) label: String,
    pub(super) place: CertificatePlace,
    pub(super) key: Option<KeyEntry>,
}

/// Where a certificate is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CertificatePlace {
    /// In a file, by its path.
    File(Path),
    /// As a data object, by its tag.
    Object(Vec<u8>),
    /// Within the directory.
    Directory,
}

/// Why a card cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ReadFault {
    /// It cannot be reached.
    Link(LinkFault),
    /// It is of no known kind.
    Unknown(Atr),
}

impl From<LinkFault> for ReadFault {
    fn from(fault: LinkFault) -> Self {
        Self::Link(fault)
    }
}

impl Seen {
    /// Selects the application: local PINs and keys count only there.
    pub(super) fn enter(&self, channel: &mut Channel<'_>) -> Result<(), FileFault> {
        match &self.home {
            Home::Path(path) => files::select(channel, self.profile.select, path),
            Home::Name(name) => files::select_application(channel, name),
        }
    }

    /// Selects what a path names, from the application on or from the master file on.
    pub(super) fn select(&self, channel: &mut Channel<'_>, path: &Path) -> Result<(), FileFault> {
        match &self.home {
            _ if path.is_absolute() => files::select(channel, self.profile.select, &path.identifiers),
            Home::Path(home) => {
                let whole = [home.as_slice(), &path.identifiers].concat();
                files::select(channel, self.profile.select, &whole)
            }
            Home::Name(name) => {
                files::select_application(channel, name)?;
                path.identifiers.chunks(2).try_for_each(|identifier| files::select_beneath(channel, identifier))
            }
        }
    }

    /// A file of the application; `None` where the card does not give it.
    fn file(&self, channel: &mut Channel<'_>, path: &Path) -> Result<Option<Vec<u8>>, LinkFault> {
        if !path.is_sound() {
            return Ok(None);
        }
        let read = self.select(channel, path).and_then(|()| {
            let length = path.length.unwrap_or(usize::MAX);
            files::read_selected(channel, path.offset, length, self.profile.block)
        });
        given(read)
    }

    /// A certificate's file, of which no more is read than the certificate has.
    fn certificate_file(&self, channel: &mut Channel<'_>, path: &Path) -> Result<Option<Vec<u8>>, LinkFault> {
        if !path.is_sound() {
            return Ok(None);
        }
        let read =
            self.select(channel, path).and_then(|()| files::read_element(channel, path.offset, self.profile.block));
        given(read)
    }

    /// Whether the card in this transaction is still the one that was read: it shows the same beginning of a certificate.
    pub(super) fn is_still_there(&self, channel: &mut Channel<'_>) -> Result<bool, LinkFault> {
        if *channel.atr() != self.atr {
            return Ok(false);
        }
        let Some(known) = self.certificates.iter().find(|seen| seen.place != CertificatePlace::Directory) else {
            return Ok(channel.insertions() == self.insertions);
        };
        let begins = |octets: &[u8]| !octets.is_empty() && known.certificate.der().starts_with(octets);
        match &known.place {
            CertificatePlace::Object(tag) => Ok(object(channel, tag)?.is_some_and(|octets| begins(&octets))),
            CertificatePlace::File(path) => {
                let read = self.select(channel, path).and_then(|()| {
                    let first = self.profile.block.min(known.certificate.der().len());
                    files::read_selected(channel, path.offset, first, first)
                });
                Ok(given(read)?.is_some_and(|octets| begins(&octets)))
            }
            CertificatePlace::Directory => Ok(false),
        }
    }

    /// By which number a key's card chooses this scheme; `None` where it does not offer it.
    pub(super) fn algorithm(&self, scheme: Scheme, key_bits: usize) -> Option<u8> {
        let told = self.information.algorithms.iter().find(|offered: &&OfferedAlgorithm| offered.scheme == scheme);
        let rows = &self.profile.signature.algorithms;
        let row = rows.iter().find(|row| row.scheme == scheme && row.key_bits.is_none_or(|bits| bits == key_bits));
        told.map(|offered| offered.reference).or(row.map(|row| row.reference))
    }
}

/// What a card gave; no answer is a failure, a refusal is not.
fn given<T>(read: Result<T, FileFault>) -> Result<Option<T>, LinkFault> {
    match read {
        Ok(given) => Ok(Some(given)),
        Err(FileFault::Link(fault)) => Err(fault),
        Err(FileFault::Refused(_)) => Ok(None),
    }
}

/// A certificate out of a data object: `53 { 70 certificate, 71 how it is packed, … }` (NIST SP 800-73-4 part 1, appendix A).
fn object(channel: &mut Channel<'_>, object: &[u8]) -> Result<Option<Vec<u8>>, LinkFault> {
    const TAG_LIST: u8 = 0x5c;
    const DATA: u8 = 0x53;
    const CERTIFICATE: u8 = 0x70;
    let list = crate::asn1::write::tlv(TAG_LIST, object);
    let answer = channel.send(&Command::new(GET_DATA, 0x3f, 0xff).data(&list).expecting(SHORT_ANSWER))?;
    if answer.status != StatusWord::Done {
        return Ok(None);
    }
    let data = Reader::new(&answer.data).read(DATA, "data object");
    let inside = data.and_then(|data| data.reader().read(CERTIFICATE, "certificate"));
    let is_plain = |element: &crate::asn1::Element<'_>| element.contents.first() == Some(&tag::SEQUENCE);
    Ok(inside.ok().filter(is_plain).map(|element| element.contents.to_vec()))
}
