//! The command `eimza`. Everything it does, the library does; the command reads arguments and prints.
#![forbid(unsafe_code)]

mod arguments;
mod commands;
mod exit;
mod failure;
mod files;
mod help;
mod output;
mod secrets;
mod tokens;

use std::process::ExitCode;

fn main() -> ExitCode {
    let given: Vec<_> = std::env::args_os().collect();
    let code = match arguments::read(&given) {
        Ok(arguments) => {
            let output = output::Output::new(&arguments.common);
            let ended = commands::run(arguments.command, &output);
            ended.unwrap_or_else(|failure| output.failed(&failure))
        }
        Err(error) => arguments::refused(&error, &given),
    };
    ExitCode::from(output::code_after_printing(code))
}
