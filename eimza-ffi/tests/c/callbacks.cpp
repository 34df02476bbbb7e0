/* A consent service of one's own: a network that loses answers, in front of the service in memory. */
#include <atomic>
#include <functional>
#include <future>
#include <thread>

#include "shared.hpp"

namespace {

/// Carries everything over as text; sometimes an answer is lost, before or after it arrived.
class network : public eimza::own_consent_service {
public:
    network(const eimza::consent_service &behind, std::atomic<int> &ended)
        : behind_(behind), seal_(behind.seal_certificate()), ended_(ended) {}
    ~network() override { ++ended_; }
    eimza::redeemed redeem(std::string_view code, eimza::purpose wanted) override {
        eimza::redeemed arrived;
        arrived.wire = behind_.redeem(eimza::verification_code(code), wanted).wire;
        if (altered) arrived.wire.insert(arrived.wire.rfind("\"}]}"), "!");
        return arrived;
    }
    eimza::consent_answer submit(const std::string &session, const std::vector<std::uint8_t> &record,
                                 const std::vector<std::vector<std::uint8_t>> &signatures) override {
        if (lost_on_the_way) throw std::runtime_error("no route");
        eimza::consent_answer answer;
        answer.wire = behind_.submit(session, eimza::submission_wire(record, signatures)).wire;
        on_arrival();
        if (lost_on_the_way_back) throw eimza::service_failure(EIMZA_STATUS_SERVICE_UNREACHABLE);
        return answer;
    }
    eimza::consent_answer status(const std::string &session) override {
        if (refused) throw eimza::service_failure(EIMZA_STATUS_INTERNAL);
        eimza::consent_answer answer;
        answer.wire = behind_.ask(session).wire;
        return answer;
    }
    const eimza::certificate &seal_certificate() const override { return seal_; }

    bool altered = false, lost_on_the_way = false, lost_on_the_way_back = false, refused = false;
    std::function<void()> on_arrival = [] {};

private:
    const eimza::consent_service &behind_;
    eimza::certificate seal_;
    std::atomic<int> &ended_;
};

bool ends_with(const std::string &text, const std::string &end) {
    return text.size() >= end.size() && !text.compare(text.size() - end.size(), end.size(), end);
}

eimza::signed_consent signed_by(eimza::consent_session &session, const eimza::token &token) {
    session.show(0);
    session.read(0);
    session.tick(0);
    return session.sign(token, token.certificates().choose(true, NOW), eimza::pin("123456"));
}

eimza::consent_service portal_accepting(std::initializer_list<const eimza::test_issuer *> issuers) {
    eimza::validation judged_by(NOW);
    for (const auto *issuer : issuers) trust(judged_by, *issuer);
    return eimza::consent_service::in_memory(
        "portal", eimza::key_material::self_signed("EC P-256", "SERVICE", BEGIN, END), judged_by);
}

void a_lossy_network(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-256");
    const auto portal = portal_accepting({&issuer});
    std::atomic<int> ended{0};
    {
        const auto between = std::make_shared<network>(portal, ended);
        auto service = eimza::consent_service::of_caller(between);
        REFUSED(EIMZA_STATUS_CODE_UNKNOWN,
                eimza::consent_session::open(service, eimza::verification_code("000000000000000")))
        REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, service.start(ID, NAME))
        REFUSED(EIMZA_STATUS_CONSENT_UNKNOWN, service.ask("nothing"))
        REFUSED(EIMZA_STATUS_CODE_OTHER_PURPOSE,
                eimza::consent_session::open_revocation(service, portal.start(ID, NAME).take_code()))
        between->altered = true;
        REFUSED(EIMZA_STATUS_RECORD_MALFORMED, eimza::consent_session::open(service, portal.start(ID, NAME).take_code()))
        between->altered = false;

        auto started = portal.start(ID, NAME);
        const auto name = started.session();
        auto session = eimza::consent_session::open(service, started.take_code());
        service = eimza::consent_service(); // the session keeps what it needs
        const auto consent = signed_by(session, token);
        CHECK(portal.ask(name).state == eimza::consent_state::open)
        between->lost_on_the_way = true;
        try {
            session.submit(consent);
            CHECK(!"refused")
        } catch (const eimza::error &error) {
            CHECK(error.code() == EIMZA_STATUS_CONSENT_OUTCOME_UNKNOWN && ends_with(error.cause(), ": no route"))
        }
        CHECK(session.state() == eimza::session_state::outcome_unknown && !session.settle())
        between->lost_on_the_way = false;
        between->lost_on_the_way_back = true;
        REFUSED(EIMZA_STATUS_CONSENT_OUTCOME_UNKNOWN, session.submit(consent))
        CHECK(portal.ask(name).state == eimza::consent_state::accepted && session.state() == eimza::session_state::outcome_unknown)
        between->refused = true;
        try {
            session.settle();
            CHECK(!"refused")
        } catch (const eimza::error &error) {
            CHECK(error.code() == EIMZA_STATUS_SERVICE_FAILED && error.cause().find("internal") != std::string::npos)
        }
        between->refused = false;
        const auto receipt = session.settle();
        CHECK(receipt && session.state() == eimza::session_state::accepted && receipt->sealed() == portal.ask(name).sealed)
        portal.declare_revocation(ID, NAME, true);
        CHECK(portal.ask(name).state == eimza::consent_state::revoked && session.settle()->is_revoked())
    }
    CHECK(ended == 1)
}

