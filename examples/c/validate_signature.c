/* Validates a CAdES signature: the whole verdict, field by field, and that of the signer's certificate alone.
 *
 * validate_signature SECONDS SIGNATURE ROOT AUTHORITY CRL...; SECONDS since 1970 (UTC) is the time of the judgement. */
#include "example.h"

static eimza_certificate *read_certificate(const char *path) {
    eimza_error *error;
    eimza_certificate *certificate;
    eimza_view der = read_file(path);
    eimza_certificate_from_der(der, &certificate, &error), check(error);
    free((void *)der.data);
    return certificate;
}

/* Prints a name and a text that may be missing, and frees the text. */
static void tell(const char *name, char *text) {
    printf("%s: %s\n", name, text ? text : "-");
    eimza_string_free(text);
}

int main(int count, char **arguments) {
    if (count < 6) fail("SECONDS SIGNATURE ROOT AUTHORITY CRL...");
    eimza_error *error;
    int64_t now = strtoll(arguments[1], NULL, 10);
    eimza_certificate *root = read_certificate(arguments[3]), *authority = read_certificate(arguments[4]);
    eimza_certificates *between = eimza_certificates_new();
    eimza_certificates_add(between, authority, &error), check(error);

    /* Nobody is trusted who is not named; what lies between signer and root, and the CRLs, need no trust. */
    eimza_validation *files;
    eimza_certificate_validation *certificates;
    eimza_validation_new(now, &files, &error), check(error);
    eimza_validation_trust(files, root, EIMZA_TRUSTED_FOR_EVERYTHING, &error), check(error);
    eimza_validation_add_certificates(files, between, &error), check(error);
    eimza_certificate_validation_new(now, now, &certificates, &error), check(error);
    eimza_certificate_validation_trust(certificates, root, &error), check(error);
    eimza_certificate_validation_add_certificates(certificates, between, &error), check(error);
    for (int at = 5; at < count; at++) {
        eimza_view crl = read_file(arguments[at]);
        eimza_validation_add_crls(files, crl, &error), check(error);
        eimza_certificate_validation_add_crls(certificates, crl, &error), check(error);
        free((void *)crl.data);
    }

    char *text;
    eimza_report *report;
    eimza_view file = read_file(arguments[2]);
    eimza_validation_report(files, file, NULL, &report, &error), check(error);
    for (size_t index = 0; index < eimza_report_count(report); index++) {
        eimza_report_signature_indication(report, index, &text, &error), check(error), tell("indication", text);
        eimza_report_signature_sub_indication(report, index, &text, &error), check(error), tell("why", text);
        eimza_report_signature_level(report, index, &text, &error), check(error), tell("level", text);
        eimza_report_signature_structure(report, index, &text, &error), check(error), tell("structure", text);
        eimza_report_signature_profile(report, index, &text, &error), check(error), tell("profile", text);
        printf("signed: %lld, proven: %lld, preliminary until: %lld\n",
               (long long)eimza_report_signature_signing_time(report, index),
               (long long)eimza_report_signature_best_time(report, index),
               (long long)eimza_report_signature_preliminary_until(report, index));
        for (size_t at = 0; at < eimza_report_checks(report, index); at++) {
            if (eimza_report_check_status(report, index, at) == EIMZA_CHECK_PASSED) continue;
            eimza_report_check_name(report, index, at, &text, &error), check(error), tell("did not pass", text);
            eimza_report_check_reason(report, index, at, &text, &error), check(error), tell("because", text);
        }
        eimza_certificate *signer;
        eimza_report_signature_certificate(report, index, &signer, &error), check(error);
        if (!signer) continue;
        eimza_certificate_report *path;
        eimza_certificate_validation_judge(certificates, signer, &path, &error), check(error);
        eimza_certificate_report_json(path, &text, &error), check(error), tell("certificate", text);
        eimza_certificate_report_free(path);
        eimza_certificate_free(signer);
    }
    puts(eimza_report_passed(report) ? "passed" : "not passed");

    eimza_report_free(report);
    free((void *)file.data);
    eimza_certificate_validation_free(certificates);
    eimza_validation_free(files);
    eimza_certificates_free(between);
    eimza_certificate_free(authority);
    eimza_certificate_free(root);
    return 0;
}
