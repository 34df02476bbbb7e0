//! Certificates, found by the name of their subject.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::certificate::Certificate;

/// Certificates among which issuers are looked for. Made once, it serves any number of searches.
#[derive(Clone, Debug, Default)]
pub(crate) struct CertificatePool {
    certificates: Vec<Certificate>,
    /// Places by the canonical name of the subject; made when the first search among many needs it.
    by_subject: OnceLock<HashMap<Vec<u8>, Vec<usize>>>,
}

/// Up to so many certificates are looked through one by one.
const FEW: usize = 16;

impl CertificatePool {
    pub(crate) fn extend(&mut self, certificates: impl IntoIterator<Item = Certificate>) {
        self.certificates.extend(certificates);
        self.by_subject = OnceLock::new();
    }

    /// Whether exactly this certificate is in it.
    pub(crate) fn contains(&self, certificate: &Certificate) -> bool {
        self.certificates.contains(certificate)
    }

    /// Those whose name the certificate names as its issuer's.
    pub(crate) fn issuers_of<'a>(&'a self, certificate: &'a Certificate) -> impl Iterator<Item = &'a Certificate> {
        let are_few = self.certificates.len() <= FEW;
        let few = if are_few { self.certificates.as_slice() } else { &[] };
        let places = if are_few { &[] } else { self.places(certificate.canonical_issuer()) };
        let looked_up = places.iter().filter_map(|place| self.certificates.get(*place));
        few.iter().filter(|other| certificate.names_as_issuer(other)).chain(looked_up)
    }

    /// Those with this name as their subject, in its canonical form.
    pub(crate) fn with_subject<'a>(&'a self, canonical: &[u8]) -> impl Iterator<Item = &'a Certificate> {
        self.places(canonical).iter().filter_map(|place| self.certificates.get(*place))
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Certificate> {
        self.certificates.iter()
    }

    fn places(&self, canonical: &[u8]) -> &[usize] {
        let index = self.by_subject.get_or_init(|| {
            let mut index: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
            for (place, certificate) in self.certificates.iter().enumerate() {
                index.entry(certificate.canonical_subject().to_vec()).or_default().push(place);
            }
            index
        });
        index.get(canonical).map(Vec::as_slice).unwrap_or_default()
    }
}
