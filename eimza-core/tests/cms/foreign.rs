//! Files of other programs, and the declared collection of good, odd and forged ones, as we read them.

use eimza_core::Error;
use eimza_core::cms::SignedData;
use eimza_testkit::cms::{self, Expected};
use eimza_testkit::peers::{Order, Peer};
use eimza_testkit::pki;

const TEXT: &[u8] = "Başvuru formunu ve taahhütnameyi kabul ediyorum.\r\nİkinci satır.\n".as_bytes();

#[test]
fn what_peers_write_is_read_with_its_content_and_certificates() {
    for order in [
        Order::new("nes-rsa2048"),
        Order::new("nes-rsa2048").pss(),
        Order::new("nes-rsa2048").streamed(),
        Order::new("nes-p256").detached(),
        Order::new("nes-p384").digest("sha384"),
        Order::new("nes-p521").digest("sha512").detached(),
    ] {
        for peer in Peer::ALL.into_iter().filter(|peer| peer.can(&order)) {
            let Some(file) = peer.sign(&order, TEXT) else { continue };
            let what = format!("{peer:?} {order:?}");
            let read = SignedData::read(&file).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_eq!(read.bytes(), file, "{what}");
            assert_eq!(read.signers().len(), 1, "{what}");
            assert_eq!(read.content().unwrap().as_deref(), read.is_attached().then_some(TEXT), "{what}");
            assert_eq!(read.is_attached(), !what.contains("detached: true"), "{what}");
            let signer = pki::certificate(order.signer());
            assert!(read.certificates().any(|certificate| certificate == signer), "{what}");
        }
    }
}

/// What the mathematics says about them is another test's business; here nothing may be lost or refused too early.
#[test]
fn the_declared_collection_is_read_as_far_as_it_is_cms() {
    for case in cms::cases() {
        let read = SignedData::read(&case.signature);
        match (&case.expect, read) {
            (Expected::Verified, Err(error)) => panic!("{} ({}): {error}", case.name, case.says),
            (Expected::Unreadable, Ok(_)) => panic!("{} ({}) is read", case.name, case.says),
            (Expected::Unreadable, Err(error)) => {
                assert!(matches!(error, Error::Asn1Malformed { .. }), "{}: {error}", case.name)
            }
            (_, Ok(read)) => assert_eq!(read.bytes(), case.signature, "{}", case.name),
            (_, Err(_)) => {}
        }
    }
}
