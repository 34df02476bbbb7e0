//! What can go wrong between a program and a card.

use std::time::Duration;

use super::engine::Card;

/// Whether something happens before the card has carried a command out, or after, so that only its answer is lost.
///
/// For a PIN command the difference is a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The command does not reach the card.
    Before,
    /// The card has carried it out.
    After,
}

impl Moment {
    /// Both of them.
    pub const BOTH: [Self; 2] = [Self::Before, Self::After];
}

/// What happens at one command.
#[derive(Clone)]
pub enum Fault {
    /// The card is pulled out.
    Removed(Moment),
    /// Another program resets the card.
    Reset(Moment),
    /// The call fails with "not transacted" (0x80100016), the card stays.
    Failed(Moment),
    /// The card dies: the call succeeds with no octets at all, then fails, then the card is gone.
    Died(Moment),
    /// The card carries the command out, and these octets arrive in the place of its answer.
    Answered(Vec<u8>),
    /// The card carries the command out, and only so many octets of its answer arrive.
    CutShort(usize),
    /// The answer takes this much longer.
    Delayed(Duration),
    /// Another program holds the card for itself (0x8010000B).
    Busy,
    /// The card is exchanged for another so fast that nobody sees it: this call fails with 0x80100016, and from then on
    /// the same handle talks to the other card.
    Swapped(Box<Card>),
}

impl Fault {
    /// Whether the card carries the command out.
    pub(super) fn reaches_card(&self) -> bool {
        match self {
            Self::Removed(moment) | Self::Reset(moment) | Self::Failed(moment) | Self::Died(moment) => {
                *moment == Moment::After
            }
            Self::Answered(_) | Self::CutShort(_) | Self::Delayed(_) => true,
            Self::Busy | Self::Swapped(_) => false,
        }
    }

    /// One of each, with a name, but for the exchange of the card, which needs another one.
    #[must_use]
    pub fn each() -> Vec<(&'static str, Self)> {
        vec![
            ("removed before", Self::Removed(Moment::Before)),
            ("removed after", Self::Removed(Moment::After)),
            ("reset before", Self::Reset(Moment::Before)),
            ("reset after", Self::Reset(Moment::After)),
            ("failed before", Self::Failed(Moment::Before)),
            ("failed after", Self::Failed(Moment::After)),
            ("died before", Self::Died(Moment::Before)),
            ("died after", Self::Died(Moment::After)),
            ("garbage", Self::Answered(vec![0xde, 0xad, 0xbe, 0xef, 0x17])),
            ("nothing", Self::CutShort(0)),
            ("one octet", Self::CutShort(1)),
            ("cut short", Self::CutShort(3)),
            ("delayed", Self::Delayed(Duration::from_millis(30))),
            ("busy", Self::Busy),
        ]
    }
}

/// Faults that wait for their command.
#[derive(Clone, Default)]
pub(super) struct Faults {
    passed: usize,
    waiting: Vec<(usize, Fault)>,
}

impl Faults {
    /// At the command of this number from now on; 1 is the next.
    pub(super) fn add(&mut self, number: usize, fault: Fault) {
        self.waiting.push((self.passed + number, fault));
    }

    /// What happens at the command that comes now.
    pub(super) fn next(&mut self) -> Option<Fault> {
        self.passed += 1;
        let place = self.waiting.iter().position(|(number, _)| *number == self.passed)?;
        Some(self.waiting.remove(place).1)
    }
}
