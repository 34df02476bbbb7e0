/* What the programs of the tests share. */
#include <cstdio>
#include <cstdlib>

#include "eimza.hpp"

#define CHECK(condition)                                                                                               \
    if (!(condition)) {                                                                                                \
        std::fprintf(stderr, "line %d: %s\n", __LINE__, #condition);                                                   \
        std::exit(1);                                                                                                  \
    }
#define REFUSED(status, statement)                                                                                     \
    try {                                                                                                              \
        statement;                                                                                                     \
        CHECK(!"refused")                                                                                              \
    } catch (const eimza::error &error) {                                                                              \
        if (error.code() != (status)) std::fprintf(stderr, "%s\n", error.name());                                      \
        CHECK(error.code() == (status))                                                                                \
    }

static const std::string ID = "10000000146", NAME = "TEST KİŞİ", TEXT = "E-Onay veriyorum.";
static const std::int64_t NOW = eimza::now(), BEGIN = NOW - 60, END = NOW + 365 * 86400;

inline eimza::token new_token(const eimza::test_issuer &issuer, const std::string &key) {
    return eimza::create_software_token({}, "smoke", issuer.issue("KİŞİ", ID, key, BEGIN, END), eimza::pin("123456"),
                                        eimza::puk("87654321"));
}

/// Trusts an issuer and knows its revocation list.
inline void trust(eimza::validation &judged_by, const eimza::test_issuer &issuer) {
    judged_by.trust(issuer.certificate(), eimza::trusted_for::signers).add_crls(issuer.crl(BEGIN, END));
}

inline eimza::validation trusting(const eimza::test_issuer &issuer) {
    eimza::validation judged_by(NOW);
    trust(judged_by, issuer);
    return judged_by;
}
