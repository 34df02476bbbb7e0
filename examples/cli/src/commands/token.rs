use crate::face::Face;
use crate::failure::Result;
use clap::Subcommand;
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Create(crate::arguments::Later),
}
pub(crate) fn run(_: &Command, _: &Face) -> Result<u8> {
    Err(super::later("this command"))
}
