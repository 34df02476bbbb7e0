//! Changes the PIN of a token. No try is ever spent unasked: not the last one, not after a lost answer.
//!
//! `change_pin ADDRESS`; the present and the new PIN are the first two lines of standard input.

use std::io::stdin;

use eimza_core::token::{self, Attempt};
use eimza_core::{Language, Pin};

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).ok_or("ADDRESS")?;
    let token = token::open(&address)?;
    println!("before: {}", token.pin_status()?.status.name());

    match token.change_pin(next_line()?, next_line()?, Attempt::new()) {
        Ok(()) => println!("changed"),
        Err(error) => {
            // A stable name and number for programs, sentences for people.
            let sentence = error.sentence(Language::Turkish);
            println!("{} {}: {} {}", error.code(), error.name(), sentence.happened, sentence.remedy);
        }
    }
    println!("after: {}", token.pin_status()?.status.name());
    Ok(())
}

fn next_line() -> std::result::Result<Pin, Box<dyn std::error::Error>> {
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    Ok(Pin::new(line.trim_end_matches('\n'))?)
}
