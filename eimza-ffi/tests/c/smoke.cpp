/* Walks through all chapters by the C++ classes: what is refused, what is spent, what is moved, what threads share. */
#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>

#include "shared.hpp"

static void errors_and_secrets() {
    try {
        eimza::pin("");
        CHECK(!"refused")
    } catch (const eimza::error &error) {
        const eimza::error copy = error;
        CHECK(copy.code() == EIMZA_STATUS_SECRET_EMPTY && std::string(copy.name()) == "secret-empty")
        CHECK(std::string(copy.remedy()) != copy.remedy(eimza::language::turkish) && !copy.tries_left())
    }
    REFUSED(EIMZA_STATUS_SECRET_LOOKS_LIKE_VERIFICATION_CODE, eimza::pin("123456789012345"))
    REFUSED(EIMZA_STATUS_SECRET_LOOKS_LIKE_VERIFICATION_CODE, eimza::puk("123456789012345"))
    CHECK(eimza::pin::unusual("123456789012345") && eimza::pin::unusual(std::string(1024, '1')))
    const eimza::verification_code code("12345 67890 12345");
    CHECK(code.reveal() == "123456789012345" && code.equals(eimza::verification_code("123456789012345")))
    REFUSED(EIMZA_STATUS_VERIFICATION_CODE_MALFORMED, eimza::verification_code("1234"))
    REFUSED(EIMZA_STATUS_CONFIRMATION_CODE_MALFORMED, eimza::confirmation_code("12x"))

    eimza::pin_entry entry;
    for (const char digit : std::string("1239")) entry.push(static_cast<std::uint8_t>(digit));
    entry.backspace();
    CHECK(entry.length() == 3 && entry.finish() && entry.length() == 0)
    const auto fifteen = [](std::uint8_t *octets, std::size_t) {
        std::fill_n(octets, 15, '7');
        return std::optional<std::size_t>(15);
    };
    REFUSED(EIMZA_STATUS_SECRET_LOOKS_LIKE_VERIFICATION_CODE, eimza::pin::ask(fifteen))
    CHECK(eimza::pin::ask_unusual(fifteen))
    REFUSED(EIMZA_STATUS_CANCELLED, eimza::pin::ask([](auto *, auto) { return std::optional<std::size_t>(); }))
    try {
        eimza::pin::ask([](auto *, auto) -> std::optional<std::size_t> { throw std::runtime_error("mine"); });
        CHECK(!"thrown")
    } catch (const std::runtime_error &error) {
        CHECK(std::string(error.what()) == "mine")
    }
    std::string typed = "123456";
    eimza::wipe(typed);
    CHECK(typed.empty() && eimza::parse_time("2026-06-15T12:00:00Z") == 1781524800)
    CHECK(eimza::time_istanbul(1781524800) == "15.06.2026 15:00:00")
    REFUSED(EIMZA_STATUS_TIME_INVALID, eimza::parse_time("yesterday"))
}

static void tries_are_spent_only_when_asked(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-256");
    eimza::pin wrong("000000");
    try {
        token.verify_pin(std::move(wrong));
        CHECK(!"refused")
    } catch (const eimza::error &error) {
        CHECK(error.code() == EIMZA_STATUS_PIN_INCORRECT && error.tries_left() == 2)
    }
    CHECK(!wrong && token.pin_status().status == eimza::pin_status::low && token.pin_status().tries_left == 2)
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, token.verify_pin(std::move(wrong)))
    const eimza::cancellation given_up;
    given_up.cancel();
    eimza::attempt cancelled;
    cancelled.cancelled_by(given_up);
    REFUSED(EIMZA_STATUS_CANCELLED, token.verify_pin(eimza::pin("123456"), std::move(cancelled)))
    CHECK(given_up.is_cancelled() && token.pin_status().tries_left == 2)

    REFUSED(EIMZA_STATUS_PIN_INCORRECT, token.verify_pin(eimza::pin("111111")))
    REFUSED(EIMZA_STATUS_PIN_FINAL_TRY, token.verify_pin(eimza::pin("123456")))
    CHECK(token.pin_status().tries_left == 1)
    eimza::attempt last;
    last.spend_last_try();
    REFUSED(EIMZA_STATUS_PIN_BLOCKED, token.verify_pin(eimza::pin("222222"), std::move(last)))
    CHECK(token.pin_status().status == eimza::pin_status::blocked)
    token.unblock_pin(eimza::puk("87654321"), eimza::pin("654321"));
    token.change_puk(eimza::puk("87654321"), eimza::puk("12345678"));
    token.verify_pin(eimza::pin("654321"));
    CHECK(token.pin_status().status == eimza::pin_status::ok && token.puk_status().tries_left == 3)
}

