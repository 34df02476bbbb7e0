/* Signs in three steps that may run in different processes, on different machines, in different languages.
 *
 * two_step_signing prepare CERT.der CONTENT STATE KEY says what is to be signed,
 * two_step_signing sign TOKEN STATE KEY VALUE has a token sign it (PIN: first line of standard input),
 * two_step_signing complete STATE KEY CERT.der CONTENT VALUE OUT.p7s verifies the value and writes the signature.
 *
 * KEY holds 32 random octets that only these steps know: nobody else can read or change a state between them. */
#include "example.hpp"

// What the state is for: a state of another purpose is refused.
static const std::string purpose = "two-step-signing";

static eimza::state read_state(const std::string &state, const std::string &key) {
    return eimza::state::unseal(eimza::octets(read_file(state)), eimza::octets(read_file(key)));
}

static void prepare(const std::vector<std::string> &paths) {
    const eimza::certificate certificate{eimza::octets(read_file(paths[1]))};
    const std::string content = read_file(paths[2]);
    const auto now = eimza::now();
    eimza::prepared prepared(eimza::octets(content), certificate, eimza::signing_options(now));
    write_file(paths[3], std::move(prepared).into_state(purpose, now + 600).seal(eimza::octets(read_file(paths[4]))));
}

static void sign(const std::vector<std::string> &arguments) {
    const auto state = read_state(arguments[2], arguments[3]);
    const auto token = eimza::token::open(arguments[1]);
    const auto signer = token.certificates().choose(false, eimza::now());
    eimza::sign_requests requests;
    requests.add(state);
    write_file(arguments[4], token.sign(signer, requests, ask_pin()).at(0));
}

static void complete(const std::vector<std::string> &paths) {
    const auto state = read_state(paths[1], paths[2]);
    const eimza::certificate certificate{eimza::octets(read_file(paths[3]))};
    const std::string content = read_file(paths[4]);
    // Everything is given again and compared: an altered state cannot become a signature over something else.
    write_file(paths[6],
               state.complete(eimza::octets(content), certificate, purpose, eimza::now(), read_file(paths[5])));
}

int main(int count, char **arguments) {
    return run(count, arguments, [](const std::vector<std::string> &arguments) {
        const std::string step = arguments.empty() ? "" : arguments[0];
        if (step == "prepare" && arguments.size() == 5) return prepare(arguments);
        if (step == "sign" && arguments.size() == 5) return sign(arguments);
        if (step == "complete" && arguments.size() == 7) return complete(arguments);
        usage(false, "prepare CERT.der CONTENT STATE KEY | sign TOKEN STATE KEY VALUE | "
                     "complete STATE KEY CERT.der CONTENT VALUE OUT.p7s");
    });
}
