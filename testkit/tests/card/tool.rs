//! The command that puts a card into a reader, for tests that are not written in Rust.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use eimza_testkit::pcscd::{self, until};
use eimza_testkit::{component, run};

use crate::pcscd::cards;

const TOOL: &str = env!("CARGO_BIN_EXE_eimza-testkit");

#[test]
fn card_is_put_in_and_its_log_shows_no_secret() {
    if component("pkcs15-tool").is_none() {
        return;
    }
    pcscd::inside("tool::card_is_put_in_and_its_log_shows_no_secret", |_| {
        let card = Running::start(&["--kind", "iso-applet", "--key", "nes-p256", "--pin", "246810", "--log"]);
        assert!(card.line().starts_with("in: 3B"));
        until("the card is in", || cards() == [true, false]);
        let verify = |pin: &str| {
            let mut tool = Command::new("pkcs15-tool");
            tool.env("OPENSC_DRIVER", "isoApplet");
            run(tool.args(["--verify-pin", "--auth-id", "01", "--pin", pin])).success
        };
        assert!(verify("246810") && !verify("123456"));
        let told = card.lines_to("00200081 Lc=06 <6 secret bytes> -> 63C2 (0 octets)");
        assert!(told.contains(&"00200081 Lc=06 <6 secret bytes> -> 9000 (0 octets)".to_owned()), "{told:?}");
        assert!(!told.concat().contains("3234363831"), "{told:?}");
    });
}

#[test]
fn card_goes_and_comes_back_as_it_was_told() {
    if component("opensc-tool").is_none() {
        return;
    }
    pcscd::inside("tool::card_goes_and_comes_back_as_it_was_told", |_| {
        let card = Running::start(&["--fault", "1:removed-after", "--come-back", "10"]);
        let first = card.line();
        until("the card is in", || cards() == [true, false]);
        let mut tool = Command::new("opensc-tool");
        run(tool.args(["--card-driver", "default", "--send-apdu", "00:84:00:00:08"]));
        assert_eq!(card.line(), "out");
        assert_eq!(card.line(), first);
        assert!(first.contains("3BBA11008131FE4D55454B41452056312E30AE"), "{first}");
    });
}

#[test]
fn mistakes_are_told_with_what_would_be_right() {
    for (arguments, expected) in [
        (&["--key", "nobody"][..], "nes-rsa2048"),
        (&["--fault", "0:busy"], "counted from 1"),
        (&["--fault", "1:nonsense"], "removed-before"),
        (&["--kind", "akis9"], "akis1"),
        (&["--tries", "16"], "1..=15"),
    ] {
        let told = run(Command::new(TOOL).arg("card").args(arguments));
        assert!(!told.success && told.output.contains(expected), "{}", told.output);
    }
}

/// The command while it runs; it ends with the test.
struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(TOOL);
        let mut child = command.arg("card").args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    /// The next line that it says.
    fn line(&self) -> String {
        self.lines.recv_timeout(Duration::from_secs(20)).expect("it says something")
    }

    /// All that it says up to this line.
    fn lines_to(&self, last: &str) -> Vec<String> {
        let mut told = vec![self.line()];
        while told.last().is_some_and(|line| line != last) {
            told.push(self.line());
        }
        told
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
