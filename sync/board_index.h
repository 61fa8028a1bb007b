// The board in memory, for answers within a keystroke: a row for each open vacancy with what it is filtered
// and sorted by, the words of the heads with where they stand, and the occupations. Bodies stay in the
// full-text index of cache.db. It follows the store by the changes since its last look. The reader alone uses
// it, on the search thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/sql/sql.h"
#include "core/vacancies/search_words.h"
#include "sync/board_facts.h"

namespace vakant {

class BoardIndex {
public:
    using RowNumber = std::uint32_t;
    using WordNumber = std::uint32_t;

    struct Row {
        std::int64_t number = 0, ends_at = 0;
        std::uint32_t all_languages = 0, any_languages = 0; ///< a bit for each of languages()
        std::uint32_t first_place = 0;                      ///< in place_values()
        float latitude = 200, longitude = 200;              ///< 200: not known
        std::uint16_t field = 0;                            ///< of fields(); 0: not known
        std::uint16_t agency = 0;                           ///< of agencies()
        std::uint8_t places = 0;
        bool alive = true, own = false, full_time = false, part_time = false, permanent = false,
             temporary = false, no_training = false, no_licence = false, training = false;
        std::array<char, 24> title{};
    };
    /// A row and where in it (HeadPlace) or how surely (TagKind).
    struct Posting {
        std::uint32_t packed = 0;
        RowNumber row() const { return packed >> 2; }
        std::uint32_t detail() const { return packed & 3; }
    };
    static std::uint32_t detail_of(TagKind kind) { return (static_cast<std::uint32_t>(kind) - 3) / 2; }

    /// Reads what has changed. To be called inside a reading transaction.
    Outcome follow(SqlConnection& connection);

    const std::vector<Row>& rows() const { return rows_; }
    /// Rows that are there, by number: own orders first, the newest first among them.
    const std::vector<RowNumber>& order() const { return order_; }
    const std::vector<PlaceFact>& place_facts() const { return place_facts_; }
    /// The place that the value names, by its code or by its name (of place_facts()); none: size().
    std::size_t find_place(Facet facet, const std::string& value) const;
    /// Municipalities of any country that some ad calls so (in lower case).
    std::vector<std::size_t> municipalities_named(std::string_view name) const;
    const std::vector<std::uint16_t>& place_values() const {
        return place_values_;
    } ///< of rows, one after another
    const std::vector<std::string>& fields() const { return fields_; }
    const std::vector<std::string>& languages() const { return languages_; }
    const std::vector<std::string>& agencies() const { return agencies_; }

    const std::string& word(WordNumber word) const { return words_[word].text; }
    const std::vector<Posting>& postings(WordNumber word) const { return words_[word].postings; }
    const std::vector<Posting>* tagged(std::uint32_t key) const;

    /// none: size().
    WordNumber find(const std::string& word) const;
    std::size_t word_count() const { return words_.size(); }
    const std::vector<WordNumber>* with_stem(std::string_view language, std::string_view stem) const;
    std::vector<WordNumber> beginning_with(const std::string& letters) const;
    std::vector<WordNumber> ending_with(std::string_view language, const std::string& stem) const;
    std::vector<WordNumber> without_marks(const std::string& letters, bool beginning) const;
    struct Near {
        WordNumber word = 0;
        int edits = 0;
    };
    std::vector<Near> spelt_like(const std::string& word) const;

private:
    struct Word {
        std::string text;
        std::uint32_t letters = 0;  ///< which ones, a bit for each modulo 32
        std::uint16_t length = 0;   ///< code points
        std::uint8_t languages = 0; ///< whose stems are noted, a bit each
        std::vector<Posting> postings;
    };
    using Keyed = std::pair<std::string, WordNumber>;

    void clear();
    Outcome add(const SqlRow& row);
    void add_head(RowNumber row, const HeadWords& words);
    void note_stems(WordNumber word, std::string_view language);
    void drop(std::int64_t number);
    void settle();
    std::uint16_t place_value(const PlaceFact& fact);
    void unite_places();
    std::uint32_t language_bits(const std::vector<std::string>& languages);
    static std::uint16_t number_in(std::vector<std::string>& list, const std::string& value);

    std::int64_t generation_ = -1, seen_ = -1;
    std::size_t dead_ = 0;
    SearchWords stemming_;
    std::vector<Row> rows_;
    std::vector<RowNumber> order_, fresh_;
    std::vector<PlaceFact> place_facts_;
    std::vector<std::uint16_t> place_values_;
    std::unordered_map<std::string, std::uint16_t> place_numbers_; ///< by facet and value
    /// By facet and the value that a name would have: the places of a code that ads call so.
    std::unordered_map<std::string, std::vector<std::uint16_t>> coded_places_;
    bool has_new_places_ = false;
    std::vector<std::string> fields_{""}, languages_, agencies_;
    std::vector<Word> words_;
    std::unordered_map<std::string, WordNumber> word_numbers_;
    std::unordered_map<std::string, std::vector<WordNumber>> stems_; ///< by language and stem
    std::unordered_map<std::uint32_t, std::vector<Posting>> tags_;
    std::vector<WordNumber> by_text_;
    std::vector<Keyed> by_end_, by_plain_;
    std::size_t sorted_words_ = 0, sorted_ends_ = 0, sorted_plain_ = 0;
};

} // namespace vakant
