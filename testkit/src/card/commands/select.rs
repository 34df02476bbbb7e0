//! SELECT (ISO/IEC 7816-4, section 7.1.1), and AKİS's list of a folder.

use crate::card::command::Command;
use crate::card::engine::{Answer, Card, Reply};
use crate::card::file::{Content, MASTER, Node};
use crate::card::pin::{Role, Scope};
use crate::card::status::Status;
use crate::der::tlv;

/// Which kinds of files a selection is content with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Folder,
    File,
    Either,
}

impl Card {
    pub(in crate::card) fn select(&mut self, command: &Command) -> Reply {
        let path = self.wanted(command)?;
        let node = self.files.at(&path).ok_or(Status::FILE_NOT_FOUND)?;
        let (folder, file) = match node.content {
            Content::Folder { .. } => (path, None),
            Content::File { .. } => (path[..path.len() - 1].to_vec(), Some(path)),
        };
        let described = self.described(node);
        let answer = match command.p2 {
            0x00 => Answer::with(tlv(0x6f, &described)),
            0x04 => Answer::with(tlv(0x62, &described)),
            0x08 => Answer::with(tlv(0x64, &[])),
            0x0c => Answer::done(),
            _ => return Err(Status::WRONG_PARAMETERS),
        };
        self.enter(folder, command.p1 == 0x04);
        self.session.file = file;
        answer
    }

    /// AKİS 1.x: the files of the selected folder, twenty octets each.
    pub(in crate::card) fn list(&self) -> Reply {
        let folder = self.files.at(&self.session.folder).ok_or(Status::FILE_NOT_FOUND)?;
        let record = |node: &Node| {
            let mut record = vec![if node.is_folder() { 0x3d } else { 0x2f }];
            record.extend_from_slice(&node.identifier.to_be_bytes());
            record.resize(20, 0);
            record
        };
        Answer::with(folder.children().iter().flat_map(record).collect())
    }

    /// The path to what the command names.
    fn wanted(&self, command: &Command) -> Result<Vec<u16>, Status> {
        let dialect = &self.design.dialect;
        let here = &self.session.folder;
        match command.p1 {
            0x00 if command.data.is_empty() || command.data == MASTER.to_be_bytes() => Ok(Vec::new()),
            0x00 if dialect.select_by_type => self.below(here, &command.data, Wanted::Folder),
            0x00 => self.below(here, &command.data, Wanted::Either),
            0x01 => self.below(here, &command.data, Wanted::Folder),
            0x02 => self.below(here, &command.data, Wanted::File),
            0x03 => here.split_last().map(|(_, parent)| parent.to_vec()).ok_or(Status::FILE_NOT_FOUND),
            0x04 if !command.data.is_empty() => self.files.named(&command.data).ok_or(Status::FILE_NOT_FOUND),
            0x08 if dialect.path_includes_master => match command.data.strip_prefix(&MASTER.to_be_bytes()) {
                Some(rest) => self.below(&[], rest, Wanted::Either),
                None => Err(Status::FILE_NOT_FOUND),
            },
            0x08 => self.below(&[], &command.data, Wanted::Either),
            0x09 => self.below(here, &command.data, Wanted::Either),
            _ => Err(Status::WRONG_PARAMETERS),
        }
    }

    fn below(&self, from: &[u16], identifiers: &[u8], wanted: Wanted) -> Result<Vec<u16>, Status> {
        let (pairs, rest) = identifiers.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(Status::WRONG_DATA);
        }
        let path = [from, &pairs.iter().copied().map(u16::from_be_bytes).collect::<Vec<u16>>()].concat();
        let node = self.files.at(&path).ok_or(Status::FILE_NOT_FOUND)?;
        let fits = wanted == Wanted::Either || node.is_folder() == (wanted == Wanted::Folder);
        if fits { Ok(path) } else { Err(Status::FILE_NOT_FOUND) }
    }

    /// Goes to a folder. Whoever leaves an application, or selects it anew by its name, loses its rights.
    fn enter(&mut self, folder: Vec<u16>, anew: bool) {
        if anew || folder != self.session.folder {
            self.session.key = None;
            self.session.algorithm = None;
        }
        let application = [self.design.layout.application];
        if anew || !folder.starts_with(&application) {
            let local = self.pins.iter_mut().filter(|pin| pin.design.scope == Scope::Local);
            local.for_each(|pin| pin.verified = false);
        }
        self.session.folder = folder;
    }

    /// What is inside of the template: size, kind, identifier, name; AKİS's word on the PIN.
    fn described(&self, node: &Node) -> Vec<u8> {
        let mut fields = match &node.content {
            Content::File { octets, .. } => {
                let size = u16::try_from(octets.len()).expect("files are small");
                vec![tlv(0x80, &size.to_be_bytes()), tlv(0x82, &[0x01])]
            }
            Content::Folder { .. } => vec![tlv(0x82, &[0x38])],
        };
        fields.push(tlv(0x83, &node.identifier.to_be_bytes()));
        if let Content::Folder { names, .. } = &node.content
            && let Some(name) = names.first()
        {
            fields.push(tlv(0x84, name));
        }
        if self.design.dialect.tells_pin_in_select {
            fields.push(tlv(0x90, &[self.told(node)]));
        }
        fields.concat()
    }

    /// 02 valid; 04 with files; 40 a wrong PIN was entered, 80 one try is left, both with folders.
    fn told(&self, node: &Node) -> u8 {
        if !node.is_folder() {
            return 0x06;
        }
        let pin = self.pins.iter().find(|pin| pin.design.role == Role::User);
        pin.map_or(0x02, |pin| {
            let wrong = if pin.tries_left < pin.design.tries { 0x40 } else { 0 };
            let last = if pin.tries_left == 1 { 0x80 } else { 0 };
            0x02 | wrong | last
        })
    }
}
