//! The application's session: shown, read, signed, handed in; one step after the other.

mod progress;
mod signing;
mod submit;
mod timer;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{ConsentService, ConsentText, Purpose, Request, Submission};
use crate::clock::{Clock, Time};
use crate::error::{Error, RecordPart, Rejection, Result};
use crate::secret::VerificationCode;
use progress::Progress;
pub use signing::PreparedConsent;
pub(super) use signing::content_reference;
use timer::Timer;

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Nothing was shown yet.
    Opened,
    /// A text was shown; not all were read.
    Shown,
    /// All texts were read: the person may sign.
    Read,
    /// Signed, not handed in.
    Signed,
    /// Handed in: the service is at work on it.
    Submitted,
    /// The service has it and could not judge it yet: [`ConsentSession::settle`] tells what becomes of it.
    Received,
    /// The service accepted.
    Accepted,
    /// The service refused.
    Rejected(Rejection),
    /// It was handed in and the answer was lost: [`ConsentSession::settle`].
    OutcomeUnknown,
    /// A consent of this kind stands already: nothing is asked of the person.
    AlreadyGiven {
        /// Since when.
        since: Time,
    },
    /// The time ran out.
    Expired,
    /// It was cancelled.
    Cancelled,
}

impl SessionState {
    /// The stable name.
    pub fn name(&self) -> &'static str {
        match self {
            SessionState::Opened => "opened",
            SessionState::Shown => "shown",
            SessionState::Read => "read",
            SessionState::Signed => "signed",
            SessionState::Submitted => "submitted",
            SessionState::Received => "received",
            SessionState::Accepted => "accepted",
            SessionState::Rejected(_) => "rejected",
            SessionState::OutcomeUnknown => "outcome-unknown",
            SessionState::AlreadyGiven { .. } => "already-given",
            SessionState::Expired => "expired",
            SessionState::Cancelled => "cancelled",
        }
    }
}

/// One consent, or one revocation, from the code to the receipt.
///
/// Times are the service's time at the opening plus the monotonic time that has passed: the countdown and what is
/// written down run on one clock, and setting the computer's clock changes neither.
///
/// A session may be shared between threads. While a token signs or the service is asked, it can be looked at: a window
/// shows the state and the countdown while another thread waits.
pub struct ConsentSession {
    service: Arc<dyn ConsentService>,
    timer: Timer,
    request: Request,
    texts: Vec<ConsentText>,
    /// Never locked while a token or the service is at work.
    progress: Mutex<Progress>,
}

/// What was signed, ready to be handed in to the service it was signed for.
#[derive(Clone)]
pub struct SignedConsent {
    pub(super) session: String,
    pub(super) submission: Submission,
    pub(super) signed_at: Time,
}

impl SignedConsent {
    /// The record's canonical octets.
    pub fn record(&self) -> &[u8] {
        &self.submission.record
    }

    /// The signatures, one for each text.
    pub fn signatures(&self) -> &[Vec<u8>] {
        &self.submission.signatures
    }

    /// The signing time, as it stands in the signatures.
    pub fn signed_at(&self) -> Time {
        self.signed_at
    }
}

impl ConsentSession {
    /// Redeems a code for a consent.
    ///
    /// # Errors
    /// What is wrong with the code (7101 …); a code for a revocation is refused and stays usable.
    /// [`Error::ConsentTextHiddenCharacter`] where something beside the texts could hide what it says (a name, a declaration,
    /// a document); [`Error::RecordMalformed`] and [`Error::LimitExceeded`] for a request that no record can be made of.
    pub fn open(service: Arc<dyn ConsentService>, code: VerificationCode, clock: Arc<dyn Clock>) -> Result<Self> {
        Self::open_for(Some(Purpose::Consent), service, code, clock)
    }

