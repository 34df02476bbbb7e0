/* eimza: Turkish electronic signatures. Licence: MIT OR Apache-2.0.
 *
 * Errors   A function that can fail returns an eimza_status, 0 for success, and takes `eimza_error **error`, which may be
 *          NULL. It is set to NULL on success and to an object of the caller's on failure: eimza_error_free. There is no
 *          last error. A pointer that must not be NULL and is, is answered with EIMZA_STATUS_ARGUMENT_INVALID.
 * Answers  Results leave through `out`, which is NULL after a failure. Every handle that a function gives belongs to the
 *          caller and has its _free; `char *` has eimza_string_free; `const char *` and eimza_view belong to the handle
 *          that they were asked of.
 * Moving   `eimza_pin **` and the like: the handle is moved in, whether the call succeeds or not, and the caller's pointer
 *          becomes NULL. A secret is thereby used once and wiped. Two of them in one call are two places.
 * Threads  Any thread may call. `const` only reads, also from several threads at once; a handle that is taken without
 *          `const` must be used by one thread at a time. eimza_token, eimza_consent_session and
 *          eimza_cancellation may be shared freely.
 * Text     UTF-8. National ids are masked, except where a function says `reveal`, or **in clear**.
 * Times    int64_t, seconds since 1970-01-01T00:00:00Z.
 */

#ifndef EIMZA_H
#define EIMZA_H

