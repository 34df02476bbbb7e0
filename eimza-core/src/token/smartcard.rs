//! Smart cards without a module of their maker: one engine for ISO 7816-4 and ISO 7816-15, and cards as data over it.

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
