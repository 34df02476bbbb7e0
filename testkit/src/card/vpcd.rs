//! A simulated card in the virtual reader of a running pcscd (vpcd, of the vsmartcard project).
//!
//! The driver listens and the card connects: whoever connects is inserted, whoever closes is removed. Both ways go a
//! length of two octets (big-endian) and as many octets. One octet from the driver is a word of its own: 0 power off,
//! 1 power on, 2 reset, 4 "answer with your ATR"; anything else is a command for the card.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::engine::Card;
use super::fault::{Fault, Faults};

/// The port of `Virtual PCD 00 00`.
pub const FIRST_PORT: u16 = 35963;

/// The port of `Virtual PCD 00 01`.
pub const SECOND_PORT: u16 = 35964;

/// How long a service may take until its driver listens.
const LISTENING: Duration = Duration::from_secs(20);

/// At its third question for the ATR a service has told its programs of the card: it asks when it sees the card, when it
/// has powered the card up, and from then on several times in a second.
const KNOWN_TO_PROGRAMS: usize = 3;

/// One of the virtual readers of a pcscd, seen from the side of the cards.
pub struct VirtualReader {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: Option<JoinHandle<io::Result<()>>>,
}

#[derive(Default)]
struct Shared {
    inside: Mutex<Inside>,
    asked: Condvar,
}

#[derive(Default)]
struct Inside {
    card: Option<Card>,
    /// The connection to the driver, to be closed by whoever pulls the card out.
    line: Option<TcpStream>,
    /// How often the driver has asked for the ATR since the card was put in.
    questions: usize,
    faults: Faults,
    delay: Duration,
}

