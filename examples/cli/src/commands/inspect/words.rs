//! The names of an inspection in Turkish: fields, attributes and what else has a stable name.

use eimza_core::certificate::{Kind, Note};
use eimza_core::validation::Reason;
use eimza_core::{Language, messages};

/// The name of a field. One without a line is shown as it stands.
pub(super) fn label(name: &str) -> &str {
    match name {
        "file" => "dosya",
        "encoding" => "kodlama",
        "size" => "boyut",
        "padding" => "sondaki sıfırlar",
        "version" => "sürüm",
        "content_type" => "içerik türü",
        "oid" => "tanımlayıcı",
        "name" => "ad",
        "attached" => "içerik imzada",
        "content_size" => "içerik boyutu",
        "digest_algorithms" => "özet algoritmaları",
        "signers" => "imzacılar",
        "id" => "no",
        "parent" => "karşı imzaladığı",
        "issuer" => "yayımcı",
        "serial" => "seri numarası",
        "key_identifier" => "anahtar tanımlayıcısı",
        "digest_algorithm" => "özet algoritması",
        "signature_algorithm" => "imza algoritması",
        "signature_size" => "imza boyutu",
        "signed_attributes" => "imzalı öznitelikler",
        "unsigned_attributes" => "imzasız öznitelikler",
        "values" => "değer sayısı",
        "text" => "değer",
        "tsa" => "zaman damgası hizmeti",
        "policy" => "ilke",
        "imprint" => "damgalanan özet",
        "algorithm" => "algoritma",
        "digest" => "özet",
        "time_stamps" => "zaman damgaları",
        "attribute" => "öznitelik",
        "time" => "zaman",
        "certificates" => "sertifikalar",
        "other_certificates" => "başka türden sertifikalar",
        "revocation_data" => "iptal bilgisi",
        "format" => "biçim",
        "produced_at" => "imzalandığı zaman",
        "this_update" => "güncelleme",
        "next_update" => "sonraki güncelleme",
        "entries" => "kayıt sayısı",
        "revocation_values" => "imzadaki iptal bilgisi",
        "subject" => "sahibi",
        "not_before" => "başlangıç",
        "not_after" => "bitiş",
        "key" => "anahtar",
        "kind" => "türü",
        "qualified" => "nitelikli (kendi beyanı)",
        "qualified_reasons" => "neden değil",
        "national_id" => "T.C. kimlik no",
        "tax_id" => "vergi kimlik no",
        "certificate_sha256" => "sertifikanın SHA-256 özeti",
        "renewable_from" => "yenilenebilir",
        "not_before_text" => "başlangıç yerine yazan",
        "not_after_text" => "bitiş yerine yazan",
        "notes" => "notlar",
        other => other,
    }
}

/// A value that has a stable name. Any other is shown as it stands.
pub(super) fn value(field: &str, name: &str) -> String {
    match field {
        "name" | "attribute" => identifier(name).to_owned(),
        "kind" => kind(name).to_owned(),
        "qualified_reasons" => reason(name).to_owned(),
        "notes" => note(name).to_owned(),
        "format" => format(name).to_owned(),
        "text" => commitment(name).to_owned(),
        "signature_algorithm" => name.replace(" with ", ", "),
        _ => name.to_owned(),
    }
}

fn format(name: &str) -> &str {
    match name {
        "crl" => "SİL (CRL)",
        "ocsp" => "ÇİSDuP (OCSP)",
        other => other,
    }
}

fn kind(name: &str) -> &str {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
    kind.map_or(name, |kind| messages::certificate_kind(kind, Language::Turkish))
}

fn reason(name: &str) -> &str {
    Reason::from_name(name).map_or(name, |reason| messages::check_reason(reason, Language::Turkish))
}

fn note(name: &str) -> &str {
    let note = Note::ALL.into_iter().find(|note| note.name() == name);
    note.map_or(name, |note| messages::certificate_note(note, Language::Turkish))
}

