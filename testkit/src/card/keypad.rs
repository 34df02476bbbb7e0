//! A reader with a keypad of its own, honest or lying (PC/SC part 10, revision 2.02.09).
//!
//! The virtual reader has none, so this one exists in process only: [`Stage::set_keypad`](super::stage::Stage::set_keypad)
//! gives it to a reader, [`press`](Keypad::press) says what the person at the keys will do, and [`requests`](Keypad::requests)
//! tells what the host asked for. A structure that breaks the rules is refused with 6B80, as readers do.

mod fill;
mod structure;

use std::collections::VecDeque;

pub use structure::{Modify, Request, Verify};

use super::stage::Trouble;

/// The control code by which a host asks for the features (`CM_IOCTL_GET_FEATURE_REQUEST` outside of Windows).
pub const GET_FEATURES: u32 = 0x4200_0d48;

/// The same on Windows.
pub const GET_FEATURES_WINDOWS: u32 = 0x0031_3520;

/// What a reader can do by itself: the tags of `FEATURE_…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// 01: begin to verify a PIN.
    VerifyStart,
    /// 02: end to verify a PIN.
    VerifyFinish,
    /// 03: begin to change a PIN.
    ModifyStart,
    /// 04: end to change a PIN.
    ModifyFinish,
    /// 06: verify a PIN.
    VerifyDirect,
    /// 07: change or unblock a PIN.
    ModifyDirect,
    /// 0A: which keys end an entry, and whether there is a display.
    PinProperties,
    /// 0B: give up what was begun.
    Abort,
    /// 12: limits, maker and model.
    TlvProperties,
}

impl Feature {
    const ALL: [(Self, u8); 9] = [
        (Self::VerifyStart, 0x01),
        (Self::VerifyFinish, 0x02),
        (Self::ModifyStart, 0x03),
        (Self::ModifyFinish, 0x04),
        (Self::VerifyDirect, 0x06),
        (Self::ModifyDirect, 0x07),
        (Self::PinProperties, 0x0a),
        (Self::Abort, 0x0b),
        (Self::TlvProperties, 0x12),
    ];

    fn tag(self) -> u8 {
        Self::ALL.iter().find(|(feature, _)| *feature == self).map(|(_, tag)| *tag).expect("all are listed")
    }

    /// The control code of this feature.
    fn code(self) -> u32 {
        0x4233_0000 | u32::from(self.tag())
    }
}

/// What the person does at the keys.
#[derive(Clone, PartialEq, Eq)]
pub enum Press {
    /// Types a PIN.
    Digits(String),
    /// Types an old PIN or a PUK, then a new PIN, then what should be the new PIN again.
    Change {
        /// The old PIN, or the PUK.
        old: String,
        /// The new PIN.
        new: String,
        /// The new PIN again.
        again: String,
    },
    /// Presses the cancel key: 6401.
    Cancel,
    /// Presses nothing until the time is over: 6400.
    Nothing,
}

/// How a reader lies about its keypad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// It claims a keypad and knows no such command.
    HasNone,
    /// It claims a keypad and refuses every structure with 6B80.
    RefusesEverything,
    /// It asks nobody and sends the command as it stands, without a PIN.
    SendsTheTemplate,
    /// It says that all is well, and has sent nothing.
    SaysDone,
}

/// A keypad.
#[derive(Clone)]
pub struct Keypad {
    /// What it claims to be able to do.
    pub features: Vec<Feature>,
    /// Whether it lies, and how.
    pub lie: Option<Lie>,
    /// The shortest and the longest PIN that it takes.
    pub limits: (u8, u8),
    /// Maker and model in the numbers of USB.
    pub model: (u16, u16),
    presses: VecDeque<Press>,
    requests: Vec<Request>,
    begun: Option<Request>,
}

/// Why a reader does not do what it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It does not know this control code.
    Unsupported,
    /// The card behind it is out of reach.
    Card(Trouble),
}

/// The words that a keypad answers in the place of the card.
mod word {
    pub(super) const TIME_OVER: [u8; 2] = [0x64, 0x00];
    pub(super) const CANCELLED: [u8; 2] = [0x64, 0x01];
    pub(super) const NEW_PINS_DIFFER: [u8; 2] = [0x64, 0x02];
    pub(super) const LENGTH: [u8; 2] = [0x64, 0x03];
    pub(super) const STRUCTURE: [u8; 2] = [0x6b, 0x80];
    pub(super) const DONE: [u8; 2] = [0x90, 0x00];
}

impl Default for Keypad {
    /// An honest keypad that verifies and changes PINs of 4 to 12 digits.
    fn default() -> Self {
        Self {
            features: vec![
                Feature::VerifyDirect,
                Feature::ModifyDirect,
                Feature::PinProperties,
                Feature::TlvProperties,
            ],
            lie: None,
            limits: (4, 12),
            model: (0x0c4b, 0x0500),
            presses: VecDeque::new(),
            requests: Vec::new(),
            begun: None,
        }
    }
}

