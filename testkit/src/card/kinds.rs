//! The kinds of cards: a page of data each.
//!
//! To add one, write a function like these: begin with the kind that is most alike and change what differs. What no
//! field can say yet becomes a field of [`Design`], with the other kinds keeping what they do.

mod akis;
mod iso_applet;
mod pkcs15;
