// Answers a query from the board in memory and the full-text index: scores, filters, counts, order, and why.
// sync's reader alone uses it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sync/board_index.h"
#include "sync/typed_words.h"

namespace vakant {

/// Calls `each` with the numbers of the vacancies whose text matches, in rising order, `most` at most (0:
/// all).
using EachNumber = std::function<void(std::int64_t)>;
using FullText =
    std::function<Outcome(const std::string& expression, std::size_t most, const EachNumber& each)>;

struct FoundRows {
    std::vector<BoardIndex::RowNumber> rows; ///< of the window
    std::size_t own_total = 0, others_total = 0;
    std::vector<FacetCount> counts;
    bool relaxed = false, complete = true;
};

class BoardSearch {
public:
    BoardSearch(const BoardIndex& board, const OccupationIndex& occupations, FullText full_text)
        : board_(board), occupations_(occupations), full_text_(std::move(full_text)) {}

    Result<FoundRows> find(const VacancyQuery& query, UtcMs now);
    /// Finds out why the rows of the last answer are there, for why().
    void explain(const std::vector<BoardIndex::RowNumber>& shown);
    /// For the row that stood there in explain(); `stripped` holds its titles and occupation labels.
    std::vector<WhyMatched> why(std::size_t at, BoardIndex::RowNumber row, const Vacancy& stripped) const;

private:
    struct Hit {
        BoardIndex::RowNumber row = 0;
        std::uint32_t score = 0;
    };
    void clear_scores();
    void score_heads();
    void score_word(const TypedWord& word);
    void touch(BoardIndex::RowNumber row, std::uint32_t worth);
    void settle_word();
    Outcome score_bodies(const VacancyQuery& query);
    Outcome score_bodies_of_each_word();
    std::size_t whole_hits() const;
    std::vector<Hit> hits(bool& relaxed) const;
    void sort(std::vector<Hit>& hits, const VacancyQuery& query) const;
    void sort_by_nearness(std::vector<Hit>& hits, const VacancyQuery& query) const;
    struct Reason {
        const Alternative* alternative = nullptr; ///< none: no head word and no occupation of the row
        std::uint32_t worth = 0, detail = 0;
    };
    WhyMatched why_word(const TypedWord& word, const Reason& known, BoardIndex::RowNumber row,
                        const Vacancy& stripped) const;

    const BoardIndex& board_;
    const OccupationIndex& occupations_;
    FullText full_text_;
    TypedWords typed_;
    UtcMs at_ = 0;
    bool searched_bodies_ = false;
    std::vector<std::uint16_t> total_, now_; ///< by row: of all words so far, of the present one
    std::vector<std::uint8_t> matched_;      ///< how many words
    std::vector<BoardIndex::RowNumber> touched_, seen_;
    std::vector<std::vector<Reason>> reasons_; ///< by word, by place among what is shown
};

} // namespace vakant
