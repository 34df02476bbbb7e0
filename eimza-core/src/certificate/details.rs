//! What a certificate says beyond its summary: usage, policies, statements, addresses.

use super::{Certificate, CertificatePolicy, KeyUsage, Statements};
use crate::personal::Personal;

/// The rest of a certificate, on a second page. Serialised, it is the JSON of the C face.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Details {
    /// The organisation of its subject.
    pub organization: Option<Personal<String>>,
    /// The names of RFC 5280 section 4.2.1.3; `None` where no key usage is stated.
    pub key_usage: Option<Vec<&'static str>>,
    /// Object identifiers of the extended key usage.
    pub extended_key_usage: Vec<String>,
    /// Whether it may issue certificates.
    pub is_ca: bool,
    /// Under which rules it was issued.
    pub policies: Vec<CertificatePolicy>,
    /// What it says of itself as a qualified certificate.
    pub statements: Statements,
    /// Where its issuer's certificate lies.
    pub issuer_addresses: Vec<Personal<String>>,
    /// Where to ask whether it was revoked (OCSP).
    pub ocsp_addresses: Vec<Personal<String>>,
    /// Where the list of revoked certificates lies (CRL).
    pub crl_addresses: Vec<Personal<String>>,
    /// Object identifiers of critical extensions that are not known here.
    pub unknown_critical_extensions: Vec<String>,
}

impl Details {
    /// The details with national ids in clear. Only where a person asked for it.
    #[must_use]
    pub fn revealed(mut self) -> Self {
        let policies = self.policies.iter_mut().flat_map(CertificatePolicy::personal);
        let addresses = [&mut self.issuer_addresses, &mut self.ocsp_addresses, &mut self.crl_addresses];
        let texts = self.organization.iter_mut().chain(policies).chain(self.statements.personal());
        texts.chain(addresses.into_iter().flatten()).for_each(Personal::show);
        self
    }
}

impl Certificate {
    /// Everything that [`Certificate::summary`] leaves out, for screens, logs and files.
    pub fn details(&self) -> Details {
        let printed = |addresses: Vec<String>| addresses.into_iter().map(Personal::new).collect();
        Details {
            organization: self.subject().organization(),
            key_usage: self.key_usage().map(names),
            extended_key_usage: self.extended_key_usages(),
            is_ca: self.is_ca(),
            policies: self.policies(),
            statements: self.statements(),
            issuer_addresses: printed(self.issuer_addresses()),
            ocsp_addresses: printed(self.ocsp_addresses()),
            crl_addresses: printed(self.crl_addresses()),
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
