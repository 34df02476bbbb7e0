//! What is on a card is found by the standard's way, and is what the test PKI declares.

use eimza_testkit::card::{Card, Design, Status};
use eimza_testkit::{der, pki};

use crate::host::{SELECT, command, data, file, selected, status};

#[test]
fn certificate_is_found_from_the_directory() {
    let mut card = Card::new(Design::pkcs15().with_key("nes-p256"));
    let directory = file(&mut card, &command([0, 0xa4, 0, 0], &[0x2f, 0]), 0xff);
    let application = der::children(&directory);
    assert_eq!(application[0], der::tlv(0x4f, b"\xa0\x00\x00\x00\x63PKCS-15"));
    assert_eq!(application[2], der::tlv(0x51, &[0x3f, 0, 0x50, 0x15]));

    assert_eq!(status(&mut card, SELECT), 0x9000);
    let objects = file(&mut card, &command([0, 0xa4, 0, 0], &[0x50, 0x31]), 0xff);
    let wrapped = der::sequence(&[objects]);
    let certificates = der::children(&wrapped).into_iter().find(|entry| entry[0] == 0xa4).unwrap();
    let path = der::contents(&der::children(&der::children(&certificates)[0])[0]).to_vec();

    let listed = file(&mut card, &command([0, 0xa4, 8, 0], &path[2..]), 0xff);
    let value = der::children(&der::children(&listed)[2])[0].clone();
    let path = der::contents(&der::children(&der::children(&value)[0])[0]).to_vec();
    let certificate = file(&mut card, &command([0, 0xa4, 8, 0], &path[2..]), 0x80);
    assert_eq!(certificate, pki::certificate("nes-p256"));
    assert_eq!(card.counts().verifies + card.counts().questions, 0);
}

#[test]
fn akis_wants_its_own_way_of_selecting() {
    let mut card = Card::new(Design::akis_1());
    let by_path = |path: &[u8]| command([0, 0xa4, 8, 0], path);
    // The path begins with the master file; P1 tells folders from files.
    assert_eq!(status(&mut card, &by_path(&[0x3d, 0, 0x2f, 0x10])), 0x6a82);
    assert_eq!(file(&mut card, &by_path(&[0x3f, 0, 0x3d, 0, 0x2f, 0x10]), 0xf4), pki::certificate("nes-rsa2048"));
    assert_eq!(status(&mut card, &command([0, 0xa4, 0, 0], &[0x3f, 0])), 0x9000);
    assert_eq!(status(&mut card, &command([0, 0xa4, 2, 0], &[0x3d, 0])), 0x6a82);
    assert_eq!(status(&mut card, &command([0, 0xa4, 0, 0], &[0x3d, 0])), 0x9000);
    assert_eq!(status(&mut card, &command([0, 0xa4, 0, 0], &[0x2f, 0x10])), 0x6a82);
    assert_eq!(status(&mut card, &command([0, 0xa4, 2, 0], &[0x2f, 0x10])), 0x9000);
    // At most F4 octets at once, and a bare name is enough.
    assert_eq!(status(&mut card, &[0, 0xb0, 0, 0, 0xf5]), 0x6700);
    assert_eq!(status(&mut card, &command([0, 0xa4, 4, 0], b"PKCS-15")), 0x9000);
    let listed = data(&mut card, &[0x80, 0x18, 0, 0, 0]);
    assert_eq!((listed.len() % 20, &listed[..3]), (0, &[0x2f, 0x50, 0x31][..]));
}

#[test]
fn akis_tells_serial_number_and_how_the_pin_stands() {
    let mut card = selected(Design::akis_1());
    let serial = data(&mut card, &[0, 0xca, 1, 6, 0x4d]);
    assert_eq!(serial[55..67], card.design().serial[..]);
    assert_eq!(data(&mut card, &[0, 0xca, 1, 4, 10])[6], 0xa5);

    let mut told = || {
        let template = data(&mut card, &command([0, 0xa4, 4, 0], b"PKCS-15"));
        let told = *der::children(&template).last().unwrap().last().unwrap();
        card.transmit(b"\x00\x20\x00\x81\x06000000");
        told
    };
    assert_eq!([told(), told(), told(), told()], [0x02, 0x42, 0xc2, 0x42]);
}

#[test]
fn private_certificate_is_read_after_the_pin_only() {
    let mut design = Design::pkcs15();
    design.keys[0].private_certificate = true;
    let mut card = selected(design);
    let select = command([0, 0xa4, 0, 0], &[0x45, 0x01]);
    data(&mut card, &select);
    assert_eq!(status(&mut card, &[0, 0xb0, 0, 0, 0x10]), 0x6982);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x81\x06123456"), 0x9000);
    assert_eq!(file(&mut card, &select, 0xff), pki::certificate("nes-rsa2048"));
}

#[test]
fn identity_card_tells_nothing_and_is_looked_through() {
    let mut card = Card::new(Design::tckk());
    let by_path = |file: [u8; 2]| command([0, 0xa4, 8, 0], &[&[0x3f, 0, 0x3d, 0][..], &file].concat());
    assert_eq!(status(&mut card, &by_path([0x50, 0x31])), 0x6a82);
    assert_eq!(file(&mut card, &by_path([0x2f, 0x10]), 0xf4), pki::certificate("nes-rsa2048"));
    assert_eq!(status(&mut card, &by_path([0x2f, 0x11])), 0x6a82);
    // Its PIN counts for the whole card.
    assert_eq!(status(&mut card, &command([0, 0xa4, 0, 0], &[0x3f, 0])), 0x9000);
    assert_eq!(status(&mut card, b"\x00\x20\x00\x01\x06123456"), 0x9000);
}

#[test]
fn a_file_may_hold_anything() {
    let mut design = Design::pkcs15();
    design.forged_files = vec![(0x5031, vec![0xa0, 0x84, 0xff, 0xff, 0xff, 0xff]), (0x4502, b"more".to_vec())];
    let mut card = selected(design);
    assert_eq!(file(&mut card, &command([0, 0xa4, 0, 0], &[0x50, 0x31]), 0xff), [0xa0, 0x84, 0xff, 0xff, 0xff, 0xff]);
    assert_eq!(file(&mut card, &command([0, 0xa4, 0, 0], &[0x45, 0x02]), 0xff), b"more");
}

#[test]
fn a_card_that_wants_secure_messaging_spends_no_try() {
    let mut design = Design::pkcs15();
    design.dialect.refuses_plain = Some(Status(0x6988));
    let mut card = selected(design);
    for octets in
        [&b"\x00\x20\x00\x81\x06000000"[..], &[0, 0x22, 0x41, 0xb6, 3, 0x84, 1, 1], &[0, 0x2a, 0x9e, 0x9a, 1, 7, 0]]
    {
        assert_eq!(status(&mut card, octets), 0x6988);
    }
    assert_eq!(card.pin(0x81).tries_left, 3);
    assert_eq!(file(&mut card, &command([0, 0xa4, 0, 0], &[0x45, 0x01]), 0xff), pki::certificate("nes-rsa2048"));
}
