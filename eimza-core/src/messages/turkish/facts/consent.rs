//! The facts of errors about consents, in Turkish.

use crate::error::{MissingStep, ReceiptPart, RecordPart, Refusal, Rejection};

pub(in crate::messages) fn missing_step(step: MissingStep) -> &'static str {
    match step {
        MissingStep::Show => "önce metin gösterilmelidir",
        MissingStep::Read => "önce her metin okunmalıdır",
        MissingStep::PrepareAgain => "hazırlananlar değişti, yeniden hazırlanmalıdır",
        MissingStep::Sign => "önce metinler imzalanmalıdır",
        MissingStep::SignedAlready => "onay zaten imzalandı, yalnızca gönderilmesi kaldı",
        MissingStep::SubmittedAlready => "onay gönderildi, durumu sorgulanmalıdır",
        MissingStep::ReceivedAlready => "onay zaten teslim alındı, durumu sorgulanmalıdır",
        MissingStep::AcceptedAlready => "onay zaten kabul edildi, başka bir onay için yeni kod gerekir",
        MissingStep::GivenAlready => "onay zaten verilmiş, sona erdirmek için geri alma kodu gerekir",
    }
}

pub(in crate::messages) fn record_part(part: RecordPart) -> &'static str {
    match part {
        RecordPart::Session => "oturum",
        RecordPart::Nonce => "rastgele sayı",
        RecordPart::Person => "kişi",
        RecordPart::Texts => "onay metinleri",
        RecordPart::Documents => "belgeler",
        RecordPart::Declarations => "onaylanacak beyanlar",
        RecordPart::Revokes => "geri alınan onay",
        RecordPart::LeastReadingSeconds => "en kısa okuma süresi",
        RecordPart::Version => "sürüm",
        RecordPart::Form => "biçim",
    }
}

pub(in crate::messages) fn receipt_part(part: ReceiptPart) -> &'static str {
    match part {
        ReceiptPart::Seal => "mühürleme",
        ReceiptPart::Signers => "imzacı sayısı",
        ReceiptPart::Signature => "imza",
        ReceiptPart::Service => "hizmet",
        ReceiptPart::Content => "içerik",
        ReceiptPart::Form => "biçim",
        ReceiptPart::Schema => "şema",
        ReceiptPart::Masked => "kişisel verileri maskelenmiş",
        ReceiptPart::Record => "onay kaydı",
        ReceiptPart::Ticked => "işaretlenen beyanlar",
        ReceiptPart::Digests => "özet değerleri",
        ReceiptPart::Moments => "zamanlar",
        ReceiptPart::Request => "istek",
        ReceiptPart::Signatures => "imzalar",
        ReceiptPart::Acceptance => "kabul",
        ReceiptPart::Revocation => "geri alma notu",
        ReceiptPart::Revokes => "geri alınan onay",
        ReceiptPart::Way => "onayın verilme yolu",
    }
}

pub(in crate::messages) fn rejection(rejection: Rejection) -> &'static str {
    match rejection {
        Rejection::Late => "süre dolduktan sonra ulaştı",
        Rejection::Record => "onay kaydı okunamadı",
        Rejection::Request => "başka bir isteğe ait",
        Rejection::Reading => "metinlerden biri istendiği gibi gösterilip okunmadı",
        Rejection::Declaration => "işaretlenmesi zorunlu bir beyan işaretlenmedi",
        Rejection::Count => "imza sayısı metin sayısına uymuyor",
        Rejection::Form => "bir imza okunamadı ya da tek imzacılı değil",
        Rejection::Signature => "bir imza doğrulanamadı ya da istenenleri içermiyor",
        Rejection::Text => "imzalanan veri, onay metni değil",
        Rejection::Binding => "bir imza bu onay kaydına ve metne bağlı değil",
        Rejection::SigningTime => "imza zamanı, metnin okunması ile imzanın ulaşması arasında değil",
        Rejection::SeveralSigners => "metinlerin tümü aynı sertifikayla imzalanmadı",
        Rejection::Person => "sertifika başka bir kişiye ait",
        Rejection::Certificate => "sertifika nitelikli değil, geçerli değil ya da imza için verilmemiş",
        Rejection::Issuer => "sertifikanın zinciri kabul edilen bir köke ulaşmıyor",
        Rejection::Revoked => "sertifika ya da zincirdeki bir yayımcının sertifikası iptal edilmiş",
    }
}

/// What a service says ends with a full stop or not; the sentence around it brings its own.
pub(in crate::messages) fn refusal(refusal: &Refusal) -> &str {
    match refusal {
        Refusal::Said(text) => text.trim_end_matches(['.', ' ']),
        Refusal::Unexplained => "uygulamanın kendi hizmeti böyle bildiriyor",
        Refusal::SealUnusable => "hizmetin mührü şu anda imza atamıyor",
    }
}
