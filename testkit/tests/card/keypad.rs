//! Readers with keys of their own: what they take apart, fill in, refuse, and lie about.

use eimza_testkit::card::keypad::{Feature, GET_FEATURES, Keypad, Lie, Press, Request};
use eimza_testkit::card::stage::{Connection, Stage, Trouble};
use eimza_testkit::card::{Card, Design, Encoding};

use crate::host::SELECT;

const READER: &str = "Reader with keys";
const TURKISH: u16 = 0x041f;
const VERIFY_DIRECT: u8 = 0x06;
const MODIFY_DIRECT: u8 = 0x07;

fn with_keypad(design: Design, keypad: Keypad) -> (Stage, Connection) {
    let stage = Stage::new(&[READER]);
    stage.insert(READER, Card::new(design));
    stage.set_keypad(READER, keypad);
    let mut connection = stage.connect(READER).unwrap();
    connection.transmit(SELECT).unwrap();
    (stage, connection)
}

/// The control code of a feature, as the reader tells it.
fn code(connection: &mut Connection, tag: u8) -> Option<u32> {
    let told = connection.control(GET_FEATURES, &[]).unwrap();
    let record = told.chunks(6).find(|record| record[0] == tag)?;
    Some(u32::from_be_bytes(record[2..6].try_into().unwrap()))
}

/// The 19 octets of PIN_VERIFY_STRUCTURE, then the command.
fn verify(form: [u8; 3], command: &[u8]) -> Vec<u8> {
    let limits = 0x0406_u16.to_ne_bytes();
    let length = u32::try_from(command.len()).unwrap().to_ne_bytes();
    let parts: [&[u8]; 8] =
        [&[30, 10], &form, &limits, &[0x02, 0x01], &TURKISH.to_ne_bytes(), &[0, 0, 0, 0], &length, command];
    parts.concat()
}

/// The 24 octets of PIN_MODIFY_STRUCTURE, then the command.
fn modify(offsets: [u8; 2], confirm: u8, command: &[u8]) -> Vec<u8> {
    let limits = 0x0408_u16.to_ne_bytes();
    let length = u32::try_from(command.len()).unwrap().to_ne_bytes();
    let parts: [&[u8]; 8] = [
        &[30, 10, 0x82, 0, 0],
        &offsets,
        &limits,
        &[confirm, 0x02, 0x03],
        &TURKISH.to_ne_bytes(),
        &[0, 1, 2, 0, 0, 0],
        &length,
        command,
    ];
    parts.concat()
}

fn digits(pin: &str) -> Press {
    Press::Digits(pin.to_owned())
}

fn change(old: &str, new: &str, again: &str) -> Press {
    Press::Change { old: old.to_owned(), new: new.to_owned(), again: again.to_owned() }
}

#[test]
fn what_is_typed_reaches_the_card_and_not_the_host() {
    let (stage, mut connection) = with_keypad(Design::pkcs15(), Keypad::default());
    let code = code(&mut connection, VERIFY_DIRECT).unwrap();
    let structure = verify([0x82, 0, 0], &[0, 0x20, 0, 0x81]);
    for (press, answer) in [
        (digits("000000"), [0x63, 0xc2]),
        (Press::Cancel, [0x64, 0x01]),
        (Press::Nothing, [0x64, 0x00]),
        (digits("1"), [0x64, 0x03]),
        (digits("123456"), [0x90, 0x00]),
    ] {
        stage.keypad(READER, |keypad| keypad.press(press));
        assert_eq!(connection.control(code, &structure).unwrap(), answer);
    }
    assert_eq!(stage.card(READER, |card| card.counts().verifies), 2);
    let Request::Verify(asked) = stage.keypad(READER, |keypad| keypad.requests()[0].clone()) else { panic!() };
    assert_eq!((asked.timeout, asked.limits, asked.validation, asked.language), (30, (4, 6), 2, TURKISH));
}

