//! The certificates among which signers are looked for: each stands there once, and is parsed and hashed at most once.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};

use crate::certificate::{Certificate, Name};
use crate::cms::SignerIdentifier;
use crate::crypto::{Digest, DigestAlgorithm, PublicKey};
use crate::validation::cache::Cache;

/// Certificates of the file, then those that the caller knows, copies of one left out.
pub(super) struct Pool<'a> {
    entries: Vec<Entry<'a>>,
    names: OnceCell<HashMap<Named, Vec<usize>>>,
    /// How many more values are computed with keys that take long.
    long_left: Cell<u32>,
}

/// Each takes some hundredths of a second at most.
const LONG_COMPUTATIONS: u32 = 64;

/// What signer identifiers say, in one form for all encodings of a name.
#[derive(PartialEq, Eq, Hash)]
enum Named {
    IssuerAndSerial(Vec<u8>, Vec<u8>),
    KeyIdentifier(Vec<u8>),
}

pub(super) struct Entry<'a> {
    der: &'a [u8],
    pub(super) inside: bool,
    /// What was read of other files.
    cache: Option<&'a Cache>,
    parsed: OnceCell<Option<Certificate>>,
    public_key: OnceCell<Option<PublicKey<'a>>>,
    digests: RefCell<Vec<Digest>>,
}

impl<'a> Pool<'a> {
    pub(super) fn new(
        inside: impl Iterator<Item = &'a [u8]>,
        known: &'a [Certificate],
        cache: Option<&'a Cache>,
    ) -> Self {
        let mut seen = HashSet::new();
        let inside = inside.map(|der| Entry::new(der, true, cache));
        let known = known.iter().map(|known| Entry::new(known.der(), false, cache));
        let entries = inside.chain(known).filter(|entry| seen.insert(entry.der)).collect();
        Self { entries, names: OnceCell::new(), long_left: Cell::new(LONG_COMPUTATIONS) }
    }

    /// The certificate with this digest over all of its octets.
    pub(super) fn by_digest(&self, digest: &Digest) -> Option<&Entry<'a>> {
        self.entries.iter().find(|entry| entry.digest(digest.algorithm()) == *digest && entry.parsed().is_some())
    }

    /// Whether there is a certificate with this digest that cannot be read.
    pub(super) fn has_unreadable(&self, digest: &Digest) -> bool {
        self.entries.iter().any(|entry| entry.digest(digest.algorithm()) == *digest && entry.parsed().is_none())
    }

    /// Whether a value may be computed with this key; of those that take long, only so many of a file.
    pub(super) fn may_compute_with(&self, key: &PublicKey<'_>) -> bool {
        let left = self.long_left.get().checked_sub(u32::from(key.takes_long()));
        left.inspect(|left| self.long_left.set(*left)).is_some()
    }

    /// All certificates that the signer identifier names; several may share issuer and serial number.
    pub(super) fn named(&self, identifier: &SignerIdentifier<'_>) -> impl Iterator<Item = &Entry<'a>> {
        let named = match identifier {
            SignerIdentifier::IssuerAndSerial { issuer, serial } => {
                Named::IssuerAndSerial(Name::new(issuer).canonical(), serial.to_vec())
            }
            SignerIdentifier::KeyIdentifier(identifier) => Named::KeyIdentifier(identifier.to_vec()),
        };
        let found = self.names.get_or_init(|| self.index()).get(&named).map(Vec::as_slice).unwrap_or_default();
        found.iter().filter_map(|place| self.entries.get(*place))
    }

    /// Made once, however many signers there are.
    fn index(&self) -> HashMap<Named, Vec<usize>> {
        let mut index: HashMap<Named, Vec<usize>> = HashMap::new();
        for (place, entry) in self.entries.iter().enumerate() {
            let Some(certificate) = entry.parsed() else { continue };
            let issuer = Named::IssuerAndSerial(certificate.canonical_issuer().to_vec(), certificate.serial().to_vec());
            index.entry(issuer).or_default().push(place);
            if let Some(identifier) = certificate.subject_key_identifier() {
                index.entry(Named::KeyIdentifier(identifier.to_vec())).or_default().push(place);
            }
        }
        index
    }
}

impl<'a> Entry<'a> {
    fn new(der: &'a [u8], inside: bool, cache: Option<&'a Cache>) -> Self {
        Self { der, inside, cache, parsed: OnceCell::new(), public_key: OnceCell::new(), digests: RefCell::default() }
    }

    /// The certificate; `None` where it cannot be read.
    pub(super) fn parsed(&self) -> Option<&Certificate> {
        let read = || match self.cache {
            Some(cache) => cache.certificate(self.der),
            None => Certificate::from_der(self.der).ok(),
        };
        self.parsed.get_or_init(read).as_ref()
    }

    /// The certificate's key; `None` where it cannot be read.
    pub(super) fn public_key(&self) -> Option<&PublicKey<'a>> {
        let read = || PublicKey::from_spki(self.der.get(self.parsed()?.public_key_place())?).ok();
        self.public_key.get_or_init(read).as_ref()
    }

    fn digest(&self, algorithm: DigestAlgorithm) -> Digest {
        // The fingerprint is needed later on, and the certificate keeps it.
        if let (DigestAlgorithm::Sha256, Some(certificate)) = (algorithm, self.parsed()) {
            return certificate.sha256();
        }
        let mut digests = self.digests.borrow_mut();
        let known = digests.iter().find(|digest| digest.algorithm() == algorithm).copied();
        known.unwrap_or_else(|| {
            let digest = algorithm.digest(self.der);
            digests.push(digest);
            digest
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_take_long_are_computed_with_so_many_times() {
        let key_of = |name: &str| Certificate::from_der(eimza_testkit::pki::certificate(name)).unwrap();
        let (long, size, usual) = (key_of("odd-rsa-exponent"), key_of("odd-rsa9216"), key_of("nes-rsa4096"));
        let [long, size, usual] = [&long, &size, &usual].map(|certificate| certificate.public_key().unwrap());
        let pool = Pool::new(std::iter::empty(), &[], None);
        for _ in 0..LONG_COMPUTATIONS / 2 {
            assert!(pool.may_compute_with(&long) && pool.may_compute_with(&size) && pool.may_compute_with(&usual));
        }
        assert!(!pool.may_compute_with(&long) && !pool.may_compute_with(&size));
        assert!(pool.may_compute_with(&usual));
    }
}
