//! Smart cards without a module of their maker: one engine for ISO 7816-4 and ISO 7816-15, and cards as data over it.
//!
//! ```no_run
//! use eimza_core::token::smartcard::{Reader, readers};
//! use eimza_core::token::{self, Attempt};
//! use eimza_core::{Error, Pin};
//!
//! for reader in readers().map_err(|_| Error::PcscStopped)? {
//!     println!("{}: {:?}", reader.name(), reader.card());
//! }
//! let token = token::open("pcsc:Virtual PCD 00 00")?;
//! println!("{} certificates", token.certificates()?.iter().count());
//! token.verify_pin(Pin::new("123456")?, Attempt::new())?;
//! # Ok::<(), Error>(())
//! ```
//!
//! Nothing here was tried on a real AKİS card. Its commands that are known from one source only are sent only where
//! [`CardOptions::danger_unconfirmed_card_commands`] permits it; the module of the card's maker is the way for production.
//!
//! A card is held in a transaction for one operation only, never while a person reads or types. After a PIN was presented the
//! card is reset, so that the next program has no rights. Where another program has reset the card an operation begins anew,
//! but never once a PIN was sent.

mod atr;
mod channel;
mod command;
mod driver;
mod files;
mod link;
mod pcsc;
mod pin_form;
mod pins;
mod pkcs15;
mod profile;
mod seen;
mod session;
mod signing;
mod status_word;

pub use atr::Atr;
pub use driver::{ADDRESS_PREFIX, CardOptions, SmartCard, open, open_named, tokens};
pub use link::{Link, LinkFault, Reader};
pub use pcsc::{CardState, PcscReader, ReaderEvent, ReaderEvents, ReaderWatch, readers};
pub use profile::CardProfile;
