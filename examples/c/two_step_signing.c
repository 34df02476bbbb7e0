/* Signs in three steps that may run in different processes, on different machines, in different languages.
 *
 * two_step_signing prepare CERT.der CONTENT STATE KEY says what is to be signed,
 * two_step_signing sign TOKEN STATE KEY VALUE has a token sign it (PIN: first line of standard input),
 * two_step_signing complete STATE KEY CERT.der CONTENT VALUE OUT.p7s verifies the value and writes the signature.
 *
 * KEY holds 32 random octets that only these steps know: nobody else can read or change a state between them. */
#include "example.h"

/* What the state is for: a state of another purpose is refused. */
#define PURPOSE "two-step-signing"

static eimza_error *error;

static eimza_certificate *read_certificate(const char *path) {
    eimza_certificate *certificate;
    eimza_view der = read_file(path);
    eimza_certificate_from_der(der, &certificate, &error), check(error);
    free((void *)der.data);
    return certificate;
}

static eimza_state *read_state(const char *path, const char *key_path) {
    eimza_state *state;
    eimza_view octets = read_file(path), key = read_file(key_path);
    eimza_state_unseal(octets, key, &state, &error), check(error);
    free((void *)octets.data), free((void *)key.data);
    return state;
}

static void prepare(char **paths) {
    eimza_certificate *certificate = read_certificate(paths[0]);
    eimza_content content = {read_file(paths[1]), EIMZA_DIGEST_NONE};
    int64_t now = eimza_time_now();
    eimza_signing_options *options;
    eimza_prepared *prepared;
    eimza_state *state;
    eimza_bytes *octets;
    eimza_signing_options_new(now, &options, &error), check(error);
    eimza_prepare(&content, certificate, options, &prepared, &error), check(error);
    eimza_prepared_into_state(&prepared, PURPOSE, now + 600, &state, &error), check(error);
    eimza_view key = read_file(paths[3]);
    eimza_state_seal(state, key, &octets, &error), check(error);
    write_file(paths[2], eimza_bytes_view(octets));
    eimza_bytes_free(octets), eimza_state_free(state), eimza_signing_options_free(options);
    eimza_certificate_free(certificate), free((void *)content.octets.data), free((void *)key.data);
}

static void sign(char **arguments) {
    eimza_state *state = read_state(arguments[1], arguments[2]);
    eimza_token *token;
    eimza_token_certificates *found;
    eimza_token_certificate *signer;
    eimza_bytes_list *values;
    eimza_token_open(arguments[0], &token, &error), check(error);
    eimza_token_read_certificates(token, &found, &error), check(error);
    eimza_token_certificates_choose(found, false, eimza_time_now(), NULL, &signer, &error), check(error);
    eimza_sign_requests *requests = eimza_sign_requests_new();
    eimza_sign_requests_add_state(requests, state, &error), check(error);
    eimza_pin *pin = ask_pin();
    eimza_token_sign(token, signer, requests, &pin, NULL, &values, &error), check(error);
    write_file(arguments[3], eimza_bytes_list_at(values, 0));
    eimza_bytes_list_free(values), eimza_sign_requests_free(requests), eimza_token_certificate_free(signer);
    eimza_token_certificates_free(found), eimza_token_free(token), eimza_state_free(state);
}

static void complete(char **paths) {
    eimza_state *state = read_state(paths[0], paths[1]);
    eimza_certificate *certificate = read_certificate(paths[2]);
    eimza_content content = {read_file(paths[3]), EIMZA_DIGEST_NONE};
    eimza_view value = read_file(paths[4]);
    eimza_bytes *signature;
    /* Everything is given again and compared: an altered state cannot become a signature over something else. */
    eimza_state_complete(state, &content, certificate, PURPOSE, eimza_time_now(), value, &signature, &error), check(error);
    write_file(paths[5], eimza_bytes_view(signature));
    eimza_bytes_free(signature), eimza_certificate_free(certificate), eimza_state_free(state);
    free((void *)value.data), free((void *)content.octets.data);
}

int main(int count, char **arguments) {
    if (count == 6 && !strcmp(arguments[1], "prepare")) prepare(arguments + 2);
    else if (count == 6 && !strcmp(arguments[1], "sign")) sign(arguments + 2);
    else if (count == 8 && !strcmp(arguments[1], "complete")) complete(arguments + 2);
    else fail("prepare CERT.der CONTENT STATE KEY | sign TOKEN STATE KEY VALUE | "
              "complete STATE KEY CERT.der CONTENT VALUE OUT.p7s");
    return 0;
}
