//! A card that keeps to ISO/IEC 7816-4, -8 and -15, as no maker in particular makes it.

use crate::card::atr;
use crate::card::design::{
    Algorithm, Blocked, Change, ChooseKey, Design, Dialect, EcdsaForm, KeyDesign, Layout, Manners, Protocol, Question,
    Scheme,
};
use crate::card::pin::{PinDesign, Role};

/// The name of the PKCS #15 application (PKCS #15 v1.1 section 5.7.1).
pub(super) const APPLICATION: &[u8] = b"\xa0\x00\x00\x00\x63PKCS-15";

impl Design {
    /// A card that keeps to ISO/IEC 7816-4, -8 and -15: PIN 123456, PUK 87654321, an RSA key of 2048 bits.
    ///
    /// It talks T=1, takes chained and long commands, tells how many tries are left when asked by an empty VERIFY,
    /// and signs by RSA (host's padding, PKCS #1, PSS) and ECDSA.
    #[must_use]
    pub fn pkcs15() -> Self {
        let mut design = Self {
            label: "Deneme kartı".to_owned(),
            maker: "Eimza Deneme".to_owned(),
            atr: Vec::new(),
            serial: vec![0x10, 0x00, 0x00, 0x00, 0x01, 0x46],
            manners: Manners { protocol: Protocol::T1, extended_length: true, chaining: true, longest_read: 0x1_0000 },
            dialect: Dialect {
                path_includes_master: false,
                select_by_type: false,
                tells_pin_in_select: false,
                question: Question::Told,
                blocked: Blocked::Method6983,
                blocking_attempt_says_blocked: false,
                hides_tries: false,
                change: Change::Iso,
                reset_modes: vec![0, 1, 2, 3],
                choose_key: ChooseKey::Environment,
                algorithms: vec![
                    Algorithm { reference: 0x01, scheme: Scheme::RsaRaw },
                    Algorithm { reference: 0x02, scheme: Scheme::RsaPkcs1 },
                    Algorithm { reference: 0x05, scheme: Scheme::RsaPss },
                    Algorithm { reference: 0x04, scheme: Scheme::Ecdsa },
                ],
                lists_algorithms: true,
                ecdsa_form: EcdsaForm::Plain,
                refuses_plain: None,
                akis_commands: false,
            },
            layout: Layout {
                names: vec![APPLICATION.to_vec()],
                application: 0x5015,
                directory: true,
                objects: true,
                first_certificate: 0x4501,
            },
            pins: vec![
                PinDesign { unblocked_by: Some(2), ..PinDesign::new("PIN", 1, 0x81, "123456") },
                PinDesign { role: Role::Unblocking, ..PinDesign::new("PUK", 2, 0x82, "87654321") },
            ],
            keys: vec![KeyDesign::new("nes-rsa2048", 1, 1)],
            authorities: Vec::new(),
            forged_files: Vec::new(),
        };
        design.atr = atr::of(design.manners.protocol, b"\x80\x65EIMZA");
        design
    }

    /// The same card with the manners of T=0, and an ATR that says so.
    #[must_use]
    pub fn pkcs15_t0() -> Self {
        let mut design = Self::pkcs15();
        design.manners = Manners { protocol: Protocol::T0, extended_length: false, chaining: true, longest_read: 256 };
        design.atr = atr::of(design.manners.protocol, b"\x80\x65EIMZA");
        design
    }
}
