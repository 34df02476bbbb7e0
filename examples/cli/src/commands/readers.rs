//! `eimza readers`: card readers, and what is in them; with `--watch`, what becomes of them.

use clap::Args;
use eimza_core::Error;
use eimza_core::token::smartcard::{
    Atr, CardProfile, CardState, LinkFault, PcscReader, Reader, ReaderEvent, ReaderEvents, readers,
};
use serde_json::{Value, json};

use crate::exit;
use crate::failure::Result;
use crate::output::Output;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Go on and tell of readers and cards that come and go
    #[arg(long)]
    watch: bool,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8> {
    if arguments.watch {
        ReaderEvents::new().for_each(|event| tell(&event, output));
        return Ok(exit::DONE);
    }
    let readers = readers().map_err(unreachable_service)?;
    if readers.is_empty() {
        output.say("No card reader was found.", "Kart okuyucu bulunamadı.");
    }
    for reader in readers {
        let card = reader.card().unwrap_or(CardState::Empty);
        show(&reader, &card, output);
    }
    Ok(exit::DONE)
}

fn show(reader: &PcscReader, card: &CardState, output: &Output) {
    let name = output.shown(&reader.name());
    output.result(&json!({ "name": name, "card": described(card) }), || format!("{name}: {}", in_words(card, output)));
}

fn described(card: &CardState) -> Value {
    match card {
        CardState::Empty => Value::Null,
        CardState::Mute => json!({ "atr": null, "name": null }),
        CardState::Present(atr) => json!({ "atr": atr.to_string(), "name": CardProfile::name_of(atr) }),
    }
}

fn in_words(card: &CardState, output: &Output) -> String {
    match card {
        CardState::Empty => output.pick("no card", "kart yok").into(),
        CardState::Mute => output.pick("a card that does not answer", "yanıt vermeyen bir kart").into(),
        CardState::Present(atr) => called(atr, output),
    }
}

fn called(atr: &Atr, output: &Output) -> String {
    let name = CardProfile::name_of(atr).unwrap_or(output.pick("a card", "bir kart"));
    format!("{name} (ATR {atr})")
}

fn tell(event: &ReaderEvent, output: &Output) {
    let (name, reader, card) = match event {
        ReaderEvent::Added { reader, card } => ("reader-added", Some(reader), Some(card)),
        ReaderEvent::Removed { reader } => ("reader-removed", Some(reader), None),
        ReaderEvent::CardInserted { reader, card } => ("card-inserted", Some(reader), Some(card)),
        ReaderEvent::CardRemoved { reader } => ("card-removed", Some(reader), None),
        ReaderEvent::ServiceStopped { .. } => ("service-stopped", None, None),
        ReaderEvent::ServiceStarted => ("service-started", None, None),
        _ => return,
    };
    let reader = reader.map(|reader| output.shown(reader));
    let json = json!({ "event": name, "name": reader, "card": card.map(described) });
    output.result(&json, || {
        let what = match event {
            ReaderEvent::Added { .. } => output.pick("reader", "okuyucu"),
            ReaderEvent::Removed { .. } => output.pick("reader removed", "okuyucu çıkarıldı"),
            ReaderEvent::CardInserted { .. } => output.pick("card inserted", "kart takıldı"),
            ReaderEvent::CardRemoved { .. } => output.pick("card removed", "kart çıkarıldı"),
            ReaderEvent::ServiceStopped { .. } => {
                output.pick("the smart-card service is not there; waiting", "akıllı kart hizmeti yok; bekleniyor")
            }
            _ => output.pick("the smart-card service is there", "akıllı kart hizmeti çalışıyor"),
        };
        let parts = [reader.clone(), card.map(|card| in_words(card, output))];
        parts.into_iter().flatten().fold(what.to_owned(), |line, part| format!("{line}: {part}"))
    });
}

fn unreachable_service(fault: LinkFault) -> Error {
    match fault {
        LinkFault::NoLibrary => Error::PcscAbsent,
        LinkFault::NoService => Error::PcscStopped,
        other => Error::ReaderFailed { reader: String::new(), source: other.into() },
    }
}