#[test]
fn every_form_of_a_pin_is_filled_in() {
    for (encoding, padding, form, template) in [
        (Encoding::AsciiNumeric, Some(0xff), [0x82, 8, 0], &[0xff; 8][..]),
        (Encoding::Bcd, Some(0xff), [0x81, 8, 0], &[0xff; 8]),
        (Encoding::Iso9564, None, [0x89, 0x47, 0x04], &[0x20, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ] {
        let mut design = Design::pkcs15();
        (design.pin().encoding, design.pin().padding, design.pin().stored) = (encoding, padding, 8);
        let (stage, mut connection) = with_keypad(design, Keypad::default());
        let code = code(&mut connection, VERIFY_DIRECT).unwrap();
        stage.keypad(READER, |keypad| keypad.press(digits("123456")));
        let command = [&[0, 0x20, 0, 0x81, 8][..], template].concat();
        assert_eq!(connection.control(code, &verify(form, &command)).unwrap(), [0x90, 0x00], "{encoding:?}");
    }
}

#[test]
fn pins_are_changed_and_unblocked_at_the_keys() {
    let (stage, mut connection) = with_keypad(Design::pkcs15(), Keypad::default());
    let code = code(&mut connection, MODIFY_DIRECT).unwrap();
    let mut ask = |press, command: &[u8]| {
        stage.keypad(READER, |keypad| keypad.press(press));
        connection.control(code, &modify([0, 0], 0x03, command)).unwrap()
    };
    let change_pin = [0, 0x24, 0, 0x81];
    assert_eq!(ask(change("123456", "654321", "654322"), &change_pin), [0x64, 0x02]);
    assert_eq!(ask(change("123456", "123", "123"), &change_pin), [0x64, 0x03]);
    assert_eq!(ask(change("1", "654321", "654321"), &change_pin), [0x64, 0x03]);
    assert_eq!(ask(change("123456", "654321", "654321"), &change_pin), [0x90, 0x00]);
    assert_eq!(ask(change("87654321", "135790", "135790"), &[0, 0x2c, 0, 0x81]), [0x90, 0x00]);
    assert_eq!(stage.card(READER, |card| (card.counts().changes, card.counts().unblocks)), (1, 1));
}

#[test]
fn structures_that_break_the_rules_are_refused() {
    let (stage, mut connection) = with_keypad(Design::pkcs15(), Keypad::default());
    let code = code(&mut connection, VERIFY_DIRECT).unwrap();
    let good = verify([0x82, 0, 0], &[0, 0x20, 0, 0x81]);
    let changed = |place: usize, octet: u8| {
        let mut structure = good.clone();
        structure[place] = octet;
        structure
    };
    let shortest_above_longest = [&good[..5], &0x0904_u16.to_ne_bytes(), &good[7..]].concat();
    for structure in
        [&good[..good.len() - 1], &good[..18], &changed(7, 0), &changed(15, 9), &shortest_above_longest, &[]]
    {
        assert_eq!(connection.control(code, structure).unwrap(), [0x6b, 0x80]);
    }
    assert_eq!(stage.card(READER, |card| card.counts().verifies), 0);
}

#[test]
fn liars_are_known_by_what_reaches_the_card() {
    for (lie, answer, questions) in [
        (Lie::HasNone, Err(Trouble::UnsupportedFeature), 0),
        (Lie::RefusesEverything, Ok(vec![0x6b, 0x80]), 0),
        (Lie::SendsTheTemplate, Ok(vec![0x63, 0xc3]), 1),
        (Lie::SaysDone, Ok(vec![0x90, 0x00]), 0),
    ] {
        let (stage, mut connection) = with_keypad(Design::pkcs15(), Keypad::lying(lie));
        let code = code(&mut connection, VERIFY_DIRECT).unwrap();
        stage.keypad(READER, |keypad| keypad.press(digits("123456")));
        assert_eq!(connection.control(code, &verify([0x82, 0, 0], &[0, 0x20, 0, 0x81])), answer);
        let counts = stage.card(READER, |card| card.counts());
        assert_eq!((counts.verifies, counts.questions), (0, questions), "{lie:?}");
        assert!(!stage.card(READER, |card| card.pin(0x81).verified));
    }
}

#[test]
fn an_entry_can_be_begun_and_ended_apart_and_given_up() {
    let features = [Feature::VerifyStart, Feature::VerifyFinish, Feature::Abort];
    let (stage, mut connection) = with_keypad(Design::pkcs15(), Keypad::with_features(&features));
    assert_eq!(code(&mut connection, VERIFY_DIRECT), None);
    let [start, finish, abort] = [0x01, 0x02, 0x0b].map(|tag| code(&mut connection, tag).unwrap());
    let structure = verify([0x82, 0, 0], &[0, 0x20, 0, 0x81]);
    stage.keypad(READER, |keypad| keypad.press(digits("123456")));
    assert_eq!(connection.control(start, &structure).unwrap(), []);
    assert_eq!(connection.control(abort, &[]).unwrap(), [0x64, 0x01]);
    assert_eq!(connection.control(finish, &[]).unwrap(), [0x6b, 0x80]);
    assert_eq!(connection.control(start, &structure).unwrap(), []);
    assert_eq!(connection.control(finish, &[]).unwrap(), [0x90, 0x00]);
}

#[test]
fn a_reader_without_keys_knows_no_features() {
    let stage = Stage::new(&[READER]);
    stage.insert(READER, Card::new(Design::pkcs15()));
    let mut connection = stage.connect(READER).unwrap();
    assert_eq!(connection.control(GET_FEATURES, &[]), Err(Trouble::UnsupportedFeature));
}
