//! What a time-stamp token says, unverified (RFC 3161 section 2.4.2).

use crate::asn1::{Element, tag};
use crate::certificate::{Certificate, Name};
use crate::clock::Time;
use crate::cms::names::name;
use crate::cms::{Attribute, SignerIdentifier, TimeStampToken};
use crate::crypto::Digest;
use crate::hex;
use crate::personal::Personal;

/// One time-stamp token. Nothing in it is verified. What cannot be read is `None`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TimeStampView {
    /// The name of the attribute that holds it.
    pub attribute: Option<&'static str>,
    /// The time that it states.
    pub time: Option<Time>,
    /// Who issued it: the subject of its signer's certificate, else the name in the token, else the name of the
    /// certificate's issuer.
    pub tsa: Option<Personal<String>>,
    /// The serial number, hexadecimal as encoded.
    pub serial: Option<String>,
    /// The policy under which it was issued, dotted.
    pub policy: Option<String>,
    /// The digest of what was stamped.
    pub imprint: Option<ImprintView>,
    /// The token's octets.
    pub size: usize,
}

/// A message imprint.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ImprintView {
    /// The digest algorithm's name.
    pub algorithm: &'static str,
    /// The digest, lower-case hexadecimal.
    pub digest: String,
}

impl TimeStampView {
    /// The tokens of one attribute.
    pub(super) fn all<'a>(attribute: Attribute<'a>) -> impl Iterator<Item = Self> + use<'a> {
        attribute.values().map(move |octets| {
            let token = TimeStampToken::read(octets).ok();
            let info = token.as_ref().map(TimeStampToken::info);
            Self {
                attribute: name(attribute.identifier),
                time: info.map(|info| info.time),
                tsa: token.as_ref().and_then(issuer),
                serial: info.map(|info| hex::encode(&info.serial)),
                policy: info.map(|info| info.policy.clone()),
                imprint: info.and_then(|info| info.imprint.as_ref()).map(ImprintView::of),
                size: octets.len(),
            }
        })
    }
}

impl ImprintView {
    fn of(digest: &Digest) -> Self {
        Self { algorithm: digest.algorithm().name(), digest: digest.to_hex() }
    }
}

fn issuer(token: &TimeStampToken<'_>) -> Option<Personal<String>> {
    let mut certificates = token.signed_data().certificates().filter_map(|der| Certificate::from_der(der).ok());
    if let Some(certificate) = certificates.find(|certificate| token.signer().identifier().names(certificate)) {
        return Some(certificate.subject().personal());
    }
    if let Some(name) = token.info().unit_name.as_deref().and_then(directory_name) {
        return Some(Name::new(name).personal());
    }
    match token.signer().identifier() {
        SignerIdentifier::IssuerAndSerial { issuer, .. } => Some(Name::new(issuer).personal()),
        SignerIdentifier::KeyIdentifier(_) => None,
    }
}

/// `directoryName [4] Name` of GeneralName (RFC 5280 section 4.2.1.6).
fn directory_name(general_name: &[u8]) -> Option<&[u8]> {
    let choice = Element::only(general_name, "time-stamp unit").ok()?;
    (choice.tag == tag::context(4)).then_some(choice.contents)
}
