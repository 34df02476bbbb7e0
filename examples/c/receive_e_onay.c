/* The receiving side of an E-Onay: received without status data, judged again when it has come, kept for years.
 *
 * receive_e_onay FOLDER leaves the signature as the service keeps it, and the sealed receipt. */
#include "example.h"

#define PERSON "10000000146", "TEST KİŞİ"
#define VIEW(literal) ((eimza_view){(const uint8_t *)(literal), sizeof(literal) - 1})

static eimza_error *error;

static void save(const char *folder, const char *name, eimza_view octets) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    write_file(path, octets);
}

/* The person's side, as in give_e_onay, from the code to the answer of the service. */
static eimza_receipt *hand_in(eimza_consent_service *service, eimza_started *started, eimza_token *token) {
    eimza_verification_code *code;
    eimza_consent_session *session;
    eimza_view text;
    eimza_token_certificates *found;
    eimza_token_certificate *signer;
    eimza_signed_consent *consent;
    eimza_receipt *receipt;
    eimza_pin *pin;
    eimza_started_take_code(started, &code, &error), check(error);
    eimza_consent_session_open(service, &code, &session, &error), check(error);
    eimza_consent_session_show(session, 0, &text, &error), check(error);
    eimza_consent_session_read(session, 0, &error), check(error);
    eimza_consent_session_tick(session, 0, true, &error), check(error);
    eimza_token_read_certificates(token, &found, &error), check(error);
    eimza_token_certificates_choose(found, true, eimza_time_now(), NULL, &signer, &error), check(error);
    eimza_pin_new(VIEW("271828"), &pin, &error), check(error);
    eimza_consent_session_sign(session, token, signer, &pin, NULL, &consent, &error), check(error);
    eimza_consent_session_submit(session, consent, &receipt, &error), check(error);
    eimza_signed_consent_free(consent), eimza_token_certificate_free(signer);
    eimza_token_certificates_free(found), eimza_consent_session_free(session);
    return receipt;
}

static void tell(const char *what, eimza_receipt *receipt) {
    char *verdict;
    eimza_receipt_verdict(receipt, &verdict, &error), check(error);
    printf("%s: %s\n", what, verdict);
    eimza_string_free(verdict);
}

int main(int count, char **arguments) {
    if (count != 2) fail("FOLDER");
    int64_t now = eimza_time_now(), begin = now - 60, end = now + 365 * 86400;
    eimza_test_issuer *issuer;
    eimza_certificate *authority;
    eimza_key_material *key, *seal;
    eimza_pin *pin;
    eimza_puk *puk;
    eimza_token *token;
    eimza_test_issuer_new(begin, end, &issuer, &error), check(error);
    eimza_test_issuer_certificate(issuer, &authority, &error), check(error);
    eimza_test_issuer_issue(issuer, "KİŞİ", "10000000146", "EC P-256", begin, end, &key, &error), check(error);
    eimza_pin_new(VIEW("271828"), &pin, &error), check(error);
    eimza_puk_new(VIEW("31415926"), &puk, &error), check(error);
    eimza_software_token_create(NULL, "example", &key, &pin, &puk, &token, &error), check(error);

    /* Whom the service trusts. Of revocations it knows nothing yet. */
    eimza_validation *judged_by;
    eimza_consent_service *service;
    eimza_started *started;
    eimza_validation_new(now, &judged_by, &error), check(error);
    eimza_validation_trust(judged_by, authority, EIMZA_TRUSTED_FOR_SIGNERS, &error), check(error);
    eimza_key_material_self_signed("EC P-256", "SERVICE", begin, end, &seal, &error), check(error);
    eimza_consent_service_in_memory("example", &seal, judged_by, NULL, NULL, 300, &service, &error), check(error);
    eimza_consent_service_start(service, PERSON, NULL, false, &started, &error), check(error);
    eimza_receipt *receipt = hand_in(service, started, token);
    tell(eimza_receipt_is_accepted(receipt) ? "accepted" : "received", receipt), eimza_receipt_free(receipt);

    /* The issuer publishes; what waits is judged again, for instance by a timer. */
    eimza_bytes *list;
    eimza_bytes_list *kept;
    eimza_consent_answer *answer = eimza_consent_answer_new();
    eimza_test_issuer_crl(issuer, begin, end, &list, &error), check(error);
    eimza_consent_service_add_crls(service, eimza_bytes_view(list), &error), check(error);
    eimza_consent_service_judge_again(service, eimza_started_session(started), answer, &error), check(error);
    if (eimza_consent_answer_state(answer) != EIMZA_CONSENT_ACCEPTED) fail("not accepted");
    eimza_consent_answer_receipt(answer, &receipt, &error), check(error);
    tell("accepted", receipt), save(arguments[1], "receipt.p7s", eimza_receipt_sealed(receipt));
    eimza_consent_service_signatures(service, eimza_started_session(started), &kept, &error), check(error);
    save(arguments[1], "e-onay.p7s", eimza_bytes_list_at(kept, 0));
    eimza_bytes_list_free(kept), eimza_bytes_free(list), eimza_receipt_free(receipt), eimza_consent_answer_free(answer);
    eimza_started_free(started), eimza_consent_service_free(service), eimza_validation_free(judged_by);
    eimza_token_free(token), eimza_certificate_free(authority), eimza_test_issuer_free(issuer);
    return 0;
}
