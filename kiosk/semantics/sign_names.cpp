#include "kiosk/semantics/sign_names.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/utf8.h"
#include "kiosk/semantics/written.h"

namespace vakant {
namespace {

constexpr std::pair<std::string_view, std::string_view> names[] = {
    {" ", "ui.key_space"},
    {"@", "ui.key_at"},
    {".", "ui.key_full_stop"},
    {"-", "ui.key_hyphen"},
    {"_", "ui.key_underscore"},
    {",", "ui.key_comma"},
    {"،", "ui.key_comma"},
    {"+", "ui.key_plus"},
    {"/", "ui.key_slash"},
    {"(", "ui.key_bracket_open"},
    {")", "ui.key_bracket_close"},
    {"&", "ui.key_and"},
    {"'", "ui.key_apostrophe"},
    {"’", "ui.key_apostrophe"},
    {"ʼ", "ui.key_apostrophe"},
    {"\"", "ui.key_quotation"},
    {":", "ui.key_colon"},
    {";", "ui.key_semicolon"},
    {"؛", "ui.key_semicolon"},
    {"!", "ui.key_exclamation"},
    {"?", "ui.key_question"},
    {"؟", "ui.key_question"},
    {"#", "ui.key_number_sign"},
    {"%", "ui.key_percent"},
    {"*", "ui.key_asterisk"},
    {"=", "ui.key_equals"},
    {"€", "ui.key_euro"},
    {"«", "ui.key_quotation_open"},
    {"»", "ui.key_quotation_close"},
    {"№", "ui.key_numero"},
    // The Arabic voice names most marks; these it takes for a comma, for a letter of its own, for nothing.
    {"\u064C", "ui.key_dammatan"},
    {"\u0654", "ui.key_hamza_mark"},
    {"\u0670", "ui.key_small_alif"},
    {"آ", "ui.key_alif_madda"}};

/// Marks of Arabic have names; those of Latin and Cyrillic have none that a voice says.
bool is_silent_mark(char32_t c) {
    return c >= 0x300 && c <= 0x36F;
}

} // namespace

std::string_view name_key_of_sign(std::string_view sign) {
    const auto* const found =
        std::ranges::find(names, sign, &std::pair<std::string_view, std::string_view>::first);
    if (found != std::end(names)) return found->second;
    std::size_t end = 0;
    const char32_t c = sign.empty() ? U'a' : next_code_point(sign, end);
    const bool is_other = end == sign.size() && (!is_word_sign(c) || is_silent_mark(c));
    return is_other ? "ui.key_other_sign" : "";
}

} // namespace vakant
