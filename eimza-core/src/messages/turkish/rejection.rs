//! Onay neden kabul edilmedi: the stable names of the checks, in Turkish.

/// The reason in words. A name without a line is shown as it stands.
pub(in crate::messages) fn rejection(name: &str) -> &str {
    match name {
        "late" => "süre dolduktan sonra ulaştı",
        "record" => "onay kaydı okunamadı",
        "request" => "başka bir isteğe ait",
        "reading" => "metinlerden biri istendiği gibi gösterilip okunmadı",
        "declaration" => "işaretlenmesi zorunlu bir beyan işaretlenmedi",
        "count" => "imza sayısı metin sayısına uymuyor",
        "form" => "bir imza okunamadı ya da tek imzacılı değil",
        "signature" => "bir imza doğrulanamadı ya da istenenleri içermiyor",
        "text" => "imzalanan veri, onay metni değil",
        "binding" => "bir imza bu onay kaydına ve metne bağlı değil",
        "signing-time" => "imza zamanı, metnin okunması ile imzanın ulaşması arasında değil",
        "several-signers" => "metinlerin tümü aynı sertifikayla imzalanmadı",
        "person" => "sertifika başka bir kişiye ait",
        "certificate" => "sertifika nitelikli değil, geçerli değil ya da imza için verilmemiş",
        "issuer" => "sertifikayı veren kuruluş kabul edilmiyor",
        other => other,
    }
}
