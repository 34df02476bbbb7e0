//! Software tokens: demonstrations and tests that need no card.

use std::mem::MaybeUninit;

use eimza_core::error::ArgumentFault;
use eimza_core::token::Entered;
use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken};
use eimza_core::{Error, Result};

use super::key_material::{eimza_key_material, eimza_key_material_list};
use crate::error::eimza_error;
use crate::raw::{eimza_text, eimza_view};
use crate::secret::{eimza_password, eimza_pin, eimza_puk};
use crate::status::eimza_status;
use crate::token::eimza_token;
use crate::wall::{self, take};

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

fn typed<S>(entered: Entered<S>, argument: &'static str) -> Result<S> {
    match entered {
        Entered::Typed(secret) => Ok(secret),
        Entered::OnDevice | Entered::Open(_) | Entered::NotNeeded => {
            Err(Error::ArgumentInvalid { argument, reason: ArgumentFault::NoKeypad })
        }
    }
}
