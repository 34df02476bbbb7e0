/* Consents of one's own kind, the receiving side's check, renewals, and choosing among certificates. */
#include <chrono>
#include <functional>
#include <thread>

#include "shared.hpp"

static const std::string KIND = R"({"id":"kvkk","version":"2","language":"tr"})";
static const std::string OFFER = R"([{"kind":)" + KIND + R"(,
    "texts":[{"title":"Birinci","body":"Birinci metin.\n"},{"title":"İkinci","body":"İkinci metin.\n"}],
    "documents":[{"name":"form","version":"1","sha256":"0000000000000000000000000000000000000000000000000000000000000000","address":"https://localhost/form"}],
    "declarations":[{"text":"Okudum.","required":true},{"text":"Duyuru istiyorum.","required":false}],
    "least_reading_seconds":1,
    "revocation_notice":{"title":"Geri alma","body":"Geri alıyorum.\n"},
    "acknowledgement":"Biliyorum."}])";

static bool holds(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

static eimza::consent_service new_service(const eimza::validation &judged_by, const std::string &offers) {
    auto seal = eimza::key_material::self_signed("EC P-256", "SERVICE", BEGIN, END);
    return eimza::consent_service::in_memory("consents", std::move(seal), judged_by, {}, 300, offers);
}

static eimza::signed_consent signed_by(eimza::consent_session &session, const eimza::token &token) {
    for (std::size_t index = 0; index < session.texts(); ++index) session.show(index);
    if (holds(session.reveal_request(), "\"least_reading_seconds\":1"))
        std::this_thread::sleep_for(std::chrono::milliseconds(1050));
    for (std::size_t index = 0; index < session.texts(); ++index) session.read(index);
    session.tick(0);
    return session.sign(token, token.certificates().choose(true, NOW), eimza::pin("123456"));
}

static std::string rejection(const std::function<void()> &check) {
    try {
        check();
        return "";
    } catch (const eimza::error &error) {
        CHECK(error.code() == EIMZA_STATUS_CONSENT_REJECTED)
        return error.rejection();
    }
}

static void check_and_own_kinds(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-256");
    const auto judged_by = trusting(issuer);
    const auto service = new_service(judged_by, OFFER);
    REFUSED(EIMZA_STATUS_JSON_MALFORMED, new_service(judged_by, "[{}]"))
    REFUSED(EIMZA_STATUS_JSON_MALFORMED, service.start(ID, NAME, false, "kvkk"))
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, service.start(ID, NAME, false, R"({"id":"x","version":"1","language":"tr"})"))

    // What could hide something is refused, unless the application makes it visible.
    auto hiding = OFFER;
    hiding.replace(hiding.find("Birinci metin."), 14, "Birinci\u202e metin.");
    REFUSED(EIMZA_STATUS_CONSENT_TEXT_HIDDEN_CHARACTER, new_service(judged_by, hiding))
    hiding.insert(hiding.find(R"("body")"), R"("shows_hidden_characters":true,)");
    const auto flagging = new_service(judged_by, hiding);
    const auto flagged = eimza::consent_session::open(flagging, flagging.start(ID, NAME, false, KIND).take_code());
    CHECK(flagged.hidden_characters(0) == R"([{"offset":7,"character":"U+202E"}])" && flagged.hidden_characters(1) == "[]")
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, flagged.hidden_characters(2))

    auto session = eimza::consent_session::open_any(service, service.start(ID, NAME, false, KIND).take_code());
    CHECK(session.purpose() == eimza::purpose::consent && session.texts() == 2 && session.declarations() == 2)
    CHECK(session.kind() == "kvkk" && session.kind_version() == "2" && session.person_name() == NAME)
    CHECK(!session.service().empty() && session.expires_at() > session.now())
    for (const auto &document : session.documents()) CHECK(!document.name.empty() && document.sha256.size() == 64)
    eimza::consent_texts texts;
    for (std::size_t index = 0; index < 2; ++index) texts.add(session.title(index), session.show(index));
    REFUSED(EIMZA_STATUS_CONSENT_TEXT_EMPTY, texts.add("empty", ""))
    REFUSED(EIMZA_STATUS_CONSENT_TEXT_HIDDEN_CHARACTER, texts.add("hidden", "a\u202eb"))
    eimza::consent_texts().add_showing_hidden_characters("hidden", "a\u202eb");
    CHECK(texts.size() == 2)
    REFUSED(EIMZA_STATUS_CONSENT_READ_TOO_SHORT, session.read(0))
    const auto consent = signed_by(session, token);

    const auto request = session.reveal_request();
    auto record = consent.record();
    std::vector<std::vector<std::uint8_t>> signatures{consent.signature(0), consent.signature(1)};
    const auto check = [&](std::int64_t at, const eimza::validation &by) {
        return eimza::check_consent(request, texts, record, signatures, at, by);
    };
    const auto now = eimza::now();
    const auto accepted = check(now, judged_by);
    CHECK(holds(accepted.reveal_record(), request) && accepted.certificate().is_issued_by(issuer.certificate()))
    CHECK(accepted.signed_at() >= now - 5 && accepted.signed_at() <= now + 1)
    CHECK(accepted.is_accepted() && holds(accepted.verdict(), "\"TOTAL-PASSED\""))
    const auto completed = accepted.completed(record, signatures);
    CHECK(completed.size() == 2 && completed[0].size() > signatures[0].size())
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, accepted.completed(record, {}))

    // A service of one's own issues the receipt.
    const eimza::seal seal(eimza::key_material::self_signed("EC P-256", "SERVICE", BEGIN, END));
    const auto receipt = accepted.issue(seal, now);
    const auto opened = eimza::receipt::open(receipt.sealed(), seal.certificate());
    CHECK(opened.is_accepted() && opened.accepted_at() == now && opened.received_at() == now && !opened.is_revoked() && holds(opened.display(), "eimza-receipt-1"))
    REFUSED(EIMZA_STATUS_RECEIPT_INVALID, eimza::revoked_by(receipt, receipt, seal))

    // Without status data it is received, and its receipt is no acceptance.
    eimza::validation without(now);
    without.trust(issuer.certificate(), eimza::trusted_for::signers);
    const auto received = check(now, without);
    CHECK(!received.is_accepted() && holds(received.verdict(), "\"status-missing\""))
    CHECK(!received.issue(seal, now).is_accepted() && received.issue(seal, now).accepted_at() == 0)

    CHECK(rejection([&] { check(now + 3600, judged_by); }) == "late")
    CHECK(rejection([&] { check(now, eimza::validation(now)); }) == "issuer")
    std::swap(signatures[0], signatures[1]);
    CHECK(rejection([&] { check(now, judged_by); }) == "text")
    std::swap(signatures[0], signatures[1]);
    signatures[1].back() ^= 1;
    CHECK(rejection([&] { check(now, judged_by); }) == "signature")
    record.back() = ' ';
    CHECK(rejection([&] { check(now, judged_by); }) == "record")
    signatures.pop_back();
    CHECK(rejection([&] { check(now, judged_by); }) == "count")
    REFUSED(EIMZA_STATUS_JSON_MALFORMED, eimza::check_consent("{}", texts, record, signatures, now, judged_by))

    session.submit(consent);
    CHECK(service.stands_since(ID, NAME, KIND) > 0 && service.stands_since(ID, NAME) == 0)
    auto revoking = eimza::consent_session::open_any(service, service.start(ID, NAME, true, KIND).take_code());
    CHECK(revoking.purpose() == eimza::purpose::revocation && revoking.title(0) == "Geri alma")
    revoking.cancel();
    REFUSED(EIMZA_STATUS_CONSEQUENCES_NOT_ACKNOWLEDGED, service.declare_revocation(ID, NAME, false, KIND))
    CHECK(service.declare_revocation(ID, NAME, true, KIND).accepted_at() > 0 && service.stands_since(ID, NAME, KIND) == 0)
}

