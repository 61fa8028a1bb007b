// What a person typed, as groups of alternatives: each word with the words of the board's heads and the
// occupations that it may mean, and what the full-text index is asked for it. sync's reader alone uses it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/vacancies/occupation_index.h"
#include "core/vacancies/search.h"
#include "sync/board_index.h"

namespace vakant {

/// One way in which a typed word can be meant.
struct Alternative {
    MatchKind kind = MatchKind::word;
    bool is_occupation = false; ///< `id` is the key of an occupation or group, else the number of a head word
    bool only_places = false;   ///< a name taken out of its case counts where places stand
    std::uint32_t id = 0;
    std::size_t entry = 0;   ///< of the occupation
    std::uint16_t worth = 0; ///< in a title, or with the surest tag
};
struct TypedWord {
    std::string text;
    bool is_open = false; ///< the person may still be typing it
    std::vector<Alternative> alternatives;
    std::vector<std::string> terms; ///< of the full-text index; an open word also as a beginning
};

/// The words that narrow the board. None where nothing searchable was typed.
struct TypedWords {
    std::vector<TypedWord> words;
    bool is_blank = false; ///< nothing at all, or a single letter: everything is meant
};
TypedWords typed_words(const std::string& text, const BoardIndex& board, const OccupationIndex& occupations);

/// Widens each word that means an occupation by the others of its ISCO-08 group.
void add_groups(TypedWords& typed, const OccupationIndex& occupations);

} // namespace vakant
