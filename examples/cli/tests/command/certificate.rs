//! `certificate show`, `modules`, `certificates`.

use std::fs;

use eimza_testkit::{pki, quirky};
use serde_json::Value;

use crate::eimza::{certificate, eimza, softhsm_with};

#[test]
fn every_field_is_shown_and_the_national_id_is_masked() {
    let shown = eimza(["--json", "certificate", "show", &certificate("nes-p256")]).one(0);
    let fields: Vec<&String> = shown.as_object().unwrap().keys().collect();
    let promised = "subject issuer serial not_before not_after key kind qualified qualified_reasons national_id tax_id \
                    certificate_sha256 renewable_from organization key_usage extended_key_usage is_ca policies statements \
                    issuer_addresses ocsp_addresses crl_addresses unknown_critical_extensions";
    assert_eq!(fields, promised.split_whitespace().collect::<Vec<_>>());
    assert_eq!(shown["national_id"], "100******46");
    assert_eq!((&shown["key"], &shown["kind"], &shown["qualified"]), (&"EC P-256".into(), &"nes".into(), &true.into()));
    assert_eq!(shown["tax_id"], Value::Null);
    assert_eq!(shown["renewable_from"], "2039-11-01T00:00:00Z");
    assert!(!shown.to_string().contains("10000000146"));
}

#[test]
fn usage_policies_statements_and_addresses_are_shown() {
    let shown = eimza(["--json", "certificate", "show", &certificate("nes-usage-limit")]).one(0);
    assert_eq!(shown["key_usage"], serde_json::json!(["digitalSignature", "nonRepudiation"]));
    assert_eq!(shown["policies"][0]["cps"][0], "http://127.0.0.1/ilke/nes_sue");
    assert_eq!(shown["statements"]["compliance"], true);
    assert_eq!(shown["statements"]["usage_limits"][0], "Yalnızca deneme amacıyla kullanılabilir.");
    assert_eq!(shown["ocsp_addresses"][0], "http://127.0.0.1/ocsp/nes-ca");
    assert_eq!(shown["crl_addresses"][0], "http://127.0.0.1/nes-ca.crl");
}

#[test]
fn a_certificate_is_shown_in_turkish_to_the_end() {
    let shown = eimza(["--lang", "tr", "certificate", "show", &certificate("seal")]).run().output;
    for said in [
        "Başlangıç         01.01.2026 03:00:00 (İstanbul; UTC: 2026-01-01T00:00:00Z)",
        "Türü              Mali Mühür",
        "Nitelikli         hayır (nitelikli sertifika beyanı yok",
        "Anahtar kullanımı sayısal imza (digitalSignature)",
        "  bildirim        Bu mali mühür deneme içindir.",
        "CRL adresi        http://127.0.0.1/seal-ca.crl",
    ] {
        assert!(shown.contains(said), "{said}\n{shown}");
    }
    let english = eimza(["certificate", "show", &certificate("seal")]).run().output;
    let labels = |text: &str| text.lines().map(|line| line.chars().take(17).collect()).collect::<Vec<String>>();
    let same: Vec<_> = labels(&shown).into_iter().filter(|label| labels(&english).contains(label)).collect();
    assert_eq!(same, ["SHA-256          "]);
}

#[test]
fn personal_data_is_shown_where_it_is_asked_for() {
    let shown = eimza(["--json", "--show-personal-data", "certificate", "show", &certificate("nes-p256")]).one(0);
    assert_eq!(shown["national_id"], "10000000146");
    assert!(shown["subject"].as_str().unwrap().contains("10000000146"));
    let text = eimza(["certificate", "show", &certificate("nes-p256")]).run();
    assert!(text.output.contains("100******46") && !text.output.contains("10000000146"));
}

#[test]
fn several_certificates_are_several_results() {
    let call = eimza(["--json", "certificate", "show", "bundle.pem"]);
    fs::write(call.folder.join("bundle.pem"), pki::bundle_pem(&["seal", "nes-ca", "tsa"])).unwrap();
    let kinds: Vec<Value> = call.json(0).iter().map(|shown| shown["kind"].clone()).collect();
    assert_eq!(kinds, ["mali-muhur", "ca", "tsa"]);
}

