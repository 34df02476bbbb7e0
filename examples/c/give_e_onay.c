/* Gives an E-Onay from the code to the receipt, on a token and a service in memory.
 *
 * give_e_onay FOLDER leaves text, signature and sealed receipt there. The PIN is the program's own: 271828. */
#include "example.h"

#define PERSON "10000000146", "TEST KİŞİ"
#define VIEW(literal) ((eimza_view){(const uint8_t *)(literal), sizeof(literal) - 1})

static eimza_error *error;

/* Called once a second from another thread. */
static void on_tick(void *context, uint64_t seconds) {
    (void)context;
    fprintf(stderr, "%llu seconds left\n", (unsigned long long)seconds);
}

static void save(const char *folder, const char *name, eimza_view octets) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    write_file(path, octets);
}

int main(int count, char **arguments) {
    if (count != 2) fail("FOLDER");
    int64_t now = eimza_time_now(), end = now + 365 * 86400;

    /* A test issuer with its revocation list, its person's card in memory, and a service that trusts that issuer. */
    eimza_test_issuer *issuer;
    eimza_certificate *authority;
    eimza_key_material *key, *seal;
    eimza_pin *pin;
    eimza_puk *puk;
    eimza_token *token;
    eimza_consent_service *service;
    eimza_validation *judged_by;
    eimza_bytes *list;
    eimza_test_issuer_new(now - 60, end, &issuer, &error), check(error);
    eimza_test_issuer_certificate(issuer, &authority, &error), check(error);
    eimza_test_issuer_crl(issuer, now - 60, now + 86400, &list, &error), check(error);
    eimza_validation_new(now, &judged_by, &error), check(error);
    eimza_validation_trust(judged_by, authority, EIMZA_TRUSTED_FOR_SIGNERS, &error), check(error);
    eimza_validation_add_crls(judged_by, eimza_bytes_view(list), &error), check(error);
    eimza_test_issuer_issue(issuer, "KİŞİ", "10000000146", "EC P-256", now - 60, end, &key, &error), check(error);
    eimza_pin_new(VIEW("271828"), &pin, &error), check(error);
    eimza_puk_new(VIEW("31415926"), &puk, &error), check(error);
    eimza_software_token_create(NULL, "demo", &key, &pin, &puk, &token, &error), check(error);
    eimza_key_material_self_signed("EC P-256", "SERVICE", now - 60, end, &seal, &error), check(error);
    eimza_consent_service_in_memory("demo", &seal, judged_by, NULL, NULL, 300, &service, &error), check(error);

    /* The portal issues a code; the application redeems it. */
    eimza_started *started;
    eimza_verification_code *code;
    eimza_consent_session *session;
    eimza_countdown *countdown;
    eimza_consent_service_start(service, PERSON, NULL, false, &started, &error), check(error);
    eimza_started_take_code(started, &code, &error), check(error);
    eimza_consent_session_open(service, &code, &session, &error), check(error);
    eimza_countdown_start(session, on_tick, NULL, &countdown, &error), check(error);

    /* What is seen is what is signed. */
    eimza_view text;
    eimza_consent_session_show(session, 0, &text, &error), check(error);
    printf("%.*s\n", (int)text.length, (const char *)text.data);
    eimza_consent_session_read(session, 0, &error), check(error);
    for (size_t index = 0; index < eimza_consent_session_declarations(session); index++)
        eimza_consent_session_tick(session, index, true, &error), check(error);

    eimza_token_certificates *found;
    eimza_token_certificate *signer;
    eimza_signed_consent *consent;
    eimza_receipt *receipt;
    char *shown;
    eimza_token_read_certificates(token, &found, &error), check(error);
    eimza_token_certificates_choose(found, true, now, NULL, &signer, &error), check(error);
    eimza_pin_new(VIEW("271828"), &pin, &error), check(error);
    eimza_consent_session_sign(session, token, signer, &pin, NULL, &consent, &error), check(error);
    eimza_consent_session_submit(session, consent, &receipt, &error), check(error);
    eimza_countdown_free(countdown);
    eimza_receipt_display(receipt, &shown, &error), check(error);
    printf("%s\n%s\n", eimza_receipt_is_accepted(receipt) ? "accepted" : "received", shown);
    save(arguments[1], "text.txt", text);
    save(arguments[1], "e-onay.p7s", eimza_signed_consent_signature(consent, 0));
    save(arguments[1], "receipt.p7s", eimza_receipt_sealed(receipt));

    /* The same person is told that an E-Onay stands already. */
    eimza_started_free(started);
    eimza_consent_service_start(service, PERSON, NULL, false, &started, &error), check(error);
    if (eimza_started_state(started) == EIMZA_START_ALREADY_GIVEN) printf("already given\n");

    eimza_string_free(shown), eimza_receipt_free(receipt), eimza_signed_consent_free(consent);
    eimza_token_certificate_free(signer), eimza_token_certificates_free(found), eimza_consent_session_free(session);
    eimza_started_free(started), eimza_consent_service_free(service), eimza_validation_free(judged_by);
    eimza_bytes_free(list), eimza_certificate_free(authority), eimza_token_free(token), eimza_test_issuer_free(issuer);
    return 0;
}
