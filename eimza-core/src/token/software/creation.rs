//! What goes into a new token.

use std::fmt;

use zeroize::Zeroizing;

use super::file::{KeyEntry, SERIAL_LENGTH, TokenFile, lock_context};
use super::lock::{DEFAULT_ITERATIONS, ITERATIONS, Lock, MasterKey};
use super::x509::{self, Validity};
use super::{POLICY, TRIES};
use crate::certificate::Certificate;
use crate::crypto::PrivateKey;
use crate::crypto::{DigestAlgorithm, KeyType, random};
use crate::error::{ArgumentFault, Error, Result};
use crate::secret::{Pin, Puk};
use crate::shown_text;
use crate::token::{Attempt, PinKind, SignRequest};

/// What goes into a new token.
pub struct Creation {
    /// What it is called.
    pub label: String,
    /// Its keys, each with its certificates.
    pub keys: Vec<KeyMaterial>,
    /// Its PIN, of 4 to 64 octets.
    pub pin: Pin,
    /// Its PUK, of 4 to 64 octets.
    pub puk: Puk,
    /// Rounds that each guess of the PIN or PUK costs, 1,000 to 10,000,000. Fewer than [`DEFAULT_ITERATIONS`] are for
    /// tests.
    pub iterations: u32,
}

/// A private key, and the certificates that go with it.
pub struct KeyMaterial {
    pkcs8: Zeroizing<Vec<u8>>,
    label: String,
    certificates: Vec<Certificate>,
}

impl Creation {
    /// A token of the usual cost.
    pub fn new(label: impl Into<String>, keys: Vec<KeyMaterial>, pin: Pin, puk: Puk) -> Self {
        Self { label: label.into(), keys, pin, puk, iterations: DEFAULT_ITERATIONS }
    }

    pub(super) fn build(self) -> Result<TokenFile> {
        POLICY.check(PinKind::Pin, Some(self.pin.expose()), &Attempt::new())?;
        POLICY.check(PinKind::Puk, Some(self.puk.expose()), &Attempt::new())?;
        if !ITERATIONS.contains(&self.iterations) {
            return Err(Error::ArgumentInvalid { argument: "iterations", reason: ArgumentFault::IterationsOutside });
        }
        let master = MasterKey::new()?;
        let serial = random::<SERIAL_LENGTH>()?.to_vec();
        let keys = self.keys.into_iter().map(|key| key.sealed(&master, &serial, &self.label)).collect::<Result<_>>()?;
        let lock = |kind, secret: &[u8]| {
            Lock::new(self.iterations, &lock_context(kind, &serial, &self.label), secret, &master)
        };
        let pin = lock(PinKind::Pin, self.pin.expose())?;
        let puk = lock(PinKind::Puk, self.puk.expose())?;
        Ok(TokenFile { serial, label: self.label, pin_tries: TRIES, puk_tries: TRIES, pin, puk, keys })
    }
}

impl KeyMaterial {
    /// A key as PrivateKeyInfo (PKCS#8, RFC 5208), its certificate and that one's chain.
    ///
    /// # Errors
    /// [`Error::KeyAbsent`] where the key is not that of the first certificate, [`Error::AlgorithmUnsupported`];
    /// [`Error::Asn1Malformed`] and [`Error::CryptoFailed`] where the octets are no such key.
    pub fn new(
        pkcs8: impl Into<Zeroizing<Vec<u8>>>,
        label: impl Into<String>,
        certificates: Vec<Certificate>,
    ) -> Result<Self> {
        let pkcs8 = pkcs8.into();
        Self::of(&PrivateKey::from_pkcs8(&pkcs8)?, pkcs8, label.into(), certificates)
    }

    /// As [`KeyMaterial::new`], of a key that was read from these octets already.
    pub(super) fn of(
        key: &PrivateKey,
        pkcs8: Zeroizing<Vec<u8>>,
        label: String,
        certificates: Vec<Certificate>,
    ) -> Result<Self> {
        key.check_pair(&certificates.first().ok_or(Error::KeyAbsent)?.public_key()?)?;
        Ok(Self { pkcs8, label, certificates })
    }

    /// A fresh key with a certificate that it signed itself: worth nothing, and named `eimza TEST …`.
    pub fn self_signed(key_type: &KeyType, name: &str, validity: Validity) -> Result<Self> {
        let (key, pkcs8) = PrivateKey::generate(key_type)?;
        let name = x509::test_name(name, None);
        let draft = x509::Draft {
            issuer: &name,
            subject: &name,
            validity,
            public_key_info: &key.public_key_info(),
            extensions: vec![x509::key_usage(x509::SIGNING)],
        };
        let certificate = draft.signed_by(&key)?;
        Self::new(pkcs8, "eimza TEST", vec![certificate])
    }

    /// Signs a digest with the key, without a token and without a PIN: for services that keep a key of their own.
    pub fn sign(&self, request: &SignRequest) -> Result<Vec<u8>> {
        PrivateKey::from_pkcs8(&self.pkcs8)?.sign(request.algorithm, &request.digest)
    }

    /// The certificates, the key's own first.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// What the key is called.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// As CKA_ID often is made: from the certificate, so that a token never has two of the same name.
    fn sealed(self, master: &MasterKey, serial: &[u8], label: &str) -> Result<KeyEntry> {
        let certificate = self.certificates.first().ok_or(Error::KeyAbsent)?;
        let identifier =
            DigestAlgorithm::Sha256.digest(certificate.der()).as_bytes().iter().copied().take(20).collect();
        let mut entry = KeyEntry { identifier, label: self.label, certificates: self.certificates, sealed: Vec::new() };
        entry.sealed = master.seal(&entry.context(serial, label), &self.pkcs8)?;
        Ok(entry)
    }
}

impl fmt::Debug for Creation {
    /// A label may hold a national id, which is masked.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Creation");
        shown.field("label", &shown_text::shown(&self.label)).field("keys", &self.keys);
        shown.field("iterations", &self.iterations).finish_non_exhaustive()
    }
}

impl fmt::Debug for KeyMaterial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("KeyMaterial").field("certificates", &self.certificates).finish_non_exhaustive()
    }
}
