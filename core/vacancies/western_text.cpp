#include "core/vacancies/western_text.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/vacancies/feed_fields.h"

namespace vakant {
namespace {

/// What Windows-1252 has at 0x80 to 0x9F; 0 where it has nothing. Everything above is as in Unicode.
constexpr std::array<char32_t, 32> high_half{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                             0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                             0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                             0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool says_western(std::string_view page) {
    constexpr std::size_t most_looked_at = 4096;
    std::string start;
    for (const char c : page.substr(0, most_looked_at))
        start += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const std::string_view name : {"windows-1252", "iso-8859-1", "iso-8859-15", "latin1", "cp1252"}) {
        const std::size_t at = start.find(name);
        const std::size_t said = start.find("charset");
        if (at != start.npos && said != start.npos && said < at && at - said < 20) return true;
    }
    return false;
}

} // namespace

std::string utf8_from_windows_1252(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const char32_t letter = byte >= 0x80 && byte < 0xA0 ? high_half[byte - 0x80u] : byte;
        append_utf8(text, letter == 0 && byte != 0 ? U'\uFFFD' : letter);
    }
    return text;
}

Result<std::string> page_as_utf8(std::string_view page) {
    if (is_valid_utf8(page)) return std::string(page);
    if (says_western(page)) return utf8_from_windows_1252(page);
    return invalid_input("not UTF-8, and the page does not say what else");
}

} // namespace vakant
