//! What is inside of a file, without judging: the JSON of `eimza inspect`.

mod revocation;
mod time_stamp;

use super::all_signers::AllSigners;
use super::attribute::{Attribute, Attributes};
use super::names::{TIME_STAMPS, commitment, name};
use super::read::SignedData;
use super::signer::{Signer, SignerIdentifier};
use crate::asn1::oid::{self, dotted};
use crate::asn1::{Element, der};
use crate::certificate::{Certificate, Name, Summary};
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm};
use crate::error::Result;
use crate::{hex, shown_text};

pub use revocation::RevocationView;
pub use time_stamp::{ImprintView, TimeStampView};

/// What is inside of a file.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Inspection {
    /// `DER` or `BER`.
    pub encoding: &'static str,
    /// The file's octets.
    pub size: usize,
    /// Zeros behind the structure.
    pub padding: usize,
    /// SignedData's version; `None` for one that makes no sense.
    pub version: Option<u32>,
    /// The content's type.
    pub content_type: Identifier,
    /// Whether the content is inside.
    pub attached: bool,
    /// How many octets the content inside has.
    pub content_size: Option<usize>,
    /// `digestAlgorithms`: protected by nothing.
    pub digest_algorithms: Vec<String>,
    /// Each signer before those who counter-signed it.
    pub signers: Vec<SignerView>,
    /// The certificates; `None` for one that cannot be read.
    pub certificates: Vec<Option<Summary>>,
    /// How many attribute certificates and others there are.
    pub other_certificates: usize,
    /// Each CRL, OCSP response or other revocation data.
    pub revocation_data: Vec<RevocationView>,
}

/// An object identifier and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Identifier {
    /// Dotted.
    pub oid: String,
    /// `None` where it is not known.
    pub name: Option<&'static str>,
}

/// One signer.
#[derive(Clone, Debug, serde::Serialize)]
pub struct SignerView {
    /// `S0`, `S1` …, as in the report of a validation.
    pub id: String,
    /// The signer that this one counter-signs.
    pub parent: Option<String>,
    /// SignerInfo's version.
    pub version: Option<u32>,
    /// The issuer that names the certificate.
    pub issuer: Option<String>,
    /// The serial number that names the certificate, hexadecimal.
    pub serial: Option<String>,
    /// The key identifier that names the certificate, hexadecimal.
    pub key_identifier: Option<String>,
    /// A name, or the object identifier of an unknown one.
    pub digest_algorithm: String,
    /// A name, or the object identifier of an unknown one.
    pub signature_algorithm: String,
    /// The signature value's octets.
    pub signature_size: usize,
    /// The signed attributes in their order; `None` where there are none.
    pub signed_attributes: Option<Vec<AttributeView>>,
    /// The unsigned attributes in their order.
    pub unsigned_attributes: Vec<AttributeView>,
    /// The time-stamps among both.
    pub time_stamps: Vec<TimeStampView>,
    /// The CRLs and OCSP answers of its `revocation-values`.
    pub revocation_values: Vec<RevocationView>,
}

/// One attribute.
#[derive(Clone, Debug, serde::Serialize)]
pub struct AttributeView {
    /// Dotted.
    pub oid: String,
    /// `None` where it is not known.
    pub name: Option<&'static str>,
    /// How many values it has.
    pub values: usize,
    /// All of its octets.
    pub size: usize,
    /// What it says, where that can be written on a line: a text, a time, the name of a commitment; the octets of a
    /// content-identifier in hexadecimal.
    pub text: Option<String>,
}

/// Lists what a file holds, in DER or BER; see [`decode`](super::decode) for PEM and base64. National ids are masked.
pub fn inspect(file: &[u8]) -> Result<Inspection> {
    inspect_with(file, &Print { name: |name| name.to_string(), summary: Certificate::summary, text: shown_text::shown })
}

/// The same with national ids in clear. Only where a person asked for it.
pub fn reveal_inspection(file: &[u8]) -> Result<Inspection> {
    let (summary, text) = (Certificate::reveal_summary, shown_text::printable);
    inspect_with(file, &Print { name: |name| name.reveal(), summary, text })
}

