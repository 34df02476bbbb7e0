//! A PIV card that nobody here wrote (NIST SP 800-73-4): the crate `piv-authenticator` in the first virtual reader.
//!
//! It is built by the stage `piv` of `tests/run` (`testkit/piv`). OpenSC's `piv-tool` gives it what a card office would: a
//! key made on the card, and its certificate.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::der::{bits, children, integer, oid, sequence, tlv};
use crate::pcscd::{Pcscd, until};
use crate::{base64, component, folders, pki, run, status};

/// The PIN of a new card.
pub const PIN: &str = "123456";

/// The PUK of a new card.
pub const PUK: &str = "12345678";

/// The key that lets write to a new card, as everybody knows it.
const ADMINISTRATOR: &str = "01:02:03:04:05:06:07:08:01:02:03:04:05:06:07:08:01:02:03:04:05:06:07:08";

/// The slot for signatures: its key wants the PIN before each of them.
const SIGNATURES: &str = "9C";

/// GENERATE ASYMMETRIC KEY PAIR in that slot, P-256.
const GENERATE: &str = "00:47:00:9C:05:AC:03:80:01:11:00";

/// The card, in the reader until it is dropped.
pub struct PivCard {
    child: Child,
    folder: PathBuf,
}

/// Where the card's program is, or `None` where it was not built. Ask for it outside of the private world.
#[must_use]
#[track_caller]
pub fn program() -> Option<PathBuf> {
    component("piv-tool")?;
    component("openssl")?;
    component(&folders::testbed().join("piv/debug/eimza-piv").to_string_lossy())
}

impl PivCard {
    /// Puts a card with a key and a certificate into the first reader.
    ///
    /// # Panics
    /// When [`program`] brings none, or somebody else's card is in that reader.
    #[must_use]
    pub fn start(_: &Pcscd) -> Self {
        let folder = folders::scratch("piv");
        let mut command = Command::new(program().expect("it was looked for outside"));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("it can be started");
        let mut said = String::new();
        let mut lines = BufReader::new(child.stdout.take().expect("piped"));
        lines.read_line(&mut said).expect("it says that it is in");
        assert_eq!(said, "in\n");
        let card = Self { child, folder };
        until("the service sees the card", || card.tool(&["-n"]).contains("Personal Identity Verification"));
        card.personalise();
        card
    }

    /// The certificate of its key, in DER.
    #[must_use]
    pub fn certificate(&self) -> Vec<u8> {
        fs::read(self.certificate_path()).expect("it was written there")
    }

    /// Where the certificate lies.
    #[must_use]
    pub fn certificate_path(&self) -> PathBuf {
        self.folder.join("certificate.der")
    }

    /// A key made on the card, and the certificate `nes-p256` with this key in it.
    fn personalise(&self) {
        fs::write(self.administrator(), ADMINISTRATOR).expect("scratch is writable");
        let told = self.tool(&["-A", "M:9B:03", "-s", GENERATE]);
        let certificate = certificate_of(&point(&told));
        fs::write(self.certificate_path(), &certificate).expect("scratch is writable");
        let pem = self.folder.join("certificate.pem");
        fs::write(&pem, base64::encode_pem("CERTIFICATE", &certificate)).expect("scratch is writable");
        self.tool(&["-A", "M:9B:03", "-C", SIGNATURES, "-i", &text(&pem)]);
    }

    fn administrator(&self) -> PathBuf {
        self.folder.join("administrator")
    }

    /// What `piv-tool` says. Its exit code is how many octets it wrote.
    fn tool(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("piv-tool");
        run(command.env("PIV_EXT_AUTH_KEY", self.administrator()).args(arguments)).output
    }
}

impl Drop for PivCard {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The public point out of `7F49 { 86 point }`, which `piv-tool` shows as sixteen octets a line.
fn point(told: &str) -> Vec<u8> {
    let lines = told.lines().skip_while(|line| !line.starts_with("Received")).skip(1);
    let octets: Vec<u8> = lines
        .flat_map(|line| line.get(..48).unwrap_or(line).split_whitespace())
        .map_while(|digits| u8::from_str_radix(digits, 16).ok())
        .collect();
    let place = octets.windows(3).position(|head| head == [0x86, 0x41, 0x04]).unwrap_or_else(|| panic!("{told}"));
    octets[place + 2..][..65].to_vec()
}

/// `nes-p256` with another serial number and this key, signed anew by its issuer.
fn certificate_of(point: &[u8]) -> Vec<u8> {
    const SERIAL: [u8; 4] = [0x10, b'P', b'I', b'V'];
    let algorithm = sequence(&[oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")]);
    let template = children(&pki::certificate("nes-p256"));
    let mut fields = children(&template[0]);
    fields[1] = integer(&SERIAL);
    fields[6] = sequence(&[algorithm, bits(point)]);
    let signed = tlv(0x30, &fields.concat());
    let value = status::signature("nes-ca", &signed).expect("openssl was looked for");
    sequence(&[signed, template[1].clone(), bits(&value)])
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
