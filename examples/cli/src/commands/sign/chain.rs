//! The signer's chain out of certificates that lie around.

use eimza_core::Certificate;

use crate::failure::{Result, usage};

/// The most issuers above a signer.
const LIMIT: usize = 16;

/// The signer's issuer, its issuer and so on, as far as `given` goes.
pub(super) fn of(signer: &Certificate, given: Vec<Certificate>) -> Result<Vec<Certificate>> {
    let mut chain: Vec<Certificate> = Vec::new();
    while chain.len() < LIMIT {
        let last = chain.last().unwrap_or(signer);
        let is_new = |issuer: &&Certificate| *issuer != last && !chain.contains(issuer);
        let next = given.iter().filter(is_new).find(|issuer| last.is_issued_by(issuer).unwrap_or(false));
        match next.cloned() {
            Some(issuer) => chain.push(issuer),
            None => break,
        }
    }
    if chain.is_empty() {
        return Err(usage(
            "None of --certs issued the signer's certificate; there is no chain to embed.",
            "--certs ile verilenlerin hiçbiri imzacının sertifikasını yayımlamamış; eklenecek zincir yok.",
        ));
    }
    Ok(chain)
}