/// A window looks at the session while another thread waits for the service.
void a_session_is_watched_from_another_thread(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-256");
    const auto portal = portal_accepting({&issuer});
    std::atomic<int> ended{0};
    const auto between = std::make_shared<network>(portal, ended);
    auto session =
        eimza::consent_session::open(eimza::consent_service::of_caller(between), portal.start(ID, NAME).take_code());
    const auto consent = signed_by(session, token);
    std::promise<void> arrived, seen;
    between->on_arrival = [&] {
        arrived.set_value();
        seen.get_future().wait();
    };
    std::thread worker([&] { session.submit(consent); });
    arrived.get_future().wait();
    CHECK(session.state() == eimza::session_state::submitted && session.remaining_milliseconds() > 0)
    session.cancel(); // too late
    CHECK(session.state() == eimza::session_state::submitted)
    seen.set_value();
    worker.join();
    CHECK(session.state() == eimza::session_state::accepted)
}

void what_is_rejected_is_said(const eimza::test_issuer &issuer) {
    const auto token = new_token(issuer, "EC P-256");
    const auto portal = portal_accepting({});
    std::atomic<int> ended{0};
    const auto service = eimza::consent_service::of_caller(std::make_shared<network>(portal, ended));
    auto session = eimza::consent_session::open(service, portal.start(ID, NAME).take_code());
    const auto consent = signed_by(session, token);
    try {
        session.submit(consent);
        CHECK(!"refused")
    } catch (const eimza::error &error) {
        CHECK(error.code() == EIMZA_STATUS_CONSENT_REJECTED && error.rejection() == "issuer")
    }
    CHECK(session.state() == eimza::session_state::rejected)

    auto cancelled = portal.start(ID, NAME);
    auto other = eimza::consent_session::open(service, cancelled.take_code());
    const auto late = signed_by(other, token);
    portal.cancel(cancelled.session());
    REFUSED(EIMZA_STATUS_CONSENT_CANCELLED, other.submit(late))
}

void threads_share_a_service() {
    const auto portal = portal_accepting({});
    std::atomic<int> ended{0}, opened{0};
    const auto service = eimza::consent_service::of_caller(std::make_shared<network>(portal, ended));
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number)
        threads.emplace_back([&] {
            const auto session = eimza::consent_session::open_any(service, portal.start(ID, NAME).take_code());
            if (session.purpose() == eimza::purpose::consent) ++opened;
        });
    for (auto &thread : threads) thread.join();
    CHECK(opened == 4 && ended == 0)
}

