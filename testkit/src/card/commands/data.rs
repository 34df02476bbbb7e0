//! GET CHALLENGE and GET DATA (ISO/IEC 7816-4, sections 7.5.3 and 7.4.2).

use crate::card::command::Command;
use crate::card::engine::{Answer, Card, Reply};
use crate::card::key::random;
use crate::card::status::Status;

impl Card {
    pub(in crate::card) fn challenge(&mut self, command: &Command) -> Reply {
        if command.parameters() != 0 {
            return Err(Status::WRONG_PARAMETERS);
        }
        Answer::with(random(command.expected.unwrap_or(8).min(256)))
    }

    /// AKİS 1.x tells its serial number in `01 06` and its life cycle in `01 04`.
    pub(in crate::card) fn data_object(&mut self, command: &Command) -> Reply {
        const IN_USE: u8 = 0xa5;
        if !self.design.dialect.akis_commands {
            return Err(Status::REFERENCE_NOT_FOUND);
        }
        let (length, offset, value) = match command.parameters() {
            0x0106 => (0x4d, 55, &self.design.serial[..]),
            0x0104 => (10, 6, &[IN_USE][..]),
            _ => return Err(Status::REFERENCE_NOT_FOUND),
        };
        let mut octets = vec![0; length];
        octets[offset..offset + value.len()].copy_from_slice(value);
        Answer::with(octets)
    }
}
