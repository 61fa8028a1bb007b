#include "core/registration/formats.h"

#include <array>
#include <cstdint>

#include "core/text/text.h"

namespace vakant {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_one_of(char c, std::string_view signs) {
    return c != '\0' && signs.find(c) != std::string_view::npos;
}

/// Digits only, of exactly that many.
bool read_number(std::string_view& text, std::size_t digits, int& value) {
    if (text.size() < digits) return false;
    value = 0;
    for (const char c : text.substr(0, digits)) {
        if (!is_digit(c)) return false;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return true;
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

/// Hour, minute, second, fraction, offset; a 60th second only where it is 23:59 in UTC.
bool is_time(std::string_view text) {
    int hour = 0, minute = 0, second = 0;
    const bool read = read_number(text, 2, hour) && take(text, ':') && read_number(text, 2, minute) &&
                      take(text, ':') && read_number(text, 2, second);
    if (!read || hour > 23 || minute > 59 || second > 60) return false;
    if (take(text, '.')) {
        if (text.empty() || !is_digit(text[0])) return false;
        while (!text.empty() && is_digit(text[0]))
            text.remove_prefix(1);
    }
    int offset = 0;
    if (!take(text, 'Z') && !take(text, 'z')) {
        if (text.empty() || !is_one_of(text[0], "+-")) return false;
        const int sign = text[0] == '+' ? 1 : -1;
        text.remove_prefix(1);
        int hours = 0, minutes = 0;
        if (!read_number(text, 2, hours) || !take(text, ':') || !read_number(text, 2, minutes)) return false;
        if (hours > 23 || minutes > 59) return false;
        offset = sign * (hours * 60 + minutes);
    }
    if (!text.empty()) return false;
    constexpr int day = 24 * 60;
    return second < 60 || (hour * 60 + minute - offset + day) % day == day - 1;
}

bool is_date_time(std::string_view text) {
    if (text.size() < 12 || !is_one_of(text[10], "Tt")) return false;
    return is_calendar_date(text.substr(0, 10)) && is_time(text.substr(11));
}

bool is_host_label(std::string_view label) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    for (const char c : label) {
        if (!is_letter(c) && !is_digit(c) && c != '-') return false;
    }
    const bool is_a_label = label.size() >= 4 && (label[0] == 'x' || label[0] == 'X') &&
                            (label[1] == 'n' || label[1] == 'N') && label.substr(2, 2) == "--";
    return !is_a_label || is_valid_a_label(label);
}

bool is_hostname(std::string_view text) {
    if (text.empty() || text.size() > 253) return false;
    while (true) {
        const std::size_t dot = text.find('.');
        if (!is_host_label(text.substr(0, dot))) return false;
        if (dot == text.npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_ipv4(std::string_view text) {
    for (int part = 0; part < 4; ++part) {
        if (part > 0 && !take(text, '.')) return false;
        int value = 0;
        std::size_t digits = 0;
        while (digits < text.size() && digits < 4 && is_digit(text[digits])) {
            value = value * 10 + (text[digits] - '0');
            ++digits;
        }
        if (digits == 0 || digits > 3 || value > 255 || (digits > 1 && text[0] == '0')) return false;
        text.remove_prefix(digits);
    }
    return text.empty();
}

bool is_ipv6(std::string_view text) {
    int groups = 0;
    bool shortened = false;
    if (text.starts_with("::")) {
        shortened = true;
        text.remove_prefix(2);
    }
    while (!text.empty()) {
        if (groups <= 6 && text.find(':') == text.npos && text.find('.') != text.npos) {
            if (!is_ipv4(text)) return false;
            groups += 2;
            break;
        }
        std::size_t digits = 0;
        while (digits < text.size() && is_hex(text[digits]))
            ++digits;
        if (digits == 0 || digits > 4 || ++groups > 8) return false;
        text.remove_prefix(digits);
        if (text.empty()) break;
        if (text.starts_with("::")) {
            if (shortened) return false;
            shortened = true;
            text.remove_prefix(2);
        } else if (!take(text, ':') || text.empty()) {
            return false;
        }
    }
    return shortened ? groups < 8 : groups == 8;
}

bool is_quoted_local_part(std::string_view local) {
    if (local.size() < 2 || local.front() != '"' || local.back() != '"') return false;
    local = local.substr(1, local.size() - 2);
    for (std::size_t i = 0; i < local.size(); ++i) {
        if (local[i] == '\\') {
            if (++i == local.size()) return false;
        } else if (local[i] == '"') {
            return false;
        }
        if (local[i] < 32 || local[i] > 126) return false;
    }
    return true;
}

bool is_dotted_local_part(std::string_view local) {
    char before = '.';
    for (const char c : local) {
        if (c == '.' && before == '.') return false;
        if (!is_letter(c) && !is_digit(c) && !is_one_of(c, ".!#$%&'*+-/=?^_`{|}~")) return false;
        before = c;
    }
    return before != '.';
}

bool is_email(std::string_view text) {
    const std::size_t at = text.rfind('@');
    if (at == text.npos || at == 0 || at > 64) return false;
    const std::string_view local = text.substr(0, at);
    const std::string_view domain = text.substr(at + 1);
    if (!(local.front() == '"' ? is_quoted_local_part(local) : is_dotted_local_part(local))) return false;
    if (domain.starts_with('[') && domain.ends_with(']')) {
        const std::string_view address = domain.substr(1, domain.size() - 2);
        return address.starts_with("IPv6:") ? is_ipv6(address.substr(5)) : is_ipv4(address);
    }
    return is_hostname(domain);
}

constexpr std::string_view sub_delims = "!$&'()*+,;=";

bool is_uri_part(std::string_view text, std::string_view also) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
            i += 2;
        } else if (!is_letter(c) && !is_digit(c) && !is_one_of(c, "-._~") && !is_one_of(c, sub_delims) &&
                   !is_one_of(c, also)) {
            return false;
        }
    }
    return true;
}

bool is_ip_literal(std::string_view text) {
    if (!text.empty() && is_one_of(text[0], "vV")) {
        const std::size_t dot = text.find('.');
        if (dot == text.npos || dot < 2 || dot + 1 == text.size()) return false;
        for (const char c : text.substr(1, dot - 1)) {
            if (!is_hex(c)) return false;
        }
        return text.find('%') == text.npos && is_uri_part(text.substr(dot + 1), ":");
    }
    return is_ipv6(text);
}

bool is_authority(std::string_view text) {
    if (const std::size_t at = text.rfind('@'); at != text.npos) {
        if (!is_uri_part(text.substr(0, at), ":")) return false;
        text.remove_prefix(at + 1);
    }
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == text.npos || !is_ip_literal(text.substr(1, close - 1))) return false;
        port = text.substr(close + 1);
    } else {
        const std::size_t colon = text.find(':');
        if (!is_uri_part(text.substr(0, colon), "")) return false;
        if (colon != text.npos) port = text.substr(colon);
    }
    if (port.empty()) return true;
    if (!take(port, ':')) return false;
    for (const char c : port) {
        if (!is_digit(c)) return false;
    }
    return true;
}

