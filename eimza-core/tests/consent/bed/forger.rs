//! Somebody who writes own software: signs what he likes, and hands it in past the application.

use eimza_core::Time;
use eimza_core::cades::{self, Commitment, SigningOptions};
use eimza_core::cms::Content;
use eimza_core::consent::{ConsentService, ConsentSession, ConsentStatus, Record, Seal, SignedConsent, Submission};
use eimza_core::token::SignRequest;

use super::{Bed, FileKey};

pub(crate) fn key() -> FileKey {
    FileKey::of("nes-p256")
}

/// Signs a text as an attacker who writes own software would.
pub(crate) fn forged(key: &dyn Seal, text: &str, options: &SigningOptions) -> Vec<u8> {
    let prepared = cades::prepare(Content::Bytes(text.as_bytes()), key.certificate(), options).unwrap();
    let request = SignRequest { algorithm: prepared.algorithm(), digest: prepared.digest() };
    let value = key.sign(&request).unwrap();
    prepared.complete(&value).unwrap()
}

pub(crate) fn options(record: &Record, text: usize, at: Time) -> SigningOptions {
    SigningOptions {
        commitment: Some(Commitment::Approval),
        content_identifier: Some(record.content_identifier(text).unwrap()),
        ..SigningOptions::new(at)
    }
}

/// A signed session, and the record that it made.
pub(crate) fn signed(bed: &Bed) -> (ConsentSession, SignedConsent, Record) {
    let session = bed.open();
    let signed = bed.sign(&session, &key());
    let record = Record::from_bytes(signed.record()).unwrap();
    (session, signed, record)
}

/// What the service says to a submission for this session.
pub(crate) fn verdict(bed: &Bed, session: &ConsentSession, record: Vec<u8>, signatures: Vec<Vec<u8>>) -> String {
    let answer = bed.service.submit(&session.request().session, &Submission { record, signatures }).unwrap();
    match answer {
        ConsentStatus::Accepted(_) => "accepted".into(),
        ConsentStatus::Rejected(rejection) => rejection.name().into(),
        other => format!("{other:?}"),
    }
}