impl Keypad {
    /// A keypad that lies.
    #[must_use]
    pub fn lying(lie: Lie) -> Self {
        Self { lie: Some(lie), ..Self::default() }
    }

    /// A keypad that can do this and nothing else.
    #[must_use]
    pub fn with_features(features: &[Feature]) -> Self {
        Self { features: features.to_vec(), ..Self::default() }
    }

    /// What the person will do at the next request.
    pub fn press(&mut self, press: Press) {
        self.presses.push_back(press);
    }

    /// What the host asked for, taken apart.
    #[must_use]
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// Answers a control code; `send` brings a command to the card.
    pub(super) fn control(
        &mut self,
        code: u32,
        input: &[u8],
        send: impl FnOnce(&[u8]) -> Result<Vec<u8>, Trouble>,
    ) -> Result<Vec<u8>, Refusal> {
        if code == GET_FEATURES || code == GET_FEATURES_WINDOWS {
            return Ok(self.told_features());
        }
        let feature = self.features.iter().copied().find(|feature| feature.code() == code);
        match feature.ok_or(Refusal::Unsupported)? {
            Feature::PinProperties => Ok(vec![0, 0, 0x02, 0]),
            Feature::TlvProperties => Ok(self.told_limits()),
            Feature::Abort => {
                self.begun = None;
                Ok(word::CANCELLED.to_vec())
            }
            Feature::VerifyDirect => self.ask(Request::verify(input), send),
            Feature::ModifyDirect => self.ask(Request::modify(input), send),
            Feature::VerifyStart => self.begin(Request::verify(input)),
            Feature::ModifyStart => self.begin(Request::modify(input)),
            Feature::VerifyFinish | Feature::ModifyFinish => {
                let begun = self.begun.take();
                self.ask(begun, send)
            }
        }
    }

    /// A record for each feature; the control codes are big-endian, unlike all else.
    fn told_features(&self) -> Vec<u8> {
        let record = |feature: &Feature| [&[feature.tag(), 4][..], &feature.code().to_be_bytes()].concat();
        self.features.iter().flat_map(record).collect()
    }

    /// 06 shortest PIN, 07 longest PIN, 0B maker, 0C model.
    fn told_limits(&self) -> Vec<u8> {
        let (maker, model) = (self.model.0.to_ne_bytes(), self.model.1.to_ne_bytes());
        let fields = [&[6, 1, self.limits.0, 7, 1, self.limits.1, 0x0b, 2][..], &maker, &[0x0c, 2], &model];
        fields.concat()
    }

    fn begin(&mut self, request: Option<Request>) -> Result<Vec<u8>, Refusal> {
        self.begun = request;
        Ok(if self.begun.is_some() { Vec::new() } else { word::STRUCTURE.to_vec() })
    }

    fn ask(
        &mut self,
        request: Option<Request>,
        send: impl FnOnce(&[u8]) -> Result<Vec<u8>, Trouble>,
    ) -> Result<Vec<u8>, Refusal> {
        let Some(request) = request else { return Ok(word::STRUCTURE.to_vec()) };
        self.requests.push(request.clone());
        let filled = match self.lie {
            Some(Lie::HasNone) => return Err(Refusal::Unsupported),
            Some(Lie::RefusesEverything) => return Ok(word::STRUCTURE.to_vec()),
            Some(Lie::SaysDone) => return Ok(word::DONE.to_vec()),
            Some(Lie::SendsTheTemplate) => Ok(request.template().to_vec()),
            None => self.typed(&request),
        };
        match filled {
            Ok(command) => send(&command).map_err(Refusal::Card),
            Err(word) => Ok(word.to_vec()),
        }
    }

    /// The command with what the person types in it.
    fn typed(&mut self, request: &Request) -> Result<Vec<u8>, [u8; 2]> {
        let limits = request.limits();
        let right = |pin: &str| (limits.0..=limits.1).contains(&u8::try_from(pin.len()).unwrap_or(u8::MAX));
        match (request, self.presses.pop_front().unwrap_or(Press::Nothing)) {
            (_, Press::Nothing) => Err(word::TIME_OVER),
            (_, Press::Cancel) => Err(word::CANCELLED),
            (Request::Verify(verify), Press::Digits(pin)) if right(&pin) => {
                fill::verify(verify, &pin).ok_or(word::STRUCTURE)
            }
            (Request::Modify(modify), Press::Change { old, new, again }) => {
                if modify.asks_twice() && new != again {
                    return Err(word::NEW_PINS_DIFFER);
                }
                if !right(&new) || modify.asks_old() && !right(&old) {
                    return Err(word::LENGTH);
                }
                fill::modify(modify, &old, &new).ok_or(word::STRUCTURE)
            }
            _ => Err(word::LENGTH),
        }
    }
}
