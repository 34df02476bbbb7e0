//! The Python face of eimza: one file per chapter, each a thin layer over the core's chapter of the same name.
//!
//! The names that Python sees are listed once, in the module below; their types stand in `python/eimza/_eimza.pyi`, and
//! the classes of exceptions in `python/eimza/_errors.py`. Every call that touches a token, a file or a key lets other
//! Python threads run meanwhile, and no lock is held while Python is called.
#![deny(unsafe_code)]

mod certificate;
mod consent;
mod errors;
mod names;
mod secrets;
mod signature;
mod time;
mod token;
mod validation;

use pyo3::prelude::*;

/// Turkish e-signatures: tokens, certificates, CAdES, E-Onay consents.
#[pymodule]
mod _eimza {
    /// The version of the package.
    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    // errors
    #[pymodule_export]
    use crate::errors::{codes, service_unreachable};

    // secrets
    #[pymodule_export]
    use crate::secrets::{ConfirmationCode, Password, Pin, PinEntry, Puk, VerificationCode};

    // certificates
    #[pymodule_export]
    use crate::certificate::{
        Candidates, Certificate, CertificatePolicy, LimitValue, NationalId, Statements, mask_national_ids,
    };

    // tokens
    #[pymodule_export]
    use crate::token::{
        Cancellation, KeyMaterial, Module, NotNeeded, OnDevice, OpenLogin, PinState, Pkcs12, SignRequest, TestIssuer,
        Token, TokenCertificate, TokenInfo, create_software_token, modules, only_token, open_token, pkcs11_tokens,
        usable_tokens,
    };

    // signatures
    #[pymodule_export]
    use crate::signature::{
        Check, Digest, Prepared, SignedData, Signer, SignerVerification, SigningOptions, State, StateKey, Verification,
        digest_file, inspect, prepare, sign, sign_batch, verify,
    };

    // validation
    #[pymodule_export]
    use crate::validation::certificate::{CertificateReport, validate_certificate};
    #[pymodule_export]
    use crate::validation::{Report, SignatureReport, validate};

    // consents
    #[pymodule_export]
    use crate::consent::{
        AlreadyGiven, AlreadyReceived, Application, ConsentKind, ConsentSession, ConsentStatus, ConsentText,
        Declaration, Document, EmbeddedService, Finding, Issued, NothingToRevoke, Offer, Person, PreparedConsent,
        Receipt, ReceiptSigner, Redeemed, Request, SignedConsent, Submission, Trust, check_consent,
    };

    // clocks
    #[pymodule_export]
    use crate::time::SettableClock;
}
