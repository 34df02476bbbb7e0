//! The peers verify one another's signatures and refuse damage: so their word about ours means something.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use eimza_testkit::peers::{Order, Peer, Trust, expect_all_verify};

const TEXT: &[u8] = "Nitelikli elektronik sertifika başvurusu için onay metni.\r\nİkinci satır.\n".as_bytes();

#[test]
fn attached_rsa() {
    everyone_signs_and_everyone_verifies(&Order::new("nes-rsa2048"), false);
}

#[test]
fn detached_p256() {
    everyone_signs_and_everyone_verifies(&Order::new("nes-p256").detached(), true);
}

#[test]
fn attached_p384_with_sha384() {
    everyone_signs_and_everyone_verifies(&Order::new("nes-p384").digest("sha384"), false);
}

#[test]
fn detached_pss() {
    everyone_signs_and_everyone_verifies(&Order::new("nes-rsa2048").pss().detached(), true);
}

#[test]
fn streamed_ber() {
    everyone_signs_and_everyone_verifies(&Order::new("nes-rsa2048").streamed(), false);
}

#[test]
fn altered_content_and_altered_signature_value_are_refused_by_all() {
    let Some(good) = Peer::OpenSsl.sign(&Order::new("nes-rsa2048"), TEXT) else { return };
    let at = good.windows(TEXT.len()).position(|window| window == TEXT).unwrap();
    let (in_content, in_value) = (flipped(&good, at), flipped(&good, good.len() - 1));
    for peer in Peer::ALL {
        for (what, bad) in [("content", &in_content), ("signature value", &in_value)] {
            let Some(answer) = peer.verify(bad, None) else { continue };
            assert!(!answer.success, "{peer:?} accepts an altered {what}:\n{}", answer.output);
        }
    }
}

#[test]
fn other_content_is_refused_by_all() {
    let Some(good) = Peer::OpenSsl.sign(&Order::new("nes-p384").detached(), TEXT) else { return };
    assert_refused(|peer| peer.verify(&good, Some(b"another text")));
}

#[test]
fn unknown_anchor_is_refused_by_all() {
    let Some(good) = Peer::OpenSsl.sign(&Order::new("nes-rsa2048"), TEXT) else { return };
    // A CA of the same name, with another key.
    let trust = Trust::certificates("other-ca", &[]);
    assert_refused(|peer| peer.verify_under(&trust, &good, None));
}

#[test]
fn expired_signer_is_refused_by_all() {
    let Some(signed) = Peer::BouncyCastle.sign(&Order::new("nes-expired"), TEXT) else { return };
    assert_refused(|peer| peer.verify(&signed, None));
}

#[test]
fn signature_without_signing_certificate_is_refused_where_that_is_looked_at() {
    for order in
        [Order::new("nes-rsa2048").without_signing_certificate(), Order::new("nes-rsa2048").without_signed_attributes()]
    {
        let Some(signed) = Peer::OpenSsl.sign(&order, TEXT) else { return };
        let Some(answer) = Peer::BouncyCastle.verify(&signed, None) else { return };
        assert!(!answer.success, "{}", answer.output);
    }
}

#[test]
fn openssl_makes_the_less_usual_forms() {
    let usual = Order::new("nes-rsa2048");
    let Some(usual_size) = Peer::OpenSsl.sign(&usual, TEXT).map(|signed| signed.len()) else { return };
    let size = |order: Order| Peer::OpenSsl.sign(&order, TEXT).unwrap().len();
    assert!(size(usual.clone().without_certificates()) < usual_size - 1500);
    assert!(size(usual.clone().by_key_identifier()) < usual_size - 50);
    assert!(size(usual.without_signed_attributes()) < usual_size - 100);
}

#[track_caller]
fn everyone_signs_and_everyone_verifies(order: &Order, detached: bool) {
    let able = Peer::ALL.into_iter().filter(|peer| peer.can(order));
    let signed: Vec<_> = able.filter_map(|peer| peer.sign(order, TEXT)).collect();
    for signature in &signed {
        assert_eq!(signature.get(1) == Some(&0x80), format!("{order:?}").contains("streamed: true"));
    }
    let files: Vec<_> = signed.iter().map(|signature| (signature.as_slice(), detached.then_some(TEXT))).collect();
    expect_all_verify(&files);
}

#[track_caller]
fn assert_refused(ask: impl Fn(Peer) -> Option<eimza_testkit::Outcome>) {
    for peer in Peer::ALL {
        let Some(answer) = ask(peer) else { continue };
        assert!(!answer.success, "{peer:?} accepts:\n{}", answer.output);
    }
}

fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    copy[at] ^= 1;
    copy
}
