// What an agency has open now, counted by field: for the pages that tell who it is.
#pragma once

#include <string>
#include <utility>

#include "core/vacancies/search.h"

namespace vakant {

/// Its own orders, all counted; the cards do not matter.
inline VacancyQuery openings_query(std::string agency, std::string language) {
    VacancyQuery query;
    query.board = Board::own;
    query.wants_counts = true;
    query.depth = Depth::complete;
    query.language = std::move(language);
    query.limit = 1;
    query.agency = std::move(agency);
    return query;
}

} // namespace vakant
