//! Cards like AKİS of both generations, as far as they are publicly known; none of this was tried on a real one.

use super::pkcs15::APPLICATION;
use crate::card::atr;
use crate::card::design::{
    Algorithm, Blocked, Change, ChooseKey, Design, Dialect, EcdsaForm, Layout, Manners, Protocol, Question, Scheme,
};
use crate::card::pin::Scope;

impl Design {
    /// A card like AKİS 1.0: PIN 123456, PUK 87654321, an RSA key of 2048 bits; no extended length, reads F4 octets.
    ///
    /// The host pads, and hands the block over in chained commands. A blocked PIN is answered with 6984. PINs are
    /// ASCII digits, as OpenSC's driver for this ATR sends them.
    #[must_use]
    pub fn akis_1() -> Self {
        let mut design = Self::pkcs15();
        design.label = "AKIS".to_owned();
        design.maker = "TUBITAK UEKAE".to_owned();
        design.atr = atr::hex("3BBA11008131FE4D55454B41452056312E30AE");
        design.serial = b"\x00\x00\x10\x00\x00\x00\x01\x46\x00\x00\x00\x01".to_vec();
        design.manners = Manners { protocol: Protocol::T1, extended_length: false, chaining: true, longest_read: 0xf4 };
        design.dialect = Dialect {
            path_includes_master: true,
            select_by_type: true,
            tells_pin_in_select: true,
            question: Question::Counted,
            blocked: Blocked::Data6984,
            change: Change::AkisWithLengths,
            reset_modes: vec![2],
            choose_key: ChooseKey::AkisReference,
            algorithms: Vec::new(),
            akis_commands: true,
            ..design.dialect
        };
        design.layout = Layout {
            names: vec![APPLICATION.to_vec(), b"PKCS-15".to_vec()],
            application: 0x3d00,
            directory: true,
            objects: true,
            first_certificate: 0x2f10,
        };
        for pin in &mut design.pins {
            pin.signed_reference = true;
        }
        design
    }

    /// A card like AKİS 1.2: as [`akis_1`](Self::akis_1), with the ATR of most cards in the field.
    #[must_use]
    pub fn akis_1_2() -> Self {
        let atr = atr::hex("3B9F968131FE45806755454B41451292318073B3A1806A");
        Self { atr, ..Self::akis_1() }
    }

    /// A card like AKİS 2.x with a qualified certificate: the PIN is wanted before every signature.
    ///
    /// DigestInfo, PSS and ECDSA are chosen in the security environment; a blocked PIN is answered with 6983; rights
    /// fall when the application is selected again.
    #[must_use]
    pub fn akis_2() -> Self {
        let mut design = Self::akis_1();
        design.atr = atr::hex("3B9F978131FE4580655443D3228231C073F621808105D3");
        design.dialect = Dialect {
            blocked: Blocked::Method6983,
            change: Change::Iso,
            reset_modes: vec![0],
            choose_key: ChooseKey::Environment,
            algorithms: vec![
                Algorithm { reference: 0x00, scheme: Scheme::RsaRaw },
                Algorithm { reference: 0x02, scheme: Scheme::RsaPkcs1 },
                Algorithm { reference: 0x05, scheme: Scheme::RsaPss },
                Algorithm { reference: 0x04, scheme: Scheme::Ecdsa },
            ],
            ecdsa_form: EcdsaForm::Plain,
            akis_commands: false,
            ..design.dialect
        };
        design.keys[0].consent = true;
        design
    }

    /// A card like TCKK, the identity card: as [`akis_2`](Self::akis_2) with a PIN of six digits for the whole card (`01`),
    /// and no PKCS #15 files that tell what is on it.
    #[must_use]
    pub fn tckk() -> Self {
        let mut design = Self::akis_2();
        design.label = "TCKK".to_owned();
        design.atr = atr::hex("3B9F978131FE458065544312210831C073F6218081059B");
        design.layout.objects = false;
        for (pin, reference) in design.pins.iter_mut().zip([0x01, 0x02]) {
            (pin.scope, pin.reference, pin.signed_reference) = (Scope::Global, reference, false);
            (pin.shortest, pin.longest) = if reference == 0x01 { (6, 6) } else { (8, 8) };
        }
        design
    }
}
