//! The cards in the virtual readers of the real pcscd: what programs see that are none of ours.

use std::process::Command;
use std::time::{Duration, Instant};

use eimza_testkit::card::stage::{Fault, Moment};
use eimza_testkit::card::{Card, Design};
use eimza_testkit::pcscd::{self, FIRST_READER, SECOND_READER, until};
use eimza_testkit::{Outcome, component, run};

/// GET CHALLENGE.
const CHALLENGE: &str = "00:84:00:00:08";

#[test]
fn scan_knows_the_cards_by_name() {
    if component("pcsc_scan").is_none() {
        return;
    }
    pcscd::inside("pcscd::scan_knows_the_cards_by_name", |pcscd| {
        pcscd.first.insert(Card::new(Design::akis_1()));
        pcscd.second.insert(Card::new(Design::akis_2()));
        let told = run(Command::new("pcsc_scan").args(["-t", "1"])).output;
        assert!(told.contains(FIRST_READER) && told.contains(SECOND_READER), "{told}");
        assert!(told.contains("AKİS v1.0"), "{told}");
        assert!(told.contains("3B 9F 97 81 31 FE 45 80 65 54 43 D3 22 82 31 C0 73 F6 21 80 81 05 D3"), "{told}");
    });
}

#[test]
fn cards_come_and_go_in_both_readers() {
    if component("opensc-tool").is_none() {
        return;
    }
    pcscd::inside("pcscd::cards_come_and_go_in_both_readers", |pcscd| {
        assert_eq!(cards(), [false, false]);
        pcscd.second.insert(Card::new(Design::akis_1()));
        assert_eq!(cards(), [false, true]);
        assert!(send(1, CHALLENGE).output.contains("SW1=0x90, SW2=0x00"));
        let card = pcscd.second.remove();
        until("the card was pulled out", || cards() == [false, false]);
        pcscd.first.insert(card);
        assert_eq!(cards(), [true, false]);
        assert!(pcscd.first.card(|card| card.counts().resets) > 0);
    });
}

#[test]
fn what_goes_wrong_at_a_command_is_seen_by_programs() {
    if component("opensc-tool").is_none() {
        return;
    }
    pcscd::inside("pcscd::what_goes_wrong_at_a_command_is_seen_by_programs", |pcscd| {
        pcscd.first.insert(Card::new(Design::pkcs15()));
        pcscd.first.inject(1, Fault::CutShort(1));
        assert!(!send(0, CHALLENGE).success);
        pcscd.first.inject(1, Fault::Answered(vec![0x6f, 0x00]));
        assert!(send(0, CHALLENGE).output.contains("SW1=0x6F, SW2=0x00"));
        pcscd.first.inject(1, Fault::Delayed(Duration::from_millis(700)));
        let begun = Instant::now();
        assert!(send(0, CHALLENGE).success && begun.elapsed() >= Duration::from_millis(700));

        for fault in [Fault::Removed(Moment::Before), Fault::Died(Moment::After)] {
            let before = pcscd.first.card(|card| card.counts().commands);
            let reached = usize::from(matches!(fault, Fault::Died(Moment::After)));
            pcscd.first.inject(1, fault);
            assert!(!send(0, CHALLENGE).success);
            assert_eq!(pcscd.first.card(|card| card.counts().commands), before + reached);
            pcscd.first.wait();
            until("the card is gone", || cards() == [false, false]);
            let card = pcscd.first.remove();
            pcscd.first.insert(card);
        }
    });
}

#[test]
fn a_card_is_exchanged_faster_than_the_service_looks() {
    if component("opensc-tool").is_none() {
        return;
    }
    pcscd::inside("pcscd::a_card_is_exchanged_faster_than_the_service_looks", |pcscd| {
        pcscd.first.insert(Card::new(Design::akis_1()));
        let mut other = Design::akis_1();
        other.serial = b"another card".to_vec();
        let before = pcscd.first.swap(Card::new(other));
        assert_ne!(before.design().serial, b"another card");
        until("the other card answers", || send(0, "00:CA:01:06:4D").output.contains("another c"));

        // The same, in the middle of a command.
        let mut third = Design::akis_1();
        third.serial = b"third card!!".to_vec();
        pcscd.first.inject(1, Fault::Swapped(Box::new(Card::new(third))));
        send(0, CHALLENGE);
        until("the third card answers", || send(0, "00:CA:01:06:4D").output.contains("third car"));
        assert_eq!(pcscd.first.remove().design().serial, b"third card!!");
    });
}

#[test]
fn the_service_can_be_stopped_and_started_anew() {
    if component("opensc-tool").is_none() {
        return;
    }
    pcscd::inside("pcscd::the_service_can_be_stopped_and_started_anew", |pcscd| {
        pcscd.first.insert(Card::new(Design::akis_1()));
        pcscd.stop();
        assert!(!send(0, CHALLENGE).success);
        pcscd.first.wait();
        let card = pcscd.first.remove();
        pcscd.start();
        pcscd.first.insert(card);
        assert!(send(0, CHALLENGE).success);
    });
}

/// Whether each of both readers holds a card, as OpenSC lists them.
pub(crate) fn cards() -> [bool; 2] {
    let told = run(Command::new("opensc-tool").arg("--list-readers")).output;
    [FIRST_READER, SECOND_READER].map(|reader| {
        let line = told.lines().find(|line| line.contains(reader)).unwrap_or_else(|| panic!("{reader}:\n{told}"));
        line.contains("Yes")
    })
}

/// Lets OpenSC send one command.
fn send(reader: usize, command: &str) -> Outcome {
    let mut tool = Command::new("opensc-tool");
    run(tool.args(["--reader", &reader.to_string(), "--card-driver", "default", "--send-apdu", command]))
}
