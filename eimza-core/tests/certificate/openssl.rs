//! A second opinion: OpenSSL reads the same names, serial numbers, times and purposes.

use std::process::Command;

use crate::all;

#[test]
fn openssl_reads_the_same() {
    let Some(openssl) = eimza_testkit::component("openssl") else { return };
    for (name, certificate) in all() {
        let output = Command::new(&openssl)
            .args(["x509", "-inform", "DER", "-noout", "-subject", "-issuer", "-serial", "-dates"])
            .args(["-nameopt", "RFC2253,-esc_msb,utf8", "-dateopt", "iso_8601", "-in"])
            .arg(eimza_testkit::pki::certificate_path(&name))
            .output()
            .unwrap();
        assert!(output.status.success(), "{name}");
        let theirs = String::from_utf8(output.stdout).unwrap();
        let iso =
            |time: Option<eimza_core::Time>| time.map(|time| time.to_string().replace('T', " ")).unwrap_or_default();
        let ours = format!(
            "subject={}\nissuer={}\nserial={}\nnotBefore={}\nnotAfter={}\n",
            certificate.subject().reveal(),
            certificate.issuer().reveal(),
            certificate.summary().serial.to_uppercase(),
            iso(certificate.not_before()),
            iso(certificate.not_after()),
        );
        // OpenSSL tells no moment of some times that tell one.
        for (ours, theirs) in
            ours.lines().zip(theirs.lines()).filter(|(_, theirs)| !theirs.ends_with("=Bad time value"))
        {
            assert_eq!(ours, theirs, "{name}");
        }
        assert_eq!(ours.lines().count(), theirs.lines().count(), "{name}");
    }
}