impl VirtualReader {
    /// The reader that listens on this port of this machine.
    #[must_use]
    pub fn new(port: u16) -> Self {
        Self::at(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
    }

    /// The reader that listens at this address.
    #[must_use]
    pub fn at(address: SocketAddr) -> Self {
        Self { address, shared: Arc::default(), server: None }
    }

    /// Puts a card in, and waits until the service has told its programs of it.
    ///
    /// # Panics
    /// When a card is in it, or nobody listens.
    pub fn insert(&mut self, card: Card) {
        self.insert_unseen(card).unwrap_or_else(|error| panic!("{}: {error}; does pcscd run with vpcd?", self.address));
        let known = |inside: &mut Inside| inside.questions < KNOWN_TO_PROGRAMS;
        let waited = self.shared.asked.wait_timeout_while(self.lock(), LISTENING, known);
        let waited = waited.unwrap_or_else(PoisonError::into_inner).1;
        assert!(!waited.timed_out(), "nobody asked for the ATR of the card");
    }

    /// Puts a card in, if a driver listens within twenty seconds, and does not wait for anybody to see it.
    ///
    /// # Errors
    /// When nobody listens.
    ///
    /// # Panics
    /// When a card is in it.
    pub fn insert_unseen(&mut self, card: Card) -> io::Result<()> {
        assert!(!self.is_inserted(), "a card is in the reader");
        let stream = connect(self.address)?;
        let mut inside = self.lock();
        (inside.card, inside.line, inside.questions) = (Some(card), Some(stream.try_clone()?), 0);
        drop(inside);
        let (shared, address) = (Arc::clone(&self.shared), self.address);
        self.server = Some(thread::spawn(move || serve(&shared, stream, address)));
        Ok(())
    }

    /// Pulls the card out.
    ///
    /// # Panics
    /// When there is none.
    pub fn remove(&mut self) -> Card {
        self.unplug();
        self.lock().card.take().expect("there is a card in the reader")
    }

    /// Exchanges the card for another, faster than the service looks.
    pub fn swap(&mut self, card: Card) -> Card {
        let before = self.remove();
        self.insert_unseen(card).expect("it listened just now");
        before
    }

    /// Whether a card is in the reader and answers.
    #[must_use]
    pub fn is_inserted(&self) -> bool {
        self.server.as_ref().is_some_and(|server| !server.is_finished())
    }

    /// Waits until the card is gone: by a fault, or because the service has ended.
    pub fn wait(&mut self) {
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }

    /// Looks at the card.
    ///
    /// # Panics
    /// When there is none.
    pub fn card<R>(&self, look: impl FnOnce(&mut Card) -> R) -> R {
        look(self.lock().card.as_mut().expect("there is a card in the reader"))
    }

    /// Lets something go wrong at the command of this number from now on; 1 is the next.
    ///
    /// What only a service can do (a reset by another program, a failed call, a busy card) is played by pulling the card
    /// out. After a fault that pulls it out, [`card`](Self::card) still shows it, and [`insert`](Self::insert) puts in another.
    pub fn inject(&mut self, number: usize, fault: Fault) {
        self.lock().faults.add(number, fault);
    }

    /// Every command takes so long.
    pub fn slow_down(&mut self, delay: Duration) {
        self.lock().delay = delay;
    }

    fn unplug(&mut self) {
        if let Some(line) = self.lock().line.take() {
            let _ = line.shutdown(Shutdown::Both);
        }
        self.wait();
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.shared.lock()
    }
}

impl Drop for VirtualReader {
    fn drop(&mut self) {
        self.unplug();
    }
}

/// What the card does after a command.
enum Next {
    Answer(Vec<u8>),
    Leave,
    /// Leave, and come back at once as another card.
    Exchange,
}

/// Answers the driver until one of both closes.
fn serve(shared: &Shared, mut stream: TcpStream, address: SocketAddr) -> io::Result<()> {
    shared.lock().card.iter_mut().for_each(Card::reset);
    while let Some(message) = receive(&mut stream)? {
        match message[..] {
            [0..=2] => shared.lock().card.iter_mut().for_each(Card::reset),
            [4] => {
                let atr = shared.lock().atr();
                send(&mut stream, &atr)?;
                shared.asked.notify_all();
            }
            _ => match shared.command(&message) {
                (Next::Answer(octets), delay) => {
                    thread::sleep(delay);
                    send(&mut stream, &octets)?;
                }
                (Next::Leave, _) => break,
                (Next::Exchange, _) => {
                    stream.shutdown(Shutdown::Both)?;
                    stream = connect(address)?;
                    // Whoever has pulled the card out meanwhile has taken the line away.
                    match &mut shared.lock().line {
                        Some(line) => *line = stream.try_clone()?,
                        None => break,
                    }
                }
            },
        }
    }
    stream.shutdown(Shutdown::Both)
}

impl Shared {
    fn command(&self, command: &[u8]) -> (Next, Duration) {
        self.lock().command(command)
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn atr(&mut self) -> Vec<u8> {
        self.questions += 1;
        self.card.as_ref().map(|card| card.atr().to_vec()).unwrap_or_default()
    }

    fn command(&mut self, command: &[u8]) -> (Next, Duration) {
        let (fault, delay) = (self.faults.next(), self.delay);
        let Some(card) = &mut self.card else { return (Next::Leave, delay) };
        let reached = fault.as_ref().is_none_or(Fault::reaches_card);
        let mut answer = if reached { card.transmit(command) } else { Vec::new() };
        let next = match fault {
            None => Next::Answer(answer),
            Some(Fault::Delayed(longer)) => return (Next::Answer(answer), delay + longer),
            Some(Fault::Answered(octets)) => Next::Answer(octets),
            Some(Fault::CutShort(octets)) => {
                answer.truncate(octets);
                Next::Answer(answer)
            }
            Some(Fault::Swapped(other)) => {
                *card = *other;
                card.reset();
                Next::Exchange
            }
            Some(Fault::Removed(_) | Fault::Reset(_) | Fault::Failed(_) | Fault::Died(_) | Fault::Busy) => Next::Leave,
        };
        (next, delay)
    }
}

/// Connects to the driver, which may only be about to listen.
fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let until = Instant::now() + LISTENING;
    loop {
        match TcpStream::connect(address) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) if Instant::now() > until => return Err(error),
            Err(_) => thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// The next message; `None` at the end.
fn receive(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 2];
    match read(stream, &mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        outcome => outcome?,
    }
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    read(stream, &mut message)?;
    Ok(Some(message))
}

/// Without quick acknowledgements, which the system forgets after each use, every command takes 40 ms longer.
fn read(stream: &mut TcpStream, octets: &mut [u8]) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::net::sockopt::set_tcp_quickack(&*stream, true)?;
    stream.read_exact(octets)
}

fn send(stream: &mut TcpStream, octets: &[u8]) -> io::Result<()> {
    let length = u16::try_from(octets.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    stream.write_all(&[&length.to_be_bytes()[..], octets].concat())
}
