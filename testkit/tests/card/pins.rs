//! PINs and PUKs: counted, blocked, unblocked, changed, in every form.

use eimza_testkit::card::{Blocked, Design, Encoding, Question, Scope, Start};

use crate::host::{SELECT, pin_command, selected, status};

const PIN: u8 = 0x81;
const PUK: u8 = 0x82;

#[test]
fn wrong_pins_block_and_each_generation_says_so_in_its_own_word() {
    for (blocked, word) in [(Blocked::Method6983, 0x6983), (Blocked::Data6984, 0x6984), (Blocked::NoTries63C0, 0x63c0)]
    {
        for at_once in [false, true] {
            let mut design = Design::pkcs15();
            design.dialect.blocked = blocked;
            design.dialect.blocking_attempt_says_blocked = at_once;
            let mut card = selected(design);
            let mut wrong = || status(&mut card, b"\x00\x20\x00\x81\x06000000");
            assert_eq!([wrong(), wrong()], [0x63c2, 0x63c1]);
            assert_eq!(wrong(), if at_once { word } else { 0x63c0 });
            assert_eq!(wrong(), word);
            assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06123456"), word);
            assert_eq!(card.counts().verifies, 5);
        }
    }
}

#[test]
fn a_card_may_hide_how_many_tries_are_left() {
    let mut design = Design::pkcs15();
    design.dialect.hides_tries = true;
    let mut card = selected(design);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06000000"), 0x6300);
    assert_eq!(card.pin(PIN).tries_left, 2);
}

#[test]
fn an_empty_verify_is_a_question_or_a_try() {
    for (question, word, left) in
        [(Question::Told, 0x63c3, 3), (Question::Refused, 0x6700, 3), (Question::Counted, 0x63c2, 2)]
    {
        let mut design = Design::pkcs15();
        design.dialect.question = question;
        let mut card = selected(design);
        assert_eq!(status(&mut card, &[0, 0x20, 0, PIN]), word);
        assert_eq!((card.pin(PIN).tries_left, card.counts().questions, card.counts().verifies), (left, 1, 0));
    }
}

#[test]
fn a_question_is_answered_as_the_pin_stands() {
    let mut card = selected(Design::pkcs15());
    let mut answers = |command: &[u8]| {
        status(&mut card, command);
        status(&mut card, &[0, 0x20, 0, PIN])
    };
    assert_eq!(answers(b"\x00\x20\x00\x81\x06000000"), 0x63c2);
    assert_eq!(answers(b"\x00\x20\x00\x81\x06123456"), 0x9000);
    assert_eq!(answers(SELECT), 0x63c3);
    let wrong = b"\x00\x20\x00\x81\x06000000";
    assert_eq!([answers(wrong), answers(wrong), answers(wrong)], [0x63c2, 0x63c1, 0x6983]);
}

#[test]
fn puk_unblocks_in_every_mode_and_has_tries_of_its_own() {
    for mode in 0..4 {
        let mut card = selected(Design::pkcs15());
        for _ in 0..3 {
            status(&mut card, b"\x00\x20\x00\x81\x06000000");
        }
        assert_eq!(card.pin(PIN).tries_left, 0);
        assert_eq!(status(&mut card, &pin_command(0x2c, 0, PIN, b"00000000654321")), 0x63c2);
        let (before, data): (&[u8], &[u8]) = match mode {
            0 => (b"", b"87654321654321"),
            1 => (b"", b"87654321"),
            2 => (b"87654321", b"654321"),
            _ => (b"87654321", b""),
        };
        if !before.is_empty() {
            assert_eq!(status(&mut card, &[0, 0x2c, mode, PIN]), 0x6982);
            assert_eq!(status(&mut card, &pin_command(0x20, 0, PUK, before)), 0x9000);
        }
        let unblock = if data.is_empty() { vec![0, 0x2c, mode, PIN] } else { pin_command(0x2c, mode, PIN, data) };
        assert_eq!(status(&mut card, &unblock), 0x9000);
        assert_eq!((card.pin(PIN).tries_left, card.pin(PUK).tries_left), (3, 3));
        let right: &[u8] = if matches!(mode, 0 | 2) { b"654321" } else { b"123456" };
        assert_eq!(status(&mut card, &pin_command(0x20, 0, PIN, right)), 0x9000, "{mode}");
    }
}

