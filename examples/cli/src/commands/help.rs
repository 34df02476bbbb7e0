//! `eimza help`: what `--help` behind a command says.

use std::ffi::OsString;

use clap::Args;

use crate::failure::{Result, usage};
use crate::output::Output;
use crate::{arguments, exit};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The command, such as: pin change
    #[arg(value_name = "COMMAND")]
    command: Vec<OsString>,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8> {
    let mut tree = arguments::tree(output.language);
    tree.build();
    let mut command = &mut tree;
    for name in &arguments.command {
        let Some(below) = command.find_subcommand_mut(name) else {
            return Err(usage("There is no such command.", "Böyle bir komut yok."));
        };
        command = below;
    }
    output.help(&command.render_help().to_string());
    Ok(exit::DONE)
}
