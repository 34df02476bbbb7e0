//! What is odd about a certificate's encoding although it was read.

use super::Certificate;

/// Something odd about how a certificate is encoded. It was read all the same, and nothing is wrong with its signature by
/// that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// Other octets stood behind it: a line end, the padding of a card's file. They were left out.
    OctetsBehind,
    /// Begin or end is written in another form than RFC 5280 section 4.1.2.5 demands.
    TimeUnusual,
    /// Begin or end tells no moment.
    TimeUnreadable,
}

impl Note {
    /// Every note.
    pub const ALL: [Self; 3] = [Self::OctetsBehind, Self::TimeUnusual, Self::TimeUnreadable];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Note::OctetsBehind => "octets-behind-certificate",
            Note::TimeUnusual => "time-unusual",
            Note::TimeUnreadable => "time-unreadable",
        }
    }
}

impl Certificate {
    /// What is odd about its encoding.
    pub fn notes(&self) -> Vec<Note> {
        let times = [&self.0.not_before, &self.0.not_after];
        let unreadable = times.iter().any(|stated| stated.time.is_none());
        let unusual = times.iter().any(|stated| stated.time.is_some() && !stated.is_usual);
        let odd = [
            (self.0.octets_behind > 0, Note::OctetsBehind),
            (unusual, Note::TimeUnusual),
            (unreadable, Note::TimeUnreadable),
        ];
        odd.into_iter().filter(|(is_so, _)| *is_so).map(|(_, note)| note).collect()
    }
}