/// From the arrival without status data to the acceptance, and what is kept.
static void received_and_judged_again(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-256");
    eimza::validation without(NOW);
    without.trust(issuer.certificate(), eimza::trusted_for::signers);
    const auto service = new_service(without, "[]");
    auto started = service.start(ID, NAME);
    auto session = eimza::consent_session::open(service, started.take_code());
    const auto receipt = session.submit(signed_by(session, token));
    CHECK(session.state() == eimza::session_state::received && !receipt.is_accepted() && receipt.received_at() > 0)
    CHECK(service.ask(started.session()).state == eimza::consent_state::received)
    CHECK(service.received() == "[\"" + started.session() + "\"]" && service.signatures(started.session()).empty())
    const auto again = service.start(ID, NAME);
    CHECK(again.state() == eimza::start::already_received && again.session() == started.session())
    const auto signer = token.certificates().choose(true, NOW).certificate();
    CHECK(holds(service.apply_for_renewal(ID, NAME, signer), "\"awaits-verdict\""))
    CHECK(service.judge_again(started.session()).state == eimza::consent_state::received)

    service.add_ocsps(issuer.ocsp(signer, NOW - 60, END));
    CHECK(service.judge_again(started.session()).state == eimza::consent_state::accepted)
    const auto settled = session.settle();
    CHECK(settled && settled->is_accepted() && session.state() == eimza::session_state::accepted)
    CHECK(holds(settled->verdict().value_or(""), "\"TOTAL-PASSED\"") && service.received() == "[]")
    const auto kept = service.signatures(started.session());
    eimza::validation later(END - 1);
    later.trust(issuer.certificate()).existed_since(receipt.received_at());
    CHECK(kept.size() == 1 && holds(later.judge(kept[0]), "\"indication\":\"TOTAL-PASSED\""))
    REFUSED(EIMZA_STATUS_ASN1_MALFORMED, service.add_crls(std::vector<std::uint8_t>{0x30}))
}

