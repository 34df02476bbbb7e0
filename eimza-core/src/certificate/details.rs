//! What a certificate says beyond its summary: usage, policies, statements, addresses.

use super::{Certificate, KeyUsage, Policy, Statements};
use crate::asn1::oid;
use crate::shown_text::mask_national_ids;

/// The rest of a certificate, on a second page. Serialised, it is the JSON of the C face.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Details {
    /// The organisation of its subject.
    pub organization: Option<String>,
    /// The names of RFC 5280 section 4.2.1.3; `None` where no key usage is stated.
    pub key_usage: Option<Vec<&'static str>>,
    /// Object identifiers of the extended key usage.
    pub extended_key_usage: Vec<String>,
    /// Whether it may issue certificates.
    pub is_ca: bool,
    /// Under which rules it was issued.
    pub policies: Vec<Policy>,
    /// What it says of itself as a qualified certificate.
    pub statements: Statements,
    /// Where its issuer's certificate lies.
    pub issuer_addresses: Vec<String>,
    /// Where to ask whether it was revoked (OCSP).
    pub ocsp_addresses: Vec<String>,
    /// Where the list of revoked certificates lies (CRL).
    pub crl_addresses: Vec<String>,
    /// Object identifiers of critical extensions that are not known here.
    pub unknown_critical_extensions: Vec<String>,
}

impl Certificate {
    /// Everything that [`Certificate::summary`] leaves out, national ids masked: for screens, logs and files.
    pub fn details(&self) -> Details {
        self.details_with(mask_national_ids)
    }

    /// The details with texts and addresses as they stand there, national ids in clear: to open an address, or where a
    /// person asked for it.
    pub fn reveal_details(&self) -> Details {
        self.details_with(str::to_owned)
    }

    fn details_with(&self, print: fn(&str) -> String) -> Details {
        Details {
            organization: self.subject().value(&oid::ORGANIZATION).map(|text| print(&text)),
            key_usage: self.key_usage().map(names),
            extended_key_usage: self.extended_key_usages(),
            is_ca: self.is_ca(),
            policies: self.policies_with(print),
            statements: self.statements_with(print),
            issuer_addresses: self.access_addresses(&oid::ACCESS_CA_ISSUERS, print),
            ocsp_addresses: self.access_addresses(&oid::ACCESS_OCSP, print),
            crl_addresses: self.distribution_points(print),
            unknown_critical_extensions: self.unknown_critical_extensions(),
        }
    }
}

fn names(usage: KeyUsage) -> Vec<&'static str> {
    let all = [
        ("digitalSignature", usage.digital_signature()),
        ("nonRepudiation", usage.non_repudiation()),
        ("keyEncipherment", usage.key_encipherment()),
        ("keyCertSign", usage.key_cert_sign()),
        ("cRLSign", usage.crl_sign()),
    ];
    all.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name).collect()
}
