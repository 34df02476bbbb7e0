//! Signatures are real: another library verifies them.

use aws_lc_rs::digest;
use eimza_testkit::card::{Card, Design};

use crate::host::{Check, block, command, data, digest_info, digest_of, is_right, selected, status};

const CHOOSE: [u8; 4] = [0, 0x22, 0x41, 0xb6];
const SIGN: [u8; 4] = [0, 0x2a, 0x9e, 0x9a];

/// MANAGE SECURITY ENVIRONMENT with an algorithm and the first key.
fn choose(algorithm: u8) -> Vec<u8> {
    let whole = command(CHOOSE, &[0x80, 1, algorithm, 0x84, 1, 1]);
    whole[..whole.len() - 1].to_vec()
}

fn verified(design: Design) -> Card {
    let mut card = selected(design);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06123456"), 0x9000);
    card
}

#[test]
fn every_kind_of_key_signs() {
    for (name, check, algorithm) in [
        ("nes-p256", Check::P256, &digest::SHA256),
        ("nes-p384", Check::P384, &digest::SHA384),
        ("nes-p521", Check::P521, &digest::SHA512),
    ] {
        let mut card = verified(Design::pkcs15().with_key(name));
        assert_eq!(status(&mut card, &choose(0x04)), 0x9000);
        let value = data(&mut card, &command(SIGN, digest_of(algorithm).as_ref()));
        assert!(is_right(&check, name, &value), "{name}");
    }
    for name in ["nes-rsa2048", "nes-rsa3072", "nes-rsa4096"] {
        let mut card = verified(Design::pkcs15().with_key(name));
        assert_eq!(status(&mut card, &choose(0x02)), 0x9000);
        let value = data(&mut card, &command(SIGN, &digest_info()));
        assert!(is_right(&Check::Pkcs1, name, &value), "{name}");
        assert_eq!(status(&mut card, &choose(0x05)), 0x9000);
        let value = data(&mut card, &command(SIGN, digest_of(&digest::SHA256).as_ref()));
        assert!(is_right(&Check::Pss, name, &value), "{name}");
    }
}

#[test]
fn akis_takes_a_padded_block_in_two_commands() {
    let mut card = verified(Design::akis_1());
    assert_eq!(status(&mut card, &[0, 0x22, 0xc3, 1]), 0x9000);
    let block = block(256);
    let mut first = command(SIGN, &block[..0xf4]);
    first[0] = 0x10;
    first.pop();
    assert_eq!(status(&mut card, &first), 0x9000);
    let value = data(&mut card, &command(SIGN, &block[0xf4..]));
    assert!(is_right(&Check::Pkcs1, "nes-rsa2048", &value));
    assert_eq!(card.counts().signatures, 1);
}

#[test]
fn nothing_is_signed_without_the_pin() {
    let mut card = selected(Design::pkcs15());
    assert_eq!(status(&mut card, &command(SIGN, &digest_info())), 0x6985);
    assert_eq!(status(&mut card, &choose(0x02)), 0x9000);
    assert_eq!(status(&mut card, &command(SIGN, &digest_info())), 0x6982);
    assert_eq!(card.counts().signatures, 0);
}

#[test]
fn a_pin_may_be_good_for_one_signature() {
    let mut card = verified(Design::akis_2());
    assert_eq!(status(&mut card, &choose(0x02)), 0x9000);
    data(&mut card, &command(SIGN, &digest_info()));
    assert_eq!(status(&mut card, &command(SIGN, &digest_info())), 0x6982);
}

#[test]
fn a_key_may_have_a_pin_of_its_own() {
    let mut card = verified(Design::pkcs15().with_key_pin("1357"));
    assert_eq!(status(&mut card, &choose(0x02)), 0x9000);
    assert_eq!(status(&mut card, &command(SIGN, &digest_info())), 0x6982);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x83\x041357"), 0x9000);
    let value = data(&mut card, &command(SIGN, &digest_info()));
    assert!(is_right(&Check::Pkcs1, "nes-rsa2048", &value));
    assert_eq!((card.pin(0x81).tries_left, card.pin(0x83).tries_left), (3, 3));
}