/// A certificate that is revoked while its consent waits.
static void revoked_meanwhile(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-256");
    eimza::validation without(NOW);
    without.trust(issuer.certificate(), eimza::trusted_for::signers);
    const auto service = new_service(without, "[]");
    auto started = service.start(ID, NAME);
    auto session = eimza::consent_session::open(service, started.take_code());
    session.submit(signed_by(session, token));
    issuer.revoke(token.certificates().choose(true, NOW).certificate(), NOW);
    service.add_crls(issuer.crl(NOW - 60, END));
    const auto answer = service.judge_again(started.session());
    CHECK(answer.state == eimza::consent_state::rejected && answer.rejection == "revoked")
}

static void renewals(const eimza::test_issuer &issuer) {
    const auto judged_by = trusting(issuer);
    const auto service = new_service(judged_by, "[]");
    const auto token = new_token(issuer, "EC P-256");
    const auto certificate = token.certificates().choose(true, NOW).certificate();
    CHECK(service.applications(ID, NAME) == "[]")
    REFUSED(EIMZA_STATUS_CERTIFICATE_ISSUER_UNKNOWN,
            new_service(eimza::validation(NOW), "[]").apply_for_renewal(ID, NAME, certificate))
    const auto made = service.apply_for_renewal(ID, NAME, certificate);
    CHECK(holds(made, "\"needs-paper\"") && service.applications(ID, NAME) == "[" + made + "]")
}

static void choosing(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-256");
    auto certificates = token.certificates();
    const auto common_name = *certificates.choose(true, NOW).certificate().common_name();
    certificates.keep_for_signing(true, NOW);
    certificates.keep_subject(common_name);
    CHECK(certificates.choose(true, NOW).certificate().common_name() == common_name)
    CHECK(!holds(certificates.excluded(), common_name))
    certificates.keep_for_signing(true, END + 1);
    CHECK(certificates.size() == 0 && holds(certificates.excluded(), "certificate-expired"))
    CHECK(!holds(certificates.excluded(), ID))
    auto others = token.certificates();
    others.keep_subject("SOMEBODY ELSE");
    CHECK(others.size() == 0 && holds(others.excluded(), "not-chosen"))
    REFUSED(EIMZA_STATUS_CERTIFICATE_NONE_FITS, others.choose(true, NOW))
}

int main(int, char **) {
    const eimza::test_issuer issuer(BEGIN, END);
    check_and_own_kinds(issuer);
    received_and_judged_again(issuer);
    revoked_meanwhile(issuer);
    renewals(issuer);
    choosing(issuer);
}
