//! Decryption: PBES2 (RFC 8018) and the old ways of PKCS#12 (RFC 7292 appendix C).

use std::num::NonZeroU32;

use aws_lc_rs::cipher::{AES_128, AES_192, AES_256, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::pbkdf2;
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, InnerIvInit, KeyInit, KeyIvInit};
use des::{TdesEde2, TdesEde3};
use rc2::Rc2;
use zeroize::Zeroizing;

use super::Secret;
use super::derive::{Purpose, SALT_LIMIT, derive};
use crate::asn1::oid::{ObjectIdentifier, dotted};
use crate::asn1::{Element, tag};
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Result};

const WHAT: &str = "encryption algorithm";

/// Decrypts what an AlgorithmIdentifier describes. What comes out is one ASN.1 element, or the password was wrong.
pub(super) fn decrypt(algorithm: Element<'_>, encrypted: &[u8], secret: &Secret) -> Result<Zeroizing<Vec<u8>>> {
    let mut fields = algorithm.reader();
    let name = fields.oid(WHAT)?;
    let parameters = fields.read(tag::SEQUENCE, WHAT)?;
    let legacy = LEGACY.iter().find(|(oid, ..)| oid.as_bytes() == name);
    let plain = match legacy {
        Some((_, cipher, key_length)) => old(*cipher, *key_length, parameters, encrypted, secret)?,
        None if name == PBES2.as_bytes() => pbes2(parameters, encrypted, secret)?,
        None => return Err(unsupported(name)),
    };
    let plain = plain.filter(|plain| Element::only(plain, WHAT).is_ok());
    plain.ok_or(Error::Pkcs12PasswordWrong)
}

#[derive(Clone, Copy)]
enum Cipher {
    TripleDes,
    TwoKeyTripleDes,
    Rc2,
    Aes128,
    Aes192,
    Aes256,
}

/// `PBEParameter ::= SEQUENCE { salt OCTET STRING, iterations INTEGER }`.
fn old(
    cipher: Cipher,
    key_length: usize,
    parameters: Element<'_>,
    encrypted: &[u8],
    secret: &Secret,
) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let mut fields = parameters.reader();
    let salt = fields.any(WHAT)?.octets()?;
    let iterations = iterations(fields.read(tag::INTEGER, WHAT)?)?;
    let derived =
        |purpose, length| derive(DigestAlgorithm::Sha1, purpose, &secret.bmp, &salt, iterations.get(), length, secret);
    run(cipher, &derived(Purpose::Key, key_length)?, &derived(Purpose::Vector, 8)?, encrypted)
}

/// `PBES2-params ::= SEQUENCE { keyDerivationFunc, encryptionScheme }`.
fn pbes2(parameters: Element<'_>, encrypted: &[u8], secret: &Secret) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let mut fields = parameters.reader();
    let mut function = fields.read(tag::SEQUENCE, WHAT)?.reader();
    let mut scheme = fields.read(tag::SEQUENCE, WHAT)?.reader();
    let function_name = function.oid(WHAT)?;
    if function_name != PBKDF2.as_bytes() {
        return Err(unsupported(function_name));
    }
    let mut fields = function.read(tag::SEQUENCE, WHAT)?.reader();
    let salt = fields.any(WHAT)?.octets()?;
    let iterations = iterations(fields.read(tag::INTEGER, WHAT)?)?;
    fields.optional(tag::INTEGER, WHAT)?; // the key's length, which the cipher tells too
    let (pseudo_random, block) = match fields.optional(tag::SEQUENCE, WHAT)? {
        Some(stated) => pseudo_random(stated.reader().oid(WHAT)?)?,
        None => (pbkdf2::PBKDF2_HMAC_SHA1, 20),
    };
    let scheme_name = scheme.oid(WHAT)?;
    let vector = scheme.read(tag::OCTET_STRING, WHAT)?.contents;
    let known = SCHEMES.iter().find(|(oid, ..)| oid.as_bytes() == scheme_name);
    let (_, cipher, key_length) = known.ok_or_else(|| unsupported(scheme_name))?;
    if salt.len() > SALT_LIMIT {
        return Err(Error::LimitExceeded { limit: "salt" });
    }
    (0..key_length.div_ceil(block)).try_for_each(|_| secret.spend(iterations.get()))?;
    let mut key = Zeroizing::new(vec![0; *key_length]);
    pbkdf2::derive(pseudo_random, iterations, &salt, &secret.utf8, &mut key);
    run(*cipher, &key, vector, encrypted)
}

