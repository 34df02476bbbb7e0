//! Software tokens, and test certificates for them: demonstrations and tests that need no card.

use std::mem::MaybeUninit;

use eimza_core::crypto::{Curve, KeyType};
use eimza_core::error::ArgumentFault;
use eimza_core::token::Entered;
use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken, TestIssuer, TestPerson, Validity};
use eimza_core::{Error, Result, Time};
use zeroize::Zeroizing;

use crate::certificate::{eimza_certificate, eimza_certificates};
use crate::error::eimza_error;
use crate::raw::{eimza_text, eimza_view};
use crate::secret::{eimza_password, eimza_pin, eimza_puk};
use crate::status::eimza_status;
use crate::token::eimza_token;
use crate::wall::{self, need, need_mut, take};

/// A private key and the certificates that go with it. Moved into what uses it; wiped.
pub struct eimza_key_material(pub(crate) KeyMaterial);

/// Several keys, for one token.
pub struct eimza_key_material_list(Vec<KeyMaterial>);

/// Issues certificates like those of persons: all are named `eimza TEST` and have no legal effect.
pub struct eimza_test_issuer(TestIssuer);

/// Takes a key as PrivateKeyInfo (PKCS#8, RFC 5208), its certificate and that one's chain. The caller's octets are not
/// wiped: see eimza_wipe. EIMZA_STATUS_KEY_ABSENT where the key is not that of the first certificate.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_key_material_new(
    pkcs8: eimza_view,
    label: eimza_text,
    certificates: Option<&eimza_certificates>,
    out: Option<&mut MaybeUninit<*mut eimza_key_material>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let pkcs8 = Zeroizing::new(pkcs8.octets("pkcs8")?.to_vec());
        let certificates = need(certificates, "certificates")?.0.clone();
        KeyMaterial::new(pkcs8, label.text("label")?, certificates).map(eimza_key_material)
    })
}

/// A fresh key with a certificate that it signed itself: worth nothing, and named `eimza TEST …`. `key` is "EC P-256",
/// "EC P-384", "EC P-521", "RSA-2048", "RSA-3072" or "RSA-4096".
#[unsafe(no_mangle)]
pub extern "C" fn eimza_key_material_self_signed(
    key: eimza_text,
    name: eimza_text,
    not_before: i64,
    not_after: i64,
    out: Option<&mut MaybeUninit<*mut eimza_key_material>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let (key, validity) = (key_type(key.text("key")?)?, validity(not_before, not_after)?);
        KeyMaterial::self_signed(&key, name.text("name")?, validity).map(eimza_key_material)
    })
}

/// Wipes and frees a key; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_key_material_free(key: Option<Box<eimza_key_material>>) {
    wall::free(key);
}

/// An empty list.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_key_material_list_new() -> Option<Box<eimza_key_material_list>> {
    Some(Box::new(eimza_key_material_list(Vec::new())))
}

/// Puts a key behind those in the list. `key` is moved in.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_key_material_list_add(
    list: Option<&mut eimza_key_material_list>,
    key: Option<&mut Option<Box<eimza_key_material>>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let key = take(key, "key");
    wall::run(error, || {
        need_mut(list, "list")?.0.push(key?.0);
        Ok(())
    })
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_key_material_list_count(list: Option<&eimza_key_material_list>) -> usize {
    wall::read(list, 0, |list| list.0.len())
}

/// Wipes and frees the keys; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_key_material_list_free(list: Option<Box<eimza_key_material_list>>) {
    wall::free(list);
}

/// A fresh issuer with a key that lives as long as the handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_new(
    not_before: i64,
    not_after: i64,
    out: Option<&mut MaybeUninit<*mut eimza_test_issuer>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || TestIssuer::new(validity(not_before, not_after)?).map(eimza_test_issuer))
}

/// The issuer's own certificate, for the list of issuers that a service accepts.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_certificate(
    issuer: Option<&eimza_test_issuer>,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_certificate(need(issuer, "issuer")?.0.certificate().clone())))
}

/// A fresh key and certificate for a person; `key` as for eimza_key_material_self_signed, `national_id` of 11 digits.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_issue(
    issuer: Option<&eimza_test_issuer>,
    name: eimza_text,
    national_id: eimza_text,
    key: eimza_text,
    not_before: i64,
    not_after: i64,
    out: Option<&mut MaybeUninit<*mut eimza_key_material>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let person = TestPerson {
            name: name.text("name")?.to_owned(),
            national_id: national_id.text("national_id")?.to_owned(),
        };
        let (key, validity) = (key_type(key.text("key")?)?, validity(not_before, not_after)?);
        need(issuer, "issuer")?.0.issue(&person, &key, validity).map(eimza_key_material)
    })
}

