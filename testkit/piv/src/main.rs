//! A PIV card that others wrote, in the first virtual reader of a running pcscd until that ends. PIN 123456, PUK 12345678.

mod card;
mod services;

use std::io::{self, ErrorKind, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

/// How long a service may take until its driver listens.
const LISTENING: Duration = Duration::from_secs(20);

fn main() -> io::Result<()> {
    services::with_client(|client| {
        let mut card = card::Card::new(client);
        let stream = connect()?;
        let mut connection = vpicc::Connection::from(stream.try_clone()?);
        writeln!(io::stdout(), "in")?;
        loop {
            // Without quick acknowledgements, which the system forgets after each use, every command takes 40 ms longer.
            rustix::net::sockopt::set_tcp_quickack(&stream, true)?;
            match connection.poll(&mut card) {
                // The service has closed.
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
                outcome => outcome?,
            }
        }
    })
}

fn connect() -> io::Result<TcpStream> {
    let until = Instant::now() + LISTENING;
    loop {
        match TcpStream::connect((vpicc::DEFAULT_HOST, vpicc::DEFAULT_PORT)) {
            Err(_) if Instant::now() < until => thread::sleep(Duration::from_millis(20)),
            outcome => return outcome,
        }
    }
}