#[test]
fn one_that_cannot_be_read_hides_no_other() {
    let bad = "-----BEGIN CERTIFICATE-----\nMAMCAQU=\n-----END CERTIFICATE-----\n";
    let text = [&pki::bundle_pem(&["seal"]), bad, &pki::bundle_pem(&["tsa"])].concat();
    let shown = |arguments: &[&str]| {
        let call = eimza(arguments);
        fs::write(call.folder.join("bundle.pem"), &text).unwrap();
        fs::write(call.folder.join("bad.pem"), bad).unwrap();
        call
    };
    let lines = shown(&["--json", "certificate", "show", "bundle.pem"]).json(4);
    assert_eq!((&lines[0]["kind"], &lines[2]["kind"]), (&"mali-muhur".into(), &"tsa".into()));
    assert_eq!((&lines[1]["certificate"], &lines[1]["file"]), (&2.into(), &"bundle.pem".into()));
    assert_eq!(lines[1]["error"]["name"], "asn1-malformed");
    assert!(shown(&["certificate", "show", "bundle.pem"]).run().errors.contains("Certificate 2"));
    // The same from a folder and from a file; one of which nothing can be read is refused.
    for certs in [".", "bundle.pem"] {
        let missing = shown(&["--lang", "en", "validate", "--certs", certs, "none.p7s"]).run();
        assert_eq!(missing.code, 4, "{}", missing.errors);
        assert!(missing.errors.contains("bundle.pem: 1 certificate(s) in it cannot be read"), "{}", missing.errors);
    }
    shown(&["--json", "validate", "--certs", "bad.pem", "none.p7s"]).error(2);
}

#[test]
fn what_is_no_certificate_is_unreadable_input() {
    let missing = eimza(["--json", "certificate", "show", "none.der"]).one(4);
    assert_eq!((&missing["file"], &missing["error"]["name"]), (&"none.der".into(), &"input-unreadable".into()));
    let whole = pki::certificate("nes-p256");
    for (name, octets) in [("empty", &b""[..]), ("text", b"hello"), ("cut", &whole[..whole.len() - 1])] {
        let call = eimza(["--json", "certificate", "show", name]);
        fs::write(call.folder.join(name), octets).unwrap();
        call.error(4);
    }
    let call = eimza(["--json", "certificate", "show", "."]);
    assert_eq!(call.error(4)["name"], "input-unreadable");
}

#[test]
fn modules_say_whether_they_load() {
    let call = eimza(["--json", "modules"]);
    let broken = call.folder.join("broken.so");
    fs::write(&broken, "no module").unwrap();
    let listed = call.environment("EIMZA_PKCS11_MODULE", &broken).json(0);
    let found = listed.iter().find(|module| module["path"] == broken.to_str().unwrap()).unwrap();
    assert_eq!(found["loads"], false);
    assert!(found["reason"].is_string() && found["name"].is_string());
}

#[test]
fn modules_of_one_s_own_p11_kit_configuration_are_found() {
    quirky::inside("certificate::modules_of_one_s_own_p11_kit_configuration_are_found", &[], &[], |stage| {
        let call = eimza(["--json", "modules"]);
        let configuration = call.folder.join(".config/pkcs11/modules");
        fs::create_dir_all(&configuration).unwrap();
        fs::write(configuration.join("own.module"), format!("module: {}\n", stage.module.display())).unwrap();
        fs::write(configuration.join("gone.module"), "module: /nonexistent/module.so\n").unwrap();
        let listed = call.json(0);
        let own = listed.iter().find(|module| module["path"] == stage.module.to_str().unwrap()).unwrap();
        assert_eq!((&own["loads"], &own["name"]), (&true.into(), &"fake_pkcs11".into()));
        assert!(listed.iter().all(|module| module["path"] != "/nonexistent/module.so"));
    });
}

#[test]
fn certificates_on_a_token_are_listed_without_a_pin() {
    let Some((token, _turn)) = softhsm_with("nes-rsa2048") else { return };
    let listed = eimza(["--json", "certificates", "--token", &token.uri()]).one(0);
    assert_eq!((&listed["label"], &listed["can_sign"]), (&"SIGN0".into(), &true.into()));
    assert_eq!(listed["national_id"], "100******46");
    // What the field says can be given back.
    let again = eimza(["--json", "certificates", "--token", listed["token"].as_str().unwrap()]).one(0);
    assert_eq!(again["certificate_sha256"], listed["certificate_sha256"]);
}

