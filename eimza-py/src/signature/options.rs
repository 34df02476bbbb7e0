//! What a signature shall say besides the content.

use eimza_core::cades::{self as core, Commitment, ContentHints, ContentReference, Placement};
use eimza_core::crypto::Padding;
use eimza_core::error::ArgumentFault;
use eimza_core::{Clock, SystemClock};
use pyo3::prelude::*;

use crate::certificate::Certificate;
use crate::errors::invalid;
use crate::names;
use crate::time::Moment;

/// How a signature is to be made; all of it may be left out.
///
/// signing_time (now) is a claim (RFC 5652 section 11.3). detached: the content stays outside. digest: "sha256",
/// "sha384", "sha512", else fitting the key. pss: RSA-PSS instead of PKCS#1 v1.5. commitment: "origin", "receipt",
/// "approval", "creation" (RFC 5126 section 5.11.1). content_identifier: a name for the content (RFC 2634 section 2.7);
/// content_description: what it is, for people (section 2.9); content_reference: content-identifier and signature value
/// of another signature that this one refers to (section 2.11). chain: further certificates for the file.
/// allow_unsuitable takes a certificate that is expired, not yet valid, or not meant for signing.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct SigningOptions(core::SigningOptions);

#[pymethods]
impl SigningOptions {
    #[new]
    #[pyo3(signature = (
        *, signing_time = None, detached = false, digest = None, pss = false, commitment = None, mime_type = None,
        content_identifier = None, content_description = None, content_reference = None, chain = None,
        allow_unsuitable = false
    ))]
    #[allow(clippy::too_many_arguments)]
    fn new(
        signing_time: Option<Moment>,
        detached: bool,
        digest: Option<&str>,
        pss: bool,
        commitment: Option<&str>,
        mime_type: Option<String>,
        content_identifier: Option<Vec<u8>>,
        content_description: Option<String>,
        content_reference: Option<(Vec<u8>, Vec<u8>)>,
        chain: Option<Vec<Py<Certificate>>>,
        allow_unsuitable: bool,
    ) -> PyResult<Self> {
        let commitment = match (commitment, commitment.and_then(Commitment::from_name)) {
            (Some(_), None) => return invalid("commitment", ArgumentFault::NameUnknown),
            (_, found) => found,
        };
        let reference = content_reference
            .map(|(content_identifier, signature_value)| ContentReference { content_identifier, signature_value });
        let chain = chain.unwrap_or_default();
        Ok(Self(core::SigningOptions {
            digest: digest.map(names::digest).transpose()?,
            padding: if pss { Padding::Pss } else { Padding::Pkcs1 },
            placement: if detached { Placement::Detached } else { Placement::Attached },
            commitment,
            mime_type,
            content_identifier,
            content_hints: content_description.map(|text| ContentHints { description: Some(text) }),
            content_reference: reference,
            chain: chain.iter().map(|certificate| certificate.get().0.clone()).collect(),
            allow_unsuitable,
            ..core::SigningOptions::new(signing_time.map_or_else(|| SystemClock::new().now(), |time| time.0))
        }))
    }

    fn __repr__(&self) -> String {
        let placement = if self.0.placement == Placement::Detached { "detached" } else { "attached" };
        format!("<eimza.SigningOptions {placement}, {}>", self.0.signing_time)
    }
}

impl SigningOptions {
    /// These, or the plainest: attached, now.
    pub(crate) fn or_plain(given: Option<&Self>) -> core::SigningOptions {
        given.map_or_else(|| core::SigningOptions::new(SystemClock::new().now()), |options| options.0.clone())
    }
}
