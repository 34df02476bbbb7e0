//! The test kit as a command, for tests that are not written in Rust and for other people's CI.

mod card;
mod fault;
mod options;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The test kit of eimza. Nothing in it is for anything but tests.
#[derive(Parser)]
#[command(name = "eimza-testkit", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Puts a simulated card into the virtual reader (vpcd) of a running pcscd, until it is interrupted.
    Card(options::CardOptions),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Card(options) => card::run(options),
    }
}
