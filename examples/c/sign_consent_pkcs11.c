/* Signs a consent text with a qualified certificate on a PKCS#11 token, as proof of approval.
 *
 * sign_consent_pkcs11 ADDRESS TEXT OUT.p7s; the PIN is the first line of standard input. */
#include "example.h"

int main(int count, char **arguments) {
    if (count != 4) fail("ADDRESS TEXT OUT.p7s");
    const char *address = arguments[1], *out = arguments[3];
    int64_t now = eimza_time_now();
    eimza_error *error;

    eimza_token *token;
    eimza_token_certificates *found;
    eimza_token_certificate *signer;
    eimza_token_open(address, &token, &error), check(error);
    eimza_token_read_certificates(token, &found, &error), check(error);
    eimza_token_certificates_choose(found, true, now, NULL, &signer, &error), check(error);

    eimza_certificate *certificate;
    char *subject;
    eimza_token_certificate_certificate(signer, &certificate, &error), check(error);
    eimza_certificate_subject(certificate, &subject, &error), check(error);
    eimza_content text = {read_file(arguments[2]), EIMZA_DIGEST_NONE};
    printf("%s signs:\n%.*s\n", subject, (int)text.octets.length, (const char *)text.octets.data);

    eimza_signing_options *options;
    eimza_signing_options_new(now, &options, &error), check(error);
    eimza_signing_options_commitment(options, "approval", &error), check(error);
    eimza_signing_options_mime_type(options, "text/plain; charset=utf-8", &error), check(error);

    eimza_pin *pin = ask_pin(); /* moved in, used once, wiped */
    eimza_bytes *signature;
    eimza_sign(token, signer, &pin, &text, options, NULL, &signature, &error), check(error);
    write_file(out, eimza_bytes_view(signature));
    printf("signed: %s\n", out);

    eimza_bytes_free(signature);
    eimza_signing_options_free(options);
    free((void *)text.octets.data);
    eimza_string_free(subject);
    eimza_certificate_free(certificate);
    eimza_token_certificate_free(signer);
    eimza_token_certificates_free(found);
    eimza_token_free(token);
    return 0;
}