/// CBC with the padding of PKCS#7; `None` where the padding does not fit.
fn run(cipher: Cipher, key: &[u8], vector: &[u8], encrypted: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let malformed = Error::Pkcs12Malformed { reason: WHAT };
    let mut octets = Zeroizing::new(encrypted.to_vec());
    let length = match cipher {
        Cipher::TripleDes => {
            let Ok(mode) = Decryptor::<TdesEde3>::new_from_slices(key, vector) else { return Err(malformed) };
            mode.decrypt_padded::<Pkcs7>(&mut octets).ok().map(<[u8]>::len)
        }
        Cipher::TwoKeyTripleDes => {
            let Ok(mode) = Decryptor::<TdesEde2>::new_from_slices(key, vector) else { return Err(malformed) };
            mode.decrypt_padded::<Pkcs7>(&mut octets).ok().map(<[u8]>::len)
        }
        Cipher::Rc2 => {
            let Ok(inner) = Rc2::new_from_slice(key) else { return Err(malformed) };
            let Ok(mode) = Decryptor::inner_iv_slice_init(inner, vector) else { return Err(malformed) };
            mode.decrypt_padded::<Pkcs7>(&mut octets).ok().map(<[u8]>::len)
        }
        Cipher::Aes128 | Cipher::Aes192 | Cipher::Aes256 => {
            let kind = match cipher {
                Cipher::Aes128 => &AES_128,
                Cipher::Aes192 => &AES_192,
                _ => &AES_256,
            };
            let Ok(vector) = FixedLength::<16>::try_from(vector) else { return Err(malformed) };
            let failed = |_| Error::CryptoFailed { operation: "AES-CBC" };
            let key = UnboundCipherKey::new(kind, key).map_err(failed)?;
            let key = PaddedBlockDecryptingKey::cbc_pkcs7(key).map_err(failed)?;
            key.decrypt(&mut octets, DecryptionContext::Iv128(vector)).ok().map(|plain| plain.len())
        }
    };
    Ok(length.map(|length| {
        octets.truncate(length);
        octets
    }))
}

/// The pseudo-random function, and the octets that it gives at a time.
fn pseudo_random(name: &[u8]) -> Result<(pbkdf2::Algorithm, usize)> {
    let known = PSEUDO_RANDOM.iter().find(|(oid, ..)| oid.as_bytes() == name);
    known.map(|(_, algorithm, block)| (*algorithm, *block)).ok_or_else(|| unsupported(name))
}

fn iterations(stated: Element<'_>) -> Result<NonZeroU32> {
    let iterations = stated.small_integer().ok_or(Error::LimitExceeded { limit: "iterations" })?;
    NonZeroU32::new(iterations).ok_or(Error::Pkcs12Malformed { reason: "iterations" })
}

fn unsupported(name: &[u8]) -> Error {
    Error::AlgorithmUnsupported { algorithm: dotted(name) }
}

const LEGACY: [(ObjectIdentifier, Cipher, usize); 4] = [
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.3"), Cipher::TripleDes, 24),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.4"), Cipher::TwoKeyTripleDes, 16),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.5"), Cipher::Rc2, 16),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.6"), Cipher::Rc2, 5),
];

const SCHEMES: [(ObjectIdentifier, Cipher, usize); 4] = [
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.2"), Cipher::Aes128, 16),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.22"), Cipher::Aes192, 24),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.42"), Cipher::Aes256, 32),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.3.7"), Cipher::TripleDes, 24),
];

const PSEUDO_RANDOM: [(ObjectIdentifier, pbkdf2::Algorithm, usize); 4] = [
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.7"), pbkdf2::PBKDF2_HMAC_SHA1, 20),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.9"), pbkdf2::PBKDF2_HMAC_SHA256, 32),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.10"), pbkdf2::PBKDF2_HMAC_SHA384, 48),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.11"), pbkdf2::PBKDF2_HMAC_SHA512, 64),
];

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
