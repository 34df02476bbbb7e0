//! A card as a token.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::channel::Channel;
use super::link::{LinkFault, Reader};
use super::pcsc::{CardState, PcscReader, readers};
use super::pins::confirmed;
use super::pkcs15::PinEntry;
use super::profile::CardProfile;
use super::seen::{ReadFault, Seen, SeenCertificate};
use super::session::{Session, Stop};
use super::signing::Prepared;
use crate::certificate::Certificate;
use crate::error::{CardOperation, Error, Result, SecretKind, TokenOperation};
use crate::hex;
use crate::secret::{Pin, Puk};
use crate::shown_text::shown;
use crate::token::{
    CallContext, Entered, KeyReference, PinId, PinReport, SignRequest, Token, TokenCertificate, TokenDriver, TokenInfo,
    TokenKind, WantedPin, brief, value_form,
};

/// What addresses of cards begin with; the reader's name follows.
pub const ADDRESS_PREFIX: &str = "pcsc:";

/// How often an operation begins anew after another program has reset the card.
const RESTARTS: usize = 3;

/// How a card is used.
#[derive(Clone, Debug)]
pub struct CardOptions {
    /// How long another program may have the card before the operation is given up as [`Error::TokenBusy`].
    pub patience: Duration,
    /// Further kinds of cards, which come before those that are known here.
    pub kinds: Vec<Arc<CardProfile>>,
    /// Permits commands that are known from one source only. **They were tried on no real card**: one that understands them
    /// differently may count a wrong PIN, or be lost.
    pub danger_unconfirmed_card_commands: bool,
}

impl Default for CardOptions {
    /// Ten seconds, the kinds that are known here, confirmed commands only.
    fn default() -> Self {
        Self { patience: Duration::from_secs(10), kinds: Vec::new(), danger_unconfirmed_card_commands: false }
    }
}

/// A card in a reader. Wrap it in [`Token`] to use it; [`open`] does.
pub struct SmartCard {
    reader: Arc<dyn Reader>,
    options: CardOptions,
    seen: Mutex<Arc<Seen>>,
}

/// Opens the card in a reader: reads what kind it is and what is on it. Spends no try.
///
/// # Errors
/// [`Error::CardAbsent`], [`Error::CardUnknown`], [`Error::TokenBusy`]; why the reader cannot be reached.
pub fn open(reader: Arc<dyn Reader>, options: CardOptions) -> Result<Token> {
    let mut faults = 0;
    let seen = loop {
        match read(&*reader, &options) {
            Err(ReadFault::Link(LinkFault::Reset)) if faults < RESTARTS => faults += 1,
            Err(ReadFault::Link(fault)) => return Err(unreachable_card(&*reader, fault)),
            Err(ReadFault::Unknown(atr)) => return Err(Error::CardUnknown { atr: atr.to_string() }),
            Ok(seen) => break seen,
        }
    };
    Ok(Token::new(SmartCard { reader, options, seen: Mutex::new(Arc::new(seen)) }))
}

/// Opens the card in the reader of this name, as PC/SC tells it.
///
/// # Errors
/// As [`open`]; [`Error::ReaderUnknown`], [`Error::PcscAbsent`], [`Error::PcscStopped`].
pub fn open_named(reader: &str, options: CardOptions) -> Result<Token> {
    let named = PcscReader::named(reader).ok_or_else(|| Error::ReaderUnknown { reader: reader.into() })?;
    open(Arc::new(named), options)
}

/// The cards of a known kind in the readers of this machine. Spends no try; what cannot be read is passed over.
pub fn tokens(options: &CardOptions) -> Vec<Token> {
    let opened = |reader: PcscReader| {
        let has_card = matches!(reader.card(), Ok(CardState::Present(_)));
        has_card.then(|| open(Arc::new(reader), options.clone()).ok()).flatten()
    };
    readers().unwrap_or_default().into_iter().filter_map(opened).collect()
}

fn read(reader: &dyn Reader, options: &CardOptions) -> std::result::Result<Seen, ReadFault> {
    let mut link = reader.begin(options.patience)?;
    Seen::read(&mut Channel::new(&mut *link), &options.kinds)
}

impl SmartCard {
    /// Runs an operation in a transaction of its own, on the card that was opened. It begins anew where another program has
    /// reset the card, but never once a secret was sent.
    fn work<T>(
        &self,
        operation: CardOperation,
        mut work: impl FnMut(&mut Session<'_, '_>) -> std::result::Result<T, Stop>,
    ) -> Result<T> {
        let mut restarts = 0;
        loop {
            let mut link = self.reader.begin(self.options.patience).map_err(|fault| self.fault(fault))?;
            let mut channel = Channel::new(&mut *link);
            let done = self
                .seen_here(&mut channel, operation)
                .and_then(|seen| work(&mut Session { channel: &mut channel, seen: &seen, operation }));
            match done {
                Ok(done) => return Ok(done),
                Err(Stop::Error(error)) => return Err(error),
                Err(Stop::Link(LinkFault::Reset)) if restarts < RESTARTS && !channel.has_sent_secret() => restarts += 1,
                Err(Stop::Link(fault)) => return Err(self.fault(fault)),
            }
        }
    }

