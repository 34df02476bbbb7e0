//! A card as data: everything by which cards differ, for the one engine that plays them all.

use super::pin::{PinDesign, Role};
use super::status::Status;

/// A card as data. Take one of the kinds and change what your test is about; every field may be changed.
///
/// ```
/// use eimza_testkit::card::{Card, Design, Protocol};
///
/// let mut design = Design::pkcs15();
/// design.manners.protocol = Protocol::T0;
/// design.pins[0].tries = 5;
/// let mut card = Card::new(design);
/// assert_eq!(card.transmit(b"\x00\xa4\x04\x0c\x0c\xa0\x00\x00\x00\x63PKCS-15"), [0x90, 0x00]);
/// assert_eq!(card.transmit(&[0x00, 0x20, 0x00, 0x81]), [0x63, 0xc5]);
/// ```
#[derive(Clone, Debug)]
pub struct Design {
    /// What the card calls itself in its TokenInfo.
    pub label: String,
    /// Who made it, in its TokenInfo.
    pub maker: String,
    /// What it answers to a reset.
    pub atr: Vec<u8>,
    /// Its serial number.
    pub serial: Vec<u8>,
    /// How it behaves on the line.
    pub manners: Manners,
    /// Which commands it knows and what it answers to them.
    pub dialect: Dialect,
    /// Where its files lie.
    pub layout: Layout,
    /// Its PINs and PUKs.
    pub pins: Vec<PinDesign>,
    /// Its keys, each with a certificate of the declared test PKI.
    pub keys: Vec<KeyDesign>,
    /// Further certificates of the test PKI that it holds, by name: an issuer, say.
    pub authorities: Vec<String>,
    /// Files of the application that hold something else than they should, by their identifier: hostile or odd ones.
    pub forged_files: Vec<(u16, Vec<u8>)>,
}

/// How a card behaves on the line.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// Whose rules it keeps for answers.
    pub protocol: Protocol,
    /// Whether it takes commands with long lengths.
    pub extended_length: bool,
    /// Whether it takes chained commands (class bit 10).
    pub chaining: bool,
    /// The most octets that READ BINARY gives at once; more is refused with 6700.
    pub longest_read: usize,
}

/// A transmission protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Answers to commands with data are fetched by GET RESPONSE (61xx), and a wrong Le is told (6Cxx).
    T0,
    /// Answers come at once; only what is longer than Le allows is fetched by GET RESPONSE.
    T1,
}

/// Which commands a card knows, and what it answers to them.
#[derive(Clone, Debug)]
pub struct Dialect {
    /// Selecting by path (P1 = 08) begins with the master file, unlike ISO.
    pub path_includes_master: bool,
    /// Selecting by identifier finds folders with P1 = 00 only, and files with P1 = 02 only.
    pub select_by_type: bool,
    /// The answer to SELECT says in tag 90 whether a PIN is needed and how it stands.
    pub tells_pin_in_select: bool,
    /// What an empty VERIFY is answered with.
    pub question: Question,
    /// What a blocked PIN is answered with.
    pub blocked: Blocked,
    /// The attempt that blocks is answered with that word, not with 63C0.
    pub blocking_attempt_says_blocked: bool,
    /// A wrong PIN is answered with 6300: how many tries are left is not said.
    pub hides_tries: bool,
    /// How a PIN is changed.
    pub change: Change,
    /// The modes (P1) of RESET RETRY COUNTER that it knows: 0 PUK and new PIN, 1 PUK, 2 new PIN, 3 neither.
    pub reset_modes: Vec<u8>,
    /// How a key is chosen.
    pub choose_key: ChooseKey,
    /// What it can compute, by the reference that MANAGE SECURITY ENVIRONMENT gives.
    pub algorithms: Vec<Algorithm>,
    /// Whether TokenInfo lists these, and keys refer to them.
    pub lists_algorithms: bool,
    /// The form of an ECDSA signature.
    pub ecdsa_form: EcdsaForm,
    /// Commands for PINs and keys are answered with this word, whatever they say: the card wants secure messaging.
    pub refuses_plain: Option<Status>,
    /// Knows the maker's commands of AKİS 1.x: `80 1A` drops rights, `80 18` lists a folder, `00 CA 01` tells the serial.
    pub akis_commands: bool,
}

/// What an empty VERIFY is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// How many tries are left, or 9000 when the PIN is verified.
    Told,
    /// 6700; no try is spent.
    Refused,
    /// It counts as a wrong PIN.
    Counted,
}

