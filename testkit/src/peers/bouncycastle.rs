//! BouncyCastle with Debian's jars.

use std::process::Command;

use super::java;
use crate::component;

const JARS: &str = "/usr/share/java/bcpkix.jar:/usr/share/java/bcprov.jar:/usr/share/java/bcutil.jar";

pub(super) fn program() -> Option<Command> {
    for needed in JARS.split(':') {
        component(needed)?;
    }
    let mut command = java::program("bouncycastle", JARS, "Peer")?;
    // It runs for a second: the better compiler would not pay.
    command.env("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    Some(command)
}
