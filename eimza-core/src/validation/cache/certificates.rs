//! Certificates that were read before: each keeps what was computed of it, its fingerprint and its names.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use super::{LIMIT, USUAL_SIZE};
use crate::certificate::Certificate;

/// Certificates by all of their octets: what is found is what would be read.
#[derive(Debug, Default)]
pub(super) struct Certificates(Mutex<HashSet<ByOctets>>);

impl Certificates {
    /// The certificate; `None` where it cannot be read. Of large ones, which a file may be full of, nothing is kept, nor of
    /// those behind which octets stand.
    pub(super) fn read(&self, der: &[u8]) -> Option<Certificate> {
        let all = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if der.len() > USUAL_SIZE {
            return Certificate::from_der(der).ok();
        }
        if let Some(ByOctets(known)) = all().get(der) {
            return Some(known.clone());
        }
        let read = Certificate::from_der(der).ok()?;
        if read.der() == der {
            let mut all = all();
            if all.len() >= LIMIT {
                all.clear();
            }
            all.insert(ByOctets(read.clone()));
        }
        Some(read)
    }
}

/// Equal where the octets are.
#[derive(Debug, PartialEq, Eq)]
struct ByOctets(Certificate);

impl Hash for ByOctets {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.der().hash(state);
    }
}

impl Borrow<[u8]> for ByOctets {
    fn borrow(&self) -> &[u8] {
        self.0.der()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_read_once() {
        let (known, der) = (Certificates::default(), eimza_testkit::pki::certificate("nes-p256"));
        let [first, second] = [known.read(&der), known.read(&der)].map(Option::unwrap);
        assert!(std::ptr::eq(first.der(), second.der()));
        assert_eq!(first.der(), der);
    }

    #[test]
    fn what_is_read_from_other_octets_is_another_certificate() {
        let (known, der) = (Certificates::default(), eimza_testkit::pki::certificate("nes-p256"));
        let followed = [der.as_slice(), &[0]].concat();
        let notes = || known.read(&followed).unwrap().notes();
        assert!(!notes().is_empty() && notes() != known.read(&der).unwrap().notes());
        assert_eq!(notes(), Certificate::from_der(followed.clone()).unwrap().notes());
        assert!(known.read(&der[1..]).is_none());
    }
}