/// The value of a commitment; every other text stays as it is.
fn commitment(text: &str) -> &str {
    match text {
        "origin" => "kaynak",
        "receipt" => "alındı",
        "delivery" => "teslim",
        "sender" => "gönderen",
        "approval" => "onay",
        "creation" => "oluşturma",
        other => other,
    }
}

/// Attributes and types of content.
fn identifier(name: &str) -> &str {
    match name {
        "data" => "veri",
        "signed-data" => "imzalı veri",
        "tst-info" => "zaman damgası bilgisi",
        "content-type" => "içerik türü",
        "message-digest" => "içeriğin özeti",
        "signing-time" => "imza zamanı",
        "counter-signature" => "karşı imza",
        "cms-algorithm-protection" => "algoritma koruması",
        "smime-capabilities" => "S/MIME yetenekleri",
        "content-hints" => "içerik açıklaması",
        "content-identifier" => "içerik tanımlayıcısı",
        "content-reference" => "başka bir içeriğe referans",
        "signing-certificate" => "sertifika referansı (SHA-1)",
        "signing-certificate-v2" => "sertifika referansı",
        "signature-time-stamp" => "imza zaman damgası",
        "signature-policy-identifier" => "imza politikası",
        "commitment-type-indication" => "taahhüt türü",
        "signer-location" => "imza yeri",
        "signer-attributes" => "imzacının öznitelikleri",
        "signer-attributes-v2" => "imzacının öznitelikleri (sürüm 2)",
        "content-time-stamp" => "içerik zaman damgası",
        "complete-certificate-references" => "zincirdeki sertifikaların referansları",
        "complete-revocation-references" => "iptal bilgisi referansları",
        "certificate-values" => "zincirdeki sertifikalar",
        "revocation-values" => "iptal bilgisi",
        "cades-c-time-stamp" => "CAdES-C zaman damgası",
        "time-stamped-certs-crls-references" => "referansların zaman damgası",
        "archive-time-stamp-v1" => "arşiv zaman damgası (sürüm 1)",
        "archive-time-stamp-v2" => "arşiv zaman damgası (sürüm 2)",
        "archive-time-stamp-v3" => "arşiv zaman damgası (sürüm 3)",
        "attribute-certificate-references" => "öznitelik sertifikalarının referansları",
        "attribute-revocation-references" => "öznitelik sertifikalarının iptal bilgisi referansları",
        "evidence-record-internal" => "kanıt kaydı (içeride)",
        "evidence-record-external" => "kanıt kaydı (dışarıda)",
        "mime-type" => "MIME türü",
        "long-term-validation" => "uzun dönem doğrulama",
        "ats-hash-index" => "arşiv zaman damgasının özet dizini",
        "ats-hash-index-v3" => "arşiv zaman damgasının özet dizini (sürüm 3)",
        "signature-policy-store" => "imza politikasının kendisi",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use eimza_core::cms;
    use serde_json::Value;

    use super::*;

    /// Names of fields, and stable names that stand in fields of names.
    fn collect(value: &Value, fields: &mut BTreeSet<String>, names: &mut BTreeSet<String>) {
        match value {
            Value::Object(below) => {
                for (field, value) in below {
                    fields.insert(field.clone());
                    if matches!(field.as_str(), "name" | "attribute") {
                        names.extend(value.as_str().map(str::to_owned));
                    }
                    collect(value, fields, names);
                }
            }
            Value::Array(members) => members.iter().for_each(|member| collect(member, fields, names)),
            _ => {}
        }
    }

    #[test]
    fn every_field_and_name_that_files_lead_to_is_turkish() {
        let (mut fields, mut names) = (BTreeSet::new(), BTreeSet::new());
        for case in eimza_testkit::cms::cases() {
            let Ok(inspection) = cms::inspect(&case.signature) else { continue };
            collect(&serde_json::to_value(&inspection).unwrap(), &mut fields, &mut names);
        }
        assert!(fields.len() > 30 && names.len() > 10, "{fields:?} {names:?}");
        let without = fields
            .iter()
            .filter(|field| label(field) == *field)
            .chain(names.iter().filter(|name| identifier(name) == *name));
        assert_eq!(without.collect::<Vec<_>>(), Vec::<&String>::new());
    }
}
