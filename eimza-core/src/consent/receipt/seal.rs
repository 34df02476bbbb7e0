//! The service's seal: a CAdES signature over the receipt, by the service's own key.

use crate::cades::{self, SigningOptions};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::{Content, SignedData};
use crate::error::{Error, Limit, ReceiptPart, Result};
use crate::token::SignRequest;
use crate::validation;

/// A receipt's octets are far below this.
const RECEIPT_LIMIT: usize = 4 * 1024 * 1024;

/// The key with which a service seals receipts: in memory, in an HSM, wherever the service keeps it.
pub trait Seal: Send + Sync {
    /// The seal's certificate; whoever opens receipts must know it.
    fn certificate(&self) -> &Certificate;

    /// Signs a digest. ECDSA values are DER.
    fn sign(&self, request: &SignRequest) -> Result<Vec<u8>>;
}

pub(super) fn sealed(receipt: &[u8], seal: &dyn Seal, now: Time) -> Result<Vec<u8>> {
    let options = SigningOptions { mime_type: Some("application/json".into()), ..SigningOptions::new(now) };
    let prepared = cades::prepare(Content::Bytes(receipt), seal.certificate(), &options)?;
    let value = seal.sign(&SignRequest { algorithm: prepared.algorithm(), digest: prepared.digest() })?;
    prepared.complete(&value)
}

pub(super) fn opened(sealed: &[u8], service: &Certificate) -> Result<Vec<u8>> {
    let signed_data = SignedData::read(sealed)?;
    let verification = validation::verify(&signed_data, None, &[])?;
    let [verified] = verification.signers.as_slice() else {
        return Err(Error::ReceiptInvalid { what: ReceiptPart::Signers });
    };
    if !verification.all_passed() {
        return Err(Error::ReceiptInvalid { what: ReceiptPart::Signature });
    }
    if verified.certificate.as_ref() != Some(service) {
        return Err(Error::ReceiptInvalid { what: ReceiptPart::Service });
    }
    let content = signed_data.content()?.ok_or(Error::ReceiptInvalid { what: ReceiptPart::Content })?;
    if content.len() > RECEIPT_LIMIT {
        return Err(Error::LimitExceeded { limit: Limit::ReceiptSize });
    }
    Ok(content.into_owned())
}
