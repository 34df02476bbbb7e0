//! A certificate authority over HTTP on this machine: certomancer with `tests/peers/authority.yml`.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::OnceLock;

use super::conversation::Conversation;
use crate::{component, folders};

/// The authority, started once for the whole test process on a port of its own. Its people are `rsa`, `p256` and `p384`:
/// their certificates are revoked after 30 days and end after 365, counted from today.
#[derive(Debug)]
pub struct Authority {
    address: String,
    // Held, since the authority ends with it.
    _running: std::sync::Mutex<Conversation>,
}

/// The authority; `None` where certomancer is not installed.
#[must_use]
pub fn authority() -> Option<&'static Authority> {
    static AUTHORITY: OnceLock<Option<Authority>> = OnceLock::new();
    AUTHORITY
        .get_or_init(|| {
            let python = component(&folders::testbed().join("venv/bin/python").to_string_lossy())?;
            component(&folders::testbed().join("venv/bin/certomancer").to_string_lossy())?;
            let mut command = Command::new(python);
            command.arg(folders::project().join("tests/peers/authority.py")).env("PYTHONDONTWRITEBYTECODE", "1");
            let mut running = Conversation::start(&mut command);
            Some(Authority { address: running.line(), _running: running.into() })
        })
        .as_ref()
}

impl Authority {
    /// A certificate: `root`, `issuing`, or a person's.
    #[must_use]
    pub fn certificate(&self, name: &str) -> Vec<u8> {
        let path = match name {
            "root" | "issuing" => format!("certs/{name}/ca.crt"),
            person => format!("certs/issuing/issued/{person}.crt"),
        };
        self.fetch(&path, None)
    }

    /// The CRL of `root` or `issuing` as it stands at a time (RFC 3339).
    #[must_use]
    pub fn crl(&self, issuer: &str, at: &str) -> Vec<u8> {
        self.fetch(&format!("crls/{issuer}/latest.crl"), Some(at))
    }

    /// The name of the key in the test PKI that the person has.
    #[must_use]
    pub fn key_of(&self, person: &str) -> &'static str {
        match person {
            "rsa" => "nes-rsa2048",
            "p256" => "nes-p256",
            "p384" => "nes-p384",
            other => panic!("{other} is not declared in authority.yml"),
        }
    }

    /// The address that makes time-stamps.
    #[must_use]
    pub fn time_stamps(&self) -> String {
        format!("{}/pki/tsa/tsa", self.address)
    }

    /// HTTP/1.0, which ends its answer by closing the connection.
    fn fetch(&self, path: &str, at: Option<&str>) -> Vec<u8> {
        let host = self.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).expect("the authority listens");
        let time = at.map(|at| format!("X-Certomancer-Fake-Time: {at}\r\n")).unwrap_or_default();
        write!(stream, "GET /pki/{path} HTTP/1.0\r\nHost: {host}\r\n{time}\r\n").expect("the authority listens");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the authority answers");
        let head = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        assert!(
            answer.starts_with(b"HTTP/1.") && answer[9..12] == *b"200",
            "{path}: {}",
            String::from_utf8_lossy(&answer)
        );
        answer.split_off(head + 4)
    }
}