    /// Redeems a code for a revocation: its one text is the notice of what the revocation brings.
    pub fn open_revocation(
        service: Arc<dyn ConsentService>,
        code: VerificationCode,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        Self::open_for(Some(Purpose::Revocation), service, code, clock)
    }

    /// Redeems a code for whatever it is for: [`Request::purpose`] tells.
    pub fn open_any(service: Arc<dyn ConsentService>, code: VerificationCode, clock: Arc<dyn Clock>) -> Result<Self> {
        Self::open_for(None, service, code, clock)
    }

    fn open_for(
        purpose: Option<Purpose>,
        service: Arc<dyn ConsentService>,
        code: VerificationCode,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        let asked_at = clock.elapsed();
        let redeemed = service.redeem(&code, purpose)?;
        let (request, texts) = (redeemed.request, redeemed.texts);
        // A service that overlooks the purpose must not turn giving into revoking.
        if purpose.is_some_and(|purpose| purpose != request.purpose) {
            return Err(Error::CodeOtherPurpose);
        }
        request.check_form()?;
        check_texts(&request, &texts)?;
        let state = match (request.purpose, request.stands_since) {
            (Purpose::Consent, Some(since)) => SessionState::AlreadyGiven { since },
            _ => SessionState::Opened,
        };
        Ok(Self {
            service,
            timer: Timer::new(clock, asked_at, request.opened_at, request.expires_at),
            progress: Mutex::new(Progress::new(state, texts.len(), request.declarations.len())),
            request,
            texts,
        })
    }

    /// What the service asks for.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The texts, in the order in which they are signed.
    pub fn texts(&self) -> &[ConsentText] {
        &self.texts
    }

    /// Where the session stands now.
    pub fn state(&self) -> SessionState {
        self.progress().state()
    }

    /// The countdown.
    pub fn remaining(&self) -> Duration {
        self.timer.remaining()
    }

    /// The service's time now, as far as this session knows it.
    pub fn now(&self) -> Time {
        self.timer.now()
    }

    /// Notes that a text came on the screen, and hands it out: what is seen is what is signed.
    pub fn show(&self, text: usize) -> Result<&ConsentText> {
        let moment = self.timer.moment();
        self.progress().show(text, moment)?;
        self.texts.get(text).ok_or(progress::NO_SUCH_TEXT)
    }

    /// Notes that the person read a text.
    ///
    /// # Errors
    /// [`Error::ConsentOrder`] before it was shown, [`Error::ConsentReadTooShort`] before the time that is demanded.
    pub fn read(&self, text: usize) -> Result<Time> {
        let least = Duration::from_secs(self.request.least_reading_seconds);
        let moment = self.timer.moment();
        self.progress().read(text, moment, least)
    }

    /// Ticks a declaration, or takes the tick back.
    pub fn tick(&self, declaration: usize, ticked: bool) -> Result<()> {
        self.progress().tick(declaration, ticked)
    }

    /// Gives up. Nothing was handed in, nothing is kept; what was handed in cannot be taken back, and stays as it is.
    pub fn cancel(&self) {
        self.progress().cancel();
    }

    /// How far it has come by now. Time that ran out is noted at every look.
    fn progress(&self) -> MutexGuard<'_, Progress> {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        if self.timer.remaining().is_zero() {
            progress.expire();
        }
        progress
    }
}

impl fmt::Debug for SignedConsent {
    /// Without the octets: the person stands in them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SignedConsent").field("signed_at", &self.signed_at).finish_non_exhaustive()
    }
}

impl fmt::Debug for ConsentSession {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ConsentSession").field("state", &self.state()).finish_non_exhaustive()
    }
}

/// The texts are those that the request names: what came over the way is what the service meant.
fn check_texts(request: &Request, texts: &[ConsentText]) -> Result<()> {
    if texts.is_empty() {
        return Err(Error::ConsentTextEmpty);
    }
    if request.names(texts) { Ok(()) } else { Err(Error::RecordMalformed { field: RecordPart::Texts }) }
}
