//! What a peer is asked to make, and whom it shall trust.

use crate::pki;

/// An order for a CAdES-BES signature by a certificate of the test PKI.
#[derive(Debug, Clone)]
pub struct Order {
    pub(super) signer: String,
    pub(super) digest: String,
    pub(super) detached: bool,
    pub(super) streamed: bool,
    pub(super) pss: bool,
    pub(super) cades: bool,
    pub(super) openssl_options: Vec<String>,
    pub(super) time_stamps: Option<String>,
}

impl Order {
    /// Attached, DER, SHA-256, RSA PKCS#1 v1.5 or ECDSA as the key is.
    #[must_use]
    pub fn new(signer: &str) -> Self {
        Self {
            signer: signer.to_owned(),
            digest: "sha256".to_owned(),
            detached: false,
            streamed: false,
            pss: false,
            cades: true,
            openssl_options: Vec::new(),
            time_stamps: None,
        }
    }

    /// The name of the signer's certificate.
    #[must_use]
    pub fn signer(&self) -> &str {
        &self.signer
    }

    /// Whether the content stays outside.
    #[must_use]
    pub fn is_detached(&self) -> bool {
        self.detached
    }

    /// The content stays outside.
    #[must_use]
    pub fn detached(self) -> Self {
        Self { detached: true, ..self }
    }

    /// BER with indefinite lengths and octet strings in pieces; OpenSSL and BouncyCastle only.
    #[must_use]
    pub fn streamed(self) -> Self {
        Self { streamed: true, ..self }
    }

    /// RSA with PSS padding.
    #[must_use]
    pub fn pss(self) -> Self {
        Self { pss: true, ..self }
    }

    /// With a signature-time-stamp from this address; pyHanko only.
    #[must_use]
    pub fn time_stamped(self, address: &str) -> Self {
        Self { time_stamps: Some(address.to_owned()), ..self }
    }

    /// Another digest: `sha384`, `sha512`.
    #[must_use]
    pub fn digest(self, name: &str) -> Self {
        Self { digest: name.to_owned(), ..self }
    }

    /// Plain CMS: no signing-certificate attribute; OpenSSL only.
    #[must_use]
    pub fn without_signing_certificate(self) -> Self {
        Self { cades: false, ..self }
    }

    /// No signed attributes at all, the signature is over the content itself; OpenSSL only.
    #[must_use]
    pub fn without_signed_attributes(self) -> Self {
        self.without_signing_certificate().openssl_option("-noattr")
    }

    /// No certificate in the file; OpenSSL only.
    #[must_use]
    pub fn without_certificates(self) -> Self {
        self.openssl_option("-nocerts")
    }

    /// The signer is named by subject key identifier; OpenSSL only.
    #[must_use]
    pub fn by_key_identifier(self) -> Self {
        self.openssl_option("-keyid")
    }

    /// A further option of `openssl cms -sign`; OpenSSL only.
    #[must_use]
    pub fn openssl_option(mut self, option: &str) -> Self {
        self.openssl_options.push(option.to_owned());
        self
    }

    /// The CA certificates that go into the file beside the signer's.
    pub(super) fn issuers(&self) -> [&'static str; 1] {
        match self.signer.as_str() {
            "nes-p384" | "nes-p521" => ["nes-ca-p384"],
            seal if seal.starts_with("seal") => ["seal-ca"],
            _ => ["nes-ca"],
        }
    }
}

/// Whom a peer trusts: PEM certificates.
#[derive(Debug, Clone)]
pub struct Trust {
    /// The one anchor, self-signed.
    pub anchor: Vec<u8>,
    /// Further certificates for path building.
    pub others: Vec<u8>,
}

impl Trust {
    /// The root of the test PKI with its issuing CAs.
    #[must_use]
    pub fn test_pki() -> Self {
        Self::certificates("root", &["nes-ca", "nes-ca-p384", "seal-ca"])
    }

    /// An anchor and other certificates of the test PKI by name.
    #[must_use]
    pub fn certificates(anchor: &str, others: &[&str]) -> Self {
        Self { anchor: pki::bundle_pem(&[anchor]).into_bytes(), others: pki::bundle_pem(others).into_bytes() }
    }

    /// A self-signed certificate (DER) of one's own as the anchor.
    #[must_use]
    pub fn only(anchor_der: &[u8]) -> Self {
        Self { anchor: crate::base64::encode_pem("CERTIFICATE", anchor_der).into_bytes(), others: Vec::new() }
    }
}
