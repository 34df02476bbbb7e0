//! Readers in process: what programs see when cards come, go, are shared, and fail.

use std::thread;
use std::time::Duration;

use eimza_testkit::card::stage::{Connection, Disposition, Fault, Moment, Stage, Trouble};
use eimza_testkit::card::{Card, Design};

use crate::host::SELECT;

const READER: &str = "Virtual PCD 00 00";
const WRONG: &[u8] = b"\x00\x20\x00\x81\x06000000";
const RIGHT: &[u8] = b"\x00\x20\x00\x81\x06123456";
const NO_TIME: Duration = Duration::ZERO;

fn stage() -> (Stage, Connection) {
    let stage = Stage::new(&[READER, "Virtual PCD 00 01"]);
    stage.insert(READER, Card::new(Design::pkcs15()));
    let mut connection = stage.connect(READER).unwrap();
    connection.transmit(SELECT).unwrap();
    (stage, connection)
}

#[test]
fn a_try_is_lost_only_where_the_card_got_the_command() {
    for (name, fault) in Fault::each() {
        let (stage, mut connection) = stage();
        let reached = !(name.ends_with("before") || name == "busy");
        stage.inject(READER, 1, fault);
        let outcome = connection.transmit(WRONG);
        let right = matches!(outcome.as_deref(), Ok([0x63, 0xc2]));
        assert_eq!(right, matches!(name, "delayed" | "cut short"), "{name}: {outcome:02x?}");
        drop(connection);
        let after = stage.readers().unwrap().0[0].atr.is_some().then(|| stage.card(READER, |card| card.pin(0x81)));
        // A card that was pulled out took its counter along.
        if let Some(pin) = after {
            assert_eq!(pin.tries_left, if reached { 2 } else { 3 }, "{name}");
        }
        // The next command is none of this fault's.
        if stage.readers().unwrap().0[0].atr.is_none() {
            stage.insert(READER, Card::new(Design::pkcs15()));
        }
        let mut fresh = stage.connect(READER).unwrap();
        let first = fresh.transmit(SELECT);
        assert_eq!(first.is_ok(), !name.starts_with("died"), "{name}");
    }
}

#[test]
fn removal_and_insertion_are_seen_and_old_connections_end() {
    let (stage, mut connection) = stage();
    let (readers, since) = stage.readers().unwrap();
    assert_eq!(stage.wait(since, NO_TIME), Err(Trouble::Timeout));
    let card = stage.remove(READER);
    assert_eq!(stage.wait(since, NO_TIME), Ok(()));
    assert_eq!(connection.transmit(SELECT), Err(Trouble::RemovedCard));
    assert_eq!(stage.connect(READER).err(), Some(Trouble::NoCard));
    stage.insert(READER, card);
    assert_eq!(connection.transmit(SELECT), Err(Trouble::RemovedCard));
    assert_eq!(stage.readers().unwrap().0[0].events, readers[0].events + 2);
    connection.reconnect(Disposition::Leave).unwrap();
    assert!(connection.transmit(SELECT).is_ok());
    assert_eq!(stage.connect("no such reader").err(), Some(Trouble::UnknownReader));
}

#[test]
fn a_fault_that_pulls_the_card_out_is_an_event_too() {
    let (stage, mut connection) = stage();
    let (_, since) = stage.readers().unwrap();
    stage.inject(READER, 1, Fault::Died(Moment::After));
    assert_eq!(connection.transmit(WRONG), Ok(Vec::new()));
    assert_eq!(connection.transmit(WRONG), Err(Trouble::NotTransacted));
    assert_eq!(connection.transmit(WRONG), Err(Trouble::RemovedCard));
    assert_eq!(stage.wait(since, NO_TIME), Ok(()));
}

#[test]
fn a_verified_pin_outlives_its_connection_unless_the_card_is_reset() {
    let (stage, mut connection) = stage();
    connection.transmit(RIGHT).unwrap();
    connection.disconnect(Disposition::Leave);
    assert!(stage.card(READER, |card| card.pin(0x81).verified));
    stage.connect(READER).unwrap().disconnect(Disposition::Reset);
    assert!(!stage.card(READER, |card| card.pin(0x81).verified));
}

#[test]
fn of_a_reset_by_another_program_one_is_told_once() {
    let (stage, mut connection) = stage();
    stage.connect(READER).unwrap().disconnect(Disposition::Reset);
    assert_eq!(connection.transmit(RIGHT), Err(Trouble::ResetCard));
    assert_eq!(connection.transmit(RIGHT), Ok(vec![0x6a, 0x88]));
}

#[test]
fn nobody_sees_a_fast_exchange() {
    let (stage, mut connection) = stage();
    let before = stage.readers().unwrap().0[0].events;
    let mut design = Design::pkcs15();
    design.serial = vec![0x77];
    stage.inject(READER, 1, Fault::Swapped(Box::new(Card::new(design))));
    assert_eq!(connection.transmit(RIGHT), Err(Trouble::NotTransacted));
    assert_eq!(connection.transmit(SELECT), Ok(vec![0x90, 0x00]));
    assert_eq!(stage.card(READER, |card| card.design().serial.clone()), [0x77]);
    assert_eq!(stage.readers().unwrap().0[0].events, before);
}

#[test]
fn a_transaction_keeps_others_waiting() {
    let (stage, mut connection) = stage();
    connection.begin().unwrap();
    let other = stage.clone();
    let waiting = thread::spawn(move || other.connect(READER).unwrap().transmit(RIGHT));
    assert!(connection.transmit(WRONG).is_ok());
    assert_eq!(stage.card(READER, |card| card.counts().verifies), 1);
    connection.end(Disposition::Leave);
    assert_eq!(waiting.join().unwrap(), Ok(vec![0x90, 0x00]));
}

#[test]
fn a_service_that_stopped_ends_all_connections() {
    let (stage, mut connection) = stage();
    stage.stop_service();
    assert_eq!(connection.transmit(SELECT), Err(Trouble::NoService));
    assert_eq!(stage.readers().err(), Some(Trouble::NoService));
    stage.start_service();
    assert_eq!(connection.transmit(SELECT), Err(Trouble::InvalidHandle));
    assert!(stage.connect(READER).unwrap().transmit(SELECT).is_ok());
    let (_, since) = stage.readers().unwrap();
    stage.remove_reader(READER);
    assert_eq!(stage.wait(since, NO_TIME), Ok(()));
}
