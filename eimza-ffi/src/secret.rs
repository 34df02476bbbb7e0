//! Secrets: distinct types that do not convert into each other, wiped when they are used or freed.

use std::ffi::c_void;
use std::mem::MaybeUninit;

use eimza_core::token::Entered;
use eimza_core::{
    ConfirmationCode, Error, Password, Pin, PinEntry, Puk, SECRET_LIMIT, UNUSUAL_PIN_LIMIT, VerificationCode,
};
use zeroize::Zeroizing;

use crate::error::eimza_error;
use crate::raw::eimza_view;
use crate::status::eimza_status;
use crate::wall;

/// The PIN of a token. Moved into the call that uses it.
pub struct eimza_pin(pub(crate) Entered<Pin>);

/// The PUK of a token. Wrong ones can make a card useless for good.
pub struct eimza_puk(pub(crate) Entered<Puk>);

/// The portal's 15 digits: they authorise a flow and are never a PIN or a PUK.
pub struct eimza_verification_code(pub(crate) VerificationCode);

/// The code that came by SMS.
pub struct eimza_confirmation_code(#[allow(dead_code)] ConfirmationCode);

/// The password of a PKCS#12 file.
pub struct eimza_password(pub(crate) Password);

/// A PIN that is being typed, key by key.
pub struct eimza_pin_entry(PinEntry);

/// Asks the person for a PIN: writes at most `capacity` octets (64; 1024 of an unusual one) into `octets`, their number
/// into `length`, and returns 0; any other number gives up. The buffer is wiped afterwards. It must return, not jump or
/// throw.
pub type eimza_pin_prompt =
    Option<extern "C" fn(context: *mut c_void, octets: *mut u8, capacity: usize, length: &mut usize) -> i32>;

/// Takes a PIN of 1 to 64 octets. The caller's octets are not wiped: see eimza_wipe.
///
/// Exactly 15 digits are a probable verification code and refused (EIMZA_STATUS_SECRET_LOOKS_LIKE_VERIFICATION_CODE).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_new(
    octets: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_pin>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_pin(Pin::new(octets.octets("octets")?)?.into())))
}

/// A PIN of any form, also of 15 digits and of up to 1024 octets. It reaches a token only where the attempt permits it:
/// eimza_attempt_allow_unusual_pin.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_new_unusual(
    octets: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_pin>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_pin(Pin::new_unusual(octets.octets("octets")?)?.into())))
}

/// Has the PIN asked by the caller's function, in this thread; every buffer that holds the octets is wiped.
///
/// EIMZA_STATUS_CANCELLED where the function gives up.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_ask(
    prompt: eimza_pin_prompt,
    context: *mut c_void,
    out: Option<&mut MaybeUninit<*mut eimza_pin>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || asked::<SECRET_LIMIT>(prompt, context, |octets| Pin::new(octets)))
}

/// As eimza_pin_ask, by the rules of eimza_pin_new_unusual.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_ask_unusual(
    prompt: eimza_pin_prompt,
    context: *mut c_void,
    out: Option<&mut MaybeUninit<*mut eimza_pin>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || asked::<UNUSUAL_PIN_LIMIT>(prompt, context, |octets| Pin::new_unusual(octets)))
}

/// Stands for a PIN that is typed on the keypad of the token or its reader.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_on_device() -> Option<Box<eimza_pin>> {
    Some(Box::new(eimza_pin(Entered::OnDevice)))
}

/// Stands for no PIN: for a token that signs without a login (needs_login of eimza_token_info). Nothing is sent.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_not_needed() -> Option<Box<eimza_pin>> {
    Some(Box::new(eimza_pin(Entered::NotNeeded)))
}

/// Wipes and frees a PIN; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_free(pin: Option<Box<eimza_pin>>) {
    wall::free(pin);
}

/// Takes a PUK, by the rules of eimza_pin_new.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_puk_new(
    octets: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_puk>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_puk(Puk::new(octets.octets("octets")?)?.into())))
}

/// Stands for a PUK that is typed on the keypad of the token or its reader.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_puk_on_device() -> Option<Box<eimza_puk>> {
    Some(Box::new(eimza_puk(Entered::OnDevice)))
}

/// Wipes and frees a PUK; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_puk_free(puk: Option<Box<eimza_puk>>) {
    wall::free(puk);
}

/// Reads the 15 digits of a verification code; whatever is neither a letter nor a number is tolerated anywhere, and so
/// are hidden characters and full-width digits. EIMZA_STATUS_VERIFICATION_CODE_MALFORMED otherwise.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_code_parse(
    octets: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_verification_code>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_verification_code(VerificationCode::parse(octets.octets("octets")?)?)))
}

