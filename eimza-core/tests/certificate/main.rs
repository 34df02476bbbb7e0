//! Certificates of the declared test PKI: what is read from them, what they are good for, what hostile ones do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod addresses;
mod filter;
mod hostile;
mod kinds;
mod openssl;
mod statements;
mod summary;

use eimza_core::{Certificate, Time};

/// The certificate that the PKI declares under this name.
fn certificate(name: &str) -> Certificate {
    Certificate::from_der(eimza_testkit::pki::certificate(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// All of the PKI with their names.
fn all() -> impl Iterator<Item = (String, Certificate)> {
    eimza_testkit::pki::certificate_names().into_iter().map(|name| {
        let certificate = certificate(&name);
        (name, certificate)
    })
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

/// All that is meant to be printed of a certificate.
fn printed(certificate: &Certificate) -> String {
    let (subject, summary, details) = (certificate.subject(), certificate.summary(), certificate.details());
    let json = |page: serde_json::Result<String>| page.unwrap();
    format!(
        "{certificate:?} {subject} {subject:?} {} {:?} {:?} {:?} {summary:?} {} {details:?} {}",
        certificate.issuer(),
        subject.serial_number(),
        certificate.common_name(),
        certificate.national_id(),
        json(serde_json::to_string(&summary)),
        json(serde_json::to_string(&details)),
    )
}

/// A moment at which most of the PKI is valid.
fn now() -> Time {
    time("2026-06-15T12:00:00Z")
}

/// A certificate in which octets gave way to as many others, wherever they stand. Its signature is void.
fn patched(name: &str, octets: &[u8], others: &[u8]) -> Certificate {
    assert_eq!(octets.len(), others.len());
    let mut der = eimza_testkit::pki::certificate(name);
    let places: Vec<usize> =
        der.windows(octets.len()).enumerate().filter(|(_, window)| *window == octets).map(|(place, _)| place).collect();
    assert!(!places.is_empty(), "{name} does not hold {octets:02x?}");
    for place in places {
        der[place..place + others.len()].copy_from_slice(others);
    }
    Certificate::from_der(der).unwrap()
}
