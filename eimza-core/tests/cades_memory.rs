//! What a hostile file costs in memory. Alone in its process, whose peak is measured.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
#![cfg(target_os = "linux")]

use eimza_core::cms::{SignedData, inspect};
use eimza_core::validation::verify;

/// Elements in a signed attribute that is no DER and has to be written anew.
const ELEMENTS: usize = 2_500_000;

#[test]
fn elements_inside_of_an_attribute_cost_no_multiple_of_their_octets() {
    let file = with_attribute_of_nulls();
    let before = peak();
    let found = SignedData::read(&file).and_then(|read| verify(&read, None, &[]).map(|found| found.all_passed()));
    assert!(!found.unwrap());
    assert_eq!(inspect(&file).unwrap().encoding, "BER");
    let kilobytes = peak() - before;
    assert!(kilobytes < 6 * 2 * ELEMENTS / 1024, "{kilobytes} kB for a file of {} octets", file.len());
}

/// A signature with one more signed attribute, of NULLs in an indefinite length.
fn with_attribute_of_nulls() -> Vec<u8> {
    let small = eimza_testkit::cms::find("attached-p256").signature;
    let signed_data = SignedData::read(&small).unwrap();
    let signer = &signed_data.signers()[0];
    let signed = signer.signed_attributes().unwrap().bytes();
    let nulls = [[0x30, 0x80].as_slice(), &[5, 0].repeat(ELEMENTS), &[0, 0]].concat();
    let further = wrapped(0x30, &[b"\x06\x03\x2a\x03\x04".as_slice(), &wrapped(0x31, &nulls)].concat());
    let attributes = wrapped(0xa0, &[inside(signed), &further].concat());
    let contents = inside(signer.bytes());
    let at = contents.windows(signed.len()).position(|window| window == signed).unwrap();
    let signer = wrapped(0x30, &[&contents[..at], &attributes, &contents[at + signed.len()..]].concat());
    let fields = [
        b"\x02\x01\x01\x31\x00\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01".to_vec(),
        wrapped(0xa0, signed_data.certificates().next().unwrap()),
        wrapped(0x31, &signer),
    ];
    let content = wrapped(0xa0, &wrapped(0x30, &fields.concat()));
    wrapped(0x30, &[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02".as_slice(), &content].concat())
}

fn wrapped(tag: u8, inside: &[u8]) -> Vec<u8> {
    let mut element = vec![tag, 0x84];
    element.extend_from_slice(&u32::try_from(inside.len()).unwrap().to_be_bytes());
    [element, inside.to_vec()].concat()
}

fn inside(element: &[u8]) -> &[u8] {
    let header = match element[1] {
        length @ 0x81..=0x84 => 2 + usize::from(length & 0x7f),
        _ => 2,
    };
    &element[header..]
}

/// The most memory that this process ever held, in kilobytes.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
