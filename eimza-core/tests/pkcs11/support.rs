//! What the tests of PKCS#11 share.

use eimza_core::crypto::{DigestAlgorithm, Padding, SignatureAlgorithm};
use eimza_core::token::pkcs11;
use eimza_core::token::{Attempt, SignRequest, Token, TokenCertificate};
use eimza_core::{Error, Pin, Puk, Result};
use eimza_testkit::quirky::Stage;
use eimza_testkit::{PIN, SO_PIN, pki};

/// What is signed.
pub(crate) const CONTENT: &[u8] = "Başvuru metni".as_bytes();

/// Declares tests that run in a process of their own: a name, quirks, further environment, and what happens.
macro_rules! quirks {
    ($($(#[$text:meta])* fn $name:ident([$($quirk:ident),*] $(, $variable:literal = $value:literal)*) $body:expr;)+) => {$(
        $(#[$text])*
        #[test]
        fn $name() {
            let quirks = [$(eimza_testkit::quirky::Quirk::$quirk),*];
            let (_program, name) = concat!(module_path!(), "::", stringify!($name)).split_once("::").unwrap();
            eimza_testkit::quirky::inside(name, &quirks, &[$(($variable, $value)),*], $body);
        }
    )+};
}

/// The token of the stage through the misbehaving module.
pub(crate) fn open(stage: &Stage) -> Token {
    pkcs11::only(&stage.uri().parse().unwrap()).unwrap()
}

pub(crate) fn pin() -> Pin {
    Pin::new(PIN).unwrap()
}

pub(crate) fn wrong() -> Pin {
    Pin::new("000000").unwrap()
}

pub(crate) fn puk() -> Puk {
    Puk::new(SO_PIN).unwrap()
}

/// The person was asked and wants the try spent.
pub(crate) fn permitted() -> Attempt {
    Attempt::new().spend_last_try()
}

pub(crate) fn signer(token: &Token, name: &str) -> TokenCertificate {
    let all = token.certificates().unwrap().into_vec();
    all.into_iter().find(|found| found.certificate.der() == pki::certificate(name)).unwrap()
}

pub(crate) fn request(signer: &TokenCertificate, digest: DigestAlgorithm, padding: Padding) -> SignRequest {
    let key = signer.certificate.public_key().unwrap();
    let algorithm = SignatureAlgorithm::for_key(&key, digest, padding).unwrap();
    SignRequest { algorithm, digest: digest.digest(CONTENT) }
}

/// Signs with the key of this certificate; the library verifies what comes back.
pub(crate) fn sign(token: &Token, name: &str) -> Result<Vec<u8>> {
    let signer = signer(token, name);
    token.sign(&signer, request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1), pin(), Attempt::new())
}

/// The stable name of what went wrong.
pub(crate) fn name<T>(result: Result<T>) -> &'static str {
    result.err().as_ref().map_or("ok", Error::name)
}