std::uint32_t silent(void *, const char *, eimza_consent_answer *) { return EIMZA_STATUS_OK; }

/// What C hands over by itself: functions that are missing, and answers that were left empty.
void functions_of_c() {
    eimza_own_consent_service functions{};
    eimza_consent_service *raw = nullptr;
    CHECK(eimza_consent_service_of_caller(&functions, &raw, nullptr) == EIMZA_STATUS_ARGUMENT_INVALID && !raw)
    functions.redeem = [](void *, eimza_view, eimza_purpose, eimza_redeem_answer *) -> std::uint32_t { return 0; };
    functions.submit = [](void *, const char *, eimza_view, const eimza_bytes_list *,
                          eimza_consent_answer *) -> std::uint32_t { return 123456; };
    CHECK(eimza_consent_service_of_caller(&functions, &raw, nullptr) == EIMZA_STATUS_ARGUMENT_INVALID && !raw)
    functions.status = silent;
    CHECK(eimza_consent_service_of_caller(&functions, &raw, nullptr) == EIMZA_STATUS_OK)
    const eimza::consent_service service(raw);
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, service.redeem(eimza::verification_code("000000000000000")))
    REFUSED(EIMZA_STATUS_ARGUMENT_INVALID, service.ask("any"))
    REFUSED(EIMZA_STATUS_SERVICE_FAILED, service.submit("any", "record", {}))
}

/// An answer that is used again tells nothing of the person it was filled for before.
void a_failure_empties_the_answer(const eimza::test_issuer &issuer) {
    const auto portal = portal_accepting({&issuer});
    auto started = portal.start(ID, NAME);
    eimza_consent_answer *answer = eimza_consent_answer_new();
    CHECK(eimza_consent_service_ask(portal.get(), started.session().c_str(), answer, nullptr) == EIMZA_STATUS_OK)
    CHECK(eimza_consent_answer_state(answer) == EIMZA_CONSENT_WAITING)
    CHECK(eimza_consent_service_ask(portal.get(), "another", answer, nullptr) == EIMZA_STATUS_CONSENT_UNKNOWN)
    CHECK(eimza_consent_answer_state(answer) == 0)
    CHECK(eimza_consent_service_ask(portal.get(), started.session().c_str(), answer, nullptr) == EIMZA_STATUS_OK)
    CHECK(eimza_consent_service_submit(nullptr, "any", {}, nullptr, answer, nullptr) != EIMZA_STATUS_OK)
    CHECK(eimza_consent_answer_state(answer) == 0)
    eimza_consent_answer_free(answer);

    eimza_redeem_answer *redeemed = eimza_redeem_answer_new();
    for (const auto expected : {EIMZA_STATUS_OK, EIMZA_STATUS_CODE_UNKNOWN}) {
        auto code = expected == EIMZA_STATUS_OK ? started.take_code() : eimza::verification_code("000000000000000");
        eimza_verification_code *raw = code.release();
        CHECK(eimza_consent_service_redeem(portal.get(), nullptr, &raw, EIMZA_PURPOSE_ANY, redeemed, nullptr) == expected && !raw)
        CHECK(eimza_redeem_answer_texts(redeemed) == (expected == EIMZA_STATUS_OK ? 1u : 0u))
    }
    char *request = nullptr;
    CHECK(eimza_redeem_answer_reveal_request(redeemed, &request, nullptr) != EIMZA_STATUS_OK && !request)
    eimza_redeem_answer_free(redeemed);
}

} // namespace

int main(int, char **) {
    const eimza::test_issuer issuer(BEGIN, END);
    a_lossy_network(issuer);
    a_session_is_watched_from_another_thread(issuer);
    what_is_rejected_is_said(issuer);
    a_failure_empties_the_answer(issuer);
    threads_share_a_service();
    functions_of_c();
}
