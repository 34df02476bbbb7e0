//! BouncyCastle with Debian's jars.

use std::process::Command;

use super::java::{self, Pace};
use crate::component;

const JARS: &str = "/usr/share/java/bcpkix.jar:/usr/share/java/bcprov.jar:/usr/share/java/bcutil.jar";

/// The program of ours whose class is `main`.
pub(super) fn program(main: &str) -> Option<Command> {
    for needed in JARS.split(':') {
        component(needed)?;
    }
    java::program("bouncycastle", JARS, main, Pace::Short)
}
