//! Where more can be fetched.

use crate::{certificate, patched};

#[test]
fn addresses_are_read() {
    let nes = certificate("nes-p384");
    assert_eq!(nes.issuer_addresses(), ["http://127.0.0.1/nes-ca-p384.crt"]);
    assert_eq!(nes.ocsp_addresses(), ["http://127.0.0.1/ocsp/nes-ca-p384"]);
    assert_eq!(nes.crl_addresses(), ["http://127.0.0.1/nes-ca-p384.crl"]);
}

#[test]
fn who_names_none_has_none() {
    let own = certificate("self-signed-nes");
    assert!(own.issuer_addresses().is_empty() && own.ocsp_addresses().is_empty() && own.crl_addresses().is_empty());
}

#[test]
fn addresses_of_other_schemes_are_left_out() {
    let odd = patched("nes-p384", b"http://127.0.0.1/nes-ca-p384.crl", b"file:///27.0.0.1/nes-ca-p384.crl");
    assert!(odd.crl_addresses().is_empty());
    assert_eq!(odd.ocsp_addresses().len(), 1);
}