/// A key without a PIN of its own is given none, whatever was entered for it.
static void a_key_without_a_pin_of_its_own(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-256");
    const auto signer = token.certificates().at(0);
    CHECK(signer.wanted_pin() == eimza::wanted_pin::token)
    CHECK(token.key_pin_status(signer).status == eimza::pin_status::unknown)
    eimza::pin own("000000");
    eimza::attempt both;
    both.key_pin(std::move(own));
    both.spend_last_try_of_key_pin();
    CHECK(!own)
    REFUSED(EIMZA_STATUS_PIN_INCORRECT, token.verify_pin(eimza::pin("111111"), std::move(both)))
    CHECK(token.pin_status().tries_left == 2)
}

/// What C sees of a failed call: what was moved in is gone, what was to come out is NULL.
static void promises_of_the_header(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-256");
    const eimza_view digits{reinterpret_cast<const std::uint8_t *>("123456"), 6};
    eimza_pin *pin = nullptr;
    CHECK(eimza_pin_new(digits, &pin, nullptr) == EIMZA_STATUS_OK && pin)
    CHECK(eimza_token_sign(token.get(), nullptr, nullptr, &pin, nullptr, nullptr, nullptr) != EIMZA_STATUS_OK && !pin)
    auto *receipt = reinterpret_cast<eimza_receipt *>(0x1);
    CHECK(eimza_consent_session_settle(nullptr, &receipt, nullptr) != EIMZA_STATUS_OK && !receipt)
    auto *certificate = reinterpret_cast<eimza_certificate *>(0x1);
    CHECK(eimza_verification_certificate(nullptr, 0, &certificate, nullptr) != EIMZA_STATUS_OK && !certificate)
    eimza_view view{reinterpret_cast<const std::uint8_t *>(0x1), 1};
    CHECK(eimza_consent_session_show(nullptr, 0, &view, nullptr) != EIMZA_STATUS_OK && !view.length)
    CHECK(token.pin_status().tries_left == 3)
}

static std::string base64(const std::vector<std::uint8_t> &octets) {
    const char *digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < octets.size(); at += 3) {
        std::uint32_t three = 0;
        for (std::size_t next = at; next < at + 3; ++next)
            three = three << 8 | (next < octets.size() ? octets[next] : 0U);
        for (std::size_t digit = 0; digit < 4; ++digit)
            text += at + digit <= octets.size() ? digits[three >> (18 - 6 * digit) & 63] : '=';
    }
    return text;
}

/// The issuer is trusted where its hash is given, and by being in the store alone it is not.
static void check_trust_store(eimza::octets file, const eimza::content &content, const eimza::certificate &issuer) {
    const auto xml = "<depo><koksertifika><mValue>" + base64(issuer.der()) + "</mValue></koksertifika></depo>";
    const auto trusts = [&](const std::vector<std::string> &pinned) {
        const auto judged = eimza::validation(NOW).trust_store(xml, pinned).judge(file, &content);
        return judged.find("{\"name\":\"path\",\"status\":\"passed\"") != std::string::npos;
    };
    CHECK(!trusts({}) && !trusts({std::string(64, '0')}) && trusts({std::string(64, '0'), issuer.sha256()}))
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, eimza::validation(NOW).trust_store(xml, {"12"}))
    REFUSED(EIMZA_STATUS_TRUST_STORE_MALFORMED, eimza::validation(NOW).trust_store("<depo/>"))
}