/// How names, certificates and texts are printed.
struct Print {
    name: fn(Name<'_>) -> String,
    summary: fn(&Certificate) -> Summary,
    /// The signer chose the text. Control characters in it could change what a terminal shows.
    text: fn(&str) -> String,
}

fn inspect_with(file: &[u8], print: &Print) -> Result<Inspection> {
    let signed_data = SignedData::read(file)?;
    let content = signed_data.content()?;
    Ok(Inspection {
        encoding: if is_der(&signed_data) { "DER" } else { "BER" },
        size: file.len(),
        padding: signed_data.padding(),
        version: signed_data.version,
        content_type: Identifier { oid: dotted(signed_data.content_type), name: name(signed_data.content_type) },
        attached: content.is_some(),
        content_size: content.map(|content| content.len()),
        digest_algorithms: signed_data.digest_algorithms().map(|element| digest_name(&element)).collect(),
        signers: signers(&signed_data, print)?,
        certificates: signed_data
            .certificates()
            .map(|der| Certificate::from_der(der).ok().map(|certificate| (print.summary)(&certificate)))
            .collect(),
        other_certificates: signed_data.other_certificates().count(),
        revocation_data: signed_data.revocation_data().map(|member| RevocationView::of_member(member, print)).collect(),
    })
}

fn is_der(signed_data: &SignedData<'_>) -> bool {
    // Under a context tag a SET OF is not known as one, so its order is looked at here.
    let sorted = |set: Attributes<'_>| set.iter().map(|attribute| attribute.bytes()).is_sorted();
    let signer_sorted = |signer: &Signer<'_>| {
        signer.signed_attributes().is_none_or(sorted) && signer.unsigned_attributes().is_none_or(sorted)
    };
    signed_data.signers().iter().all(signer_sorted)
        && signed_data.certificates().is_sorted()
        && signed_data.revocation_data().is_sorted()
        && der::is_normalised(&signed_data.content_info)
}

/// In the order and with the numbers of a validation's report.
fn signers(signed_data: &SignedData<'_>, print: &Print) -> Result<Vec<SignerView>> {
    let all = AllSigners::of(signed_data)?;
    Ok((0..).zip(&all.signers).map(|(number, (one, parent))| signer(number, *parent, one, print)).collect())
}

fn signer(number: usize, parent: Option<usize>, signer: &Signer<'_>, print: &Print) -> SignerView {
    let id = |number| format!("S{number}");
    let (issuer, serial, key_identifier) = match signer.identifier() {
        SignerIdentifier::IssuerAndSerial { issuer, serial } => {
            (Some((print.name)(Name::new(issuer))), Some(hex(serial)), None)
        }
        SignerIdentifier::KeyIdentifier(identifier) => (None, None, Some(hex(identifier))),
    };
    let sets = || [signer.signed_attributes(), signer.unsigned_attributes()].into_iter().flatten();
    let is_time_stamp = |attribute: &Attribute<'_>| TIME_STAMPS.iter().any(|identifier| attribute.is(identifier));
    let time_stamps =
        sets().flat_map(|set| set.iter()).filter(is_time_stamp).flat_map(|one| TimeStampView::all(one, print.name));
    let values = sets()
        .flat_map(|set| set.iter())
        .filter(|attribute| attribute.is(&oid::REVOCATION_VALUES))
        .flat_map(|attribute| RevocationView::all_of_values(&attribute, print));
    let view = |set: Attributes<'_>| set.iter().map(|one| attribute(&one, print)).collect::<Vec<_>>();
    let algorithm = SignatureAlgorithm::from_identifier(&signer.signature_algorithm, signer.digest_algorithm());
    SignerView {
        id: id(number),
        parent: parent.map(id),
        version: signer.version,
        issuer,
        serial,
        key_identifier,
        digest_algorithm: digest_name(&signer.digest_algorithm),
        signature_algorithm: algorithm
            .map_or_else(|_| identifier_of(&signer.signature_algorithm), SignatureAlgorithm::name),
        signature_size: signer.value().len(),
        signed_attributes: signer.signed_attributes().map(view),
        unsigned_attributes: signer.unsigned_attributes().map(view).unwrap_or_default(),
        time_stamps: time_stamps.collect(),
        revocation_values: values.collect(),
    }
}

fn attribute(attribute: &Attribute<'_>, print: &Print) -> AttributeView {
    let text = attribute.only_value().and_then(|value| said(attribute, &value, print));
    AttributeView {
        oid: attribute.identifier(),
        name: name(attribute.identifier),
        values: attribute.values().count(),
        size: attribute.bytes().len(),
        text: text.map(shown_text::cut),
    }
}

/// What an attribute says. Only a text may hold a national id; digits in hexadecimal look like one by chance.
fn said(attribute: &Attribute<'_>, value: &Element<'_>, print: &Print) -> Option<String> {
    if attribute.is(&oid::CONTENT_IDENTIFIER) {
        return value.octets().ok().map(|octets| hex::encode(&octets));
    }
    if attribute.is(&oid::COMMITMENT_TYPE) {
        let identifier = value.reader().oid("commitment type").ok()?;
        return Some(commitment(identifier).map_or_else(|| dotted(identifier), str::to_owned));
    }
    value.time().map(|time| time.to_string()).or_else(|| value.text().map(|text| (print.text)(&text)))
}

fn digest_name(algorithm: &Element<'_>) -> String {
    DigestAlgorithm::from_identifier(algorithm)
        .map_or_else(|| identifier_of(algorithm), |algorithm| algorithm.name().to_owned())
}

/// The dotted object identifier of an AlgorithmIdentifier; empty where it has none.
fn identifier_of(algorithm: &Element<'_>) -> String {
    algorithm.reader().oid("algorithm").map(dotted).unwrap_or_default()
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
