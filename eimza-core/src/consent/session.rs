//! The application's session: shown, read, signed, handed in; one step after the other.

mod inquiry;
mod signing;
mod timer;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{ConsentService, ConsentText, Moments, Purpose, Record, Rejection, Request, Submission};
use crate::clock::{Clock, Time};
use crate::error::{Error, Result};
use crate::secret::VerificationCode;
pub use inquiry::{Answer, Inquiry};
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

/// One consent, or one revocation, from the code to the receipt.
///
/// Times are the service's time at the opening plus the monotonic time that has passed: the countdown and what is
/// written down run on one clock, and setting the computer's clock changes neither.
pub struct ConsentSession {
    service: Arc<dyn ConsentService>,
    timer: Timer,
    request: Request,
    texts: Vec<ConsentText>,
    steps: Vec<Step>,
    ticked: Vec<bool>,
    state: SessionState,
}

/// What happened with one text.
#[derive(Clone, Copy, Default)]
struct Step {
    shown: Option<(Time, Duration)>,
    read_at: Option<Time>,
}

/// What was signed, ready to be handed in to the service it was signed for.
#[derive(Clone, Debug)]
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
        check_texts(&request, &texts)?;
        let state = match (request.purpose, request.stands_since) {
            (Purpose::Consent, Some(since)) => SessionState::AlreadyGiven { since },
            _ => SessionState::Opened,
        };
        Ok(Self {
            service,
            timer: Timer::new(clock, asked_at, request.opened_at, request.expires_at),
            steps: vec![Step::default(); texts.len()],
            ticked: vec![false; request.declarations.len()],
            request,
            texts,
            state,
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
        match self.state {
            SessionState::Opened | SessionState::Shown | SessionState::Read | SessionState::Signed
                if self.timer.remaining().is_zero() =>
            {
                SessionState::Expired
            }
            state => state,
        }
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
    pub fn show(&mut self, text: usize) -> Result<&ConsentText> {
        self.check_open()?;
        let (now, elapsed) = (self.timer.now(), self.timer.elapsed());
        let step = self.steps.get_mut(text).ok_or(NO_SUCH_TEXT)?;
        step.shown.get_or_insert((now, elapsed));
        if self.state == SessionState::Opened {
            self.state = SessionState::Shown;
        }
        self.texts.get(text).ok_or(NO_SUCH_TEXT)
    }

    /// Notes that the person read a text.
    ///
    /// # Errors
    /// [`Error::ConsentOrder`] before it was shown, [`Error::ConsentReadTooShort`] before the time that is demanded.
    pub fn read(&mut self, text: usize) -> Result<Time> {
        self.check_open()?;
        let (now, elapsed) = (self.timer.now(), self.timer.elapsed());
        let least = Duration::from_secs(self.request.least_reading_seconds);
        let step = self.steps.get_mut(text).ok_or(NO_SUCH_TEXT)?;
        let Some((_, shown)) = step.shown else {
            return Err(Error::ConsentOrder { missing: "the text has to be shown first" });
        };
        let missing = least.saturating_sub(elapsed.saturating_sub(shown));
        if !missing.is_zero() {
            return Err(Error::ConsentReadTooShort {
                seconds: missing.as_millis().div_ceil(1000).try_into().unwrap_or(1),
            });
        }
        let read_at = *step.read_at.get_or_insert(now);
        if self.steps.iter().all(|step| step.read_at.is_some()) {
            self.state = SessionState::Read;
        }
        Ok(read_at)
    }

    /// Ticks a declaration, or takes the tick back.
    pub fn tick(&mut self, declaration: usize, ticked: bool) -> Result<()> {
        self.check_open()?;
        let place = self.ticked.get_mut(declaration);
        *place.ok_or(Error::ArgumentInvalid { argument: "declaration", reason: "there is no such one" })? = ticked;
        Ok(())
    }

    /// Gives up. Nothing was handed in, nothing is kept.
    pub fn cancel(&mut self) {
        if !matches!(self.state, SessionState::Accepted | SessionState::Rejected(_) | SessionState::OutcomeUnknown) {
            self.state = SessionState::Cancelled;
        }
    }

    fn record(&self) -> Result<Record> {
        let moments: Option<Vec<Moments>> =
            self.steps.iter().map(|step| Some(Moments { shown_at: step.shown?.0, read_at: step.read_at? })).collect();
        let moments = moments.ok_or(Error::ConsentOrder { missing: "every text has to be read first" })?;
        Ok(Record::new(self.request.clone(), moments, self.ticked.clone()))
    }

    /// Fails where the session is over or not to be gone on with.
    fn check_open(&self) -> Result<()> {
        match self.state() {
            SessionState::Opened | SessionState::Shown | SessionState::Read => Ok(()),
            _ => Err(self.out_of_order("every text has to be read first")),
        }
    }

    fn out_of_order(&self, missing: &'static str) -> Error {
        match self.state() {
            SessionState::Expired => Error::ConsentExpired,
            SessionState::Cancelled => Error::ConsentCancelled,
            SessionState::Rejected(rejection) => Error::ConsentRejected { reason: rejection.name() },
            SessionState::AlreadyGiven { .. } => Error::ConsentOrder {
                missing: "a consent stands already; to end it, a code for a revocation is needed",
            },
            SessionState::Signed => Error::ConsentOrder { missing: "it is signed already; only handing it in is left" },
            SessionState::OutcomeUnknown => Error::ConsentOrder { missing: "it was handed in; ask for its status" },
            SessionState::Accepted => {
                Error::ConsentOrder { missing: "it was accepted already; for another one, a new code is needed" }
            }
            SessionState::Opened | SessionState::Shown | SessionState::Read => Error::ConsentOrder { missing },
        }
    }
}

impl fmt::Debug for ConsentSession {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ConsentSession").field("state", &self.state()).finish_non_exhaustive()
    }
}

const NO_SUCH_TEXT: Error = Error::ArgumentInvalid { argument: "text", reason: "there is no such one" };

/// The texts are those that the request names: what came over the way is what the service meant.
fn check_texts(request: &Request, texts: &[ConsentText]) -> Result<()> {
    if texts.is_empty() {
        return Err(Error::ConsentTextEmpty);
    }
    let same = request.texts.len() == texts.len()
        && request.texts.iter().zip(texts).all(|(summary, text)| *summary == text.into());
    if same { Ok(()) } else { Err(Error::RecordMalformed { field: "texts" }) }
}
