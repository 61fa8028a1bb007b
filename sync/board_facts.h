// What the index needs to know of one vacancy without unpacking it: values to filter and sort by, the words
// of its head (titles, places, occupations, employer) and its occupations. Kept as one text in the row of
// cache.db. sync's cache alone uses it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/vacancies/occupation_index.h"
#include "core/vacancies/search.h"
#include "core/vacancies/vacancy.h"

namespace vakant {

enum class HeadPlace : std::uint8_t { title, place, occupation, employer };

/// Words that stand in one place, in one language ("" unknown).
struct HeadWords {
    HeadPlace place = HeadPlace::title;
    std::string language;
    std::vector<std::string> words;
};
/// A municipality or region.
struct PlaceFact {
    Facet facet = Facet::municipality;
    std::string value, label;
};

struct BoardFacts {
    bool own = false;
    bool full_time = false, part_time = false;
    bool permanent = false, temporary = false;
    bool no_training = false, no_licence = false, training = false;
    std::string field;
    std::vector<std::string> all_languages; ///< demanded: every one of them
    std::vector<std::string> any_languages; ///< one of them is enough
    std::optional<GeoPoint> point;
    std::string sort_title; ///< the first letters, in lower case
    std::vector<PlaceFact> places;
    std::vector<HeadWords> head;
};
BoardFacts board_facts_of(const Vacancy& vacancy);
/// The value that the place would have if its ad gave no code: country and name in lower case.
std::string value_by_name(const PlaceFact& place);
/// Its ad gives no name.
bool is_code_alone(const PlaceFact& place);

std::string to_text(const BoardFacts& facts);
/// `damaged` where it is not such a text.
Result<BoardFacts> board_facts_from(std::string_view text);

std::string to_text(const std::vector<OccupationTag>& tags);
std::vector<OccupationTag> tags_from(std::string_view text);

/// The different terms of the vacancy for the full-text index, parted by spaces; no addresses of mail and no
/// numbers of telephones.
std::string index_terms_of(const Vacancy& vacancy, const SearchWords& words);

} // namespace vakant
