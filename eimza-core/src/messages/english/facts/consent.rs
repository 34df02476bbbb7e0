//! The facts of errors about consents.

use crate::error::{MissingStep, ReceiptPart, RecordPart, Refusal, Rejection};

pub(in crate::messages) fn missing_step(step: MissingStep) -> &'static str {
    match step {
        MissingStep::Show => "the text has to be shown first",
        MissingStep::Read => "every text has to be read first",
        MissingStep::PrepareAgain => "what was prepared has changed; it has to be prepared again",
        MissingStep::Sign => "the texts have to be signed first",
        MissingStep::SignedAlready => "it is signed already; only handing it in is left",
        MissingStep::SubmittedAlready => "it was handed in; ask for its status",
        MissingStep::ReceivedAlready => "it was received already; ask for its status",
        MissingStep::AcceptedAlready => "it was accepted already; for another one, a new code is needed",
        MissingStep::GivenAlready => "a consent stands already; to end it, a code for a revocation is needed",
    }
}

pub(in crate::messages) fn record_part(part: RecordPart) -> &'static str {
    match part {
        RecordPart::Session => "session",
        RecordPart::Nonce => "nonce",
        RecordPart::Person => "person",
        RecordPart::Texts => "texts",
        RecordPart::Documents => "documents",
        RecordPart::Declarations => "declarations",
        RecordPart::Revokes => "revokes",
        RecordPart::LeastReadingSeconds => "least_reading_seconds",
        RecordPart::Version => "version",
        RecordPart::Form => "form",
    }
}

pub(in crate::messages) fn receipt_part(part: ReceiptPart) -> &'static str {
    match part {
        ReceiptPart::Seal => "seal",
        ReceiptPart::Signers => "signers",
        ReceiptPart::Signature => "signature",
        ReceiptPart::Service => "service",
        ReceiptPart::Content => "content",
        ReceiptPart::Form => "form",
        ReceiptPart::Schema => "schema",
        ReceiptPart::Masked => "masked",
        ReceiptPart::Record => "record",
        ReceiptPart::Ticked => "ticked",
        ReceiptPart::Digests => "digests",
        ReceiptPart::Moments => "moments",
        ReceiptPart::Request => "request",
        ReceiptPart::Signatures => "signatures",
        ReceiptPart::Acceptance => "acceptance",
        ReceiptPart::Revocation => "revocation",
        ReceiptPart::Revokes => "revokes",
        ReceiptPart::Way => "way",
    }
}

pub(in crate::messages) fn rejection(rejection: Rejection) -> &'static str {
    match rejection {
        Rejection::Late => "it arrived too late",
        Rejection::Record => "its record cannot be read",
        Rejection::Request => "it is for another request",
        Rejection::Reading => "a text was not shown and read as demanded",
        Rejection::Declaration => "a declaration that is required was not ticked",
        Rejection::Count => "there is not exactly one signature for each text",
        Rejection::Form => "a signature cannot be read, or has not exactly one signer",
        Rejection::Signature => "a signature does not verify, or lacks what is demanded",
        Rejection::Text => "what was signed is not the text",
        Rejection::Binding => "a signature is not bound to this record and text",
        Rejection::SigningTime => "the signing time does not lie between the reading and the arrival",
        Rejection::SeveralSigners => "not all texts were signed with the same certificate",
        Rejection::Person => "the certificate belongs to another person",
        Rejection::Certificate => "the certificate is not qualified, not valid, or not for signing",
        Rejection::Issuer => "the certificate's chain does not lead to a root that is accepted",
        Rejection::Revoked => "the certificate, or one of an authority above it, is revoked",
    }
}

/// What a service says ends with a full stop or not; the sentence around it brings its own.
pub(in crate::messages) fn refusal(refusal: &Refusal) -> &str {
    match refusal {
        Refusal::Said(text) => text.trim_end_matches(['.', ' ']),
        Refusal::Unexplained => "the application's own service says so",
        Refusal::SealUnusable => "its seal cannot sign now",
    }
}
