//! Files of another kind than a command reads: what they are, and which command reads them.

use eimza_core::Certificate;
use eimza_core::cms::{self, SignedData};

/// In English and Turkish.
type Hint = (&'static str, &'static str);

/// What to use for a file that is no certificate.
pub(crate) fn instead_of_certificate(file: &[u8]) -> Option<Hint> {
    if is_signature(file) {
        return Some((
            "This is a signature: `eimza inspect` shows what is inside, `eimza validate` judges it.",
            "Bu bir imza: `eimza inspect` içindekileri gösterir, `eimza validate` doğrular.",
        ));
    }
    is_pkcs12(file).then_some((
        "This is a PKCS#12 file: `eimza token create PATH --from FILE` makes a token of it.",
        "Bu bir PKCS#12 dosyası: `eimza token create YOL --from DOSYA` ondan bir token oluşturur.",
    ))
}

/// What to use for a file that is no signature.
pub(crate) fn instead_of_signature(file: &[u8]) -> Option<Hint> {
    if Certificate::read_all(file).iter().any(Result::is_ok) {
        return Some((
            "This is a certificate: `eimza certificate show` shows it.",
            "Bu bir sertifika: `eimza certificate show` gösterir.",
        ));
    }
    Some((
        "If it is what was signed: `eimza validate SIGNATURE --content FILE`.",
        "İmzalanan dosya buysa: `eimza validate İMZA --content DOSYA`.",
    ))
}

fn is_signature(file: &[u8]) -> bool {
    cms::decode(file).is_ok_and(|octets| SignedData::read(&octets).is_ok())
}

/// `PFX ::= SEQUENCE { version INTEGER (3), … }` (RFC 7292 section 4).
fn is_pkcs12(file: &[u8]) -> bool {
    let [0x30, length, rest @ ..] = file else { return false };
    let longer = if *length > 0x80 { usize::from(length & 0x7f) } else { 0 };
    rest.get(longer..).is_some_and(|contents| contents.starts_with(&[0x02, 0x01, 0x03]))
}
