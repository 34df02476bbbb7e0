//! Files of a card: selected and read (ISO 7816-4 sections 7.1.1 and 7.2.3). All of it costs no try.

use serde::Deserialize;

use super::channel::{Answer, Channel};
use super::command::{Command, SHORT_ANSWER};
use super::link::LinkFault;
use super::status_word::StatusWord;

const SELECT: u8 = 0xa4;
const READ_BINARY: u8 = 0xb0;

/// The master file.
pub(super) const MASTER: [u8; 2] = [0x3f, 0x00];

/// The most octets of one file.
const LONGEST_FILE: usize = 32_768;

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileFault {
    /// The card cannot be reached.
    Link(LinkFault),
    /// The card said no.
    Refused(StatusWord),
}

impl From<LinkFault> for FileFault {
    fn from(fault: LinkFault) -> Self {
        Self::Link(fault)
    }
}

/// How a card names files in SELECT.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Selection {
    /// Each identifier by itself, from the master file on: what every card understands.
    #[default]
    Stepwise,
    /// A path in one command, without the master file (ISO 7816-4 section 7.1.1). Where the card does not know that, stepwise.
    PathBeneathMaster,
    /// A path in one command, the master file's identifier in front of it: AKİS.
    WholePath,
}

/// Selects an application by its identifier.
pub(super) fn select_application(channel: &mut Channel<'_>, identifier: &[u8]) -> Result<(), FileFault> {
    let command = Command::new(SELECT, 0x04, 0x00).data(identifier).expecting(SHORT_ANSWER);
    done(channel.send(&command)?)
}

/// Selects a directory or file by its path from the master file on.
pub(super) fn select(channel: &mut Channel<'_>, how: Selection, path: &[u8]) -> Result<(), FileFault> {
    match how {
        Selection::WholePath => {
            let command = Command::new(SELECT, 0x08, 0x00).data(path).expecting(SHORT_ANSWER);
            done(channel.send(&command)?)
        }
        Selection::PathBeneathMaster => {
            if let Some(beneath) = path.strip_prefix(&MASTER).filter(|beneath| !beneath.is_empty()) {
                let command = Command::new(SELECT, 0x08, 0x00).data(beneath).expecting(SHORT_ANSWER);
                match channel.send(&command)?.status {
                    StatusWord::Done => return Ok(()),
                    StatusWord::FileNotFound => return Err(FileFault::Refused(StatusWord::FileNotFound)),
                    _ => {}
                }
            }
            select(channel, Selection::Stepwise, path)
        }
        Selection::Stepwise => path.chunks(2).try_for_each(|identifier| select_beneath(channel, identifier)),
    }
}

/// Selects one file or directory beneath what is selected. Cards differ in whether they want to be told which of the two
/// it is.
pub(super) fn select_beneath(channel: &mut Channel<'_>, identifier: &[u8]) -> Result<(), FileFault> {
    let any = Command::new(SELECT, 0x00, 0x00).data(identifier).expecting(SHORT_ANSWER);
    let refused = match done(channel.send(&any)?) {
        Err(FileFault::Refused(status)) => status,
        other => return other,
    };
    if matches!(refused, StatusWord::FileNotFound) && identifier != MASTER {
        let file = Command::new(SELECT, 0x02, 0x00).data(identifier).expecting(SHORT_ANSWER);
        return done(channel.send(&file)?);
    }
    let without_answer = Command::new(SELECT, 0x00, 0x0c).data(identifier);
    done(channel.send(&without_answer)?).map_err(|_| FileFault::Refused(refused))
}

/// The octets of the file that is selected. A file ends where the card says so, or gives fewer octets than it was asked for.
pub(super) fn read_selected(
    channel: &mut Channel<'_>,
    offset: usize,
    length: usize,
    block: usize,
) -> Result<Vec<u8>, FileFault> {
    let length = length.min(LONGEST_FILE);
    let mut octets = Vec::new();
    while octets.len() < length {
        let wanted = block.clamp(1, SHORT_ANSWER).min(length - octets.len());
        let Some([high, low]) = place(offset + octets.len()) else { break };
        let answer = channel.send(&Command::new(READ_BINARY, high, low).expecting(wanted))?;
        match answer.status {
            // 6282: the end of the file came before the length that was asked for.
            StatusWord::Done | StatusWord::Other(0x6282) => octets.extend_from_slice(&answer.data),
            StatusWord::WrongParameters(_) | StatusWord::WrongLength if !octets.is_empty() => break,
            status => return Err(FileFault::Refused(status)),
        }
        if answer.data.len() < wanted {
            break;
        }
    }
    octets.truncate(length);
    Ok(octets)
}

/// The element at the beginning of the file that is selected, and nothing of what the file is filled up with.
pub(super) fn read_element(channel: &mut Channel<'_>, offset: usize, block: usize) -> Result<Vec<u8>, FileFault> {
    let mut octets = read_selected(channel, offset, block, block)?;
    let whole = element_length(&octets).unwrap_or(octets.len());
    if whole > octets.len() {
        let further = offset.saturating_add(octets.len());
        octets.extend(read_selected(channel, further, whole - octets.len(), block)?);
    }
    octets.truncate(whole);
    Ok(octets)
}

/// How many octets the element has that begins so, its header included.
fn element_length(octets: &[u8]) -> Option<usize> {
    let (first, rest) = octets.get(1..)?.split_first()?;
    if *first < 0x80 {
        return Some(2 + usize::from(*first));
    }
    let length = rest.get(..usize::from(first & 0x7f)).filter(|length| matches!(length.len(), 1..=3))?;
    Some(2 + length.len() + length.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet)))
}

/// A place in a file as READ BINARY names it: 15 bits.
fn place(offset: usize) -> Option<[u8; 2]> {
    u16::try_from(offset).ok().filter(|place| place & 0x8000 == 0).map(u16::to_be_bytes)
}

fn done(answer: Answer) -> Result<(), FileFault> {
    match answer.status {
        StatusWord::Done => Ok(()),
        status => Err(FileFault::Refused(status)),
    }
}
