#include "kiosk/semantics/written.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/utf8.h"

namespace vakant {
namespace {

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t count = 0;
    while (at + count < text.size() && is_digit(text[at + count]))
        ++count;
    return count;
}

/// Three groups of capitals and digits or more, two of one length, or letters and then four digits or more;
/// joined by hyphens.
bool is_code(std::string_view word) {
    const bool is_plain =
        std::ranges::all_of(word, [](char c) { return is_digit(c) || is_capital(c) || c == '-'; });
    if (!is_plain || word.front() == '-' || word.back() == '-') return false;
    const auto hyphens = std::count(word.begin(), word.end(), '-');
    if (hyphens != 1) return hyphens >= 2;
    const std::size_t middle = word.find('-');
    const bool halves = word.size() >= 9 && middle * 2 + 1 == word.size();
    const bool is_numbered = middle >= 2 && std::ranges::all_of(word.substr(0, middle), is_capital) &&
                             word.size() - middle > 4 &&
                             std::ranges::all_of(word.substr(middle + 1), is_digit);
    return halves || is_numbered;
}

/// Marks that are seen and not read: direction, bullets, soft hyphens.
bool is_silent(char32_t c) {
    return (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x61C || c == 0x2022 ||
           c == 0xAD;
}

bool ends_as_a_domain(std::string_view host) {
    constexpr std::array<std::string_view, 13> ends = {".fi",  ".se",  ".no",  ".ee",   ".eu", ".ua", ".ru",
                                                       ".com", ".org", ".net", ".info", ".io", ".dev"};
    const bool is_plain = std::ranges::all_of(
        host, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '.'; });
    return is_plain && std::ranges::any_of(ends, [&](std::string_view end) {
               return host.ends_with(end) && host.size() > end.size() + 2;
           });
}

/// "13:30:00Z", "2026-12-31T13:30:00Z", "2001:db8::1", "192.0.2.1"; but not "07:00-15:30"
bool is_for_programs(std::string_view token) {
    const auto holds_only = [&](std::string_view more) {
        return std::ranges::all_of(
            token, [&](char c) { return is_digit(c) || more.find(c) != std::string_view::npos; });
    };
    const bool is_dotted = holds_only(".") && std::count(token.begin(), token.end(), '.') >= 2;
    const bool is_numbered = holds_only(":abcdefABCDEF") && token.find("::") != std::string_view::npos;
    const bool is_time = holds_only(":.-TZ") && token.find_first_of("TZ") != std::string_view::npos &&
                         std::count(token.begin(), token.end(), ':') >= 2;
    return is_dotted || is_numbered || is_time;
}

bool is_address(std::string_view token) {
    const std::size_t sign = token.find('@');
    const bool is_mail =
        sign != std::string_view::npos && sign > 0 && token.find('.', sign) != std::string_view::npos;
    return is_mail || token.find("://") != std::string_view::npos || token.starts_with("www.") ||
           ends_as_a_domain(token.substr(0, token.find('/'))) || is_for_programs(token);
}

int number_at(std::string_view text, std::size_t at, std::size_t length) {
    int number = 0;
    std::from_chars(text.data() + at, text.data() + at + length, number);
    return number;
}

/// Numbers with a sign between them, as many digits each as `least` to `most` say.
struct Part {
    std::size_t at = 0, length = 0;
};
std::optional<std::array<Part, 3>> three_numbers(std::string_view text, std::size_t at, char between) {
    std::array<Part, 3> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i] = {at, digits_at(text, at)};
        if (parts[i].length == 0) return std::nullopt;
        at += parts[i].length;
        if (i + 1 == parts.size()) break;
        if (at >= text.size() || text[at] != between) return std::nullopt;
        ++at;
    }
    return parts;
}

bool is_day_and_month(const WrittenDate& date) {
    return date.day >= 1 && date.day <= 31 && date.month >= 1 && date.month <= 12;
}

/// "12.12.": a time of day at the end of a sentence looks the same.
std::optional<WrittenDate> date_without_year(std::string_view text, std::size_t at) {
    const std::size_t day = digits_at(text, at), month_at = at + day + 1;
    if (day < 1 || day > 2 || month_at >= text.size() || text[month_at - 1] != '.') return std::nullopt;
    const std::size_t month = digits_at(text, month_at), end = month_at + month;
    if (month < 1 || month > 2 || end >= text.size() || text[end] != '.') return std::nullopt;
    if (end + 1 < text.size() && is_word_sign(sign_at(text, end + 1))) return std::nullopt;
    for (const std::string_view clock : {"klo ", "kl. ", "kl "}) {
        if (text.substr(0, at).ends_with(clock)) return std::nullopt;
    }
    const WrittenDate date{number_at(text, at, day), number_at(text, month_at, month), "", end + 1 - at};
    return is_day_and_month(date) ? std::optional(date) : std::nullopt;
}

} // namespace

char32_t sign_before(std::string_view text, std::size_t at) {
    if (at == 0) return 0;
    std::size_t first = at - 1;
    while (first > 0 && (static_cast<unsigned char>(text[first]) & 0xC0) == 0x80)
        --first;
    return next_code_point(text, first);
}

char32_t sign_at(std::string_view text, std::size_t at) {
    return at < text.size() ? next_code_point(text, at) : 0;
}

