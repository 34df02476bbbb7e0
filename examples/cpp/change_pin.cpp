/* Changes the PIN of a token. No try is ever spent unasked: not the last one, not after a lost answer.
 *
 * change_pin ADDRESS; the present and the new PIN are the first two lines of standard input. */
#include "example.hpp"

static const char *const status[] = {"unknown", "ok", "low", "final-try", "blocked", "not-set"};

int main(int count, char **arguments) {
    return run(count, arguments, [](const std::vector<std::string> &arguments) {
        usage(arguments.size() == 1, "ADDRESS");
        const auto token = eimza::token::open(arguments[0]);
        std::cout << "before: " << status[static_cast<std::size_t>(token.pin_status().status)] << '\n';
        auto old = ask_pin();
        auto fresh = ask_pin();
        try {
            token.change_pin(std::move(old), std::move(fresh));
            std::cout << "changed\n";
        } catch (const eimza::error &error) {
            // A stable name and number for programs, sentences for people.
            std::cout << error.code() << ' ' << error.name() << ": " << error.message(eimza::language::turkish) << ' '
                      << error.remedy(eimza::language::turkish) << '\n';
        }
        std::cout << "after: " << status[static_cast<std::size_t>(token.pin_status().status)] << '\n';
    });
}
