#include "core/vacancies/html_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/base/utf8.h"

namespace vakant {
namespace {

using Named = std::pair<std::string_view, char32_t>;
constexpr std::array<Named, 52> named_references{{
    {"amp", U'&'},      {"lt", U'<'},      {"gt", U'>'},      {"quot", U'"'},    {"apos", U'\''},
    {"nbsp", 0xA0},     {"auml", 0xE4},    {"ouml", 0xF6},    {"aring", 0xE5},   {"Auml", 0xC4},
    {"Ouml", 0xD6},     {"Aring", 0xC5},   {"oslash", 0xF8},  {"Oslash", 0xD8},  {"aelig", 0xE6},
    {"AElig", 0xC6},    {"eacute", 0xE9},  {"Eacute", 0xC9},  {"egrave", 0xE8},  {"agrave", 0xE0},
    {"uuml", 0xFC},     {"Uuml", 0xDC},    {"szlig", 0xDF},   {"ccedil", 0xE7},  {"ntilde", 0xF1},
    {"ndash", 0x2013},  {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"sbquo", 0x201A},
    {"ldquo", 0x201C},  {"rdquo", 0x201D}, {"bdquo", 0x201E}, {"laquo", 0xAB},   {"raquo", 0xBB},
    {"hellip", 0x2026}, {"bull", 0x2022},  {"middot", 0xB7},  {"euro", 0x20AC},  {"pound", 0xA3},
    {"sect", 0xA7},     {"deg", 0xB0},     {"plusmn", 0xB1},  {"frac12", 0xBD},  {"times", 0xD7},
    {"copy", 0xA9},     {"reg", 0xAE},     {"trade", 0x2122}, {"rarr", 0x2192},  {"shy", 0xAD},
    {"ensp", 0x2002},   {"emsp", 0x2003},
}};

/// What numeric references from 128 to 159 mean in practice: the Windows-1252 characters.
constexpr std::array<char32_t, 32> windows_1252{
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

/// The character of a reference's inside ("amp", "#228", "#xe4"); 0 where it is none.
char32_t character_of(std::string_view name) {
    if (name.starts_with('#')) {
        name.remove_prefix(1);
        const bool hexadecimal = name.starts_with('x') || name.starts_with('X');
        if (hexadecimal) name.remove_prefix(1);
        std::uint32_t number = 0;
        const auto [end, error] =
            std::from_chars(name.data(), name.data() + name.size(), number, hexadecimal ? 16 : 10);
        if (error != std::errc() || end != name.data() + name.size()) return 0;
        if (number >= 0x80 && number < 0xA0) return windows_1252[number - 0x80];
        const bool surrogate = number >= 0xD800 && number < 0xE000;
        return surrogate || number > 0x10FFFF ? U'\uFFFD' : static_cast<char32_t>(number);
    }
    for (const Named& named : named_references) {
        if (named.first == name) return named.second;
    }
    return 0;
}

bool is_space(char32_t c) {
    return c == U'\t' || c == 0x0B || c == 0x0C || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_dropped(char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    const bool invisible = c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0xAD || c == 0xFFFD;
    return control || direction || invisible;
}

} // namespace

std::string entities_decoded(std::string_view text) {
    constexpr std::size_t longest_name = 10;
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t sign = std::min(text.find('&', at), text.size());
        out.append(text, at, sign - at);
        at = sign;
        if (at == text.size()) break;
        const std::size_t end =
            text.substr(0, std::min(text.size(), at + longest_name + 2)).find(';', at + 1);
        const char32_t c = end == text.npos ? 0 : character_of(text.substr(at + 1, end - at - 1));
        if (c != 0) {
            append_utf8(out, c);
            at = end + 1;
        } else {
            out += text[at++];
        }
    }
    return out;
}

std::string plain_characters(std::string_view text) {
    const auto stays = [](char c) { return c >= ' ' && c <= '~' && c != '\\'; };
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && stays(text[end]))
            ++end;
        out.append(text, at, end - at);
        at = end;
        if (at == text.size()) break;
        if (text[at] == '\\' && at + 1 < text.size()) {
            const char next = text[at + 1];
            if (next == 'n' || next == 'r') {
                // "\r\n" is one line end, also when it arrives spelled out.
                at += next == 'r' && text.substr(at + 2).starts_with("\\n") ? 4 : 2;
                out += '\n';
                continue;
            }
        }
        const char32_t c = next_code_point(text, at);
        if (c == U'\r') {
            if (at >= text.size() || text[at] != '\n') out += '\n';
        } else if (c == U'\n' || c == 0x85 || c == 0x2028 || c == 0x2029) {
            out += '\n';
        } else if (is_space(c)) {
            out += ' ';
        } else if (!is_dropped(c)) {
            append_utf8(out, c);
        }
    }
    return out;
}

std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : plain_characters(entities_decoded(entities_decoded(text)))) {
        const bool space = c == ' ' || c == '\n';
        if (space && (out.empty() || out.back() == ' ')) continue;
        out += space ? ' ' : c;
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

void append_escaped(std::string& html, std::string_view text) {
    while (!text.empty()) {
        const std::size_t sign = std::min(text.find_first_of("&<>\""), text.size());
        html.append(text, 0, sign);
        if (sign == text.size()) return;
        const char c = text[sign];
        html += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&quot;";
        text.remove_prefix(sign + 1);
    }
}

} // namespace vakant