#[test]
fn a_token_that_is_not_there_is_the_tokens_fault() {
    let Some((token, _turn)) = softhsm_with("nes-p256") else { return };
    let absent = token.uri().replace("token=CLI", "token=NONE");
    assert_eq!(eimza(["--json", "certificates", "--token", &absent]).error(5)["name"], "token-unknown");
    let module = "pkcs11:token=A?module-path=/nonexistent/module.so";
    assert_eq!(eimza(["--json", "certificates", "--token", module]).error(5)["name"], "module-missing");
    assert_eq!(
        eimza(["--json", "certificates", "--token", "pkcs11:colour=red"]).error(2)["name"],
        "token-address-invalid"
    );
}

/// A certificate of the test PKI under its anchor, without status data.
fn validate(name: &str, more: &[&str]) -> Vec<String> {
    let words =
        ["--json", "certificate", "validate", "--trust", &certificate("root"), "--certs", &certificate("nes-ca")];
    let at = ["--at", "2026-06-15T12:00:00Z", &certificate(name)];
    words.iter().chain(&at).chain(more).map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_path_and_its_policies_are_shown() {
    let found = eimza(validate("nes-rsa2048", &["--no-revocation"])).one(0);
    let fields: Vec<&String> = found.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["indication", "sub_indication", "path", "policies"]);
    assert_eq!((&found["indication"], &found["sub_indication"]), (&"TOTAL-PASSED".into(), &Value::Null));
    assert_eq!(found["path"].as_array().unwrap().len(), 3);
    assert_eq!(found["policies"], serde_json::json!(["2.16.792.1.2.1.1.5.7.1.1"]));
    assert!(!found.to_string().contains("10000000146") && found["path"][0].as_str().unwrap().contains("100******46"));
    let demanded = ["--no-revocation", "--require-explicit-policy", "--policy-oid", "1.2.3"];
    let found = eimza(validate("nes-rsa2048", &demanded)).one(3);
    assert_eq!(
        (&found["sub_indication"], &found["policies"]),
        (&"CHAIN_CONSTRAINTS_FAILURE".into(), &serde_json::json!([]))
    );
}

#[test]
fn what_is_not_trusted_is_not_passed() {
    for (name, why) in [("nes-expired", "OUT_OF_BOUNDS_NO_POE"), ("nes-p384", "NO_CERTIFICATE_CHAIN_FOUND")] {
        let found = eimza(validate(name, &["--no-revocation"])).one(3);
        assert_eq!((&found["indication"], &found["sub_indication"]), (&"INDETERMINATE".into(), &why.into()), "{name}");
        assert_eq!(found["path"], serde_json::json!([]));
    }
    let without_status = eimza(validate("nes-rsa2048", &[])).one(3);
    assert_eq!(without_status["sub_indication"], "TRY_LATER");
}

#[test]
fn a_path_is_said_in_sentences_too() {
    let words = validate("nes-rsa2048", &["--no-revocation"]).into_iter().filter(|word| word != "--json");
    let said = eimza(words).run().output;
    assert!(said.contains("TOTAL-PASSED") && said.matches('→').count() == 3, "{said}");
    let words = validate("nes-expired", &["--no-revocation"]).into_iter().filter(|word| word != "--json");
    assert!(eimza(words).run().output.contains("certificate chain"));
}

#[test]
fn policies_and_files_of_options_are_refused_as_such() {
    assert_eq!(eimza(validate("nes-rsa2048", &["--policy-oid", "x"])).run().code, 2);
    assert_eq!(eimza(validate("nes-rsa2048", &["--certs", "absent"])).run().code, 2);
    assert_eq!(eimza(["certificate", "validate", "absent"]).run().code, 4);
}

/// Nobody has so many, and none is left out.
#[test]
fn a_thousand_certificates_of_a_token_are_listed() {
    let Some((token, _turn)) = softhsm_with("nes-p384") else { return };
    eimza_testkit::softhsm().unwrap().multiply_certificate(&token, "nes-p384", 1000);
    let listed = eimza(["certificates", "--json", "--token", &token.uri()]).json(0);
    assert_eq!(listed.len(), 1001);
    // Other tests look at the same store, and each would read them all.
    eimza_testkit::softhsm().unwrap().remove(&token);
}
