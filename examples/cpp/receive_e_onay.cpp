/* The receiving side of an E-Onay: received without status data, judged again when it has come, kept for years.
 *
 * receive_e_onay FOLDER leaves the signature as the service keeps it, and the sealed receipt. */
#include "example.hpp"

static const std::string ID = "10000000146", NAME = "TEST KİŞİ";

/* The person's side, as in give_e_onay, from the code to the answer of the service. */
static eimza::receipt hand_in(const eimza::consent_service &service, eimza::started &started, const eimza::token &token) {
    auto session = eimza::consent_session::open(service, started.take_code());
    session.show(0);
    session.read(0);
    session.tick(0);
    const auto signer = token.certificates().choose(true, session.now());
    return session.submit(session.sign(token, signer, eimza::pin("271828")));
}

int main(int count, char **arguments) {
    return run(count, arguments, [](const std::vector<std::string> &arguments) {
        usage(arguments.size() == 1, "FOLDER");
        const auto now = eimza::now(), begin = now - 60, end = now + 365 * 86400;
        const eimza::test_issuer issuer(begin, end);

        // Whom the service trusts. Of revocations it knows nothing yet.
        eimza::validation judged_by(now);
        judged_by.trust(issuer.certificate(), eimza::trusted_for::signers);
        auto seal = eimza::key_material::self_signed("EC P-256", "SERVICE", begin, end);
        const auto service = eimza::consent_service::in_memory("example", std::move(seal), judged_by);
        const auto token = eimza::create_software_token(std::nullopt, "example",
                                                        issuer.issue("KİŞİ", ID, "EC P-256", begin, end),
                                                        eimza::pin("271828"), eimza::puk("31415926"));
        auto started = service.start(ID, NAME);
        const auto received = hand_in(service, started, token);
        std::cout << "received: " << received.verdict().value_or("") << '\n';

        // The issuer publishes; what waits is judged again, for instance by a timer.
        service.add_crls(issuer.crl(begin, end));
        std::cout << "waiting: " << service.received() << '\n';
        const auto answer = service.judge_again(started.session());
        if (answer.state != eimza::consent_state::accepted) throw std::runtime_error(answer.rejection);
        const auto receipt = eimza::receipt::open(answer.sealed, service.seal_certificate());
        std::cout << "accepted: " << receipt.verdict().value_or("") << '\n';
        write_file(arguments[0] + "/e-onay.p7s", service.signatures(started.session()).at(0));
        write_file(arguments[0] + "/receipt.p7s", receipt.sealed());
    });
}
