// Words as the search compares them: split, in lower case, with stems by language and without their marks.
// The same for what is indexed and for what is typed, in the scripts of fi sv nb en, ru uk and ar. For
// occupations and sync's index. One object belongs to one thread.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/sql/stems.h"

namespace vakant {

/// Changes when words come out otherwise than before: kept beside every index.
std::string search_words_version();

/// Lower case by Unicode; ё as е; alef, hamza, taa marbuta and alef maqsura in their plain letters, without
/// vowel marks and tatweel; an apostrophe inside a word goes ("п'ять"). Diacritics of Latin letters stay.
std::vector<std::string> split_words(std::string_view text);

/// Without diacritics: ä a, ø o, æ ae, ß ss. Cyrillic and Arabic words come back as they are.
std::string plain_word(const std::string& word);

enum class Script { latin, cyrillic, arabic, other };
Script script_of(std::string_view word);
/// The language to stem in: "fi-simple" is fi, "no" "nn" "da" are nb; "" where there is no stemmer.
std::string_view stem_language(std::string_view language);
/// The languages of which a word in this script may be.
std::vector<std::string_view> languages_of(Script script);

class SearchWords {
public:
    /// The word itself where the language has no stemmer. Words with a digit have no stem.
    std::string stem(std::string_view word, std::string_view language) const;
    /// The different stems in the languages of its script, the word itself first.
    std::vector<std::string> stems(const std::string& word) const;
    /// What stands in the full-text index for a text: its words' stems and their plain forms, each once,
    /// parted by spaces. Words of another script than the language's are stemmed by their own.
    void add_terms(std::string_view text, std::string_view language, std::vector<std::string>& terms) const;

private:
    Stemmers stemmers_;
    /// Advertisements repeat their words.
    mutable std::unordered_map<std::string, std::array<std::string, 2>> known_;
};

/// Endings that a Finnish place name takes, taken off again: "helsingissä" gives helsinki among others. Only
/// candidates: the caller keeps those that are places.
std::vector<std::string> place_candidates(const std::string& word);

/// Words that say only that work is looked for ("job", "työpaikka", "работа") or join others ("in", "och").
bool is_filler(std::string_view word);

/// Edits (insert, delete, replace, swap neighbours) between two words, by code point; most+1 where there are
/// more than `most`.
int edits_between(std::u32string_view one, std::u32string_view other, int most);
/// How many edits a word of so many letters is forgiven: none below 4, one below 8, else two.
int forgiven_edits(std::size_t letters);

} // namespace vakant
