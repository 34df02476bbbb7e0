//! Signing all texts of a session: with a token and one entry of the PIN, or step by step with a key that is elsewhere.

use std::fmt;

use super::{ConsentSession, SignedConsent};
use crate::cades::{self, Commitment, ContentReference, Prepared, SigningOptions};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::Content;
use crate::consent::text::MIME_TYPE;
use crate::consent::{Request, Submission};
use crate::error::{Error, RecordPart, Rejection, Result};
use crate::hex;
use crate::secret::Pin;
use crate::token::{Attempt, Entered, SignRequest, Token, TokenCertificate};

/// What has to be signed, text by text. [`ConsentSession::complete`] takes it back with the values.
pub struct PreparedConsent {
    session: String,
    texts: Vec<Prepared<'static>>,
    record: Vec<u8>,
    signed_at: Time,
}

impl PreparedConsent {
    /// For each text what the key has to sign.
    pub fn requests(&self) -> Vec<SignRequest> {
        self.texts.iter().map(|text| SignRequest { algorithm: text.algorithm(), digest: text.digest() }).collect()
    }
}

impl fmt::Debug for PreparedConsent {
    /// Without the octets: the person stands in them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PreparedConsent").field("signed_at", &self.signed_at).finish_non_exhaustive()
    }
}

impl ConsentSession {
    /// Whether this certificate may sign here: of this person, qualified, valid now, meant for signing
    /// without a restriction.
    ///
    /// Call it before you ask for the PIN: no try is spent on a certificate that the service will refuse.
    pub fn check_signer(&self, certificate: &Certificate) -> Result<()> {
        certificate.check_person(&self.request.person.national_id)?;
        certificate.check_for_signing(self.now())?;
        certificate.check_for_consent()
    }

    /// Signs every text with one entry of the PIN.
    ///
    /// # Errors
    /// A wrong PIN leaves the session where it was: the person may enter it again.
    pub fn sign(
        &self,
        token: &Token,
        signer: &TokenCertificate,
        pin: impl Into<Entered<Pin>>,
        attempt: Attempt,
    ) -> Result<SignedConsent> {
        let prepared = self.prepare(&signer.certificate)?;
        let values = token.sign_batch(signer, prepared.requests(), pin, attempt)?;
        self.complete(prepared, &values)
    }

    /// Makes what has to be signed, for keys that this library cannot reach.
    pub fn prepare(&self, certificate: &Certificate) -> Result<PreparedConsent> {
        let record = self.progress().record(&self.request)?;
        self.check_signer(certificate)?;
        let signed_at = self.now();
        let mut texts = Vec::with_capacity(self.texts.len());
        for (number, text) in self.texts.iter().enumerate() {
            let options = SigningOptions {
                commitment: Some(Commitment::Approval),
                mime_type: Some(MIME_TYPE.into()),
                content_identifier: Some(record.content_identifier(number)?),
                content_reference: content_reference(&self.request)?,
                ..SigningOptions::new(signed_at)
            };
            let prepared = cades::prepare(Content::Bytes(text.body().as_bytes()), certificate, &options)?;
            texts.push(prepared.into_owned());
        }
        Ok(PreparedConsent { session: self.request.session.clone(), texts, record: record.to_bytes()?, signed_at })
    }

    /// Takes the signature values, verifies each, and makes the signatures. ECDSA values are DER.
    pub fn complete(&self, prepared: PreparedConsent, values: &[Vec<u8>]) -> Result<SignedConsent> {
        self.progress().check_read()?;
        if prepared.session != self.request.session {
            return Err(Rejection::Request.into());
        }
        if prepared.texts.len() != values.len() {
            return Err(Error::SignatureValueInvalid);
        }
        let signatures = prepared.texts.into_iter().zip(values).map(|(text, value)| text.complete(value));
        let signatures = signatures.collect::<Result<_>>()?;
        let submission = Submission { record: prepared.record, signatures };
        self.progress().sign(&self.request, &submission)?;
        Ok(SignedConsent { session: self.request.session.clone(), submission, signed_at: prepared.signed_at })
    }
}

/// A revocation refers to the consent's first signature (RFC 2634 section 2.11); the record names them all.
pub(in crate::consent) fn content_reference(request: &Request) -> Result<Option<ContentReference>> {
    let Some(first) = request.revokes.as_ref().and_then(|revoked| revoked.signatures.first()) else { return Ok(None) };
    let octets = |text: &str| hex::decode(text).ok_or(Error::RecordMalformed { field: RecordPart::Revokes });
    Ok(Some(ContentReference {
        content_identifier: octets(&first.content_identifier)?,
        signature_value: octets(&first.value)?,
    }))
}
