//! What a signature shall say besides the content.

use crate::asn1::oid::{self, ObjectIdentifier};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::{DigestAlgorithm, Padding};

/// How a signature is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningOptions {
    /// The digest of content and attributes; `None`: fitting the key (SHA-256; P-384 SHA-384; P-521 SHA-512).
    pub digest: Option<DigestAlgorithm>,
    /// How an RSA signature is padded.
    pub padding: Padding,
    /// Whether the content stands inside.
    pub placement: Placement,
    /// The signing-time attribute (RFC 5652 section 11.3): a claim, never a proof.
    pub signing_time: Time,
    /// What the signer commits to (commitment-type-indication).
    pub commitment: Option<Commitment>,
    /// The content's MIME type (mime-type, EN 319 122-1 section 5.2.5.2).
    pub mime_type: Option<String>,
    /// A name for the content (content-identifier, RFC 2634 section 2.7).
    pub content_identifier: Option<Vec<u8>>,
    /// How the content shall be shown (content-hints, RFC 2634 section 2.9).
    pub content_hints: Option<ContentHints>,
    /// Another signature that this one refers to (content-reference, RFC 2634 section 2.11).
    pub content_reference: Option<ContentReference>,
    /// Further certificates to be put into the file, beside the signer's.
    pub chain: Vec<Certificate>,
    /// Takes a certificate that is expired, not yet valid, or not meant for signing.
    pub allow_unsuitable: bool,
}

impl SigningOptions {
    /// Attached, PKCS#1 v1.5, the digest that fits the key, and none of the optional attributes.
    pub fn new(signing_time: Time) -> Self {
        Self {
            digest: None,
            padding: Padding::Pkcs1,
            placement: Placement::Attached,
            signing_time,
            commitment: None,
            mime_type: None,
            content_identifier: None,
            content_hints: None,
            content_reference: None,
            chain: Vec::new(),
            allow_unsuitable: false,
        }
    }
}

/// Where the content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Inside of the signature file.
    Attached,
    /// In a file of its own.
    Detached,
}

/// What a signer commits to (RFC 5126 section 5.11.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Commitment {
    /// The signer made, approved and sent the content.
    Origin,
    /// The signer received the content.
    Receipt,
    /// The signer approved the content: what an E-Onay says.
    Approval,
    /// The signer made the content, without approving or sending it.
    Creation,
}

impl Commitment {
    const ALL: [Self; 4] = [Self::Origin, Self::Receipt, Self::Approval, Self::Creation];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Commitment::Origin => "origin",
            Commitment::Receipt => "receipt",
            Commitment::Approval => "approval",
            Commitment::Creation => "creation",
        }
    }

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|commitment| commitment.name() == name)
    }

    pub(crate) fn oid(self) -> ObjectIdentifier {
        match self {
            Commitment::Origin => oid::PROOF_OF_ORIGIN,
            Commitment::Receipt => oid::PROOF_OF_RECEIPT,
            Commitment::Approval => oid::PROOF_OF_APPROVAL,
            Commitment::Creation => oid::PROOF_OF_CREATION,
        }
    }

    pub(crate) fn from_oid(octets: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|commitment| commitment.oid().as_bytes() == octets)
    }
}

/// How the content shall be shown; the content type that it names is id-data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentHints {
    /// What it is, for people.
    pub description: Option<String>,
}

/// A reference to another signature; the content type that it names is id-data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentReference {
    /// The content-identifier of that signature.
    pub content_identifier: Vec<u8>,
    /// The value of that signature.
    pub signature_value: Vec<u8>,
}