static void signatures(const eimza::test_issuer &issuer, const std::string &key) {
    const auto token = new_token(issuer, key);
    const auto signer = token.certificates().choose(true, NOW);
    const auto certificate = signer.certificate();
    CHECK(token.info().find("\"address_without_national_id\":\"memory:\"") != std::string::npos)
    CHECK(certificate.is_issued_by(issuer.certificate()) && certificate.is_qualified() && certificate.kind() == "nes")
    CHECK(certificate.reveal_national_id() == ID && certificate.summary().find(ID) == std::string::npos)
    certificate.check_person(ID);
    REFUSED(EIMZA_STATUS_CERTIFICATE_OTHER_PERSON, certificate.check_person("11111111110"))
    const auto details = certificate.details();
    CHECK(details.find("\"nonRepudiation\"") != std::string::npos && details.find("\"notices\"") != std::string::npos)
    CHECK(details == certificate.reveal_details())
    token.check_pin_attempt();
    REFUSED(EIMZA_STATUS_PIN_INCORRECT, token.certificates_with_pin(eimza::pin("000000")))
    CHECK(token.certificates_with_pin(eimza::pin("123456")).size() == token.certificates().size())
    {
        auto [found, accepted] = token.certificates_and_pin(eimza::pin("123456"));
        CHECK(found.size() == token.certificates().size())
        token.verify_pin(std::move(accepted));
        REFUSED(EIMZA_STATUS_PIN_INCORRECT, token.certificates_and_pin(eimza::pin("000000")))
        REFUSED(EIMZA_STATUS_PIN_NEEDED, token.verify_pin(eimza::pin::not_needed()))
    }

    eimza::signing_options options(NOW);
    options.detached().digest(eimza::digest_algorithm::sha512).content_hints("a text").add_certificate(issuer.certificate());
    const auto file = eimza::sign(token, signer, eimza::pin("123456"), eimza::octets(TEXT), options);
    const eimza::content right{eimza::octets(TEXT)}, wrong{eimza::octets("other")};
    CHECK(eimza::verify(file, &right).all_passed() && !eimza::verify(file, &wrong).all_passed())
    CHECK(eimza::inspect(file).find(ID) == std::string::npos)
    CHECK(eimza::reveal_inspection(file).find(ID) != std::string::npos)
    CHECK(eimza::verify(file, &right).json().find("\"unreadable_counter_signatures\":[]") != std::string::npos)
    const auto judged = [&](const eimza::content &content) { return eimza::validation(NOW).judge(file, &content); };
    const auto report = eimza::validation(NOW).report(file, &wrong);
    CHECK(!report.passed() && report.indication() == "TOTAL-FAILED" && report.sub_indication() == "HASH_FAILURE")
    CHECK(report.size() == 1 && report.indication(0) == "TOTAL-FAILED" && report.sub_indication(0) == "HASH_FAILURE")
    CHECK(report.certificate(0)->sha256() == certificate.sha256() && report.signing_time(0) == NOW && !report.best_time(0))
    CHECK(report.sentence(eimza::language::turkish).find("imzalanan") != std::string::npos)
    CHECK(report.json() == eimza::validation(NOW).judge(file, &wrong))
    CHECK(report.level(0) == "B-B" && report.structure(0) == "B-B" && report.profile(0) == "P1" && !report.policy_oid(0))
    CHECK(!report.parent(0) && !report.preliminary_until(0) && !report.parent(9) && report.checks(9).empty())
    for (const auto &check : report.checks(0))
        CHECK(check.name != "message-digest" || (check.status == eimza::check_status::failed && check.reason == "digest-differs"))
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, report.level(1))
    const auto alone = eimza::certificate_validation(NOW).trust(certificate).without_revocation().judge(certificate);
    CHECK(alone.passed() && alone.indication() == "TOTAL-PASSED" && !alone.sub_indication() && !alone.broken_rule())
    CHECK(alone.path().size() == 1 && alone.policies().empty() && !alone.broken_by())
    const auto nobody = eimza::certificate_validation(NOW, NOW).require_explicit_policy().inhibit_policy_mapping()
                            .inhibit_any_policy().accept_policy("1.2.3").judge(certificate);
    CHECK(!nobody.passed() && nobody.sub_indication() == "NO_CERTIFICATE_CHAIN_FOUND" && nobody.path().empty())
    CHECK(nobody.broken_rule() == "issuer-unknown" && nobody.broken_by()->sha256() == certificate.sha256())
    CHECK(nobody.json().find("\"policies\":[]") != std::string::npos)
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, eimza::certificate_validation(NOW).accept_policy("policy"))
    REFUSED(EIMZA_STATUS_ASN1_MALFORMED, eimza::certificate_validation(NOW).constrain_names("none"))
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, report.indication(1))
    CHECK(judged(right).find("\"INDETERMINATE\"") != std::string::npos)
    CHECK(judged(wrong).find("\"HASH_FAILURE\"") != std::string::npos)
    CHECK(eimza::validation(NOW).profile("p4").judge(file, &right).find("\"SIG_CONSTRAINTS_FAILURE\"") != std::string::npos)
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, eimza::validation(NOW).profile("p9"))
    CHECK(eimza::validation(NOW).policy("generic").judge(file, &right).find("\"INDETERMINATE\"") != std::string::npos)
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, eimza::validation(NOW).policy("own"))
    const auto own = eimza::validation(NOW).policy_toml("base = \"generic\"\ngrace_period = 60").judge(file, &right);
    CHECK(own.find("\"INDETERMINATE\"") != std::string::npos)
    REFUSED(EIMZA_STATUS_POLICY_MALFORMED, eimza::validation(NOW).policy_toml("grace = 1"))
    check_trust_store(file, right, issuer.certificate());
    CHECK(eimza::inspect(file).find("content-hints") != std::string::npos)
    CHECK(!eimza::attached_content(file))
    REFUSED(EIMZA_STATUS_ENCODING_UNREADABLE, eimza::attached_content("no file"))
    CHECK(eimza::verify(file, &right).certificate(0)->sha256() == certificate.sha256())
    const auto verified = eimza::verify(file, &wrong);
    CHECK(!verified.passed(0) && !verified.parent(0) && verified.certificate_is_inside(0) && verified.signing_time(0) == NOW)
    const auto checks = verified.checks(0);
    const auto digest = std::find_if(checks.begin(), checks.end(), [](const auto &one) { return one.name == "message-digest"; });
    CHECK(digest != checks.end() && digest->status == eimza::check_status::failed && digest->reason == "digest-differs")
    CHECK(!verified.passed(1) && verified.checks(1).empty())
    CHECK(std::string(eimza::version()) == EIMZA_VERSION)

    // Two signatures with one entry of the PIN; one by way of a sealed state.
    const std::string seal(32, 'k'), other(32, 'x');
    eimza::prepared first(eimza::octets(TEXT), certificate, eimza::signing_options(NOW));
    eimza::prepared second(eimza::octets("second"), certificate, eimza::signing_options(NOW));
    const auto sealed = std::move(second).into_state("smoke", END).seal(seal);
    REFUSED(EIMZA_STATUS_STATE_ALTERED, eimza::state::unseal(sealed, other))
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, eimza::state::unseal(sealed, "short"))
    const auto state = eimza::state::unseal(sealed, seal);
    eimza::sign_requests requests;
    requests.add(first);
    requests.add(state);
    const auto values = token.sign(signer, requests, eimza::pin("123456"));
    CHECK(values.size() == 2 && eimza::verify(std::move(first).complete(values[0])).all_passed())
    const eimza::content text{eimza::octets("second")};
    REFUSED(EIMZA_STATUS_STATE_PURPOSE, state.complete(text, certificate, "another", NOW, values[1]))
    REFUSED(EIMZA_STATUS_STATE_EXPIRED, state.complete(text, certificate, "smoke", END + 1, values[1]))
    REFUSED(EIMZA_STATUS_CONTENT_DIFFERS, state.complete(right, certificate, "smoke", NOW, values[1]))
    REFUSED(EIMZA_STATUS_SIGNATURE_VALUE_INVALID, state.complete(text, certificate, "smoke", NOW, values[0]))
    CHECK(eimza::verify(state.complete(text, certificate, "smoke", NOW, values[1])).all_passed())
}

