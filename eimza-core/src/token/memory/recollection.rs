//! What is remembered of one PIN, and how it is counted.

/// What becomes of an attempt, and what it shows of the PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is on its way. Recorded before the token sees anything, so that an answer that never comes is a lost one.
    Begun,
    /// The token accepted the PIN.
    Accepted,
    /// The token refused it.
    Refused,
    /// The token refused it and takes no more.
    Blocked,
    /// The token answered, but not about the PIN.
    NotJudged,
    /// The PIN was set anew with the PUK.
    Unblocked,
    /// Nobody knows: the try may have counted.
    AnswerLost,
    /// The key's PIN showed that it is another one than the token's. This is never forgotten.
    IsItsOwn,
}

/// What is remembered of one PIN or PUK.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Recollection {
    /// Attempts since the last success that were refused or lost; one that has only begun is not among them.
    pub failures: u32,
    /// Whether an attempt has begun whose answer has not come.
    pub begun: bool,
    /// Whether the token accepted it in this process, and nothing failed since.
    pub accepted: bool,
    /// Whether it was set anew in this process, and not accepted since.
    pub unblocked: bool,
    /// Whether another attempt was under way when the last one began, and its answer had not come.
    pub overlapped: bool,
    /// Whether the answer to the last attempt that has ended was lost.
    pub answer_lost: bool,
    /// Whether it is known to be a key's own PIN, and not the token's.
    pub is_own: bool,
}

impl Recollection {
    /// The recollection after a further outcome.
    pub fn with(self, outcome: Outcome) -> Self {
        let ended = Self { begun: false, ..self };
        let failed = Self { failures: self.failures.saturating_add(1), accepted: false, ..ended };
        let anew = Self { is_own: self.is_own, ..Self::default() };
        match outcome {
            // An earlier attempt that began and never ended is counted as lost.
            Outcome::Begun if self.begun => Self { begun: true, overlapped: true, answer_lost: true, ..failed },
            Outcome::Begun => Self { begun: true, ..self },
            Outcome::NotJudged => ended,
            // The other attempt may have failed after this one was accepted. The next success ends that too.
            Outcome::Accepted if self.overlapped => Self { failures: 1, answer_lost: true, ..anew },
            Outcome::Accepted => Self { accepted: true, ..anew },
            Outcome::Unblocked => Self { unblocked: true, ..anew },
            Outcome::Refused => Self { answer_lost: false, ..failed },
            Outcome::Blocked => Self { answer_lost: false, unblocked: false, ..failed },
            Outcome::AnswerLost => Self { answer_lost: true, ..failed },
            Outcome::IsItsOwn => Self { is_own: true, ..self },
        }
    }

    /// How it stands while an answer has not come: as if it were lost.
    pub fn at_worst(self) -> Self {
        if self.begun { self.with(Outcome::AnswerLost) } else { self }
    }

    /// Of two recollections, everything that speaks against the next attempt.
    pub fn worse(self, other: Self) -> Self {
        Self {
            failures: self.failures.max(other.failures),
            begun: self.begun || other.begun,
            accepted: self.accepted && other.accepted,
            unblocked: self.unblocked || other.unblocked,
            overlapped: self.overlapped || other.overlapped,
            answer_lost: self.answer_lost || other.answer_lost,
            is_own: self.is_own || other.is_own,
        }
    }

    /// The worst of several; what is remembered of nothing where there is none.
    pub(super) fn worst(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().reduce(Self::worse).unwrap_or_default()
    }
}