    /// What is on the card, which is the one that was opened. Before a secret is sent or a key is used that is looked at in
    /// any case: a card that was swapped fast is not always told of.
    fn seen_here(&self, channel: &mut Channel<'_>, operation: CardOperation) -> std::result::Result<Arc<Seen>, Stop> {
        let known = self.seen();
        channel.takes_at_most(known.profile.block);
        let is_new = channel.insertions() != known.insertions;
        if (is_new || operation != CardOperation::Read) && !known.is_still_there(channel)? {
            return Err(Stop::Error(Error::TokenRemoved));
        }
        if !is_new {
            return Ok(known);
        }
        let seen = Arc::new(Seen { insertions: channel.insertions(), ..Seen::clone(&known) });
        *brief::lock(&self.seen) = seen.clone();
        Ok(seen)
    }

    fn seen(&self) -> Arc<Seen> {
        brief::lock(&self.seen).clone()
    }

    fn fault(&self, fault: LinkFault) -> Error {
        unreachable_card(&*self.reader, fault)
    }

    fn permitted(&self, seen: &Seen, operation: CardOperation) -> Result<()> {
        confirmed(seen, operation, self.options.danger_unconfirmed_card_commands)
    }

    fn address(&self) -> String {
        format!("{ADDRESS_PREFIX}{}", self.reader.name())
    }
}

impl TokenDriver for SmartCard {
    fn info(&self) -> Result<TokenInfo> {
        self.work(CardOperation::Read, |session| {
            let information = &session.seen.information;
            let label = if information.label.is_empty() { session.seen.profile.name() } else { &information.label };
            Ok(TokenInfo {
                label: shown(label),
                manufacturer: shown(&information.manufacturer),
                model: shown(session.seen.profile.name()),
                serial: hex::encode(&information.serial),
                ..TokenInfo::new(TokenKind::SmartCard, self.address())
            })
        })
    }

    fn certificates(&self) -> Result<Vec<TokenCertificate>> {
        self.work(CardOperation::Read, |session| {
            let seen = session.seen;
            Ok(seen.certificates.iter().map(|found| entry(seen, found)).collect())
        })
    }

    fn pin_report(&self, pin: &PinId) -> Result<PinReport> {
        self.work(CardOperation::Read, |session| match session.seen.pin(pin) {
            Some(entry) => session.report(entry),
            None => Ok(PinReport::default()),
        })
    }

    fn verify_pin(&self, pin: &Entered<Pin>, context: &CallContext) -> Result<()> {
        let entered = typed(pin.octets())?;
        self.work(CardOperation::VerifyPin, |session| {
            let entry = meant(session.seen, &PinId::PIN)?;
            self.permitted(session.seen, CardOperation::VerifyPin)?;
            session.go_to(entry)?;
            Ok(context.present(|| session.verify(entry, entered, SecretKind::Pin))?)
        })
    }

    fn change_pin(&self, old: &Entered<Pin>, new: &Entered<Pin>, context: &CallContext) -> Result<()> {
        let (old, new) = (typed(old.octets())?, typed(new.octets())?);
        self.work(CardOperation::ChangePin, |session| {
            let entry = meant(session.seen, &PinId::PIN)?;
            self.permitted(session.seen, CardOperation::ChangePin)?;
            if !entry.can_change {
                return Err(Stop::Error(Error::TokenCannot { operation: TokenOperation::ChangePin }));
            }
            session.go_to(entry)?;
            Ok(context.present(|| session.change(entry, old, new, SecretKind::Pin))?)
        })
    }

    fn unblock_pin(&self, puk: &Entered<Puk>, new: &Entered<Pin>, context: &CallContext) -> Result<()> {
        let (puk, new) = (typed(puk.octets())?, typed(new.octets())?);
        self.work(CardOperation::UnblockPin, |session| {
            let entry = meant(session.seen, &PinId::PIN)?;
            let puk_entry = meant(session.seen, &PinId::PUK)?;
            self.permitted(session.seen, CardOperation::UnblockPin)?;
            if !entry.can_unblock {
                return Err(Stop::Error(Error::TokenCannot { operation: TokenOperation::UnblockPin }));
            }
            session.go_to(entry)?;
            Ok(context.present(|| session.unblock(entry, puk_entry, puk, new))?)
        })
    }

