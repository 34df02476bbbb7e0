//! Tokens: what they are, and signing. A token may be shared between threads.

pub mod attempt;
pub mod key_material;
pub mod pin;
pub mod pkcs12;
pub mod signer;
pub mod software;
pub mod test_issuer;

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::Arc;

use eimza_core::cades;
use eimza_core::token::{self, FileMemory, Token, TokenKind, pkcs11};

use crate::bytes::{eimza_bytes, eimza_bytes_list};
use crate::cades::options::eimza_signing_options;
use crate::cades::{eimza_content, eimza_prepared_list, eimza_sign_requests};
use crate::error::eimza_error;
use crate::output::{at, json};
use crate::raw::eimza_text;
use crate::secret::eimza_pin;
use crate::status::eimza_status;
use crate::token::attempt::{eimza_attempt, taken};
use crate::token::signer::eimza_token_certificate;
use crate::wall::{self, need, take};

/// What holds keys: a card or another token behind a PKCS#11 module, or a file. May be shared between threads.
pub struct eimza_token(pub(crate) Token);

/// Several tokens.
pub struct eimza_tokens(Vec<Token>);

/// Opens the token that an address names: "pkcs11:token=NES1?module-path=/usr/lib/libakisp11.so" (RFC 7512), or
/// "file:PATH" for a software token, or "pcsc:READER NAME" for a card without a module. EIMZA_STATUS_TOKEN_ADDRESS_INVALID, EIMZA_STATUS_TOKEN_ADDRESS_HOLDS_PIN;
/// EIMZA_STATUS_TOKEN_UNKNOWN, EIMZA_STATUS_TOKENS_SEVERAL where not exactly one token fits;
/// EIMZA_STATUS_MODULE_MISSING … for the module.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_open(
    address: eimza_text,
    out: Option<&mut MaybeUninit<*mut eimza_token>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_token(token::open(address.text("address")?)?)))
}

/// The one token of this machine with a certificate that may sign. Spends no try. EIMZA_STATUS_TOKEN_ABSENT for none,
/// EIMZA_STATUS_TOKENS_SEVERAL for several.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_only(
    out: Option<&mut MaybeUninit<*mut eimza_token>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || token::only().map(eimza_token))
}

/// The tokens of this machine that hold a certificate. Spends no try; a software token is never found by itself.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_tokens_usable(
    out: Option<&mut MaybeUninit<*mut eimza_tokens>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_tokens(token::usable(|_| true))))
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_tokens_count(tokens: Option<&eimza_tokens>) -> usize {
    wall::read(tokens, 0, |tokens| tokens.0.len())
}

/// A handle of its own for the token at `index`, from 0.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_tokens_at(
    tokens: Option<&eimza_tokens>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut eimza_token>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || at(&need(tokens, "tokens")?.0, index).cloned().map(eimza_token))
}

/// Frees a list; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_tokens_free(tokens: Option<Box<eimza_tokens>>) {
    wall::free(tokens);
}

/// How to name the token again. National ids in it are **in clear**. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_address(
    token: Option<&eimza_token>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(token, "token")?.0.info()?.address))
}

/// What the token is called. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_label(
    token: Option<&eimza_token>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(token, "token")?.0.info()?.label))
}

/// What the token is, as JSON: address_without_national_id (how to name it again where people look), label,
/// manufacturer, model, serial, kind ("pkcs11", "smart-card", "software"), may_be_qualified_device, has_keypad, needs_login. Free it
/// with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_info(
    token: Option<&eimza_token>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        let info = need(token, "token")?.0.info()?;
        let kind = match info.kind {
            TokenKind::Pkcs11 => "pkcs11",
            TokenKind::SmartCard => "smart-card",
            TokenKind::Software => "software",
        };
        json(&serde_json::json!({
            "address_without_national_id": info.address_without_national_id,
            "label": info.label,
            "manufacturer": info.manufacturer,
            "model": info.model,
            "serial": info.serial,
            "kind": kind,
            "may_be_qualified_device": info.may_be_qualified_device,
            "has_keypad": info.has_keypad,
            "needs_login": info.needs_login,
        }))
    })
}

