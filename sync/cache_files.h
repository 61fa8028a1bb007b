// What the two sides of cache.db agree on: schema, versions, and what of a vacancy is searched. sync's cache
// alone uses it.
#pragma once

#include <string>

#include "core/sql/sql.h"
#include "core/vacancies/search.h"
#include "core/vacancies/vacancy.h"

namespace vakant {

constexpr std::int32_t cache_application_id = 0x566b4341; ///< "VkCA"

/// Everything that must be the same for an old file to be of use: schema, tokenizer, what is indexed.
std::string cache_version();
std::string_view cache_schema();

/// The five columns of the index, in their order.
struct SearchedWords {
    std::string title, employer, place, occupation, body;
};
SearchedWords searched_words(const Vacancy& vacancy);

/// Where a board's numbers lie: all below zero.
struct NumberRange {
    std::int64_t first, last;
};
NumberRange numbers_of(Board board);

/// A vacancy as it stands in its row: compressed JSON.
Bytes packed(const Vacancy& vacancy);
Result<Vacancy> unpacked(ByteView bytes);

} // namespace vakant