/// What a blocked PIN is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// 6983, authentication method blocked.
    Method6983,
    /// 6984, reference data not usable.
    Data6984,
    /// 63C0, no tries left.
    NoTries63C0,
}

/// How a PIN is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// `00 24 00 ref`, old PIN and new PIN one after the other.
    Iso,
    /// `00 24 02 ref&7F`, each with a length octet in front.
    AkisWithLengths,
}

/// How a key is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChooseKey {
    /// `00 22 41 B6` with `84` key reference and `80` algorithm reference (ISO/IEC 7816-4, MANAGE SECURITY ENVIRONMENT).
    Environment,
    /// `00 22 C3 ref` without data.
    AkisReference,
}

/// Something that a card can compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Algorithm {
    /// Its reference in commands.
    pub reference: u8,
    /// What is computed.
    pub scheme: Scheme,
}

/// What is computed of the octets that COMPUTE DIGITAL SIGNATURE brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// RSA over a block that the host has padded.
    RsaRaw,
    /// RSA; the card pads a DigestInfo (RFC 8017 section 9.2).
    RsaPkcs1,
    /// RSA; the card pads a digest by PSS with the same digest for MGF1 and as long a salt (RFC 8017 section 9.1).
    RsaPss,
    /// ECDSA over a digest.
    Ecdsa,
}

/// The form of an ECDSA signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EcdsaForm {
    /// r and s one after the other, each as long as the curve's order.
    Plain,
    /// `SEQUENCE { r, s }`.
    Der,
}

/// Where the files of a card lie.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The names by which the application can be selected.
    pub names: Vec<Vec<u8>>,
    /// The identifier of the application's folder under the master file.
    pub application: u16,
    /// Whether there is an EF.DIR that names the application.
    pub directory: bool,
    /// Whether there are PKCS #15 files that tell what is on the card; without them certificates are found by looking.
    pub objects: bool,
    /// The identifier of the first certificate; the next ones follow.
    pub first_certificate: u16,
}

/// A key and its certificate.
#[derive(Clone, Debug)]
pub struct KeyDesign {
    /// The name of its certificate in the declared test PKI: `nes-rsa2048`, `nes-p256` ….
    pub name: String,
    /// What PKCS#15 calls it.
    pub label: String,
    /// The identifier that links key and certificate (`iD`, `CKA_ID`).
    pub identifier: u8,
    /// Its reference in commands.
    pub reference: u8,
    /// The identifier of the PIN that it wants.
    pub pin: u8,
    /// The PIN is wanted before every signature (`userConsent` 1).
    pub consent: bool,
    /// The certificate is read only after its PIN.
    pub private_certificate: bool,
}

impl KeyDesign {
    /// A key of the test PKI that wants the PIN 1, once.
    #[must_use]
    pub fn new(name: &str, identifier: u8, reference: u8) -> Self {
        Self {
            name: name.to_owned(),
            label: format!("SIGN{}", identifier.saturating_sub(1)),
            identifier,
            reference,
            pin: 1,
            consent: false,
            private_certificate: false,
        }
    }
}

impl Design {
    /// The design with another key in the place of the first.
    ///
    /// ```
    /// # use eimza_testkit::card::Design;
    /// let design = Design::pkcs15().with_key("nes-p256");
    /// assert_eq!(design.keys[0].name, "nes-p256");
    /// ```
    #[must_use]
    pub fn with_key(mut self, name: &str) -> Self {
        name.clone_into(&mut self.keys[0].name);
        self
    }

    /// The design with a PIN of its own for the first key, beside the one that opens the card.
    ///
    /// It has the identifier 3 and is unblocked by the PUK, as the first is.
    #[must_use]
    pub fn with_key_pin(mut self, secret: &str) -> Self {
        let template = self.pins[0].clone();
        let reference = self.pins.iter().map(|pin| pin.reference).max().unwrap_or(0) + 1;
        let label = "Signature PIN".to_owned();
        self.pins.push(PinDesign { label, identifier: 3, reference, secret: secret.to_owned(), ..template });
        self.keys[0].pin = 3;
        self.keys[0].consent = true;
        self
    }

    /// The first PIN that is for use: the one that opens the card.
    pub fn pin(&mut self) -> &mut PinDesign {
        self.first(Role::User)
    }

    /// The first PUK.
    pub fn puk(&mut self) -> &mut PinDesign {
        self.first(Role::Unblocking)
    }

    fn first(&mut self, role: Role) -> &mut PinDesign {
        self.pins.iter_mut().find(|pin| pin.role == role).expect("every kind has one")
    }
}