/* Generated from eimza-ffi by `BLESS=1 cargo test -p eimza-ffi --test header`: do not edit. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The version of this header; eimza_version() is that of the library.
#define EIMZA_VERSION "0.1.0"

// What a call came to: 0, or the stable number of an error. A number is never used again for something else.
enum eimza_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // "ok"
  EIMZA_STATUS_OK = 0,
  // "asn1-malformed"
  EIMZA_STATUS_ASN1_MALFORMED = 1001,
  // "limit-exceeded"
  EIMZA_STATUS_LIMIT_EXCEEDED = 1002,
  // "input-unreadable"
  EIMZA_STATUS_INPUT_UNREADABLE = 1003,
  // "output-unwritable"
  EIMZA_STATUS_OUTPUT_UNWRITABLE = 1004,
  // "text-not-utf8"
  EIMZA_STATUS_TEXT_NOT_UTF8 = 1005,
  // "algorithm-unsupported"
  EIMZA_STATUS_ALGORITHM_UNSUPPORTED = 1006,
  // "crypto-failed"
  EIMZA_STATUS_CRYPTO_FAILED = 1007,
  // "argument-invalid"
  EIMZA_STATUS_ARGUMENT_INVALID = 1008,
  // "content-changed"
  EIMZA_STATUS_CONTENT_CHANGED = 1009,
  // "cancelled"
  EIMZA_STATUS_CANCELLED = 1010,
  // "internal"
  EIMZA_STATUS_INTERNAL = 1011,
  // "encoding-unreadable"
  EIMZA_STATUS_ENCODING_UNREADABLE = 1012,
  // "time-invalid"
  EIMZA_STATUS_TIME_INVALID = 1013,
  // "json-malformed"
  EIMZA_STATUS_JSON_MALFORMED = 1014,
  // "policy-malformed"
  EIMZA_STATUS_POLICY_MALFORMED = 1015,
  // "token-absent"
  EIMZA_STATUS_TOKEN_ABSENT = 2001,
  // "tokens-several"
  EIMZA_STATUS_TOKENS_SEVERAL = 2002,
  // "token-unknown"
  EIMZA_STATUS_TOKEN_UNKNOWN = 2003,
  // "token-removed"
  EIMZA_STATUS_TOKEN_REMOVED = 2004,
  // "token-address-invalid"
  EIMZA_STATUS_TOKEN_ADDRESS_INVALID = 2005,
  // "token-address-holds-pin"
  EIMZA_STATUS_TOKEN_ADDRESS_HOLDS_PIN = 2006,
  // "token-busy"
  EIMZA_STATUS_TOKEN_BUSY = 2007,
  // "token-cannot"
  EIMZA_STATUS_TOKEN_CANNOT = 2008,
  // "module-missing"
  EIMZA_STATUS_MODULE_MISSING = 2101,
  // "module-unusable"
  EIMZA_STATUS_MODULE_UNUSABLE = 2102,
  // "module-architecture"
  EIMZA_STATUS_MODULE_ARCHITECTURE = 2103,
  // "module-failed"
  EIMZA_STATUS_MODULE_FAILED = 2104,
  // "host-holds-login"
  EIMZA_STATUS_HOST_HOLDS_LOGIN = 2105,
  // "key-absent"
  EIMZA_STATUS_KEY_ABSENT = 2106,
  // "token-signature-invalid"
  EIMZA_STATUS_TOKEN_SIGNATURE_INVALID = 2107,
  // "module-ended-process"
  EIMZA_STATUS_MODULE_ENDED_PROCESS = 2108,
  // "module-silent"
  EIMZA_STATUS_MODULE_SILENT = 2109,
  // "token-file-malformed"
  EIMZA_STATUS_TOKEN_FILE_MALFORMED = 2201,
  // "token-file-exists"
  EIMZA_STATUS_TOKEN_FILE_EXISTS = 2202,
  // "pkcs12-malformed"
  EIMZA_STATUS_PKCS12_MALFORMED = 2203,
  // "pkcs12-password-wrong"
  EIMZA_STATUS_PKCS12_PASSWORD_WRONG = 2204,
  // "pkcs12-key-absent"
  EIMZA_STATUS_PKCS12_KEY_ABSENT = 2205,
  // "try-not-given-back"
  EIMZA_STATUS_TRY_NOT_GIVEN_BACK = 2206,
  // "pcsc-absent"
  EIMZA_STATUS_PCSC_ABSENT = 2301,
  // "pcsc-stopped"
  EIMZA_STATUS_PCSC_STOPPED = 2302,
  // "reader-unknown"
  EIMZA_STATUS_READER_UNKNOWN = 2303,
  // "reader-failed"
  EIMZA_STATUS_READER_FAILED = 2304,
  // "card-absent"
  EIMZA_STATUS_CARD_ABSENT = 2305,
  // "card-unknown"
  EIMZA_STATUS_CARD_UNKNOWN = 2306,
  // "card-failed"
  EIMZA_STATUS_CARD_FAILED = 2307,
  // "card-needs-module"
  EIMZA_STATUS_CARD_NEEDS_MODULE = 2308,
  // "card-commands-unconfirmed"
  EIMZA_STATUS_CARD_COMMANDS_UNCONFIRMED = 2309,
  // "card-profile-malformed"
  EIMZA_STATUS_CARD_PROFILE_MALFORMED = 2310,
  // "secret-empty"
  EIMZA_STATUS_SECRET_EMPTY = 3001,
  // "secret-too-long"
  EIMZA_STATUS_SECRET_TOO_LONG = 3002,
  // "secret-characters"
  EIMZA_STATUS_SECRET_CHARACTERS = 3003,
  // "secret-looks-like-verification-code"
  EIMZA_STATUS_SECRET_LOOKS_LIKE_VERIFICATION_CODE = 3004,
  // "verification-code-malformed"
  EIMZA_STATUS_VERIFICATION_CODE_MALFORMED = 3005,
  // "confirmation-code-malformed"
  EIMZA_STATUS_CONFIRMATION_CODE_MALFORMED = 3006,
  // "pin-form-refused"
  EIMZA_STATUS_PIN_FORM_REFUSED = 3101,
  // "pin-incorrect"
  EIMZA_STATUS_PIN_INCORRECT = 3102,
  // "pin-blocked"
  EIMZA_STATUS_PIN_BLOCKED = 3103,
  // "pin-final-try"
  EIMZA_STATUS_PIN_FINAL_TRY = 3104,
  // "pin-length-unusual"
  EIMZA_STATUS_PIN_LENGTH_UNUSUAL = 3105,
  // "pin-not-set"
  EIMZA_STATUS_PIN_NOT_SET = 3106,
  // "pin-answer-lost"
  EIMZA_STATUS_PIN_ANSWER_LOST = 3107,
  // "pin-expired"
  EIMZA_STATUS_PIN_EXPIRED = 3108,
  // "pin-new-refused"
  EIMZA_STATUS_PIN_NEW_REFUSED = 3109,
  // "pin-needed"
  EIMZA_STATUS_PIN_NEEDED = 3110,
  // "puk-incorrect"
  EIMZA_STATUS_PUK_INCORRECT = 3112,
  // "puk-blocked"
  EIMZA_STATUS_PUK_BLOCKED = 3113,
  // "puk-final-try"
  EIMZA_STATUS_PUK_FINAL_TRY = 3114,
  // "key-pin-needed"
  EIMZA_STATUS_KEY_PIN_NEEDED = 3121,
  // "key-refused-pin"
  EIMZA_STATUS_KEY_REFUSED_PIN = 3122,
  // "key-pin-incorrect"
  EIMZA_STATUS_KEY_PIN_INCORRECT = 3123,
  // "key-pin-blocked"
  EIMZA_STATUS_KEY_PIN_BLOCKED = 3124,
  // "key-pin-final-try"
  EIMZA_STATUS_KEY_PIN_FINAL_TRY = 3125,
  // "attempt-memory-unusable"
  EIMZA_STATUS_ATTEMPT_MEMORY_UNUSABLE = 3131,
  // "certificate-malformed"
  EIMZA_STATUS_CERTIFICATE_MALFORMED = 4001,
  // "certificate-none-fits"
  EIMZA_STATUS_CERTIFICATE_NONE_FITS = 4002,
  // "certificates-several"
  EIMZA_STATUS_CERTIFICATES_SEVERAL = 4003,
  // "certificate-expired"
  EIMZA_STATUS_CERTIFICATE_EXPIRED = 4004,
  // "certificate-not-yet-valid"
  EIMZA_STATUS_CERTIFICATE_NOT_YET_VALID = 4005,
  // "certificate-cannot-sign"
  EIMZA_STATUS_CERTIFICATE_CANNOT_SIGN = 4006,
  // "certificate-not-qualified"
  EIMZA_STATUS_CERTIFICATE_NOT_QUALIFIED = 4007,
  // "certificate-other-person"
  EIMZA_STATUS_CERTIFICATE_OTHER_PERSON = 4008,
  // "certificate-issuer-unknown"
  EIMZA_STATUS_CERTIFICATE_ISSUER_UNKNOWN = 4009,
  // "trust-store-malformed"
  EIMZA_STATUS_TRUST_STORE_MALFORMED = 4010,
  // "signature-not-signed-data"
  EIMZA_STATUS_SIGNATURE_NOT_SIGNED_DATA = 5001,
  // "signature-malformed"
  EIMZA_STATUS_SIGNATURE_MALFORMED = 5002,
  // "signature-absent"
  EIMZA_STATUS_SIGNATURE_ABSENT = 5003,
  // "content-missing"
  EIMZA_STATUS_CONTENT_MISSING = 5004,
  // "content-differs"
  EIMZA_STATUS_CONTENT_DIFFERS = 5005,
  // "signature-value-invalid"
  EIMZA_STATUS_SIGNATURE_VALUE_INVALID = 5006,
  // "state-malformed"
  EIMZA_STATUS_STATE_MALFORMED = 5101,
  // "state-altered"
  EIMZA_STATUS_STATE_ALTERED = 5102,
  // "state-expired"
  EIMZA_STATUS_STATE_EXPIRED = 5103,
  // "state-purpose"
  EIMZA_STATUS_STATE_PURPOSE = 5104,
  // "state-certificate"
  EIMZA_STATUS_STATE_CERTIFICATE = 5105,
  // "consent-text-empty"
  EIMZA_STATUS_CONSENT_TEXT_EMPTY = 7001,
  // "consent-text-too-large"
  EIMZA_STATUS_CONSENT_TEXT_TOO_LARGE = 7002,
  // "consent-text-hidden-character"
  EIMZA_STATUS_CONSENT_TEXT_HIDDEN_CHARACTER = 7003,
  // "code-unknown"
  EIMZA_STATUS_CODE_UNKNOWN = 7101,
  // "code-expired"
  EIMZA_STATUS_CODE_EXPIRED = 7102,
  // "code-used"
  EIMZA_STATUS_CODE_USED = 7103,
  // "code-other-purpose"
  EIMZA_STATUS_CODE_OTHER_PURPOSE = 7104,
  // "code-guesses-exceeded"
  EIMZA_STATUS_CODE_GUESSES_EXCEEDED = 7105,
  // "consent-order"
  EIMZA_STATUS_CONSENT_ORDER = 7201,
  // "consent-expired"
  EIMZA_STATUS_CONSENT_EXPIRED = 7202,
  // "consent-cancelled"
  EIMZA_STATUS_CONSENT_CANCELLED = 7203,
  // "consent-read-too-short"
  EIMZA_STATUS_CONSENT_READ_TOO_SHORT = 7204,
  // "consent-declaration-missing"
  EIMZA_STATUS_CONSENT_DECLARATION_MISSING = 7205,
  // "consent-rejected"
  EIMZA_STATUS_CONSENT_REJECTED = 7301,
  // "consent-outcome-unknown"
  EIMZA_STATUS_CONSENT_OUTCOME_UNKNOWN = 7302,
  // "consent-unknown"
  EIMZA_STATUS_CONSENT_UNKNOWN = 7303,
  // "consequences-not-acknowledged"
  EIMZA_STATUS_CONSEQUENCES_NOT_ACKNOWLEDGED = 7305,
  // "record-malformed"
  EIMZA_STATUS_RECORD_MALFORMED = 7401,
  // "receipt-invalid"
  EIMZA_STATUS_RECEIPT_INVALID = 7402,
  // "service-unreachable"
  EIMZA_STATUS_SERVICE_UNREACHABLE = 9001,
  // "service-refused"
  EIMZA_STATUS_SERVICE_REFUSED = 9002,
  // "service-failed"
  EIMZA_STATUS_SERVICE_FAILED = 9003,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum eimza_status eimza_status;
#else
typedef uint32_t eimza_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// What the caller permits for one PIN operation. Made for that call and moved in.
typedef struct eimza_attempt eimza_attempt;

// Octets that belong to the caller: a signature, a state, a sealed receipt.
typedef struct eimza_bytes eimza_bytes;

// Several runs of octets: signature values, signatures.
typedef struct eimza_bytes_list eimza_bytes_list;

// Gives up an operation from another thread. It serves one operation, and may be shared between threads.
typedef struct eimza_cancellation eimza_cancellation;

// An X.509 certificate (RFC 5280 section 4).
typedef struct eimza_certificate eimza_certificate;

// The verdict over a certificate. May be read from several threads at once.
typedef struct eimza_certificate_report eimza_certificate_report;

// What certificates are judged by. Made once, it judges any number of them. While it judges, other threads may judge with it
// too; while it is changed, nobody else may use it.
typedef struct eimza_certificate_validation eimza_certificate_validation;

// Several certificates, in an order.
typedef struct eimza_certificates eimza_certificates;

// The code that came by SMS.
typedef struct eimza_confirmation_code eimza_confirmation_code;

// How it stands with a session.
typedef struct eimza_consent_answer eimza_consent_answer;

// A consent service: in memory, or the caller's own. May be shared between threads; sessions keep it alive.
//
// The portal's functions are those of the service in memory; the caller's own one has its own portal
// (EIMZA_STATUS_ARGUMENT_INVALID).
typedef struct eimza_consent_service eimza_consent_service;

// One consent, or one revocation. May be shared between threads: while a token signs or the service is asked, a window
// can look at the state and the countdown.
typedef struct eimza_consent_session eimza_consent_session;

// Texts that a person reads and signs, octet by octet.
typedef struct eimza_consent_texts eimza_consent_texts;

// A countdown that runs until it is freed.
typedef struct eimza_countdown eimza_countdown;

// Why a call failed. Belongs to the caller, who frees it; may be read from any thread.
typedef struct eimza_error eimza_error;

// What is known of a submission that was not refused: eimza_finding_is_accepted tells whether the verdict is there.
typedef struct eimza_finding eimza_finding;

// A private key and the certificates that go with it. Moved into what uses it; wiped.
typedef struct eimza_key_material eimza_key_material;

// Several keys, for one token.
typedef struct eimza_key_material_list eimza_key_material_list;

// The password of a PKCS#12 file.
typedef struct eimza_password eimza_password;

// The PIN of a token. Moved into the call that uses it.
typedef struct eimza_pin eimza_pin;

// A PIN that is being typed, key by key.
typedef struct eimza_pin_entry eimza_pin_entry;

// What a PKCS#12 file holds.
typedef struct eimza_pkcs12 eimza_pkcs12;

// What is to be signed. It keeps a copy of the content of an attached signature.
typedef struct eimza_prepared eimza_prepared;

// What has to be signed, text by text.
typedef struct eimza_prepared_consent eimza_prepared_consent;

// Several that were prepared, in the order in which the person saw them listed: what eimza_sign_prepared signs.
typedef struct eimza_prepared_list eimza_prepared_list;

// The PUK of a token. Wrong ones can make a card useless for good.
typedef struct eimza_puk eimza_puk;

// What a service says about a consent or a revocation that it received: whether it accepted it, and by which verdict.
typedef struct eimza_receipt eimza_receipt;

// The key with which a service seals receipts. May be shared between threads.
typedef struct eimza_receipt_signer eimza_receipt_signer;

// What a code opens.
typedef struct eimza_redeem_answer eimza_redeem_answer;

// The verdict over a file by EN 319 102-1. May be read from several threads at once.
typedef struct eimza_report eimza_report;

// What a key has to sign, one digest after another: a batch that one entry of a PIN authorises.
typedef struct eimza_sign_requests eimza_sign_requests;

// What was signed, ready to be handed in.
typedef struct eimza_signed_consent eimza_signed_consent;

// How a signature is to be made.
typedef struct eimza_signing_options eimza_signing_options;

// What a start came to.
typedef struct eimza_started eimza_started;

// What was prepared, without the content. It holds no secret.
typedef struct eimza_state eimza_state;

// Issues certificates like those of persons: all are named `eimza TEST` and have no legal effect.
typedef struct eimza_test_issuer eimza_test_issuer;

// What holds keys: a card or another token behind a PKCS#11 module, or a file. May be shared between threads.
typedef struct eimza_token eimza_token;

// A certificate on a token, and where its key is.
typedef struct eimza_token_certificate eimza_token_certificate;

// Everything on a token that is a certificate, and who was left out and why.
typedef struct eimza_token_certificates eimza_token_certificates;

// Several tokens.
typedef struct eimza_tokens eimza_tokens;

// What files are judged by. Made once, it judges any number of them; it remembers issuers' signatures in between. While
// it judges, other threads may judge with it too; while it is changed, nobody else may use it.
typedef struct eimza_validation eimza_validation;

// What was found of all signers of a file, each before those who counter-signed it. Its fields are those of the JSON.
typedef struct eimza_verification eimza_verification;

// The portal's 15 digits: they authorise a flow and are never a PIN or a PUK.
typedef struct eimza_verification_code eimza_verification_code;

// Octets that lie elsewhere: the caller's, or a handle's.
//
// As an argument they are read during the call only, unless the function says otherwise; NULL with length 0 is empty.
// As an answer they live as long as the handle that they were asked of, and no longer than until it is changed.
typedef struct eimza_view {
  // The first octet; may be NULL where `length` is 0.
  const uint8_t *data;
  // How many octets.
  size_t length;
} eimza_view;

// A language of sentences: one of the EIMZA_LANGUAGE_ numbers.
typedef uint32_t eimza_language;

// Asks the person for a PIN: writes at most `capacity` octets (64; 1024 of an unusual one) into `octets`, their number
// into `length`, and returns 0; any other number gives up. The buffer is wiped afterwards. It must return, not jump or
// throw.
typedef int32_t (*eimza_pin_prompt)(void *context, uint8_t *octets, size_t capacity, size_t *length);

// Text of the caller: UTF-8, ended by NUL, read during the call only.
typedef const char *eimza_text;

// A digest algorithm: one of the EIMZA_DIGEST_ numbers.
typedef uint32_t eimza_digest;

// What is signed.
typedef struct eimza_content {
  // The content, or its digest.
  struct eimza_view octets;
  // EIMZA_DIGEST_NONE where `octets` are the content, else the algorithm that they are its digest by.
  eimza_digest digest;
} eimza_content;

// How it stands with a PIN or PUK: one of the EIMZA_PIN_ numbers.
typedef uint32_t eimza_pin_status;

// How it stands with a PIN or PUK.
typedef struct eimza_pin_state {
  // One of the EIMZA_PIN_ numbers.
  eimza_pin_status status;
  // Tries left; -1 where the token does not tell. Never guessed.
  int32_t tries_left;
} eimza_pin_state;

// Which PIN a key wants when it is used: one of the EIMZA_WANTED_PIN_ numbers.
typedef uint32_t eimza_wanted_pin;

// What the certificates beneath an anchor are accepted for: one of the EIMZA_TRUSTED_FOR_ numbers.
typedef uint32_t eimza_trusted_for;

// What a check came to: one of the EIMZA_CHECK_ numbers.
typedef uint32_t eimza_check_status;

// How it stands with a session: one of the EIMZA_CONSENT_ numbers.
typedef uint32_t eimza_consent_state;

// What a code is for: one of the EIMZA_PURPOSE_ numbers.
typedef uint32_t eimza_purpose;

// Redeems a code, 15 digits in clear that live during the call: wipe every copy. `purpose` is one of the
// EIMZA_PURPOSE_ numbers; a code for something else is answered with EIMZA_STATUS_CODE_OTHER_PURPOSE and stays usable.
typedef uint32_t (*eimza_on_redeem)(void *context,
                                    struct eimza_view code,
                                    eimza_purpose purpose,
                                    struct eimza_redeem_answer *answer);

// Takes what was signed, which lives during the call; the same submission again gets the same answer. Where it cannot
// be known whether it arrived: EIMZA_STATUS_SERVICE_UNREACHABLE.
typedef uint32_t (*eimza_on_submit)(void *context,
                                    const char *session,
                                    struct eimza_view record,
                                    const struct eimza_bytes_list *signatures,
                                    struct eimza_consent_answer *answer);

// Tells how it stands with a session.
typedef uint32_t (*eimza_on_status)(void *context, const char *session, struct eimza_consent_answer *answer);

// Is told once that no function is called any more, from the thread that freed the last handle.
typedef void (*eimza_on_release)(void *context);

// A consent service of the caller.
//
// Each function fills its answer, which belongs to the library and ends with the call, and returns EIMZA_STATUS_OK; or
// it returns what it failed with: EIMZA_STATUS_CODE_UNKNOWN … EIMZA_STATUS_CODE_GUESSES_EXCEEDED for a code,
// EIMZA_STATUS_CONSENT_EXPIRED, EIMZA_STATUS_CONSENT_CANCELLED, EIMZA_STATUS_CONSENT_UNKNOWN,
// EIMZA_STATUS_RECEIPT_INVALID, or EIMZA_STATUS_SERVICE_UNREACHABLE where nothing is known (a submission's outcome is
// then unknown, EIMZA_STATUS_CONSENT_OUTCOME_UNKNOWN, and eimza_consent_session_settle asks `status`).
// EIMZA_STATUS_SERVICE_REFUSED says no; every other number becomes EIMZA_STATUS_SERVICE_FAILED. What lies beneath goes
// to the answer's _set_cause. It must return, not jump or throw.
//
// Threads: a function is called in the thread that uses the session. Where several threads use sessions of one
// service, functions run **at the same time** with the same `context`.
typedef struct eimza_own_consent_service {
  // Handed to every function; never looked at.
  void *context;
  // Must not be NULL.
  eimza_on_redeem redeem;
  // Must not be NULL.
  eimza_on_submit submit;
  // Must not be NULL.
  eimza_on_status status;
  // NULL where there is nothing to release.
  eimza_on_release release;
} eimza_own_consent_service;

// Is told the seconds that are left, rounded up; 0 is the last call. It must return, not jump or throw, and must not
// free the countdown.
typedef void (*eimza_on_tick)(void *context, uint64_t seconds);

// Where a session stands: one of the EIMZA_SESSION_ numbers.
typedef uint32_t eimza_session_state;

// What a start came to: one of the EIMZA_START_ numbers.
typedef uint32_t eimza_start;

// Türkçe.
#define EIMZA_LANGUAGE_TURKISH 1

// English; also what an unknown number gives.
#define EIMZA_LANGUAGE_ENGLISH 2

// The token does not tell.
#define EIMZA_PIN_UNKNOWN 0

// The token tells that nothing was tried wrongly, or it accepted the PIN in this process.
#define EIMZA_PIN_OK 1

// Something was tried wrongly; more than one try is left.
#define EIMZA_PIN_LOW 2

// One try is left, or two failures are remembered and the token tells nothing.
#define EIMZA_PIN_FINAL_TRY 3

// It can no longer be tried.
#define EIMZA_PIN_BLOCKED 4

// The token has none yet.
#define EIMZA_PIN_NOT_SET 5

// Nobody can tell before the key was used.
#define EIMZA_WANTED_PIN_UNKNOWN 0

// None beside the one that opens the token.
#define EIMZA_WANTED_PIN_TOKEN 1

// One of its own, beside the one that opens the token: eimza_attempt_key_pin.
#define EIMZA_WANTED_PIN_OWN 2

// None: octets are the content itself; in options, the digest that fits the key.
#define EIMZA_DIGEST_NONE 0

// SHA-256.
#define EIMZA_DIGEST_SHA256 256

// SHA-384.
#define EIMZA_DIGEST_SHA384 384

// SHA-512.
#define EIMZA_DIGEST_SHA512 512

// SHA-1: for verifying old signatures only.
#define EIMZA_DIGEST_SHA1 1

// SHA-224, as all that follow: for verifying only.
#define EIMZA_DIGEST_SHA224 224

// SHA-512/224.
#define EIMZA_DIGEST_SHA512_224 512224

// SHA-512/256.
#define EIMZA_DIGEST_SHA512_256 512256

// SHA3-224.
#define EIMZA_DIGEST_SHA3_224 3224

// SHA3-256.
#define EIMZA_DIGEST_SHA3_256 3256

// SHA3-384.
#define EIMZA_DIGEST_SHA3_384 3384

// SHA3-512.
#define EIMZA_DIGEST_SHA3_512 3512

// Signers and time-stamps.
#define EIMZA_TRUSTED_FOR_EVERYTHING 0

// Signers, companies' seals among them.
#define EIMZA_TRUSTED_FOR_SIGNERS 1

// Companies' seals (Mali Mühür) alone.
#define EIMZA_TRUSTED_FOR_SEALS 2

// Time-stamps.
#define EIMZA_TRUSTED_FOR_TIME_STAMPS 3

// There is no such check.
#define EIMZA_CHECK_NONE 0

// It has passed.
#define EIMZA_CHECK_PASSED 1

// It has failed.
#define EIMZA_CHECK_FAILED 2

// It cannot be told.
#define EIMZA_CHECK_UNDETERMINED 3

// The code waits to be redeemed.
#define EIMZA_CONSENT_WAITING 1

// The session is open; nothing has arrived.
#define EIMZA_CONSENT_OPEN 2

// The time ran out.
#define EIMZA_CONSENT_EXPIRED 3

// It was cancelled, or a new code was asked for.
#define EIMZA_CONSENT_CANCELLED 4

// It was accepted.
#define EIMZA_CONSENT_ACCEPTED 5

// It was not accepted.
#define EIMZA_CONSENT_REJECTED 6

// It was accepted and has been revoked since.
#define EIMZA_CONSENT_REVOKED 7

// It has arrived and nothing stands against it, but status data for the verdict is missing.
#define EIMZA_CONSENT_RECEIVED 8

// Whatever it is for.
#define EIMZA_PURPOSE_ANY 0

// To give a consent.
#define EIMZA_PURPOSE_CONSENT 1

// To take a consent back.
#define EIMZA_PURPOSE_REVOCATION 2

// Nothing was shown yet.
#define EIMZA_SESSION_OPENED 1

// A text was shown; not all were read.
#define EIMZA_SESSION_SHOWN 2

// All texts were read: the person may sign.
#define EIMZA_SESSION_READ 3

// Signed, not handed in.
#define EIMZA_SESSION_SIGNED 4

// Handed in: the service is at work on it.
#define EIMZA_SESSION_SUBMITTED 5

// The service accepted.
#define EIMZA_SESSION_ACCEPTED 6

// The service refused.
#define EIMZA_SESSION_REJECTED 7

// It was handed in and the answer was lost: eimza_consent_session_settle.
#define EIMZA_SESSION_OUTCOME_UNKNOWN 8

// A consent of this kind stands already: nothing is asked of the person.
#define EIMZA_SESSION_ALREADY_GIVEN 9

// The time ran out.
#define EIMZA_SESSION_EXPIRED 10

// It was cancelled.
#define EIMZA_SESSION_CANCELLED 11

// The service has it and could not judge it yet: eimza_consent_session_settle tells what becomes of it.
#define EIMZA_SESSION_RECEIVED 12

// A code was issued.
#define EIMZA_START_ISSUED 1

// A consent stands already: the person may leave it, or start a revocation. No error.
#define EIMZA_START_ALREADY_GIVEN 2

// There is no consent to revoke.
#define EIMZA_START_NOTHING_TO_REVOKE 3

// The same was handed in before, and its verdict is missing: the person may wait, or cancel that session.
#define EIMZA_START_ALREADY_RECEIVED 4

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The octets; they live as long as the handle. NULL: empty.
struct eimza_view eimza_bytes_view(const struct eimza_bytes *bytes);

// Frees octets; NULL is nothing.
void eimza_bytes_free(struct eimza_bytes *bytes);

// How many runs of octets there are.
size_t eimza_bytes_list_count(const struct eimza_bytes_list *list);

// The run of octets at `index`, from 0; empty where there is none. It lives as long as the list.
struct eimza_view eimza_bytes_list_at(const struct eimza_bytes_list *list, size_t index);

// A copy of these octets behind those in the list.
eimza_status eimza_bytes_list_add(struct eimza_bytes_list *list, struct eimza_view octets, struct eimza_error **error);

// An empty list.
struct eimza_bytes_list *eimza_bytes_list_new(void);

// Frees a list; NULL is nothing.
void eimza_bytes_list_free(struct eimza_bytes_list *list);

// Frees a string that a function of this library gave through `char **`; NULL is nothing. It is wiped first.
void eimza_string_free(char *text);

// Overwrites `length` octets of the caller with zeros, in a way that compilers do not leave out: for the buffer that a
// PIN was typed into.
void eimza_wipe(uint8_t *octets, size_t length);

// The stable number, the same that the call returned.
eimza_status eimza_error_status(const struct eimza_error *error);

// The stable name, like "pin-incorrect". Lives for ever.
const char *eimza_error_name(const struct eimza_error *error);

// What happened, for people. Lives as long as the error.
const char *eimza_error_message(const struct eimza_error *error, eimza_language language);

// What to do now, for people. Lives as long as the error.
const char *eimza_error_remedy(const struct eimza_error *error, eimza_language language);

// Tries that are left after a refused PIN or PUK; -1 where the token does not tell.
int32_t eimza_error_tries_left(const struct eimza_error *error);

// What the system or another library said, the nearest first, for logs; NULL where nothing lies beneath. Lives as long
// as the error.
const char *eimza_error_cause(const struct eimza_error *error);

// The stable name of the check that a consent did not pass, like "signing-time"; NULL for every error but
// EIMZA_STATUS_CONSENT_REJECTED. Lives as long as the error.
const char *eimza_error_rejection(const struct eimza_error *error);

// Frees an error; NULL is nothing.
void eimza_error_free(struct eimza_error *error);

// The stable name of a status, like "pin-incorrect"; "ok" for 0, "unknown" for other numbers. Lives for ever.
const char *eimza_status_name(uint32_t status);

// Takes a PIN of 1 to 64 octets. The caller's octets are not wiped: see eimza_wipe.
//
// Exactly 15 digits are a probable verification code and refused (EIMZA_STATUS_SECRET_LOOKS_LIKE_VERIFICATION_CODE).
eimza_status eimza_pin_new(struct eimza_view octets, struct eimza_pin **out, struct eimza_error **error);

// A PIN of any form, also of 15 digits and of up to 1024 octets. It reaches a token only where the attempt permits it:
// eimza_attempt_allow_unusual_pin.
eimza_status eimza_pin_new_unusual(struct eimza_view octets, struct eimza_pin **out, struct eimza_error **error);

// Has the PIN asked by the caller's function, in this thread; every buffer that holds the octets is wiped.
//
// EIMZA_STATUS_CANCELLED where the function gives up.
eimza_status eimza_pin_ask(eimza_pin_prompt prompt, void *context, struct eimza_pin **out, struct eimza_error **error);

// As eimza_pin_ask, by the rules of eimza_pin_new_unusual.
eimza_status eimza_pin_ask_unusual(eimza_pin_prompt prompt,
                                   void *context,
                                   struct eimza_pin **out,
                                   struct eimza_error **error);

// Stands for a PIN that is typed on the keypad of the token or its reader.
struct eimza_pin *eimza_pin_on_device(void);

// Stands for no PIN: for a token that signs without a login (needs_login of eimza_token_info). Nothing is sent.
struct eimza_pin *eimza_pin_not_needed(void);

// Wipes and frees a PIN; NULL is nothing.
void eimza_pin_free(struct eimza_pin *pin);

// Takes a PUK, by the rules of eimza_pin_new.
eimza_status eimza_puk_new(struct eimza_view octets, struct eimza_puk **out, struct eimza_error **error);

// Stands for a PUK that is typed on the keypad of the token or its reader.
struct eimza_puk *eimza_puk_on_device(void);

// Wipes and frees a PUK; NULL is nothing.
void eimza_puk_free(struct eimza_puk *puk);

// Reads the 15 digits of a verification code; whatever is neither a letter nor a number is tolerated anywhere, and so
// are hidden characters and full-width digits. EIMZA_STATUS_VERIFICATION_CODE_MALFORMED otherwise.
eimza_status eimza_verification_code_parse(struct eimza_view octets,
                                           struct eimza_verification_code **out,
                                           struct eimza_error **error);

// The 15 digits in clear, for the page that shows the code to its person. They live as long as the handle.
struct eimza_view eimza_verification_code_reveal(const struct eimza_verification_code *code);

// Whether two codes are the same, in constant time; false for NULL.
bool eimza_verification_code_equals(const struct eimza_verification_code *code,
                                    const struct eimza_verification_code *other);

// Wipes and frees a verification code; NULL is nothing.
void eimza_verification_code_free(struct eimza_verification_code *code);

// Reads the 4 to 10 digits of a confirmation code; what a verification code may have between its digits is tolerated.
// EIMZA_STATUS_CONFIRMATION_CODE_MALFORMED otherwise.
eimza_status eimza_confirmation_code_parse(struct eimza_view octets,
                                           struct eimza_confirmation_code **out,
                                           struct eimza_error **error);

// Wipes and frees a confirmation code; NULL is nothing.
void eimza_confirmation_code_free(struct eimza_confirmation_code *code);

// Takes the password of a PKCS#12 file: UTF-8, at most 1,024 octets; it may be empty.
eimza_status eimza_password_new(struct eimza_view octets, struct eimza_password **out, struct eimza_error **error);

// Wipes and frees a password; NULL is nothing.
void eimza_password_free(struct eimza_password *password);

// An empty entry, for keypads on a screen.
struct eimza_pin_entry *eimza_pin_entry_new(void);

// Adds one octet; the 65th is refused (EIMZA_STATUS_SECRET_TOO_LONG).
eimza_status eimza_pin_entry_push(struct eimza_pin_entry *entry, uint8_t octet, struct eimza_error **error);

// Takes the last octet back; nothing happens to an empty entry.
void eimza_pin_entry_backspace(struct eimza_pin_entry *entry);

// Forgets and wipes everything that was entered.
void eimza_pin_entry_clear(struct eimza_pin_entry *entry);

// How many octets were entered, for the dots on the screen.
size_t eimza_pin_entry_length(const struct eimza_pin_entry *entry);

// Makes the PIN by the rules of eimza_pin_new and empties the entry.
eimza_status eimza_pin_entry_finish(struct eimza_pin_entry *entry, struct eimza_pin **out, struct eimza_error **error);

// As eimza_pin_entry_finish, by the rules of eimza_pin_new_unusual.
eimza_status eimza_pin_entry_finish_unusual(struct eimza_pin_entry *entry,
                                            struct eimza_pin **out,
                                            struct eimza_error **error);

// Wipes and frees an entry; NULL is nothing.
void eimza_pin_entry_free(struct eimza_pin_entry *entry);

// The time of the system's clock, in seconds since 1970 (UTC).
int64_t eimza_time_now(void);

// Reads RFC 3339 text, like "2026-06-15T12:00:00Z", into seconds since 1970. EIMZA_STATUS_TIME_INVALID where it is no
// time.
eimza_status eimza_time_parse(eimza_text text, int64_t *out, struct eimza_error **error);

// RFC 3339 text in UTC. Free it with eimza_string_free.
eimza_status eimza_time_text(int64_t seconds, char **out, struct eimza_error **error);

// As people in Türkiye read it: dd.MM.yyyy HH:mm:ss, Istanbul time. Free it with eimza_string_free.
eimza_status eimza_time_istanbul(int64_t seconds, char **out, struct eimza_error **error);

// The version of the library that is in use, like "0.1.0"; EIMZA_VERSION is that of the header. Lives for ever.
const char *eimza_version(void);

// Reads one certificate in DER; what stands behind it is left out, which the summary's `notes` tell.
// EIMZA_STATUS_CERTIFICATE_MALFORMED where it is none.
eimza_status eimza_certificate_from_der(struct eimza_view der,
                                        struct eimza_certificate **out,
                                        struct eimza_error **error);

// The octets as they came. They live as long as the handle.
struct eimza_view eimza_certificate_der(const struct eimza_certificate *certificate);

// Whose it is (RFC 4514). Free it with eimza_string_free.
eimza_status eimza_certificate_subject(const struct eimza_certificate *certificate,
                                       char **out,
                                       struct eimza_error **error);

// Who issued it (RFC 4514). Free it with eimza_string_free.
eimza_status eimza_certificate_issuer(const struct eimza_certificate *certificate,
                                      char **out,
                                      struct eimza_error **error);

// The subject's common name: the person, or a seal's company. NULL where there is none. Free it with
// eimza_string_free.
eimza_status eimza_certificate_common_name(const struct eimza_certificate *certificate,
                                           char **out,
                                           struct eimza_error **error);

// The person's national id **in clear**: only where a person asked for it, never for logs. NULL where there is none.
// Free it with eimza_string_free, which wipes it.
eimza_status eimza_certificate_reveal_national_id(const struct eimza_certificate *certificate,
                                                  char **out,
                                                  struct eimza_error **error);

// SHA-256 over the octets, 64 lower-case hexadecimal digits. Free it with eimza_string_free.
eimza_status eimza_certificate_sha256(const struct eimza_certificate *certificate,
                                      char **out,
                                      struct eimza_error **error);

// What it is for: "nes", "mali-muhur", "ca", "tsa", "ocsp", "other". Free it with eimza_string_free.
eimza_status eimza_certificate_kind(const struct eimza_certificate *certificate,
                                    char **out,
                                    struct eimza_error **error);

// Everything on one page, as JSON: the fields of `eimza certificate show`. Free it with eimza_string_free.
eimza_status eimza_certificate_summary(const struct eimza_certificate *certificate,
                                       char **out,
                                       struct eimza_error **error);

// As eimza_certificate_summary, with national ids **in clear**. Only where a person asked for it.
eimza_status eimza_certificate_reveal_summary(const struct eimza_certificate *certificate,
                                              char **out,
                                              struct eimza_error **error);

// What the summary leaves out, as JSON: organization, key_usage (names of RFC 5280, null where none is stated),
// extended_key_usage, is_ca, policies (oid, cps, notices), statements (compliance, turkish_nes, turkish_seal, limit,
// usage_limits, others), issuer_addresses, ocsp_addresses, crl_addresses, unknown_critical_extensions. National ids in
// texts and addresses are masked. Free it with eimza_string_free.
eimza_status eimza_certificate_details(const struct eimza_certificate *certificate,
                                       char **out,
                                       struct eimza_error **error);

// As eimza_certificate_details, with texts and addresses as they stand there and national ids **in clear**: to open an
// address, or where a person asked for it.
eimza_status eimza_certificate_reveal_details(const struct eimza_certificate *certificate,
                                              char **out,
                                              struct eimza_error **error);

// When it begins; 0 for NULL, and where no moment can be told.
int64_t eimza_certificate_not_before(const struct eimza_certificate *certificate);

// The last second in which it is valid; 0 for NULL, and where no moment can be told.
int64_t eimza_certificate_not_after(const struct eimza_certificate *certificate);

// From when on a new one can be asked for: two months before the end, Istanbul time. 0 where it cannot be renewed.
int64_t eimza_certificate_renewable_from(const struct eimza_certificate *certificate);

// Whether it claims to be a Turkish qualified certificate. Only a path to an anchor tells whether that is true.
bool eimza_certificate_is_qualified(const struct eimza_certificate *certificate);

// Fails with what it lacks of a qualified certificate (EIMZA_STATUS_CERTIFICATE_NOT_QUALIFIED).
eimza_status eimza_certificate_check_qualified(const struct eimza_certificate *certificate, struct eimza_error **error);

// Fails where it may not sign documents at this time (EIMZA_STATUS_CERTIFICATE_EXPIRED,
// EIMZA_STATUS_CERTIFICATE_NOT_YET_VALID, EIMZA_STATUS_CERTIFICATE_CANNOT_SIGN).
eimza_status eimza_certificate_check_for_signing(const struct eimza_certificate *certificate,
                                                 int64_t at,
                                                 struct eimza_error **error);

// Fails where it is not that of the person with this national id, 11 digits in clear
// (EIMZA_STATUS_CERTIFICATE_OTHER_PERSON).
eimza_status eimza_certificate_check_person(const struct eimza_certificate *certificate,
                                            eimza_text national_id,
                                            struct eimza_error **error);

// Whether `issuer` made it: equal names and a signature that verifies. Not whether `issuer` may issue certificates.
eimza_status eimza_certificate_is_issued_by(const struct eimza_certificate *certificate,
                                            const struct eimza_certificate *issuer,
                                            bool *out,
                                            struct eimza_error **error);

// Frees a certificate; NULL is nothing.
void eimza_certificate_free(struct eimza_certificate *certificate);

// Reads every certificate of a file in DER or PEM, in its order: all of them, or the error of the first that cannot be
// read.
eimza_status eimza_certificates_read(struct eimza_view file,
                                     struct eimza_certificates **out,
                                     struct eimza_error **error);

// An empty list.
struct eimza_certificates *eimza_certificates_new(void);

// Puts a certificate behind those in the list; the caller keeps its own handle.
eimza_status eimza_certificates_add(struct eimza_certificates *certificates,
                                    const struct eimza_certificate *certificate,
                                    struct eimza_error **error);

// How many there are.
size_t eimza_certificates_count(const struct eimza_certificates *certificates);

// A handle of its own for the certificate at `index`, from 0.
eimza_status eimza_certificates_at(const struct eimza_certificates *certificates,
                                   size_t index,
                                   struct eimza_certificate **out,
                                   struct eimza_error **error);

// The only one that is left under the conditions: for signing and valid at `at`; `qualified`; with this SHA-256 in
// hexadecimal, or NULL. None or several is an error that names them (EIMZA_STATUS_CERTIFICATE_NONE_FITS,
// EIMZA_STATUS_CERTIFICATES_SEVERAL).
eimza_status eimza_certificates_choose(const struct eimza_certificates *certificates,
                                       bool qualified,
                                       int64_t at,
                                       eimza_text sha256,
                                       struct eimza_certificate **out,
                                       struct eimza_error **error);

// Frees a list; NULL is nothing.
void eimza_certificates_free(struct eimza_certificates *certificates);

// Opens the token that an address names: "pkcs11:token=NES1?module-path=/usr/lib/libakisp11.so" (RFC 7512), or
// "file:PATH" for a software token, or "pcsc:READER NAME" for a card without a module. EIMZA_STATUS_TOKEN_ADDRESS_INVALID, EIMZA_STATUS_TOKEN_ADDRESS_HOLDS_PIN;
// EIMZA_STATUS_TOKEN_UNKNOWN, EIMZA_STATUS_TOKENS_SEVERAL where not exactly one token fits;
// EIMZA_STATUS_MODULE_MISSING … for the module.
eimza_status eimza_token_open(eimza_text address,
                              struct eimza_token **out,
                              struct eimza_error **error);

// The one token of this machine with a certificate that may sign. Spends no try. EIMZA_STATUS_TOKEN_ABSENT for none,
// EIMZA_STATUS_TOKENS_SEVERAL for several.
eimza_status eimza_token_only(struct eimza_token **out, struct eimza_error **error);

// The tokens of this machine that hold a certificate. Spends no try; a software token is never found by itself.
eimza_status eimza_tokens_usable(struct eimza_tokens **out, struct eimza_error **error);

// How many there are.
size_t eimza_tokens_count(const struct eimza_tokens *tokens);

// A handle of its own for the token at `index`, from 0.
eimza_status eimza_tokens_at(const struct eimza_tokens *tokens,
                             size_t index,
                             struct eimza_token **out,
                             struct eimza_error **error);

// Frees a list; NULL is nothing.
void eimza_tokens_free(struct eimza_tokens *tokens);

// How to name the token again. National ids in it are **in clear**. Free it with eimza_string_free.
eimza_status eimza_token_address(const struct eimza_token *token, char **out, struct eimza_error **error);

// What the token is called. Free it with eimza_string_free.
eimza_status eimza_token_label(const struct eimza_token *token, char **out, struct eimza_error **error);

// What the token is, as JSON: address_without_national_id (how to name it again where people look), label,
// manufacturer, model, serial, kind ("pkcs11", "smart-card", "software"), may_be_qualified_device, has_keypad, needs_login. Free it
// with eimza_string_free.
eimza_status eimza_token_info(const struct eimza_token *token,
                              char **out,
                              struct eimza_error **error);

// Signs every request, which the person saw listed beforehand, with one entry of the PIN: all of them or none. Each
// value is verified before it is returned; ECDSA values are DER. `pin` and `attempt` (or NULL) are moved in.
//
// May block for seconds. EIMZA_STATUS_PIN_INCORRECT … for what the attempt came to; what kept it from being made
// spends no try.
eimza_status eimza_token_sign(const struct eimza_token *token,
                              const struct eimza_token_certificate *signer,
                              const struct eimza_sign_requests *requests,
                              struct eimza_pin **pin,
                              struct eimza_attempt **attempt,
                              struct eimza_bytes_list **out,
                              struct eimza_error **error);

// The simple way: prepares, has the token sign, verifies, and gives the file. `pin` and `attempt` (or NULL) are moved
// in.
//
// Errors that can be known beforehand (a certificate that does not suit, a missing content) are returned before the
// PIN reaches the token.
eimza_status eimza_sign(const struct eimza_token *token,
                        const struct eimza_token_certificate *signer,
                        struct eimza_pin **pin,
                        const struct eimza_content *content,
                        const struct eimza_signing_options *options,
                        struct eimza_attempt **attempt,
                        struct eimza_bytes **out,
                        struct eimza_error **error);

// The simple way for several, with one entry of the PIN: has the token sign all that was prepared for this signer,
// verifies, and gives a file for each, or none at all. `pin`, `prepared` and `attempt` (or NULL) are moved in.
//
// EIMZA_STATUS_ARGUMENT_INVALID, before the PIN reaches the token, where something was prepared for another
// certificate.
eimza_status eimza_sign_prepared(const struct eimza_token *token,
                                 const struct eimza_token_certificate *signer,
                                 struct eimza_pin **pin,
                                 struct eimza_prepared_list **prepared,
                                 struct eimza_attempt **attempt,
                                 struct eimza_bytes_list **out,
                                 struct eimza_error **error);

// The same token, remembering failed attempts in this file instead of in this process. The file holds no secret.
eimza_status eimza_token_with_memory(const struct eimza_token *token,
                                     eimza_text path,
                                     struct eimza_token **out,
                                     struct eimza_error **error);

// The PKCS#11 modules that are found on this machine, as a JSON list: path, name, and whether it loads with the
// reason. Modules are code that runs in this process. Free it with eimza_string_free.
eimza_status eimza_modules(char **out, struct eimza_error **error);

// Frees a token's handle; NULL is nothing.
void eimza_token_free(struct eimza_token *token);

// Nothing out of the ordinary: the last try is not spent. Where an attempt is asked for, NULL means the same.
struct eimza_attempt *eimza_attempt_new(void);

// The person was told that this is the last try, or that nobody can tell how many are left, and wants it spent.
eimza_status eimza_attempt_spend_last_try(struct eimza_attempt *attempt, struct eimza_error **error);

// The same of the PIN that the key has of its own.
eimza_status eimza_attempt_spend_last_try_of_key_pin(struct eimza_attempt *attempt, struct eimza_error **error);

// Signs with a key that has a PIN of its own: what the person entered for it, beside the PIN that opens the token. `pin` is
// moved in. A key that asks for no PIN of its own is never given it.
eimza_status eimza_attempt_key_pin(struct eimza_attempt *attempt,
                                   struct eimza_pin **pin,
                                   struct eimza_error **error);

// The person insists on a length outside of what the token reports, or on white space around it.
eimza_status eimza_attempt_allow_unusual_pin(struct eimza_attempt *attempt, struct eimza_error **error);

// Lets the operation be given up by this cancellation; the caller keeps its handle.
eimza_status eimza_attempt_cancelled_by(struct eimza_attempt *attempt,
                                        const struct eimza_cancellation *cancellation,
                                        struct eimza_error **error);

// Frees an attempt that was not used; NULL is nothing.
void eimza_attempt_free(struct eimza_attempt *attempt);

// Not cancelled yet.
struct eimza_cancellation *eimza_cancellation_new(void);

// Gives the operation up, from any thread. Its call returns at once: EIMZA_STATUS_CANCELLED where nothing was spent,
// EIMZA_STATUS_PIN_ANSWER_LOST where a PIN was on its way and may have counted.
void eimza_cancellation_cancel(const struct eimza_cancellation *cancellation);

// Whether it was given up.
bool eimza_cancellation_is_cancelled(const struct eimza_cancellation *cancellation);

// Frees a cancellation, which may happen while its operation still runs; NULL is nothing.
void eimza_cancellation_free(struct eimza_cancellation *cancellation);

// Takes a key as PrivateKeyInfo (PKCS#8, RFC 5208), its certificate and that one's chain. The caller's octets are not
// wiped: see eimza_wipe. EIMZA_STATUS_KEY_ABSENT where the key is not that of the first certificate.
eimza_status eimza_key_material_new(struct eimza_view pkcs8,
                                    eimza_text label,
                                    const struct eimza_certificates *certificates,
                                    struct eimza_key_material **out,
                                    struct eimza_error **error);

// A fresh key with a certificate that it signed itself: worth nothing, and named `eimza TEST …`. `key` is "EC P-256",
// "EC P-384", "EC P-521", "RSA-2048", "RSA-3072" or "RSA-4096".
eimza_status eimza_key_material_self_signed(eimza_text key,
                                            eimza_text name,
                                            int64_t not_before,
                                            int64_t not_after,
                                            struct eimza_key_material **out,
                                            struct eimza_error **error);

// Wipes and frees a key; NULL is nothing.
void eimza_key_material_free(struct eimza_key_material *key);

// An empty list.
struct eimza_key_material_list *eimza_key_material_list_new(void);

// Puts a key behind those in the list. `key` is moved in.
eimza_status eimza_key_material_list_add(struct eimza_key_material_list *list,
                                         struct eimza_key_material **key,
                                         struct eimza_error **error);

// How many there are.
size_t eimza_key_material_list_count(const struct eimza_key_material_list *list);

// Wipes and frees the keys; NULL is nothing.
void eimza_key_material_list_free(struct eimza_key_material_list *list);

// How it stands with the PIN. Never spends a try.
eimza_status eimza_token_pin_status(const struct eimza_token *token,
                                    struct eimza_pin_state *out,
                                    struct eimza_error **error);

// How it stands with the PUK. Never spends a try.
eimza_status eimza_token_puk_status(const struct eimza_token *token,
                                    struct eimza_pin_state *out,
                                    struct eimza_error **error);

// How it stands with the PIN that the certificate's key has, or may have, of its own. Never spends a try.
eimza_status eimza_token_key_pin_status(const struct eimza_token *token,
                                        const struct eimza_token_certificate *signer,
                                        struct eimza_pin_state *out,
                                        struct eimza_error **error);

// Whether an attempt with the PIN would be let through as things stand, by free means: ask it before the person is
// asked. `attempt` (or NULL) is moved in. EIMZA_STATUS_PIN_BLOCKED, EIMZA_STATUS_PIN_FINAL_TRY,
// EIMZA_STATUS_PIN_NOT_SET for what would be said instead.
eimza_status eimza_token_check_pin_attempt(const struct eimza_token *token,
                                           struct eimza_attempt **attempt,
                                           struct eimza_error **error);

// The same for the PUK. EIMZA_STATUS_PUK_BLOCKED, EIMZA_STATUS_PUK_FINAL_TRY.
eimza_status eimza_token_check_puk_attempt(const struct eimza_token *token,
                                           struct eimza_attempt **attempt,
                                           struct eimza_error **error);

// The same for the PIN that the certificate's key has, or may have, of its own. EIMZA_STATUS_KEY_PIN_BLOCKED,
// EIMZA_STATUS_KEY_PIN_FINAL_TRY.
eimza_status eimza_token_check_key_pin_attempt(const struct eimza_token *token,
                                               const struct eimza_token_certificate *signer,
                                               struct eimza_attempt **attempt,
                                               struct eimza_error **error);

// Presents the PIN once and forgets the rights again. `pin` and `attempt` (or NULL) are moved in.
//
// EIMZA_STATUS_PIN_INCORRECT … for what the attempt came to, with eimza_error_tries_left; EIMZA_STATUS_PIN_FINAL_TRY
// where the last try was not permitted.
eimza_status eimza_token_verify_pin(const struct eimza_token *token,
                                    struct eimza_pin **pin,
                                    struct eimza_attempt **attempt,
                                    struct eimza_error **error);

// Changes the PIN: one attempt with the old one. `old`, `fresh` and `attempt` (or NULL) are moved in.
eimza_status eimza_token_change_pin(const struct eimza_token *token,
                                    struct eimza_pin **old,
                                    struct eimza_pin **fresh,
                                    struct eimza_attempt **attempt,
                                    struct eimza_error **error);

// Sets a new PIN with the PUK: one attempt with the PUK. A wrong PUK can make a card useless for good. `puk`, `fresh`
// and `attempt` (or NULL) are moved in.
eimza_status eimza_token_unblock_pin(const struct eimza_token *token,
                                     struct eimza_puk **puk,
                                     struct eimza_pin **fresh,
                                     struct eimza_attempt **attempt,
                                     struct eimza_error **error);

// Changes the PUK: one attempt with the old one. `old`, `fresh` and `attempt` (or NULL) are moved in.
eimza_status eimza_token_change_puk(const struct eimza_token *token,
                                    struct eimza_puk **old,
                                    struct eimza_puk **fresh,
                                    struct eimza_attempt **attempt,
                                    struct eimza_error **error);

// Reads a PKCS#12 file. A part that cannot be read hides no other. `password` is moved in.
// EIMZA_STATUS_PKCS12_MALFORMED, EIMZA_STATUS_PKCS12_PASSWORD_WRONG for a wrong password, EIMZA_STATUS_PKCS12_KEY_ABSENT
// where there is no key with its certificate.
eimza_status eimza_pkcs12_read(struct eimza_view file,
                               struct eimza_password **password,
                               struct eimza_pkcs12 **out,
                               struct eimza_error **error);

// Moves the keys out, each with its certificate and what the file has of that one's chain; the list is empty the second
// time.
eimza_status eimza_pkcs12_take_keys(struct eimza_pkcs12 *pkcs12,
                                    struct eimza_key_material_list **out,
                                    struct eimza_error **error);

// How many parts of the file were passed over.
size_t eimza_pkcs12_passed_over_count(const struct eimza_pkcs12 *pkcs12);

// Why the part at `index`, from 0, was passed over: a key of an unknown kind or without a certificate, a damaged
// certificate of a chain. NULL behind the last. Freed with eimza_error_free.
struct eimza_error *eimza_pkcs12_passed_over_at(const struct eimza_pkcs12 *pkcs12, size_t index);

// Wipes and frees what was read; NULL is nothing.
void eimza_pkcs12_free(struct eimza_pkcs12 *pkcs12);

// The certificates on the token. Never asks for a PIN and never spends a try.
eimza_status eimza_token_read_certificates(const struct eimza_token *token,
                                           struct eimza_token_certificates **out,
                                           struct eimza_error **error);

// All certificates on the token, for the few that hide them until somebody logs in: one attempt with the PIN. `pin`
// and `attempt` (or NULL) are moved in. Offer it where eimza_token_read_certificates finds nothing.
eimza_status eimza_token_read_certificates_with_pin(const struct eimza_token *token,
                                                    struct eimza_pin **pin,
                                                    struct eimza_attempt **attempt,
                                                    struct eimza_token_certificates **out,
                                                    struct eimza_error **error);

// As eimza_token_read_certificates_with_pin. Where the token accepted the PIN it is given back in its place, to sign with
// what was found: the person is asked once. Where it was typed on a keypad, the token stays open until what is given back
// has signed or is freed; until then other PIN operations on it give EIMZA_STATUS_HOST_HOLDS_LOGIN.
eimza_status eimza_token_read_certificates_keeping_pin(const struct eimza_token *token,
                                                       struct eimza_pin **pin,
                                                       struct eimza_attempt **attempt,
                                                       struct eimza_token_certificates **out,
                                                       struct eimza_error **error);

// How many there are.
size_t eimza_token_certificates_count(const struct eimza_token_certificates *certificates);

// A handle of its own for the one at `index`, from 0.
eimza_status eimza_token_certificates_at(const struct eimza_token_certificates *certificates,
                                         size_t index,
                                         struct eimza_token_certificate **out,
                                         struct eimza_error **error);

// The only one that is left under the conditions of eimza_certificates_choose.
eimza_status eimza_token_certificates_choose(const struct eimza_token_certificates *certificates,
                                             bool qualified,
                                             int64_t at,
                                             eimza_text sha256,
                                             struct eimza_token_certificate **out,
                                             struct eimza_error **error);

// Leaves only those of the person with this national id, 11 digits in clear.
eimza_status eimza_token_certificates_keep_person(struct eimza_token_certificates *certificates,
                                                  eimza_text national_id,
                                                  struct eimza_error **error);

// Leaves only those with this subject: its whole string (RFC 4514, in clear or masked) or its common name.
eimza_status eimza_token_certificates_keep_subject(struct eimza_token_certificates *certificates,
                                                   eimza_text subject,
                                                   struct eimza_error **error);

// Leaves only those that may sign documents at `at`; where `qualified`, only those that claim to be qualified.
eimza_status eimza_token_certificates_keep_for_signing(struct eimza_token_certificates *certificates,
                                                       bool qualified,
                                                       int64_t at,
                                                       struct eimza_error **error);

// Leaves only those that `issuer` made: equal names and a signature that verifies.
eimza_status eimza_token_certificates_keep_issued_by(struct eimza_token_certificates *certificates,
                                                     const struct eimza_certificate *issuer,
                                                     struct eimza_error **error);

// Who was left out so far and why, as a JSON list of texts: the subject, masked, and the stable name of the reason.
// Free it with eimza_string_free.
eimza_status eimza_token_certificates_excluded(const struct eimza_token_certificates *certificates,
                                               char **out,
                                               struct eimza_error **error);

// Frees a list; NULL is nothing.
void eimza_token_certificates_free(struct eimza_token_certificates *certificates);

// The certificate itself, a handle of its own.
eimza_status eimza_token_certificate_certificate(const struct eimza_token_certificate *signer,
                                                 struct eimza_certificate **out,
                                                 struct eimza_error **error);

// What it is called on the token. Free it with eimza_string_free.
eimza_status eimza_token_certificate_label(const struct eimza_token_certificate *signer,
                                           char **out,
                                           struct eimza_error **error);

// Whether its key wants the PIN for every signature: 1, 0, or -1 where the token does not tell without a PIN.
int32_t eimza_token_certificate_asks_each_time(const struct eimza_token_certificate *signer);

// Which PIN its key wants when it is used. NULL: unknown.
eimza_wanted_pin eimza_token_certificate_wanted_pin(const struct eimza_token_certificate *signer);

// Frees a token's certificate; NULL is nothing.
void eimza_token_certificate_free(struct eimza_token_certificate *signer);

// Makes a software token with one key in a new file, or in memory where `path` is NULL. It behaves like a card and is
// no qualified device. `key`, `pin` and `puk` (of 4 to 64 octets) are moved in. EIMZA_STATUS_TOKEN_FILE_EXISTS where
// the file is there already.
eimza_status eimza_software_token_create(eimza_text path,
                                         eimza_text label,
                                         struct eimza_key_material **key,
                                         struct eimza_pin **pin,
                                         struct eimza_puk **puk,
                                         struct eimza_token **out,
                                         struct eimza_error **error);

// As eimza_software_token_create, with all of these keys. `keys`, `pin` and `puk` are moved in.
eimza_status eimza_software_token_create_with_keys(eimza_text path,
                                                   eimza_text label,
                                                   struct eimza_key_material_list **keys,
                                                   struct eimza_pin **pin,
                                                   struct eimza_puk **puk,
                                                   struct eimza_token **out,
                                                   struct eimza_error **error);

// As eimza_software_token_create, with every key of a PKCS#12 file, each with its certificate and chain. `password`,
// `pin` and `puk` are moved in. EIMZA_STATUS_PKCS12_MALFORMED, EIMZA_STATUS_PKCS12_PASSWORD_WRONG for a wrong
// password, EIMZA_STATUS_PKCS12_KEY_ABSENT where there is no key with its certificate.
eimza_status eimza_software_token_from_pkcs12(eimza_text path,
                                              eimza_text label,
                                              struct eimza_view pkcs12,
                                              struct eimza_password **password,
                                              struct eimza_pin **pin,
                                              struct eimza_puk **puk,
                                              struct eimza_token **out,
                                              struct eimza_error **error);

// A fresh issuer with a key that lives as long as the handle.
eimza_status eimza_test_issuer_new(int64_t not_before,
                                   int64_t not_after,
                                   struct eimza_test_issuer **out,
                                   struct eimza_error **error);

// The issuer's own certificate: the anchor for those that trust it.
eimza_status eimza_test_issuer_certificate(const struct eimza_test_issuer *issuer,
                                           struct eimza_certificate **out,
                                           struct eimza_error **error);

// A fresh key and certificate for a person; `key` as for eimza_key_material_self_signed, `national_id` of 11 digits.
eimza_status eimza_test_issuer_issue(const struct eimza_test_issuer *issuer,
                                     eimza_text name,
                                     eimza_text national_id,
                                     eimza_text key,
                                     int64_t not_before,
                                     int64_t not_after,
                                     struct eimza_key_material **out,
                                     struct eimza_error **error);

// The issuer's revocation list in DER: it tells how things stand from `this_update` on, and a newer one is due at
// `next_update`.
eimza_status eimza_test_issuer_crl(const struct eimza_test_issuer *issuer,
                                   int64_t this_update,
                                   int64_t next_update,
                                   struct eimza_bytes **out,
                                   struct eimza_error **error);

// The issuer's OCSP answer about a certificate of its own, in DER, for the time from `this_update` to `next_update`.
// EIMZA_STATUS_CERTIFICATE_ISSUER_UNKNOWN for a certificate of somebody else.
eimza_status eimza_test_issuer_ocsp(const struct eimza_test_issuer *issuer,
                                    const struct eimza_certificate *certificate,
                                    int64_t this_update,
                                    int64_t next_update,
                                    struct eimza_bytes **out,
                                    struct eimza_error **error);

// Revokes a certificate of this issuer since this time: its lists and answers say so from now on.
eimza_status eimza_test_issuer_revoke(const struct eimza_test_issuer *issuer,
                                      const struct eimza_certificate *certificate,
                                      int64_t since,
                                      struct eimza_error **error);

// Frees an issuer and its key; NULL is nothing.
void eimza_test_issuer_free(struct eimza_test_issuer *issuer);

// The digest of a file of any size, read as a stream (64 KiB of it are in memory).
eimza_status eimza_digest_file(eimza_text path,
                               eimza_digest digest,
                               struct eimza_bytes **out,
                               struct eimza_error **error);

// The first step: what has to be signed. The same content, certificate and options give the same octets.
//
// EIMZA_STATUS_CERTIFICATE_EXPIRED, EIMZA_STATUS_CERTIFICATE_NOT_YET_VALID, EIMZA_STATUS_CERTIFICATE_CANNOT_SIGN for a
// certificate that may not sign; EIMZA_STATUS_CONTENT_MISSING where an attached signature is given a digest only.
eimza_status eimza_prepare(const struct eimza_content *content,
                           const struct eimza_certificate *certificate,
                           const struct eimza_signing_options *options,
                           struct eimza_prepared **out,
                           struct eimza_error **error);

// The octets that are signed: the DER of the signed attributes (RFC 5652 section 5.4). They live as long as the
// handle.
struct eimza_view eimza_prepared_to_be_signed(const struct eimza_prepared *prepared);

// The digest of the octets that are signed: what a key is given.
eimza_status eimza_prepared_digest(const struct eimza_prepared *prepared,
                                   struct eimza_bytes **out,
                                   struct eimza_error **error);

// How it has to be signed, for people: "RSA PKCS#1 v1.5 with SHA-256". Free it with eimza_string_free.
eimza_status eimza_prepared_algorithm(const struct eimza_prepared *prepared, char **out, struct eimza_error **error);

// The last step: verifies the signature value with the certificate and makes the file. An ECDSA value is DER.
//
// `prepared` is moved in. EIMZA_STATUS_SIGNATURE_VALUE_INVALID where the value does not fit.
eimza_status eimza_prepared_complete(struct eimza_prepared **prepared,
                                     struct eimza_view value,
                                     struct eimza_bytes **out,
                                     struct eimza_error **error);

// Frees what was prepared; NULL is nothing.
void eimza_prepared_free(struct eimza_prepared *prepared);

// An empty list.
struct eimza_prepared_list *eimza_prepared_list_new(void);

// Puts what was prepared behind those in the list. `prepared` is moved in.
eimza_status eimza_prepared_list_add(struct eimza_prepared_list *list,
                                     struct eimza_prepared **prepared,
                                     struct eimza_error **error);

// How many there are.
size_t eimza_prepared_list_count(const struct eimza_prepared_list *list);

// Frees a list; NULL is nothing.
void eimza_prepared_list_free(struct eimza_prepared_list *list);

// No requests yet.
struct eimza_sign_requests *eimza_sign_requests_new(void);

// Asks for a signature over what was prepared.
eimza_status eimza_sign_requests_add_prepared(struct eimza_sign_requests *requests,
                                              const struct eimza_prepared *prepared,
                                              struct eimza_error **error);

// How many signatures are asked for.
size_t eimza_sign_requests_count(const struct eimza_sign_requests *requests);

// Frees requests; NULL is nothing.
void eimza_sign_requests_free(struct eimza_sign_requests *requests);

// Attached, RSA with PKCS#1 v1.5, the digest that fits the key. `signing_time` is a claim, never a proof.
eimza_status eimza_signing_options_new(int64_t signing_time,
                                       struct eimza_signing_options **out,
                                       struct eimza_error **error);

// Puts the content into a file of its own.
eimza_status eimza_signing_options_detached(struct eimza_signing_options *options, struct eimza_error **error);

// Chooses the digest of content and attributes.
eimza_status eimza_signing_options_digest(struct eimza_signing_options *options,
                                          eimza_digest digest,
                                          struct eimza_error **error);

// Pads RSA signatures by PSS (RFC 8017 section 8.1).
eimza_status eimza_signing_options_pss(struct eimza_signing_options *options, struct eimza_error **error);

// What the signer commits to: "approval" (what an E-Onay says), "origin", "receipt", "creation" (RFC 5126 section
// 5.11.1).
eimza_status eimza_signing_options_commitment(struct eimza_signing_options *options,
                                              eimza_text name,
                                              struct eimza_error **error);

// The content's MIME type (EN 319 122-1 section 5.2.5.2).
eimza_status eimza_signing_options_mime_type(struct eimza_signing_options *options,
                                             eimza_text mime_type,
                                             struct eimza_error **error);

// A name for the content (content-identifier, RFC 2634 section 2.7).
eimza_status eimza_signing_options_content_identifier(struct eimza_signing_options *options,
                                                      struct eimza_view identifier,
                                                      struct eimza_error **error);

// How the content shall be shown (content-hints, RFC 2634 section 2.9); `description` may be NULL.
eimza_status eimza_signing_options_content_hints(struct eimza_signing_options *options,
                                                 eimza_text description,
                                                 struct eimza_error **error);

// Another signature that this one refers to (content-reference, RFC 2634 section 2.11).
eimza_status eimza_signing_options_content_reference(struct eimza_signing_options *options,
                                                     struct eimza_view content_identifier,
                                                     struct eimza_view signature_value,
                                                     struct eimza_error **error);

// Puts one more certificate into the file, beside the signer's.
eimza_status eimza_signing_options_add_certificate(struct eimza_signing_options *options,
                                                   const struct eimza_certificate *certificate,
                                                   struct eimza_error **error);

// Takes a certificate that is expired, not yet valid, or not meant for signing.
eimza_status eimza_signing_options_allow_unsuitable(struct eimza_signing_options *options, struct eimza_error **error);

// Frees options; NULL is nothing.
void eimza_signing_options_free(struct eimza_signing_options *options);

// Makes the state to be kept until the value is there. `purpose` names what the signature is for, freely chosen; it
// has to be given again when completing, before `expiry`. `prepared` is moved in.
eimza_status eimza_prepared_into_state(struct eimza_prepared **prepared,
                                       eimza_text purpose,
                                       int64_t expiry,
                                       struct eimza_state **out,
                                       struct eimza_error **error);

// Reads what eimza_state_to_bytes wrote, in any language. EIMZA_STATUS_STATE_MALFORMED, EIMZA_STATUS_STATE_ALTERED.
eimza_status eimza_state_from_bytes(struct eimza_view octets, struct eimza_state **out, struct eimza_error **error);

// Versioned DER, in clear: who can alter it can alter what is not signed (purpose, expiry, placement, chain,
// allow_unsuitable), but nothing of what is; eimza_state_seal prevents that.
eimza_status eimza_state_to_bytes(const struct eimza_state *state,
                                  struct eimza_bytes **out,
                                  struct eimza_error **error);

// Encrypted and protected against changes under a key of 32 octets (AES-256-GCM).
eimza_status eimza_state_seal(const struct eimza_state *state,
                              struct eimza_view key,
                              struct eimza_bytes **out,
                              struct eimza_error **error);

// Opens what eimza_state_seal wrote. EIMZA_STATUS_STATE_ALTERED where it was altered or sealed under another key.
eimza_status eimza_state_unseal(struct eimza_view octets,
                                struct eimza_view key,
                                struct eimza_state **out,
                                struct eimza_error **error);

// The digest that the key's holder signs.
eimza_status eimza_state_digest(const struct eimza_state *state, struct eimza_bytes **out, struct eimza_error **error);

// The algorithm by which the content has to be digested, where eimza_state_complete is not given its octets.
eimza_digest eimza_state_content_digest(const struct eimza_state *state);

// What it was made for. Free it with eimza_string_free.
eimza_status eimza_state_purpose(const struct eimza_state *state, char **out, struct eimza_error **error);

// Until when it can be completed; 0 for NULL.
int64_t eimza_state_expiry(const struct eimza_state *state);

// Asks for a signature over what the state stands for.
eimza_status eimza_sign_requests_add_state(struct eimza_sign_requests *requests,
                                           const struct eimza_state *state,
                                           struct eimza_error **error);

// The last step: rebuilds what was to be signed from the content and the certificate, which are given again, verifies
// the value and makes the file. An ECDSA value is DER.
//
// EIMZA_STATUS_STATE_PURPOSE for another purpose, EIMZA_STATUS_STATE_EXPIRED after the expiry,
// EIMZA_STATUS_STATE_CERTIFICATE for another certificate, EIMZA_STATUS_CONTENT_DIFFERS for another content,
// EIMZA_STATUS_SIGNATURE_VALUE_INVALID for a value that does not fit.
eimza_status eimza_state_complete(const struct eimza_state *state,
                                  const struct eimza_content *content,
                                  const struct eimza_certificate *certificate,
                                  eimza_text purpose,
                                  int64_t now,
                                  struct eimza_view value,
                                  struct eimza_bytes **out,
                                  struct eimza_error **error);

// Frees a state; NULL is nothing.
void eimza_state_free(struct eimza_state *state);

// Checks every signer and counter-signer of a file in DER, BER, PEM or base64: digest, signature value, binding to the
// certificate. It says nothing about trust: eimza_validation_judge does.
//
// `content` is that of a detached signature, or NULL. `certificates` are looked through for signers whose certificate
// is not in the file, or NULL. What is wrong with a signature is no error but a check that did not pass.
eimza_status eimza_verify(struct eimza_view file,
                          const struct eimza_content *content,
                          const struct eimza_certificates *certificates,
                          struct eimza_verification **out,
                          struct eimza_error **error);

// As eimza_verify, with the content of a detached signature in a file of any size, read as a stream.
eimza_status eimza_verify_content_file(struct eimza_view file,
                                       eimza_text content_path,
                                       const struct eimza_certificates *certificates,
                                       struct eimza_verification **out,
                                       struct eimza_error **error);

// Whether there is a signer and everything that was checked has passed. It says nothing about trust.
bool eimza_verification_all_passed(const struct eimza_verification *verification);

// How many signers and counter-signers there are.
size_t eimza_verification_count(const struct eimza_verification *verification);

// The certificate of the signer at `index`, from 0; NULL where it was not found.
eimza_status eimza_verification_certificate(const struct eimza_verification *verification,
                                            size_t index,
                                            struct eimza_certificate **out,
                                            struct eimza_error **error);

// All of it as JSON: all_passed; signers, each with parent (the index of the one that is counter-signed),
// certificate_sha256, certificate_inside, signing_time, and checks with name, status ("passed", "failed",
// "undetermined") and reason; unreadable_counter_signatures, for each the index of the signer that it stands in. Free
// it with eimza_string_free.
eimza_status eimza_verification_json(const struct eimza_verification *verification,
                                     char **out,
                                     struct eimza_error **error);

// Frees a verification; NULL is nothing.
void eimza_verification_free(struct eimza_verification *verification);

// What is inside of a file, without judging, as JSON; national ids are masked. Free it with eimza_string_free.
eimza_status eimza_inspect(struct eimza_view file, char **out, struct eimza_error **error);

// As eimza_inspect, with national ids **in clear**. Only where a person asked for it.
eimza_status eimza_reveal_inspection(struct eimza_view file, char **out, struct eimza_error **error);

// The content inside of a file with an attached signature, as it stands there: what is in it was not judged. NULL
// where the signature is detached; free it with eimza_bytes_free.
eimza_status eimza_attached_content(struct eimza_view file, struct eimza_bytes **out, struct eimza_error **error);

// Judges by what holds at `at`, as of `now` (seconds since 1970 UTC; the later of both counts as now). Nobody is trusted yet,
// any policy is as good as none, and revocation counts. Free it with eimza_certificate_validation_free.
eimza_status eimza_certificate_validation_new(int64_t at,
                                              int64_t now,
                                              struct eimza_certificate_validation **out,
                                              struct eimza_error **error);

// Trusts a certificate: its own dates, extensions and signature do not matter.
eimza_status eimza_certificate_validation_trust(struct eimza_certificate_validation *validation,
                                                const struct eimza_certificate *anchor,
                                                struct eimza_error **error);

// Adds certificates that paths may be built of; they are not trusted by that.
eimza_status eimza_certificate_validation_add_certificates(struct eimza_certificate_validation *validation,
                                                           const struct eimza_certificates *certificates,
                                                           struct eimza_error **error);

// Adds the CRLs of a file in DER or PEM.
eimza_status eimza_certificate_validation_add_crls(struct eimza_certificate_validation *validation,
                                                   struct eimza_view file,
                                                   struct eimza_error **error);

// Adds the OCSP answers of a file in DER or PEM.
eimza_status eimza_certificate_validation_add_ocsps(struct eimza_certificate_validation *validation,
                                                    struct eimza_view file,
                                                    struct eimza_error **error);

// A policy that is acceptable, by its dotted object identifier; without any, all of them are (user-initial-policy-set).
eimza_status eimza_certificate_validation_accept_policy(struct eimza_certificate_validation *validation,
                                                        eimza_text policy_oid,
                                                        struct eimza_error **error);

// One of the acceptable policies has to hold for the whole path (initial-explicit-policy).
eimza_status eimza_certificate_validation_require_explicit_policy(struct eimza_certificate_validation *validation,
                                                                  struct eimza_error **error);

// No authority may call its policy equal to another one's (initial-policy-mapping-inhibit).
eimza_status eimza_certificate_validation_inhibit_policy_mapping(struct eimza_certificate_validation *validation,
                                                                 struct eimza_error **error);

// anyPolicy in a certificate stands for no policy (initial-any-policy-inhibit).
eimza_status eimza_certificate_validation_inhibit_any_policy(struct eimza_certificate_validation *validation,
                                                             struct eimza_error **error);

// Which names are permitted and which excluded from the beginning (initial-permitted-subtrees, initial-excluded-subtrees), as
// NameConstraints in DER (RFC 5280 section 4.2.1.10).
eimza_status eimza_certificate_validation_constrain_names(struct eimza_certificate_validation *validation,
                                                          struct eimza_view name_constraints,
                                                          struct eimza_error **error);

// Does not ask whether a certificate was revoked.
eimza_status eimza_certificate_validation_without_revocation(struct eimza_certificate_validation *validation,
                                                             struct eimza_error **error);

// Judges one certificate. Free the report with eimza_certificate_report_free.
eimza_status eimza_certificate_validation_judge(const struct eimza_certificate_validation *validation,
                                                const struct eimza_certificate *certificate,
                                                struct eimza_certificate_report **out,
                                                struct eimza_error **error);

// Frees a validation of certificates; NULL is nothing.
void eimza_certificate_validation_free(struct eimza_certificate_validation *validation);

// Whether the certificate is TOTAL-PASSED.
bool eimza_certificate_report_passed(const struct eimza_certificate_report *report);

// "TOTAL-PASSED", "TOTAL-FAILED" or "INDETERMINATE". Free it with eimza_string_free.
eimza_status eimza_certificate_report_indication(const struct eimza_certificate_report *report,
                                                 char **out,
                                                 struct eimza_error **error);

// Why, by the names of EN 319 102-1; NULL where there is nothing to say. Free it with eimza_string_free.
eimza_status eimza_certificate_report_sub_indication(const struct eimza_certificate_report *report,
                                                     char **out,
                                                     struct eimza_error **error);

// How many certificates the path has, the anchor among them; 0 where there is no valid path.
size_t eimza_certificate_report_path_length(const struct eimza_certificate_report *report);

// A certificate of the path, a handle of its own: at 0 the one that was judged, the anchor last.
eimza_status eimza_certificate_report_certificate(const struct eimza_certificate_report *report,
                                                  size_t index,
                                                  struct eimza_certificate **out,
                                                  struct eimza_error **error);

// How many acceptable policies hold for the whole path.
size_t eimza_certificate_report_policy_count(const struct eimza_certificate_report *report);

// An acceptable policy that holds for the whole path, by its dotted object identifier. Free it with eimza_string_free.
eimza_status eimza_certificate_report_policy(const struct eimza_certificate_report *report,
                                             size_t index,
                                             char **out,
                                             struct eimza_error **error);

// Why there is no valid path, like "certificate-expired"; NULL where there is one. Free it with eimza_string_free.
eimza_status eimza_certificate_report_broken_rule(const struct eimza_certificate_report *report,
                                                  char **out,
                                                  struct eimza_error **error);

// The certificate that breaks that rule, a handle of its own; NULL where there is a valid path.
eimza_status eimza_certificate_report_broken_by(const struct eimza_certificate_report *report,
                                                struct eimza_certificate **out,
                                                struct eimza_error **error);

// All of it, as the JSON of `eimza certificate validate`. Free it with eimza_string_free.
eimza_status eimza_certificate_report_json(const struct eimza_certificate_report *report,
                                           char **out,
                                           struct eimza_error **error);

// Frees a report over a certificate; NULL is nothing.
void eimza_certificate_report_free(struct eimza_certificate_report *report);

// Judges as of `now` (seconds since 1970 UTC), by the Turkish rules; nobody is trusted yet. Free it with
// eimza_validation_free.
eimza_status eimza_validation_new(int64_t now, struct eimza_validation **out, struct eimza_error **error);

// Trusts a certificate for one of the EIMZA_TRUSTED_FOR_ purposes.
eimza_status eimza_validation_trust(struct eimza_validation *validation,
                                    const struct eimza_certificate *anchor,
                                    eimza_trusted_for trusted_for,
                                    struct eimza_error **error);

// Trusts the Turkish roots of the built-in table, by SHA-256 and each for its purpose, wherever they are found.
eimza_status eimza_validation_trust_turkish_roots(struct eimza_validation *validation, struct eimza_error **error);

// Takes anchors out of a SertifikaDeposu.xml of Kamu SM: entries whose SHA-256 stands in the built-in table, each for its
// purpose, or in `pinned_sha256`, for everything. That is hexadecimal, several with commas between them, or NULL.
eimza_status eimza_validation_trust_store(struct eimza_validation *validation,
                                          struct eimza_view file,
                                          eimza_text pinned_sha256,
                                          struct eimza_error **error);

// Adds certificates for signers and paths; they are not trusted by that.
eimza_status eimza_validation_add_certificates(struct eimza_validation *validation,
                                               const struct eimza_certificates *certificates,
                                               struct eimza_error **error);

// Adds the CRLs of a file in DER or PEM.
eimza_status eimza_validation_add_crls(struct eimza_validation *validation,
                                       struct eimza_view file,
                                       struct eimza_error **error);

// Adds the OCSP answers of a file in DER or PEM.
eimza_status eimza_validation_add_ocsps(struct eimza_validation *validation,
                                        struct eimza_view file,
                                        struct eimza_error **error);

// Chooses the rules: "generic" or "tr-nes". It takes back what eimza_validation_accept let pass.
eimza_status eimza_validation_policy(struct eimza_validation *validation, eimza_text name, struct eimza_error **error);

// Takes rules of one's own, as TOML in UTF-8: `base` names the built-in ones that they change, every other key one of them. It
// takes back what eimza_validation_accept let pass.
eimza_status eimza_validation_policy_toml(struct eimza_validation *validation,
                                          eimza_text toml,
                                          struct eimza_error **error);

// What the Turkish rules let pass besides: companies' seals, certificates with a usage restriction.
eimza_status eimza_validation_accept(struct eimza_validation *validation,
                                     bool seals,
                                     bool usage_limit,
                                     struct eimza_error **error);

// Demands a usage profile of BTK's guide: "P1" … "P4".
eimza_status eimza_validation_profile(struct eimza_validation *validation, eimza_text name, struct eimza_error **error);

// The caller's own proof that the file existed at `time` (seconds since 1970 UTC), such as an archive's record.
eimza_status eimza_validation_existed_since(struct eimza_validation *validation,
                                            int64_t time,
                                            struct eimza_error **error);

// The verdict over a file in DER, BER, PEM or base64 by EN 319 102-1, as the JSON of `eimza validate`; `content` is that of a
// detached signature, or NULL. Free the text with eimza_string_free. What is wrong with a signature is no error but
// part of the verdict.
eimza_status eimza_validation_judge(const struct eimza_validation *validation,
                                    struct eimza_view file,
                                    const struct eimza_content *content,
                                    char **out,
                                    struct eimza_error **error);

// Frees a validation; NULL is nothing.
void eimza_validation_free(struct eimza_validation *validation);

// As eimza_validation_judge, with the verdict as a handle. Free it with eimza_report_free.
eimza_status eimza_validation_report(const struct eimza_validation *validation,
                                     struct eimza_view file,
                                     const struct eimza_content *content,
                                     struct eimza_report **out,
                                     struct eimza_error **error);

// Whether every signature that counts is TOTAL-PASSED.
bool eimza_report_passed(const struct eimza_report *report);

// "TOTAL-PASSED", "TOTAL-FAILED" or "INDETERMINATE": the worst of the signatures that count. Free it with
// eimza_string_free.
eimza_status eimza_report_indication(const struct eimza_report *report, char **out, struct eimza_error **error);

// Why, by the names of EN 319 102-1; NULL where there is nothing to say. Free it with eimza_string_free.
eimza_status eimza_report_sub_indication(const struct eimza_report *report, char **out, struct eimza_error **error);

// What the verdict means and what to do now, for people. Free it with eimza_string_free.
eimza_status eimza_report_sentence(const struct eimza_report *report,
                                   eimza_language language,
                                   char **out,
                                   struct eimza_error **error);

// All of it, as the JSON of `eimza validate`. Free it with eimza_string_free.
eimza_status eimza_report_json(const struct eimza_report *report, char **out, struct eimza_error **error);

// How many signatures there are, counter-signatures among them.
size_t eimza_report_count(const struct eimza_report *report);

// The verdict over one signature, as eimza_report_indication. Free it with eimza_string_free.
eimza_status eimza_report_signature_indication(const struct eimza_report *report,
                                               size_t index,
                                               char **out,
                                               struct eimza_error **error);

// Why, as eimza_report_sub_indication. Free it with eimza_string_free.
eimza_status eimza_report_signature_sub_indication(const struct eimza_report *report,
                                                   size_t index,
                                                   char **out,
                                                   struct eimza_error **error);

// The signer's certificate, a handle of its own; NULL where it was not found.
eimza_status eimza_report_signature_certificate(const struct eimza_report *report,
                                                size_t index,
                                                struct eimza_certificate **out,
                                                struct eimza_error **error);

// When the signer claims to have signed, in seconds since 1970 (UTC); 0 where nothing is claimed.
int64_t eimza_report_signature_signing_time(const struct eimza_report *report, size_t index);

// The earliest time for which the signature's existence is proven, as above; 0 where none is.
int64_t eimza_report_signature_best_time(const struct eimza_report *report, size_t index);

// The index of the signature that this one counter-signs; -1 for a signature over the content.
int64_t eimza_report_signature_parent(const struct eimza_report *report, size_t index);

// The highest level that is proven: "CMS", "BES", "EPES", "B-B", "T", "B-T", "C", "X", "XL", "B-LT", "A" or "B-LTA". Free it
// with eimza_string_free.
eimza_status eimza_report_signature_level(const struct eimza_report *report,
                                          size_t index,
                                          char **out,
                                          struct eimza_error **error);

// The highest level that is there, as above. Free it with eimza_string_free.
eimza_status eimza_report_signature_structure(const struct eimza_report *report,
                                              size_t index,
                                              char **out,
                                              struct eimza_error **error);

// The profile of BTK's guide that it fits, "P1" … "P4"; NULL where it fits none. Free it with eimza_string_free.
eimza_status eimza_report_signature_profile(const struct eimza_report *report,
                                            size_t index,
                                            char **out,
                                            struct eimza_error **error);

// The signature policy that it claims, by its dotted object identifier; NULL where it claims none. Free it with
// eimza_string_free.
eimza_status eimza_report_signature_policy_oid(const struct eimza_report *report,
                                               size_t index,
                                               char **out,
                                               struct eimza_error **error);

// Until when a good verdict is preliminary, in seconds since 1970 (UTC); 0 where it is final.
int64_t eimza_report_signature_preliminary_until(const struct eimza_report *report, size_t index);

// How many checks there are of one signature.
size_t eimza_report_checks(const struct eimza_report *report, size_t index);

// The name of a check, like "revocation". Free it with eimza_string_free.
eimza_status eimza_report_check_name(const struct eimza_report *report,
                                     size_t index,
                                     size_t check,
                                     char **out,
                                     struct eimza_error **error);

// What a check came to: one of the EIMZA_CHECK_ numbers; EIMZA_CHECK_NONE where there is no such check.
eimza_check_status eimza_report_check_status(const struct eimza_report *report, size_t index, size_t check);

// Why a check did not pass, or what it noted, like "status-missing"; NULL where there is nothing to say. Free it with
// eimza_string_free.
eimza_status eimza_report_check_reason(const struct eimza_report *report,
                                       size_t index,
                                       size_t check,
                                       char **out,
                                       struct eimza_error **error);

// Frees a report; NULL is nothing.
void eimza_report_free(struct eimza_report *report);

// Whether everything that was checked of this signer has passed; false where there is no such one.
bool eimza_verification_signer_passed(const struct eimza_verification *verification, size_t signer);

// The index of the signer whose signature this one counter-signs; -1 for a signer of the content.
int64_t eimza_verification_signer_parent(const struct eimza_verification *verification, size_t signer);

// Whether the signer's certificate stands in the file.
bool eimza_verification_certificate_is_inside(const struct eimza_verification *verification, size_t signer);

// When the signer claims to have signed, in seconds since 1970 (UTC); 0 where nothing is claimed.
int64_t eimza_verification_signing_time(const struct eimza_verification *verification, size_t signer);

// How many checks there are of this signer.
size_t eimza_verification_checks(const struct eimza_verification *verification, size_t signer);

// The name of a check, like "message-digest". Free it with eimza_string_free.
eimza_status eimza_verification_check_name(const struct eimza_verification *verification,
                                           size_t signer,
                                           size_t index,
                                           char **out,
                                           struct eimza_error **error);

// What a check came to: one of the EIMZA_CHECK_ numbers; EIMZA_CHECK_NONE where there is no such check.
eimza_check_status eimza_verification_check_status(const struct eimza_verification *verification,
                                                   size_t signer,
                                                   size_t index);

// Why a check did not pass, like "digest-differs"; NULL where it has passed. Free it with eimza_string_free.
eimza_status eimza_verification_check_reason(const struct eimza_verification *verification,
                                             size_t signer,
                                             size_t index,
                                             char **out,
                                             struct eimza_error **error);

// An empty answer, for eimza_consent_service_submit and eimza_consent_service_ask.
struct eimza_consent_answer *eimza_consent_answer_new(void);

// One of the EIMZA_CONSENT_ numbers; 0 where nothing was answered.
eimza_consent_state eimza_consent_answer_state(const struct eimza_consent_answer *answer);

// The receipt, a handle of its own. EIMZA_STATUS_ARGUMENT_INVALID where it was neither received nor accepted.
eimza_status eimza_consent_answer_receipt(const struct eimza_consent_answer *answer,
                                          struct eimza_receipt **out,
                                          struct eimza_error **error);

// The stable name of the check that did not pass. EIMZA_STATUS_ARGUMENT_INVALID where it was not rejected. Free it
// with eimza_string_free.
eimza_status eimza_consent_answer_rejection(const struct eimza_consent_answer *answer,
                                            char **out,
                                            struct eimza_error **error);

// It is one of EIMZA_CONSENT_WAITING, _OPEN, _EXPIRED and _CANCELLED.
eimza_status eimza_consent_answer_set_state(struct eimza_consent_answer *answer,
                                            eimza_consent_state state,
                                            struct eimza_error **error);

// What a sealed receipt says of itself: that it was received, or accepted, or has been revoked since. It is opened with the
// service's certificate (EIMZA_STATUS_RECEIPT_INVALID where the seal is not by it).
eimza_status eimza_consent_answer_set_accepted(struct eimza_consent_answer *answer,
                                               struct eimza_view sealed,
                                               const struct eimza_certificate *service,
                                               struct eimza_error **error);

// It was not accepted: the stable name of the check, as eimza_error_rejection tells it.
eimza_status eimza_consent_answer_set_rejected(struct eimza_consent_answer *answer,
                                               eimza_text rejection,
                                               struct eimza_error **error);

// As it came over a network: the JSON of the schema `status-1.json`. A receipt is opened with the service's certificate
// (7402 where the seal is not by it).
eimza_status eimza_consent_answer_set_wire(struct eimza_consent_answer *answer,
                                           eimza_text wire,
                                           const struct eimza_certificate *service,
                                           struct eimza_error **error);

// For a network: the JSON of the schema `status-1.json`. A receipt in it names the person **in clear**. Free it with
// eimza_string_free.
eimza_status eimza_consent_answer_reveal_wire(const struct eimza_consent_answer *answer,
                                              char **out,
                                              struct eimza_error **error);

// Why the function of a service of the caller failed, as eimza_redeem_answer_set_cause.
eimza_status eimza_consent_answer_set_cause(struct eimza_consent_answer *answer,
                                            eimza_text cause,
                                            struct eimza_error **error);

// Frees an answer that eimza_consent_answer_new gave; NULL is nothing.
void eimza_consent_answer_free(struct eimza_consent_answer *answer);

// A service that the caller implements; the structure itself is copied. `context` must stay usable until `release` was
// called, which is when this handle and all sessions of it were freed; after a failure it is not called.
eimza_status eimza_consent_service_of_caller(const struct eimza_own_consent_service *functions,
                                             struct eimza_consent_service **out,
                                             struct eimza_error **error);

// Checks what an application handed in. Looks at no clock, no network and no store.
//
// `request` (the JSON that eimza_consent_session_reveal_request tells) and `texts` are the service's **own copies**,
// never what arrived. `record` and `signatures`, one for each text, arrived at `arrived_at` by the service's clock.
// `judged_by` holds anchors, rules, further certificates, status data and the time of the judgement; a profile or a proof
// of time in it is not looked at. `tolerance_seconds` is how far the application's clock may differ (the guide: 300).
//
// What does not hold is EIMZA_STATUS_CONSENT_REJECTED, and eimza_error_rejection names the check. Where all is well but
// status data is missing, it is received and not accepted: with the data, the same check comes to an end. Status data that
// the signer enclosed does not count under P1.
eimza_status eimza_consent_check(eimza_text request,
                                 const struct eimza_consent_texts *texts,
                                 struct eimza_view record,
                                 const struct eimza_bytes_list *signatures,
                                 int64_t arrived_at,
                                 const struct eimza_validation *judged_by,
                                 uint32_t tolerance_seconds,
                                 struct eimza_finding **out,
                                 struct eimza_error **error);

// Whether every signature is TOTAL-PASSED. If not, status data is missing, as the verdict says; 0 for NULL.
bool eimza_finding_is_accepted(const struct eimza_finding *finding);

// The signatures that were checked with chain and status data inside, for the service to keep: so they can be judged years
// later. EIMZA_STATUS_ARGUMENT_INVALID for others than those that were checked.
eimza_status eimza_finding_completed(const struct eimza_finding *finding,
                                     struct eimza_view record,
                                     const struct eimza_bytes_list *signatures,
                                     struct eimza_bytes_list **out,
                                     struct eimza_error **error);

// The record as JSON: request, moments, ticked. The national id is **in clear**. Free it with eimza_string_free.
eimza_status eimza_finding_reveal_record(const struct eimza_finding *finding, char **out, struct eimza_error **error);

// Who signed, a handle of its own.
eimza_status eimza_finding_certificate(const struct eimza_finding *finding,
                                       struct eimza_certificate **out,
                                       struct eimza_error **error);

// When, as all signatures claim; not before the last reading, nor later than the arrival and the tolerance. 0 for
// NULL.
int64_t eimza_finding_signed_at(const struct eimza_finding *finding);

// The verdict as JSON, as it stands in the schema `receipt-1.json`: indication, what it rests on, what is missing. Free it with eimza_string_free.
eimza_status eimza_finding_verdict(const struct eimza_finding *finding,
                                   char **out,
                                   struct eimza_error **error);

// Frees a finding; NULL is nothing.
void eimza_finding_free(struct eimza_finding *finding);

// Starts the countdown of a session: at once, then at each full second, `on_tick` is called **from another thread**
// with `context`, which must stay usable until eimza_countdown_free has returned. The session itself may be used or
// freed.
eimza_status eimza_countdown_start(const struct eimza_consent_session *session,
                                   eimza_on_tick on_tick,
                                   void *context,
                                   struct eimza_countdown **out,
                                   struct eimza_error **error);

// Stops and frees a countdown: `on_tick` is not called any more once this has returned. NULL is nothing.
void eimza_countdown_free(struct eimza_countdown *countdown);

// Redeems a code, which is moved in, and fills the answer. `purpose` is one of the EIMZA_PURPOSE_ numbers; a code for
// something else is refused (EIMZA_STATUS_CODE_OTHER_PURPOSE) and stays usable.
//
// `caller` is what the server knows of who asks (a network address, a device, an account), or NULL. Wrong codes are
// counted for each caller: who gave too many is refused (EIMZA_STATUS_CODE_GUESSES_EXCEEDED), and nobody else is.
// Where nothing is known, this call waits for up to two seconds after many wrong codes. A service of the caller's own
// is not told of `caller`.
eimza_status eimza_consent_service_redeem(const struct eimza_consent_service *service,
                                          eimza_text caller,
                                          struct eimza_verification_code **code,
                                          eimza_purpose purpose,
                                          struct eimza_redeem_answer *answer,
                                          struct eimza_error **error);

// Hands in what was signed, and fills the answer. The same submission again gets the same answer.
eimza_status eimza_consent_service_submit(const struct eimza_consent_service *service,
                                          eimza_text session,
                                          struct eimza_view record,
                                          const struct eimza_bytes_list *signatures,
                                          struct eimza_consent_answer *answer,
                                          struct eimza_error **error);

// As eimza_consent_service_submit, of a submission as it came over a network: the JSON of the schema `submission-1.json`.
eimza_status eimza_consent_service_submit_wire(const struct eimza_consent_service *service,
                                               eimza_text session,
                                               eimza_text wire,
                                               struct eimza_consent_answer *answer,
                                               struct eimza_error **error);

// What an application hands in, for a network: the JSON of the schema `submission-1.json`. The person is named **in
// clear**. Free it with eimza_string_free.
eimza_status eimza_submission_reveal_wire(struct eimza_view record,
                                          const struct eimza_bytes_list *signatures,
                                          char **out,
                                          struct eimza_error **error);

// Asks how it stands with a session, and fills the answer.
eimza_status eimza_consent_service_ask(const struct eimza_consent_service *service,
                                       eimza_text session,
                                       struct eimza_consent_answer *answer,
                                       struct eimza_error **error);

// Redeems a code for a consent; `code` is moved in. EIMZA_STATUS_CODE_UNKNOWN … for what is wrong with it; a code for
// a revocation is refused (EIMZA_STATUS_CODE_OTHER_PURPOSE) and stays usable.
eimza_status eimza_consent_session_open(const struct eimza_consent_service *service,
                                        struct eimza_verification_code **code,
                                        struct eimza_consent_session **out,
                                        struct eimza_error **error);

// Redeems a code for a revocation; `code` is moved in. The one text is the notice of what the revocation brings.
eimza_status eimza_consent_session_open_revocation(const struct eimza_consent_service *service,
                                                   struct eimza_verification_code **code,
                                                   struct eimza_consent_session **out,
                                                   struct eimza_error **error);

// Redeems a code for whatever it is for, which eimza_consent_session_purpose tells; `code` is moved in.
eimza_status eimza_consent_session_open_any(const struct eimza_consent_service *service,
                                            struct eimza_verification_code **code,
                                            struct eimza_consent_session **out,
                                            struct eimza_error **error);

// What the session is for: one of the EIMZA_PURPOSE_ numbers; 0 for NULL.
eimza_purpose eimza_consent_session_purpose(const struct eimza_consent_session *session);

// Opens a sealed receipt: the seal must be by this certificate, and everything in its one form
// (EIMZA_STATUS_RECEIPT_INVALID).
eimza_status eimza_receipt_open(struct eimza_view sealed,
                                const struct eimza_certificate *service,
                                struct eimza_receipt **out,
                                struct eimza_error **error);

// Makes the key with which a service of one's own seals its receipts; `key` is moved in.
eimza_status eimza_receipt_signer_new(struct eimza_key_material **key,
                                      struct eimza_receipt_signer **out,
                                      struct eimza_error **error);

// The seal's certificate, a handle of its own: eimza_receipt_open wants it.
eimza_status eimza_receipt_signer_certificate(const struct eimza_receipt_signer *seal,
                                              struct eimza_certificate **out,
                                              struct eimza_error **error);

// Wipes and frees a seal; NULL is nothing.
void eimza_receipt_signer_free(struct eimza_receipt_signer *seal);

// Issues the receipt of what eimza_consent_check found, sealed. `now` is the service's own time. It says accepted where the
// finding does; of anything else, that it was received and what is missing.
eimza_status eimza_receipt_issue(const struct eimza_finding *finding,
                                 const struct eimza_receipt_signer *seal,
                                 int64_t now,
                                 struct eimza_receipt **out,
                                 struct eimza_error **error);

// The receipt of the same consent with the note that it was revoked, sealed anew: a handle of its own.
// EIMZA_STATUS_RECEIPT_INVALID where `revocation` is about another consent.
eimza_status eimza_receipt_revoked_by(const struct eimza_receipt *receipt,
                                      const struct eimza_receipt *revocation,
                                      const struct eimza_receipt_signer *seal,
                                      struct eimza_receipt **out,
                                      struct eimza_error **error);

// The sealed form: a CAdES signature, the receipt's JSON inside. The person is named **in full**. It lives as long as
// the handle.
struct eimza_view eimza_receipt_sealed(const struct eimza_receipt *receipt);

// JSON for display, the national id masked. Free it with eimza_string_free.
eimza_status eimza_receipt_display(const struct eimza_receipt *receipt, char **out, struct eimza_error **error);

// When it arrived at the service; 0 for NULL.
int64_t eimza_receipt_received_at(const struct eimza_receipt *receipt);

// From when on it counts; 0 of what was received and **not accepted** so far, and for NULL.
int64_t eimza_receipt_accepted_at(const struct eimza_receipt *receipt);

// Whether it was accepted. A receipt of what was only received proves its arrival and nothing more.
bool eimza_receipt_is_accepted(const struct eimza_receipt *receipt);

// The verdict as JSON, as it stands in the schema `receipt-1.json`: indication, what it rests on, what is missing. NULL
// where nothing was signed (a revocation that was declared). Free it with eimza_string_free.
eimza_status eimza_receipt_verdict(const struct eimza_receipt *receipt, char **out, struct eimza_error **error);

// The signing time as the signatures claim it; 0 where nothing was signed (a revocation that was declared), and for
// NULL.
int64_t eimza_receipt_signed_at(const struct eimza_receipt *receipt);

// SHA-256 of the record, lower-case hexadecimal: the name under which revocations refer to it. Free it with
// eimza_string_free.
eimza_status eimza_receipt_record_sha256(const struct eimza_receipt *receipt, char **out, struct eimza_error **error);

// Whether the consent was revoked, as this receipt knows.
bool eimza_receipt_is_revoked(const struct eimza_receipt *receipt);

// Frees a receipt; NULL is nothing.
void eimza_receipt_free(struct eimza_receipt *receipt);

// Gives a service in memory the CRLs of a file in DER or PEM. Nothing is judged by that alone.
eimza_status eimza_consent_service_add_crls(const struct eimza_consent_service *service,
                                            struct eimza_view file,
                                            struct eimza_error **error);

// Gives a service in memory the OCSP answers of a file in DER or PEM. Nothing is judged by that alone.
eimza_status eimza_consent_service_add_ocsps(const struct eimza_consent_service *service,
                                             struct eimza_view file,
                                             struct eimza_error **error);

// The sessions that wait for status data, the longest waiting one first, as a JSON list of their names. Free it with
// eimza_string_free.
eimza_status eimza_consent_service_received(const struct eimza_consent_service *service,
                                            char **out,
                                            struct eimza_error **error);

// Judges what was received once more, with the status data that is there now, and fills the answer: accepted, rejected, or
// still received. Of any other session it says how it stands; to ask again does no harm.
eimza_status eimza_consent_service_judge_again(const struct eimza_consent_service *service,
                                               eimza_text session,
                                               struct eimza_consent_answer *answer,
                                               struct eimza_error **error);

// The signatures of a session that was accepted, as the service keeps them: with chain and status data inside, so that they
// can be judged years later. NULL where it was not accepted.
eimza_status eimza_consent_service_signatures(const struct eimza_consent_service *service,
                                              eimza_text session,
                                              struct eimza_bytes_list **out,
                                              struct eimza_error **error);

// An empty answer, for eimza_consent_service_redeem.
struct eimza_redeem_answer *eimza_redeem_answer_new(void);

// What is asked for: the JSON that eimza_consent_session_reveal_request tells.
eimza_status eimza_redeem_answer_set_request(struct eimza_redeem_answer *answer,
                                             eimza_text request,
                                             struct eimza_error **error);

// The next text, in the order of the request; the request names its title, SHA-256 and length.
eimza_status eimza_redeem_answer_add_text(struct eimza_redeem_answer *answer,
                                          eimza_text title,
                                          struct eimza_view body,
                                          struct eimza_error **error);

// As eimza_redeem_answer_add_text, for applications that show hidden characters to the person: see
// eimza_consent_session_hidden_characters.
eimza_status eimza_redeem_answer_add_text_showing_hidden_characters(struct eimza_redeem_answer *answer,
                                                                    eimza_text title,
                                                                    struct eimza_view body,
                                                                    struct eimza_error **error);

// What is asked for, as JSON; the national id is **in clear**. Free it with eimza_string_free.
eimza_status eimza_redeem_answer_reveal_request(const struct eimza_redeem_answer *answer,
                                                char **out,
                                                struct eimza_error **error);

// All of it as it came over a network: the JSON of the schema `redeemed-1.json`. With `shows_hidden_characters`, texts
// may hold characters that the application makes visible: see eimza_consent_session_hidden_characters.
eimza_status eimza_redeem_answer_set_wire(struct eimza_redeem_answer *answer,
                                          eimza_text wire,
                                          bool shows_hidden_characters,
                                          struct eimza_error **error);

// All of it for a network: the JSON of the schema `redeemed-1.json`; the national id is **in clear**. Free it with
// eimza_string_free.
eimza_status eimza_redeem_answer_reveal_wire(const struct eimza_redeem_answer *answer,
                                             char **out,
                                             struct eimza_error **error);

// How many texts there are.
size_t eimza_redeem_answer_texts(const struct eimza_redeem_answer *answer);

// The title of the text at `index`, from 0. Free it with eimza_string_free.
eimza_status eimza_redeem_answer_title(const struct eimza_redeem_answer *answer,
                                       size_t index,
                                       char **out,
                                       struct eimza_error **error);

// The octets of the text at `index`, from 0; empty where there is none. They live until the answer is changed or
// freed.
struct eimza_view eimza_redeem_answer_body(const struct eimza_redeem_answer *answer, size_t index);

// Why the function of a service of the caller failed: what eimza_error_cause will say of
// EIMZA_STATUS_SERVICE_UNREACHABLE and EIMZA_STATUS_SERVICE_FAILED, for developers, and the reason in the sentence of
// EIMZA_STATUS_SERVICE_REFUSED.
eimza_status eimza_redeem_answer_set_cause(struct eimza_redeem_answer *answer,
                                           eimza_text cause,
                                           struct eimza_error **error);

// Frees an answer that eimza_redeem_answer_new gave; NULL is nothing.
void eimza_redeem_answer_free(struct eimza_redeem_answer *answer);

// Applies for the renewal of a certificate, as JSON: certificate_sha256, made_at, state ("held", "due", "needs-paper",
// "awaits-verdict"), held_until, awaits_since. Too early is no reason to refuse: it waits. Free it with eimza_string_free.
eimza_status eimza_consent_service_apply_for_renewal(const struct eimza_consent_service *service,
                                                     eimza_text national_id,
                                                     eimza_text name,
                                                     const struct eimza_certificate *certificate,
                                                     char **out,
                                                     struct eimza_error **error);

// The person's applications, each as eimza_consent_service_apply_for_renewal tells it, as a JSON list in the order in
// which they were made. Free it with eimza_string_free.
eimza_status eimza_consent_service_applications(const struct eimza_consent_service *service,
                                                eimza_text national_id,
                                                eimza_text name,
                                                char **out,
                                                struct eimza_error **error);

// Which service asks. Free it with eimza_string_free.
eimza_status eimza_consent_session_service(const struct eimza_consent_session *session,
                                           char **out,
                                           struct eimza_error **error);

// The stable name of the kind of consent, like "e-onay". Free it with eimza_string_free.
eimza_status eimza_consent_session_kind(const struct eimza_consent_session *session,
                                        char **out,
                                        struct eimza_error **error);

// The version of the kind's texts and rules. Free it with eimza_string_free.
eimza_status eimza_consent_session_kind_version(const struct eimza_consent_session *session,
                                                char **out,
                                                struct eimza_error **error);

// The name of the person who is asked; national ids in it are masked. Free it with eimza_string_free.
eimza_status eimza_consent_session_person_name(const struct eimza_consent_session *session,
                                               char **out,
                                               struct eimza_error **error);

// Until when it can be given, in seconds since 1970 (UTC); 0 for NULL.
int64_t eimza_consent_session_expires_at(const struct eimza_consent_session *session);

// How many documents are accepted with it.
size_t eimza_consent_session_documents(const struct eimza_consent_session *session);

// The name of the document at `index`, from 0. Free it with eimza_string_free.
eimza_status eimza_consent_session_document_name(const struct eimza_consent_session *session,
                                                 size_t index,
                                                 char **out,
                                                 struct eimza_error **error);

// The version of the document at `index`, from 0. Free it with eimza_string_free.
eimza_status eimza_consent_session_document_version(const struct eimza_consent_session *session,
                                                    size_t index,
                                                    char **out,
                                                    struct eimza_error **error);

// SHA-256 over the octets of the document at `index`, lower-case hexadecimal. Free it with eimza_string_free.
eimza_status eimza_consent_session_document_sha256(const struct eimza_consent_session *session,
                                                   size_t index,
                                                   char **out,
                                                   struct eimza_error **error);

// Where the document at `index` can be read. Free it with eimza_string_free.
eimza_status eimza_consent_session_document_address(const struct eimza_consent_session *session,
                                                    size_t index,
                                                    char **out,
                                                    struct eimza_error **error);

// A service in memory that offers the E-Onay, for demonstrations and tests. `seal`, with which it seals receipts, is
// moved in; codes live for `code_seconds` (the guide: 300).
//
// `judged_by` says whom it trusts, by which rules it judges and what status data it has; it is copied, and its time, its
// profile and its proof of time are not looked at. What holds is accepted only where every signature is TOTAL-PASSED. Where
// status data is missing it is received: eimza_consent_service_add_crls, eimza_consent_service_judge_again.
//
// `documents` is NULL or a JSON list of what the E-Onay accepts along with its text, each with name, version, sha256
// and address. `offers` is NULL or a JSON list of further kinds of consent, each with kind (id, version, language),
// texts (title, body, shows_hidden_characters), documents, declarations (text, required), least_reading_seconds,
// revocation_notice (as a text), acknowledgement (a sentence) and applications_on_hold; shows_hidden_characters
// (which permits them where the application makes them visible), documents, declarations, least_reading_seconds and
// applications_on_hold may be left out.
eimza_status eimza_consent_service_in_memory(eimza_text name,
                                             struct eimza_key_material **seal,
                                             const struct eimza_validation *judged_by,
                                             eimza_text documents,
                                             eimza_text offers,
                                             uint32_t code_seconds,
                                             struct eimza_consent_service **out,
                                             struct eimza_error **error);

// The certificate of the seal: eimza_receipt_open wants it.
eimza_status eimza_consent_service_seal_certificate(const struct eimza_consent_service *service,
                                                    struct eimza_certificate **out,
                                                    struct eimza_error **error);

// Starts a consent, or its revocation, for a person who is logged in: issues a code, or says why there is none.
//
// `kind` is NULL for the E-Onay, or JSON with the id, version and language of a kind that the service offers.
eimza_status eimza_consent_service_start(const struct eimza_consent_service *service,
                                         eimza_text national_id,
                                         eimza_text name,
                                         eimza_text kind,
                                         bool revocation,
                                         struct eimza_started **out,
                                         struct eimza_error **error);

// Issues a new code for a session; the old code and its session are void.
eimza_status eimza_consent_service_renew(const struct eimza_consent_service *service,
                                         eimza_text session,
                                         struct eimza_started **out,
                                         struct eimza_error **error);

// Ends a session that the person does not want to go on with. What was received and not accepted yet is withdrawn.
eimza_status eimza_consent_service_cancel(const struct eimza_consent_service *service,
                                          eimza_text session,
                                          struct eimza_error **error);

// Revokes by declaration in the logged-in session, for persons whose card is lost or has ended.
// EIMZA_STATUS_CONSEQUENCES_NOT_ACKNOWLEDGED unless `acknowledged`. `kind` as for eimza_consent_service_start.
eimza_status eimza_consent_service_declare_revocation(const struct eimza_consent_service *service,
                                                      eimza_text national_id,
                                                      eimza_text name,
                                                      eimza_text kind,
                                                      bool acknowledged,
                                                      struct eimza_receipt **out,
                                                      struct eimza_error **error);

// Since when the person's consent stands; 0 where none does. `kind` as for eimza_consent_service_start.
eimza_status eimza_consent_service_stands_since(const struct eimza_consent_service *service,
                                                eimza_text national_id,
                                                eimza_text name,
                                                eimza_text kind,
                                                int64_t *out,
                                                struct eimza_error **error);

// How it stands with a session: "waiting", "open", "received", "accepted", "rejected", "revoked", "expired" or
// "cancelled". Free it with eimza_string_free.
eimza_status eimza_consent_service_status(const struct eimza_consent_service *service,
                                          eimza_text session,
                                          char **out,
                                          struct eimza_error **error);

// Frees a service's handle; NULL is nothing.
void eimza_consent_service_free(struct eimza_consent_service *service);

// What the service asks for, as JSON: purpose, kind, person, texts, documents, declarations, expires_at … The national
// id is **in clear**. Free it with eimza_string_free.
eimza_status eimza_consent_session_reveal_request(const struct eimza_consent_session *session,
                                                  char **out,
                                                  struct eimza_error **error);

// One of the EIMZA_SESSION_ numbers, as it stands now; 0 for NULL.
eimza_session_state eimza_consent_session_state(const struct eimza_consent_session *session);

// Since when a consent of this kind stands, where the state is EIMZA_SESSION_ALREADY_GIVEN; 0 otherwise.
int64_t eimza_consent_session_given_since(const struct eimza_consent_session *session);

// The stable name of the check that did not pass, where the state is EIMZA_SESSION_REJECTED; NULL otherwise. Free it
// with eimza_string_free.
eimza_status eimza_consent_session_rejection(const struct eimza_consent_session *session,
                                             char **out,
                                             struct eimza_error **error);

// The service's time now, as far as this session knows it; 0 for NULL.
int64_t eimza_consent_session_now(const struct eimza_consent_session *session);

// The milliseconds that are left. Setting the computer's clock does not change them.
uint64_t eimza_consent_session_remaining(const struct eimza_consent_session *session);

// How many texts there are.
size_t eimza_consent_session_texts(const struct eimza_consent_session *session);

// The title of the text at `index`, from 0. Free it with eimza_string_free.
eimza_status eimza_consent_session_title(const struct eimza_consent_session *session,
                                         size_t index,
                                         char **out,
                                         struct eimza_error **error);

// Characters of the text at `index` that could hide what is signed, as a JSON list: offset (in octets) and character
// ("U+202E"). It is empty unless the service permits them; whoever shows such a text makes them visible. Free it with
// eimza_string_free.
eimza_status eimza_consent_session_hidden_characters(const struct eimza_consent_session *session,
                                                     size_t index,
                                                     char **out,
                                                     struct eimza_error **error);

// Notes that the text at `index` came on the screen, and hands out its octets, which are exactly what is signed:
// UTF-8, not ended by NUL. They live as long as the session.
eimza_status eimza_consent_session_show(const struct eimza_consent_session *session,
                                        size_t index,
                                        struct eimza_view *out,
                                        struct eimza_error **error);

// Notes that the person read the text at `index`. EIMZA_STATUS_CONSENT_ORDER before it was shown,
// EIMZA_STATUS_CONSENT_READ_TOO_SHORT before the time that is demanded.
eimza_status eimza_consent_session_read(const struct eimza_consent_session *session,
                                        size_t index,
                                        struct eimza_error **error);

// How many declarations there are to tick.
size_t eimza_consent_session_declarations(const struct eimza_consent_session *session);

// The sentence of the declaration at `index`, from 0. Free it with eimza_string_free.
eimza_status eimza_consent_session_declaration(const struct eimza_consent_session *session,
                                               size_t index,
                                               char **out,
                                               struct eimza_error **error);

// Ticks the declaration at `index`, or takes the tick back.
eimza_status eimza_consent_session_tick(const struct eimza_consent_session *session,
                                        size_t index,
                                        bool ticked,
                                        struct eimza_error **error);

// Whether this certificate may sign here: of this person, qualified, valid now, meant for signing. Ask it before the
// PIN is asked.
eimza_status eimza_consent_session_check_signer(const struct eimza_consent_session *session,
                                                const struct eimza_certificate *certificate,
                                                struct eimza_error **error);

// Signs every text with one entry of the PIN. `pin` and `attempt` (or NULL) are moved in. A wrong PIN
// (EIMZA_STATUS_PIN_INCORRECT) leaves the session where it was: the person may enter it again.
eimza_status eimza_consent_session_sign(const struct eimza_consent_session *session,
                                        const struct eimza_token *token,
                                        const struct eimza_token_certificate *signer,
                                        struct eimza_pin **pin,
                                        struct eimza_attempt **attempt,
                                        struct eimza_signed_consent **out,
                                        struct eimza_error **error);

// Makes what has to be signed, for keys that this library cannot reach.
eimza_status eimza_consent_session_prepare(const struct eimza_consent_session *session,
                                           const struct eimza_certificate *certificate,
                                           struct eimza_prepared_consent **out,
                                           struct eimza_error **error);

// Takes the signature values, verifies each, and makes the signatures. `prepared` is moved in; ECDSA values are DER.
eimza_status eimza_consent_session_complete(const struct eimza_consent_session *session,
                                            struct eimza_prepared_consent **prepared,
                                            const struct eimza_bytes_list *values,
                                            struct eimza_signed_consent **out,
                                            struct eimza_error **error);

// Hands in what was signed. EIMZA_STATUS_CONSENT_REJECTED with the reason, or EIMZA_STATUS_CONSENT_OUTCOME_UNKNOWN
// where the answer was lost: then eimza_consent_session_settle tells, and handing in again does no harm. So it is
// after any other failure of the service.
eimza_status eimza_consent_session_submit(const struct eimza_consent_session *session,
                                          const struct eimza_signed_consent *signed_consent,
                                          struct eimza_receipt **out,
                                          struct eimza_error **error);

// Asks what became of a submission whose answer was lost. NULL: nothing arrived, hand it in again.
eimza_status eimza_consent_session_settle(const struct eimza_consent_session *session,
                                          struct eimza_receipt **out,
                                          struct eimza_error **error);

// Gives up. Nothing was handed in, nothing is kept; what was handed in cannot be taken back, and stays as it is.
void eimza_consent_session_cancel(const struct eimza_consent_session *session);

// Frees a session; NULL is nothing.
void eimza_consent_session_free(struct eimza_consent_session *session);

// For each text what the key has to sign.
eimza_status eimza_prepared_consent_requests(const struct eimza_prepared_consent *prepared,
                                             struct eimza_sign_requests **out,
                                             struct eimza_error **error);

// Frees what was prepared; NULL is nothing.
void eimza_prepared_consent_free(struct eimza_prepared_consent *prepared);

// The record's canonical octets. They live as long as the handle.
struct eimza_view eimza_signed_consent_record(const struct eimza_signed_consent *signed_consent);

// How many signatures there are, one for each text.
size_t eimza_signed_consent_count(const struct eimza_signed_consent *signed_consent);

// The signature of the text at `index`, from 0: a CAdES file, the text inside. It lives as long as the handle.
struct eimza_view eimza_signed_consent_signature(const struct eimza_signed_consent *signed_consent, size_t index);

// The signing time as it stands in the signatures, to be shown to the person; 0 for NULL.
int64_t eimza_signed_consent_signed_at(const struct eimza_signed_consent *signed_consent);

// Frees what was signed; NULL is nothing.
void eimza_signed_consent_free(struct eimza_signed_consent *signed_consent);

// One of the EIMZA_START_ numbers; 0 for NULL.
eimza_start eimza_started_state(const struct eimza_started *started);

// The code, which moves to the caller. EIMZA_STATUS_ARGUMENT_INVALID where there is none, or none any more.
eimza_status eimza_started_take_code(struct eimza_started *started,
                                     struct eimza_verification_code **out,
                                     struct eimza_error **error);

// The session's name, also of one that was received before; empty where there is none. Lives as long as the handle.
const char *eimza_started_session(const struct eimza_started *started);

// Until when the code can be used; where a consent stands already or was received before, since when; 0 otherwise.
int64_t eimza_started_time(const struct eimza_started *started);

// Frees it, and wipes the code; NULL is nothing.
void eimza_started_free(struct eimza_started *started);

// An empty list.
struct eimza_consent_texts *eimza_consent_texts_new(void);

// A copy of this text behind those in the list. EIMZA_STATUS_CONSENT_TEXT_EMPTY … where it is empty, too large, or
// holds characters that could hide what is signed.
eimza_status eimza_consent_texts_add(struct eimza_consent_texts *texts,
                                     eimza_text title,
                                     struct eimza_view body,
                                     struct eimza_error **error);

// As eimza_consent_texts_add, for services whose applications show hidden characters to the person: see
// eimza_consent_session_hidden_characters. In the title there may be none.
eimza_status eimza_consent_texts_add_showing_hidden_characters(struct eimza_consent_texts *texts,
                                                               eimza_text title,
                                                               struct eimza_view body,
                                                               struct eimza_error **error);

// How many there are.
size_t eimza_consent_texts_count(const struct eimza_consent_texts *texts);

// Frees a list; NULL is nothing.
void eimza_consent_texts_free(struct eimza_consent_texts *texts);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* EIMZA_H */
