//! Parts of one file in another, both good, of the same signer.

use eimza_testkit::scenario::Plan;
use eimza_testkit::scenario::plan::{Signature, SigningTime};

use super::attributes::{with_attributes, with_fields, with_signers};
use super::tree::Parts;
use super::{Good, every_file};

/// Another signature of the same person, over the same content, which claims another time.
fn another() -> Plan {
    let signature = Signature { signing_time: SigningTime::FourMinutesAfter, ..Signature::default() };
    Plan { signature, ..Plan::default() }
}

#[test]
fn no_field_of_another_signature_passes() {
    for (level, form) in every_file() {
        let (good, other) = (Good::new(level, form), Good::of(&another(), level, form));
        let (whole, foreign) = (&good.made.file, &other.made.file);
        let (own, theirs) = (Parts::of_file(whole), Parts::of_file(foreign));
        for field in [3, 5] {
            let mut fields: Vec<Vec<u8>> =
                own.signer_fields.iter().map(|place| whole[place.clone()].to_vec()).collect();
            fields[field] = foreign[theirs.signer_fields[field].clone()].to_vec();
            let changed = with_signers(whole, &[eimza_testkit::der::sequence(&fields)]);
            assert_eq!(good.passes(&changed), None, "{level:?} {form:?}: field {field}");
        }
    }
}

#[test]
fn no_unsigned_attribute_of_another_signature_proves_anything() {
    for (level, form) in every_file() {
        let (good, other) = (Good::new(level, form), Good::of(&another(), level, form));
        let (whole, foreign) = (&good.made.file, &other.made.file);
        let (own, theirs) = (Parts::of_file(whole), Parts::of_file(foreign));
        let signed: Vec<&[u8]> = own.signed(whole).into_iter().map(|place| &whole[place]).collect();
        for number in 0..own.unsigned.len() {
            let mut unsigned: Vec<&[u8]> = own.unsigned.iter().map(|place| &whole[place.clone()]).collect();
            unsigned[number] = &foreign[theirs.unsigned[number].clone()];
            let reached = good.passes(&with_attributes(whole, &signed, &unsigned));
            assert!(reached < Some(good.level), "{level:?} {form:?}: {number}: {reached:?}");
        }
    }
}

#[test]
fn certificates_and_status_of_another_file_do_not_pass_under_an_archive_time_stamp() {
    for (level, form) in every_file().into_iter().filter(|(level, _)| level.is_archived()) {
        let (good, other) = (Good::new(level, form), Good::of(&another(), level, form));
        let (whole, foreign) = (&good.made.file, &other.made.file);
        let (own, theirs) = (Parts::of_file(whole), Parts::of_file(foreign));
        for field in 3..own.fields.len() {
            let mut fields: Vec<Vec<u8>> = own.fields.iter().map(|place| whole[place.clone()].to_vec()).collect();
            fields[field] = foreign[theirs.fields[field].clone()].to_vec();
            fields.push(eimza_testkit::der::tlv(0x31, &whole[own.signer.clone()]));
            assert_eq!(good.passes(&with_fields(whole, &fields)), None, "{level:?} {form:?}: field {field}");
        }
    }
}
