/* Validates a CAdES signature: the whole verdict, field by field, and that of the signer's certificate alone.
 *
 * validate_signature SECONDS SIGNATURE ROOT AUTHORITY CRL...; SECONDS since 1970 (UTC) is the time of the judgement. */
#include "example.hpp"

int main(int count, char **arguments) {
    return run(count, arguments, [](const std::vector<std::string> &arguments) {
        usage(arguments.size() >= 5, "SECONDS SIGNATURE ROOT AUTHORITY CRL...");
        const std::int64_t now = std::stoll(arguments[0]);
        const eimza::certificate root(read_file(arguments[2]));
        eimza::certificates between;
        between.add(eimza::certificate(read_file(arguments[3])));

        // Nobody is trusted who is not named; what lies between signer and root, and the CRLs, need no trust.
        eimza::validation files(now);
        eimza::certificate_validation certificates(now);
        files.trust(root).add_certificates(between);
        certificates.trust(root).add_certificates(between);
        for (std::size_t at = 4; at < arguments.size(); ++at) {
            const std::string crl = read_file(arguments[at]);
            files.add_crls(crl);
            certificates.add_crls(crl);
        }

        const auto report = files.report(read_file(arguments[1]));
        for (std::size_t index = 0; index < report.size(); ++index) {
            std::cout << "indication: " << report.indication(index) << '\n'
                      << "why: " << report.sub_indication(index).value_or("-") << '\n'
                      << "level: " << report.level(index) << '\n'
                      << "structure: " << report.structure(index) << '\n'
                      << "profile: " << report.profile(index).value_or("-") << '\n'
                      << "signed: " << report.signing_time(index).value_or(0)
                      << ", proven: " << report.best_time(index).value_or(0)
                      << ", preliminary until: " << report.preliminary_until(index).value_or(0) << '\n';
            for (const auto &check : report.checks(index))
                if (check.status != eimza::check_status::passed)
                    std::cout << "did not pass: " << check.name << "\nbecause: " << check.reason.value_or("-") << '\n';
            if (const auto signer = report.certificate(index))
                std::cout << "certificate: " << certificates.judge(*signer).json() << '\n';
        }
        std::cout << (report.passed() ? "passed" : "not passed") << '\n';
    });
}
