//! The PINs of a card: which one is meant, what the card tells of it, and the commands that carry it.

use zeroize::Zeroizing;

use super::command::Command;
use super::pin_form::PinEncoding;
use super::pkcs15::PinEntry;
use super::profile::{ChangeCommand, UnblockCommand};
use super::seen::{Seen, SeenCertificate};
use super::session::{Session, Stop};
use super::status_word::StatusWord;
use crate::error::{CardOperation, Error, Result, SecretKind};
use crate::token::{PinCharacters, PinId, PinKind, PinPolicy, PinReport, PinStatus};

const VERIFY: u8 = 0x20;
const CHANGE_REFERENCE_DATA: u8 = 0x24;
const RESET_RETRY_COUNTER: u8 = 0x2c;

impl Seen {
    /// The PIN that opens the card: the first one that is no PUK.
    pub(super) fn token_pin(&self) -> Option<&PinEntry> {
        self.pins.iter().find(|pin| !pin.is_puk && !pin.is_security_officer)
    }

    /// The PUK that unblocks this PIN.
    pub(super) fn puk_of(&self, pin: &PinEntry) -> Option<&PinEntry> {
        let named = pin.common.pin.as_ref();
        let named = named.and_then(|identifier| self.pins.iter().find(|puk| puk.identifier == *identifier));
        named.or_else(|| self.pins.iter().find(|puk| puk.is_puk))
    }

    /// The PIN that a certificate's key wants.
    pub(super) fn key_pin(&self, found: &SeenCertificate) -> Option<&PinEntry> {
        let named = found.key.as_ref().and_then(|key| key.common.pin.as_ref());
        let named = named.and_then(|identifier| self.pins.iter().find(|pin| pin.identifier == *identifier));
        named.or_else(|| self.token_pin())
    }

    /// Whether a key wants another PIN than the one that opens the card.
    pub(super) fn has_own_pin(&self, found: &SeenCertificate) -> bool {
        self.key_pin(found) != self.token_pin()
    }

    /// The PIN or PUK that is meant.
    pub(super) fn pin(&self, wanted: &PinId) -> Option<&PinEntry> {
        match (wanted.kind(), wanted.is_of_key()) {
            (PinKind::Pin, false) => self.token_pin(),
            (PinKind::Puk, _) => self.token_pin().and_then(|pin| self.puk_of(pin)),
            (PinKind::Pin, true) => {
                let owner = self.certificates.iter().find(|found| PinId::of_key(&found.certificate) == *wanted)?;
                self.key_pin(owner).filter(|_| self.has_own_pin(owner))
            }
        }
    }
}

impl PinEntry {
    fn policy(&self) -> PinPolicy {
        let characters =
            if self.form.encoding == PinEncoding::Utf8 { PinCharacters::Any } else { PinCharacters::Digits };
        PinPolicy { min: self.shortest, max: self.longest, characters }
    }

    /// The octets to send for what was entered.
    ///
    /// # Errors
    /// [`Error::SecretCharacters`] where the card's form cannot hold it. Nothing was sent.
    pub(super) fn written(&self, entered: &[u8], secret: SecretKind) -> Result<Zeroizing<Vec<u8>>> {
        self.form.written(entered).ok_or(Error::SecretCharacters { secret })
    }
}

impl Session<'_, '_> {
    /// Selects where a PIN is in force.
    pub(super) fn go_to(&mut self, pin: &PinEntry) -> std::result::Result<(), Stop> {
        let selected = match &pin.path {
            Some(path) if path.is_sound() => self.seen.select(self.channel, path),
            _ => self.seen.enter(self.channel),
        };
        self.found(selected)
    }

