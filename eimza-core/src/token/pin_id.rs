//! Which PIN: a token has one that opens it, one that unblocks that, and its keys may have some of their own.

use super::PinKind;
use crate::certificate::Certificate;
use crate::crypto::DigestAlgorithm;
use crate::error::Error;

/// One PIN or PUK of a token. Each has tries of its own and is remembered by itself: what becomes of one says nothing of
/// another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PinId {
    kind: PinKind,
    owner: PinOwner,
}

/// What a PIN belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PinOwner {
    /// The token as a whole: PKCS#11's user.
    Token,
    /// One key, which asks for it at each use: PKCS#11's context-specific login.
    Key(KeyIdentity),
}

impl PinId {
    /// The PIN that opens the token.
    pub const PIN: Self = Self { kind: PinKind::Pin, owner: PinOwner::Token };
    /// What unblocks that PIN.
    pub const PUK: Self = Self { kind: PinKind::Puk, owner: PinOwner::Token };

    /// The PIN that the certificate's key may have of its own.
    pub fn of_key(certificate: &Certificate) -> Self {
        Self { kind: PinKind::Pin, owner: PinOwner::Key(KeyIdentity::of(certificate)) }
    }

    /// Whether it is a PIN or a PUK.
    pub fn kind(&self) -> PinKind {
        self.kind
    }

    /// What it belongs to.
    pub fn owner(&self) -> &PinOwner {
        &self.owner
    }

    /// Whether it is a key's own.
    pub fn is_of_key(&self) -> bool {
        matches!(self.owner, PinOwner::Key(_))
    }

    /// A stable name without white space: `pin`, `puk`, `pin:` with the key's identity.
    pub fn name(&self) -> String {
        let kind = match self.kind {
            PinKind::Pin => "pin",
            PinKind::Puk => "puk",
        };
        match &self.owner {
            PinOwner::Token => kind.to_owned(),
            PinOwner::Key(key) => format!("{kind}:{}", key.0),
        }
    }

    /// It can no longer be tried.
    pub(super) fn blocked(&self) -> Error {
        match (self.kind, &self.owner) {
            (PinKind::Pin, PinOwner::Token) => Error::PinBlocked,
            (PinKind::Pin, PinOwner::Key(_)) => Error::KeyPinBlocked,
            (PinKind::Puk, _) => Error::PukBlocked,
        }
    }

    /// The last try, and nobody has permitted it.
    pub(super) fn final_try(&self) -> Error {
        match (self.kind, &self.owner) {
            (PinKind::Pin, PinOwner::Token) => Error::PinFinalTry,
            (PinKind::Pin, PinOwner::Key(_)) => Error::KeyPinFinalTry,
            (PinKind::Puk, _) => Error::PukFinalTry,
        }
    }
}

impl From<PinKind> for PinId {
    fn from(kind: PinKind) -> Self {
        Self { kind, owner: PinOwner::Token }
    }
}

/// A key, by the SHA-256 of its public half (SubjectPublicKeyInfo): the same by whatever way the token is reached.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyIdentity(String);

impl KeyIdentity {
    /// The certificate's key.
    pub fn of(certificate: &Certificate) -> Self {
        Self(DigestAlgorithm::Sha256.digest(certificate.public_key_der()).to_hex())
    }

    /// Lower-case hexadecimal.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Which PIN a key wants when it is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WantedPin {
    /// Nobody can tell before the key was used.
    #[default]
    Unknown,
    /// None beside the one that opens the token.
    Token,
    /// One of its own, beside the one that opens the token.
    Own,
}

impl WantedPin {
    /// The stable name: `unknown`, `token`, `own`.
    pub fn name(self) -> &'static str {
        match self {
            WantedPin::Unknown => "unknown",
            WantedPin::Token => "token",
            WantedPin::Own => "own",
        }
    }
}
