//! The simple way: a token, its certificate and a PIN go in, the file comes out.

use super::options::SigningOptions;
use super::sign::{Prepared, prepare};
use crate::cms::Content;
use crate::error::{ArgumentFault, Error, Result};
use crate::secret::Pin;
use crate::token::{Attempt, Entered, SignRequest, Token, TokenCertificate};

/// Signs one content with one entry of the PIN; the signature is verified before it is returned.
///
/// # Errors
/// Errors that can be known beforehand (a certificate that does not suit, a missing content) are returned before the
/// PIN reaches the token. After that, the errors of the attempt (3102 …).
pub fn sign(
    token: &Token,
    signer: &TokenCertificate,
    pin: impl Into<Entered<Pin>>,
    content: Content<'_>,
    options: &SigningOptions,
    attempt: Attempt,
) -> Result<Vec<u8>> {
    let mut files = sign_batch(token, signer, pin, &[(content, options)], attempt)?;
    files.pop().ok_or(Error::TokenSignatureInvalid)
}

/// Signs several contents, which the person saw listed beforehand, with one entry of the PIN: all of them or none.
pub fn sign_batch(
    token: &Token,
    signer: &TokenCertificate,
    pin: impl Into<Entered<Pin>>,
    contents: &[(Content<'_>, &SigningOptions)],
    attempt: Attempt,
) -> Result<Vec<Vec<u8>>> {
    let prepared: Result<Vec<Prepared<'_>>> =
        contents.iter().map(|(content, options)| prepare(*content, &signer.certificate, options)).collect();
    sign_prepared(token, signer, pin, prepared?, attempt)
}

/// Signs what was prepared for this signer, which the person saw listed beforehand, with one entry of the PIN: all of it
/// or nothing. For contents that have to be read before the token is asked, such as streams.
///
/// # Errors
/// As [`sign`]; [`Error::ArgumentInvalid`], before the PIN reaches the token, where something was prepared for another
/// certificate.
pub fn sign_prepared(
    token: &Token,
    signer: &TokenCertificate,
    pin: impl Into<Entered<Pin>>,
    prepared: Vec<Prepared<'_>>,
    attempt: Attempt,
) -> Result<Vec<Vec<u8>>> {
    if prepared.iter().any(|one| *one.certificate() != signer.certificate) {
        return Err(Error::ArgumentInvalid { argument: "prepared", reason: ArgumentFault::OtherCertificate });
    }
    let requests = prepared.iter().map(|one| SignRequest { algorithm: one.algorithm(), digest: one.digest() });
    let values = token.sign_batch(signer, requests.collect(), pin, attempt)?;
    if values.len() != prepared.len() {
        return Err(Error::TokenSignatureInvalid);
    }
    prepared.into_iter().zip(values).map(|(one, value)| one.complete(&value)).collect()
}
