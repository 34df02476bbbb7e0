/* A token that hides its certificates and has a keypad: one entry there lists them and signs. */
#include "shared.hpp"

int main(int, char **arguments) {
    const auto token = eimza::token::open(arguments[1]);
    CHECK(token.certificates().size() == 0)
    auto [found, entered] = token.certificates_and_pin(eimza::pin::on_device());
    CHECK(found.size() == 1 && entered)
    REFUSED(EIMZA_STATUS_HOST_HOLDS_LOGIN, token.verify_pin(eimza::pin::on_device()))
    const eimza::signing_options options(1781524830); // 2026-06-15T12:00:30Z
    const auto file = eimza::sign(token, found.at(0), std::move(entered), eimza::octets(TEXT), options);
    CHECK(!entered && eimza::verify(file).all_passed() && token.certificates().size() == 0)
    CHECK(token.certificates_and_pin(eimza::pin::on_device()).first.size() == 1)
    // What was given back is freed: nobody is logged in any more.
    CHECK(token.certificates().size() == 0)
    token.verify_pin(eimza::pin::on_device());
}
