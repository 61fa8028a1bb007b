// Finds occupations by the words of their names, in any language, and says of which occupations a vacancy is.
// sync's writer tags vacancies with it, sync's reader widens what a person types. Both must hold the same
// table: digest() says so. One object belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/vacancies/occupations.h"
#include "core/vacancies/search_words.h"
#include "core/vacancies/vacancy.h"

namespace vakant {

/// How sure it is that a vacancy is of an occupation.
enum class TagKind : std::uint8_t {
    body = 3,  ///< its text has a name of the occupation
    group = 5, ///< its ISCO-08 group
    part = 7,  ///< a word of its title ends in a name: toimistosiivooja
    named = 9  ///< its code, its occupation label or its title says so
};
struct OccupationTag {
    std::uint32_t key = 0; ///< of the occupation or group: the same in every table
    TagKind kind = TagKind::body;
};
std::uint32_t occupation_key(std::string_view id);

class OccupationIndex {
public:
    OccupationIndex(const std::vector<OccupationTable>& tables, std::string digest);

    const std::string& digest() const { return digest_; }
    const OccupationEntry& entry(std::size_t at) const { return entries_[at]; }
    std::uint32_t key(std::size_t at) const { return keys_[at]; }
    std::vector<std::uint32_t> group_keys(std::size_t at) const;
    const SearchWords& words() const { return words_; }

    /// The occupations whose name begins at words[from], by the longest such name, in any form of its words.
    struct Span {
        std::size_t length = 0; ///< words; 0: none
        std::vector<std::size_t> entries;
    };
    Span names_at(const std::vector<std::string>& words, std::size_t from, std::string_view language) const;
    /// By the end of a word: "toimistosiivooja" is a siivooja.
    std::vector<std::size_t> by_end(const std::string& word, std::string_view language) const;
    /// Names that begin so; none where there are more than `most` occupations.
    std::vector<std::size_t> beginning_with(const std::string& text, std::size_t most) const;
    /// Names written without marks: "stadare".
    std::vector<std::size_t> without_marks(const std::string& word) const;
    /// The names nearest to a misspelt word, within forgiven_edits.
    std::vector<std::size_t> spelt_like(const std::string& word) const;

    std::vector<OccupationTag> tags_of(const Vacancy& vacancy) const;
    /// What is known of each of a vacancy's occupations, in their order: by its code, else by its label; an
    /// empty entry where neither says which one it is. Of a vacancy that lists none: the occupation that its
    /// titles name, where that is one alone.
    std::vector<OccupationEntry> named_by(const Vacancy& vacancy) const;
    /// The words of a vacancy that name the occupation, else the occupation's name in the vacancy's language.
    std::string name_for(const Vacancy& vacancy, std::size_t at, std::string& language) const;

private:
    struct Name {
        std::uint32_t entry = 0;
        std::uint8_t language = 0;
        std::uint8_t length = 0; ///< words
        std::string text;        ///< words in lower case, parted by a space
        std::string stems;       ///< likewise
    };
    class Tagging;
    OccupationEntry only_named(const Vacancy& vacancy) const;
    void add_name(std::size_t entry, std::string_view language, const std::string& name);
    std::vector<std::size_t> entries_of_stem(std::string_view stem, std::string_view language) const;
    std::vector<std::string_view> languages_for(const std::string& word, std::string_view language) const;

    std::string digest_;
    SearchWords words_;
    std::vector<OccupationEntry> entries_;
    std::vector<std::uint32_t> keys_;
    std::vector<Name> names_;
    std::vector<std::uint32_t> by_text_;
    std::vector<std::pair<std::string, std::uint32_t>> by_plain_;          ///< only names that have marks
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_first_; ///< language and first stem
    std::unordered_map<std::string, std::string> links_;                   ///< scheme and code -> ISCO-08
    std::unordered_map<std::string, std::vector<std::uint32_t>>
        by_isco_; ///< hand-written ones, by first code
    std::unordered_map<std::uint32_t, std::uint32_t> by_key_;
};

} // namespace vakant
