//! Decryption: PBES2 (RFC 8018), and the old ways of PKCS#12 (RFC 7292 appendix C) and of PKCS#5 (RFC 8018 section 6.1).

use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, InnerIvInit, KeyInit, KeyIvInit};
use des::{Des, TdesEde2, TdesEde3};
use rc2::Rc2;
use rc4::{Rc4, StreamCipher};
use zeroize::Zeroizing;

use super::derive::{Diversifier, derive, derive_simply, iterations};
use super::pbkdf2;
use super::secret::Secret;
use crate::asn1::oid::{ObjectIdentifier, dotted};
use crate::asn1::{Element, tag};
use crate::crypto::{DigestAlgorithm, decrypt_aes_cbc};
use crate::error::{Error, Pkcs12Fault, Result};

const WHAT: &str = "encryption algorithm";

/// Decrypts what an AlgorithmIdentifier describes. What comes out is one ASN.1 element, or the password was wrong.
pub(super) fn decrypt(algorithm: Element<'_>, encrypted: &[u8], secret: &Secret) -> Result<Zeroizing<Vec<u8>>> {
    let mut fields = algorithm.reader();
    let name = fields.oid(WHAT)?;
    let parameters = fields.read(tag::SEQUENCE, WHAT)?;
    let known = |table: &[(ObjectIdentifier, Cipher)]| {
        table.iter().find(|(oid, _)| oid.as_bytes() == name).map(|(_, cipher)| *cipher)
    };
    let plain = if name == PBES2.as_bytes() {
        pbes2(parameters, encrypted, secret)?
    } else if let Some(cipher) = known(&PKCS12) {
        of_pkcs12(cipher, parameters, encrypted, secret)?
    } else if let Some(cipher) = known(&PKCS5) {
        of_pkcs5(cipher, parameters, encrypted, secret)?
    } else {
        return Err(unsupported(name));
    };
    plain.ok_or(Error::Pkcs12PasswordWrong)
}

pub(super) fn unsupported(name: &[u8]) -> Error {
    Error::AlgorithmUnsupported { algorithm: dotted(name) }
}

/// A cipher, with the octets of its key where these may vary.
#[derive(Clone, Copy)]
enum Cipher {
    TripleDes,
    TwoKeyTripleDes,
    Des,
    Rc2(usize),
    Rc4(usize),
    Aes128,
    Aes192,
    Aes256,
}

impl Cipher {
    fn key_length(self) -> usize {
        match self {
            Cipher::TripleDes | Cipher::Aes192 => 24,
            Cipher::TwoKeyTripleDes | Cipher::Aes128 => 16,
            Cipher::Aes256 => 32,
            Cipher::Des => 8,
            Cipher::Rc2(length) | Cipher::Rc4(length) => length,
        }
    }
}

/// `PBEParameter ::= SEQUENCE { salt OCTET STRING, iterations INTEGER }`, with each form of the password that may be meant.
fn of_pkcs12(cipher: Cipher, parameters: Element<'_>, encrypted: &[u8], secret: &Secret) -> Result<Plain> {
    let mut fields = parameters.reader();
    let salt = fields.any(WHAT)?.octets()?;
    let iterations = iterations(fields.read(tag::INTEGER, WHAT)?)?.get();
    for password in &secret.characters {
        let derived =
            |purpose, length| derive(DigestAlgorithm::Sha1, purpose, password, &salt, iterations, length, secret);
        let vector = match cipher {
            Cipher::Rc4(_) => Zeroizing::default(),
            _ => derived(Diversifier::Vector, 8)?,
        };
        let plain = run(cipher, &derived(Diversifier::Key, cipher.key_length())?, &vector, encrypted)?;
        if plain.is_some() {
            return Ok(plain);
        }
    }
    Ok(None)
}

/// PBES1: key and vector are the two halves of what PBKDF1 gives.
fn of_pkcs5(cipher: Cipher, parameters: Element<'_>, encrypted: &[u8], secret: &Secret) -> Result<Plain> {
    let mut fields = parameters.reader();
    let salt = fields.any(WHAT)?.octets()?;
    let iterations = iterations(fields.read(tag::INTEGER, WHAT)?)?.get();
    let derived = derive_simply(&salt, iterations, secret)?;
    let (key, vector) =
        derived.split_at_checked(8).ok_or(Error::Pkcs12Malformed { reason: Pkcs12Fault::Structure(WHAT) })?;
    run(cipher, key, vector, encrypted)
}