/// Frees an issuer and its key; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_free(issuer: Option<Box<eimza_test_issuer>>) {
    wall::free(issuer);
}

/// Makes a software token with one key in a new file, or in memory where `path` is NULL. It behaves like a card and is
/// no qualified device. `key`, `pin` and `puk` (of 4 to 64 octets) are moved in. EIMZA_STATUS_TOKEN_FILE_EXISTS where
/// the file is there already.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_software_token_create(
    path: eimza_text,
    label: eimza_text,
    key: Option<&mut Option<Box<eimza_key_material>>>,
    pin: Option<&mut Option<Box<eimza_pin>>>,
    puk: Option<&mut Option<Box<eimza_puk>>>,
    out: Option<&mut MaybeUninit<*mut eimza_token>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let (key, pin, puk) = (take(key, "key"), take(pin, "pin"), take(puk, "puk"));
    wall::give(out, error, || create(&path, &label, vec![key?.0], pin?, puk?))
}

/// As eimza_software_token_create, with all of these keys. `keys`, `pin` and `puk` are moved in.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_software_token_create_with_keys(
    path: eimza_text,
    label: eimza_text,
    keys: Option<&mut Option<Box<eimza_key_material_list>>>,
    pin: Option<&mut Option<Box<eimza_pin>>>,
    puk: Option<&mut Option<Box<eimza_puk>>>,
    out: Option<&mut MaybeUninit<*mut eimza_token>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let (keys, pin, puk) = (take(keys, "keys"), take(pin, "pin"), take(puk, "puk"));
    wall::give(out, error, || create(&path, &label, keys?.0, pin?, puk?))
}

/// As eimza_software_token_create, with every key of a PKCS#12 file, each with its certificate and chain. `password`,
/// `pin` and `puk` are moved in. EIMZA_STATUS_PKCS12_MALFORMED, EIMZA_STATUS_PKCS12_PASSWORD_WRONG for a wrong
/// password, EIMZA_STATUS_PKCS12_KEY_ABSENT where there is no key with its certificate.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_software_token_from_pkcs12(
    path: eimza_text,
    label: eimza_text,
    pkcs12: eimza_view,
    password: Option<&mut Option<Box<eimza_password>>>,
    pin: Option<&mut Option<Box<eimza_pin>>>,
    puk: Option<&mut Option<Box<eimza_puk>>>,
    out: Option<&mut MaybeUninit<*mut eimza_token>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let (password, pin, puk) = (take(password, "password"), take(pin, "pin"), take(puk, "puk"));
    wall::give(out, error, || {
        let keys = KeyMaterial::from_pkcs12(pkcs12.octets("pkcs12")?, &password?.0)?;
        create(&path, &label, keys, pin?, puk?)
    })
}

fn create(
    path: &eimza_text,
    label: &eimza_text,
    keys: Vec<KeyMaterial>,
    pin: eimza_pin,
    puk: eimza_puk,
) -> Result<eimza_token> {
    let creation = Creation::new(label.text("label")?, keys, typed(pin.0, "pin")?, typed(puk.0, "puk")?);
    let token = match path.optional("path")? {
        Some(path) => SoftwareToken::create(path, creation)?,
        None => SoftwareToken::in_memory(creation)?,
    };
    Ok(eimza_token(token))
}

fn validity(not_before: i64, not_after: i64) -> Result<Validity> {
    Ok(Validity { not_before: Time::from_unix(not_before)?, not_after: Time::from_unix(not_after)? })
}

fn typed<S>(entered: Entered<S>, argument: &'static str) -> Result<S> {
    match entered {
        Entered::Typed(secret) => Ok(secret),
        Entered::OnDevice | Entered::NotNeeded => {
            Err(Error::ArgumentInvalid { argument, reason: ArgumentFault::NoKeypad })
        }
    }
}

fn key_type(name: &str) -> Result<KeyType> {
    match name {
        "EC P-256" => Ok(KeyType::Ec(Curve::P256)),
        "EC P-384" => Ok(KeyType::Ec(Curve::P384)),
        "EC P-521" => Ok(KeyType::Ec(Curve::P521)),
        "RSA-2048" => Ok(KeyType::Rsa { bits: 2048 }),
        "RSA-3072" => Ok(KeyType::Rsa { bits: 3072 }),
        "RSA-4096" => Ok(KeyType::Rsa { bits: 4096 }),
        _ => Err(Error::ArgumentInvalid { argument: "key", reason: ArgumentFault::NameUnknown }),
    }
}
