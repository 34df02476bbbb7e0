//! What the card of the command line is like.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use clap::{Args, ValueEnum};
use eimza_testkit::card::vpcd::{FIRST_PORT, SECOND_PORT};
use eimza_testkit::card::{Blocked, Design, Encoding, KeyDesign, Question, Start, Status};
use eimza_testkit::pki;

use crate::fault::Planned;

/// The PINs of these cards are test data, hence they may be arguments.
#[derive(Args)]
pub(crate) struct CardOptions {
    /// What card it is.
    #[arg(long, value_enum, default_value_t = Kind::Akis1)]
    pub(crate) kind: Kind,

    /// A key and certificate of the declared test PKI, by name; repeatable.
    #[arg(long = "key", value_name = "NAME", value_parser = key_name)]
    keys: Vec<String>,

    /// A certificate of the test PKI that the card holds besides: an issuer, say; repeatable.
    #[arg(long = "authority", value_name = "NAME", value_parser = key_name)]
    authorities: Vec<String>,

    /// The PIN that opens the card.
    #[arg(long, value_name = "DIGITS")]
    pin: Option<String>,

    /// The PUK.
    #[arg(long, value_name = "DIGITS")]
    puk: Option<String>,

    /// A PIN of its own for the first key.
    #[arg(long, value_name = "DIGITS")]
    key_pin: Option<String>,

    /// The first key wants its PIN before every signature.
    #[arg(long)]
    consent: bool,

    /// The certificate of the first key is read after its PIN only.
    #[arg(long)]
    private_certificate: bool,

    /// How many wrong tries in a row block a PIN.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..=15))]
    tries: Option<u8>,

    /// In what state the PIN begins.
    #[arg(long, value_enum)]
    pin_state: Option<PinState>,

    /// How the PIN is written.
    #[arg(long, value_enum)]
    encoding: Option<Form>,

    /// Fills the PIN up to eight octets with this one (two hexadecimal digits).
    #[arg(long, value_name = "OCTET", value_parser = octet)]
    padding: Option<u8>,

    /// What a blocked PIN is answered with.
    #[arg(long, value_enum)]
    blocked: Option<Word>,

    /// A wrong PIN is answered without saying how many tries are left.
    #[arg(long)]
    hide_tries: bool,

    /// What a VERIFY without a PIN is answered with.
    #[arg(long, value_enum)]
    question: Option<Asked>,

    /// Commands for PINs and keys are refused with 6988: the card wants secure messaging.
    #[arg(long)]
    secure_messaging: bool,

    /// Does not take long lengths.
    #[arg(long)]
    no_extended_length: bool,

    /// Does not take chained commands.
    #[arg(long)]
    no_chaining: bool,

    /// Every command takes this much longer, in milliseconds.
    #[arg(long, value_name = "MS", default_value = "0", value_parser = milliseconds)]
    pub(crate) delay: Duration,

    /// Something goes wrong at the command of this number: `3:removed-after`, `1:died-before`, `2:cut-short=1`,
    /// `5:delayed=500`, `4:answered=6F00`, `2:swapped=akis2`; repeatable.
    #[arg(long = "fault", value_name = "NUMBER:FAULT")]
    pub(crate) faults: Vec<Planned>,

    /// After a fault that pulled it out, the card comes back after so many milliseconds.
    #[arg(long, value_name = "MS", value_parser = milliseconds)]
    pub(crate) come_back: Option<Duration>,

    /// Prints every command and answer, without secrets.
    #[arg(long)]
    pub(crate) log: bool,

    /// Which of the two virtual readers.
    #[arg(long, value_name = "0|1", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=1))]
    pub(crate) reader: u8,

    /// Where pcscd runs.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,

    /// The port of the virtual reader, where it is not the usual one.
    #[arg(long)]
    port: Option<u16>,
}

/// The kinds of cards.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    /// like AKİS 1.0
    Akis1,
    /// like AKİS 1.2
    Akis12,
    /// like AKİS 2.x
    Akis2,
    /// like TCKK, the identity card
    Tckk,
    /// ISO/IEC 7816-15, T=1
    Pkcs15,
    /// ISO/IEC 7816-15, T=0
    Pkcs15T0,
    /// like IsoApplet
    IsoApplet,
}

#[derive(Clone, Copy, ValueEnum)]
enum PinState {
    Ready,
    ToBeChanged,
    NotSet,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Ascii,
    Utf8,
    Bcd,
    HalfNibble,
    Iso9564,
}

