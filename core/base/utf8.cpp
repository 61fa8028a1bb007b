#include "core/base/utf8.h"

namespace vakant {
namespace {

/// Decodes strictly (no overlong forms, no surrogates, at most U+10FFFF); false leaves `position` as it was.
bool decode(std::string_view text, std::size_t& position, char32_t& out) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(position);
    if (lead < 0x80) {
        out = lead;
        ++position;
        return true;
    }
    const int more = lead >= 0xF0 && lead <= 0xF4  ? 3
                     : lead >= 0xE0 && lead < 0xF0 ? 2
                     : lead >= 0xC2 && lead < 0xE0 ? 1
                                                   : 0;
    if (more == 0 || position + static_cast<std::size_t>(more) >= text.size()) return false;
    char32_t value = more == 3 ? lead & 0x07u : more == 2 ? lead & 0x0Fu : lead & 0x1Fu;
    for (int i = 1; i <= more; ++i) {
        const unsigned char next = byte(position + static_cast<std::size_t>(i));
        if ((next & 0xC0) != 0x80) return false;
        value = value << 6 | (next & 0x3Fu);
    }
    static constexpr char32_t smallest[] = {0, 0x80, 0x800, 0x10000};
    if (value < smallest[more] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
    out = value;
    position += static_cast<std::size_t>(more) + 1;
    return true;
}

} // namespace

bool is_valid_utf8(std::string_view text) {
    char32_t ignored = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (!decode(text, at, ignored)) return false;
    }
    return true;
}

char32_t next_code_point(std::string_view text, std::size_t& position) {
    char32_t value = 0;
    if (decode(text, position, value)) return value;
    ++position;
    return 0xFFFD;
}

void append_utf8(std::string& text, char32_t c) {
    const auto put = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::u32string to_utf32(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();)
        out += next_code_point(text, at);
    return out;
}

std::string to_utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text)
        append_utf8(out, c);
    return out;
}

std::size_t code_point_count(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        next_code_point(text, at);
    return count;
}

std::string_view first_code_points(std::string_view text, std::size_t most) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < most && at < text.size(); ++i)
        next_code_point(text, at);
    return text.substr(0, at);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view nbsp = "\xC2\xA0";
    constexpr std::string_view blanks = " \t\r\n\v\f";
    for (;;) {
        if (!text.empty() && blanks.find(text.front()) != blanks.npos) {
            text.remove_prefix(1);
        } else if (text.starts_with(nbsp)) {
            text.remove_prefix(nbsp.size());
        } else if (!text.empty() && blanks.find(text.back()) != blanks.npos) {
            text.remove_suffix(1);
        } else if (text.ends_with(nbsp)) {
            text.remove_suffix(nbsp.size());
        } else {
            return text;
        }
    }
}

} // namespace vakant
