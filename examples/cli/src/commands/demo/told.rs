//! What is told at each step: a line of JSON for scripts, sentences for people.

use std::time::Duration;

use eimza_core::consent::{ConsentSession, ConsentText, Issued, Purpose, Receipt, SignedConsent, Verdict};
use eimza_core::crypto::DigestAlgorithm;
use eimza_core::error::JsonForm;
use eimza_core::token::{Token, TokenCertificate};
use eimza_core::{Result, Time, messages};
use serde_json::{Value, json};

use super::stage::Stage;
use crate::output::Output;

/// `4:59`
pub(super) fn countdown(left: Duration) -> String {
    format!("{}:{:02}", left.as_secs() / 60, left.as_secs() % 60)
}

pub(super) fn welcome(stage: &Stage, output: &Output) {
    let name = &stage.person.name;
    output.say(
        format!(
            "An E-Onay from beginning to end, for {name}. Token and service live in this process; nothing is real."
        ),
        format!("Baştan sona bir E-Onay, kişi: {name}. Token ve hizmet bu sürecin içinde; hiçbir şey gerçek değil."),
    );
}

pub(super) fn code(issued: &Issued, now: Time, output: &Output) {
    let digits = String::from_utf8_lossy(issued.code.expose()).into_owned();
    let groups: Vec<&str> = (0..digits.len()).step_by(5).filter_map(|at| digits.get(at..at + 5)).collect();
    let left = now.until(issued.expires_at);
    let json = json!({ "step": "code", "code": digits, "expires_at": issued.expires_at, "seconds": left.as_secs() });
    output.result(&json, || {
        let (code, left) = (groups.join(" "), countdown(left));
        output.pick(
            format!("\nVerification code of the portal: {code}   valid for {left}"),
            format!("\nPortalın doğrulama kodu: {code}   kalan süre {left}"),
        )
    });
}

pub(super) fn opened(session: &ConsentSession, output: &Output) {
    let request = session.request();
    let documents: Vec<Value> = request
        .documents
        .iter()
        .map(|document| json!({ "name": document.name, "version": document.version, "sha256": document.sha256 }))
        .collect();
    let json = json!({
        "step": "opened",
        "purpose": request.purpose,
        "kind": request.kind,
        "service": request.service,
        "seconds": session.remaining().as_secs(),
        "documents": documents,
    });
    let left = countdown(session.remaining());
    output.result(&json, || {
        let (english, turkish) = match request.purpose {
            Purpose::Consent => ("asks for an E-Onay", "bir E-Onay istiyor"),
            Purpose::Revocation => ("asks to confirm the revocation", "geri almanın onaylanmasını istiyor"),
        };
        format!("“{}” {}   ({left})", request.service, output.pick(english, turkish))
    });
    for document in &request.documents {
        let line = format!("  {} v{}  SHA-256 {}", document.name, document.version, document.sha256);
        output.say(&line, &line);
    }
}

pub(super) fn text(text: &ConsentText, output: &Output) {
    let json = json!({ "step": "shown", "title": text.title(), "text": text.body(), "sha256": text.sha256().to_hex() });
    output.result(&json, || {
        let body: Vec<String> = text.body().lines().map(|line| format!("  │ {line}")).collect();
        format!("\n  ┌ {}\n{}\n  └ SHA-256 {}\n", text.title(), body.join("\n"), text.sha256().to_hex())
    });
}

pub(super) fn read(number: usize, read_at: Time, left: Duration, output: &Output) {
    let json = json!({ "step": "read", "text": number, "read_at": read_at, "seconds": left.as_secs() });
    let left = countdown(left);
    output.result(&json, || {
        output.pick(format!("Read at {read_at}   ({left})"), format!("Okundu: {read_at}   ({left})"))
    });
}

pub(super) fn declaration(session: &ConsentSession, number: usize, output: &Output) {
    let Some(declaration) = session.request().declarations.get(number) else { return };
    let json = json!({ "step": "ticked", "declaration": declaration.text });
    output.result(&json, || format!("[x] {}", declaration.text));
}

/// The person's certificates, and for each whether it can sign here.
pub(super) fn certificates(session: &ConsentSession, token: &Token, output: &Output) -> Result<()> {
    let own = token.certificates()?.of_person(&session.request().person.national_id);
    output.say("\nCertificates on the token:", "\nToken'daki sertifikalar:");
    for (number, found) in own.iter().enumerate() {
        let certificate = &found.certificate;
        let name = certificate.subject();
        let subject = if output.reveals { name.reveal() } else { name.to_string() };
        let unfit = session.check_signer(certificate).err();
        let json = json!({
            "step": "certificate",
            "subject": subject,
            "not_after": certificate.not_after(),
            "certificate_sha256": certificate.sha256().to_hex(),
            "fits": unfit.is_none(),
            "reason": unfit.as_ref().map(|error| error.name()),
        });
        output.result(&json, || {
            let reason = unfit.map(|error| format!(" — {}", error.sentence(output.language).happened));
            format!("  {}. {subject}{}", number + 1, reason.unwrap_or_default())
        });
    }
    Ok(())
}

