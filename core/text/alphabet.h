// The letters of a language and the order that its readers expect, by CLDR. Used by the keyboards' tables
// (tools/keyboards), by the checks of strings and by lists that people look through. Any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vakant {

/// Every letter and mark that the language's own words are written with, in lower case, one grapheme or
/// combining mark each: what its keyboard must be able to type. Sorted by code point.
std::vector<std::string> alphabet_of(std::string_view language);

/// A letter that the language's own words are not written with, and no plain Latin one: "ы" in Ukrainian.
/// Signs and digits are never foreign.
bool is_foreign_letter(char32_t character, std::string_view language);

bool is_letter(char32_t character);

/// Unicode NFKC: the letters that a sign of its own stands for, as lam-alef's two.
std::string compatible(std::string_view text);

/// Capital letters by the language's rules.
std::string in_capitals(std::string_view text, std::string_view language);

/// The places of `texts` in the order in which a reader of the language looks for them: Å after Z in Swedish,
/// with A in English.
std::vector<std::size_t> sorted_places(std::span<const std::string> texts, std::string_view language);

} // namespace vakant
