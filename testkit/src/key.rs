//! Keys that sign in this process: made for one run where they may be, of the declared test PKI where they are RSA keys.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RsaKeyPair,
};
use num_bigint::BigUint;
use serde::Deserialize;

use crate::der::{bits, children, contents, null, octets, oid, sequence};
use crate::hash::Hash;
use crate::pki;

/// What kind of key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// P-256, which signs SHA-256.
    #[default]
    P256,
    /// P-384, which signs SHA-384.
    P384,
    /// An RSA key of the test PKI. It takes a thousand times as long to make, so it is none of its own.
    Rsa,
}

/// A key pair.
pub struct Key {
    pair: Pair,
    kind: KeyKind,
}

enum Pair {
    Ec(EcdsaKeyPair),
    Rsa { pair: RsaKeyPair, private: Vec<u8> },
}

/// The certificates of the test PKI whose RSA keys are lent, by the last word of a name.
const LENT: [(&str, &str); 6] = [
    ("root", "root"),
    ("sub-ca", "nes-ca"),
    ("signer", "nes-rsa2048"),
    ("second-signer", "second-person"),
    ("responder", "ocsp-nes-ca"),
    ("unit", "tsa"),
];

/// Keys that were made before, by name and kind.
type Known = HashMap<(String, KeyKind), Arc<Key>>;

impl Key {
    /// The key of this name and kind: the same in a whole run of tests.
    ///
    /// # Panics
    /// Where an RSA key is asked for and the test PKI lends none for that name.
    #[must_use]
    pub fn named(name: &str, kind: KeyKind) -> Arc<Self> {
        static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
        let mut known = KNOWN.lock().expect("nobody stops while holding it");
        known.entry((name.to_owned(), kind)).or_insert_with(|| Arc::new(Self::new(name, kind))).clone()
    }

    fn new(name: &str, kind: KeyKind) -> Self {
        let ec = |algorithm: &'static EcdsaSigningAlgorithm| Pair::Ec(EcdsaKeyPair::generate(algorithm).unwrap());
        let pair = match kind {
            KeyKind::P256 => ec(&ECDSA_P256_SHA256_ASN1_SIGNING),
            KeyKind::P384 => ec(&ECDSA_P384_SHA384_ASN1_SIGNING),
            KeyKind::Rsa => {
                let last = name.rsplit(' ').next().unwrap_or(name);
                let lent = LENT.iter().find(|(role, _)| *role == last);
                let certificate = lent.unwrap_or_else(|| panic!("the PKI lends no RSA key to {name}")).1;
                let private = pki::private_key_der(certificate);
                Pair::Rsa { pair: RsaKeyPair::from_pkcs8(&private).unwrap(), private }
            }
        };
        Self { pair, kind }
    }

    /// The digest algorithm that fits the key.
    #[must_use]
    pub fn usual_hash(&self) -> Hash {
        if self.kind == KeyKind::P384 { Hash::Sha384 } else { Hash::Sha256 }
    }

    /// `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        sequence(&[self.algorithm_of_key(), bits(&self.public_octets())])
    }

    /// What stands in the BIT STRING of that.
    #[must_use]
    pub fn public_octets(&self) -> Vec<u8> {
        match &self.pair {
            Pair::Ec(pair) => pair.public_key().as_ref().to_vec(),
            Pair::Rsa { pair, .. } => pair.public_key().as_ref().to_vec(),
        }
    }

    /// The `AlgorithmIdentifier` of a signature over a digest of this kind.
    #[must_use]
    pub fn algorithm(&self, hash: Hash) -> Vec<u8> {
        match (&self.pair, hash) {
            (Pair::Ec(_), Hash::Sha256) => sequence(&[oid("1.2.840.10045.4.3.2")]),
            (Pair::Ec(_), Hash::Sha384) => sequence(&[oid("1.2.840.10045.4.3.3")]),
            (Pair::Ec(_), Hash::Sha1) => sequence(&[oid("1.2.840.10045.4.1")]),
            (Pair::Rsa { .. }, Hash::Sha256) => sequence(&[oid("1.2.840.113549.1.1.11"), null()]),
            (Pair::Rsa { .. }, Hash::Sha384) => sequence(&[oid("1.2.840.113549.1.1.12"), null()]),
            (Pair::Rsa { .. }, Hash::Sha1) => sequence(&[oid("1.2.840.113549.1.1.5"), null()]),
        }
    }

    /// The signature over these octets, ECDSA as DER.
    ///
    /// # Panics
    /// For a digest that the kind of key does not sign.
    #[must_use]
    pub fn sign(&self, hash: Hash, octets: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match (&self.pair, hash) {
            (Pair::Ec(pair), hash) => {
                assert_eq!(hash, self.usual_hash(), "a curve has its digest here");
                pair.sign(&random, octets).unwrap().as_ref().to_vec()
            }
            (Pair::Rsa { private, .. }, Hash::Sha1) => by_arithmetic(private, octets),
            (Pair::Rsa { pair, .. }, hash) => {
                let padding = if hash == Hash::Sha384 { &RSA_PKCS1_SHA384 } else { &RSA_PKCS1_SHA256 };
                let mut value = vec![0; pair.public_modulus_len()];
                pair.sign(padding, &random, octets, &mut value).unwrap();
                value
            }
        }
    }

    fn algorithm_of_key(&self) -> Vec<u8> {
        match self.kind {
            KeyKind::P256 => sequence(&[oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")]),
            KeyKind::P384 => sequence(&[oid("1.2.840.10045.2.1"), oid("1.3.132.0.34")]),
            KeyKind::Rsa => sequence(&[oid("1.2.840.113549.1.1.1"), null()]),
        }
    }
}

/// SHA-1 with RSA, which aws-lc-rs does not sign any more: `EMSA-PKCS1-v1_5` to the power of the private exponent (RFC 8017
/// section 8.2.1).
fn by_arithmetic(private_key: &[u8], octets_signed: &[u8]) -> Vec<u8> {
    let inner = children(private_key)[2].clone();
    let numbers = children(contents(&inner));
    let number = |place: usize| BigUint::from_bytes_be(contents(&numbers[place]));
    let (modulus, private_exponent) = (number(1), number(3));
    let length = usize::try_from(modulus.bits().div_ceil(8)).expect("it is a small number");
    let info = sequence(&[Hash::Sha1.identifier_with_null(), octets(&Hash::Sha1.digest(octets_signed))]);
    let padding = vec![0xff; length - info.len() - 3];
    let block = [&[0, 1], padding.as_slice(), &[0], &info].concat();
    let value = BigUint::from_bytes_be(&block).modpow(&private_exponent, &modulus).to_bytes_be();
    [vec![0; length - value.len()], value].concat()
}
