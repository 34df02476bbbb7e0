//! What each command does. A file for each group, each a part of the one card.

mod data;
mod pins;
mod read;
mod select;
mod signing;
