//! Private keys with their certificates, on their way into a software token or under a service's seal.

use std::mem::MaybeUninit;

use eimza_core::crypto::{Curve, KeyType};
use eimza_core::error::ArgumentFault;
use eimza_core::token::software::{KeyMaterial, Validity};
use eimza_core::{Error, Result, Time};
use zeroize::Zeroizing;

use crate::certificate::eimza_certificates;
use crate::error::eimza_error;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need, take};

/// A private key and the certificates that go with it. Moved into what uses it; wiped.
pub struct eimza_key_material(pub(crate) KeyMaterial);

/// Several keys, for one token.
pub struct eimza_key_material_list(pub(crate) Vec<KeyMaterial>);

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
    wall::push(list.map(|list| &mut list.0), key.map(|key| key.0), error)
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

pub(super) fn validity(not_before: i64, not_after: i64) -> Result<Validity> {
    Ok(Validity { not_before: Time::from_unix(not_before)?, not_after: Time::from_unix(not_after)? })
}

pub(super) fn key_type(name: &str) -> Result<KeyType> {
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
