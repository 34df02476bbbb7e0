//! The facts of errors about input, output, encodings and arguments.

use super::facts::facts;

facts! {
    /// A limit that protects against hostile data.
    Limit {
        /// How deep elements stand in one another.
        Depth,
        /// Octets of the whole input.
        Size,
        /// Signers of a file.
        Signers,
        /// Attributes of a file.
        Attributes,
        /// Digest algorithms of a file.
        DigestAlgorithms,
        /// Certificates of a file.
        Certificates,
        /// CRLs and OCSP answers of a file.
        RevocationData,
        /// Extensions of a certificate or CRL.
        Extensions,
        /// Certificates of a chain.
        Chain,
        /// References to certificates.
        CertificateReferences,
        /// References to CRLs and OCSP answers.
        RevocationReferences,
        /// Certificates in an attribute.
        CertificateValues,
        /// CRLs and OCSP answers in an attribute.
        RevocationValues,
        /// Time-stamps of a file.
        TimeStamps,
        /// Issuers' signatures that are verified for a file.
        IssuerSignatures,
        /// Entries of an ATSHashIndex.
        HashIndex,
        /// Certificates that one OCSP answer is about.
        OcspResponses,
        /// Octets of a signature value.
        SignatureValue,
        /// Bits of a key.
        KeySize,
        /// Iterations of a key derivation.
        Iterations,
        /// Octets of a salt.
        Salt,
        /// Bags of a PKCS#12 file.
        Bags,
        /// Objects on a token.
        TokenObjects,
        /// Octets of a consent record.
        RecordSize,
        /// Octets of a receipt.
        ReceiptSize,
        /// Octets of a message of a service.
        MessageSize,
        /// Texts of a consent.
        Texts,
    }
}

facts! {
    /// What was computed when the cryptographic library failed.
    CryptoOperation {
        /// Sealing a state or a secret.
        Seal,
        /// Drawing random octets.
        Random,
        /// Drawing a verification code that is not taken.
        VerificationCode,
        /// Reading a private key.
        PrivateKey,
        /// Reading a public key.
        PublicKey,
        /// Making a key.
        KeyGeneration,
        /// Signing.
        Signing,
        /// Taking a digest.
        Digest,
        /// AES-CBC.
        AesCbc,
    }
}

facts! {
    /// Why an argument makes no sense.
    ArgumentFault {
        /// NULL was given where a value is needed.
        Null,
        /// It is empty.
        Empty,
        /// There is nothing of this name.
        NameUnknown,
        /// There is nothing of this number.
        NoSuchOne,
        /// It was moved into an earlier call.
        UsedAlready,
        /// Its length is no length of memory.
        LongerThanMemory,
        /// It is longer than 1024 octets.
        LongerThan1024,
        /// It has another length than 32 octets.
        Not32Octets,
        /// It has something else than eleven digits.
        Not11Digits,
        /// It is not the hexadecimal form of a SHA-256.
        NotSha256,
        /// Its length is not that of the algorithm.
        DigestLength,
        /// The signature algorithm takes another digest.
        DigestOfAnother,
        /// SHA-1 is too weak for new signatures.
        DigestWeak,
        /// New signatures take no such digest.
        DigestNotForSigning,
        /// The key is bound to another digest.
        KeyBoundToAnother,
        /// It is no object identifier.
        NotIdentifier,
        /// It lies before 1970.
        Before1970,
        /// It has no time zone.
        NoTimeZone,
        /// It is not a number of iterations from 1000 to 10000000.
        IterationsOutside,
        /// It was prepared for another certificate.
        OtherCertificate,
        /// It is not the submission that was checked.
        OtherSubmission,
        /// There is nothing to sign.
        NothingToSign,
        /// The file has no signer with this number.
        NoSuchSigner,
        /// What is added as an attribute is none.
        NoAttribute,
        /// What is added is not one element of ASN.1.
        NotOneElement,
        /// An archive-time-stamp v2 covers certificates and revocation data as a whole: nothing can be added to them.
        CoveredByArchive,
        /// One of two is typed into the application, the other on the device.
        EnteredApart,
        /// A file has no keypad.
        NoKeypad,
        /// It chooses from a trust store, and none is given.
        NoTrustStore,
        /// The rules were given in another argument.
        RulesGiven,
        /// The service offers no such consent.
        NotOffered,
        /// It has no code.
        NoCode,
        /// It has no receipt.
        NoReceipt,
        /// It was not rejected.
        NotRejected,
        /// It needs a receipt or a rejection.
        NoOutcome,
        /// The service gave none.
        NoAnswer,
        /// The service has a portal of its own.
        OwnPortal,
    }
}

facts! {
    /// What JSON should have been read as, or written of.
    JsonForm {
        /// A page of facts.
        Page,
        /// The summary of a certificate.
        Summary,
        /// What a signature file holds.
        Inspection,
        /// A verdict.
        Report,
        /// The record of a consent.
        ConsentRecord,
        /// A receipt.
        Receipt,
        /// What a service asks for.
        Request,
        /// The kind of a consent.
        Kind,
        /// What a service offers.
        Offer,
        /// Documents beside a text.
        Documents,
        /// Declarations to be ticked.
        Declarations,
        /// Why a consent was not accepted.
        Rejection,
        /// A code that was issued.
        IssuedCode,
        /// What a code was redeemed for.
        RedeemedCode,
        /// What is submitted.
        Submission,
        /// How it stands with a consent.
        Status,
    }
}