/// Several keys on one token, several files with one PIN.
static void several(const eimza::test_issuer &issuer) {
    std::vector<eimza::key_material> keys;
    for (const char *key : {"EC P-256", "EC P-384"}) keys.push_back(issuer.issue("KİŞİ", ID, key, BEGIN, END));
    const auto token =
        eimza::create_software_token({}, "two", std::move(keys), eimza::pin("123456"), eimza::puk("87654321"));
    auto signers = token.certificates();
    signers.keep_issued_by(issuer.certificate());
    signers.keep_person(ID);
    CHECK(keys.empty() && signers.size() == 2)
    const auto signer = signers.at(0), other = signers.at(1);
    const auto prepare = [&](const eimza::token_certificate &by) {
        std::vector<eimza::prepared> all;
        for (const char *text : {"first", "second", "third"})
            all.emplace_back(eimza::octets(text), by.certificate(), eimza::signing_options(NOW));
        return all;
    };
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID,
            eimza::sign_prepared(token, signer, eimza::pin("000000"), prepare(other)))
    REFUSED(EIMZA_STATUS_PIN_INCORRECT, eimza::sign_prepared(token, signer, eimza::pin("000000"), prepare(signer)))
    CHECK(token.pin_status().tries_left == 2)
    const auto files = eimza::sign_prepared(token, signer, eimza::pin("123456"), prepare(signer));
    CHECK(files.size() == 3 && eimza::attached_content(files[1]) == std::vector<std::uint8_t>({'s', 'e', 'c', 'o', 'n', 'd'}))
    for (const auto &file : files) CHECK(eimza::verify(file).all_passed())
}

