//! The file's contents: read strictly, written canonically.

use zeroize::Zeroizing;

use super::TRIES;
use super::lock::{ITERATIONS, Lock, MasterKey, SALT_LENGTH};
use crate::asn1::{Element, Reader, tag, write};
use crate::certificate::Certificate;
use crate::crypto::DigestAlgorithm;
use crate::crypto::{SEAL_KEY_LENGTH, SEAL_LENGTH};
use crate::error::{Error, Result, TokenFileFault};
use crate::token::PinKind;

const MAGIC: &str = "eimza software token";
const VERSION: u32 = 1;
pub(super) const SERIAL_LENGTH: usize = 16;

/// Far more than a person's keys and chains take.
pub(super) const SIZE_LIMIT: u64 = 1 << 20;

#[derive(Clone)]
pub(super) struct TokenFile {
    pub(super) serial: Vec<u8>,
    pub(super) label: String,
    pub(super) pin_tries: u8,
    pub(super) puk_tries: u8,
    pub(super) pin: Lock,
    pub(super) puk: Lock,
    pub(super) keys: Vec<KeyEntry>,
}

/// One private key and whose it is.
#[derive(Clone)]
pub(super) struct KeyEntry {
    pub(super) identifier: Vec<u8>,
    pub(super) label: String,
    pub(super) certificates: Vec<Certificate>,
    pub(super) sealed: Vec<u8>,
}

impl TokenFile {
    /// Reads the octets of a file; only what [`TokenFile::to_der`] writes is accepted.
    pub(super) fn read(octets: &[u8]) -> Result<Self> {
        let malformed = |reason| Error::TokenFileMalformed { reason };
        let file = parse(octets).map_err(|error| match error {
            Error::TokenFileMalformed { .. } => error,
            _ => malformed(TokenFileFault::CutShort),
        })?;
        if file.to_der() != octets {
            return Err(malformed(TokenFileFault::Damaged));
        }
        Ok(file)
    }

    pub(super) fn to_der(&self) -> Vec<u8> {
        let keys: Vec<_> = self.keys.iter().map(KeyEntry::to_der).collect();
        let keys: Vec<_> = keys.iter().map(Vec::as_slice).collect();
        let fields = [
            write::utf8_string(MAGIC),
            write::integer(VERSION.into()),
            header(&self.serial, &self.label),
            write::integer(self.pin_tries.into()),
            write::integer(self.puk_tries.into()),
            lock_to_der(&self.pin),
            lock_to_der(&self.puk),
            write::sequence(&keys),
        ]
        .concat();
        let checksum = DigestAlgorithm::Sha256.digest(&fields);
        write::sequence(&[&fields, &write::octet_string(checksum.as_bytes())])
    }

    pub(super) fn tries(&self, kind: PinKind) -> u8 {
        match kind {
            PinKind::Pin => self.pin_tries,
            PinKind::Puk => self.puk_tries,
        }
    }

    pub(super) fn set_tries(&mut self, kind: PinKind, left: u8) {
        match kind {
            PinKind::Pin => self.pin_tries = left,
            PinKind::Puk => self.puk_tries = left,
        }
    }

    /// The same token with so many tries left.
    pub(super) fn with_tries(&self, kind: PinKind, left: u8) -> Self {
        let mut file = self.clone();
        file.set_tries(kind, left);
        file
    }

    /// The master key; `None` where the secret is wrong.
    pub(super) fn open(&self, kind: PinKind, secret: &[u8]) -> Result<Option<MasterKey>> {
        self.lock(kind).open(&lock_context(kind, &self.serial, &self.label), secret)
    }

    /// Puts a new secret in the place of the old one.
    pub(super) fn set_lock(&mut self, kind: PinKind, secret: &[u8], master: &MasterKey) -> Result<()> {
        let context = lock_context(kind, &self.serial, &self.label);
        let lock = Lock::new(self.lock(kind).iterations, &context, secret, master)?;
        match kind {
            PinKind::Pin => self.pin = lock,
            PinKind::Puk => self.puk = lock,
        }
        Ok(())
    }

    /// The key whose own certificate this is. A certificate of the chain has none.
    pub(super) fn key_of(&self, certificate: &Certificate) -> Option<&KeyEntry> {
        self.keys.iter().find(|entry| entry.certificates.first() == Some(certificate))
    }

    /// A private key as PrivateKeyInfo.
    pub(super) fn unseal(&self, entry: &KeyEntry, master: &MasterKey) -> Result<Zeroizing<Vec<u8>>> {
        let opened = master.open(&entry.context(&self.serial, &self.label), &entry.sealed)?;
        opened.ok_or(Error::TokenFileMalformed { reason: TokenFileFault::ForeignKey })
    }

    fn lock(&self, kind: PinKind) -> &Lock {
        match kind {
            PinKind::Pin => &self.pin,
            PinKind::Puk => &self.puk,
        }
    }
}

impl KeyEntry {
    /// What is authenticated with the sealed key.
    pub(super) fn context(&self, serial: &[u8], label: &str) -> Vec<u8> {
        [header(serial, label), self.described()].concat()
    }

