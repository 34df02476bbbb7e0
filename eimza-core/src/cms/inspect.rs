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
use crate::hex;
use crate::personal::Personal;
use crate::shown_text::{cut, printable};

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
    pub issuer: Option<Personal<String>>,
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
    pub text: Option<Personal<String>>,
}

impl Inspection {
    /// The inspection with national ids in clear. Only where a person asked for it.
    #[must_use]
    pub fn revealed(mut self) -> Self {
        self.signers.iter_mut().flat_map(SignerView::personal).for_each(Personal::show);
        self.revocation_data.iter_mut().flat_map(|view| &mut view.issuer).for_each(Personal::show);
        self.certificates = self.certificates.into_iter().map(|one| one.map(Summary::revealed)).collect();
        self
    }
}

impl SignerView {
    fn personal(&mut self) -> impl Iterator<Item = &mut Personal<String>> {
        let stamps = self.time_stamps.iter_mut().filter_map(|stamp| stamp.tsa.as_mut());
        let attributes = self.signed_attributes.iter_mut().flatten().chain(&mut self.unsigned_attributes);
        let texts = attributes.filter_map(|attribute| attribute.text.as_mut());
        let issuers = self.revocation_values.iter_mut().filter_map(|view| view.issuer.as_mut());
        self.issuer.iter_mut().chain(texts).chain(stamps).chain(issuers)
    }
}

/// Lists what a file holds, in DER or BER; see [`decode`](super::decode) for PEM and base64.
pub fn inspect(file: &[u8]) -> Result<Inspection> {
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
        signers: signers(&signed_data)?,
        certificates: signed_data
            .certificates()
            .map(|der| Certificate::from_der(der).ok().map(|certificate| certificate.summary()))
            .collect(),
        other_certificates: signed_data.other_certificates().count(),
        revocation_data: signed_data.revocation_data().map(RevocationView::of_member).collect(),
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
fn signers(signed_data: &SignedData<'_>) -> Result<Vec<SignerView>> {
    let all = AllSigners::of(signed_data)?;
    Ok((0..).zip(&all.signers).map(|(number, (one, parent))| signer(number, *parent, one)).collect())
}

fn signer(number: usize, parent: Option<usize>, signer: &Signer<'_>) -> SignerView {
    let id = |number| format!("S{number}");
    let (issuer, serial, key_identifier) = match signer.identifier() {
        SignerIdentifier::IssuerAndSerial { issuer, serial } => {
            (Some(Name::new(issuer).personal()), Some(hex(serial)), None)
        }
        SignerIdentifier::KeyIdentifier(identifier) => (None, None, Some(hex(identifier))),
    };
    let sets = || [signer.signed_attributes(), signer.unsigned_attributes()].into_iter().flatten();
    let is_time_stamp = |attribute: &Attribute<'_>| TIME_STAMPS.iter().any(|identifier| attribute.is(identifier));
    let time_stamps = sets().flat_map(|set| set.iter()).filter(is_time_stamp).flat_map(|one| TimeStampView::all(one));
    let values = sets()
        .flat_map(|set| set.iter())
        .filter(|attribute| attribute.is(&oid::REVOCATION_VALUES))
        .flat_map(|attribute| RevocationView::all_of_values(&attribute));
    let view = |set: Attributes<'_>| set.iter().map(|one| attribute(&one)).collect::<Vec<_>>();
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

fn attribute(attribute: &Attribute<'_>) -> AttributeView {
    let text = attribute.only_value().and_then(|value| said(attribute, &value));
    AttributeView {
        oid: attribute.identifier(),
        name: name(attribute.identifier),
        values: attribute.values().count(),
        size: attribute.bytes().len(),
        text,
    }
}

/// What an attribute says. Only a text may hold a national id; digits in hexadecimal look like one by chance. The signer
/// chose the text: control characters in it could change what a terminal shows.
fn said(attribute: &Attribute<'_>, value: &Element<'_>) -> Option<Personal<String>> {
    if attribute.is(&oid::CONTENT_IDENTIFIER) {
        return value.octets().ok().map(|octets| Personal::harmless(cut(hex::encode(&octets))));
    }
    if attribute.is(&oid::COMMITMENT_TYPE) {
        let identifier = value.reader().oid("commitment type").ok()?;
        return Some(Personal::harmless(commitment(identifier).map_or_else(|| dotted(identifier), str::to_owned)));
    }
    let time = value.time().map(|time| Personal::harmless(time.to_string()));
    time.or_else(|| value.text().map(|text| Personal::new(cut(printable(&text)))))
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
