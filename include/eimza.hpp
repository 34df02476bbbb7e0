/* eimza for C++17: the functions of eimza.h as classes that own their handles. Licence: MIT OR Apache-2.0.
 *
 * Objects can be moved, not copied, and free themselves. A failure is an eimza::error. What is moved in (secrets,
 * attempts) is passed with std::move and is empty afterwards. Texts are UTF-8; times are seconds since 1970 (UTC).
 * Threads: a const member may be called by several threads at once; see eimza.h. */
#ifndef EIMZA_HPP
#define EIMZA_HPP

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eimza.h"

namespace eimza {

/// The version of the library that is in use; EIMZA_VERSION is that of the header.
inline const char *version() noexcept { return eimza_version(); }

// The numbers of eimza.h as types. An unknown one, of a later version, is a value without a name.

enum class language : eimza_language { turkish = EIMZA_LANGUAGE_TURKISH, english = EIMZA_LANGUAGE_ENGLISH };

enum class digest_algorithm : eimza_digest {
    none = EIMZA_DIGEST_NONE,
    sha1 = EIMZA_DIGEST_SHA1,
    sha256 = EIMZA_DIGEST_SHA256,
    sha384 = EIMZA_DIGEST_SHA384,
    sha512 = EIMZA_DIGEST_SHA512,
};

/// Which PIN a key wants when it is used: the token's, or one of its own beside it.
enum class wanted_pin : eimza_wanted_pin {
    unknown = EIMZA_WANTED_PIN_UNKNOWN,
    token = EIMZA_WANTED_PIN_TOKEN,
    own = EIMZA_WANTED_PIN_OWN,
};

enum class pin_status : eimza_pin_status {
    unknown = EIMZA_PIN_UNKNOWN,
    ok = EIMZA_PIN_OK,
    low = EIMZA_PIN_LOW,
    final_try = EIMZA_PIN_FINAL_TRY,
    blocked = EIMZA_PIN_BLOCKED,
    not_set = EIMZA_PIN_NOT_SET,
};

enum class check_status : eimza_check_status {
    none = EIMZA_CHECK_NONE,
    passed = EIMZA_CHECK_PASSED,
    failed = EIMZA_CHECK_FAILED,
    undetermined = EIMZA_CHECK_UNDETERMINED,
};

enum class purpose : eimza_purpose {
    any = EIMZA_PURPOSE_ANY,
    consent = EIMZA_PURPOSE_CONSENT,
    revocation = EIMZA_PURPOSE_REVOCATION,
};

enum class start : eimza_start {
    issued = EIMZA_START_ISSUED,
    already_given = EIMZA_START_ALREADY_GIVEN,
    nothing_to_revoke = EIMZA_START_NOTHING_TO_REVOKE,
    already_received = EIMZA_START_ALREADY_RECEIVED,
};

enum class consent_state : eimza_consent_state {
    none = 0,
    waiting = EIMZA_CONSENT_WAITING,
    open = EIMZA_CONSENT_OPEN,
    expired = EIMZA_CONSENT_EXPIRED,
    cancelled = EIMZA_CONSENT_CANCELLED,
    accepted = EIMZA_CONSENT_ACCEPTED,
    rejected = EIMZA_CONSENT_REJECTED,
    revoked = EIMZA_CONSENT_REVOKED,
    received = EIMZA_CONSENT_RECEIVED,
};

enum class session_state : eimza_session_state {
    opened = EIMZA_SESSION_OPENED,
    shown = EIMZA_SESSION_SHOWN,
    read = EIMZA_SESSION_READ,
    signed_ = EIMZA_SESSION_SIGNED,
    submitted = EIMZA_SESSION_SUBMITTED,
    accepted = EIMZA_SESSION_ACCEPTED,
    rejected = EIMZA_SESSION_REJECTED,
    outcome_unknown = EIMZA_SESSION_OUTCOME_UNKNOWN,
    already_given = EIMZA_SESSION_ALREADY_GIVEN,
    expired = EIMZA_SESSION_EXPIRED,
    cancelled = EIMZA_SESSION_CANCELLED,
    received = EIMZA_SESSION_RECEIVED,
};

/// Why a call failed.
class error : public std::runtime_error {
public:
    explicit error(eimza_error *raw)
        : std::runtime_error(eimza_error_message(raw, EIMZA_LANGUAGE_ENGLISH)), handle_(raw, eimza_error_free) {}