/// Signs every request, which the person saw listed beforehand, with one entry of the PIN: all of them or none. Each
/// value is verified before it is returned; ECDSA values are DER. `pin` and `attempt` (or NULL) are moved in.
///
/// May block for seconds. EIMZA_STATUS_PIN_INCORRECT … for what the attempt came to; what kept it from being made
/// spends no try.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_sign(
    token: Option<&eimza_token>,
    signer: Option<&eimza_token_certificate>,
    requests: Option<&eimza_sign_requests>,
    pin: Option<&mut Option<Box<eimza_pin>>>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    out: Option<&mut MaybeUninit<*mut eimza_bytes_list>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let (pin, attempt) = (take(pin, "pin"), taken(attempt));
    wall::give(out, error, || {
        let requests = need(requests, "requests")?.0.clone();
        let values = need(token, "token")?.0.sign_batch(&need(signer, "signer")?.0, requests, pin?.0, attempt)?;
        Ok(eimza_bytes_list(values))
    })
}

/// The simple way: prepares, has the token sign, verifies, and gives the file. `pin` and `attempt` (or NULL) are moved
/// in.
///
/// Errors that can be known beforehand (a certificate that does not suit, a missing content) are returned before the
/// PIN reaches the token.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_sign(
    token: Option<&eimza_token>,
    signer: Option<&eimza_token_certificate>,
    pin: Option<&mut Option<Box<eimza_pin>>>,
    content: Option<&eimza_content>,
    options: Option<&eimza_signing_options>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let (pin, attempt) = (take(pin, "pin"), taken(attempt));
    wall::give(out, error, || {
        let (token, signer) = (&need(token, "token")?.0, &need(signer, "signer")?.0);
        let (content, options) = (need(content, "content")?.content()?, &need(options, "options")?.0);
        cades::sign(token, signer, pin?.0, content, options, attempt).map(eimza_bytes)
    })
}

/// The simple way for several, with one entry of the PIN: has the token sign all that was prepared for this signer,
/// verifies, and gives a file for each, or none at all. `pin`, `prepared` and `attempt` (or NULL) are moved in.
///
/// EIMZA_STATUS_ARGUMENT_INVALID, before the PIN reaches the token, where something was prepared for another
/// certificate.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_sign_prepared(
    token: Option<&eimza_token>,
    signer: Option<&eimza_token_certificate>,
    pin: Option<&mut Option<Box<eimza_pin>>>,
    prepared: Option<&mut Option<Box<eimza_prepared_list>>>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    out: Option<&mut MaybeUninit<*mut eimza_bytes_list>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let (pin, prepared, attempt) = (take(pin, "pin"), take(prepared, "prepared"), taken(attempt));
    wall::give(out, error, || {
        let (token, signer) = (&need(token, "token")?.0, &need(signer, "signer")?.0);
        cades::sign_prepared(token, signer, pin?.0, prepared?.0, attempt).map(eimza_bytes_list)
    })
}

/// The same token, remembering failed attempts in this file instead of in this process. The file holds no secret.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_with_memory(
    token: Option<&eimza_token>,
    path: eimza_text,
    out: Option<&mut MaybeUninit<*mut eimza_token>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let memory = Arc::new(FileMemory::new(path.text("path")?));
        Ok(eimza_token(need(token, "token")?.0.clone().with_memory(memory)))
    })
}

/// The PKCS#11 modules that are found on this machine, as a JSON list: path, name, and whether it loads with the
/// reason. Modules are code that runs in this process. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_modules(
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        let modules = pkcs11::modules().into_iter().map(|module| {
            let failure = pkcs11::probe(&module.path).err().map(|error| error.name());
            serde_json::json!({"path": module.path, "name": module.name, "loads": failure.is_none(), "reason": failure})
        });
        json(&modules.collect::<Vec<_>>())
    })
}

/// Frees a token's handle; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_free(token: Option<Box<eimza_token>>) {
    wall::free(token);
}
