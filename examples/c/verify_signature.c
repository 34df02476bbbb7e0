/* Verifies a CAdES signature as mathematics: digest, signature value, binding to the certificate. It says nothing about trust.
 *
 * verify_signature SIGNATURE [CONTENT]; CONTENT is needed for a detached signature. */
#include "example.h"

int main(int count, char **arguments) {
    if (count != 2 && count != 3) fail("SIGNATURE [CONTENT]");
    eimza_error *error;
    eimza_verification *found;
    eimza_view file = read_file(arguments[1]); /* PEM and base64 are taken too */

    /* Content of any size: it is read as a stream, once for all signers. */
    if (count == 3) eimza_verify_content_file(file, arguments[2], NULL, &found, &error), check(error);
    else eimza_verify(file, NULL, NULL, &found, &error), check(error);

    for (size_t index = 0; index < eimza_verification_count(found); index++) {
        eimza_certificate *certificate;
        eimza_verification_certificate(found, index, &certificate, &error), check(error);
        if (!certificate) continue;
        char *subject;
        eimza_certificate_subject(certificate, &subject, &error), check(error);
        printf("%s\n", subject);
        eimza_string_free(subject);
        eimza_certificate_free(certificate);
    }
    char *checks;
    eimza_verification_json(found, &checks, &error), check(error);
    printf("%s\n%s\n", checks, eimza_verification_all_passed(found) ? "holds" : "does not hold");

    eimza_string_free(checks);
    eimza_verification_free(found);
    free((void *)file.data);
    return 0;
}