bool is_word_sign(char32_t c) {
    if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_raised = c == U'²' || c == U'³';
    const bool is_arabic_sign = c == 0x60C || c == 0x61B || c == 0x61F || (c >= 0x66A && c <= 0x66D);
    const bool is_sign = c < 0xC0 || c == U'×' || c == U'÷' || (c >= 0x2000 && c <= 0x2BFF);
    return is_raised || !(is_sign || is_arabic_sign);
}

bool begins_as(std::string_view text, std::string_view entry) {
    if (text.starts_with(entry)) return true;
    if (code_point_count(entry) < 3 || text.empty()) return false;
    std::string small(text.substr(0, entry.size()));
    if (is_capital(small.front())) small.front() = static_cast<char>(small.front() - 'A' + 'a');
    return small == entry;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] == ' ')
        ++at;
    return at;
}

std::size_t telephone_length(std::string_view text, std::size_t at) {
    if (text[at] != '0' && text[at] != '+') return 0;
    if (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == ',')) return 0;
    std::size_t digits = 0, end = at, gap = 0;
    for (std::size_t i = at; i < text.size(); ++i) {
        const char c = text[i];
        if (is_digit(c)) {
            ++digits;
            end = i + 1;
            gap = 0;
        } else if ((c == ' ' || c == '-' || c == '(' || c == ')') && gap < 2) {
            ++gap;
        } else if (!(c == '+' && i == at)) {
            break;
        }
    }
    const bool goes_on = end < text.size() && (text[end] == '.' || text[end] == ',') &&
                         end + 1 < text.size() && is_digit(text[end + 1]);
    return digits >= 7 && !goes_on ? end - at : 0;
}

std::size_t code_length(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && (is_capital(text[end]) || is_digit(text[end]) || text[end] == '-'))
        ++end;
    return end > at && is_code(text.substr(at, end - at)) && !date_at(text, at) ? end - at : 0;
}

std::string sign_by_sign(std::string_view code) {
    std::string out;
    bool pause = false;
    for (const char c : code) {
        if (!is_digit(c) && !is_capital(c) && c != '+') {
            pause = true;
            continue;
        }
        if (!out.empty()) out += pause ? ", " : " ";
        out += c;
        pause = false;
    }
    return out;
}

std::size_t address_length(std::string_view text, std::size_t at) {
    std::size_t end = std::min(text.find_first_of(" \n\t()<>\",;", at), text.size());
    while (end > at && std::string_view(".:!?").find(text[end - 1]) != std::string_view::npos)
        --end;
    const std::string_view token = text.substr(at, end - at);
    return !token.empty() && is_address(token) && !date_at(text, at) ? token.size() : 0;
}

std::optional<WrittenDate> date_at(std::string_view text, std::size_t at) {
    for (const char between : {'.', '/', '-'}) {
        const auto parts = three_numbers(text, at, between);
        if (!parts) continue;
        const auto [first, middle, last] = *parts;
        const std::size_t end = last.at + last.length;
        if (is_word_sign(sign_at(text, end))) continue;
        const bool year_first = between == '-';
        const Part& year = year_first ? first : last;
        const Part& day = year_first ? last : first;
        if (year.length != 4 || day.length > 2 || middle.length > 2) continue;
        const WrittenDate date{number_at(text, day.at, day.length), number_at(text, middle.at, middle.length),
                               std::string(text.substr(year.at, year.length)), end - at};
        if (is_day_and_month(date)) return date;
    }
    return date_without_year(text, at);
}

std::size_t number_length(std::string_view text, std::size_t at) {
    std::size_t end = at + digits_at(text, at);
    if (end == at) return 0;
    const bool may_be_grouped = end - at <= 3 && text[at] != '0';
    while (may_be_grouped && end < text.size() && text[end] == ' ' && digits_at(text, end + 1) == 3)
        end += 4;
    for (int parts = 0; parts < 3 && end < text.size(); ++parts) {
        const std::size_t digits = digits_at(text, end + 1);
        const bool is_time = text[end] == ':' && digits == 2;
        const bool is_part = (text[end] == '.' || text[end] == ',') && digits > 0;
        if (!is_time && !is_part) break;
        end += 1 + digits;
    }
    return end - at;
}

std::string without_groups(std::string_view number, bool decimal_is_point) {
    const char group = decimal_is_point ? ',' : '.', decimal = decimal_is_point ? '.' : ',';
    std::string out;
    for (std::size_t i = 0; i < number.size(); ++i) {
        const bool before_three = digits_at(number, i + 1) == 3;
        if (number[i] == ' ' || (number[i] == group && before_three && number.front() != '0')) continue;
        const bool is_other_decimal = number[i] == group && decimal_is_point;
        out += is_other_decimal ? decimal : number[i];
    }
    return out;
}

std::string without_silent_signs(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (is_silent(c)) continue;
        append_utf8(out, c == 0xA0 || c == 0x202F ? U' ' : c);
    }
    return std::string(trimmed(out));
}

std::string tidied(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool follows_closely = std::string_view(" ,.;!?)").find(c) != std::string_view::npos;
        if (follows_closely && out.ends_with(' ')) out.pop_back();
        out += c;
    }
    return std::string(trimmed(out));
}

} // namespace vakant