    /// What the card tells of a PIN by free means.
    pub(super) fn report(&mut self, pin: &PinEntry) -> std::result::Result<PinReport, Stop> {
        let policy = pin.policy();
        if !pin.is_set {
            return Ok(PinReport { status: PinStatus::NotSet, tries_left: None, policy });
        }
        if !self.seen.profile.pin.tells_tries {
            return Ok(PinReport { policy, ..PinReport::default() });
        }
        self.go_to(pin)?;
        let answer = self.channel.send(&Command::new(VERIFY, 0x00, pin.reference))?;
        let (status, tries_left) = match answer.status {
            // It is verified, so nothing was tried wrongly since.
            StatusWord::Done => (PinStatus::Ok, None),
            StatusWord::Wrong(1) => (PinStatus::FinalTry, Some(1)),
            StatusWord::Wrong(2) => (PinStatus::Low, Some(2)),
            StatusWord::Wrong(left) => (PinStatus::Ok, Some(left)),
            StatusWord::Blocked(_) => (PinStatus::Blocked, Some(0)),
            _ => (PinStatus::Unknown, None),
        };
        Ok(PinReport { status, tries_left, policy })
    }

    pub(super) fn verify(&mut self, pin: &PinEntry, entered: &[u8], secret: SecretKind) -> Result<()> {
        let command = Command::new(VERIFY, 0x00, pin.reference).secret(pin.written(entered, secret)?);
        self.present(&command, secret)
    }

    /// CHANGE REFERENCE DATA in the form that this card takes. `initial`: the card has none yet.
    pub(super) fn change(&mut self, pin: &PinEntry, old: &[u8], new: &[u8], secret: SecretKind) -> Result<()> {
        let (old, new) = (pin.written(old, secret)?, pin.written(new, secret)?);
        let (mode, reference, data) = match self.seen.profile.pin.change {
            ChangeCommand::Iso => (0x00, pin.reference, joined(&[&old, &new])),
            ChangeCommand::WithLengths => {
                let lengths = [length(&old), length(&new)];
                let [old_length, new_length] = &lengths;
                (0x02, pin.reference & 0x7f, joined(&[old_length.as_slice(), &old, new_length.as_slice(), &new]))
            }
        };
        self.present(&Command::new(CHANGE_REFERENCE_DATA, mode, reference).secret(data), secret)
    }

    /// RESET RETRY COUNTER in the form that this card takes.
    pub(super) fn unblock(&mut self, pin: &PinEntry, puk: &PinEntry, entered: &[u8], new: &[u8]) -> Result<()> {
        let (written, new) = (puk.written(entered, SecretKind::Puk)?, pin.written(new, SecretKind::Pin)?);
        match self.seen.profile.pin.unblock {
            UnblockCommand::PukAndNewPin => {
                let data = joined(&[&written, &new]);
                self.present(&Command::new(RESET_RETRY_COUNTER, 0x00, pin.reference).secret(data), SecretKind::Puk)
            }
            UnblockCommand::VerifyThenNewPin => {
                self.present(&Command::new(VERIFY, 0x00, puk.reference).secret(written), SecretKind::Puk)?;
                let set = Command::new(RESET_RETRY_COUNTER, 0x02, pin.reference).secret(new);
                self.present(&set, SecretKind::Pin).map_err(|error| match error {
                    // The PUK was accepted, so whatever is refused now is the new PIN.
                    Error::PinIncorrect { .. } | Error::PinFormRefused { .. } => Error::PinNewRefused,
                    other => other,
                })
            }
        }
    }
}

/// Refuses what is known from one source only, unless the caller permits it by name.
pub(super) fn confirmed(seen: &Seen, operation: CardOperation, is_permitted: bool) -> Result<()> {
    if seen.profile.is_unconfirmed(operation) && !is_permitted {
        return Err(Error::CardCommandsUnconfirmed { operation });
    }
    Ok(())
}

fn joined(pieces: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    // Large enough from the start: growing would leave a copy of a secret behind.
    let mut data = Zeroizing::new(Vec::with_capacity(pieces.iter().map(|piece| piece.len()).sum()));
    pieces.iter().for_each(|piece| data.extend_from_slice(piece));
    data
}

fn length(octets: &[u8]) -> Vec<u8> {
    u8::try_from(octets.len()).map(|length| vec![length]).unwrap_or_default()
}
