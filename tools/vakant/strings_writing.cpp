#include "tools/vakant/strings_writing.h"

#include <algorithm>
#include <optional>

#include "core/base/utf8.h"
#include "core/text/alphabet.h"
#include "core/text/text.h"

namespace vakant::tool {
namespace {

constexpr char32_t first_strong_isolate = 0x2068, pop_isolate = 0x2069, left_isolate = 0x2066;

std::u32string characters_of(std::string_view text) {
    std::u32string characters;
    for (std::size_t at = 0; at < text.size();)
        characters += next_code_point(text, at);
    return characters;
}

bool is_digit(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669);
}
bool is_latin(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}
bool is_cyrillic(char32_t c) {
    return c >= 0x400 && c <= 0x52F;
}

/// Where an e-mail or web address, or digits in more than one group, stands outside every isolate.
bool has_open_number(const std::u32string& text) {
    int depth = 0;
    bool digits_before_joint = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        if (c == first_strong_isolate || c == left_isolate) ++depth;
        if (c == pop_isolate) --depth;
        if (depth > 0) continue;
        if (c == '@' || text.compare(i, 3, U"://") == 0) return true;
        const bool is_joint = std::u32string_view(U" \u00A0\u202F-/.:").find(c) != std::u32string_view::npos;
        if (is_digit(c) && digits_before_joint) return true;
        digits_before_joint = is_joint && i > 0 && is_digit(text[i - 1]);
    }
    return false;
}

bool isolates_are_paired(const std::u32string& text) {
    int depth = 0;
    for (const char32_t c : text) {
        if (c >= left_isolate && c <= first_strong_isolate) ++depth;
        if (c == pop_isolate && --depth < 0) return false;
    }
    return depth == 0;
}

bool has_plain_space_in_number(const std::u32string& text) {
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] != ' ') continue;
        if (is_digit(text[i - 1]) && is_digit(text[i + 1])) return true;
        if (text[i + 1] == '%' || text[i + 1] == U'٪') return true;
    }
    return !text.empty() && text.size() > 1 && text[0] == ' ' && (text[1] == '%' || text[1] == U'٪');
}

std::optional<std::string> foreign_letter(const std::u32string& text, std::string_view language) {
    for (const char32_t c : text) {
        if (!is_foreign_letter(c, language)) continue;
        std::string letter;
        append_utf8(letter, c);
        return letter;
    }
    return std::nullopt;
}

bool mixes_scripts_in_a_word(const std::u32string& text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (is_latin(text[i - 1]) && is_cyrillic(text[i])) return true;
        if (is_cyrillic(text[i - 1]) && is_latin(text[i])) return true;
    }
    return false;
}

} // namespace

std::vector<std::string> faults_of_writing(const std::vector<std::string>& literals,
                                           std::string_view language) {
    std::vector<std::string> faults;
    std::u32string whole; // a placeholder stands as U+FFFC: it is no digit and no letter
    for (const std::string& literal : literals) {
        if (!whole.empty()) whole += U'\uFFFC';
        whole += characters_of(literal);
    }
    const bool rtl = direction_of(language) == Direction::right_to_left;
    const auto check = [&](bool is_broken, std::string fault) {
        if (is_broken) faults.push_back(std::move(fault));
    };
    check(std::ranges::any_of(
              literals, [](const std::string& l) { return has_plain_space_in_number(characters_of(l)); }),
          "a plain space in a number or before a per cent sign: write U+00A0");
    check(!isolates_are_paired(whole),
          "an isolate (U+2066 .. U+2068) without its end (U+2069), or the reverse");
    check(rtl && has_open_number(whole),
          "a number in groups, an e-mail or a web address outside U+2068 .. U+2069");
    check(whole.find(U'\'') != whole.npos, "a straight apostrophe: write U+2019");
    check(whole.find(U"...") != whole.npos, "three full stops: write U+2026");
    check(whole.find(U"  ") != whole.npos, "two spaces in a row");
    if (const auto letter = foreign_letter(whole, language))
        faults.push_back("\"" + *letter + "\" is no letter of " + std::string(language));
    check(mixes_scripts_in_a_word(whole), "a word of Latin and Cyrillic letters");
    return faults;
}

} // namespace vakant::tool
