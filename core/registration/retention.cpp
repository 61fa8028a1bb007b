#include "core/registration/retention.h"

#include <algorithm>

namespace vakant {
namespace {

struct Usual {
    std::string_view country, registration, pool;
};
constexpr Usual usual[] = {{"FI", "job-12-months", "pool-24-months"},
                           {"SE", "job-24-months", "pool-24-months"},
                           {"NO", "job-6-months", "pool-12-months"}};

/// How "month" begins behind a number.
constexpr std::string_view months[] = {"kuukau", "kk",    "månad", "måned", "month",
                                       "місяц",  "месяц", "شهر",   "أشهر"};

std::string_view digits_of(std::string_view retention_class) {
    constexpr std::string_view end = "-months";
    if (!retention_class.ends_with(end)) return {};
    retention_class.remove_suffix(end.size());
    const std::size_t dash = retention_class.rfind('-');
    return dash == retention_class.npos ? std::string_view() : retention_class.substr(dash + 1);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The blanks between a number and its word, also the one that does not break.
std::string_view without_blanks(std::string_view text) {
    for (bool found = true; found;) {
        found = false;
        for (const std::string_view blank : {" ", "\u00a0", "\u202f"}) {
            if (!text.starts_with(blank)) continue;
            text.remove_prefix(blank.size());
            found = true;
        }
    }
    return text;
}

} // namespace

bool is_retention_class(std::string_view text) {
    const std::string_view number = digits_of(text);
    const bool digits = !number.empty() && number.size() <= 3 && std::ranges::all_of(number, is_digit);
    if (!digits || number.front() == '0') return false;
    const std::string_view what = text.substr(0, static_cast<std::size_t>(number.data() - text.data()) - 1);
    return !what.empty() && what.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

int months_of(std::string_view retention_class) {
    if (!is_retention_class(retention_class)) return 0;
    int number = 0;
    for (const char digit : digits_of(retention_class))
        number = number * 10 + (digit - '0');
    return number;
}

std::string usual_retention(std::string_view country, bool is_pool) {
    const auto* found = std::ranges::find(usual, country, &Usual::country);
    if (found == std::end(usual)) return "";
    return std::string(is_pool ? found->pool : found->registration);
}

std::vector<int> months_named(std::string_view text) {
    std::vector<int> named;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at])) {
            ++at;
            continue;
        }
        int number = 0;
        for (; at < text.size() && is_digit(text[at]); ++at)
            number = std::min(number * 10 + (text[at] - '0'), 9999);
        const std::string_view behind = without_blanks(text.substr(at));
        if (std::ranges::any_of(months, [&](std::string_view month) { return behind.starts_with(month); }))
            named.push_back(number);
    }
    return named;
}

} // namespace vakant
