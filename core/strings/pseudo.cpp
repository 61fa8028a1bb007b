#include "core/strings/pseudo.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/utf8.h"
#include "core/text/message_shape.h"

namespace vakant {
namespace {

// Letters that Inter has, each still readable as the one that it stands for.
constexpr std::u32string_view plain = U"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::u32string_view accented = U"ábçđéƒĝĥíĵķĺɱñóþǫŕšţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĹṀÑÓÞǪŔŠŢÚṼŴẊÝŽ";
static_assert(plain.size() == accented.size());

constexpr std::size_t longer_percent = 35;

bool is_vowel(char32_t c) {
    return std::u32string_view(U"aeiouAEIOU").find(c) != std::u32string_view::npos;
}

} // namespace

std::string pseudo_words(std::string_view words) {
    std::u32string letters;
    for (std::size_t at = 0; at < words.size();)
        letters += next_code_point(words, at);
    const auto count = static_cast<std::size_t>(
        std::ranges::count_if(letters, [](char32_t c) { return plain.find(c) != plain.npos; }));
    std::size_t owed = (count * longer_percent + 99) / 100;
    const auto vowels = static_cast<std::size_t>(std::ranges::count_if(letters, is_vowel));
    // Spread over the vowels; where there are too few, each is said more often.
    const std::size_t each = vowels == 0 ? 0 : (owed + vowels - 1) / vowels;
    std::string changed;
    for (const char32_t c : letters) {
        const std::size_t place = plain.find(c);
        const char32_t shown = place == plain.npos ? c : accented[place];
        append_utf8(changed, shown);
        for (std::size_t more = is_vowel(c) ? std::min(each, owed) : 0; more > 0; --more, --owed)
            append_utf8(changed, shown);
    }
    return changed;
}

Result<std::string> pseudo_message(std::string_view pattern) {
    return with_literals(pattern, pseudo_words);
}

} // namespace vakant
