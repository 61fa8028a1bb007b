#include "sync/board_search.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "sync/board_filters.h"
#include "sync/board_nearness.h"
#include "sync/cache_files.h"

namespace vakant {
namespace {

/// Bodies looked at while a person types, newest first.
constexpr std::size_t most_bodies = 2500;
/// Fewer than this, and other occupations of the same group are shown as well.
constexpr std::size_t few = 8;
constexpr std::uint16_t worth_body = 20;

/// In per cent of what it is worth in a title.
constexpr std::uint32_t place_share[] = {100, 92, 96, 55}; // title, place, occupation, employer
constexpr std::uint32_t tag_share[] = {28, 48, 80, 100};   // body, group, part, named

std::uint32_t worth_of(const Alternative& one, std::uint32_t detail) {
    if (one.is_occupation) {
        // The group itself as a code: sure enough, whatever it was tagged by.
        if (one.kind == MatchKind::group) return one.worth;
        return one.worth * tag_share[detail] / 100;
    }
    if (one.only_places && detail != static_cast<std::uint32_t>(HeadPlace::place)) return 0;
    return one.worth * place_share[detail] / 100;
}

std::string quoted_term(std::string_view term) {
    std::string text = "\"";
    for (const char c : term)
        if (c != '"') text += c;
    return text + '"';
}

std::string expression_of(const TypedWord& word) {
    std::string text;
    for (const std::string& term : word.terms)
        text += (text.empty() ? "" : " OR ") + quoted_term(term);
    if (word.is_open) text += " OR " + quoted_term(word.text) + "*";
    return "(" + text + ")";
}

} // namespace

void BoardSearch::touch(BoardIndex::RowNumber row, std::uint32_t worth) {
    if (worth == 0 || !board_.rows()[row].alive || board_.rows()[row].ends_at < at_) return;
    if (now_[row] == 0) touched_.push_back(row);
    now_[row] = std::max(now_[row], static_cast<std::uint16_t>(worth));
}

void BoardSearch::settle_word() {
    for (const BoardIndex::RowNumber row : touched_) {
        if (matched_[row]++ == 0) seen_.push_back(row);
        total_[row] = static_cast<std::uint16_t>(total_[row] + now_[row]);
        now_[row] = 0;
    }
    touched_.clear();
}

void BoardSearch::score_word(const TypedWord& word) {
    for (const Alternative& one : word.alternatives) {
        const auto* postings = one.is_occupation ? board_.tagged(one.id) : &board_.postings(one.id);
        if (postings == nullptr) continue;
        for (const BoardIndex::Posting posting : *postings)
            touch(posting.row(), worth_of(one, posting.detail()));
    }
}

void BoardSearch::clear_scores() {
    total_.assign(board_.rows().size(), 0);
    now_.assign(board_.rows().size(), 0);
    matched_.assign(board_.rows().size(), 0);
    touched_.clear();
    seen_.clear();
}

void BoardSearch::score_heads() {
    clear_scores();
    for (const TypedWord& word : typed_.words) {
        score_word(word);
        settle_word();
    }
}

std::size_t BoardSearch::whole_hits() const {
    return static_cast<std::size_t>(
        std::count_if(seen_.begin(), seen_.end(),
                      [this](BoardIndex::RowNumber row) { return matched_[row] == typed_.words.size(); }));
}

/// Each word by itself, so that one may stand in a title and the other in a body.
Outcome BoardSearch::score_bodies_of_each_word() {
    clear_scores();
    for (const TypedWord& word : typed_.words) {
        score_word(word);
        auto at = board_.order().begin();
        VAKANT_CHECK(full_text_(expression_of(word), 0, [&](std::int64_t number) {
            while (at != board_.order().end() && board_.rows()[*at].number < number)
                ++at;
            if (at != board_.order().end() && board_.rows()[*at].number == number) touch(*at, worth_body);
        }));
        settle_word();
    }
    return done();
}

Outcome BoardSearch::score_bodies(const VacancyQuery& query) {
    searched_bodies_ = true;
    if (query.depth == Depth::complete) return score_bodies_of_each_word();
    std::string expression;
    for (const TypedWord& word : typed_.words)
        expression += (expression.empty() ? "" : " AND ") + expression_of(word);
    std::size_t looked_at = 0;
    const auto words = static_cast<std::uint8_t>(typed_.words.size());
    auto from = board_.order().begin();
    VAKANT_CHECK(full_text_(expression, most_bodies, [&](std::int64_t number) {
        ++looked_at;
        const auto at =
            std::lower_bound(from, board_.order().end(), number,
                             [this](auto row, std::int64_t n) { return board_.rows()[row].number < n; });
        if (at == board_.order().end() || board_.rows()[*at].number != number) return;
        from = at;
        const BoardIndex::RowNumber row = *at;
        if (board_.rows()[row].ends_at < at_) return;
        if (matched_[row] == 0) seen_.push_back(row);
        total_[row] = static_cast<std::uint16_t>(total_[row] + worth_body * (words - matched_[row]));
        matched_[row] = words;
    }));
    searched_bodies_ = looked_at < most_bodies;
    return done();
}

/// The rows that have every word; where there is none, those that have the most.
std::vector<BoardSearch::Hit> BoardSearch::hits(bool& relaxed) const {
    std::uint8_t most = 0;
    for (const BoardIndex::RowNumber row : seen_)
        most = std::max(most, matched_[row]);
    relaxed = most < typed_.words.size() && most > 0;
    std::vector<Hit> found;
    for (const BoardIndex::RowNumber row : seen_)
        if (matched_[row] == most) found.push_back({row, total_[row]});
    return found;
}

void BoardSearch::sort(std::vector<Hit>& hits, const VacancyQuery& query) const {
    const auto& rows = board_.rows();
    const auto newer = [&rows](const Hit& a, const Hit& b) {
        return rows[a.row].number < rows[b.row].number;
    };
    const std::size_t wanted = std::min(hits.size(), query.offset + query.limit);
    const auto order = [&](auto before) {
        std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(wanted), hits.end(),
                          [&](const Hit& a, const Hit& b) {
                              if (before(a, b)) return true;
                              return !before(b, a) && newer(a, b);
                          });
    };
    switch (query.sort) {
    case SortBy::best_match:
        return order([](const Hit& a, const Hit& b) { return a.score > b.score; });
    case SortBy::newest:
        // Numbers fall with newness within the range of each board.
        return order([&rows](const Hit& a, const Hit& b) {
            const auto oldness = [&rows](const Hit& hit) {
                const BoardIndex::Row& row = rows[hit.row];
                return row.number - numbers_of(row.own ? Board::own : Board::others).last;
            };
            return oldness(a) < oldness(b);
        });
    case SortBy::closing_first:
        return order(
            [&rows](const Hit& a, const Hit& b) { return rows[a.row].ends_at < rows[b.row].ends_at; });
    case SortBy::nearest:
        return sort_by_nearness(hits, query);
    case SortBy::title:
        return order([&rows](const Hit& a, const Hit& b) { return rows[a.row].title < rows[b.row].title; });
    }
}

