//! What `--help` says in Turkish: each sentence of the command line beside its own, put into clap's tree as it is asked for.

use clap::{Arg, Command};

/// The same command line with Turkish help.
pub(crate) fn in_turkish(mut command: Command) -> Command {
    // Options that clap adds, and those of all commands, are there from now on.
    command.build();
    translated(command)
}

fn translated(command: Command) -> Command {
    let mut command = command.mut_args(translated_argument).subcommand_value_name("KOMUT");
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[SEÇENEKLER]");
    if let Some(about) = command.get_about().and_then(|about| turkish(&about.to_string())) {
        command = command.about(about);
    }
    let command = command.help_template("{about-with-newline}\nKullanım: {usage}\n\n{all-args}").override_usage(usage);
    command.subcommand_help_heading("Komutlar").mut_subcommands(translated)
}

fn translated_argument(argument: Arg) -> Arg {
    let heading = if argument.is_positional() { "Argümanlar" } else { "Seçenekler" };
    let help = argument.get_help().and_then(|help| turkish(&help.to_string()));
    let value = value(&argument).and_then(|name| turkish(&name));
    // The sentences name the values themselves.
    let mut argument = argument.help_heading(heading).hide_possible_values(true).hide_default_value(true);
    if let Some(help) = help {
        argument = argument.help(help);
    }
    if let Some(value) = value { argument.value_name(value) } else { argument }
}

/// The name of the value that an argument takes.
fn value(argument: &Arg) -> Option<String> {
    let names = argument.get_value_names().filter(|_| argument.get_action().takes_values());
    names?.first().map(ToString::to_string)
}

fn turkish(english: &str) -> Option<&'static str> {
    SENTENCES.iter().find(|(sentence, _)| *sentence == english).map(|(_, turkish)| *turkish)
}