/// `PBES2-params ::= SEQUENCE { keyDerivationFunc, encryptionScheme }`.
fn pbes2(parameters: Element<'_>, encrypted: &[u8], secret: &Secret) -> Result<Plain> {
    let mut fields = parameters.reader();
    let function = fields.read(tag::SEQUENCE, WHAT)?;
    let mut scheme = fields.read(tag::SEQUENCE, WHAT)?.reader();
    let scheme_name = scheme.oid(WHAT)?;
    let known = SCHEMES.iter().find(|(oid, _)| oid.as_bytes() == scheme_name);
    let (_, cipher) = known.ok_or_else(|| unsupported(scheme_name))?;
    let vector = scheme.read(tag::OCTET_STRING, WHAT)?.contents;
    let key = pbkdf2::derive(&function, Some(cipher.key_length()), secret)?;
    run(*cipher, &key, vector, encrypted)
}

/// One ASN.1 element; `None` where another password was used.
type Plain = Option<Zeroizing<Vec<u8>>>;

/// CBC with the padding of PKCS#7, or the stream cipher.
fn run(cipher: Cipher, key: &[u8], vector: &[u8], encrypted: &[u8]) -> Result<Plain> {
    let malformed = Error::Pkcs12Malformed { reason: Pkcs12Fault::Structure(WHAT) };
    let mut octets = Zeroizing::new(encrypted.to_vec());
    macro_rules! cbc {
        ($decryptor:expr) => {{
            let Ok(mode) = $decryptor else { return Err(malformed) };
            mode.decrypt_padded::<Pkcs7>(&mut octets).ok().map(<[u8]>::len)
        }};
    }
    let length = match cipher {
        Cipher::TripleDes => cbc!(Decryptor::<TdesEde3>::new_from_slices(key, vector)),
        Cipher::TwoKeyTripleDes => cbc!(Decryptor::<TdesEde2>::new_from_slices(key, vector)),
        Cipher::Des => cbc!(Decryptor::<Des>::new_from_slices(key, vector)),
        Cipher::Rc2(_) => {
            let Ok(inner) = Rc2::new_from_slice(key) else { return Err(malformed) };
            cbc!(Decryptor::inner_iv_slice_init(inner, vector))
        }
        Cipher::Rc4(_) => {
            let Ok(mut stream) = Rc4::new_from_slice(key) else { return Err(malformed) };
            stream.apply_keystream(&mut octets);
            Some(octets.len())
        }
        Cipher::Aes128 | Cipher::Aes192 | Cipher::Aes256 => {
            let Ok(vector) = vector.try_into() else { return Err(malformed) };
            decrypt_aes_cbc(key, vector, &mut octets)?
        }
    };
    let Some(length) = length else { return Ok(None) };
    octets.truncate(length);
    let is_element = Element::only(&octets, WHAT).is_ok();
    Ok(is_element.then_some(octets))
}

const PKCS12: [(ObjectIdentifier, Cipher); 6] = [
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.1"), Cipher::Rc4(16)),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.2"), Cipher::Rc4(5)),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.3"), Cipher::TripleDes),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.4"), Cipher::TwoKeyTripleDes),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.5"), Cipher::Rc2(16)),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.6"), Cipher::Rc2(5)),
];

/// With SHA-1; those with MD2 and MD5 are not computed here.
const PKCS5: [(ObjectIdentifier, Cipher); 2] = [
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.10"), Cipher::Des),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.11"), Cipher::Rc2(8)),
];

const SCHEMES: [(ObjectIdentifier, Cipher); 5] = [
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.2"), Cipher::Aes128),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.22"), Cipher::Aes192),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.42"), Cipher::Aes256),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.3.7"), Cipher::TripleDes),
    (ObjectIdentifier::new_unwrap("1.3.14.3.2.7"), Cipher::Des),
];

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
