//! One form for each JSON value: RFC 8785. A reader writes the value again and compares the octets.

use serde::Serialize;

use crate::error::{Error, JsonForm, Result};

/// The greatest number that RFC 8785 writes without loss (section 3.2.2.3: numbers are IEEE 754 doubles).
pub(super) const GREATEST_INTEGER: u64 = (1 << 53) - 1;

/// The canonical octets of a value.
pub(super) fn to_bytes(what: JsonForm, value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json_canonicalizer::to_vec(value).map_err(|source| Error::JsonMalformed { what, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8785 sections 3.2.2 and 3.2.3, by their own examples.
    #[test]
    fn members_are_sorted_and_texts_keep_their_characters() {
        let value = serde_json::json!({
            "numbers": [1.0, 4.50, 2e-3],
            "string": "\u{20ac}$\u{f}\nA'B\"\\\\\"/",
            "literals": [null, true, false],
            "ş": 1,
            "z": { "b": 1, "a": 2 },
        });
        let expected = "{\"literals\":[null,true,false],\"numbers\":[1,4.5,0.002],\
            \"string\":\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"z\":{\"a\":2,\"b\":1},\"ş\":1}";
        assert_eq!(String::from_utf8(to_bytes(JsonForm::Page, &value).unwrap()).unwrap(), expected);
    }

    #[test]
    fn the_greatest_integer_keeps_its_digits() {
        let written = to_bytes(JsonForm::Page, &GREATEST_INTEGER).unwrap();
        assert_eq!(written, b"9007199254740991");
    }
}