/// English as it stands at the command line's own definition, and Turkish.
#[rustfmt::skip]
const SENTENCES: &[(&str, &str)] = &[
    // Commands.
    ("Turkish electronic signatures: tokens, PINs, certificates, signatures, consents",
     "Türkiye'de elektronik imza: token'lar, PIN'ler, sertifikalar, imzalar, onaylar"),
    ("Give, prove and revoke a whole E-Onay on an embedded software token and consent service",
     "Gömülü bir yazılım token'ı ve onay hizmetiyle bir E-Onayı baştan sona verir, kanıtlar, geri alır"),
    ("How many seconds a verification code is valid, 1 to 300 (default: 300)",
     "Doğrulama kodunun kaç saniye geçerli olduğu, 1 ile 300 arası (verilmezse 300)"),
    ("List card readers and the cards in them", "Kart okuyucuları ve içlerindeki kartları listeler"),
    ("Go on and tell of readers and cards that come and go", "Sürer; takılıp çıkarılan okuyucu ve kartları bildirir"),
    ("Send commands to a card that are known from one source only; they were tried on no real card",
     "Yalnızca tek kaynaktan bilinen kart komutlarına izin verir; bunlar gerçek bir kartta denenmemiştir"),
    ("The token: pkcs11:… (RFC 7512), pcsc:READER NAME or file:PATH", "Token: pkcs11:… (RFC 7512), pcsc:OKUYUCU ADI ya da file:YOL"),
    ("List the PKCS#11 modules of this machine", "Bu bilgisayardaki PKCS#11 modüllerini listeler"),
    ("List the certificates on tokens; never spends a PIN try",
     "Token'lardaki sertifikaları listeler; hiçbir PIN deneme hakkı harcamaz"),
    ("Show, export or validate a certificate", "Bir sertifikayı gösterir, dosyaya yazar ya da doğrular"),
    ("Show the certificates of a file, DER or PEM", "Bir dosyadaki sertifikaları gösterir; DER ya da PEM"),
    ("Validate one certificate: its path to a trust anchor, by the rules of RFC 5280",
     "Bir sertifikayı doğrular: RFC 5280 kurallarına göre güvenilen bir kök sertifikaya giden zinciri"),
    ("The certificate, DER or PEM; the first one of several", "Sertifika, DER ya da PEM; birden çoksa ilki"),
    ("Trust anchors: files or folders (repeatable); nothing is trusted that is not named",
     "Güvenilen kök sertifikalar: dosyalar ya da klasörler (birden çok kez verilebilir); adı verilmeyen hiçbir şeye güvenilmez"),
    ("The validation time (RFC 3339; default: now)", "Doğrulama zamanı (RFC 3339; verilmezse şimdi)"),
    ("An acceptable policy (repeatable; default: any)", "Kabul edilen bir ilke (birden çok kez verilebilir; verilmezse hepsi)"),
    ("Demand that an acceptable policy holds for the whole path",
     "Kabul edilen bir ilkenin zincirin tamamında geçerli olmasını ister"),
    ("Let no authority map policies", "Hiçbir yayımcının ilkeleri eşlemesine izin vermez"),
    ("Let anyPolicy stand for no policy", "anyPolicy'yi hiçbir ilkenin yerine saymaz"),
    ("Do not ask whether a certificate was revoked", "Sertifikaların iptal edilip edilmediğine bakmaz"),
    ("Sign a file (CAdES-BES, profile P1)", "Bir dosyayı imzalar (CAdES-BES, profil P1)"),
    ("Validate CMS and CAdES signatures", "CMS ve CAdES imzalarını doğrular"),
    ("Show what is inside of a signature, without judging", "Bir imzanın içindekileri yargılamadan gösterir"),
    ("See, change or unblock a PIN", "PIN durumunu gösterir, PIN'i değiştirir ya da kilidini çözer"),
    ("How it stands with the PIN and the PUK; spends no try",
     "PIN ve PUK'un durumunu gösterir; deneme hakkı harcamaz"),
    ("Change the PIN", "PIN'i değiştirir"),
    ("Set a new PIN with the PUK", "PUK ile yeni PIN belirler"),
    ("Change a PUK", "PUK değiştirir"),
    ("Change the PUK", "PUK'u değiştirir"),
    ("Make a software token", "Yazılım token'ı oluşturur"),
    ("Make a software token: keys from a PKCS#12 file, or a fresh test key and certificate",
     "Yazılım token'ı oluşturur: anahtarlar bir PKCS#12 dosyasından, yoksa yeni bir deneme anahtarı ve sertifikası"),
    ("Say what stands in the way", "İmzalamaya neyin engel olduğunu söyler"),
    ("Show the help of a command", "Bir komutun yardımını gösterir"),
    ("The command, such as: pin change", "Komut, örneğin: pin change"),
    // Every command.
    ("Print one JSON object per result, one line each", "Her sonucu tek satırlık bir JSON nesnesi olarak yazar"),
    ("Language of sentences: tr or en (default: from LC_ALL, LC_MESSAGES, LANG)",
     "Cümlelerin dili: tr ya da en (verilmezse LC_ALL, LC_MESSAGES, LANG değişkenlerinden)"),
    ("Show national ids in clear instead of 111******11", "T.C. kimlik numaralarını 111******11 yerine açık gösterir"),
    ("Print help", "Yardımı yazar"),
    ("Print version", "Sürümü yazar"),
    // Tokens and secrets.
    ("The token: pkcs11:… (RFC 7512), pcsc:READER NAME or file:PATH (default: every token with a certificate)",
     "Token: pkcs11:… (RFC 7512), pcsc:OKUYUCU ADI ya da file:YOL (verilmezse sertifikası olan her token)"),
    ("Spend the last try (of a key's own PIN too), or one of which nobody can tell how many are left",
     "Son deneme hakkını (anahtarın kendi PIN'ininkini de) harcar; kaç hak kaldığı bilinmiyorsa da bir hak harcar"),
    ("Where the key's own PIN comes from, for a key that has one beside the token's",
     "Anahtarın kendi PIN'inin kaynağı; token'ınkinden başka kendi PIN'i olan anahtarlar için"),
    (
        "Send a PIN of whatever form: of another length than the token announces, of 15 digits …",
        "Biçimi ne olursa olsun PIN'i gönderir: uzunluğu token'ın bildirdiğine uymayan, 15 haneli …",
    ),
    ("Where the PIN comes from: env:NAME, fd:N, file:PATH (default: a hidden prompt)",
     "PIN'in kaynağı: env:AD, fd:N, file:YOL (verilmezse, yazılan gösterilmeden sorulur)"),
    ("Where the present PIN comes from: env:NAME, fd:N, file:PATH (default: a hidden prompt)",
     "Şimdiki PIN'in kaynağı: env:AD, fd:N, file:YOL (verilmezse, yazılan gösterilmeden sorulur)"),
    ("Where the new PIN comes from", "Yeni PIN'in kaynağı"),
    ("Where the PUK comes from: env:NAME, fd:N, file:PATH (default: a hidden prompt)",
     "PUK'un kaynağı: env:AD, fd:N, file:YOL (verilmezse, yazılan gösterilmeden sorulur)"),
    ("Where the present PUK comes from: env:NAME, fd:N, file:PATH (default: a hidden prompt)",
     "Şimdiki PUK'un kaynağı: env:AD, fd:N, file:YOL (verilmezse, yazılan gösterilmeden sorulur)"),
    ("Where the new PUK comes from", "Yeni PUK'un kaynağı"),
    ("The token's file; what is there already is never written over",
     "Token'ın dosyası; var olan bir dosyanın üzerine asla yazılmaz"),
    ("A PKCS#12 file to take the keys and certificates from", "Anahtarların ve sertifikaların alınacağı PKCS#12 dosyası"),
    ("Where the password of the PKCS#12 file comes from: env:NAME, fd:N, file:PATH (default: a hidden prompt)",
     "PKCS#12 dosyasının parolasının kaynağı: env:AD, fd:N, file:YOL (verilmezse, yazılan gösterilmeden sorulur)"),
    ("Where the token's PIN comes from", "Token'ın PIN'inin kaynağı"),
    ("Where the token's PUK comes from", "Token'ın PUK'unun kaynağı"),
    ("Also write a revocation list (CRL) of the test key's issuer, for other validators: PEM, or DER where the name ends in .crl or .der",
     "Deneme sertifikasının yayımcısına ait SİL'i (CRL) de başka doğrulama programları için yazar: PEM; adı .crl ya da .der ile bitiyorsa DER"),
    // Signing.
    ("The file to sign", "İmzalanacak dosya"),
    ("Where the signature goes", "İmzanın yazılacağı yer"),
    ("The certificate, where several fit: its SHA-256, its subject or its common name",
     "Birden çok sertifika uyuyorsa hangisi: SHA-256 özeti, sahip bilgisinin tamamı ya da yalnızca ad (CN)"),
    ("Leave the content out of the signature", "İçeriği imzanın dışında bırakır"),
    ("BTK profile: p1 (p2, p3 and p4 come with a later version)",
     "BTK profili: p1 (p2, p3 ve p4 sonraki bir sürümle gelecek)"),
    ("CAdES level: b (t, lt and lta come with a later version)",
     "CAdES düzeyi: b (t, lt ve lta sonraki bir sürümle gelecek)"),
    ("The digest: sha256, sha384 or sha512 (default: fitting the key)",
     "Özet: sha256, sha384 ya da sha512 (verilmezse anahtara uyanı)"),
    ("RSA-PSS instead of PKCS#1 v1.5", "PKCS#1 v1.5 yerine RSA-PSS"),
    ("Put the signer's chain into the signature: from --certs, else from the token",
     "İmzacının zincirini imzaya koyar: --certs verilmişse oradan, verilmemişse token'dan"),
    ("What the content is, for programs: its MIME type, such as text/plain",
     "İçeriğin programlar için ne olduğu: MIME türü, örneğin text/plain"),
    ("What the content is, for people", "İçeriğin insanlar için ne olduğu"),
    ("Take the content out of a signature, without judging", "Bir imzanın içeriğini yargılamadan çıkarır"),
    ("Where the content goes", "İçeriğin yazılacağı yer"),
    ("Write a token's certificate into a file; never spends a PIN try",
     "Token'daki bir sertifikayı dosyaya yazar; hiçbir PIN deneme hakkı harcamaz"),
    ("Put the chain that the token holds behind it", "Token'daki zinciri arkasına ekler"),
    ("Where the certificate goes: PEM, or DER where the name ends in .der",
     "Sertifikanın yazılacağı yer: PEM; adı .der ile bitiyorsa DER"),
    ("Certificates for --chain, DER or PEM, or a folder of them (repeatable)",
     "--chain için sertifikalar, DER ya da PEM, ya da bunların klasörü (birden çok kez verilebilir)"),
    ("What the signer commits to: approval, origin, receipt or creation",
     "İmzacının taahhüdü: approval, origin, receipt ya da creation"),
    ("The signing time, for tests (RFC 3339; default: now)", "İmza zamanı, denemeler için (RFC 3339; verilmezse şimdi)"),
    ("Take a certificate that is expired, not yet valid or not meant for signing",
     "Süresi dolmuş, süresi henüz başlamamış ya da imza için verilmemiş bir sertifikayı da kabul eder"),
    // Validating.
    ("The file", "Dosya"),
    ("The signature, DER, BER, PEM or base64", "İmza; DER, BER, PEM ya da base64"),
    ("The signatures, each DER, BER, PEM or base64", "İmzalar; her biri DER, BER, PEM ya da base64"),
    ("The signed content of every detached signature", "Bütün ayrık imzalar için imzalanan içerik"),
    ("Trust anchors for signers and time-stamps (repeatable); nothing is trusted that is not named",
     "İmzacılar ve zaman damgaları için güvenilen kök sertifikalar (birden çok kez verilebilir); adı verilmeyen hiçbir şeye güvenilmez"),
    ("Trust anchors for signers only (repeatable)", "Yalnızca imzacılar için güvenilen kök sertifikalar (birden çok kez verilebilir)"),
    ("Trust anchors for time-stamps only (repeatable)",
     "Yalnızca zaman damgaları için güvenilen kök sertifikalar (birden çok kez verilebilir)"),
    ("A SertifikaDeposu.xml: only entries in the built-in table or named by --pin-sha256",
     "Bir SertifikaDeposu.xml; yalnızca yerleşik tabloda olan ya da --pin-sha256 ile verilen kayıtlar alınır"),
    ("The SHA-256 of an entry of --trust-store that is trusted for everything (repeatable)",
     "--trust-store içindeki bir kaydın SHA-256 özeti; her amaç için güvenilir (birden çok kez verilebilir)"),
    ("The built-in table of Turkish roots, each for its purpose",
     "Yerleşik Türkiye kök sertifikaları tablosu; her biri kendi amacı için"),
    ("Further certificates for paths, not trusted (repeatable)",
     "Zinciri kurmak için ek sertifikalar; bunlara güvenilmez (birden çok kez verilebilir)"),
    ("CRLs in DER or PEM (repeatable); a folder means every file in it",
     "DER ya da PEM SİL'ler (CRL) (birden çok kez verilebilir); klasör verilirse içindeki her dosya"),
    ("OCSP responses in DER or PEM (repeatable); a folder means every file in it",
     "DER ya da PEM ÇİSDuP (OCSP) yanıtları (birden çok kez verilebilir); klasör verilirse içindeki her dosya"),
    ("The caller's own proof that the file existed then, such as an archive's record (RFC 3339)",
     "Dosyanın o zaman var olduğuna ilişkin sizin kanıtınız, örneğin bir arşiv kaydı (RFC 3339)"),
    ("The validation time (RFC 3339; default: now)", "Doğrulama zamanı (RFC 3339; verilmezse şimdi)"),
    ("Fetch nothing: the default", "Hiçbir şey indirmez (varsayılan)"),
    ("The rules: generic, tr-nes (the default): a Turkish qualified certificate, and counter-signatures count; or one's own (TOML)",
     "Kurallar: generic, tr-nes (verilmezse tr-nes) ya da kendi kurallarınız (TOML); tr-nes nitelikli elektronik sertifika ister, karşı imzaları da karara katar"),
    ("What tr-nes lets pass besides: seal, usage-limit", "tr-nes ile ayrıca kabul edilecekler: seal, usage-limit"),
    ("Demand this BTK profile: p1, p2, p3 or p4", "Bu BTK profilini şart koşar: p1, p2, p3 ya da p4"),
    ("Also write a report: json=PATH or text=PATH; with several signatures PATH is a folder",
     "Rapor da yazar: json=YOL ya da text=YOL; birden çok imzada YOL bir klasördür"),
    // What values are called.
    ("ADDRESS", "ADRES"),
    ("COMMAND", "KOMUT"),
    ("COMMITMENT", "TAAHHÜT"),
    ("DIGEST", "ÖZET"),
    ("FILE", "DOSYA"),
    ("FORMAT=PATH", "BİÇİM=YOL"),
    ("HASH", "ÖZET"),
    ("LEVEL", "DÜZEY"),
    ("OUT", "ÇIKTI"),
    ("P12", "P12"),
    ("PATH", "YOL"),
    ("PROFILE", "PROFİL"),
    ("SHA256|SUBJECT", "SHA256|SAHİP"),
    ("CERTIFICATE", "SERTİFİKA"),
    ("OID", "OID"),
    ("SIGNATURE", "İMZA"),
    ("SIGNATURES", "İMZALAR"),
    ("SOURCE", "KAYNAK"),
    ("TEXT", "METİN"),
    ("SECONDS", "SANİYE"),
    ("TIME", "ZAMAN"),
    ("TYPE", "TÜR"),
    ("WHAT", "NE"),
    ("generic|tr-nes|FILE", "generic|tr-nes|DOSYA"),
    ("tr|en", "tr|en"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;
    use crate::arguments::Arguments;

    /// Every sentence and name of a value that can be seen below this command.
    fn sentences(command: &Command, found: &mut BTreeSet<String>) {
        found.insert(command.get_about().map(ToString::to_string).unwrap_or_default());
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            found.insert(argument.get_help().map(ToString::to_string).unwrap_or_default());
            found.extend(value(argument));
        }
        command.get_subcommands().filter(|command| !command.is_hide_set()).for_each(|below| sentences(below, found));
    }

    #[test]
    fn every_sentence_has_a_turkish_one_and_none_is_left() {
        let mut english = Arguments::command();
        english.build();
        let (mut found, mut left) = (BTreeSet::new(), BTreeSet::new());
        sentences(&english, &mut found);
        let known: BTreeSet<String> = SENTENCES.iter().map(|(english, _)| (*english).to_owned()).collect();
        assert_eq!(found, known);
        sentences(&in_turkish(Arguments::command()), &mut left);
        let turkish: BTreeSet<String> = SENTENCES.iter().map(|(_, turkish)| (*turkish).to_owned()).collect();
        assert_eq!(left, turkish);
    }

    /// What clap adds by itself is English.
    #[test]
    fn nothing_that_clap_adds_is_left() {
        fn check(command: &mut Command) {
            let said = command.render_help().to_string();
            assert!(!said.contains("[default") && !said.contains("[possible") && !said.contains("Usage"), "{said}");
            command.get_subcommands_mut().for_each(check);
        }
        check(&mut in_turkish(Arguments::command()));
    }
}
