//! The guard's own code, driven through every interleaving of two processes and two PINs, with a lost answer at every
//! presentation and a crash at every step.
//!
//! A process is run again from the start of its call for each step: what it has seen so far is played back to it, the next
//! step is made for real, and at the step after that it is stopped. So one step of one process is one run of the real code,
//! between any two of which the other process may go on.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};

use super::super::*;
use crate::secret::{Pin, Puk};
use crate::token::memory::counts::Counts;
use crate::token::memory::lines::{self, Lines};
use crate::token::{Attempt, PinReport, SignRequest, TokenInfo, TokenKind};

const TRIES: u8 = 3;
/// How many signatures each of the two processes is asked for, one after the other: enough to block a PIN.
const CALLS: [usize; 2] = [2, 1];
/// How often a process crashes in one history.
const CRASHES: usize = 1;
const RIGHT: &str = "1234";
const RIGHT_FOR_KEY: &str = "5678";
const WRONG: &str = "9999";

/// What a person enters and permits for one signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Wish {
    pin: &'static str,
    key_pin: Option<&'static str>,
    permits_last_try: bool,
}

const WISHES: [Wish; 5] = [
    Wish { pin: RIGHT, key_pin: None, permits_last_try: false },
    Wish { pin: WRONG, key_pin: None, permits_last_try: false },
    Wish { pin: WRONG, key_pin: None, permits_last_try: true },
    Wish { pin: RIGHT, key_pin: Some(WRONG), permits_last_try: false },
    Wish { pin: RIGHT, key_pin: Some(RIGHT_FOR_KEY), permits_last_try: false },
];

/// One of the token's two PINs, in what follows the first or the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Which {
    Token,
    Key,
}

/// What a process has seen of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Seen {
    Recalled(Recollection),
    Begun,
    Presented(Answer),
    Recorded,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Answer {
    Accepted,
    Refused,
    Blocked,
    Lost,
}

/// What all processes share: the memory's file, and the token with its counters.
#[derive(Clone, Debug, Default)]
struct World {
    written: Lines,
    failed: [u8; 2],
    /// Those of the failures that nobody has permitted as the last try.
    unpermitted: [u8; 2],
    /// Entries that were meant for the PIN, and what it was given.
    entered: [u32; 2],
    presented: [u32; 2],
    /// The token's PIN, given to the key.
    borrowed: u32,
}

#[derive(Clone, Debug, Default)]
struct Process {
    /// What it knows by itself.
    counts: Counts,
    wish: Option<Wish>,
    seen: Vec<Seen>,
    calls: usize,
}

#[derive(Clone, Debug, Default)]
struct State {
    world: World,
    crashes: usize,
    processes: [Process; 2],
}

/// One run of the real code: what is played back, and the world for the one step that is made.
#[derive(Debug, Default)]
struct Run {
    world: World,
    counts: Counts,
    seen: Vec<Seen>,
    played: usize,
    has_stepped: bool,
    loses_answers: bool,
    wish: Option<Wish>,
}

struct Stopped;

#[derive(Debug)]
struct Stage(Mutex<Run>);

impl Stage {
    /// Plays back the next step, or makes it, or stops the process before it.
    fn step(&self, make: impl FnOnce(&mut Run) -> Result<Seen>) -> Result<Seen> {
        let mut run = self.0.lock().unwrap();
        if let Some(seen) = run.seen.get(run.played).copied() {
            run.played += 1;
            return Ok(seen);
        }
        if run.has_stepped {
            drop(run);
            resume_unwind(Box::new(Stopped));
        }
        run.has_stepped = true;
        let seen = make(&mut run)?;
        run.seen.push(seen);
        run.played += 1;
        Ok(seen)
    }

    fn present(&self, which: Which, octets: Option<&[u8]>) -> Result<()> {
        let octets = octets.unwrap();
        match self.step(|run| Ok(Seen::Presented(run.present(which, octets))))? {
            Seen::Presented(Answer::Accepted) => Ok(()),
            Seen::Presented(Answer::Refused) => Err(Error::PinIncorrect { tries_left: None }),
            Seen::Presented(Answer::Blocked) => Err(Error::PinBlocked),
            _ => Err(Error::PinAnswerLost { source: None }),
        }
    }
}

