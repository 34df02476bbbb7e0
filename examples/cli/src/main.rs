//! The command `eimza`. Everything it does, the library does; the command reads arguments and prints.
#![forbid(unsafe_code)]

mod apart;
mod arguments;
mod commands;
mod exit;
mod failure;
mod files;
mod help;
mod line;
mod output;
mod probe;
mod secrets;
mod tokens;
mod trust;

use std::process::ExitCode;

use output::Output;

fn main() -> ExitCode {
    files::remember_umask();
    let mut given: Vec<_> = std::env::args_os().collect();
    let is_apart = apart::take_mark(&mut given);
    let arguments = match arguments::read(&given) {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(output::code_after_printing(arguments::refused(&error, &given))),
    };
    let output = Output::new(&arguments.common);
    let ended = if is_apart {
        apart::enter(output);
        commands::run(arguments.command, &output)
    } else if arguments.command.calls_modules() {
        apart::run(&given)
    } else {
        commands::run(arguments.command, &output)
    };
    let code = output::code_after_printing(ended.unwrap_or_else(|failure| output.failed(&failure)));
    if is_apart { apart::end(code) } else { ExitCode::from(code) }
}
