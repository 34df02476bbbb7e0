//! Base64 and PEM, a few lines of our own: the test bed brings no dependencies into the build.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes between the first BEGIN line and its END line.
pub(crate) fn decode_pem(pem: &str) -> Vec<u8> {
    let body = pem.lines().skip_while(|line| !line.starts_with("-----BEGIN")).skip(1);
    let letters: Vec<u8> = body.take_while(|line| !line.starts_with("-----END")).flat_map(str::bytes).collect();
    letters.chunks(4).flat_map(decode_group).collect()
}

/// `der` as a PEM block with the given label.
pub(crate) fn encode_pem(label: &str, der: &[u8]) -> String {
    let letters: Vec<u8> = der.chunks(3).flat_map(encode_group).collect();
    let lines: Vec<&str> = letters.chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn decode_group(group: &[u8]) -> Vec<u8> {
    let value_of = |letter: &u8| ALPHABET.iter().position(|candidate| candidate == letter);
    let values: Vec<usize> = group.iter().map_while(value_of).collect();
    let bits = values.iter().fold(0, |bits, value| bits << 6 | value) << (6 * (4 - values.len()));
    bits.to_be_bytes()[5..][..values.len() - 1].to_vec()
}

fn encode_group(group: &[u8]) -> [u8; 4] {
    let byte = |at: usize| usize::from(group.get(at).copied().unwrap_or(0));
    let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
    let letter = |at: usize| if at > group.len() { b'=' } else { ALPHABET[bits >> (18 - 6 * at) & 63] };
    [letter(0), letter(1), letter(2), letter(3)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded_for_every_length() {
        for length in 1..130u8 {
            let bytes: Vec<u8> = (0..length).map(|at| at.wrapping_mul(37)).collect();
            assert_eq!(decode_pem(&encode_pem("X", &bytes)), bytes);
        }
        assert!(encode_pem("X", b"foob").contains("Zm9vYg=="));
    }
}