    fn change_puk(&self, old: &Entered<Puk>, new: &Entered<Puk>, context: &CallContext) -> Result<()> {
        let (old, new) = (typed(old.octets())?, typed(new.octets())?);
        self.work(CardOperation::ChangePuk, |session| {
            let entry = meant(session.seen, &PinId::PUK)?;
            self.permitted(session.seen, CardOperation::ChangePuk)?;
            if !entry.can_change {
                return Err(Stop::Error(Error::TokenCannot { operation: TokenOperation::ChangePuk }));
            }
            session.go_to(entry)?;
            Ok(context.present(|| session.change(entry, old, new, SecretKind::Puk))?)
        })
    }

    fn sign(
        &self,
        signer: &TokenCertificate,
        requests: &[SignRequest],
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<Vec<Vec<u8>>> {
        self.work(CardOperation::Sign, |session| {
            let seen = session.seen;
            self.permitted(seen, CardOperation::Sign)?;
            let found = certificate(seen, &signer.certificate).ok_or(Error::KeyAbsent)?;
            let key = found.key.as_ref().ok_or(Error::KeyAbsent)?;
            let prepared = requests
                .iter()
                .map(|request| Prepared::new(seen, key, &found.certificate, request))
                .collect::<Result<Vec<_>>>()?;
            let asks_each_time = key.common.uses_per_entry.is_some();
            let mut values = Vec::with_capacity(requests.len());
            for (number, (request, prepared)) in requests.iter().zip(&prepared).enumerate() {
                if number == 0 || asks_each_time {
                    present_for(session, found, pin, context, number)?;
                }
                context.check()?;
                let value = session.sign(prepared)?;
                values.push(value_form::normalised(&value, request, &found.certificate.public_key()?)?);
            }
            Ok(values)
        })
    }

    fn verifies_signatures(&self) -> bool {
        true
    }
}

/// Presents the PIN that the key wants: the one that opens the card, or the key's own.
fn present_for(
    session: &mut Session<'_, '_>,
    found: &SeenCertificate,
    pin: &Entered<Pin>,
    context: &CallContext,
    number: usize,
) -> std::result::Result<(), Stop> {
    let entry = session.seen.key_pin(found).ok_or(Error::TokenCannot { operation: TokenOperation::PresentPin })?;
    session.go_to(entry)?;
    if number == 0 && !session.seen.has_own_pin(found) {
        let entered = typed(pin.octets())?;
        return Ok(context.present(|| session.verify(entry, entered, SecretKind::Pin))?);
    }
    Ok(context.present_to_key(pin, |entered| session.verify(entry, typed(entered)?, SecretKind::Pin))?)
}

fn entry(seen: &Seen, found: &SeenCertificate) -> TokenCertificate {
    let key = found.key.as_ref();
    let identifier = key.map(|key| key.identifier.clone()).unwrap_or_default();
    TokenCertificate {
        label: shown(&found.label),
        key: KeyReference(identifier),
        asks_each_time: key.map(|key| key.common.uses_per_entry.is_some()),
        wanted_pin: if key.is_some() && seen.has_own_pin(found) { WantedPin::Own } else { WantedPin::Token },
        ..TokenCertificate::new(found.certificate.clone())
    }
}

fn certificate<'a>(seen: &'a Seen, wanted: &Certificate) -> Option<&'a SeenCertificate> {
    seen.certificates.iter().find(|found| found.certificate == *wanted)
}

fn meant<'a>(seen: &'a Seen, pin: &PinId) -> Result<&'a PinEntry> {
    seen.pin(pin).ok_or(Error::TokenCannot { operation: TokenOperation::PresentPin })
}

fn typed(octets: Option<&[u8]>) -> Result<&[u8]> {
    octets.ok_or(Error::TokenCannot { operation: TokenOperation::EntryOnDevice })
}

/// Why a reader or its card cannot be used, for the caller.
fn unreachable_card(reader: &dyn Reader, fault: LinkFault) -> Error {
    let name = reader.name();
    match fault {
        LinkFault::NoCard => Error::CardAbsent { reader: name },
        LinkFault::Removed | LinkFault::Silent => Error::TokenRemoved,
        // A card is reset by another program that uses it.
        LinkFault::Busy | LinkFault::Reset => Error::TokenBusy,
        LinkFault::NoReader => Error::ReaderUnknown { reader: name },
        LinkFault::NoService => Error::PcscStopped,
        LinkFault::NoLibrary => Error::PcscAbsent,
        LinkFault::Refused | LinkFault::Other(_) => Error::ReaderFailed { reader: name, source: fault.into() },
    }
}

impl fmt::Debug for SmartCard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SmartCard").field("reader", &self.reader.name()).finish_non_exhaustive()
    }
}
