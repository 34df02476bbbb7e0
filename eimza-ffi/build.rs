//! Gives the shared library its name on Linux, so that programs find the version that they were linked with.

fn main() {
    let variable = |name| std::env::var(name).unwrap_or_default();
    let (major, minor) = (variable("CARGO_PKG_VERSION_MAJOR"), variable("CARGO_PKG_VERSION_MINOR"));
    // Before 1.0 each minor version may change what functions take.
    let version = if major == "0" { format!("0.{minor}") } else { major };
    if variable("CARGO_CFG_TARGET_OS") == "linux" {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libeimza.so.{version}");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
