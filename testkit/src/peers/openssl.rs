//! OpenSSL's command; it needs no program of ours.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::Order;
use crate::run::{Outcome, run};
use crate::{component, pki};

pub(super) fn verify(anchor: &Path, others: &Path, signature: &Path, content: Option<&Path>) -> Option<Outcome> {
    let mut command = Command::new(component("openssl")?);
    // Without -binary line ends are changed and good detached signatures fail. The intermediates are in -CAfile since
    // -certfile is not used for the path; only a self-signed certificate ends a path, so they are no anchors.
    let store = anchor.with_file_name("store.pem");
    fs::write(&store, [fs::read(anchor).ok()?, fs::read(others).ok()?].concat()).expect("scratch is writable");
    command.args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-out", "/dev/null"]);
    command.arg("-in").arg(signature).arg("-CAfile").arg(store);
    if let Some(content) = content {
        command.arg("-content").arg(content);
    }
    Some(run(&mut command))
}

#[track_caller]
pub(super) fn sign(order: &Order, folder: &Path, others: &Path, content: &Path, out: &Path) -> Option<Vec<u8>> {
    let mut command = Command::new(component("openssl")?);
    let certificate = folder.join("signer.pem");
    fs::write(&certificate, pki::bundle_pem(&[&order.signer])).expect("scratch is writable");
    command.args(["cms", "-sign", "-binary", "-outform", "DER", "-md", &order.digest]);
    command
        .arg("-in")
        .arg(content)
        .arg("-signer")
        .arg(certificate)
        .arg("-inkey")
        .arg(pki::private_key_path(&order.signer));
    command.arg("-out").arg(out);
    if !order.openssl_options.iter().any(|option| option == "-nocerts") {
        command.arg("-certfile").arg(others);
    }
    command.args(&order.openssl_options);
    if order.cades {
        command.arg("-cades");
    }
    if !order.detached {
        command.arg("-nodetach");
    }
    if order.streamed {
        command.args(["-stream", "-indef"]);
    }
    if order.pss {
        command.args(["-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:digest"]);
    }
    run(&mut command).expect_success();
    Some(fs::read(out).expect("it said that it signed"))
}