bool is_uri(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == text.npos || colon == 0 || !is_letter(text[0])) return false;
    for (const char c : text.substr(0, colon)) {
        if (!is_letter(c) && !is_digit(c) && !is_one_of(c, "+-.")) return false;
    }
    text.remove_prefix(colon + 1);
    if (const std::size_t hash = text.find('#'); hash != text.npos) {
        if (!is_uri_part(text.substr(hash + 1), ":@/?")) return false;
        text = text.substr(0, hash);
    }
    if (const std::size_t mark = text.find('?'); mark != text.npos) {
        if (!is_uri_part(text.substr(mark + 1), ":@/?")) return false;
        text = text.substr(0, mark);
    }
    if (text.starts_with("//")) {
        text.remove_prefix(2);
        const std::size_t slash = text.find('/');
        if (!is_authority(text.substr(0, slash))) return false;
        text = slash == text.npos ? "" : text.substr(slash);
    }
    return is_uri_part(text, ":@/");
}

bool is_any_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

} // namespace

bool is_calendar_date(std::string_view text) {
    int year = 0, month = 0, day = 0;
    const bool read = read_number(text, 4, year) && take(text, '-') && read_number(text, 2, month) &&
                      take(text, '-') && read_number(text, 2, day) && text.empty();
    if (!read || month < 1 || month > 12 || day < 1) return false;
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

FormatCheck find_format(std::string_view name) {
    if (name == "date") return is_calendar_date;
    if (name == "date-time") return is_date_time;
    if (name == "time") return is_time;
    if (name == "email") return is_email;
    if (name == "hostname") return is_hostname;
    if (name == "ipv4") return is_ipv4;
    if (name == "ipv6") return is_ipv6;
    if (name == "uri") return is_uri;
    if (name == "uuid") return is_any_uuid;
    return nullptr;
}

} // namespace vakant
