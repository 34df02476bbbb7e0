//! Why a service did not accept a consent, by the stable name of the check that failed.

/// The reason in words. A name without a line is shown as it stands.
pub(in crate::messages) fn rejection(name: &str) -> &str {
    match name {
        "late" => "it arrived too late",
        "record" => "its record cannot be read",
        "request" => "it is for another request",
        "reading" => "a text was not shown and read as demanded",
        "declaration" => "a declaration that is required was not ticked",
        "count" => "there is not exactly one signature for each text",
        "form" => "a signature cannot be read, or has not exactly one signer",
        "signature" => "a signature does not verify, or lacks what is demanded",
        "text" => "what was signed is not the text",
        "binding" => "a signature is not bound to this record and text",
        "signing-time" => "the signing time does not lie between the reading and the arrival",
        "several-signers" => "not all texts were signed with the same certificate",
        "person" => "the certificate belongs to another person",
        "certificate" => "the certificate is not qualified, not valid, or not for signing",
        "issuer" => "the certificate's issuer is not accepted",
        other => other,
    }
}
