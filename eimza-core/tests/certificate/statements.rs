//! Policies and QC statements.

use eimza_core::Personal;
use eimza_core::certificate::Statements;

use crate::{all, certificate};

fn texts(personal: &[Personal<String>]) -> Vec<&str> {
    personal.iter().map(|text| text.reveal().as_str()).collect()
}

#[test]
fn policies_have_their_address_and_text_in_every_string_type() {
    let [nes] = &certificate("nes-rsa2048").policies()[..] else { panic!("one policy") };
    assert_eq!(nes.oid, "2.16.792.1.2.1.1.5.7.1.1");
    assert_eq!(texts(&nes.cps), ["http://127.0.0.1/ilke/nes_sue"]);
    assert_eq!(texts(&nes.notices), ["Bu sertifika deneme içindir, hiçbir hukuki sonucu yoktur."]);
    let [seal] = &certificate("seal").policies()[..] else { panic!("one policy") };
    assert_eq!(texts(&seal.notices), ["Bu mali mühür deneme içindir."]);
    assert_eq!(seal.oid, "2.16.792.1.2.1.1.5.7.4.1");
    assert!(certificate("nes-without-notice").policies()[0].notices.is_empty());
    assert_eq!(certificate("tsa").policies(), []);
}

#[test]
fn the_turkish_statement_has_its_sentence() {
    let statements = certificate("nes-rsa2048").statements();
    assert!(statements.compliance);
    let sentence = "Bu sertifika, 5070 sayılı Elektronik İmza Kanununa göre nitelikli elektronik sertifikadır.";
    assert_eq!(statements.turkish_nes.unwrap().to_string(), sentence);
    assert_eq!(statements.turkish_seal, None);
    assert_eq!(statements.others, ["1.3.6.1.5.5.7.11.1"]);
    assert_eq!(statements.limit, None);
    assert!(statements.usage_limits.is_empty());
}

#[test]
fn limits_are_shown() {
    assert_eq!(certificate("nes-money-limit-0").statements().limit.unwrap().to_string(), "0 TRY");
    let usage = certificate("nes-usage-limit").statements().usage_limits;
    assert_eq!(texts(&usage), ["Yalnızca deneme amacıyla kullanılabilir."]);
}

#[test]
fn who_states_nothing_has_no_statements() {
    for (name, certificate) in all() {
        let speaks = ["nes-for-seals", "nes-for-time-stamps", "seal-of-a-person"].contains(&name.as_str());
        let silent = certificate.kind().name() != "nes" && !speaks || name == "nes-without-qc-statements";
        assert_eq!(certificate.statements() == Statements::default(), silent, "{name}");
    }
}
