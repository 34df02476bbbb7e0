//! A card like IsoApplet, a free applet for Java cards whose host side others wrote: <https://github.com/philipWendland/IsoApplet>.

use crate::card::design::{Algorithm, Design, EcdsaForm, Manners, Protocol, Scheme};

impl Design {
    /// A card like IsoApplet: as [`pkcs15`](Self::pkcs15) with short lengths, its own numbers for algorithms that it does not
    /// list, and ECDSA signatures as `SEQUENCE { r, s }`. OpenSC drives it by the name of its applet.
    #[must_use]
    pub fn iso_applet() -> Self {
        let mut design = Self::pkcs15();
        design.layout.names.push(b"\xf2\x76\xa2\x88\xbc\xfb\xa6\x9d\x34\xf3\x10\x01".to_vec());
        design.manners = Manners { protocol: Protocol::T1, extended_length: false, chaining: true, longest_read: 256 };
        design.dialect.algorithms = vec![
            Algorithm { reference: 0x11, scheme: Scheme::RsaPkcs1 },
            Algorithm { reference: 0x21, scheme: Scheme::Ecdsa },
        ];
        design.dialect.lists_algorithms = false;
        design.dialect.ecdsa_form = EcdsaForm::Der;
        design
    }
}