static void consents(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-384");
    const auto signer = token.certificates().choose(true, NOW);
    const auto judged_by = trusting(issuer);
    auto seal = eimza::key_material::self_signed("EC P-256", "SERVICE", BEGIN, END);
    const auto service = eimza::consent_service::in_memory("smoke", std::move(seal), judged_by);
    REFUSED(EIMZA_STATUS_CODE_UNKNOWN,
            eimza::consent_session::open(service, eimza::verification_code("000000000000000")))

    auto first = service.start(ID, NAME);
    auto renewed = service.renew(first.session());
    REFUSED(EIMZA_STATUS_CONSENT_CANCELLED, eimza::consent_session::open(service, first.take_code()))
    auto session = eimza::consent_session::open(service, renewed.take_code());
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, renewed.take_code())
    REFUSED(EIMZA_STATUS_CONSENT_ORDER, session.read(0))
    REFUSED(EIMZA_STATUS_CONSENT_ORDER, session.sign(token, signer, eimza::pin("123456")))
    CHECK(session.texts() == 1 && !session.title(0).empty() && !session.show(0).empty())
    session.read(0);
    REFUSED(EIMZA_STATUS_CONSENT_DECLARATION_MISSING, session.prepare(signer.certificate()))
    session.tick(0);
    REFUSED(EIMZA_STATUS_PIN_INCORRECT, session.sign(token, signer, eimza::pin("000000")))
    CHECK(session.state() == eimza::session_state::read && !session.settle() && service.status(renewed.session()) == "open")

    const std::string shown(session.show(0));

    // Signed where the library cannot reach: prepare, values from elsewhere, complete.
    auto prepared = session.prepare(signer.certificate());
    const auto values = token.sign(signer, prepared.requests(), eimza::pin("123456"));
    const auto consent = session.complete(std::move(prepared), values);
    const auto receipt = session.submit(consent);
    CHECK(consent.signed_at() >= NOW && consent.signed_at() <= session.now() && receipt.signed_at() == consent.signed_at())
    CHECK(receipt.record_sha256().size() == 64 && !session.rejection() && !session.given_since())
    CHECK(eimza::attached_content(consent.signature(0)) == std::vector<std::uint8_t>(shown.begin(), shown.end()))
    CHECK(session.state() == eimza::session_state::accepted && eimza::verify(consent.signature(0)).all_passed())
    REFUSED(EIMZA_STATUS_RECEIPT_INVALID, eimza::receipt::open(receipt.sealed(), issuer.certificate()))
    CHECK(eimza::receipt::open(receipt.sealed(), service.seal_certificate()).accepted_at() == receipt.accepted_at())
    CHECK(service.start(ID, NAME).state() == eimza::start::already_given && service.stands_since(ID, NAME) > 0)
    CHECK(service.apply_for_renewal(ID, NAME, signer.certificate()).find("\"held\"") != std::string::npos)

    auto notice = eimza::consent_session::open_revocation(service, service.start(ID, NAME, true).take_code());
    notice.show(0);
    notice.read(0);
    REFUSED(EIMZA_STATUS_CONSEQUENCES_NOT_ACKNOWLEDGED, notice.sign(token, signer, eimza::pin("123456")))
    notice.tick(0);
    notice.submit(notice.sign(token, signer, eimza::pin("123456")));
    CHECK(service.start(ID, NAME, true).state() == eimza::start::nothing_to_revoke)
}

