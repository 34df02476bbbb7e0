//! The facts of errors about consents.

use super::facts::facts;
use super::{Cause, Error};

facts! {
    /// What has to happen before a step of a consent.
    MissingStep {
        /// The text has to be shown.
        Show,
        /// Every text has to be read.
        Read,
        /// What was prepared has changed since.
        PrepareAgain,
        /// The texts have to be signed.
        Sign,
        /// It is signed already.
        SignedAlready,
        /// It was submitted already.
        SubmittedAlready,
        /// It was received already.
        ReceivedAlready,
        /// It was accepted already.
        AcceptedAlready,
        /// An earlier consent stands.
        GivenAlready,
    }
}

facts! {
    /// A member of a request or record.
    RecordPart {
        /// The name of the session.
        Session,
        /// The random number.
        Nonce,
        /// Whom it binds.
        Person,
        /// Its texts.
        Texts,
        /// Its documents.
        Documents,
        /// Its declarations.
        Declarations,
        /// The consent that it revokes.
        Revokes,
        /// How long a text is to be shown.
        LeastReadingSeconds,
        /// Its version.
        Version,
        /// Its canonical form.
        Form,
    }
}

facts! {
    /// What does not fit in a receipt.
    ReceiptPart {
        /// The seal of the service.
        Seal,
        /// The number of its signers.
        Signers,
        /// Its signature.
        Signature,
        /// Who sealed it.
        Service,
        /// Its content.
        Content,
        /// Its canonical form.
        Form,
        /// Its schema.
        Schema,
        /// It is the masked form, which proves nothing.
        Masked,
        /// Its record.
        Record,
        /// What was ticked.
        Ticked,
        /// Its digests.
        Digests,
        /// Its times.
        Moments,
        /// The request that it answers.
        Request,
        /// The signatures that it names.
        Signatures,
        /// Whether it was accepted.
        Acceptance,
        /// Its note of a revocation.
        Revocation,
        /// The consent that it revokes.
        Revokes,
        /// The way in which the consent was given.
        Way,
    }
}

/// Why a service refused a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// What it said, shortened.
    Said(String),
    /// It said nothing.
    Unexplained,
    /// Its seal cannot sign now.
    SealUnusable,
}

facts! {
    /// Why a submission does not pass. The names are stable.
    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    Rejection {
        /// It arrived after the time had run out.
        Late "late",
        /// The record cannot be read, or is not in its canonical form.
        Record "record",
        /// The record is of another request: session, person, purpose, texts, documents or their order differ.
        Request "request",
        /// A text was not shown and read, or not for long enough, or at an impossible time.
        Reading "reading",
        /// A declaration that is required was not ticked.
        Declaration "declaration",
        /// There is not exactly one signature for each text.
        Count "count",
        /// A signature cannot be read, or has not exactly one signer.
        Form "form",
        /// A signature does not verify, or lacks what the demanded profile needs.
        Signature "signature",
        /// What was signed is not the text, octet by octet; or the texts are not those of the request.
        Text "text",
        /// The signature is not bound to this record and this text's number, or states another commitment.
        Binding "binding",
        /// The signing time does not lie between the reading and the arrival.
        SigningTime "signing-time",
        /// Not all signatures are by the same certificate.
        SeveralSigners "several-signers",
        /// The certificate is of another person.
        Person "person",
        /// The certificate is not a qualified one, not valid, or not for signing.
        Certificate "certificate",
        /// No valid path leads from the certificate to an anchor that the service trusts.
        Issuer "issuer",
        /// The certificate, or that of an authority above it, is revoked.
        Revoked "revoked",
    }
}

/// A submission that does not pass, with what is known of the cause.
#[derive(Debug)]
pub struct Rejected {
    /// The check that failed.
    pub reason: Rejection,
    /// What failed beneath it, where it is more than a value that differs.
    pub source: Option<Cause>,
}

impl Rejection {
    /// This, because of that failure.
    pub(crate) fn by(self, source: Error) -> Rejected {
        Rejected { reason: self, source: Some(source.into()) }
    }
}

impl From<Rejection> for Rejected {
    fn from(reason: Rejection) -> Self {
        Self { reason, source: None }
    }
}

impl From<Rejected> for Error {
    fn from(Rejected { reason, source }: Rejected) -> Self {
        Error::ConsentRejected { reason, source }
    }
}

impl From<Rejection> for Error {
    fn from(reason: Rejection) -> Self {
        Rejected::from(reason).into()
    }
}
