// What the two sides of cache.db agree on: schema, versions, and what of a vacancy is searched. sync's cache
// alone uses it.
#pragma once

#include <string>

#include "core/sql/sql.h"
#include "core/vacancies/occupation_index.h"
#include "core/vacancies/search.h"
#include "core/vacancies/vacancy.h"

namespace vakant {

constexpr std::int32_t cache_application_id = 0x566b4341; ///< "VkCA"

/// Everything that must be the same for an old file to be of use: schema, SQLite, how words come out.
std::string cache_version();
std::string_view cache_schema();

/// The kind of the documents that hold tables of occupations.
constexpr std::string_view occupations_kind = "occupations";

/// Where a board's numbers lie: all below zero.
struct NumberRange {
    std::int64_t first, last;
};
NumberRange numbers_of(Board board);

/// The occupations that this program ships and those that agencies have sent.
struct KnownOccupations {
    std::vector<OccupationTable> tables;
    std::string digest; ///< of all of them
};
/// A table that cannot be read is left out: another version of the agency may have made it.
Result<KnownOccupations> known_occupations(SqlConnection& connection,
                                           const std::vector<OccupationTable>& shipped);

/// A vacancy as it stands in its row: compressed JSON.
Bytes packed(const Vacancy& vacancy);
Result<Vacancy> unpacked(ByteView bytes);

} // namespace vakant
