//! The facts of errors about tokens, in Turkish.

use crate::error::{AddressFault, CardOperation, Pkcs12Fault, Processor, TokenFileFault, TokenOperation};

pub(in crate::messages) fn address_fault(fault: AddressFault) -> &'static str {
    match fault {
        AddressFault::NotPkcs11 => "pkcs11: ile başlamıyor",
        AddressFault::NotFile => "file: ile başlamıyor",
        AddressFault::UnknownScheme => "ne pkcs11: ne de file: ile başlıyor",
        AddressFault::NoValue => "bir alanın değeri yok",
        AddressFault::Repeated => "bir alan iki kez verilmiş",
        AddressFault::Unknown => "bilinmeyen bir alan var",
        AddressFault::PercentAlone => "% işaretinden sonra iki onaltılık rakam yok",
        AddressFault::NotUtf8 => "bir değer UTF-8 değil",
        AddressFault::SlotNoNumber => "slot-id bir sayı değil",
        AddressFault::NoSoftwareTokens => "bu program yazılım token'ı desteği olmadan derlenmiş",
        AddressFault::NoPkcs11 => "bu program PKCS#11 desteği olmadan derlenmiş",
        AddressFault::NoSmartCards => "bu program akıllı kart desteği olmadan derlenmiş",
    }
}

pub(in crate::messages) fn token_file_fault(fault: TokenFileFault) -> &'static str {
    match fault {
        TokenFileFault::UnknownVersion => "bilinen bir sürümün token dosyası değil",
        TokenFileFault::CutShort => "yarım kalmış ya da token dosyası değil",
        TokenFileFault::Damaged => "dosya bozuk",
        TokenFileFault::IterationsOutside => "yineleme sayısı sınırların dışında",
        TokenFileFault::TriesUncountable => "deneme sayacı okunamıyor",
        TokenFileFault::FieldLength => "bir alanın uzunluğu yanlış",
        TokenFileFault::ForeignKey => "bir anahtar, sertifikasına ya da token'a ait değil",
    }
}

pub(in crate::messages) fn pkcs12_fault(fault: Pkcs12Fault) -> &'static str {
    match fault {
        Pkcs12Fault::Structure(name) => name,
        Pkcs12Fault::Version => "PFX sürümü",
        Pkcs12Fault::Unprotected => "parolayla korunmuyor",
        Pkcs12Fault::PartUnprotected => "parolayla korunmayan bir bölüm var",
    }
}

pub(in crate::messages) fn token_operation(operation: TokenOperation) -> &'static str {
    match operation {
        TokenOperation::Sign => "imzalama",
        TokenOperation::ChangePin => "PIN değiştirme",
        TokenOperation::UnblockPin => "PIN kilidini çözme",
        TokenOperation::ChangePuk => "PUK değiştirme",
        TokenOperation::PresentPin => "PIN girişi",
        TokenOperation::EntryInApplication => "PIN'in uygulamada girilmesi (PIN, okuyucunun tuş takımında girilir)",
        TokenOperation::EntryOnDevice => "PIN'in okuyucunun tuş takımında girilmesi",
        TokenOperation::SignWith(name) | TokenOperation::Call(name) => name,
    }
}

pub(in crate::messages) fn card_operation(operation: CardOperation) -> &'static str {
    match operation {
        CardOperation::Read => "okuma",
        CardOperation::VerifyPin => "PIN doğrulama",
        CardOperation::ChangePin => "PIN değiştirme",
        CardOperation::UnblockPin => "PIN kilidini çözme",
        CardOperation::ChangePuk => "PUK değiştirme",
        CardOperation::Sign => "imzalama",
    }
}

pub(in crate::messages) fn processor(processor: Processor) -> &'static str {
    match processor {
        Processor::X86 => "x86 (32 bit Intel)",
        Processor::X86_64 => "x86_64 (64 bit Intel)",
        Processor::Arm => "arm (32 bit Arm)",
        Processor::Aarch64 => "aarch64 (64 bit Arm)",
        Processor::Other => "başka bir işlemci",
    }
}
