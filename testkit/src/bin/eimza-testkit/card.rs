//! `eimza-testkit card`: a card in a virtual reader until somebody ends it.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use eimza_testkit::card::Card;
use eimza_testkit::card::vpcd::VirtualReader;

use crate::options::CardOptions;

/// How often the log is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Nobody listens where a reader should be.
const NO_READER: u8 = 5;

/// Puts the card in and waits. The process is ended by a signal, or ends when the card is gone for good.
pub(crate) fn run(options: CardOptions) -> ExitCode {
    let address = SocketAddr::new(options.host, options.port());
    let mut reader = VirtualReader::at(address);
    let mut card = Card::new(options.design());
    for planned in &options.faults {
        reader.inject(planned.number, planned.fault.clone());
    }
    reader.slow_down(options.delay);
    loop {
        let atr: String = card.atr().iter().map(|octet| format!("{octet:02X}")).collect();
        if let Err(error) = reader.insert_unseen(card) {
            say(&format!("no virtual reader at {address}: {error}; does pcscd run, with the driver vpcd?"));
            return ExitCode::from(NO_READER);
        }
        say(&format!("in: {atr} at {address}"));
        show(&reader, options.log);
        say("out");
        let Some(pause) = options.come_back else { return ExitCode::SUCCESS };
        thread::sleep(pause);
        card = reader.remove();
    }
}

/// Shows what reaches the card until it is gone.
fn show(reader: &VirtualReader, log: bool) {
    let mut shown = reader.card(|card| card.log().len());
    loop {
        let inside = reader.is_inserted();
        let entries = reader.card(|card| card.log().get(shown..).map(<[_]>::to_vec)).unwrap_or_default();
        shown += entries.len();
        if log {
            entries.iter().for_each(|entry| say(&entry.to_string()));
        }
        if !inside {
            return;
        }
        thread::sleep(LOOK);
    }
}

/// A line on standard output, at once: others wait for it. Nobody may be listening any more.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
