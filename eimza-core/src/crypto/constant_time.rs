//! Comparing secrets.

/// Whether two values are the same; how long that takes tells nothing of their octets, only of their lengths.
pub(crate) fn constant_time_equal(one: &[u8], other: &[u8]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(one, other).is_ok()
}
