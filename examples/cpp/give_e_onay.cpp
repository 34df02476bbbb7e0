/* Gives an E-Onay from the code to the receipt, on a token and a service in memory.
 *
 * give_e_onay FOLDER leaves text, signature and sealed receipt there. The PIN is the program's own: 271828. */
#include "example.hpp"

int main(int count, char **arguments) {
    return run(count, arguments, [](const std::vector<std::string> &arguments) {
        usage(arguments.size() == 1, "FOLDER");
        const std::string folder = arguments[0], national_id = "10000000146", name = "TEST KİŞİ";
        const auto now = eimza::now(), begin = now - 60, end = now + 365 * 86400;

        // A test issuer, its person's card in memory, and a service that trusts that issuer.
        const eimza::test_issuer issuer(begin, end);
        eimza::validation judged_by(now);
        judged_by.trust(issuer.certificate(), eimza::trusted_for::signers).add_crls(issuer.crl(begin, end));
        const auto token = eimza::create_software_token(std::nullopt, "demo",
                                                        issuer.issue("KİŞİ", national_id, "EC P-256", begin, end),
                                                        eimza::pin("271828"), eimza::puk("31415926"));
        auto seal = eimza::key_material::self_signed("EC P-256", "SERVICE", begin, end);
        const auto service = eimza::consent_service::in_memory("demo", std::move(seal), judged_by);

        // The portal issues a code; the application redeems it.
        auto session = eimza::consent_session::open(service, service.start(national_id, name).take_code());
        const eimza::countdown countdown(session,
                                         [](std::uint64_t seconds) { std::cerr << seconds << " seconds left\n"; });

        // What is seen is what is signed.
        const std::string_view text = session.show(0);
        std::cout << text << '\n';
        session.read(0);
        for (std::size_t index = 0; index < session.declarations(); ++index) session.tick(index);

        const auto signer = token.certificates().choose(true, now);
        session.check_signer(signer.certificate());
        const auto consent = session.sign(token, signer, eimza::pin("271828"));
        const auto receipt = session.submit(consent);
        std::cout << (receipt.is_accepted() ? "accepted\n" : "received\n");
        std::cout << eimza::receipt::open(receipt.sealed(), service.seal_certificate()).display() << '\n';
        write_file(folder + "/text.txt", {text.begin(), text.end()});
        write_file(folder + "/e-onay.p7s", consent.signature(0));
        write_file(folder + "/receipt.p7s", receipt.sealed());

        // The same person is told that an E-Onay stands already.
        if (service.start(national_id, name).state() == eimza::start::already_given) std::cout << "already given\n";
    });
}
