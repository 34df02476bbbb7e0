/* Signs a consent text with a qualified certificate on a PKCS#11 token, as proof of approval.
 *
 * sign_consent_pkcs11 ADDRESS TEXT OUT.p7s; the PIN is the first line of standard input. */
#include "example.hpp"

int main(int count, char **arguments) {
    return run(count, arguments, [](const std::vector<std::string> &arguments) {
        usage(arguments.size() == 3, "ADDRESS TEXT OUT.p7s");
        const auto now = eimza::now();

        const auto token = eimza::token::open(arguments[0]);
        const auto signer = token.certificates().choose(true, now);
        const std::string text = read_file(arguments[1]);
        std::cout << signer.certificate().subject() << " signs:\n" << text << '\n';

        eimza::signing_options options(now);
        options.commitment("approval").mime_type("text/plain; charset=utf-8");
        // The PIN is moved in, used once, wiped.
        write_file(arguments[2], eimza::sign(token, signer, ask_pin(), eimza::octets(text), options));
        std::cout << "signed: " << arguments[2] << '\n';
    });
}