    /// The stable number.
    eimza_status code() const noexcept { return eimza_error_status(handle_.get()); }
    /// The stable name, like "pin-incorrect".
    const char *name() const noexcept { return eimza_error_name(handle_.get()); }
    /// What happened, for people.
    const char *message(language in = language::english) const noexcept {
        return eimza_error_message(handle_.get(), static_cast<eimza_language>(in));
    }
    /// What to do now, for people.
    const char *remedy(language in = language::english) const noexcept {
        return eimza_error_remedy(handle_.get(), static_cast<eimza_language>(in));
    }
    /// Tries that are left after a refused PIN or PUK, where the token tells.
    std::optional<int> tries_left() const noexcept {
        const int left = eimza_error_tries_left(handle_.get());
        return left < 0 ? std::nullopt : std::optional<int>(left);
    }
    /// The check that a consent did not pass; empty for every other error.
    std::string rejection() const {
        const char *rejection = eimza_error_rejection(handle_.get());
        return rejection ? rejection : "";
    }
    /// What the system or another library said; empty where nothing lies beneath.
    std::string cause() const {
        const char *cause = eimza_error_cause(handle_.get());
        return cause ? cause : "";
    }

private:
    std::shared_ptr<eimza_error> handle_; // exceptions have to be copyable
};

/// Octets that lie elsewhere, for the time of a call.
class octets {
public:
    octets(std::string_view text) : view_{reinterpret_cast<const std::uint8_t *>(text.data()), text.size()} {}
    octets(const std::string &text) : octets(std::string_view(text)) {}
    octets(const char *text) : octets(std::string_view(text)) {}
    octets(const std::vector<std::uint8_t> &bytes) : view_{bytes.data(), bytes.size()} {}
    octets(eimza_view view) : view_(view) {}
    eimza_view view() const noexcept { return view_; }

private:
    eimza_view view_;
};

namespace detail {

template <class Raw, void (*Free)(Raw *)> class handle {
public:
    using raw_type = Raw;
    explicit handle(Raw *raw = nullptr) noexcept : raw_(raw) {}
    Raw *get() const noexcept { return raw_.get(); }
    Raw *release() noexcept { return raw_.release(); }
    explicit operator bool() const noexcept { return raw_ != nullptr; }

private:
    struct deleter {
        void operator()(Raw *raw) const noexcept { Free(raw); }
    };
    std::unique_ptr<Raw, deleter> raw_;
};

/// Hands a handle to a function that takes it over.
template <class Owner> class given {
public:
    explicit given(Owner &&owner) noexcept : raw_(owner.release()) {}
    given(const given &) = delete;
    given &operator=(const given &) = delete;
    ~given() { Owner back(raw_); }
    typename Owner::raw_type **place() noexcept { return &raw_; }
    /// What the function gave back in the place.
    Owner back() noexcept { return Owner(std::exchange(raw_, nullptr)); }

private:
    typename Owner::raw_type *raw_;
};

template <class Function, class... Arguments> void run(Function function, Arguments... arguments) {
    eimza_error *failure = nullptr;
    if (function(arguments..., &failure) != EIMZA_STATUS_OK) throw error(failure);
}

template <class Value, class Function, class... Arguments> Value tell(Function function, Arguments... arguments) {
    Value value{};
    run(function, arguments..., &value);
    return value;
}

template <class Owner, class Function, class... Arguments> Owner make(Function function, Arguments... arguments) {
    return Owner(tell<typename Owner::raw_type *>(function, arguments...));
}

template <class Function, class... Arguments>
std::optional<std::string> maybe_text(Function function, Arguments... arguments) {
    const std::unique_ptr<char, void (*)(char *)> text(tell<char *>(function, arguments...), eimza_string_free);
    return text ? std::optional<std::string>(text.get()) : std::nullopt;
}

template <class Function, class... Arguments> std::string text(Function function, Arguments... arguments) {
    return maybe_text(function, arguments...).value_or("");
}

inline std::vector<std::uint8_t> copy(eimza_view view) {
    return view.length ? std::vector<std::uint8_t>(view.data, view.data + view.length) : std::vector<std::uint8_t>();
}

template <class Function, class... Arguments>
std::vector<std::uint8_t> bytes(Function function, Arguments... arguments) {
    const handle<eimza_bytes, eimza_bytes_free> owner(tell<eimza_bytes *>(function, arguments...));
    return copy(eimza_bytes_view(owner.get()));
}

template <class Function, class... Arguments>
std::vector<std::vector<std::uint8_t>> list(Function function, Arguments... arguments) {
    const handle<eimza_bytes_list, eimza_bytes_list_free> owner(tell<eimza_bytes_list *>(function, arguments...));
    std::vector<std::vector<std::uint8_t>> all;
    for (std::size_t index = 0; index < eimza_bytes_list_count(owner.get()); ++index)
        all.push_back(copy(eimza_bytes_list_at(owner.get(), index)));
    return all;
}

class prepared_list : public handle<eimza_prepared_list, eimza_prepared_list_free> {
public:
    explicit prepared_list(eimza_prepared_list *raw = eimza_prepared_list_new()) noexcept : handle(raw) {}
};

class key_material_list : public handle<eimza_key_material_list, eimza_key_material_list_free> {
public:
    explicit key_material_list(eimza_key_material_list *raw = eimza_key_material_list_new()) noexcept : handle(raw) {}
};

inline const char *c_str(const std::optional<std::string> &text) noexcept { return text ? text->c_str() : nullptr; }

} // namespace detail

/// Overwrites octets with zeros in a way that compilers do not leave out.
inline void wipe(std::string &secret) noexcept {
    eimza_wipe(reinterpret_cast<std::uint8_t *>(secret.data()), secret.size());
    secret.clear();
}

inline std::int64_t now() noexcept { return eimza_time_now(); }
inline std::int64_t parse_time(const std::string &text) {
    return detail::tell<std::int64_t>(eimza_time_parse, text.c_str());
}
inline std::string time_text(std::int64_t seconds) { return detail::text(eimza_time_text, seconds); }
inline std::string time_istanbul(std::int64_t seconds) { return detail::text(eimza_time_istanbul, seconds); }

// Secrets: types that do not convert into each other.

class pin : public detail::handle<eimza_pin, eimza_pin_free> {
public:
    using handle::handle;
    explicit pin(octets entered) : handle(detail::tell<eimza_pin *>(eimza_pin_new, entered.view())) {}
    /// Of any form; it is sent only where the attempt permits it (`attempt::allow_unusual_pin`).
    static pin unusual(octets entered) { return detail::make<pin>(eimza_pin_new_unusual, entered.view()); }
    /// To be typed on the keypad of the token or its reader.
    static pin on_device() { return pin(eimza_pin_on_device()); }
    /// For a token that signs without a login.
    static pin not_needed() { return pin(eimza_pin_not_needed()); }
    /// Has `prompt(std::uint8_t *octets, std::size_t capacity)` write the PIN into memory that is wiped; it returns the
    /// length, or nothing to give up.
    template <class Prompt> static pin ask(Prompt prompt) { return asked(eimza_pin_ask, prompt); }
    template <class Prompt> static pin ask_unusual(Prompt prompt) { return asked(eimza_pin_ask_unusual, prompt); }

private:
    template <class Function, class Prompt> static pin asked(Function function, Prompt &prompt);
};

class puk : public detail::handle<eimza_puk, eimza_puk_free> {
public:
    using handle::handle;
    explicit puk(octets entered) : handle(detail::tell<eimza_puk *>(eimza_puk_new, entered.view())) {}
    static puk on_device() { return puk(eimza_puk_on_device()); }
};

class verification_code : public detail::handle<eimza_verification_code, eimza_verification_code_free> {
public:
    using handle::handle;
    explicit verification_code(octets entered)
        : handle(detail::tell<eimza_verification_code *>(eimza_verification_code_parse, entered.view())) {}
    /// The 15 digits in clear; they live as long as the object.
    std::string_view reveal() const noexcept {
        const eimza_view view = eimza_verification_code_reveal(get());
        return {reinterpret_cast<const char *>(view.data), view.length};
    }
    bool equals(const verification_code &other) const noexcept {
        return eimza_verification_code_equals(get(), other.get());
    }
};

class confirmation_code : public detail::handle<eimza_confirmation_code, eimza_confirmation_code_free> {
public:
    using handle::handle;
    explicit confirmation_code(octets entered)
        : handle(detail::tell<eimza_confirmation_code *>(eimza_confirmation_code_parse, entered.view())) {}
};

class password : public detail::handle<eimza_password, eimza_password_free> {
public:
    using handle::handle;
    explicit password(octets entered) : handle(detail::tell<eimza_password *>(eimza_password_new, entered.view())) {}
};

/// A PIN that is typed key by key.
class pin_entry : public detail::handle<eimza_pin_entry, eimza_pin_entry_free> {
public:
    pin_entry() : handle(eimza_pin_entry_new()) {}
    void push(std::uint8_t octet) { detail::run(eimza_pin_entry_push, get(), octet); }
    void backspace() noexcept { eimza_pin_entry_backspace(get()); }
    void clear() noexcept { eimza_pin_entry_clear(get()); }
    std::size_t length() const noexcept { return eimza_pin_entry_length(get()); }
    pin finish() { return detail::make<pin>(eimza_pin_entry_finish, get()); }
    pin finish_unusual() { return detail::make<pin>(eimza_pin_entry_finish_unusual, get()); }
};

template <class Function, class Prompt> pin pin::asked(Function function, Prompt &prompt) {
    struct state {
        Prompt *prompt;
        std::exception_ptr thrown;
    } context{&prompt, nullptr};
    const auto asked = [](void *pointer, std::uint8_t *place, std::size_t capacity, std::size_t *length) -> std::int32_t {
        auto *self = static_cast<state *>(pointer);
        try {
            const std::optional<std::size_t> written = (*self->prompt)(place, capacity);
            *length = written.value_or(0);
            return written ? 0 : 1;
        } catch (...) { // nothing may be thrown through C
            self->thrown = std::current_exception();
            return 1;
        }
    };
    try {
        return detail::make<pin>(function, static_cast<eimza_pin_prompt>(asked), static_cast<void *>(&context));
    } catch (const error &) {
        if (context.thrown) std::rethrow_exception(context.thrown);
        throw;
    }
}

// Certificates

class certificate : public detail::handle<eimza_certificate, eimza_certificate_free> {
public:
    using handle::handle;
    explicit certificate(octets der)
        : handle(detail::tell<eimza_certificate *>(eimza_certificate_from_der, der.view())) {}
    std::vector<std::uint8_t> der() const { return detail::copy(eimza_certificate_der(get())); }
    std::string subject() const { return detail::text(eimza_certificate_subject, get()); }
    std::string issuer() const { return detail::text(eimza_certificate_issuer, get()); }
    std::optional<std::string> common_name() const { return detail::maybe_text(eimza_certificate_common_name, get()); }
    std::optional<std::string> reveal_national_id() const {
        return detail::maybe_text(eimza_certificate_reveal_national_id, get());
    }
    std::string sha256() const { return detail::text(eimza_certificate_sha256, get()); }
    std::string kind() const { return detail::text(eimza_certificate_kind, get()); }
    /// What the summary leaves out, as JSON.
    std::string details() const { return detail::text(eimza_certificate_details, get()); }
    std::string summary() const { return detail::text(eimza_certificate_summary, get()); }
    std::string reveal_details() const { return detail::text(eimza_certificate_reveal_details, get()); }
    std::string reveal_summary() const { return detail::text(eimza_certificate_reveal_summary, get()); }
    std::int64_t not_before() const noexcept { return eimza_certificate_not_before(get()); }
    std::int64_t not_after() const noexcept { return eimza_certificate_not_after(get()); }
    std::int64_t renewable_from() const noexcept { return eimza_certificate_renewable_from(get()); }
    bool is_qualified() const noexcept { return eimza_certificate_is_qualified(get()); }
    void check_qualified() const { detail::run(eimza_certificate_check_qualified, get()); }
    void check_for_signing(std::int64_t at) const { detail::run(eimza_certificate_check_for_signing, get(), at); }
    void check_person(const std::string &national_id) const {
        detail::run(eimza_certificate_check_person, get(), national_id.c_str());
    }
    bool is_issued_by(const certificate &issuer) const {
        return detail::tell<bool>(eimza_certificate_is_issued_by, get(), issuer.get());
    }
};

class certificates : public detail::handle<eimza_certificates, eimza_certificates_free> {
public:
    using handle::handle;
    certificates() : handle(eimza_certificates_new()) {}
    static certificates read(octets file) { return detail::make<certificates>(eimza_certificates_read, file.view()); }
    void add(const certificate &one) { detail::run(eimza_certificates_add, get(), one.get()); }
    std::size_t size() const noexcept { return eimza_certificates_count(get()); }
    certificate at(std::size_t index) const { return detail::make<certificate>(eimza_certificates_at, get(), index); }
    certificate choose(bool qualified, std::int64_t at, const std::optional<std::string> &sha256 = {}) const {
        return detail::make<certificate>(eimza_certificates_choose, get(), qualified, at, detail::c_str(sha256));
    }
};

// Signatures

/// What is signed: octets that outlive the call, or their digest.
class content {
public:
    content(octets whole) : raw_{whole.view(), EIMZA_DIGEST_NONE} {}
    content(octets digest, digest_algorithm algorithm)
        : raw_{digest.view(), static_cast<eimza_digest>(algorithm)} {}
    const eimza_content *get() const noexcept { return &raw_; }

private:
    eimza_content raw_;
};

inline std::vector<std::uint8_t> digest_file(const std::string &path, digest_algorithm algorithm) {
    return detail::bytes(eimza_digest_file, path.c_str(), static_cast<eimza_digest>(algorithm));
}

class signing_options : public detail::handle<eimza_signing_options, eimza_signing_options_free> {
public:
    explicit signing_options(std::int64_t signing_time)
        : handle(detail::tell<eimza_signing_options *>(eimza_signing_options_new, signing_time)) {}
    signing_options &detached() { return set(eimza_signing_options_detached); }
    signing_options &digest(digest_algorithm algorithm) {
        return set(eimza_signing_options_digest, static_cast<eimza_digest>(algorithm));
    }
    signing_options &pss() { return set(eimza_signing_options_pss); }
    signing_options &commitment(const std::string &name) { return set(eimza_signing_options_commitment, name.c_str()); }
    signing_options &mime_type(const std::string &type) { return set(eimza_signing_options_mime_type, type.c_str()); }
    signing_options &content_identifier(octets name) {
        return set(eimza_signing_options_content_identifier, name.view());
    }
    signing_options &content_hints(const std::optional<std::string> &description = {}) {
        return set(eimza_signing_options_content_hints, detail::c_str(description));
    }
    signing_options &content_reference(octets content_identifier, octets signature_value) {
        return set(eimza_signing_options_content_reference, content_identifier.view(), signature_value.view());
    }
    signing_options &add_certificate(const certificate &one) {
        return set(eimza_signing_options_add_certificate, static_cast<const eimza_certificate *>(one.get()));
    }
    signing_options &allow_unsuitable() { return set(eimza_signing_options_allow_unsuitable); }

private:
    template <class Function, class... Arguments> signing_options &set(Function function, Arguments... arguments) {
        detail::run(function, get(), arguments...);
        return *this;
    }
};

class state : public detail::handle<eimza_state, eimza_state_free> {
public:
    using handle::handle;
    static state from_bytes(octets bytes) { return detail::make<state>(eimza_state_from_bytes, bytes.view()); }
    static state unseal(octets bytes, octets key) {
        return detail::make<state>(eimza_state_unseal, bytes.view(), key.view());
    }
    std::vector<std::uint8_t> to_bytes() const { return detail::bytes(eimza_state_to_bytes, get()); }
    std::vector<std::uint8_t> seal(octets key) const { return detail::bytes(eimza_state_seal, get(), key.view()); }
    std::vector<std::uint8_t> digest() const { return detail::bytes(eimza_state_digest, get()); }
    digest_algorithm content_digest() const noexcept {
        return static_cast<digest_algorithm>(eimza_state_content_digest(get()));
    }
    std::string purpose() const { return detail::text(eimza_state_purpose, get()); }
    std::int64_t expiry() const noexcept { return eimza_state_expiry(get()); }
    std::vector<std::uint8_t> complete(const content &what, const certificate &signer, const std::string &purpose,
                                       std::int64_t now, octets value) const {
        return detail::bytes(eimza_state_complete, get(), what.get(), signer.get(), purpose.c_str(), now, value.view());
    }
};

class prepared : public detail::handle<eimza_prepared, eimza_prepared_free> {
public:
    using handle::handle;
    prepared(const content &what, const certificate &signer, const signing_options &options)
        : handle(detail::tell<eimza_prepared *>(eimza_prepare, what.get(), signer.get(), options.get())) {}
    std::vector<std::uint8_t> to_be_signed() const { return detail::copy(eimza_prepared_to_be_signed(get())); }
    std::vector<std::uint8_t> digest() const { return detail::bytes(eimza_prepared_digest, get()); }
    std::string algorithm() const { return detail::text(eimza_prepared_algorithm, get()); }
    std::vector<std::uint8_t> complete(octets value) && {
        detail::given<prepared> self(std::move(*this));
        return detail::bytes(eimza_prepared_complete, self.place(), value.view());
    }
    state into_state(const std::string &purpose, std::int64_t expiry) && {
        detail::given<prepared> self(std::move(*this));
        return detail::make<state>(eimza_prepared_into_state, self.place(), purpose.c_str(), expiry);
    }
};

class sign_requests : public detail::handle<eimza_sign_requests, eimza_sign_requests_free> {
public:
    using handle::handle;
    sign_requests() : handle(eimza_sign_requests_new()) {}
    void add(const prepared &one) { detail::run(eimza_sign_requests_add_prepared, get(), one.get()); }
    void add(const state &one) { detail::run(eimza_sign_requests_add_state, get(), one.get()); }
    std::size_t size() const noexcept { return eimza_sign_requests_count(get()); }
};

// Tokens

class cancellation : public detail::handle<eimza_cancellation, eimza_cancellation_free> {
public:
    cancellation() : handle(eimza_cancellation_new()) {}
    void cancel() const noexcept { eimza_cancellation_cancel(get()); }
    bool is_cancelled() const noexcept { return eimza_cancellation_is_cancelled(get()); }
};

/// What the caller permits for one PIN operation.
class attempt : public detail::handle<eimza_attempt, eimza_attempt_free> {
public:
    using handle::handle;
    attempt() : handle(eimza_attempt_new()) {}
    void spend_last_try() { detail::run(eimza_attempt_spend_last_try, get()); }
    void spend_last_try_of_key_pin() { detail::run(eimza_attempt_spend_last_try_of_key_pin, get()); }
    /// For a key that has a PIN of its own beside the token's.
    void key_pin(pin &&entered) {
        detail::given<pin> secret(std::move(entered));
        detail::run(eimza_attempt_key_pin, get(), secret.place());
    }
    void allow_unusual_pin() { detail::run(eimza_attempt_allow_unusual_pin, get()); }
    void cancelled_by(const cancellation &by) { detail::run(eimza_attempt_cancelled_by, get(), by.get()); }
};

class token_certificate : public detail::handle<eimza_token_certificate, eimza_token_certificate_free> {
public:
    using handle::handle;
    eimza::certificate certificate() const {
        return detail::make<eimza::certificate>(eimza_token_certificate_certificate, get());
    }
    std::string label() const { return detail::text(eimza_token_certificate_label, get()); }
    std::optional<bool> asks_each_time() const noexcept {
        const int asks = eimza_token_certificate_asks_each_time(get());
        return asks < 0 ? std::nullopt : std::optional<bool>(asks != 0);
    }
    /// Which PIN the key wants when it is used.
    eimza::wanted_pin wanted_pin() const noexcept {
        return static_cast<eimza::wanted_pin>(eimza_token_certificate_wanted_pin(get()));
    }
};

class token_certificates : public detail::handle<eimza_token_certificates, eimza_token_certificates_free> {
public:
    using handle::handle;
    std::size_t size() const noexcept { return eimza_token_certificates_count(get()); }
    token_certificate at(std::size_t index) const {
        return detail::make<token_certificate>(eimza_token_certificates_at, get(), index);
    }
    token_certificate choose(bool qualified, std::int64_t at, const std::optional<std::string> &sha256 = {}) const {
        return detail::make<token_certificate>(eimza_token_certificates_choose, get(), qualified, at,
                                               detail::c_str(sha256));
    }
    void keep_person(const std::string &national_id) {
        detail::run(eimza_token_certificates_keep_person, get(), national_id.c_str());
    }
    void keep_issued_by(const eimza::certificate &issuer) {
        detail::run(eimza_token_certificates_keep_issued_by, get(), issuer.get());
    }
    void keep_subject(const std::string &subject) {
        detail::run(eimza_token_certificates_keep_subject, get(), subject.c_str());
    }
    void keep_for_signing(bool qualified, std::int64_t at) {
        detail::run(eimza_token_certificates_keep_for_signing, get(), qualified, at);
    }
    std::string excluded() const { return detail::text(eimza_token_certificates_excluded, get()); }
};

/// How it stands with a PIN or PUK.
struct pin_state {
    explicit pin_state(const eimza_pin_state &raw)
        : status(static_cast<pin_status>(raw.status)),
          tries_left(raw.tries_left < 0 ? std::nullopt : std::optional<int>(raw.tries_left)) {}
    pin_status status;
    std::optional<int> tries_left; ///< where the token tells, never guessed
};

class token : public detail::handle<eimza_token, eimza_token_free> {
public:
    using handle::handle;
    static token open(const std::string &address) { return detail::make<token>(eimza_token_open, address.c_str()); }
    static token only() { return detail::make<token>(eimza_token_only); }
    static std::vector<token> usable() {
        const detail::handle<eimza_tokens, eimza_tokens_free> all(detail::tell<eimza_tokens *>(eimza_tokens_usable));
        std::vector<token> found;
        for (std::size_t index = 0; index < eimza_tokens_count(all.get()); ++index)
            found.push_back(detail::make<token>(eimza_tokens_at, all.get(), index));
        return found;
    }
    std::string address() const { return detail::text(eimza_token_address, get()); }
    std::string label() const { return detail::text(eimza_token_label, get()); }
    std::string info() const { return detail::text(eimza_token_info, get()); }
    /// The same token, remembering failed attempts in this file.
    token with_memory(const std::string &path) const {
        return detail::make<token>(eimza_token_with_memory, get(), path.c_str());
    }
    token_certificates certificates() const {
        return detail::make<token_certificates>(eimza_token_read_certificates, get());
    }
    /// For a token that hides its certificates until somebody logs in: one attempt with the PIN.
    token_certificates certificates_with_pin(pin &&entered, attempt &&permitted = {}) const {
        detail::given<pin> secret(std::move(entered));
        detail::given<attempt> once(std::move(permitted));
        return detail::make<token_certificates>(eimza_token_read_certificates_with_pin, get(), secret.place(),
                                                once.place());
    }
    /// The same, and the PIN that the token accepted: sign with what was found, and the person is asked once.
    std::pair<token_certificates, pin> certificates_and_pin(pin &&entered, attempt &&permitted = {}) const {
        detail::given<pin> secret(std::move(entered));
        detail::given<attempt> once(std::move(permitted));
        auto found = detail::make<token_certificates>(eimza_token_read_certificates_keeping_pin, get(), secret.place(),
                                                      once.place());
        return {std::move(found), secret.back()};
    }
    pin_state pin_status() const { return pin_state(detail::tell<eimza_pin_state>(eimza_token_pin_status, get())); }
    pin_state puk_status() const { return pin_state(detail::tell<eimza_pin_state>(eimza_token_puk_status, get())); }
    /// Of the PIN that a key has, or may have, of its own.
    pin_state key_pin_status(const token_certificate &signer) const {
        return pin_state(detail::tell<eimza_pin_state>(eimza_token_key_pin_status, get(), signer.get()));
    }
    /// Throws what an attempt would be refused with as things stand; asks by free means only.
    void check_pin_attempt(attempt &&permitted = {}) const {
        detail::given<attempt> once(std::move(permitted));
        detail::run(eimza_token_check_pin_attempt, get(), once.place());
    }
    void check_puk_attempt(attempt &&permitted = {}) const {
        detail::given<attempt> once(std::move(permitted));
        detail::run(eimza_token_check_puk_attempt, get(), once.place());
    }
    void check_key_pin_attempt(const token_certificate &signer, attempt &&permitted = {}) const {
        detail::given<attempt> once(std::move(permitted));
        detail::run(eimza_token_check_key_pin_attempt, get(), signer.get(), once.place());
    }
    void verify_pin(pin &&entered, attempt &&permitted = {}) const {
        detail::given<pin> secret(std::move(entered));
        detail::given<attempt> once(std::move(permitted));
        detail::run(eimza_token_verify_pin, get(), secret.place(), once.place());
    }
    void change_pin(pin &&old, pin &&fresh, attempt &&permitted = {}) const {
        detail::given<pin> before(std::move(old)), after(std::move(fresh));
        detail::given<attempt> once(std::move(permitted));
        detail::run(eimza_token_change_pin, get(), before.place(), after.place(), once.place());
    }
    void unblock_pin(puk &&entered, pin &&fresh, attempt &&permitted = {}) const {
        detail::given<puk> secret(std::move(entered));
        detail::given<pin> after(std::move(fresh));
        detail::given<attempt> once(std::move(permitted));
        detail::run(eimza_token_unblock_pin, get(), secret.place(), after.place(), once.place());
    }
    void change_puk(puk &&old, puk &&fresh, attempt &&permitted = {}) const {
        detail::given<puk> before(std::move(old)), after(std::move(fresh));
        detail::given<attempt> once(std::move(permitted));
        detail::run(eimza_token_change_puk, get(), before.place(), after.place(), once.place());
    }
    /// A value for each request, all with one entry of the PIN.
    std::vector<std::vector<std::uint8_t>> sign(const token_certificate &signer, const sign_requests &requests,
                                                pin &&entered, attempt &&permitted = {}) const {
        detail::given<pin> secret(std::move(entered));
        detail::given<attempt> once(std::move(permitted));
        return detail::list(eimza_token_sign, get(), signer.get(), requests.get(), secret.place(), once.place());
    }
};

/// The simple way: a token, its certificate and a PIN go in, the file comes out.
inline std::vector<std::uint8_t> sign(const token &on, const token_certificate &signer, pin &&entered,
                                      const content &what, const signing_options &options, attempt &&permitted = {}) {
    detail::given<pin> secret(std::move(entered));
    detail::given<attempt> once(std::move(permitted));
    return detail::bytes(eimza_sign, on.get(), signer.get(), secret.place(), what.get(), options.get(), once.place());
}

/// The simple way for several with one entry of the PIN: a file for each that was prepared for this signer, or none.
inline std::vector<std::vector<std::uint8_t>> sign_prepared(const token &on, const token_certificate &signer,
                                                            pin &&entered, std::vector<prepared> &&what,
                                                            attempt &&permitted = {}) {
    detail::given<pin> secret(std::move(entered));
    detail::given<attempt> once(std::move(permitted));
    detail::prepared_list all;
    for (auto &one : std::exchange(what, {})) {
        detail::given<prepared> moved(std::move(one));
        detail::run(eimza_prepared_list_add, all.get(), moved.place());
    }
    detail::given<detail::prepared_list> list(std::move(all));
    return detail::list(eimza_sign_prepared, on.get(), signer.get(), secret.place(), list.place(), once.place());
}

// Verdicts

/// One check of one signer.
struct check {
    std::string name; ///< like "message-digest"
    check_status status;
    std::optional<std::string> reason; ///< why it did not pass, like "digest-differs"
};

class verification : public detail::handle<eimza_verification, eimza_verification_free> {
public:
    using handle::handle;
    bool all_passed() const noexcept { return eimza_verification_all_passed(get()); }
    std::size_t size() const noexcept { return eimza_verification_count(get()); }
    std::optional<eimza::certificate> certificate(std::size_t index) const {
        auto found = detail::make<eimza::certificate>(eimza_verification_certificate, get(), index);
        return found ? std::optional<eimza::certificate>(std::move(found)) : std::nullopt;
    }
    /// Whether everything that was checked of one signer has passed.
    bool passed(std::size_t signer) const noexcept { return eimza_verification_signer_passed(get(), signer); }
    /// The signer whose signature this one counter-signs.
    std::optional<std::size_t> parent(std::size_t signer) const noexcept {
        const auto found = eimza_verification_signer_parent(get(), signer);
        return found < 0 ? std::nullopt : std::optional<std::size_t>(static_cast<std::size_t>(found));
    }
    bool certificate_is_inside(std::size_t signer) const noexcept {
        return eimza_verification_certificate_is_inside(get(), signer);
    }
    std::optional<std::int64_t> signing_time(std::size_t signer) const noexcept {
        const auto claimed = eimza_verification_signing_time(get(), signer);
        return claimed ? std::optional(claimed) : std::nullopt;
    }
    std::vector<check> checks(std::size_t signer) const {
        std::vector<check> all;
        for (std::size_t index = 0; index < eimza_verification_checks(get(), signer); ++index)
            all.push_back({detail::text(eimza_verification_check_name, get(), signer, index),
                           static_cast<check_status>(eimza_verification_check_status(get(), signer, index)),
                           detail::maybe_text(eimza_verification_check_reason, get(), signer, index)});
        return all;
    }
    std::string json() const { return detail::text(eimza_verification_json, get()); }
};

inline verification verify(octets file, const content *detached = nullptr, const certificates *more = nullptr) {
    return detail::make<verification>(eimza_verify, file.view(), detached ? detached->get() : nullptr,
                                      more ? more->get() : nullptr);
}
inline verification verify_content_file(octets file, const std::string &path, const certificates *more = nullptr) {
    return detail::make<verification>(eimza_verify_content_file, file.view(), path.c_str(),
                                      more ? more->get() : nullptr);
}

/// The verdict over a file, field by field. Signatures are named by their index.
class report : public detail::handle<eimza_report, eimza_report_free> {
public:
    using handle::handle;
    bool passed() const noexcept { return eimza_report_passed(get()); }
    std::string indication() const { return detail::text(eimza_report_indication, get()); }
    std::optional<std::string> sub_indication() const {
        return detail::maybe_text(eimza_report_sub_indication, get());
    }
    /// What it means and what to do now.
    std::string sentence(language in = language::english) const {
        return detail::text(eimza_report_sentence, get(), static_cast<eimza_language>(in));
    }
    std::string json() const { return detail::text(eimza_report_json, get()); }
    std::size_t size() const noexcept { return eimza_report_count(get()); }
    std::string indication(std::size_t signature) const {
        return detail::text(eimza_report_signature_indication, get(), signature);
    }
    std::optional<std::string> sub_indication(std::size_t signature) const {
        return detail::maybe_text(eimza_report_signature_sub_indication, get(), signature);
    }
    std::optional<eimza::certificate> certificate(std::size_t signature) const {
        auto found = detail::make<eimza::certificate>(eimza_report_signature_certificate, get(), signature);
        return found ? std::optional<eimza::certificate>(std::move(found)) : std::nullopt;
    }
    std::optional<std::int64_t> signing_time(std::size_t signature) const noexcept {
        const auto claimed = eimza_report_signature_signing_time(get(), signature);
        return claimed ? std::optional(claimed) : std::nullopt;
    }
    std::optional<std::int64_t> best_time(std::size_t signature) const noexcept {
        const auto proven = eimza_report_signature_best_time(get(), signature);
        return proven ? std::optional(proven) : std::nullopt;
    }
    /// The signature that this one counter-signs.
    std::optional<std::size_t> parent(std::size_t signature) const noexcept {
        const auto found = eimza_report_signature_parent(get(), signature);
        return found < 0 ? std::nullopt : std::optional<std::size_t>(static_cast<std::size_t>(found));
    }
    /// The highest level that is proven, like "B-T".
    std::string level(std::size_t signature) const {
        return detail::text(eimza_report_signature_level, get(), signature);
    }
    /// The highest level that is there.
    std::string structure(std::size_t signature) const {
        return detail::text(eimza_report_signature_structure, get(), signature);
    }
    /// The profile of BTK's guide that it fits, "P1" … "P4".
    std::optional<std::string> profile(std::size_t signature) const {
        return detail::maybe_text(eimza_report_signature_profile, get(), signature);
    }
    /// The signature policy that it claims.
    std::optional<std::string> policy_oid(std::size_t signature) const {
        return detail::maybe_text(eimza_report_signature_policy_oid, get(), signature);
    }
    /// Until when a good verdict is preliminary.
    std::optional<std::int64_t> preliminary_until(std::size_t signature) const noexcept {
        const auto until = eimza_report_signature_preliminary_until(get(), signature);
        return until ? std::optional(until) : std::nullopt;
    }
    std::vector<check> checks(std::size_t signature) const {
        std::vector<check> all;
        for (std::size_t index = 0; index < eimza_report_checks(get(), signature); ++index)
            all.push_back({detail::text(eimza_report_check_name, get(), signature, index),
                           static_cast<check_status>(eimza_report_check_status(get(), signature, index)),
                           detail::maybe_text(eimza_report_check_reason, get(), signature, index)});
        return all;
    }
};

/// What the certificates beneath an anchor are accepted for.
enum class trusted_for : eimza_trusted_for {
    everything = EIMZA_TRUSTED_FOR_EVERYTHING,
    signers = EIMZA_TRUSTED_FOR_SIGNERS,
    seals = EIMZA_TRUSTED_FOR_SEALS,
    time_stamps = EIMZA_TRUSTED_FOR_TIME_STAMPS,
};

/// What files are judged by: a time, anchors, rules, and what is known besides the file.
class validation : public detail::handle<eimza_validation, eimza_validation_free> {
public:
    explicit validation(std::int64_t now) : handle(detail::tell<eimza_validation *>(eimza_validation_new, now)) {}
    validation &trust(const certificate &anchor, trusted_for what = trusted_for::everything) {
        return set(eimza_validation_trust, static_cast<const eimza_certificate *>(anchor.get()),
                   static_cast<eimza_trusted_for>(what));
    }
    validation &trust_turkish_roots() { return set(eimza_validation_trust_turkish_roots); }
    /// Entries of a SertifikaDeposu.xml whose SHA-256 stands in the built-in table or is given here.
    validation &trust_store(octets file, const std::vector<std::string> &pinned_sha256 = {}) {
        std::string pinned;
        for (const auto &hash : pinned_sha256)
            pinned += hash + ',';
        return set(eimza_validation_trust_store, file.view(), pinned.c_str());
    }
    validation &add_certificates(const certificates &more) {
        return set(eimza_validation_add_certificates, static_cast<const eimza_certificates *>(more.get()));
    }
    validation &add_crls(octets file) { return set(eimza_validation_add_crls, file.view()); }
    validation &add_ocsps(octets file) { return set(eimza_validation_add_ocsps, file.view()); }
    validation &policy(const std::string &name) { return set(eimza_validation_policy, name.c_str()); }
    validation &policy_toml(const std::string &toml) { return set(eimza_validation_policy_toml, toml.c_str()); }
    validation &accept(bool seals, bool usage_limit) { return set(eimza_validation_accept, seals, usage_limit); }
    validation &profile(const std::string &name) { return set(eimza_validation_profile, name.c_str()); }
    validation &existed_since(std::int64_t time) { return set(eimza_validation_existed_since, time); }
    /// The verdict over a file.
    eimza::report report(octets file, const content *detached = nullptr) const {
        return detail::make<eimza::report>(eimza_validation_report, get(), file.view(),
                                           detached ? detached->get() : nullptr);
    }
    /// The same as JSON.
    std::string judge(octets file, const content *detached = nullptr) const {
        return detail::text(eimza_validation_judge, get(), file.view(), detached ? detached->get() : nullptr);
    }

private:
    template <class Function, class... Arguments> validation &set(Function function, Arguments... arguments) {
        detail::run(function, get(), arguments...);
        return *this;
    }
};

/// The verdict over a certificate (RFC 5280 section 6).
class certificate_report : public detail::handle<eimza_certificate_report, eimza_certificate_report_free> {
public:
    using handle::handle;
    bool passed() const noexcept { return eimza_certificate_report_passed(get()); }
    std::string indication() const { return detail::text(eimza_certificate_report_indication, get()); }
    std::optional<std::string> sub_indication() const {
        return detail::maybe_text(eimza_certificate_report_sub_indication, get());
    }
    /// The path, the anchor last; empty where there is no valid one.
    std::vector<certificate> path() const {
        std::vector<certificate> all;
        for (std::size_t index = 0; index < eimza_certificate_report_path_length(get()); ++index)
            all.push_back(detail::make<certificate>(eimza_certificate_report_certificate, get(), index));
        return all;
    }
    /// The acceptable policies that hold for the whole path.
    std::vector<std::string> policies() const {
        std::vector<std::string> all;
        for (std::size_t index = 0; index < eimza_certificate_report_policy_count(get()); ++index)
            all.push_back(detail::text(eimza_certificate_report_policy, get(), index));
        return all;
    }
    /// Why there is no valid path, like "certificate-expired".
    std::optional<std::string> broken_rule() const {
        return detail::maybe_text(eimza_certificate_report_broken_rule, get());
    }
    /// The certificate that breaks that rule.
    std::optional<certificate> broken_by() const {
        auto found = detail::make<certificate>(eimza_certificate_report_broken_by, get());
        return found ? std::optional<certificate>(std::move(found)) : std::nullopt;
    }
    std::string json() const { return detail::text(eimza_certificate_report_json, get()); }
};

/// What certificates are judged by: a time, anchors, and the inputs of RFC 5280 section 6.1.1.
class certificate_validation
    : public detail::handle<eimza_certificate_validation, eimza_certificate_validation_free> {
public:
    /// By what holds at a time, as of another one, which is the later one.
    certificate_validation(std::int64_t at, std::int64_t now)
        : handle(detail::tell<eimza_certificate_validation *>(eimza_certificate_validation_new, at, now)) {}
    explicit certificate_validation(std::int64_t now) : certificate_validation(now, now) {}
    certificate_validation &trust(const certificate &anchor) {
        return set(eimza_certificate_validation_trust, static_cast<const eimza_certificate *>(anchor.get()));
    }
    certificate_validation &add_certificates(const certificates &more) {
        return set(eimza_certificate_validation_add_certificates,
                   static_cast<const eimza_certificates *>(more.get()));
    }
    certificate_validation &add_crls(octets file) { return set(eimza_certificate_validation_add_crls, file.view()); }
    certificate_validation &add_ocsps(octets file) { return set(eimza_certificate_validation_add_ocsps, file.view()); }
    certificate_validation &accept_policy(const std::string &oid) {
        return set(eimza_certificate_validation_accept_policy, oid.c_str());
    }
    certificate_validation &require_explicit_policy() {
        return set(eimza_certificate_validation_require_explicit_policy);
    }
    certificate_validation &inhibit_policy_mapping() {
        return set(eimza_certificate_validation_inhibit_policy_mapping);
    }
    certificate_validation &inhibit_any_policy() { return set(eimza_certificate_validation_inhibit_any_policy); }
    /// NameConstraints in DER.
    certificate_validation &constrain_names(octets name_constraints) {
        return set(eimza_certificate_validation_constrain_names, name_constraints.view());
    }
    certificate_validation &without_revocation() { return set(eimza_certificate_validation_without_revocation); }
    certificate_report judge(const certificate &one) const {
        return detail::make<certificate_report>(eimza_certificate_validation_judge, get(),
                                                static_cast<const eimza_certificate *>(one.get()));
    }

private:
    template <class Function, class... Arguments>
    certificate_validation &set(Function function, Arguments... arguments) {
        detail::run(function, get(), arguments...);
        return *this;
    }
};

/// The content inside of a file with an attached signature, not judged; none where the signature is detached.
inline std::optional<std::vector<std::uint8_t>> attached_content(octets file) {
    const detail::handle<eimza_bytes, eimza_bytes_free> content(
        detail::tell<eimza_bytes *>(eimza_attached_content, file.view()));
    return content ? std::optional(detail::copy(eimza_bytes_view(content.get()))) : std::nullopt;
}
inline std::string inspect(octets file) { return detail::text(eimza_inspect, file.view()); }
inline std::string reveal_inspection(octets file) { return detail::text(eimza_reveal_inspection, file.view()); }

// Software tokens

class key_material : public detail::handle<eimza_key_material, eimza_key_material_free> {
public:
    using handle::handle;
    key_material(octets pkcs8, const std::string &label, const certificates &chain)
        : handle(detail::tell<eimza_key_material *>(eimza_key_material_new, pkcs8.view(), label.c_str(), chain.get())) {}
    static key_material self_signed(const std::string &key, const std::string &name, std::int64_t not_before,
                                    std::int64_t not_after) {
        return detail::make<key_material>(eimza_key_material_self_signed, key.c_str(), name.c_str(), not_before,
                                          not_after);
    }
};

/// What a PKCS#12 file holds: keys that can be used, and why other parts were passed over.
class pkcs12 : public detail::handle<eimza_pkcs12, eimza_pkcs12_free> {
public:
    using handle::handle;
    pkcs12(octets file, password &&secret) : handle(read(file, std::move(secret))) {}
    /// Why each part was passed over.
    std::vector<error> passed_over() const {
        std::vector<error> all;
        for (std::size_t index = 0; index < eimza_pkcs12_passed_over_count(get()); ++index)
            all.emplace_back(eimza_pkcs12_passed_over_at(get(), index));
        return all;
    }

private:
    static eimza_pkcs12 *read(octets file, password &&secret) {
        detail::given<password> opening(std::move(secret));
        return detail::tell<eimza_pkcs12 *>(eimza_pkcs12_read, file.view(), opening.place());
    }
};

class test_issuer : public detail::handle<eimza_test_issuer, eimza_test_issuer_free> {
public:
    test_issuer(std::int64_t not_before, std::int64_t not_after)
        : handle(detail::tell<eimza_test_issuer *>(eimza_test_issuer_new, not_before, not_after)) {}
    eimza::certificate certificate() const {
        return detail::make<eimza::certificate>(eimza_test_issuer_certificate, get());
    }
    key_material issue(const std::string &name, const std::string &national_id, const std::string &key,
                       std::int64_t not_before, std::int64_t not_after) const {
        return detail::make<key_material>(eimza_test_issuer_issue, get(), name.c_str(), national_id.c_str(),
                                          key.c_str(), not_before, not_after);
    }
    /// Its revocation list, DER.
    std::vector<std::uint8_t> crl(std::int64_t this_update, std::int64_t next_update) const {
        return detail::bytes(eimza_test_issuer_crl, get(), this_update, next_update);
    }
    /// Its OCSP answer about a certificate of its own, DER.
    std::vector<std::uint8_t> ocsp(const eimza::certificate &about, std::int64_t this_update,
                                   std::int64_t next_update) const {
        return detail::bytes(eimza_test_issuer_ocsp, get(), static_cast<const eimza_certificate *>(about.get()),
                             this_update, next_update);
    }
    void revoke(const eimza::certificate &revoked, std::int64_t since) const {
        detail::run(eimza_test_issuer_revoke, get(), static_cast<const eimza_certificate *>(revoked.get()), since);
    }
};

/// A software token in a new file, or in memory without a path.
inline token create_software_token(const std::optional<std::string> &path, const std::string &label,
                                   key_material &&key, pin &&first_pin, puk &&first_puk) {
    detail::given<key_material> material(std::move(key));
    detail::given<pin> secret(std::move(first_pin));
    detail::given<puk> other(std::move(first_puk));
    return detail::make<token>(eimza_software_token_create, detail::c_str(path), label.c_str(), material.place(),
                               secret.place(), other.place());
}

/// A software token with all keys of a PKCS#12 file.
inline token create_software_token(const std::optional<std::string> &path, const std::string &label, pkcs12 &&file,
                                   pin &&first_pin, puk &&first_puk) {
    auto all = detail::make<detail::key_material_list>(eimza_pkcs12_take_keys, file.get());
    detail::given<detail::key_material_list> material(std::move(all));
    detail::given<pin> secret(std::move(first_pin));
    detail::given<puk> other(std::move(first_puk));
    return detail::make<token>(eimza_software_token_create_with_keys, detail::c_str(path), label.c_str(),
                               material.place(), secret.place(), other.place());
}

/// A software token with all of these keys.
inline token create_software_token(const std::optional<std::string> &path, const std::string &label,
                                   std::vector<key_material> &&keys, pin &&first_pin, puk &&first_puk) {
    detail::key_material_list all;
    for (auto &one : std::exchange(keys, {})) {
        detail::given<key_material> moved(std::move(one));
        detail::run(eimza_key_material_list_add, all.get(), moved.place());
    }
    detail::given<detail::key_material_list> list(std::move(all));
    detail::given<pin> secret(std::move(first_pin));
    detail::given<puk> other(std::move(first_puk));
    return detail::make<token>(eimza_software_token_create_with_keys, detail::c_str(path), label.c_str(), list.place(),
                               secret.place(), other.place());
}

/// A software token with every key of a PKCS#12 file.
inline token create_software_token(const std::optional<std::string> &path, const std::string &label, octets pkcs12,
                                   password &&of_file, pin &&first_pin, puk &&first_puk) {
    detail::given<password> opening(std::move(of_file));
    detail::given<pin> secret(std::move(first_pin));
    detail::given<puk> other(std::move(first_puk));
    return detail::make<token>(eimza_software_token_from_pkcs12, detail::c_str(path), label.c_str(), pkcs12.view(),
                               opening.place(), secret.place(), other.place());
}

/// The PKCS#11 modules of this machine, as JSON.
inline std::string modules() { return detail::text(eimza_modules); }

// The E-Onay

class receipt : public detail::handle<eimza_receipt, eimza_receipt_free> {
public:
    using handle::handle;
    static receipt open(octets sealed, const certificate &service) {
        return detail::make<receipt>(eimza_receipt_open, sealed.view(), service.get());
    }
    std::vector<std::uint8_t> sealed() const { return detail::copy(eimza_receipt_sealed(get())); }
    std::string display() const { return detail::text(eimza_receipt_display, get()); }
    std::int64_t received_at() const noexcept { return eimza_receipt_received_at(get()); }
    /// 0 of what was received and not accepted so far.
    std::int64_t accepted_at() const noexcept { return eimza_receipt_accepted_at(get()); }
    bool is_accepted() const noexcept { return eimza_receipt_is_accepted(get()); }
    /// JSON: the verdict, what it rests on, what is missing; none of a revocation that was declared.
    std::optional<std::string> verdict() const { return detail::maybe_text(eimza_receipt_verdict, get()); }
    /// None where nothing was signed: a revocation that was declared.
    std::optional<std::int64_t> signed_at() const noexcept {
        const auto at = eimza_receipt_signed_at(get());
        return at ? std::optional(at) : std::nullopt;
    }
    std::string record_sha256() const { return detail::text(eimza_receipt_record_sha256, get()); }
    bool is_revoked() const noexcept { return eimza_receipt_is_revoked(get()); }
};

/// The key with which a service of one's own seals its receipts.
class seal : public detail::handle<eimza_receipt_signer, eimza_receipt_signer_free> {
public:
    using handle::handle;
    explicit seal(key_material &&key) {
        detail::given<key_material> once(std::move(key));
        *this = detail::make<seal>(eimza_receipt_signer_new, once.place());
    }
    eimza::certificate certificate() const {
        return detail::make<eimza::certificate>(eimza_receipt_signer_certificate, get());
    }
};

class started : public detail::handle<eimza_started, eimza_started_free> {
public:
    using handle::handle;
    start state() const noexcept { return static_cast<start>(eimza_started_state(get())); }
    verification_code take_code() { return detail::make<verification_code>(eimza_started_take_code, get()); }
    std::string session() const { return eimza_started_session(get()); }
    std::int64_t time() const noexcept { return eimza_started_time(get()); }
};

/// What a code opens, as parts that can cross a network.
struct redeemed {
    std::string request;                                     ///< JSON, the national id in clear
    std::vector<std::pair<std::string, std::string>> texts; ///< title and body
    std::string wire; ///< all of it as it travels, the JSON of redeemed-1.json; where it is given, it alone counts
};

/// How it stands with a session, as parts that can cross a network.
struct consent_answer {
    consent_state state = consent_state::none;
    std::vector<std::uint8_t> sealed; ///< the receipt, where it was received or accepted
    std::string rejection;            ///< the check, where it was rejected
    std::string wire; ///< all of it as it travels, the JSON of status-1.json; where it is given, it alone counts
};

/// What an own consent service throws for what it failed with: see eimza_own_consent_service.
class service_failure : public std::runtime_error {
public:
    /// `cause` says what lies beneath, for developers: error::cause() will tell it.
    explicit service_failure(eimza_status code, const std::string &cause = {})
        : std::runtime_error(cause.empty() ? eimza_status_name(code) : cause), code_(code), has_cause_(!cause.empty()) {}
    eimza_status code() const noexcept { return code_; }
    bool has_cause() const noexcept { return has_cause_; }

private:
    eimza_status code_;
    bool has_cause_;
};

/// A consent service to derive from; see eimza_own_consent_service for threads. Whatever else is thrown means that the
/// service could not be reached; error::cause() tells its what().
class own_consent_service {
public:
    virtual ~own_consent_service() = default;
    /// The code, 15 digits, lives during the call: wipe every copy.
    virtual redeemed redeem(std::string_view code, purpose wanted) = 0;
    virtual consent_answer submit(const std::string &session, const std::vector<std::uint8_t> &record,
                                  const std::vector<std::vector<std::uint8_t>> &signatures) = 0;
    virtual consent_answer status(const std::string &session) = 0;
    /// Whether the application makes characters visible that could hide what is signed: only then are they let in.
    virtual bool shows_hidden_characters() const { return false; }
    /// By which receipts have to be sealed.
    virtual const certificate &seal_certificate() const = 0;
};

namespace detail {

using redeem_answer = handle<eimza_redeem_answer, eimza_redeem_answer_free>;
using consent_answer_handle = handle<eimza_consent_answer, eimza_consent_answer_free>;

inline bool has_receipt(consent_state state) noexcept {
    return state == consent_state::received || state == consent_state::accepted || state == consent_state::revoked;
}

inline consent_answer parts(const consent_answer_handle &from) {
    consent_answer parts;
    parts.state = static_cast<consent_state>(eimza_consent_answer_state(from.get()));
    if (has_receipt(parts.state))
        parts.sealed = make<receipt>(eimza_consent_answer_receipt, from.get()).sealed();
    if (parts.state == consent_state::rejected) parts.rejection = text(eimza_consent_answer_rejection, from.get());
    if (parts.state != consent_state::none) parts.wire = text(eimza_consent_answer_reveal_wire, from.get());
    return parts;
}

inline void fill(eimza_consent_answer *answer, const consent_answer &with, const certificate &seal) {
    if (!with.wire.empty()) return run(eimza_consent_answer_set_wire, answer, with.wire.c_str(), seal.get());
    if (has_receipt(with.state))
        return run(eimza_consent_answer_set_accepted, answer, octets(with.sealed).view(), seal.get());
    if (with.state == consent_state::rejected)
        return run(eimza_consent_answer_set_rejected, answer, with.rejection.c_str());
    run(eimza_consent_answer_set_state, answer, static_cast<eimza_consent_state>(with.state));
}

/// The functions of C for a service in C++; nothing is thrown through C.
struct callbacks {
    using owner = std::shared_ptr<own_consent_service>;
    template <class Answer, class Work>
    static std::uint32_t run(void *context, Answer *answer,
                             eimza_status (*set_cause)(Answer *, const char *, eimza_error **), Work work) noexcept {
        try {
            work(**static_cast<owner *>(context));
            return EIMZA_STATUS_OK;
        } catch (const error &failure) {
            set_cause(answer, failure.what(), nullptr);
            return failure.code();
        } catch (const service_failure &failure) {
            if (failure.has_cause()) set_cause(answer, failure.what(), nullptr);
            return failure.code();
        } catch (const std::exception &foreign) {
            set_cause(answer, foreign.what(), nullptr);
            return EIMZA_STATUS_SERVICE_UNREACHABLE;
        } catch (...) {
            return EIMZA_STATUS_SERVICE_UNREACHABLE;
        }
    }
    static std::uint32_t redeem(void *context, eimza_view code, eimza_purpose wanted, eimza_redeem_answer *answer) {
        return run(context, answer, eimza_redeem_answer_set_cause, [&](own_consent_service &own) {
            const auto got = own.redeem({reinterpret_cast<const char *>(code.data), code.length},
                                        static_cast<purpose>(wanted));
            if (!got.wire.empty())
                return detail::run(eimza_redeem_answer_set_wire, answer, got.wire.c_str(), own.shows_hidden_characters());
            detail::run(eimza_redeem_answer_set_request, answer, got.request.c_str());
            const auto add = own.shows_hidden_characters() ? eimza_redeem_answer_add_text_showing_hidden_characters
                                                           : eimza_redeem_answer_add_text;
            for (const auto &[title, body] : got.texts)
                detail::run(add, answer, title.c_str(), octets(body).view());
        });
    }
    static std::uint32_t submit(void *context, const char *session, eimza_view record,
                                const eimza_bytes_list *signatures, eimza_consent_answer *answer) {
        return run(context, answer, eimza_consent_answer_set_cause, [&](own_consent_service &own) {
            std::vector<std::vector<std::uint8_t>> list;
            for (std::size_t index = 0; index < eimza_bytes_list_count(signatures); ++index)
                list.push_back(copy(eimza_bytes_list_at(signatures, index)));
            fill(answer, own.submit(session, copy(record), list), own.seal_certificate());
        });
    }
    static std::uint32_t status(void *context, const char *session, eimza_consent_answer *answer) {
        return run(context, answer, eimza_consent_answer_set_cause,
                   [&](own_consent_service &own) { fill(answer, own.status(session), own.seal_certificate()); });
    }
    static void release(void *context) { delete static_cast<owner *>(context); }
};

} // namespace detail

/// What an application hands in, as it travels: the JSON of submission-1.json. The person is named in clear.
inline std::string submission_wire(octets record, const std::vector<std::vector<std::uint8_t>> &signatures) {
    const detail::handle<eimza_bytes_list, eimza_bytes_list_free> list(eimza_bytes_list_new());
    for (const auto &one : signatures) detail::run(eimza_bytes_list_add, list.get(), octets(one).view());
    return detail::text(eimza_submission_reveal_wire, record.view(), list.get());
}

class consent_service : public detail::handle<eimza_consent_service, eimza_consent_service_free> {
public:
    using handle::handle;
    /// `judged_by`: whom it trusts, by which rules it judges, what status data it has.
    static consent_service in_memory(const std::string &name, key_material &&seal, const validation &judged_by,
                                     const std::optional<std::string> &documents = {}, std::uint32_t code_seconds = 300,
                                     const std::optional<std::string> &offers = {}) {
        detail::given<key_material> key(std::move(seal));
        return detail::make<consent_service>(eimza_consent_service_in_memory, name.c_str(), key.place(), judged_by.get(),
                                             detail::c_str(documents), detail::c_str(offers), code_seconds);
    }
    /// The caller's own; it lives as long as this object and all sessions of it.
    static consent_service of_caller(std::shared_ptr<own_consent_service> own) {
        using functions = detail::callbacks;
        auto context = std::make_unique<functions::owner>(std::move(own));
        const eimza_own_consent_service given{context.get(), functions::redeem, functions::submit, functions::status,
                                              functions::release};
        auto service = detail::make<consent_service>(eimza_consent_service_of_caller, &given);
        context.release(); // which is now the business of release()
        return service;
    }
    // The application's face, for a server that carries it over a network.
    /// `caller` is what the server knows of who asks; wrong codes are counted for each caller.
    redeemed redeem(verification_code &&code, purpose wanted = purpose::any,
                    const char *caller = nullptr) const {
        detail::given<verification_code> once(std::move(code));
        const detail::redeem_answer answer(eimza_redeem_answer_new());
        detail::run(eimza_consent_service_redeem, get(), caller, once.place(),
                    static_cast<eimza_purpose>(wanted), answer.get());
        redeemed parts{detail::text(eimza_redeem_answer_reveal_request, answer.get()),
                       {},
                       detail::text(eimza_redeem_answer_reveal_wire, answer.get())};
        for (std::size_t index = 0; index < eimza_redeem_answer_texts(answer.get()); ++index) {
            const auto body = detail::copy(eimza_redeem_answer_body(answer.get(), index));
            parts.texts.emplace_back(detail::text(eimza_redeem_answer_title, answer.get(), index),
                                     std::string(body.begin(), body.end()));
        }
        return parts;
    }
    consent_answer submit(const std::string &session, octets record,
                          const std::vector<std::vector<std::uint8_t>> &signatures) const {
        const detail::handle<eimza_bytes_list, eimza_bytes_list_free> list(eimza_bytes_list_new());
        for (const auto &one : signatures) detail::run(eimza_bytes_list_add, list.get(), octets(one).view());
        const detail::consent_answer_handle answer(eimza_consent_answer_new());
        detail::run(eimza_consent_service_submit, get(), session.c_str(), record.view(), list.get(), answer.get());
        return detail::parts(answer);
    }
    /// The same of a submission as it travels: the JSON of submission-1.json.
    consent_answer submit(const std::string &session, const std::string &wire) const {
        const detail::consent_answer_handle answer(eimza_consent_answer_new());
        detail::run(eimza_consent_service_submit_wire, get(), session.c_str(), wire.c_str(), answer.get());
        return detail::parts(answer);
    }
    consent_answer ask(const std::string &session) const {
        const detail::consent_answer_handle answer(eimza_consent_answer_new());
        detail::run(eimza_consent_service_ask, get(), session.c_str(), answer.get());
        return detail::parts(answer);
    }
    // What was received and waits for its verdict.
    void add_crls(octets file) const { detail::run(eimza_consent_service_add_crls, get(), file.view()); }
    void add_ocsps(octets file) const { detail::run(eimza_consent_service_add_ocsps, get(), file.view()); }
    /// The sessions that wait, as a JSON list.
    std::string received() const { return detail::text(eimza_consent_service_received, get()); }
    consent_answer judge_again(const std::string &session) const {
        const detail::consent_answer_handle answer(eimza_consent_answer_new());
        detail::run(eimza_consent_service_judge_again, get(), session.c_str(), answer.get());
        return detail::parts(answer);
    }
    /// The signatures of an accepted session as they are kept, chain and status data inside; empty of any other.
    std::vector<std::vector<std::uint8_t>> signatures(const std::string &session) const {
        return detail::list(eimza_consent_service_signatures, get(), session.c_str());
    }
    certificate seal_certificate() const {
        return detail::make<certificate>(eimza_consent_service_seal_certificate, get());
    }
    /// `kind`: JSON with id, version and language; the E-Onay without.
    eimza::started start(const std::string &national_id, const std::string &name, bool revocation = false,
                         const std::optional<std::string> &kind = {}) const {
        return detail::make<eimza::started>(eimza_consent_service_start, get(), national_id.c_str(), name.c_str(),
                                            detail::c_str(kind), revocation);
    }
    eimza::started renew(const std::string &session) const {
        return detail::make<eimza::started>(eimza_consent_service_renew, get(), session.c_str());
    }
    void cancel(const std::string &session) const {
        detail::run(eimza_consent_service_cancel, get(), session.c_str());
    }
    std::string status(const std::string &session) const {
        return detail::text(eimza_consent_service_status, get(), session.c_str());
    }
    std::string apply_for_renewal(const std::string &national_id, const std::string &name,
                                  const certificate &renewed) const {
        return detail::text(eimza_consent_service_apply_for_renewal, get(), national_id.c_str(), name.c_str(),
                            renewed.get());
    }
    std::string applications(const std::string &national_id, const std::string &name) const {
        return detail::text(eimza_consent_service_applications, get(), national_id.c_str(), name.c_str());
    }
    receipt declare_revocation(const std::string &national_id, const std::string &name, bool acknowledged,
                               const std::optional<std::string> &kind = {}) const {
        return detail::make<receipt>(eimza_consent_service_declare_revocation, get(), national_id.c_str(), name.c_str(),
                                     detail::c_str(kind), acknowledged);
    }
    std::int64_t stands_since(const std::string &national_id, const std::string &name,
                              const std::optional<std::string> &kind = {}) const {
        return detail::tell<std::int64_t>(eimza_consent_service_stands_since, get(), national_id.c_str(), name.c_str(),
                                          detail::c_str(kind));
    }
};

class signed_consent : public detail::handle<eimza_signed_consent, eimza_signed_consent_free> {
public:
    using handle::handle;
    std::vector<std::uint8_t> record() const { return detail::copy(eimza_signed_consent_record(get())); }
    std::int64_t signed_at() const noexcept { return eimza_signed_consent_signed_at(get()); }
    std::size_t size() const noexcept { return eimza_signed_consent_count(get()); }
    std::vector<std::uint8_t> signature(std::size_t index) const {
        return detail::copy(eimza_signed_consent_signature(get(), index));
    }
};

class prepared_consent : public detail::handle<eimza_prepared_consent, eimza_prepared_consent_free> {
public:
    using handle::handle;
    sign_requests requests() const { return detail::make<sign_requests>(eimza_prepared_consent_requests, get()); }
};

/// A document that is accepted with a consent, as it stands that day.
struct document {
    std::string name;
    std::string version;
    std::string sha256;
    std::string address;
};

class consent_session : public detail::handle<eimza_consent_session, eimza_consent_session_free> {
public:
    using handle::handle;
    static consent_session open(const consent_service &service, verification_code &&code) {
        detail::given<verification_code> once(std::move(code));
        return detail::make<consent_session>(eimza_consent_session_open, service.get(), once.place());
    }
    static consent_session open_revocation(const consent_service &service, verification_code &&code) {
        detail::given<verification_code> once(std::move(code));
        return detail::make<consent_session>(eimza_consent_session_open_revocation, service.get(), once.place());
    }
    /// For whatever the code is for: see purpose().
    static consent_session open_any(const consent_service &service, verification_code &&code) {
        detail::given<verification_code> once(std::move(code));
        return detail::make<consent_session>(eimza_consent_session_open_any, service.get(), once.place());
    }
    eimza::purpose purpose() const noexcept {
        return static_cast<eimza::purpose>(eimza_consent_session_purpose(get()));
    }
    std::string service() const { return detail::text(eimza_consent_session_service, get()); }
    std::string kind() const { return detail::text(eimza_consent_session_kind, get()); }
    std::string kind_version() const { return detail::text(eimza_consent_session_kind_version, get()); }
    std::string person_name() const { return detail::text(eimza_consent_session_person_name, get()); }
    std::int64_t expires_at() const noexcept { return eimza_consent_session_expires_at(get()); }
    /// The documents that are accepted with it.
    std::vector<document> documents() const {
        std::vector<document> all;
        for (std::size_t index = 0; index < eimza_consent_session_documents(get()); ++index)
            all.push_back({detail::text(eimza_consent_session_document_name, get(), index),
                           detail::text(eimza_consent_session_document_version, get(), index),
                           detail::text(eimza_consent_session_document_sha256, get(), index),
                           detail::text(eimza_consent_session_document_address, get(), index)});
        return all;
    }
    /// All of the request as JSON, the national id in clear.
    std::string reveal_request() const { return detail::text(eimza_consent_session_reveal_request, get()); }
    session_state state() const noexcept { return static_cast<session_state>(eimza_consent_session_state(get())); }
    /// Since when a consent of this kind stands, where the state says so.
    std::optional<std::int64_t> given_since() const noexcept {
        const auto since = eimza_consent_session_given_since(get());
        return since ? std::optional(since) : std::nullopt;
    }
    /// The check that did not pass, where the state says so.
    std::optional<std::string> rejection() const {
        return detail::maybe_text(eimza_consent_session_rejection, get());
    }
    /// The service's time.
    std::int64_t now() const noexcept { return eimza_consent_session_now(get()); }
    std::uint64_t remaining_milliseconds() const noexcept { return eimza_consent_session_remaining(get()); }
    std::size_t texts() const noexcept { return eimza_consent_session_texts(get()); }
    std::string title(std::size_t index) const { return detail::text(eimza_consent_session_title, get(), index); }
    /// Characters that could hide what is signed, as JSON.
    std::string hidden_characters(std::size_t index) const {
        return detail::text(eimza_consent_session_hidden_characters, get(), index);
    }
    /// What is seen is what is signed; it lives as long as the session.
    std::string_view show(std::size_t index) {
        const auto view = detail::tell<eimza_view>(eimza_consent_session_show, get(), index);
        return {reinterpret_cast<const char *>(view.data), view.length};
    }
    void read(std::size_t index) { detail::run(eimza_consent_session_read, get(), index); }
    std::size_t declarations() const noexcept { return eimza_consent_session_declarations(get()); }
    std::string declaration(std::size_t index) const {
        return detail::text(eimza_consent_session_declaration, get(), index);
    }
    void tick(std::size_t index, bool ticked = true) {
        detail::run(eimza_consent_session_tick, get(), index, ticked);
    }
    void check_signer(const certificate &signer) const {
        detail::run(eimza_consent_session_check_signer, get(), signer.get());
    }
    signed_consent sign(const token &on, const token_certificate &signer, pin &&entered, attempt &&permitted = {}) {
        detail::given<pin> secret(std::move(entered));
        detail::given<attempt> once(std::move(permitted));
        return detail::make<signed_consent>(eimza_consent_session_sign, get(), on.get(), signer.get(), secret.place(),
                                            once.place());
    }
    prepared_consent prepare(const certificate &signer) const {
        return detail::make<prepared_consent>(eimza_consent_session_prepare, get(), signer.get());
    }
    signed_consent complete(prepared_consent &&what, const std::vector<std::vector<std::uint8_t>> &values) {
        const detail::handle<eimza_bytes_list, eimza_bytes_list_free> list(eimza_bytes_list_new());
        for (const auto &value : values) detail::run(eimza_bytes_list_add, list.get(), octets(value).view());
        detail::given<prepared_consent> once(std::move(what));
        return detail::make<signed_consent>(eimza_consent_session_complete, get(), once.place(), list.get());
    }
    receipt submit(const signed_consent &what) {
        return detail::make<receipt>(eimza_consent_session_submit, get(), what.get());
    }
    std::optional<receipt> settle() {
        auto settled = detail::make<receipt>(eimza_consent_session_settle, get());
        return settled ? std::optional<receipt>(std::move(settled)) : std::nullopt;
    }
    void cancel() noexcept { eimza_consent_session_cancel(get()); }
};

class consent_texts : public detail::handle<eimza_consent_texts, eimza_consent_texts_free> {
public:
    consent_texts() : handle(eimza_consent_texts_new()) {}
    void add(const std::string &title, octets body) {
        detail::run(eimza_consent_texts_add, get(), title.c_str(), body.view());
    }
    void add_showing_hidden_characters(const std::string &title, octets body) {
        detail::run(eimza_consent_texts_add_showing_hidden_characters, get(), title.c_str(), body.view());
    }
    std::size_t size() const noexcept { return eimza_consent_texts_count(get()); }
};

/// What is known of a submission that the receiving side's check did not refuse.
class finding : public detail::handle<eimza_finding, eimza_finding_free> {
public:
    using handle::handle;
    /// Whether every signature is TOTAL-PASSED; if not, status data is missing, as the verdict says.
    bool is_accepted() const noexcept { return eimza_finding_is_accepted(get()); }
    std::string reveal_record() const { return detail::text(eimza_finding_reveal_record, get()); }
    eimza::certificate certificate() const {
        return detail::make<eimza::certificate>(eimza_finding_certificate, get());
    }
    std::int64_t signed_at() const noexcept { return eimza_finding_signed_at(get()); }
    std::string verdict() const { return detail::text(eimza_finding_verdict, get()); }
    /// The signatures that were checked with chain and status data inside, for the service to keep.
    std::vector<std::vector<std::uint8_t>> completed(octets record,
                                                     const std::vector<std::vector<std::uint8_t>> &signatures) const {
        const detail::handle<eimza_bytes_list, eimza_bytes_list_free> list(eimza_bytes_list_new());
        for (const auto &one : signatures) detail::run(eimza_bytes_list_add, list.get(), octets(one).view());
        return detail::list(eimza_finding_completed, get(), record.view(),
                            static_cast<const eimza_bytes_list *>(list.get()));
    }
    /// The sealed receipt, for a service of one's own: it says accepted where this does.
    receipt issue(const seal &by, std::int64_t now) const {
        return detail::make<receipt>(eimza_receipt_issue, get(), by.get(), now);
    }
};

/// The receipt of the same consent with the note that it was revoked, sealed anew.
inline receipt revoked_by(const receipt &of, const receipt &revocation, const seal &by) {
    return detail::make<receipt>(eimza_receipt_revoked_by, of.get(), revocation.get(), by.get());
}

/// The receiving side's check; what does not hold is an eimza::error with its rejection(). `request` and `texts` are the
/// service's own copies; `judged_by` holds anchors, rules, status data and the time of the judgement.
inline finding check_consent(const std::string &request, const consent_texts &texts, octets record,
                             const std::vector<std::vector<std::uint8_t>> &signatures, std::int64_t arrived_at,
                             const validation &judged_by, std::uint32_t tolerance_seconds = 300) {
    const detail::handle<eimza_bytes_list, eimza_bytes_list_free> list(eimza_bytes_list_new());
    for (const auto &one : signatures) detail::run(eimza_bytes_list_add, list.get(), octets(one).view());
    return detail::make<finding>(eimza_consent_check, request.c_str(), texts.get(), record.view(), list.get(),
                                 arrived_at, judged_by.get(), tolerance_seconds);
}

/// Tells the seconds that are left, from a thread of its own, until it is destroyed.
class countdown {
public:
    countdown(const consent_session &session, std::function<void(std::uint64_t)> on_tick)
        : on_tick_(std::make_unique<std::function<void(std::uint64_t)>>(std::move(on_tick))),
          handle_(detail::tell<eimza_countdown *>(eimza_countdown_start, session.get(), &countdown::tick,
                                                  static_cast<void *>(on_tick_.get()))) {}
    countdown(countdown &&) = default;
    countdown &operator=(countdown &&) = delete; // it would drop the function before its thread

private:
    static void tick(void *context, std::uint64_t seconds) {
        try {
            (*static_cast<std::function<void(std::uint64_t)> *>(context))(seconds);
        } catch (...) { // nothing may be thrown through C, and nobody waits for it here
        }
    }
    std::unique_ptr<std::function<void(std::uint64_t)>> on_tick_;
    detail::handle<eimza_countdown, eimza_countdown_free> handle_; // stopped before the function goes
};

} // namespace eimza

#endif
