//! The system's real PC/SC service with simulated cards in its virtual readers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use eimza_core::token::Attempt;
use eimza_core::token::smartcard::{CardOptions, CardState, PcscReader, ReaderEvent, ReaderEvents, open, readers};
use eimza_testkit::card::{Card, Design};
use eimza_testkit::pcscd::{self, FIRST_READER};

use crate::reader::pin;

#[test]
fn a_card_behind_the_service_is_used() {
    pcscd::inside("pcscd::a_card_behind_the_service_is_used", |pcscd| {
        pcscd.first.insert(Card::new(Design::pkcs15()));
        assert_eq!(readers().unwrap().len(), 2);
        let reader = PcscReader::named(FIRST_READER).unwrap();
        pcscd::until("the service tells of the card", || matches!(reader.card(), Ok(CardState::Present(_))));
        let token = open(Arc::new(reader), CardOptions::default()).unwrap();
        assert_eq!(token.certificates().unwrap().into_vec().len(), 1);
        token.verify_pin(pin("123456"), Attempt::new()).unwrap();
    });
}

#[test]
fn events_tell_of_cards_and_of_the_service() {
    pcscd::inside("pcscd::events_tell_of_cards_and_of_the_service", |pcscd| {
        let mut events = ReaderEvents::new();
        let watch = events.watch();
        for _ in 0..2 {
            assert!(matches!(events.next(), Some(ReaderEvent::Added { card: CardState::Empty, .. })));
        }
        pcscd.first.insert(Card::new(Design::pkcs15()));
        assert!(matches!(events.next(), Some(ReaderEvent::CardInserted { card: CardState::Present(_), .. })));
        pcscd.first.remove();
        assert!(matches!(events.next(), Some(ReaderEvent::CardRemoved { .. })));
        pcscd.stop();
        let told: Vec<_> = events.by_ref().take(3).collect();
        assert!(told.iter().any(|event| matches!(event, ReaderEvent::ServiceStopped { .. })), "{told:?}");
        pcscd.start();
        assert!(events.by_ref().take(3).any(|event| event == ReaderEvent::ServiceStarted));
        let stopping = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(100));
            watch.stop();
            Instant::now()
        });
        assert!(events.by_ref().all(|event| matches!(event, ReaderEvent::Added { .. })));
        assert!(stopping.join().unwrap().elapsed() < Duration::from_secs(2));
    });
}
