/* Changes the PIN of a token. No try is ever spent unasked: not the last one, not after a lost answer.
 *
 * change_pin ADDRESS; the present and the new PIN are the first two lines of standard input. */
#include "example.h"

static const char *const STATUS[] = {"unknown", "ok", "low", "final-try", "blocked", "not-set"};

static void show(const char *when, const eimza_token *token) {
    eimza_error *error;
    eimza_pin_state state;
    eimza_token_pin_status(token, &state, &error), check(error);
    printf("%s: %s\n", when, STATUS[state.status]);
}

int main(int count, char **arguments) {
    if (count != 2) fail("ADDRESS");
    eimza_error *error;
    eimza_token *token;
    eimza_token_open(arguments[1], &token, &error), check(error);
    show("before", token);

    eimza_pin *old = ask_pin(), *fresh = ask_pin();
    if (eimza_token_change_pin(token, &old, &fresh, NULL, &error) == EIMZA_STATUS_OK) {
        printf("changed\n");
    } else {
        /* A stable name and number for programs, sentences for people. */
        printf("%u %s: %s %s\n", (unsigned)eimza_error_status(error), eimza_error_name(error),
               eimza_error_message(error, EIMZA_LANGUAGE_TURKISH), eimza_error_remedy(error, EIMZA_LANGUAGE_TURKISH));
        eimza_error_free(error);
    }
    show("after", token);
    eimza_token_free(token);
    return 0;
}
