//! Compiles the shim around OpenSSL's CMS functions.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=openssl.c");
    let openssl = pkg_config::Config::new().atleast_version("3.0").probe("libcrypto")?;
    cc::Build::new().file("openssl.c").includes(&openssl.include_paths).opt_level(2).compile("eimza_peer_openssl");
    println!("cargo:rustc-link-lib=crypto");
    Ok(())
}
