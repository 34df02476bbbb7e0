//! The service that asks for consents: one for the portal where the person is logged in, one for the application.

use std::fmt;

use super::{Application, Caller, ConsentText, Kind, Person, Purpose, Receipt, Request};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::{Digest, DigestAlgorithm, Hasher};
use crate::error::{Rejection, Result};
use crate::secret::VerificationCode;

/// The application's face of a service.
///
/// An implementation over a network answers [`Error::ServiceUnreachable`](crate::Error::ServiceUnreachable) where it
/// cannot know whether a call arrived.
pub trait ConsentService: Send + Sync {
    /// Redeems a code. With a purpose, a code for something else is refused and stays usable.
    fn redeem(&self, code: &VerificationCode, purpose: Option<Purpose>) -> Result<Redeemed>;

    /// Hands in what was signed. The same submission again gets the same answer.
    fn submit(&self, session: &str, submission: &Submission) -> Result<ConsentStatus>;

    /// How it stands with a session.
    fn status(&self, session: &str) -> Result<ConsentStatus>;
}

/// The portal's face of a service: for pages where the person is logged in.
pub trait ConsentPortal: ConsentService {
    /// Redeems a code, knowing who asks: what a server calls that takes codes over a network. Wrong codes are counted for
    /// each caller, so that one who guesses locks out nobody else.
    ///
    /// # Errors
    /// [`Error::CodeGuessesExceeded`](crate::Error::CodeGuessesExceeded) for a caller who gave too many wrong codes; an
    /// unknown one is only made to wait.
    fn redeem_for(&self, caller: Caller<'_>, code: &VerificationCode, purpose: Option<Purpose>) -> Result<Redeemed>;

    /// Starts a consent or a revocation, and issues a code for it.
    fn start(&self, person: &Person, kind: &Kind, purpose: Purpose) -> Result<Started>;

    /// Issues a new code; the old one and its session are void.
    fn renew(&self, session: &str) -> Result<Issued>;

    /// Ends a session that the person does not want to go on with. What was received and not accepted yet is withdrawn.
    fn cancel(&self, session: &str) -> Result<()>;

    /// Judges what was received once more, with the status data that is to be had now: it is accepted, refused, or still
    /// waits. Of any other session it says how it stands; to ask again does no harm.
    fn judge_again(&self, session: &str) -> Result<ConsentStatus>;

    /// The sessions that wait for status data, the longest waiting one first.
    fn received(&self) -> Result<Vec<String>>;

    /// Revokes by declaration in the logged-in session, for persons whose card is lost or has ended.
    ///
    /// # Errors
    /// [`Error::ConsequencesNotAcknowledged`](crate::Error::ConsequencesNotAcknowledged) without the acknowledgement.
    fn declare_revocation(&self, person: &Person, kind: &Kind, acknowledged: bool) -> Result<Receipt>;

    /// Applies for the renewal of a certificate. Too early is no reason to refuse: it waits.
    ///
    /// # Errors
    /// That it is another person's or of an unknown issuer, cannot be renewed, or has ended.
    fn apply_for_renewal(&self, person: &Person, certificate: &Certificate) -> Result<Application>;

    /// The person's applications.
    fn applications(&self, person: &Person) -> Result<Vec<Application>>;

    /// Since when a consent of this kind stands.
    fn stands_since(&self, person: &Person, kind: &Kind) -> Result<Option<Time>>;
}

/// What a start came to.
#[derive(Debug)]
pub enum Started {
    /// A code was issued.
    Issued(Issued),
    /// The same was handed in before, and its verdict is missing: the person may wait, or cancel that session.
    AlreadyReceived {
        /// Since when it is there.
        since: Time,
        /// The session, for [`ConsentPortal::cancel`] and [`ConsentPortal::judge_again`].
        session: String,
    },
    /// A consent of this kind stands already: the person may leave it, or start a revocation.
    AlreadyGiven {
        /// Since when.
        since: Time,
    },
    /// There is no consent to revoke.
    NothingToRevoke,
}

/// A code for the person to carry into the application.
#[derive(Debug)]
pub struct Issued {
    /// The 15 digits.
    pub code: VerificationCode,
    /// The session that it opens.
    pub session: String,
    /// Until when it can be redeemed and used.
    pub expires_at: Time,
}

/// What a code opens.
#[derive(Clone, Debug)]
pub struct Redeemed {
    /// What is asked for.
    pub request: Request,
    /// The texts, in the order of the request.
    pub texts: Vec<ConsentText>,
}

/// What the application hands in.
#[derive(Clone, PartialEq, Eq)]
pub struct Submission {
    /// The record's canonical octets.
    pub record: Vec<u8>,
    /// A CAdES signature for each text, the text inside.
    pub signatures: Vec<Vec<u8>>,
}

impl fmt::Debug for Submission {
    /// Without the octets: the person stands in them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Submission").field("signatures", &self.signatures.len()).finish_non_exhaustive()
    }
}

impl Submission {
    /// Each signature file, SHA-256 in lower-case hexadecimal.
    pub fn signatures_sha256(&self) -> Vec<String> {
        self.signatures.iter().map(|signature| DigestAlgorithm::Sha256.digest(signature).to_hex()).collect()
    }

    /// One digest over everything: the same submission is recognised by it.
    pub fn sha256(&self) -> Digest {
        let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
        for part in std::iter::once(&self.record).chain(&self.signatures) {
            hasher.update(DigestAlgorithm::Sha256.digest(part).as_bytes());
        }
        hasher.finish()
    }
}

impl ConsentStatus {
    /// What a receipt says of itself: that something was received, or accepted, or revoked since.
    pub fn of_receipt(receipt: Receipt) -> Self {
        match (receipt.is_accepted(), receipt.revocation()) {
            (false, _) => Self::Received(Box::new(receipt)),
            (true, None) => Self::Accepted(Box::new(receipt)),
            (true, Some(_)) => Self::Revoked(Box::new(receipt)),
        }
    }
}

/// How it stands with a session.
#[derive(Clone, Debug)]
pub enum ConsentStatus {
    /// The code waits to be redeemed.
    Waiting,
    /// The session is open; nothing has arrived.
    Open,
    /// It has arrived and nothing stands against it, but status data for the verdict is missing. The receipt says what, and
    /// that it arrived; it is no acceptance. Once the data is there, [`ConsentPortal::judge_again`] decides.
    Received(Box<Receipt>),
    /// It was accepted.
    Accepted(Box<Receipt>),
    /// It was not accepted.
    Rejected(Rejection),
    /// It was accepted and has been revoked since.
    Revoked(Box<Receipt>),
    /// The time ran out.
    Expired,
    /// It was cancelled, or a new code was asked for.
    Cancelled,
}
