//! READ BINARY (ISO/IEC 7816-4, section 7.2.3).

use crate::card::command::Command;
use crate::card::engine::{Answer, Card, Reply};
use crate::card::file::Content;
use crate::card::status::Status;

impl Card {
    pub(in crate::card) fn read_binary(&mut self, command: &Command) -> Reply {
        const BY_SHORT_IDENTIFIER: u8 = 0x80;
        let mut offset = usize::from(command.parameters());
        if command.p1 & BY_SHORT_IDENTIFIER != 0 {
            if command.p1 & 0x60 != 0 {
                return Err(Status::WRONG_PARAMETERS);
            }
            self.session.file = Some(self.by_short_identifier(command.p1 & 0x1f)?);
            offset = usize::from(command.p2);
        }
        let asked = command.expected.unwrap_or(256);
        let asked_for_all = matches!(asked, 256 | 0x1_0000);
        let longest = self.design.manners.longest_read;
        if asked > longest && !(asked_for_all && command.extended) {
            return Err(Status::WRONG_LENGTH);
        }
        let file = self.session.file.as_ref().ok_or(Status::NO_FILE)?;
        let Content::File { octets, pin } = &self.files.at(file).ok_or(Status::NO_FILE)?.content else {
            return Err(Status::NOT_FOR_THIS_FILE);
        };
        if pin.is_some_and(|identifier| !self.is_verified(identifier)) {
            return Err(Status::NOT_ALLOWED);
        }
        let rest = octets.get(offset..).ok_or(Status::OUTSIDE)?;
        let octets = rest[..rest.len().min(asked).min(longest)].to_vec();
        let early = octets.len() < asked && !asked_for_all || octets.is_empty();
        Ok(Answer { octets, status: if early { Status::END_OF_FILE } else { Status::DONE } })
    }

    /// The path to the file whose identifier ends in these five bits (ISO/IEC 7816-4, section 7.1.1).
    fn by_short_identifier(&self, short: u8) -> Result<Vec<u16>, Status> {
        let folder = self.files.at(&self.session.folder).ok_or(Status::FILE_NOT_FOUND)?;
        let fits = |identifier: u16| identifier & 0x1f == u16::from(short);
        let mut files = folder.children().iter().filter(|node| !node.is_folder() && fits(node.identifier));
        let file = files.next().ok_or(Status::FILE_NOT_FOUND)?;
        Ok([&self.session.folder[..], &[file.identifier]].concat())
    }
}
