//! T=0 and T=1, long lengths, chains.

use eimza_testkit::card::{Card, Design};
use eimza_testkit::pki;

use crate::host::{SELECT, command, data, file, status};

#[test]
fn t0_lets_fetch_what_t1_gives_at_once() {
    let select = command([0, 0xa4, 0, 0], &[0x2f, 0]);
    let at_once = Card::new(Design::pkcs15()).transmit(&select);
    let mut card = Card::new(Design::pkcs15_t0());
    let [0x61, length] = card.transmit(&select)[..] else { panic!("T=0 tells how much there is") };
    assert_eq!(card.transmit(&[0, 0xc0, 0, 0, length + 1]), [0x6c, length]);
    assert_eq!(card.transmit(&[0, 0xc0, 0, 0, length]), at_once);
    // It was fetched, and is there no more.
    assert_eq!(status(&mut card, &[0, 0xc0, 0, 0, length]), 0x6985);
    // A wrong Le is told.
    let size = file(&mut card, &select, 0x80).len();
    assert_eq!(card.transmit(&[0, 0xb0, 0, 0, 0]), [0x6c, u8::try_from(size).unwrap()]);
}

#[test]
fn long_lengths_are_taken_where_the_design_says_so() {
    let certificate = pki::certificate("nes-rsa2048");
    let long = [0, 0xb0, 0, 0, 0, 0, 0];
    let select = command([0, 0xa4, 0, 0x0c], &[0x45, 0x01]);
    let mut card = Card::new(Design::pkcs15());
    status(&mut card, SELECT);
    assert_eq!(status(&mut card, &select), 0x9000);
    assert_eq!(data(&mut card, &long), certificate);
    let mut card = Card::new(Design::pkcs15_t0());
    assert_eq!(status(&mut card, &long), 0x6700);
}

#[test]
fn what_is_longer_than_a_short_le_allows_is_fetched() {
    let mut card = Card::new(Design::pkcs15().with_key("nes-rsa4096"));
    status(&mut card, SELECT);
    status(&mut card, b"\x00\x20\x00\x81\x06123456");
    status(&mut card, &[0, 0x22, 0x41, 0xb6, 3, 0x84, 1, 1]);
    let answer = card.transmit(&command([0, 0x2a, 0x9e, 0x9a], &[7; 32]));
    assert_eq!((answer.len(), &answer[256..]), (258, &[0x61, 0x00][..]));
    assert_eq!(card.transmit(&[0, 0xc0, 0, 0, 0]).len(), 258);
}

#[test]
fn chains_are_refused_where_the_design_says_so_and_broken_ones_forgotten() {
    let mut design = Design::pkcs15();
    design.manners.chaining = false;
    assert_eq!(status(&mut Card::new(design), &[0x10, 0xa4, 0, 0, 1, 0x2f]), 0x6884);

    let mut card = Card::new(Design::pkcs15());
    assert_eq!(status(&mut card, &[0x10, 0xa4, 0, 0x0c, 1, 0x2f]), 0x9000);
    assert_eq!(status(&mut card, &[0x00, 0xa4, 0, 0x0c, 1, 0x00]), 0x9000);
    assert_eq!(status(&mut card, &[0x10, 0xa4, 0, 0x0c, 1, 0x2f]), 0x9000);
    assert_eq!(status(&mut card, &[0, 0x84, 0, 0, 8]), 0x9000);
    assert_eq!(status(&mut card, &[0x00, 0xa4, 0, 0x0c, 1, 0x00]), 0x6a80);
}

#[test]
fn what_is_no_command_is_refused() {
    let mut card = Card::new(Design::pkcs15());
    for (octets, word) in [
        (&[][..], 0x6700),
        (&[0, 0xa4], 0x6700),
        (&[0, 0xa4, 0, 0, 5, 1], 0x6700),
        (&[0, 0x77, 0, 0], 0x6d00),
        (&[0x80, 0x18, 0, 0, 0], 0x6e00),
        (&[0x0c, 0xb0, 0, 0, 0], 0x6882),
        (&[0xff, 0, 0, 0], 0x6e00),
    ] {
        assert_eq!(status(&mut card, octets), word, "{octets:02x?}");
    }
}