impl Run {
    /// The token counts, and what must hold is looked at before it does.
    fn present(&mut self, which: Which, octets: &[u8]) -> Answer {
        let wish = self.wish.unwrap();
        let place = which as usize;
        let right = if which == Which::Token { RIGHT } else { RIGHT_FOR_KEY };
        let world = &mut self.world;
        world.presented[place] += 1;
        if which == Which::Key && wish.key_pin.is_none() {
            world.borrowed += 1;
            assert!(world.borrowed <= 1, "the key was given the token's PIN once more");
        }
        let allowed = world.entered[place] + u32::from(which == Which::Key);
        assert!(world.presented[place] <= allowed, "{which:?}: more presentations than entries");
        let entered = if which == Which::Key { wish.key_pin.unwrap_or(wish.pin) } else { wish.pin };
        assert_eq!(octets, entered.as_bytes(), "a PIN met another PIN");
        let is_permitted = wish.permits_last_try || world.unpermitted[place] + 1 < TRIES;
        assert!(is_permitted, "{which:?}: the last try was spent unasked");
        let answer = if world.failed[place] == TRIES {
            Answer::Blocked
        } else if octets == right.as_bytes() {
            (world.failed[place], world.unpermitted[place]) = (0, 0);
            Answer::Accepted
        } else {
            world.failed[place] += 1;
            world.unpermitted[place] += u8::from(!wish.permits_last_try);
            Answer::Refused
        };
        if self.loses_answers { Answer::Lost } else { answer }
    }
}

/// The memory of one process: the real counting over the shared lines.
struct Memory(Arc<Stage>);

impl AttemptMemory for Memory {
    fn recall(&self, pin: &TokenPin) -> Result<Recollection> {
        let seen = self.0.step(|run| Ok(Seen::Recalled(run.counts.worst(&run.world.written, pin))))?;
        let Seen::Recalled(recollection) = seen else { panic!("another step than before") };
        Ok(recollection)
    }

    fn begin(&self, pin: &TokenPin, permit: &dyn Fn(Recollection) -> Result<()>) -> Result<()> {
        let begin = |run: &mut Run| {
            permit(run.counts.worst(&run.world.written, pin))?;
            run.note(pin, Outcome::Begun);
            Ok(Seen::Begun)
        };
        self.0.step(begin).map(drop)
    }

    fn record(&self, pin: &TokenPin, outcome: Outcome) {
        let record = |run: &mut Run| {
            run.note(pin, outcome);
            Ok(Seen::Recorded)
        };
        let _ = self.0.step(record);
    }
}

impl Run {
    fn note(&mut self, pin: &TokenPin, outcome: Outcome) {
        let counted = self.counts.counted(&self.world.written, pin, outcome);
        self.world.written = lines::updated(std::mem::take(&mut self.world.written), &counted);
        self.counts.keep(counted, false);
    }
}

/// A token that tells nothing by free means: the memory is all there is.
#[derive(Debug)]
struct Token(Arc<Stage>);

impl TokenDriver for Token {
    fn info(&self) -> Result<TokenInfo> {
        Ok(TokenInfo { serial: "model".into(), ..TokenInfo::new(TokenKind::SmartCard, "model") })
    }

    fn certificates(&self) -> Result<Vec<TokenCertificate>> {
        Ok(Vec::new())
    }

    fn pin_report(&self, _: &PinId) -> Result<PinReport> {
        Ok(PinReport::default())
    }

    fn verify_pin(&self, _: &Entered<Pin>, _: &CallContext) -> Result<()> {
        unreachable!()
    }

    fn change_pin(&self, _: &Entered<Pin>, _: &Entered<Pin>, _: &CallContext) -> Result<()> {
        unreachable!()
    }

    fn unblock_pin(&self, _: &Entered<Puk>, _: &Entered<Pin>, _: &CallContext) -> Result<()> {
        unreachable!()
    }

    fn change_puk(&self, _: &Entered<Puk>, _: &Entered<Puk>, _: &CallContext) -> Result<()> {
        unreachable!()
    }

