/* Signs in three steps that may run in different processes, on different machines, in different languages.
 *
 * two_step_signing prepare CERT.der CONTENT STATE says what is to be signed,
 * two_step_signing sign TOKEN STATE VALUE has a token sign it (PIN: first line of standard input),
 * two_step_signing complete STATE CERT.der CONTENT VALUE OUT.p7s verifies the value and writes the signature. */
#include "example.hpp"

// What the state is for: a state of another purpose is refused.
static const std::string purpose = "two-step-signing";

static void prepare(const std::vector<std::string> &paths) {
    const eimza::certificate certificate{eimza::octets(read_file(paths[1]))};
    const std::string content = read_file(paths[2]);
    const auto now = eimza::now();
    eimza::prepared prepared(eimza::octets(content), certificate, eimza::signing_options(now));
    write_file(paths[3], std::move(prepared).into_state(purpose, now + 600).to_bytes());
}

static void sign(const std::vector<std::string> &arguments) {
    const auto state = eimza::state::from_bytes(read_file(arguments[2]));
    const auto token = eimza::token::open(arguments[1]);
    const auto signer = token.certificates().choose(false, eimza::now());
    eimza::sign_requests requests;
    requests.add(state);
    write_file(arguments[3], token.sign(signer, requests, ask_pin()).at(0));
}

static void complete(const std::vector<std::string> &paths) {
    const auto state = eimza::state::from_bytes(read_file(paths[1]));
    const eimza::certificate certificate{eimza::octets(read_file(paths[2]))};
    const std::string content = read_file(paths[3]);
    // Everything is given again and compared: an altered state cannot become a signature over something else.
    write_file(paths[5],
               state.complete(eimza::octets(content), certificate, purpose, eimza::now(), read_file(paths[4])));
}

int main(int count, char **arguments) {
    return run(count, arguments, [](const std::vector<std::string> &arguments) {
        const std::string step = arguments.empty() ? "" : arguments[0];
        if (step == "prepare" && arguments.size() == 4) return prepare(arguments);
        if (step == "sign" && arguments.size() == 4) return sign(arguments);
        if (step == "complete" && arguments.size() == 6) return complete(arguments);
        usage(false, "prepare CERT.der CONTENT STATE | sign TOKEN STATE VALUE | "
                     "complete STATE CERT.der CONTENT VALUE OUT.p7s");
    });
}
