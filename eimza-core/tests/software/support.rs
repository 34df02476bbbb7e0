//! Software tokens for tests: cheap ones, in folders of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use eimza_core::crypto::{DigestAlgorithm, Padding, SignatureAlgorithm};
use eimza_core::token::software::{Creation, KeyMaterial};
use eimza_core::token::{Attempt, SignRequest, Token, TokenCertificate};
use eimza_core::{Certificate, Error, Pin, Puk, Result};
use eimza_testkit::pki;

pub(crate) const PIN: &str = "123456";
pub(crate) const PUK: &str = "87654321";
pub(crate) const WRONG: &str = "000000";

/// A folder that goes with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let path = std::env::temp_dir().join(format!("eimza-software-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn pin(text: &str) -> Pin {
    Pin::new(text).unwrap()
}

pub(crate) fn puk(text: &str) -> Puk {
    Puk::new(text).unwrap()
}

/// A key of the test PKI.
pub(crate) fn key(name: &str) -> KeyMaterial {
    let certificate = Certificate::from_der(pki::certificate(name)).unwrap();
    KeyMaterial::new(pki::private_key_der(name), name, vec![certificate]).unwrap()
}

pub(crate) fn creation(names: &[&str]) -> Creation {
    let keys = names.iter().map(|name| key(name)).collect();
    Creation { iterations: 1_000, ..Creation::new("TEST KARTI", keys, pin(PIN), puk(PUK)) }
}

pub(crate) fn request(
    signer: &TokenCertificate,
    digest: DigestAlgorithm,
    padding: Padding,
    content: &[u8],
) -> SignRequest {
    let key = signer.certificate.public_key().unwrap();
    let algorithm = SignatureAlgorithm::for_key(&key, digest, padding).unwrap();
    SignRequest { algorithm, digest: digest.digest(content) }
}

pub(crate) fn signers(token: &Token) -> Vec<TokenCertificate> {
    token.certificates().unwrap().into_vec()
}

/// Signs with the first key.
pub(crate) fn sign(token: &Token, entered: &str) -> Result<Vec<u8>> {
    let signer = token.certificates()?.into_vec().remove(0);
    let digest = match signer.certificate.public_key()?.key_type.to_string().as_str() {
        "EC P-384" => DigestAlgorithm::Sha384,
        "EC P-521" => DigestAlgorithm::Sha512,
        _ => DigestAlgorithm::Sha256,
    };
    token.sign(&signer, request(&signer, digest, Padding::Pkcs1, b"metin"), pin(entered), last())
}

/// Spends whatever is left.
pub(crate) fn last() -> Attempt {
    Attempt::new().spend_last_try()
}

pub(crate) fn name<T: std::fmt::Debug>(result: std::result::Result<T, Error>) -> &'static str {
    result.unwrap_err().name()
}

/// Tries of PIN and PUK that are left.
pub(crate) fn tries(token: &Token) -> (u8, u8) {
    (token.pin_status().unwrap().tries_left.unwrap(), token.puk_status().unwrap().tries_left.unwrap())
}
