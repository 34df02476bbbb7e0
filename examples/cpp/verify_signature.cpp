/* Verifies a CAdES signature as mathematics: digest, signature value, binding to the certificate. It says nothing about trust.
 *
 * verify_signature SIGNATURE [CONTENT]; CONTENT is needed for a detached signature. */
#include "example.hpp"

int main(int count, char **arguments) {
    return run(count, arguments, [](const std::vector<std::string> &arguments) {
        usage(arguments.size() == 1 || arguments.size() == 2, "SIGNATURE [CONTENT]");
        const std::string file = read_file(arguments[0]); // PEM and base64 are taken too

        // Content of any size: it is read as a stream, once for all signers.
        const auto found =
            arguments.size() == 2 ? eimza::verify_content_file(file, arguments[1]) : eimza::verify(file);
        for (std::size_t index = 0; index < found.size(); ++index)
            if (const auto certificate = found.certificate(index)) std::cout << certificate->subject() << '\n';
        std::cout << found.json() << '\n' << (found.all_passed() ? "holds" : "does not hold") << '\n';
    });
}
