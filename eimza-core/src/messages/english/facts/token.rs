//! The facts of errors about tokens.

use crate::error::{AddressFault, CardOperation, Pkcs12Fault, Processor, TokenFileFault, TokenOperation};

pub(in crate::messages) fn address_fault(fault: AddressFault) -> &'static str {
    match fault {
        AddressFault::NotPkcs11 => "it does not begin with pkcs11:",
        AddressFault::NotFile => "it does not begin with file:",
        AddressFault::UnknownScheme => "it begins neither with pkcs11: nor with file:",
        AddressFault::NoValue => "an attribute has no value",
        AddressFault::Repeated => "an attribute is there twice",
        AddressFault::Unknown => "an attribute is not known",
        AddressFault::PercentAlone => "% is not followed by two hexadecimal digits",
        AddressFault::NotUtf8 => "a value is not UTF-8",
        AddressFault::SlotNoNumber => "slot-id is not a number",
        AddressFault::NoSoftwareTokens => "this program was built without software tokens",
        AddressFault::NoPkcs11 => "this program was built without PKCS#11",
        AddressFault::NoSmartCards => "this program was built without smart cards",
    }
}

pub(in crate::messages) fn token_file_fault(fault: TokenFileFault) -> &'static str {
    match fault {
        TokenFileFault::UnknownVersion => "it is no token file of a version that is known here",
        TokenFileFault::CutShort => "it is cut short or not a token file",
        TokenFileFault::Damaged => "it is damaged",
        TokenFileFault::IterationsOutside => "its number of iterations is outside of the limits",
        TokenFileFault::TriesUncountable => "its tries are not countable",
        TokenFileFault::FieldLength => "a field has the wrong length",
        TokenFileFault::ForeignKey => "a key does not belong to its certificate or token",
    }
}

pub(in crate::messages) fn pkcs12_fault(fault: Pkcs12Fault) -> &'static str {
    match fault {
        Pkcs12Fault::Structure(name) => name,
        Pkcs12Fault::Version => "PFX version",
        Pkcs12Fault::Unprotected => "it is not protected by a password",
        Pkcs12Fault::PartUnprotected => "a part that is not protected by a password",
    }
}

pub(in crate::messages) fn token_operation(operation: TokenOperation) -> &'static str {
    match operation {
        TokenOperation::Sign => "sign",
        TokenOperation::ChangePin => "change PIN",
        TokenOperation::UnblockPin => "unblock PIN",
        TokenOperation::ChangePuk => "change PUK",
        TokenOperation::PresentPin => "be given a PIN",
        TokenOperation::EntryInApplication => "PIN entry in the application",
        TokenOperation::EntryOnDevice => "PIN entry on the device",
        TokenOperation::SignWith(name) | TokenOperation::Call(name) => name,
    }
}

pub(in crate::messages) fn card_operation(operation: CardOperation) -> &'static str {
    match operation {
        CardOperation::Read => "reading",
        CardOperation::VerifyPin => "presenting a PIN",
        CardOperation::ChangePin => "changing the PIN",
        CardOperation::UnblockPin => "unblocking the PIN",
        CardOperation::ChangePuk => "changing the PUK",
        CardOperation::Sign => "signing",
    }
}

pub(in crate::messages) fn processor(processor: Processor) -> &'static str {
    match processor {
        Processor::X86 => "x86 (32-bit Intel)",
        Processor::X86_64 => "x86_64 (64-bit Intel)",
        Processor::Arm => "arm (32-bit Arm)",
        Processor::Aarch64 => "aarch64 (64-bit Arm)",
        Processor::Other => "another processor",
    }
}
