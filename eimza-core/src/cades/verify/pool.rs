//! The certificates among which signers are looked for: each is parsed and hashed at most once.

use std::cell::OnceCell;

use super::contents::place;
use crate::cades::signer::SignerIdentifier;
use crate::certificate::Certificate;
use crate::crypto::{Digest, DigestAlgorithm};

/// Certificates of the file, then those that the caller knows.
pub(super) struct Pool<'a> {
    entries: Vec<Entry<'a>>,
}

pub(super) struct Entry<'a> {
    der: &'a [u8],
    pub(super) inside: bool,
    parsed: OnceCell<Option<Certificate>>,
    digests: [OnceCell<Digest>; 4],
}

impl<'a> Pool<'a> {
    pub(super) fn new(inside: impl Iterator<Item = &'a [u8]>, known: &'a [Certificate]) -> Self {
        let inside = inside.map(|der| Entry::new(der, true));
        Self { entries: inside.chain(known.iter().map(|known| Entry::new(known.der(), false))).collect() }
    }

    /// The certificate with this digest over all of its octets.
    pub(super) fn by_digest(&self, digest: &Digest) -> Option<&Entry<'a>> {
        self.entries.iter().find(|entry| entry.digest(digest.algorithm()) == Some(digest) && entry.parsed().is_some())
    }

    /// All certificates that the signer identifier names; several may share issuer and serial number.
    pub(super) fn named(&self, identifier: &SignerIdentifier<'_>) -> impl Iterator<Item = &Entry<'a>> {
        self.entries.iter().filter(|entry| entry.parsed().is_some_and(|certificate| identifier.names(certificate)))
    }
}

impl<'a> Entry<'a> {
    fn new(der: &'a [u8], inside: bool) -> Self {
        Self { der, inside, parsed: OnceCell::new(), digests: [const { OnceCell::new() }; 4] }
    }

    /// The certificate; `None` where it cannot be read.
    pub(super) fn parsed(&self) -> Option<&Certificate> {
        self.parsed.get_or_init(|| Certificate::from_der(self.der).ok()).as_ref()
    }

    fn digest(&self, algorithm: DigestAlgorithm) -> Option<&Digest> {
        self.digests.get(place(algorithm)).map(|cell| cell.get_or_init(|| algorithm.digest(self.der)))
    }
}
