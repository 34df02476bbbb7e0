//! Whether a name lies within the base of a subtree, for each kind of names (RFC 5280 section 4.2.1.10).

use crate::certificate::GeneralName;

/// `None` where the two cannot be compared: a kind that is not read here, or a name that is not built as its kind demands.
pub(super) fn is_within(name: &GeneralName<'_>, base: &GeneralName<'_>) -> Option<bool> {
    match (name, base) {
        (GeneralName::Directory(name), GeneralName::Directory(base)) => name.is_beneath(base),
        (GeneralName::Host(name), GeneralName::Host(base)) => host(name, base),
        (GeneralName::Mail(name), GeneralName::Mail(base)) => mail(name, base),
        (GeneralName::Uri(name), GeneralName::Uri(base)) => uri(name, base),
        (GeneralName::Ip(name), GeneralName::Ip(base)) => ip(name, base),
        _ => None,
    }
}

/// A host is the base, or has further labels to the left of it. With a dot at its beginning the base itself is left out.
fn host(name: &[u8], base: &[u8]) -> Option<bool> {
    let name = labels(name)?;
    if base.is_empty() {
        return Some(true);
    }
    match base.strip_prefix(b".") {
        Some(domain) => Some(is_subdomain(name, labels(domain)?)),
        None => {
            let base = labels(base)?;
            Some(name.eq_ignore_ascii_case(base) || is_subdomain(name, base))
        }
    }
}

/// The base is one mailbox, all of a host, or, with a dot at its beginning, all of the hosts beneath a domain.
fn mail(name: &[u8], base: &[u8]) -> Option<bool> {
    let (mailbox, name) = split_last(name, b'@')?;
    let name = labels(name)?;
    if let Some((only, base)) = split_last(base, b'@') {
        return Some(mailbox == only && name.eq_ignore_ascii_case(labels(base)?));
    }
    host_or_beneath(name, base)
}

/// The base is a host or, with a dot at its beginning, all hosts beneath a domain; an address without one, or with the
/// number of one, has to be refused.
fn uri(name: &[u8], base: &[u8]) -> Option<bool> {
    let name = std::str::from_utf8(name).ok()?;
    let (_, rest) = name.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host_and_port.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => host,
        _ => host_and_port,
    };
    let is_number = host.starts_with('[') || host.rsplit('.').next().is_some_and(is_digits);
    if is_number {
        return None;
    }
    host_or_beneath(labels(host.as_bytes())?, base)
}

fn is_digits(label: &str) -> bool {
    label.bytes().all(|digit| digit.is_ascii_digit())
}

fn host_or_beneath(name: &[u8], base: &[u8]) -> Option<bool> {
    if base.is_empty() {
        return Some(true);
    }
    match base.strip_prefix(b".") {
        Some(domain) => Some(is_subdomain(name, labels(domain)?)),
        None => Some(name.eq_ignore_ascii_case(labels(base)?)),
    }
}

/// The base is an address and a mask, whose ones stand before its zeros.
fn ip(name: &[u8], base: &[u8]) -> Option<bool> {
    if !matches!(name.len(), 4 | 16) || !matches!(base.len(), 8 | 32) {
        return None;
    }
    let (address, mask) = base.split_at_checked(base.len() / 2)?;
    let bits = mask.iter().fold(String::new(), |bits, octet| format!("{bits}{octet:08b}"));
    if bits.contains("01") {
        return None;
    }
    let is_masked = |((name, address), mask): ((&u8, &u8), &u8)| name & mask == address & mask;
    Some(name.len() == address.len() && name.iter().zip(address).zip(mask).all(is_masked))
}

/// A host's name, without the dot that may stand at its end; `None` where it is none: it is of ASCII, and no label is
/// empty.
fn labels(host: &[u8]) -> Option<&[u8]> {
    let host = host.strip_suffix(b".").unwrap_or(host);
    let is_label = |label: &[u8]| !label.is_empty() && label.iter().all(u8::is_ascii_graphic);
    host.split(|octet| *octet == b'.').all(is_label).then_some(host)
}

/// Whether further labels stand to the left of the domain.
fn is_subdomain(name: &[u8], domain: &[u8]) -> bool {
    let Some(place) = name.len().checked_sub(domain.len() + 1) else { return false };
    let Some((labels, end)) = name.split_at_checked(place) else { return false };
    !labels.is_empty() && end.first() == Some(&b'.') && end.get(1..).is_some_and(|end| end.eq_ignore_ascii_case(domain))
}

fn split_last(text: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let place = text.iter().rposition(|octet| *octet == at)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_labels_to_the_left() {
        for (name, base, expected) in [
            ("a.example", "example", Some(true)),
            ("EXAMPLE", "example", Some(true)),
            ("a.example.", "Example", Some(true)),
            ("aexample", "example", Some(false)),
            ("example", ".example", Some(false)),
            ("b.a.example", ".example", Some(true)),
            ("a", "", Some(true)),
            ("a..example", "example", None),
            ("", "example", None),
            ("ş.example", "example", None),
        ] {
            assert_eq!(host(name.as_bytes(), base.as_bytes()), expected, "{name} {base}");
        }
    }

    #[test]
    fn mail_is_of_a_box_a_host_or_a_domain() {
        for (name, base, expected) in [
            ("a@host.example", "a@HOST.example", Some(true)),
            ("A@host.example", "a@host.example", Some(false)),
            ("a@host.example", "host.example", Some(true)),
            ("a@b.host.example", "host.example", Some(false)),
            ("a@host.example", ".example", Some(true)),
            ("a@example", ".example", Some(false)),
            ("\"x@y\"@example", "example", Some(true)),
            ("example", "example", None),
        ] {
            assert_eq!(mail(name.as_bytes(), base.as_bytes()), expected, "{name} {base}");
        }
    }

    #[test]
    fn addresses_are_compared_by_their_host() {
        for (name, base, expected) in [
            ("http://host.example/a", "host.example", Some(true)),
            ("http://user@HOST.example:80?a", "host.example", Some(true)),
            ("http://host.example#@other", "other", Some(false)),
            ("http://a.host.example", "host.example", Some(false)),
            ("http://a.host.example", ".host.example", Some(true)),
            ("http://127.0.0.1/a", "example", None),
            ("http://[::1]/a", "example", None),
            ("urn:example", "example", None),
        ] {
            assert_eq!(uri(name.as_bytes(), base.as_bytes()), expected, "{name} {base}");
        }
    }

    #[test]
    fn numbers_are_compared_under_their_mask() {
        let net = [10, 1, 0, 0, 255, 255, 0, 0];
        assert_eq!(ip(&[10, 1, 2, 3], &net), Some(true));
        assert_eq!(ip(&[10, 2, 2, 3], &net), Some(false));
        assert_eq!(ip(&[0; 16], &net), Some(false));
        assert_eq!(ip(&[10, 1, 2, 3], &[10, 1, 0, 0, 255, 0, 255, 0]), None);
        assert_eq!(ip(&[10, 1, 2], &net), None);
        assert_eq!(ip(&[10, 1, 2, 3], &net[..7]), None);
    }
}