    fn described(&self) -> Vec<u8> {
        let certificates: Vec<_> = self.certificates.iter().map(Certificate::der).collect();
        let label = write::utf8_string(&self.label);
        [write::octet_string(&self.identifier), label, write::sequence(&certificates)].concat()
    }

    fn to_der(&self) -> Vec<u8> {
        write::sequence(&[&self.described(), &write::octet_string(&self.sealed)])
    }
}

/// What is authenticated with a lock, besides its own parameters.
pub(super) fn lock_context(kind: PinKind, serial: &[u8], label: &str) -> Vec<u8> {
    let name = if kind == PinKind::Pin { "pin" } else { "puk" };
    [write::utf8_string(name), header(serial, label)].concat()
}

fn header(serial: &[u8], label: &str) -> Vec<u8> {
    write::sequence(&[&write::octet_string(serial), &write::utf8_string(label)])
}

fn lock_to_der(lock: &Lock) -> Vec<u8> {
    let iterations = write::integer(lock.iterations.into());
    write::sequence(&[&iterations, &write::octet_string(&lock.salt), &write::octet_string(&lock.sealed)])
}

fn parse(octets: &[u8]) -> Result<TokenFile> {
    let mut file = Element::only(octets, "token file")?.reader();
    let fields = file.rest();
    let magic = file.read(tag::UTF8_STRING, "magic")?;
    let version = file.read(tag::INTEGER, "version")?;
    if magic.contents != MAGIC.as_bytes() || version.small_integer() != Some(VERSION) {
        return Err(Error::TokenFileMalformed { reason: TokenFileFault::UnknownVersion });
    }
    let mut header = file.read(tag::SEQUENCE, "header")?.reader();
    let serial = sized(&mut header, SERIAL_LENGTH)?;
    let label = text(&mut header)?;
    let (pin_tries, puk_tries) = (tries(&mut file)?, tries(&mut file)?);
    let (pin, puk) = (lock(&mut file)?, lock(&mut file)?);
    let mut entries = file.read(tag::SEQUENCE, "keys")?.reader();
    let checked = fields.len().checked_sub(file.rest().len()).and_then(|length| fields.get(..length));
    let checksum = DigestAlgorithm::Sha256.digest(checked.unwrap_or_default());
    if file.read(tag::OCTET_STRING, "checksum")?.contents != checksum.as_bytes() {
        return Err(Error::TokenFileMalformed { reason: TokenFileFault::Damaged });
    }
    let mut keys = Vec::new();
    while !entries.is_empty() {
        keys.push(entry(&mut entries)?);
    }
    Ok(TokenFile { serial, label, pin_tries, puk_tries, pin, puk, keys })
}

fn entry(entries: &mut Reader<'_>) -> Result<KeyEntry> {
    let mut entry = entries.read(tag::SEQUENCE, "key")?.reader();
    let identifier = entry.read(tag::OCTET_STRING, "identifier")?.contents.to_vec();
    let label = text(&mut entry)?;
    let mut chain = entry.read(tag::SEQUENCE, "certificates")?.reader();
    let mut certificates = Vec::new();
    while !chain.is_empty() {
        certificates.push(Certificate::from_der(chain.any("certificate")?.bytes)?);
    }
    let sealed = entry.read(tag::OCTET_STRING, "sealed key")?.contents.to_vec();
    Ok(KeyEntry { identifier, label, certificates, sealed })
}

fn lock(file: &mut Reader<'_>) -> Result<Lock> {
    let mut lock = file.read(tag::SEQUENCE, "lock")?.reader();
    let iterations = lock.read(tag::INTEGER, "iterations")?.small_integer();
    let iterations = iterations
        .filter(|iterations| ITERATIONS.contains(iterations))
        .ok_or(Error::TokenFileMalformed { reason: TokenFileFault::IterationsOutside })?;
    let salt = sized(&mut lock, SALT_LENGTH)?;
    let sealed = sized(&mut lock, SEAL_KEY_LENGTH + SEAL_LENGTH)?;
    Ok(Lock { iterations, salt, sealed })
}

fn tries(file: &mut Reader<'_>) -> Result<u8> {
    let left = file.read(tag::INTEGER, "tries")?.small_integer().and_then(|left| u8::try_from(left).ok());
    left.filter(|left| *left <= TRIES).ok_or(Error::TokenFileMalformed { reason: TokenFileFault::TriesUncountable })
}

/// Text that is no UTF-8 is found because it is not written again as it was read.
fn text(reader: &mut Reader<'_>) -> Result<String> {
    Ok(String::from_utf8_lossy(reader.read(tag::UTF8_STRING, "label")?.contents).into_owned())
}

fn sized(reader: &mut Reader<'_>, length: usize) -> Result<Vec<u8>> {
    let octets = reader.read(tag::OCTET_STRING, "octets")?.contents;
    if octets.len() == length {
        Ok(octets.to_vec())
    } else {
        Err(Error::TokenFileMalformed { reason: TokenFileFault::FieldLength })
    }
}
