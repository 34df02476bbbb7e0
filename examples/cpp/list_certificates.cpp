/* Lists the certificates of a token, or of every token of this machine, without a PIN.
 *
 * list_certificates [ADDRESS], for example list_certificates "pkcs11:token=NES1?module-path=/usr/lib/libakisp11.so" */
#include "example.hpp"

static void list(const eimza::token &token) {
    std::cout << token.label() << '\n';
    const auto found = token.certificates();
    for (std::size_t index = 0; index < found.size(); ++index) {
        const auto certificate = found.at(index).certificate();
        // National ids are masked wherever a name is printed.
        std::cout << "  " << certificate.subject() << "\n    " << certificate.kind() << " until "
                  << eimza::time_text(certificate.not_after()) << "\n    " << certificate.sha256() << '\n';
        try {
            certificate.check_qualified();
            certificate.check_for_signing(eimza::now());
            std::cout << "    can give an E-Onay\n";
        } catch (const eimza::error &error) {
            std::cout << "    cannot give an E-Onay: " << error.name() << '\n';
        }
    }
}

int main(int count, char **arguments) {
    return run(count, arguments, [](const std::vector<std::string> &arguments) {
        if (!arguments.empty()) return list(eimza::token::open(arguments[0]));
        for (const auto &token : eimza::token::usable()) list(token);
    });
}