    fn sign(
        &self,
        _: &TokenCertificate,
        _: &[SignRequest],
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<Vec<Vec<u8>>> {
        context.present(|| self.0.present(Which::Token, pin.octets()))?;
        context.present_to_key(pin, |octets| self.0.present(Which::Key, octets))?;
        Ok(Vec::new())
    }
}

/// One signature by the real guard.
fn sign(stage: &Arc<Stage>, signer: &TokenCertificate, wish: Wish) -> Result<Vec<Vec<u8>>> {
    let pin = |digits: &str| Entered::Typed(Pin::new(digits).unwrap());
    let mut attempt = Attempt::new();
    if let Some(key_pin) = wish.key_pin {
        attempt = attempt.key_pin(pin(key_pin));
    }
    if wish.permits_last_try {
        attempt = attempt.spend_last_try().spend_last_try_of_key_pin();
    }
    let operation = Operation {
        driver: Arc::new(Token(Arc::clone(stage))),
        memory: Arc::new(Memory(Arc::clone(stage))),
        attempt: Arc::new(attempt),
        keys: Arc::default(),
    };
    let pin = pin(wish.pin);
    operation.permit_use(signer, &pin, 1)?.use_for(|driver, context| driver.sign(signer, &[], &pin, context))
}

impl State {
    /// The states after one more step of one process.
    fn next(&self, signer: &TokenCertificate) -> Vec<State> {
        let mut next = Vec::new();
        for (index, process) in self.processes.iter().enumerate() {
            if process.wish.is_none() {
                if process.calls < CALLS[index] {
                    next.extend(WISHES.iter().map(|wish| self.called(index, *wish)));
                }
                continue;
            }
            let (answered, was_presented) = self.stepped(index, false, signer);
            next.push(answered);
            if was_presented {
                next.push(self.stepped(index, true, signer).0);
            }
            if self.crashes < CRASHES && !process.seen.is_empty() {
                next.push(self.crashed(index));
            }
        }
        next
    }

    fn called(&self, index: usize, wish: Wish) -> State {
        let mut state = self.clone();
        state.world.entered[Which::Token as usize] += 1;
        state.world.entered[Which::Key as usize] += u32::from(wish.key_pin.is_some());
        state.processes[index].wish = Some(wish);
        state.processes[index].calls += 1;
        state
    }

    /// It has gone, with all that it knew; the person starts the program again.
    fn crashed(&self, index: usize) -> State {
        let mut state = self.clone();
        let calls = state.processes[index].calls;
        state.processes[index] = Process { calls, ..Process::default() };
        state.crashes += 1;
        state
    }

    fn stepped(&self, index: usize, loses_answers: bool, signer: &TokenCertificate) -> (State, bool) {
        let mut state = self.clone();
        let process = &mut state.processes[index];
        let wish = process.wish.unwrap();
        let before = process.seen.len();
        let run = Run {
            world: state.world,
            counts: std::mem::take(&mut process.counts),
            seen: std::mem::take(&mut process.seen),
            loses_answers,
            wish: Some(wish),
            ..Run::default()
        };
        let stage = Arc::new(Stage(Mutex::new(run)));
        let ended = catch_unwind(AssertUnwindSafe(|| sign(&stage, signer, wish)));
        if let Err(panic) = &ended {
            assert!(panic.is::<Stopped>(), "a rule was broken by process {index} after {self:?}");
        }
        let run = std::mem::take(&mut *stage.0.lock().unwrap());
        let was_presented = matches!(run.seen.get(before), Some(Seen::Presented(_)));
        (state.world, process.counts) = (run.world, run.counts);
        match ended {
            Ok(_) => process.wish = None,
            Err(_) => process.seen = run.seen,
        }
        (state, was_presented)
    }

    /// What the future depends on. What was recalled has been judged by then, and what a process knows by itself beside the
    /// file changes what is shown to people and no decision.
    fn digest(&self) -> u64 {
        let World { written, failed, unpermitted, entered, presented, borrowed } = &self.world;
        let written: Vec<_> = written.iter().map(|(name, recollection)| (name, *recollection)).collect();
        let unused = [entered[0] - presented[0], (entered[1] + borrowed) - presented[1]];
        let mut hasher = DefaultHasher::new();
        (written, failed, unpermitted, unused, borrowed, self.crashes).hash(&mut hasher);
        for Process { wish, seen, calls, .. } in &self.processes {
            let answers = seen.iter().filter(|seen| matches!(seen, Seen::Presented(_)));
            (wish, seen.len(), calls, answers.collect::<Vec<_>>()).hash(&mut hasher);
        }
        hasher.finish()
    }
}

#[test]
fn no_interleaving_spends_more_than_was_entered_and_permitted() {
    let signer =
        TokenCertificate::new(crate::Certificate::from_der(eimza_testkit::pki::certificate("nes-p256")).unwrap());
    let mut known = HashSet::new();
    let mut waiting = vec![State::default()];
    let mut steps = 0u64;
    while let Some(state) = waiting.pop() {
        for next in state.next(&signer) {
            steps += 1;
            if known.insert(next.digest()) {
                waiting.push(next);
            }
        }
    }
    println!("{} states, {steps} steps", known.len());
    assert!(known.len() > 10_000);
}