#[derive(Clone, Copy, ValueEnum)]
enum Word {
    #[value(name = "6983")]
    Method,
    #[value(name = "6984")]
    Data,
    #[value(name = "63c0")]
    NoTries,
}

#[derive(Clone, Copy, ValueEnum)]
enum Asked {
    Told,
    Refused,
    Counted,
}

impl Kind {
    pub(crate) fn design(self) -> Design {
        match self {
            Self::Akis1 => Design::akis_1(),
            Self::Akis12 => Design::akis_1_2(),
            Self::Akis2 => Design::akis_2(),
            Self::Tckk => Design::tckk(),
            Self::Pkcs15 => Design::pkcs15(),
            Self::Pkcs15T0 => Design::pkcs15_t0(),
            Self::IsoApplet => Design::iso_applet(),
        }
    }
}

impl CardOptions {
    pub(crate) fn port(&self) -> u16 {
        self.port.unwrap_or(if self.reader == 0 { FIRST_PORT } else { SECOND_PORT })
    }

    /// The card that these options describe.
    pub(crate) fn design(&self) -> Design {
        let mut design = self.kind.design();
        self.set_keys(&mut design);
        self.set_pins(&mut design);
        let dialect = &mut design.dialect;
        match self.blocked {
            Some(Word::Method) => dialect.blocked = Blocked::Method6983,
            Some(Word::Data) => dialect.blocked = Blocked::Data6984,
            Some(Word::NoTries) => dialect.blocked = Blocked::NoTries63C0,
            None => {}
        }
        match self.question {
            Some(Asked::Told) => dialect.question = Question::Told,
            Some(Asked::Refused) => dialect.question = Question::Refused,
            Some(Asked::Counted) => dialect.question = Question::Counted,
            None => {}
        }
        dialect.hides_tries |= self.hide_tries;
        if self.secure_messaging {
            dialect.refuses_plain = Some(Status(0x6988));
        }
        design.manners.extended_length &= !self.no_extended_length;
        design.manners.chaining &= !self.no_chaining;
        design
    }

    fn set_keys(&self, design: &mut Design) {
        let (first, others) = match self.keys.split_first() {
            Some((first, others)) => (first.as_str(), others),
            None => ("nes-rsa2048", &[][..]),
        };
        *design = design.clone().with_key(first);
        for (number, name) in (2..).zip(others) {
            design.keys.push(KeyDesign::new(name, number, number));
        }
        design.authorities.clone_from(&self.authorities);
        for key in design.keys.iter_mut().take(1) {
            key.consent |= self.consent;
            key.private_certificate |= self.private_certificate;
        }
    }

    fn set_pins(&self, design: &mut Design) {
        if let Some(puk) = &self.puk {
            design.puk().secret.clone_from(puk);
        }
        if let Some(tries) = self.tries {
            design.pins.iter_mut().for_each(|pin| pin.tries = tries);
        }
        let pin = design.pin();
        if let Some(digits) = &self.pin {
            pin.secret.clone_from(digits);
        }
        if let Some(padding) = self.padding {
            (pin.padding, pin.stored, pin.longest) = (Some(padding), 8, 8);
        }
        match self.encoding {
            Some(Form::Ascii) => pin.encoding = Encoding::AsciiNumeric,
            Some(Form::Utf8) => pin.encoding = Encoding::Utf8,
            Some(Form::Bcd) => pin.encoding = Encoding::Bcd,
            Some(Form::HalfNibble) => pin.encoding = Encoding::HalfNibbleBcd,
            Some(Form::Iso9564) => (pin.encoding, pin.stored, pin.longest) = (Encoding::Iso9564, 8, 12),
            None => {}
        }
        match self.pin_state {
            Some(PinState::ToBeChanged) => pin.start = Start::ToBeChanged,
            Some(PinState::NotSet) => pin.start = Start::NotSet,
            Some(PinState::Ready) | None => {}
        }
        if let Some(digits) = &self.key_pin {
            *design = design.clone().with_key_pin(digits);
        }
    }
}

fn key_name(name: &str) -> Result<String, String> {
    let names = pki::certificate_names();
    if names.iter().any(|known| known == name) {
        return Ok(name.to_owned());
    }
    Err(format!("the test PKI has no such certificate; it has {}", names.join(", ")))
}

fn octet(digits: &str) -> Result<u8, String> {
    u8::from_str_radix(digits, 16).map_err(|_| "two hexadecimal digits are wanted".to_owned())
}

fn milliseconds(number: &str) -> Result<Duration, String> {
    number.parse().map(Duration::from_millis).map_err(|_| "a number of milliseconds is wanted".to_owned())
}
