// What a person looks for on the board, and the cards shown for it.
#pragma once

#include <string>
#include <vector>

#include "core/vacancies/vacancy.h"

namespace vakant {

/// Whose vacancies: the agency's own orders can be applied for here, the others belong to somebody else.
enum class Board { own, others };

struct VacancyQuery {
    std::string words; ///< as typed; empty: all, newest first
    Board board = Board::own;
    std::string language; ///< of the reader
    std::size_t offset = 0;
    std::size_t limit = 12;
};

/// What a list shows of one vacancy.
struct VacancyCard {
    std::string id;
    std::string title;
    std::string language; ///< of the title
    std::string employer; ///< or the agency
    std::string place;
    DeadlineKind deadline = DeadlineKind::none;
    std::optional<UtcMs> deadline_at;
    Employment employment = Employment::unknown;
    Hours hours = Hours::unknown;
    bool apply_at_kiosk = false;
};
VacancyCard card_of(const Vacancy& vacancy, std::string_view language);

struct VacancyResults {
    VacancyQuery query;
    std::vector<VacancyCard> cards; ///< of the window offset .. offset+limit
    std::size_t own_total = 0;      ///< matches on each board
    std::size_t others_total = 0;
};

/// The query as an FTS5 MATCH expression over (title, employer, place, occupation, body): every word must
/// occur, the last one as a prefix. Empty where nothing searchable was typed. Operators and quotes typed by
/// people are words.
std::string match_expression(std::string_view words);

} // namespace vakant