pub(super) fn chosen(signer: &TokenCertificate, output: &Output) {
    let sha256 = signer.certificate.sha256().to_hex();
    let json = json!({ "step": "chosen", "certificate_sha256": sha256 });
    output.result(&json, || output.pick(format!("Chosen: SHA-256 {sha256}"), format!("Seçilen: SHA-256 {sha256}")));
}

pub(super) fn signed(signed: &SignedConsent, left: Duration, output: &Output) {
    let digests: Vec<String> =
        signed.signatures().iter().map(|file| DigestAlgorithm::Sha256.digest(file).to_hex()).collect();
    let json = json!({ "step": "signed", "signed_at": signed.signed_at(), "signatures_sha256": digests });
    let left = countdown(left);
    output.result(&json, || {
        let at = signed.signed_at();
        output.pick(
            format!("Signed at {at} (CAdES-BES, P1)   ({left})"),
            format!("İmzalandı: {at} (CAdES-BES, P1)   ({left})"),
        )
    });
}

/// What the receiving side found, and by which data.
pub(super) fn judged(receipt: &Receipt, output: &Output) {
    let verdict = receipt.verdict();
    let step = if receipt.is_accepted() { "accepted" } else { "received" };
    let json = json!({
        "step": step,
        "received_at": receipt.received_at(),
        "accepted_at": receipt.accepted_at(),
        "verdict": verdict,
    });
    output.result(&json, || match verdict {
        Some(verdict) if receipt.is_accepted() => accepted(verdict, output),
        Some(verdict) => received(verdict, output),
        None => String::new(),
    });
}

fn accepted(verdict: &Verdict, output: &Output) -> String {
    let data = verdict.crls_sha256.iter().map(|sha256| format!("\n  CRL    {sha256}"));
    let data: String = data.chain(verdict.ocsps_sha256.iter().map(|sha256| format!("\n  OCSP   {sha256}"))).collect();
    let anchor = verdict.anchor_sha256.as_deref().unwrap_or("-");
    let (indication, policy) = (verdict.indication, &verdict.policy);
    let level = json!(verdict.level);
    let level = level.as_str().unwrap_or_default();
    output.pick(
        format!(
            "Accepted by the receiving side: {indication} ({policy}, {level}). By these, SHA-256:\n  anchor {anchor}{data}"
        ),
        format!("Alıcı taraf kabul etti: {indication} ({policy}, {level}). Dayanakları, SHA-256:\n  kök    {anchor}{data}"),
    )
}

fn received(verdict: &Verdict, output: &Output) -> String {
    let reasons = verdict.missing.iter().map(|missing| messages::check_reason(missing.reason, output.language));
    let reasons = reasons.collect::<Vec<_>>().join("; ");
    let why = verdict.sub_indication.map(|why| format!(" / {}", why.name())).unwrap_or_default();
    let indication = verdict.indication;
    output.pick(
        format!("Received, not accepted yet: {indication}{why}: {reasons}."),
        format!("Teslim alındı, henüz kabul edilmedi: {indication}{why}: {reasons}."),
    )
}

pub(super) fn published(output: &Output) {
    output.result(&json!({ "step": "published" }), || {
        output.pick(
            "The issuer publishes its CRL and OCSP answers; the service judges again.",
            "Sertifika yayımcısı iptal listesini (SİL) ve ÇİSDuP yanıtlarını yayımlıyor; hizmet yeniden değerlendiriyor.",
        )
        .to_owned()
    });
}

/// The result, as `consent give` will tell it, and the receipt.
pub(super) fn given(receipt: &Receipt, output: &Output) -> Result<()> {
    let display = receipt.display()?;
    result("given", receipt, &display, output)?;
    output.say(format!("\nE-Onay given. Receipt:\n{display}"), format!("\nE-Onay verildi. Alındı belgesi:\n{display}"));
    Ok(())
}

pub(super) fn already_given(since: Time, output: &Output) {
    let json = json!({ "state": "already-given", "since": since, "receipt": null });
    output.result(&json, || {
        output.pick(
            format!("\nAsked again: an E-Onay stands already, since {since}."),
            format!("\nYeniden istendi: {since} tarihinden beri geçerli bir E-Onay var."),
        )
    });
}

pub(super) fn revoked(receipt: &Receipt, output: &Output) -> Result<()> {
    result("revoked", receipt, &receipt.display()?, output)?;
    if let Some(since) = receipt.accepted_at() {
        output.say(format!("E-Onay revoked since {since}."), format!("E-Onay {since} itibarıyla geri alındı."));
    }
    Ok(())
}

fn result(state: &str, receipt: &Receipt, display: &str, output: &Output) -> Result<()> {
    if output.json {
        let receipt_json: Value = serde_json::from_str(display)
            .map_err(|source| eimza_core::Error::JsonMalformed { what: JsonForm::Receipt, source })?;
        output.result(&json!({ "state": state, "since": receipt.accepted_at(), "receipt": receipt_json }), String::new);
    }
    Ok(())
}
