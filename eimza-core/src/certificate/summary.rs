//! What a certificate is in one page: the same fields for the command, C and Python.

use super::{Certificate, NationalId, TaxId};
use crate::clock::Time;
use crate::personal::Personal;

/// The fields of `eimza certificate show`, in their order. Serialised, they are its JSON.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Whose it is, RFC 4514.
    pub subject: Personal<String>,
    /// Who issued it, RFC 4514.
    pub issuer: Personal<String>,
    /// The serial number's octets as encoded, hexadecimal.
    pub serial: String,
    /// When it begins.
    pub not_before: Option<Time>,
    /// What stands there as the begin where it tells no moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before_text: Option<String>,
    /// When it ends.
    pub not_after: Option<Time>,
    /// What stands there as the end where it tells no moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_after_text: Option<String>,
    /// `RSA-2048`, `EC P-384`, `other:OID`; `None` where the key cannot be read.
    pub key: Option<String>,
    /// The name of its [`Kind`](super::Kind).
    pub kind: &'static str,
    /// Whether it claims to be a Turkish qualified certificate.
    pub qualified: bool,
    /// Names of what it lacks; empty for a qualified one.
    pub qualified_reasons: Vec<&'static str>,
    /// The person's national id.
    pub national_id: Option<Personal<NationalId>>,
    /// The company's tax number.
    pub tax_id: Option<String>,
    /// The fingerprint, hexadecimal.
    pub certificate_sha256: String,
    /// From when on it can be renewed.
    pub renewable_from: Option<Time>,
    /// Names of what is odd about its encoding; see [`Note`](super::Note).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<&'static str>,
}

impl Summary {
    /// The summary with national ids in clear. Only where a person asked for it.
    #[must_use]
    pub fn revealed(mut self) -> Self {
        self.subject.show();
        self.issuer.show();
        self.national_id.iter_mut().for_each(Personal::show);
        self
    }
}

impl Certificate {
    /// The summary, for screens, logs and files.
    pub fn summary(&self) -> Summary {
        let reasons: Vec<&'static str> = self.shortfalls().into_iter().map(super::Shortfall::name).collect();
        Summary {
            subject: self.subject().personal(),
            issuer: self.issuer().personal(),
            serial: self.serial().iter().map(|octet| format!("{octet:02x}")).collect(),
            not_before: self.not_before(),
            not_before_text: self.not_before_text(),
            not_after: self.not_after(),
            not_after_text: self.not_after_text(),
            key: self.public_key().ok().map(|key| key.key_type.to_string()),
            kind: self.kind().name(),
            qualified: reasons.is_empty(),
            qualified_reasons: reasons,
            national_id: self.national_id(),
            tax_id: self.tax_id().as_ref().map(TaxId::to_string),
            certificate_sha256: self.sha256().to_hex(),
            renewable_from: self.renewable_from(),
            notes: self.notes().into_iter().map(super::Note::name).collect(),
        }
    }
}
