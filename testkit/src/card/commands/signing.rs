//! MANAGE SECURITY ENVIRONMENT and PERFORM SECURITY OPERATION (ISO/IEC 7816-4 section 7.5.11, ISO/IEC 7816-8).

use crate::card::command::Command;
use crate::card::design::{ChooseKey, Scheme};
use crate::card::engine::{Answer, Card, Reply};
use crate::card::status::Status;
use crate::der;

const SIGNATURE_TEMPLATE: u8 = 0xb6;

impl Card {
    pub(in crate::card) fn manage_security_environment(&mut self, command: &Command) -> Reply {
        match (self.design.dialect.choose_key, command.p1, command.p2) {
            (ChooseKey::Environment, 0x41 | 0xf1, SIGNATURE_TEMPLATE) => {
                let (key, algorithm) = self.chosen(&command.data)?;
                self.session.key = key.or(self.session.key);
                self.session.algorithm = algorithm.or(self.session.algorithm);
            }
            (ChooseKey::Environment, 0xf3, _) => {
                self.session.key = None;
                self.session.algorithm = None;
            }
            (ChooseKey::AkisReference, 0xc3, reference) => self.session.key = Some(self.key_of(reference)?),
            _ => return Err(Status::WRONG_PARAMETERS),
        }
        Answer::done()
    }

    /// COMPUTE DIGITAL SIGNATURE is the only operation.
    pub(in crate::card) fn perform_security_operation(&mut self, command: &Command) -> Reply {
        if command.parameters() != 0x9e9a {
            return Err(Status::WRONG_PARAMETERS);
        }
        let key = self.session.key.ok_or(Status::CONDITIONS)?;
        let (pin, consent) = (self.keys[key].design.pin, self.keys[key].design.consent);
        if !self.is_verified(pin) {
            return Err(Status::NOT_ALLOWED);
        }
        let value =
            self.keys[key].sign(self.scheme(key, &command.data), self.design.dialect.ecdsa_form, &command.data)?;
        if consent {
            let mut pins = self.pins.iter_mut();
            pins.by_ref().filter(|other| other.design.identifier == pin).for_each(|pin| pin.verified = false);
        }
        self.counts.signatures += 1;
        Answer::with(value)
    }

    /// The key and the algorithm of a signature template: `84` or `83` key reference, `80` algorithm reference.
    fn chosen(&self, template: &[u8]) -> Result<(Option<usize>, Option<u8>), Status> {
        let (mut key, mut algorithm) = (None, None);
        for (tag, value) in der::short_elements(template).ok_or(Status::WRONG_DATA)? {
            match (tag, value) {
                (0x83 | 0x84, [reference]) => key = Some(self.key_of(*reference)?),
                (0x80, [reference]) if self.knows(*reference) => algorithm = Some(*reference),
                // A file that holds the key: this card has its keys by reference.
                (0x81, _) => {}
                _ => return Err(Status::WRONG_DATA),
            }
        }
        Ok((key, algorithm))
    }

    fn key_of(&self, reference: u8) -> Result<usize, Status> {
        let place = self.keys.iter().position(|key| key.design.reference == reference);
        place.ok_or(Status::REFERENCE_NOT_FOUND)
    }

    fn knows(&self, reference: u8) -> bool {
        self.design.dialect.algorithms.iter().any(|algorithm| algorithm.reference == reference)
    }

    /// What was chosen, or what a key does by itself: a whole block was padded by the host.
    fn scheme(&self, key: usize, octets: &[u8]) -> Scheme {
        let chosen = self.session.algorithm;
        let mut algorithms = self.design.dialect.algorithms.iter();
        let key = &self.keys[key];
        match algorithms.find(|algorithm| Some(algorithm.reference) == chosen) {
            Some(algorithm) => algorithm.scheme,
            None if key.is_ec() => Scheme::Ecdsa,
            None if octets.len() == key.length() => Scheme::RsaRaw,
            None => Scheme::RsaPkcs1,
        }
    }
}
