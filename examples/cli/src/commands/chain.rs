//! The signer's chain out of certificates that lie around.

use eimza_core::Certificate;
use eimza_core::token::Token;

use crate::failure::{Result, usage};
use crate::output::Output;

/// The most issuers above a signer.
const LIMIT: usize = 16;

/// The chain of a signer, which must not be empty where somebody named the certificates.
pub(super) fn named(signer: &Certificate, given: &[Certificate]) -> Result<Vec<Certificate>> {
    let chain = of(signer, given);
    if chain.is_empty() {
        return Err(usage(
            "None of --certs issued the signer's certificate; there is no chain to embed.",
            "--certs ile verilenlerin hiçbiri imzacının sertifikasını yayımlamamış; eklenecek zincir yok.",
        ));
    }
    Ok(chain)
}

/// The certificates on a token that make up the chain of one of them. Where there are none, that is said.
pub(super) fn on_token(token: &Token, signer: &Certificate, output: &Output) -> Result<Vec<Certificate>> {
    let all: Vec<Certificate> = token.certificates()?.into_iter().map(|found| found.certificate).collect();
    let chain = of(signer, &all);
    if chain.is_empty() {
        output.warn(
            "Note: the token holds no certificate of the issuer; there is no chain to add.",
            "Not: token'da yayımcının sertifikası yok; eklenecek zincir yok.",
        );
    }
    Ok(chain)
}

/// The signer's issuer, its issuer and so on, as far as `given` goes.
fn of(signer: &Certificate, given: &[Certificate]) -> Vec<Certificate> {
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
    chain
}
