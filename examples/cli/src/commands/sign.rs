use crate::face::Face;
use crate::failure::Result;
use clap::Args;
#[derive(Args, Debug)]
pub(crate) struct Arguments {}
pub(crate) fn run(_: &Arguments, _: &Face) -> Result<u8> {
    Err(super::later("this command"))
}