/// The 15 digits in clear, for the page that shows the code to its person. They live as long as the handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_code_reveal(code: Option<&eimza_verification_code>) -> eimza_view {
    wall::read(code, eimza_view::EMPTY, |code| eimza_view::of(code.0.expose()))
}

/// Whether two codes are the same, in constant time; false for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_code_equals(
    code: Option<&eimza_verification_code>,
    other: Option<&eimza_verification_code>,
) -> bool {
    wall::read(code, false, |code| other.is_some_and(|other| code.0.equals(&other.0)))
}

/// Wipes and frees a verification code; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_code_free(code: Option<Box<eimza_verification_code>>) {
    wall::free(code);
}

/// Reads the 4 to 10 digits of a confirmation code; what a verification code may have between its digits is tolerated.
/// EIMZA_STATUS_CONFIRMATION_CODE_MALFORMED otherwise.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_confirmation_code_parse(
    octets: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_confirmation_code>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_confirmation_code(ConfirmationCode::parse(octets.octets("octets")?)?)))
}

/// Wipes and frees a confirmation code; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_confirmation_code_free(code: Option<Box<eimza_confirmation_code>>) {
    wall::free(code);
}

/// Takes the password of a PKCS#12 file: UTF-8, at most 1,024 octets; it may be empty.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_password_new(
    octets: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_password>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_password(Password::new(octets.octets("octets")?)?)))
}

/// Wipes and frees a password; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_password_free(password: Option<Box<eimza_password>>) {
    wall::free(password);
}

/// An empty entry, for keypads on a screen.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_entry_new() -> Option<Box<eimza_pin_entry>> {
    Some(Box::new(eimza_pin_entry(PinEntry::new())))
}

/// Adds one octet; the 65th is refused (EIMZA_STATUS_SECRET_TOO_LONG).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_entry_push(
    entry: Option<&mut eimza_pin_entry>,
    octet: u8,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || wall::need_mut(entry, "entry")?.0.push(octet))
}

/// Takes the last octet back; nothing happens to an empty entry.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_entry_backspace(entry: Option<&mut eimza_pin_entry>) {
    change(entry, PinEntry::backspace);
}

/// Forgets and wipes everything that was entered.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_entry_clear(entry: Option<&mut eimza_pin_entry>) {
    change(entry, PinEntry::clear);
}

/// How many octets were entered, for the dots on the screen.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_entry_length(entry: Option<&eimza_pin_entry>) -> usize {
    wall::read(entry, 0, |entry| entry.0.len())
}

/// Makes the PIN by the rules of eimza_pin_new and empties the entry.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_entry_finish(
    entry: Option<&mut eimza_pin_entry>,
    out: Option<&mut MaybeUninit<*mut eimza_pin>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_pin(wall::need_mut(entry, "entry")?.0.finish()?.into())))
}

/// As eimza_pin_entry_finish, by the rules of eimza_pin_new_unusual.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_entry_finish_unusual(
    entry: Option<&mut eimza_pin_entry>,
    out: Option<&mut MaybeUninit<*mut eimza_pin>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_pin(wall::need_mut(entry, "entry")?.0.finish_unusual()?.into())))
}

/// Wipes and frees an entry; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pin_entry_free(entry: Option<Box<eimza_pin_entry>>) {
    wall::free(entry);
}

fn asked<const LIMIT: usize>(
    prompt: eimza_pin_prompt,
    context: *mut c_void,
    pin: impl FnOnce(&[u8]) -> eimza_core::Result<Pin>,
) -> eimza_core::Result<eimza_pin> {
    let prompt = prompt.ok_or_else(|| crate::raw::null("prompt"))?;
    let mut octets = Zeroizing::new([0u8; LIMIT]);
    let mut length = 0;
    if prompt(context, octets.as_mut_ptr(), LIMIT, &mut length) != 0 {
        return Err(Error::Cancelled);
    }
    let too_long = Error::SecretTooLong { secret: eimza_core::SecretKind::Pin, limit: LIMIT };
    Ok(eimza_pin(pin(octets.get(..length).ok_or(too_long)?)?.into()))
}

fn change(entry: Option<&mut eimza_pin_entry>, change: impl FnOnce(&mut PinEntry)) {
    wall::run(None, || {
        change(&mut wall::need_mut(entry, "entry")?.0);
        Ok(())
    });
}
