//! What a hostile file costs in memory, and what a large content does. Alone in their process, whose peak is measured.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
#![cfg(target_os = "linux")]

use std::sync::Mutex;

use eimza_core::cades::{SigningOptions, prepare};
use eimza_core::cms::{Content, SignedData, inspect, read_file};
use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken};
use eimza_core::token::{Attempt, SignRequest};
use eimza_core::validation::verify;
use eimza_core::{Certificate, Clock, Pin, Puk, SystemClock};

/// One measures at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Elements in a signed attribute that is no DER and has to be written anew.
const ELEMENTS: usize = 2_500_000;

#[test]
fn elements_inside_of_an_attribute_cost_no_multiple_of_their_octets() {
    let _turn = TURN.lock();
    let file = with_attribute_of_nulls();
    let before = peak();
    let found = SignedData::read(&file).and_then(|read| verify(&read, None, &[]).map(|found| found.all_passed()));
    assert!(!found.unwrap());
    assert_eq!(inspect(&file).unwrap().encoding, "BER");
    let kilobytes = peak() - before;
    assert!(kilobytes < 6 * 2 * ELEMENTS / 1024, "{kilobytes} kB for a file of {} octets", file.len());
}

/// The content itself, and the file that it stands in.
#[test]
fn an_attached_signature_costs_twice_its_content() {
    const SIZE: usize = 64 << 20;
    let _turn = TURN.lock();
    let token = SoftwareToken::in_memory(creation()).unwrap();
    let path = eimza_testkit::scratch("memory").join("content");
    std::fs::File::create(&path).unwrap().set_len(SIZE as u64).unwrap();
    // The peak before is forgotten.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = peak();
    let signer = token.certificates().unwrap().one().unwrap();
    let content = read_file(&path).unwrap();
    let options = SigningOptions::new(SystemClock::new().now());
    let prepared = prepare(Content::Bytes(&content), &signer.certificate, &options).unwrap();
    let request = SignRequest { algorithm: prepared.algorithm(), digest: prepared.digest() };
    let value = token.sign(&signer, request, Pin::new("123456").unwrap(), Attempt::new()).unwrap();
    let signature = prepared.complete(&value).unwrap();
    let kilobytes = peak() - before;
    assert!(signature.len() > SIZE && kilobytes < 2 * SIZE / 1024 + 4096, "{kilobytes} kB for {SIZE} octets");
    assert!(verify(&SignedData::read(&signature).unwrap(), None, &[]).unwrap().all_passed());
}

fn creation() -> Creation {
    let certificate = Certificate::from_der(eimza_testkit::pki::certificate("nes-p256")).unwrap();
    let key = KeyMaterial::new(eimza_testkit::pki::private_key_der("nes-p256"), "key", vec![certificate]).unwrap();
    let (pin, puk) = (Pin::new("123456").unwrap(), Puk::new("87654321").unwrap());
    Creation { iterations: 1_000, ..Creation::new("TEST KARTI", vec![key], pin, puk) }
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
