// Which rows of the board a query's choices let through, and how many there would be with another choice.
// sync's search alone uses it.
#pragma once

#include <map>
#include <vector>

#include "core/vacancies/search.h"
#include "sync/board_index.h"

namespace vakant {

constexpr std::size_t counted_exactly = 1000;

class BoardFilters {
public:
    BoardFilters(const BoardIndex& board, const VacancyQuery& query, UtcMs now);

    /// Takes note of a row that matches the words. True: it passes every choice and lies on the query's
    /// board.
    bool take(BoardIndex::RowNumber row);
    std::size_t own_total() const { return std::min(own_, counted_exactly + 1); }
    std::size_t others_total() const { return std::min(others_, counted_exactly + 1); }
    std::vector<FacetCount> counts() const;

private:
    enum Group : unsigned {
        place,
        field,
        hours,
        term,
        language,
        no_training,
        no_licence,
        training,
        closing,
        groups
    };
    unsigned failed(const BoardIndex::Row& row) const;
    bool passes_languages(const BoardIndex::Row& row, std::uint32_t chosen) const;
    bool passes_place(const BoardIndex::Row& row) const;
    void count(const BoardIndex::Row& row, Group group);
    void list(std::vector<FacetCount>& out, Facet facet, std::string value, std::string label,
              std::size_t count) const;

    const BoardIndex& board_;
    const VacancyQuery& query_;
    UtcMs now_;
    std::vector<bool> places_, fields_;
    std::map<std::size_t, std::string> chosen_places_; ///< the value that each was chosen by
    bool any_place_ = false, any_field_ = false, full_ = false, part_ = false, permanent_ = false,
         temporary_ = false, no_training_ = false, no_licence_ = false, training_ = false, closing_ = false;
    std::uint32_t languages_ = 0;
    bool any_language_ = false, unknown_language_ = false;
    std::size_t own_ = 0, others_ = 0;
    std::vector<std::size_t> place_counts_, field_counts_, language_counts_;
    std::size_t full_count_ = 0, part_count_ = 0, permanent_count_ = 0, temporary_count_ = 0,
                no_training_count_ = 0, no_licence_count_ = 0, unknown_language_count_ = 0,
                training_count_ = 0, closing_count_ = 0;
};

} // namespace vakant
