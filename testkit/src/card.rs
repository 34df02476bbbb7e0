//! A simulated smart card: an outsider's program that talks to cards can be tested with it, without a card or a reader.
//!
//! A card is data ([`Design`]) over one engine ([`Card`]). It keeps to ISO/IEC 7816-4, -8 and -15, tells what is on it
//! by PKCS #15 files, counts wrong PINs, and signs for real with keys of the declared test PKI ([`crate::pki`]). It
//! shares no line with the library that it tests.
//!
//! # In process
//!
//! ```
//! use eimza_testkit::card::{Card, Design};
//!
//! let mut card = Card::new(Design::pkcs15());
//! assert_eq!(card.atr()[0], 0x3b);
//!
//! // SELECT the PKCS#15 application, then VERIFY with a wrong PIN and the right one.
//! let select = b"\x00\xa4\x04\x0c\x0c\xa0\x00\x00\x00\x63PKCS-15";
//! assert_eq!(card.transmit(select), [0x90, 0x00]);
//! assert_eq!(card.transmit(b"\x00\x20\x00\x81\x06000000"), [0x63, 0xc2]);
//! assert_eq!(card.transmit(b"\x00\x20\x00\x81\x06123456"), [0x90, 0x00]);
//!
//! // What reached the card.
//! assert_eq!(card.counts().verifies, 2);
//! assert_eq!(card.pin(0x81).tries_left, 3);
//! assert_eq!(card.log()[1].to_string(), "00200081 Lc=06 <6 secret bytes> -> 63C2 (0 octets)");
//!
//! // A reset takes selection and rights, not the counters.
//! card.reset();
//! assert!(!card.pin(0x81).verified);
//! ```
//!
//! # In a reader, with what goes wrong there
//!
//! [`stage`] has readers, several programs that share them, and faults at chosen commands; [`keypad`] gives a reader
//! keys of its own, honest or lying.
//!
//! # In the virtual reader of a real pcscd
//!
//! [`vpcd`] puts a card into a reader of vpcd (Debian: `vsmartcard-vpcd`), where every program of PC/SC sees it;
//! [`crate::pcscd`] starts a pcscd for a test that nobody else on the machine sees. From a shell, or in somebody's CI:
//!
//! ```sh
//! apt-get install pcscd vsmartcard-vpcd opensc
//! pcscd                                             # goes into the background, and listens for cards
//! cargo run -p eimza-testkit -- card --kind iso-applet --key nes-p256 --log &
//! pkcs15-tool --list-certificates                   # or your own program
//! ```
//!
//! `cargo run -p eimza-testkit -- card --help` tells all options: kind, keys, PINs and how they are counted, and what goes
//! wrong at which command. The first line of its output, `in: ATR at ADDRESS`, says that the card is in the reader;
//! programs see it within half a second. It stays until the command is ended. The driver of vpcd listens on all
//! addresses of its machine without asking who connects: that is for machines that are closed, or for
//! `testkit/pcscd/in-private-world`, which runs a command with a network of its own.
//!
//! # Kinds of cards
//!
//! | kind | what it is |
//! | --- | --- |
//! | [`Design::pkcs15`], [`Design::pkcs15_t0`] | ISO/IEC 7816-15, T=1 with long lengths or T=0 |
//! | [`Design::iso_applet`] | like IsoApplet, a free applet for Java cards |
//! | [`Design::akis_1`], [`Design::akis_1_2`] | like AKİS 1.x: host's padding, chained blocks, 6984 when blocked |
//! | [`Design::akis_2`] | like AKİS 2.x: a PIN for every signature, 6983 when blocked |
//! | [`Design::tckk`] | like TCKK, the identity card: a PIN for the whole card, no PKCS #15 files |
//!
//! Every field of a [`Design`] may be changed: PINs and their encodings, tries, which PIN a key wants, how a blocked
//! PIN is answered, what the protocol allows. [`Design::with_key`] takes another key, [`Design::with_key_pin`] gives
//! the key a PIN of its own.
//!
//! These are no models of real cards to the last octet. What is said to be "like AKİS" follows what is publicly known
//! of these cards, and none of it was compared with a real one.

pub mod atr;
mod command;
mod commands;
mod design;
mod engine;
mod fault;
mod file;
mod key;
pub mod keypad;
mod kinds;
mod log;
mod pin;
mod pkcs15;
pub mod stage;
mod status;
pub mod vpcd;

pub use design::{
    Algorithm, Blocked, Change, ChooseKey, Design, Dialect, EcdsaForm, KeyDesign, Layout, Manners, Protocol, Question,
    Scheme,
};
pub use engine::{Card, PinState};
pub use log::{Counts, Entry};
pub use pin::{Encoding, PinDesign, Role, Scope, Start};
pub use status::Status;
