/* Lists the certificates of a token, or of every token of this machine, without a PIN.
 *
 * list_certificates [ADDRESS], for example list_certificates "pkcs11:token=NES1?module-path=/usr/lib/libakisp11.so" */
#include "example.h"

static void list(const eimza_token *token) {
    eimza_error *error;
    eimza_token_certificates *found;
    char *label;
    eimza_token_label(token, &label, &error), check(error);
    printf("%s\n", label);
    eimza_string_free(label);

    eimza_token_read_certificates(token, &found, &error), check(error);
    for (size_t index = 0; index < eimza_token_certificates_count(found); index++) {
        eimza_token_certificate *one;
        eimza_certificate *certificate;
        char *subject, *kind, *until, *sha256;
        eimza_token_certificates_at(found, index, &one, &error), check(error);
        eimza_token_certificate_certificate(one, &certificate, &error), check(error);
        eimza_certificate_subject(certificate, &subject, &error), check(error);
        eimza_certificate_kind(certificate, &kind, &error), check(error);
        eimza_time_text(eimza_certificate_not_after(certificate), &until, &error), check(error);
        eimza_certificate_sha256(certificate, &sha256, &error), check(error);
        /* National ids are masked wherever a name is printed. */
        printf("  %s\n    %s until %s\n    %s\n", subject, kind, until, sha256);

        eimza_certificate_check_qualified(certificate, &error);
        if (!error) eimza_certificate_check_for_signing(certificate, eimza_time_now(), &error);
        if (error) printf("    cannot give an E-Onay: %s\n", eimza_error_name(error));
        else printf("    can give an E-Onay\n");

        eimza_error_free(error);
        eimza_string_free(subject), eimza_string_free(kind), eimza_string_free(until), eimza_string_free(sha256);
        eimza_certificate_free(certificate);
        eimza_token_certificate_free(one);
    }
    eimza_token_certificates_free(found);
}

int main(int count, char **arguments) {
    eimza_error *error;
    eimza_token *token;
    if (count > 1) {
        eimza_token_open(arguments[1], &token, &error), check(error);
        list(token);
        eimza_token_free(token);
        return 0;
    }
    eimza_tokens *tokens;
    eimza_tokens_usable(&tokens, &error), check(error);
    for (size_t index = 0; index < eimza_tokens_count(tokens); index++) {
        eimza_tokens_at(tokens, index, &token, &error), check(error);
        list(token);
        eimza_token_free(token);
    }
    eimza_tokens_free(tokens);
    return 0;
}
