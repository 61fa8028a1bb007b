// Result<T>: a value or the reason why there is none. Every operation that can fail in an expected way
// (offline, disk full, bad file, refused) returns one; callers may not drop it. Anybody may use it.
#pragma once

#include <cassert>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace vakant {

/// What went wrong, coarsely enough that a person-facing text can be chosen by it from assets/strings
/// ("error.<kind>").
enum class ErrorKind {
    invalid_input, ///< a file, message or option does not say what it should
    not_found,     ///< nothing there under that name
    refused,       ///< understood and declined (a rule, a permission, a limit)
    conflict,      ///< the same id with other content, or a state that does not allow it
    offline,       ///< the other side could not be reached, or did not answer in time
    disk_full,     ///< no room to keep it
    damaged,       ///< what was kept cannot be read back as it was written
    not_authentic, ///< a signature, seal or token does not hold
    unavailable,   ///< temporarily not possible: try again later
    unsupported,   ///< a version, format or feature that this build does not have
    internal,      ///< a broken invariant or a library failure nobody expected
};

/// The kind's name as it stands in logs and in the keys of assets/strings, e.g. "disk_full".
std::string_view name_of(ErrorKind kind);

/// `detail` is for logs, exit messages of commands and developers: what, where (file, line, field) and why.
/// It never holds personal data and is never shown on the kiosk.
struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string detail;
};

inline Error invalid_input(std::string detail) {
    return {ErrorKind::invalid_input, std::move(detail)};
}
inline Error refused(std::string detail) {
    return {ErrorKind::refused, std::move(detail)};
}
inline Error not_found(std::string detail) {
    return {ErrorKind::not_found, std::move(detail)};
}
inline Error internal_error(std::string detail) {
    return {ErrorKind::internal, std::move(detail)};
}

/// `error` with "<where>: " put before its detail, so that a message names the file and the field.
Error at(std::string_view where, Error error);

/// The value of a Result<void>.
struct Done {};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const {
        looked_at();
        return content_.index() == 0;
    }
    explicit operator bool() const { return ok(); }

    /// Only where ok(): asking a failed result for its value is a broken invariant and ends the program.
    T& value() & {
        require(ok());
        return std::get<0>(content_);
    }
    const T& value() const& {
        require(ok());
        return std::get<0>(content_);
    }
    T&& value() && {
        require(ok());
        return std::get<0>(std::move(content_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    T value_or(T other) const& { return ok() ? std::get<0>(content_) : std::move(other); } // NOLINT

    /// Only where !ok().
    const Error& error() const {
        require(!ok());
        return std::get<1>(content_);
    }

    /// Says in one visible word that failing is fine here, and why.
    void ignore(std::string_view reason) const {
        (void)reason;
        looked_at();
    }

#ifdef VAKANT_CHECK_RESULTS
    Result(const Result& other) : content_(other.content_) {
        other.checked_ = true;
    }
    Result(Result&& other) noexcept : content_(std::move(other.content_)) {
        other.checked_ = true;
    }
    Result& operator=(const Result& other) {
        content_ = other.content_;
        other.checked_ = true;
        checked_ = false;
        return *this;
    }
    Result& operator=(Result&& other) noexcept {
        content_ = std::move(other.content_);
        other.checked_ = true;
        checked_ = false;
        return *this;
    }
    ~Result() {
        assert((checked_ || content_.index() == 0) && "a failed Result was never looked at");
    }
#endif

private:
    static void require(bool holds) {
        if (!holds) std::abort();
    }
    void looked_at() const {
#ifdef VAKANT_CHECK_RESULTS
        checked_ = true;
#endif
    }
    std::variant<T, Error> content_;
#ifdef VAKANT_CHECK_RESULTS
    mutable bool checked_ = false;
#endif
};

using Outcome = Result<Done>;
inline Outcome done() {
    return Done{};
}

/// VAKANT_TRY(name, expression): names the value of a Result, or returns its error from this function.
#define VAKANT_TRY(name, expression) VAKANT_TRY_AT(name, expression, __LINE__)
#define VAKANT_TRY_AT(name, expression, line) VAKANT_TRY_NAMED(name, expression, line)
#define VAKANT_TRY_NAMED(name, expression, line)                                                             \
    auto result_##line = (expression);                                                                       \
    if (!result_##line.ok()) return result_##line.error();                                                   \
    auto name = std::move(result_##line).value()

/// VAKANT_CHECK(expression): goes on where the Outcome is done, or returns its error from this function.
#define VAKANT_CHECK(expression)                                                                             \
    do {                                                                                                     \
        auto outcome_ = (expression);                                                                        \
        if (!outcome_.ok()) return outcome_.error();                                                         \
    } while (false)

} // namespace vakant
