// Finds what is written in signs and figures: telephone numbers, codes, addresses, dates, numbers. Each
// answers how many bytes of it begin at a place, 0 where it is none. Used within kiosk/semantics.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vakant {

inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The sign that ends before a place, or begins at it; 0 at the text's ends.
char32_t sign_before(std::string_view text, std::size_t at);
char32_t sign_at(std::string_view text, std::size_t at);
inline char32_t last_sign(std::string_view text) {
    return sign_before(text, text.find_last_not_of(' ') + 1);
}
/// Letters and digits of any script.
bool is_word_sign(char32_t c);

/// Whether the text begins with an entry, also with a capital where the entry is longer than two letters.
bool begins_as(std::string_view text, std::string_view entry);

std::size_t skip_blanks(std::string_view text, std::size_t at);

/// It begins with 0 or +, has seven digits or more, and single blanks, hyphens or brackets between them.
std::size_t telephone_length(std::string_view text, std::size_t at);
/// "KTR-0427-M", "BCDF-GHJK", "KTR-4821".
std::size_t code_length(std::string_view text, std::size_t at);
/// Sign by sign, with a pause where groups end.
std::string sign_by_sign(std::string_view code);
/// E-mail and web addresses, addresses of computers, points of time as programs write them.
std::size_t address_length(std::string_view text, std::size_t at);

struct WrittenDate {
    int day = 0, month = 0;
    std::string year; ///< may be missing
    std::size_t length = 0;
};
/// "31.12.2026", "31.12.", "31/12/2026", "2026-12-31"
std::optional<WrittenDate> date_at(std::string_view text, std::size_t at);

/// "1 284,50", "1,000", "9.15", "09:00"
std::size_t number_length(std::string_view text, std::size_t at);
/// The digits without what groups them, and with the decimal sign of the language.
std::string without_groups(std::string_view number, bool decimal_is_point);

/// Without marks that are seen and not read: direction, bullets, soft hyphens; no-break spaces as spaces.
std::string without_silent_signs(std::string_view text);
/// Single blanks, none before a comma or a full stop.
std::string tidied(std::string_view text);

} // namespace vakant