void BoardSearch::sort_by_nearness(std::vector<Hit>& hits, const VacancyQuery& query) const {
    const BoardNearness nearness(board_, query.near);
    std::vector<std::pair<double, Hit>> by_distance;
    by_distance.reserve(hits.size());
    for (const Hit& hit : hits)
        by_distance.emplace_back(nearness.of(hit.row), hit);
    const std::size_t wanted = std::min(hits.size(), query.offset + query.limit);
    std::partial_sort(by_distance.begin(), by_distance.begin() + static_cast<std::ptrdiff_t>(wanted),
                      by_distance.end(), [this](const auto& a, const auto& b) {
                          if (a.first != b.first) return a.first < b.first;
                          return board_.rows()[a.second.row].number < board_.rows()[b.second.row].number;
                      });
    for (std::size_t at = 0; at < hits.size(); ++at)
        hits[at] = by_distance[at].second;
}

Result<FoundRows> BoardSearch::find(const VacancyQuery& query, UtcMs now) {
    FoundRows found;
    at_ = now;
    typed_ = typed_words(query.words, board_, occupations_);
    std::vector<Hit> matching;
    searched_bodies_ = true;
    if (typed_.words.empty()) {
        if (typed_.is_blank)
            for (const BoardIndex::RowNumber row : board_.order())
                matching.push_back({row, 0});
    } else {
        score_heads();
        if (whole_hits() < few) {
            add_groups(typed_, occupations_);
            score_heads();
        }
        // A page and its count are full of better matches already.
        searched_bodies_ = query.depth == Depth::complete || whole_hits() <= counted_exactly;
        if (searched_bodies_) VAKANT_CHECK(score_bodies(query));
        matching = hits(found.relaxed);
    }
    found.complete = searched_bodies_;
    BoardFilters filters(board_, query, now);
    std::erase_if(matching, [&](const Hit& hit) {
        const BoardIndex::Row& row = board_.rows()[hit.row];
        if (row.ends_at < at_) return true;
        if (!query.agency.empty() && board_.agencies()[row.agency] != query.agency) return true;
        return !filters.take(hit.row);
    });
    found.own_total = filters.own_total();
    found.others_total = filters.others_total();
    if (query.wants_counts) found.counts = filters.counts();
    sort(matching, query);
    for (std::size_t at = query.offset; at < matching.size() && found.rows.size() < query.limit; ++at)
        found.rows.push_back(matching[at].row);
    return found;
}

