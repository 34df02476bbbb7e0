//! What `certificate show` prints of one certificate: the fields for scripts, a page for people.

use eimza_core::certificate::{Certificate, Details, Summary};
use eimza_core::error::JsonForm;
use eimza_core::{Error, Time, messages};
use serde_json::{Map, Value};

use crate::failure::Result;
use crate::output::Output;

/// The fields for scripts: the summary, then the details.
pub(crate) fn fields(certificate: &Certificate, output: &Output) -> Result<Map<String, Value>> {
    let (summary, details) = read(certificate, output);
    let malformed = |source| Error::JsonMalformed { what: JsonForm::Summary, source };
    let pages = [serde_json::to_value(summary).map_err(malformed)?, serde_json::to_value(details).map_err(malformed)?];
    Ok(pages.into_iter().filter_map(|page| page.as_object().cloned()).flatten().collect())
}

/// A page for people: one line for each thing that is known.
pub(crate) fn text(certificate: &Certificate, output: &Output) -> String {
    let (summary, details) = read(certificate, output);
    let mut lines = Lines { output, lines: Vec::new() };
    lines.add("Subject", "Sahibi", &summary.subject.to_string());
    lines.add("Issuer", "Yayımcı", &summary.issuer.to_string());
    lines.plain("Serial number", "Seri numarası", &summary.serial);
    lines.all("Valid from", "Başlangıç", moment(summary.not_before, summary.not_before_text, output));
    lines.all("Valid until", "Bitiş", moment(summary.not_after, summary.not_after_text, output));
    lines.all("Key", "Anahtar", summary.key);
    lines.add("Kind", "Türü", messages::certificate_kind(certificate.kind(), output.language));
    lines.add("Qualified", "Nitelikli", &qualified(certificate, output));
    lines.all("National id", "T.C. kimlik no", summary.national_id);
    lines.all("Tax number", "Vergi kimlik no", summary.tax_id);
    lines.all("Renewable from", "Yenilenebilir", moment(summary.renewable_from, None, output));
    lines.plain("SHA-256", "SHA-256", &summary.certificate_sha256);
    let notes = certificate.notes().into_iter().map(|note| messages::certificate_note(note, output.language));
    lines.all("Note", "Not", notes);
    lines.details(&details);
    lines.lines.join("\n")
}

/// With national ids as the person asked for.
fn read(certificate: &Certificate, output: &Output) -> (Summary, Details) {
    if output.reveals {
        (certificate.summary().revealed(), certificate.details().revealed())
    } else {
        (certificate.summary(), certificate.details())
    }
}

/// A moment, or what stands there instead.
fn moment(time: Option<Time>, text: Option<String>, output: &Output) -> Option<String> {
    time.map(|time| messages::time(time, output.language)).or_else(|| text.map(|text| format!("? ({text})")))
}

fn qualified(certificate: &Certificate, output: &Output) -> String {
    let reasons = certificate.shortfalls();
    if reasons.is_empty() {
        return output.pick("yes (as it claims)", "evet (kendi beyanı)").to_owned();
    }
    let reasons: Vec<_> = reasons.into_iter().map(|one| messages::shortfall(one, output.language)).collect();
    format!("{} ({})", output.pick("no", "hayır"), reasons.join(", "))
}

/// Lines with a name before each value, in the person's language.
struct Lines<'a> {
    output: &'a Output,
    lines: Vec<String>,
}

impl Lines<'_> {
    /// A line with a text of somebody else.
    fn add(&mut self, english: &str, turkish: &str, value: &str) {
        self.plain(english, turkish, &self.output.shown(value));
    }

    /// A line with hexadecimal digits, of which none are a national id.
    fn plain(&mut self, english: &str, turkish: &str, value: &str) {
        self.lines.push(format!("{:<17} {value}", self.output.pick(english, turkish)));
    }

    /// A line for each value; none where there is none.
    fn all(&mut self, english: &str, turkish: &str, values: impl IntoIterator<Item = impl ToString>) {
        values.into_iter().for_each(|value| self.add(english, turkish, &value.to_string()));
    }

    fn details(&mut self, details: &Details) {
        let language = self.output.language;
        self.all("Organisation", "Kuruluş", &details.organization);
        let usage = details.key_usage.as_ref().map(|names| {
            let names: Vec<_> = names.iter().map(|name| messages::key_usage(name, language)).collect();
            names.join(", ")
        });
        self.all("Key usage", "Anahtar kullanımı", usage);
        self.all("Extended usage", "Ek kullanım", &details.extended_key_usage);
        for policy in &details.policies {
            self.add("Policy", "İlke", &policy.oid);
            self.all("  statement", "  uygulama esası", &policy.cps);
            self.all("  notice", "  bildirim", &policy.notices);
        }
        let statements = &details.statements;
        if statements.compliance {
            self.add(
                "QC statement",
                "Nitelik beyanı",
                self.output.pick("qualified certificate", "nitelikli sertifika"),
            );
        }
        self.all("QC statement", "Nitelik beyanı", &statements.turkish_nes);
        self.all("QC statement", "Nitelik beyanı", &statements.turkish_seal);
        self.all("Money limit", "Parasal sınır", statements.limit.as_ref().map(ToString::to_string));
        self.all("Usage limit", "Kullanım kısıtı", &statements.usage_limits);
        self.all("Other statement", "Başka beyan", &statements.others);
        self.all("Issuer's address", "Yayımcının adresi", &details.issuer_addresses);
        self.all("OCSP address", "OCSP adresi", &details.ocsp_addresses);
        self.all("CRL address", "CRL adresi", &details.crl_addresses);
        self.all("Unknown critical", "Bilinmeyen kritik", &details.unknown_critical_extensions);
    }
}