static void countdown_and_threads(const eimza::test_issuer &issuer) {
    const eimza::validation judged_by(NOW);
    auto seal = eimza::key_material::self_signed("EC P-256", "SERVICE", BEGIN, END);
    const auto service = eimza::consent_service::in_memory("smoke", std::move(seal), judged_by, {}, 1);
    const auto session = eimza::consent_session::open(service, service.start(ID, NAME).take_code());
    std::atomic<int> ticks{0}, last{-1};
    {
        const eimza::countdown countdown(session, [&](std::uint64_t seconds) { ++ticks, last = static_cast<int>(seconds); });
        std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    }
    CHECK(ticks >= 2 && last == 0 && session.state() == eimza::session_state::expired)

    const auto token = new_token(issuer, "EC P-256");
    const auto signer = token.certificates().choose(true, NOW);
    std::atomic<int> signed_well{0};
    std::vector<std::thread> threads;
    for (int number = 0; number < 3; ++number)
        threads.emplace_back([&] {
            const eimza::content text{eimza::octets(TEXT)};
            const auto file = eimza::sign(token, signer, eimza::pin("123456"), text, eimza::signing_options(NOW));
            if (eimza::verify(file).all_passed()) ++signed_well;
        });
    for (auto &thread : threads) thread.join();
    CHECK(signed_well == 3)
}

static void pkcs12(const char *path) {
    std::ifstream file(path, std::ios::binary);
    const std::string octets{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto make = [&](const char *password) {
        return eimza::create_software_token({}, "p12", octets, eimza::password(password), eimza::pin("123456"),
                                            eimza::puk("87654321"));
    };
    REFUSED(EIMZA_STATUS_PKCS12_PASSWORD_WRONG, make("wrong"))
    CHECK(make("test").certificates().size() > 0)
}

/// A key beside a damaged certificate: the one serves, the other is named.
static void pkcs12_in_part(const char *path) {
    std::ifstream file(path, std::ios::binary);
    const std::string octets{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    eimza::pkcs12 contents(octets, eimza::password(""));
    const auto passed_over = contents.passed_over();
    CHECK(passed_over.size() == 1 && std::string(passed_over[0].message()).size() > 0)
    const auto token = eimza::create_software_token({}, "p12", std::move(contents), eimza::pin("123456"),
                                                    eimza::puk("87654321"));
    const auto signer = token.certificates().at(0);
    token.check_key_pin_attempt(signer);
    CHECK(token.certificates().size() == 1)
}

int main(int, char **arguments) {
    const eimza::test_issuer issuer(BEGIN, END);
    errors_and_secrets();
    tries_are_spent_only_when_asked(issuer);
    a_key_without_a_pin_of_its_own(issuer);
    promises_of_the_header(issuer);
    signatures(issuer, "EC P-256");
    signatures(issuer, "RSA-2048");
    several(issuer);
    consents(issuer);
    countdown_and_threads(issuer);
    pkcs12(arguments[1]);
    pkcs12_in_part(arguments[2]);
}