/// One pass over the postings for all rows that are shown: a short beginning has thousands of alternatives.
void BoardSearch::explain(const std::vector<BoardIndex::RowNumber>& shown) {
    std::vector<std::uint32_t> place_of(board_.rows().size(), 0); // in `shown`, from 1
    for (std::size_t at = 0; at < shown.size(); ++at)
        place_of[shown[at]] = static_cast<std::uint32_t>(at + 1);
    reasons_.assign(typed_.words.size(), std::vector<Reason>(shown.size()));
    for (std::size_t word = 0; word < typed_.words.size(); ++word) {
        for (const Alternative& one : typed_.words[word].alternatives) {
            const auto* postings = one.is_occupation ? board_.tagged(one.id) : &board_.postings(one.id);
            if (postings == nullptr) continue;
            for (const BoardIndex::Posting posting : *postings) {
                const std::uint32_t place = place_of[posting.row()];
                if (place == 0) continue;
                const std::uint32_t worth = worth_of(one, posting.detail());
                Reason& best = reasons_[word][place - 1];
                if (worth > best.worth) best = {&one, worth, posting.detail()};
            }
        }
    }
}

std::vector<WhyMatched> BoardSearch::why(std::size_t at, BoardIndex::RowNumber row,
                                         const Vacancy& stripped) const {
    std::vector<WhyMatched> reasons;
    for (std::size_t word = 0; word < typed_.words.size(); ++word) {
        WhyMatched reason = why_word(typed_.words[word], reasons_[word][at], row, stripped);
        if (!reason.found.empty()) reasons.push_back(std::move(reason));
    }
    return reasons;
}

WhyMatched BoardSearch::why_word(const TypedWord& word, const Reason& known, BoardIndex::RowNumber row,
                                 const Vacancy& stripped) const {
    const Alternative* best = known.alternative;
    const std::uint32_t best_detail = known.detail;
    WhyMatched reason;
    reason.typed = word.text;
    if (best == nullptr) {
        reason.kind = MatchKind::text;
        reason.place = MatchPlace::body;
        // A row that has every word has this one in its body. Of a relaxed answer it is not known.
        if (matched_[row] == typed_.words.size()) reason.found = word.text;
        return reason;
    }
    reason.kind = best->kind;
    if (!best->is_occupation) {
        reason.found = board_.word(best->id);
        constexpr MatchPlace places[] = {MatchPlace::title, MatchPlace::place, MatchPlace::occupation,
                                         MatchPlace::employer};
        reason.place = places[best_detail];
        return reason;
    }
    const bool in_body = best_detail == BoardIndex::detail_of(TagKind::body);
    reason.place = in_body ? MatchPlace::body : MatchPlace::occupation;
    reason.found = occupations_.name_for(stripped, best->entry, reason.language);
    return reason;
}

} // namespace vakant
