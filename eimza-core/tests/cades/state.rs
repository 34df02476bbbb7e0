//! A state between the steps: it completes what it was made for and nothing else.

use std::time::Duration;

use eimza_core::cades::{Placement, SigningOptions, State, StateKey, prepare};
use eimza_core::cms::{Content, SignedData};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::validation::verify;
use eimza_core::{Error, Time};

use eimza_testbed::keys::{certificate, value_of};
use eimza_testbed::{TEXT, at, options};

const PURPOSE: &str = "test: one text";

fn expiry() -> Time {
    at().after(Duration::from_secs(600))
}

fn state_with(options: &SigningOptions) -> State {
    let prepared = prepare(Content::Bytes(TEXT), &certificate("nes-rsa2048"), options).unwrap();
    prepared.into_state(PURPOSE, expiry()).unwrap()
}

fn state() -> State {
    state_with(&options())
}

fn value(state: &State) -> Vec<u8> {
    value_of("nes-rsa2048", state.algorithm(), &state.digest())
}

fn complete(state: &State, value: &[u8]) -> Result<Vec<u8>, Error> {
    state.complete(Content::Bytes(TEXT), &certificate("nes-rsa2048"), PURPOSE, at(), value)
}

#[test]
fn a_stored_state_gives_the_same_file_as_one_process() {
    let stored = state().to_bytes();
    let read = State::from_bytes(&stored).unwrap();
    assert_eq!(read, state());
    let signature = complete(&read, &value(&read)).unwrap();
    assert_eq!(signature, eimza_testbed::keys::sign("nes-rsa2048", TEXT, &options()));
}

#[test]
fn every_option_survives_storage() {
    use eimza_core::cades::{Commitment, ContentHints, ContentReference};
    let full = SigningOptions {
        digest: Some(DigestAlgorithm::Sha512),
        padding: Padding::Pss,
        placement: Placement::Detached,
        commitment: Some(Commitment::Receipt),
        mime_type: Some("text/plain".into()),
        content_identifier: Some(vec![1, 2]),
        content_hints: Some(ContentHints { description: None }),
        content_reference: Some(ContentReference { content_identifier: vec![3], signature_value: vec![4] }),
        chain: vec![certificate("nes-ca"), certificate("root")],
        allow_unsuitable: true,
        ..options()
    };
    let state = state_with(&full);
    let read = State::from_bytes(&state.to_bytes()).unwrap();
    assert_eq!(read, state);
    let content = Content::Digest(DigestAlgorithm::Sha512.digest(TEXT));
    let certificate = certificate("nes-rsa2048");
    let signature = read.complete(content, &certificate, PURPOSE, at(), &value(&read)).unwrap();
    let signed_data = SignedData::read(&signature).unwrap();
    assert!(verify(&signed_data, Some(content), &[]).unwrap().all_passed());
}

#[test]
fn another_purpose_time_content_or_certificate_is_refused() {
    let state = state();
    let value = value(&state);
    let certificate = |name| certificate(name);
    let attempt = |content, signer, purpose, now| {
        state.complete(Content::Bytes(content), &certificate(signer), purpose, now, &value).unwrap_err().name()
    };
    assert_eq!(attempt(TEXT, "nes-rsa2048", "another", at()), "state-purpose");
    assert_eq!(attempt(TEXT, "nes-rsa2048", PURPOSE, expiry().after(Duration::from_secs(1))), "state-expired");
    assert_eq!(attempt(b"another text", "nes-rsa2048", PURPOSE, at()), "content-differs");
    assert_eq!(attempt(TEXT, "nes-rsa3072", PURPOSE, at()), "state-certificate");
    // The same key under a renewed certificate.
    assert_eq!(attempt(TEXT, "nes-rsa2048-renewed", PURPOSE, at()), "state-certificate");
    assert!(state.complete(Content::Bytes(TEXT), &certificate("nes-rsa2048"), PURPOSE, expiry(), &value).is_ok());
}

#[test]
fn a_value_for_another_state_is_refused() {
    let mine = state();
    let other = state_with(&SigningOptions::new(at().after(Duration::from_secs(1))));
    assert_eq!(complete(&mine, &value(&other)).unwrap_err().name(), "signature-value-invalid");
}

#[test]
fn an_altered_state_is_refused() {
    let stored = state().to_bytes();
    for at in 0..stored.len() {
        let mut altered = stored.clone();
        altered[at] ^= 1;
        assert!(State::from_bytes(&altered).is_err(), "octet {at}");
        assert!(State::from_bytes(&stored[..at]).is_err(), "cut at {at}");
    }
    assert!(State::from_bytes(&[stored.as_slice(), &[0]].concat()).is_err());
}

#[test]
fn a_state_altered_with_its_checksum_gives_no_other_signature() {
    let state = state();
    let value = value(&state);
    let right = complete(&state, &value).unwrap();
    let stored = state.to_bytes();
    let body = stored.len() - 34;
    let head = if stored[1] == 0x82 { 4 } else { 3 };
    // The first of the two BOOLEANs: whether the content stays outside.
    let detached = stored.windows(6).position(|window| window == b"\x01\x01\x00\x01\x01\x00").unwrap() + 2;
    let mut taken = 0;
    let mut refused = Vec::new();
    let mut placed_elsewhere = false;
    for at in head..body {
        for bit in [0x01, 0x80, 0xff] {
            let mut altered = stored.clone();
            altered[at] ^= bit;
            let checksum = DigestAlgorithm::Sha256.digest(&altered[head..body]);
            altered[body + 2..].copy_from_slice(checksum.as_bytes());
            let Ok(altered) = State::from_bytes(&altered) else { continue };
            taken += 1;
            // Only a seal protects what is not in the signature: purpose, expiry, placement, chain and allowUnsuitable.
            match complete(&altered, &value) {
                Ok(signature) if at == detached => {
                    let signed_data = SignedData::read(&signature).unwrap();
                    assert!(!signed_data.is_attached());
                    let verified =
                        |content| verify(&signed_data, Some(Content::Bytes(content)), &[]).unwrap().all_passed();
                    assert!(verified(TEXT) && !verified(b"another text"), "a signature over something else");
                    placed_elsewhere = true;
                }
                Ok(signature) => assert_eq!(signature, right, "octet {at}"),
                Err(error) => refused.push(error.name()),
            }
        }
    }
    assert!(placed_elsewhere);
    assert!(taken > 100, "{taken}: the checksum was not mended");
    for reason in ["state-altered", "state-certificate", "state-purpose", "state-expired", "content-differs"] {
        assert!(refused.contains(&reason), "nothing was refused for {reason}");
    }
}

#[test]
fn a_sealed_state_is_opened_by_its_key_only() {
    let key = StateKey::new([7; 32]);
    let sealed = state().sealed(&key).unwrap();
    assert_eq!(State::unseal(&sealed, &key).unwrap(), state());
    assert!(!sealed.windows(PURPOSE.len()).any(|window| window == PURPOSE.as_bytes()));
    assert_eq!(State::unseal(&sealed, &StateKey::new([8; 32])).unwrap_err().name(), "state-altered");
    let mut altered = sealed.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert_eq!(State::unseal(&altered, &key).unwrap_err().name(), "state-altered");
    assert_eq!(State::from_bytes(&sealed).unwrap_err().name(), "state-malformed");
}