#[test]
fn a_blocked_puk_ends_it() {
    let mut card = selected(Design::pkcs15());
    for left in [0x63c2, 0x63c1, 0x63c0, 0x6983] {
        assert_eq!(status(&mut card, &pin_command(0x2c, 0, PIN, b"00000000654321")), left);
    }
    assert_eq!(status(&mut card, &pin_command(0x2c, 0, PIN, b"87654321654321")), 0x6983);
}

#[test]
fn pin_is_changed_in_the_way_of_each_generation() {
    let lengths = b"\x06123456\x08";
    let akis = [&lengths[..], b"65432100"].concat();
    for (design, command) in [
        (Design::pkcs15(), pin_command(0x24, 0, PIN, b"12345665432100")),
        (Design::akis_2(), pin_command(0x24, 0, PIN, b"12345665432100")),
        (Design::akis_1(), pin_command(0x24, 2, PIN & 0x7f, &akis)),
    ] {
        let mut card = selected(design);
        assert_eq!(status(&mut card, &command), 0x9000);
        assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x0865432100"), 0x9000);
        // The old one is wrong now, and the try is counted once.
        assert_eq!(status(&mut card, &command), 0x63c2);
    }
}

#[test]
fn what_cannot_become_a_pin_costs_no_try() {
    let mut card = selected(Design::pkcs15());
    for data in [&b"12345612"[..], b"123456abcdef", b"123456", b"00000012"] {
        assert_eq!(status(&mut card, &pin_command(0x24, 0, PIN, data)), 0x6a80);
    }
    assert_eq!(card.pin(PIN).tries_left, 3);
}

#[test]
fn transport_pin_gives_no_right_before_it_is_changed() {
    let mut design = Design::pkcs15();
    design.pin().start = Start::ToBeChanged;
    let mut card = selected(design);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06123456"), 0x6985);
    assert!(!card.pin(PIN).verified);
    assert_eq!(status(&mut card, &pin_command(0x24, 0, PIN, b"123456654321")), 0x9000);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06654321"), 0x9000);
}

#[test]
fn first_pin_is_set_without_an_old_one() {
    let mut design = Design::pkcs15();
    design.pin().start = Start::NotSet;
    let mut card = selected(design);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06123456"), 0x6984);
    assert_eq!(status(&mut card, &pin_command(0x24, 1, PIN, b"135790")), 0x9000);
    assert_eq!(status(&mut card, &pin_command(0x24, 1, PIN, b"246800")), 0x6985);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06135790"), 0x9000);
}

#[test]
fn only_the_declared_form_of_a_pin_is_right() {
    for (encoding, padding, right) in [
        (Encoding::AsciiNumeric, Some(0xff), &b"123456\xff\xff"[..]),
        (Encoding::Bcd, Some(0), &[0x12, 0x34, 0x56, 0, 0, 0, 0, 0]),
        (Encoding::HalfNibbleBcd, None, &[0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6]),
        (Encoding::Iso9564, None, &[0x26, 0x12, 0x34, 0x56, 0xff, 0xff, 0xff, 0xff]),
    ] {
        let mut design = Design::pkcs15();
        (design.pin().encoding, design.pin().padding, design.pin().stored) = (encoding, padding, 8);
        let mut card = selected(design);
        assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06123456"), 0x63c2);
        assert_eq!(status(&mut card, &pin_command(0x20, 0, PIN, right)), 0x9000, "{encoding:?}");
    }
}

#[test]
fn local_pins_end_with_the_application_and_global_ones_do_not() {
    let mut design = Design::pkcs15();
    design.pins[1].scope = Scope::Global;
    design.pins[1].reference = 0x02;
    let mut card = selected(design);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06123456"), 0x9000);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x02\x0887654321"), 0x9000);
    assert_eq!(status(&mut card, &[0, 0xa4, 0, 0x0c, 2, 0x3f, 0]), 0x9000);
    assert!(!card.pin(PIN).verified && card.pin(0x02).verified);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06123456"), 0x6a88);
    card.reset();
    assert!(!card.pin(0x02).verified);
}

#[test]
fn rights_can_be_given_back() {
    for (design, drop) in [
        (Design::pkcs15(), &[0, 0x20, 0xff, PIN][..]),
        (Design::akis_1(), &[0x80, 0x1a, 0, 0]),
        (Design::akis_2(), SELECT),
    ] {
        let mut card = selected(design);
        assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06123456"), 0x9000);
        assert!(card.pin(PIN).verified);
        assert_eq!(status(&mut card, drop), 0x9000);
        assert!(!card.pin(PIN).verified);
    }
}
