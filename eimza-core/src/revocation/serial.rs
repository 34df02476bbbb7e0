//! Serial numbers: INTEGERs of any length and sign, compared by value.

/// The contents octets without superfluous sign octets: each number has one such form, whatever a CA wrote.
pub(super) fn minimal(serial: &[u8]) -> &[u8] {
    let mut rest = serial;
    while let [first, tail @ ..] = rest
        && let Some(second) = tail.first()
        && ((*first == 0 && second & 0x80 == 0) || (*first == 0xff && second & 0x80 != 0))
    {
        rest = tail;
    }
    rest
}

/// Whether both are the same number.
pub(super) fn is_same(one: &[u8], other: &[u8]) -> bool {
    minimal(one) == minimal(other)
}

/// Whether a number that is not negative, as CRL numbers are, is at most the other.
pub(super) fn is_not_above(one: &[u8], other: &[u8]) -> bool {
    let digits = |number| {
        let digits = minimal(number);
        digits.strip_prefix(&[0]).unwrap_or(digits)
    };
    let (one, other) = (digits(one), digits(other));
    (one.len(), one) <= (other.len(), other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_equal_in_every_length_and_not_in_every_sign() {
        assert!(is_same(&[0, 0, 1], &[1]) && is_same(&[0xff, 0xff], &[0xff]) && is_same(&[0, 0], &[0]));
        assert!(!is_same(&[0, 0xff], &[0xff]) && !is_same(&[1], &[]) && !is_same(&[1, 0], &[1]));
        assert!(is_not_above(&[5], &[5]) && is_not_above(&[0, 0xff], &[1, 0]) && is_not_above(&[0], &[1]));
        assert!(!is_not_above(&[1, 0], &[0, 0xff]) && !is_not_above(&[6], &[5]));
        assert!(is_same(&[0x7f; 40], &[[0; 5].as_slice(), &[0x7f; 40]].concat()));
    }
}
