//! The ways to sign.

use cryptoki_sys::{
    CK_MECHANISM, CK_MECHANISM_TYPE, CK_RSA_PKCS_MGF_TYPE, CK_RSA_PKCS_PSS_PARAMS, CKG_MGF1_SHA256, CKG_MGF1_SHA384,
    CKG_MGF1_SHA512, CKM_ECDSA, CKM_RSA_PKCS, CKM_RSA_PKCS_PSS, CKM_SHA256, CKM_SHA384, CKM_SHA512,
};

/// The digest inside RSA-PSS, which is also that of its mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    fn numbers(self) -> (CK_MECHANISM_TYPE, CK_RSA_PKCS_MGF_TYPE, super::Ulong) {
        match self {
            Self::Sha256 => (CKM_SHA256, CKG_MGF1_SHA256, 32),
            Self::Sha384 => (CKM_SHA384, CKG_MGF1_SHA384, 48),
            Self::Sha512 => (CKM_SHA512, CKG_MGF1_SHA512, 64),
        }
    }
}

/// What `C_SignInit` is told. All are single-part mechanisms over data that the host prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mechanism {
    /// `CKM_RSA_PKCS`: the data is a DigestInfo.
    RsaPkcs,
    /// `CKM_RSA_PKCS_PSS` with a salt as long as the digest: the data is the digest.
    RsaPss(Hash),
    /// `CKM_ECDSA`: the data is the digest, the signature r‖s.
    Ecdsa,
}

impl Mechanism {
    /// The `CKM_` number.
    pub fn number(self) -> CK_MECHANISM_TYPE {
        match self {
            Self::RsaPkcs => CKM_RSA_PKCS,
            Self::RsaPss(_) => CKM_RSA_PKCS_PSS,
            Self::Ecdsa => CKM_ECDSA,
        }
    }

    /// Shows the module's structure to `use_it`; it and its parameters live that long.
    pub(super) fn with_raw<R>(self, use_it: impl FnOnce(*mut CK_MECHANISM) -> R) -> R {
        let mut raw = CK_MECHANISM { mechanism: self.number(), pParameter: std::ptr::null_mut(), ulParameterLen: 0 };
        let Self::RsaPss(hash) = self else {
            return use_it(&raw mut raw);
        };
        let (hash, mask, length) = hash.numbers();
        let mut parameters = CK_RSA_PKCS_PSS_PARAMS { hashAlg: hash, mgf: mask, sLen: length };
        raw.pParameter = (&raw mut parameters).cast();
        raw.ulParameterLen = super::attribute::ulong(size_of::<CK_RSA_PKCS_PSS_PARAMS>());
        use_it(&raw mut raw)
    }
}
