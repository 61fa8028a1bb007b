#include "sync/board_filters.h"

#include <algorithm>

namespace vakant {
namespace {
constexpr UtcMs soon_ms = 7 * std::int64_t{86'400'000};

bool names_no_language(const BoardIndex::Row& row) {
    return row.all_languages == 0 && row.any_languages == 0;
}
} // namespace

BoardFilters::BoardFilters(const BoardIndex& board, const VacancyQuery& query, UtcMs now)
    : board_(board), query_(query), now_(now), places_(board.place_facts().size()),
      fields_(board.fields().size()), place_counts_(board.place_facts().size()),
      field_counts_(board.fields().size()), language_counts_(board.languages().size()) {
    for (const FacetChoice& choice : query.choices) {
        switch (choice.facet) {
        case Facet::municipality:
        case Facet::region:
            any_place_ = true;
            if (const std::size_t at = board.find_place(choice.facet, choice.value); at < places_.size()) {
                places_[at] = true;
                chosen_places_[at] = choice.value;
            }
            break;
        case Facet::field:
            any_field_ = true;
            for (std::size_t at = 1; at < fields_.size(); ++at)
                if (board.fields()[at] == choice.value) fields_[at] = true;
            break;
        case Facet::hours:
            (choice.value == "full_time" ? full_ : part_) = true;
            break;
        case Facet::term:
            (choice.value == "permanent" ? permanent_ : temporary_) = true;
            break;
        case Facet::language:
            any_language_ = true;
            if (choice.value == unknown_language) unknown_language_ = true;
            for (std::size_t at = 0; at < board.languages().size(); ++at)
                if (board.languages()[at] == choice.value) languages_ |= 1u << at;
            break;
        case Facet::no_training:
            no_training_ = true;
            break;
        case Facet::no_licence:
            no_licence_ = true;
            break;
        case Facet::training:
            training_ = true;
            break;
        case Facet::closing_soon:
            closing_ = true;
            break;
        }
    }
}

bool BoardFilters::passes_languages(const BoardIndex::Row& row, std::uint32_t chosen) const {
    if (names_no_language(row)) return unknown_language_;
    if ((row.all_languages & ~chosen) != 0) return false;
    return row.any_languages == 0 || (row.any_languages & chosen) != 0;
}

bool BoardFilters::passes_place(const BoardIndex::Row& row) const {
    for (std::size_t at = 0; at < row.places; ++at)
        if (places_[board_.place_values()[row.first_place + at]]) return true;
    return false;
}

/// A bit for each group of choices that the row does not pass.
unsigned BoardFilters::failed(const BoardIndex::Row& row) const {
    unsigned bits = 0;
    if (any_place_ && !passes_place(row)) bits |= 1u << place;
    if (any_field_ && !fields_[row.field]) bits |= 1u << field;
    if ((full_ || part_) && !((full_ && row.full_time) || (part_ && row.part_time))) bits |= 1u << hours;
    if ((permanent_ || temporary_) && !((permanent_ && row.permanent) || (temporary_ && row.temporary)))
        bits |= 1u << term;
    if (any_language_ && !passes_languages(row, languages_)) bits |= 1u << language;
    if (no_training_ && !row.no_training) bits |= 1u << no_training;
    if (no_licence_ && !row.no_licence) bits |= 1u << no_licence;
    if (training_ && !row.training) bits |= 1u << training;
    if (closing_ && row.ends_at - now_ > soon_ms) bits |= 1u << closing;
    return bits;
}

bool BoardFilters::take(BoardIndex::RowNumber number) {
    const BoardIndex::Row& row = board_.rows()[number];
    const unsigned bits = failed(row);
    const bool on_board = query_.board == Board::all || (query_.board == Board::own) == row.own;
    if (bits == 0) ++(row.own ? own_ : others_);
    if (!on_board) return false;
    if (query_.wants_counts) {
        // What fails in one group only would come back if that group were chosen otherwise.
        if (bits == 0) {
            for (unsigned group = 0; group < groups; ++group)
                count(row, static_cast<Group>(group));
        } else if ((bits & (bits - 1)) == 0) {
            count(row, static_cast<Group>(__builtin_ctz(bits)));
        }
    }
    return bits == 0;
}

void BoardFilters::count(const BoardIndex::Row& row, Group group) {
    switch (group) {
    case place:
        for (std::size_t at = 0; at < row.places; ++at) {
            const auto first = board_.place_values().begin() + row.first_place;
            const auto here = first + static_cast<std::ptrdiff_t>(at);
            if (std::find(first, here, *here) == here) ++place_counts_[*here];
        }
        break;
    case field:
        ++field_counts_[row.field];
        break;
    case hours:
        full_count_ += row.full_time;
        part_count_ += row.part_time;
        break;
    case term:
        permanent_count_ += row.permanent;
        temporary_count_ += row.temporary;
        break;
    case language:
        for (std::size_t at = 0; at < language_counts_.size(); ++at)
            language_counts_[at] += passes_languages(row, languages_ | 1u << at);
        unknown_language_count_ += names_no_language(row);
        break;
    case no_training:
        no_training_count_ += row.no_training;
        break;
    case no_licence:
        no_licence_count_ += row.no_licence;
        break;
    case training:
        training_count_ += row.training;
        break;
    case closing:
        closing_count_ += row.ends_at - now_ <= soon_ms;
        break;
    case groups:
        break;
    }
}

void BoardFilters::list(std::vector<FacetCount>& out, Facet facet, std::string value, std::string label,
                        std::size_t count) const {
    const FacetChoice choice{facet, value};
    const bool chosen =
        std::find(query_.choices.begin(), query_.choices.end(), choice) != query_.choices.end();
    if (count == 0 && !chosen) return;
    out.push_back({facet, std::move(value), std::move(label), std::min(count, counted_exactly + 1), chosen});
}

std::vector<FacetCount> BoardFilters::counts() const {
    std::vector<FacetCount> all;
    for (const Facet facet : {Facet::municipality, Facet::region})
        for (std::size_t at = 0; at < place_counts_.size(); ++at) {
            const PlaceFact& fact = board_.place_facts()[at];
            if (fact.facet != facet || board_.find_place(facet, fact.value) != at)
                continue; // united with one
            // Chosen by another of its values: the one that the page knows it by.
            const auto chosen = chosen_places_.find(at);
            list(all, facet, chosen == chosen_places_.end() ? fact.value : chosen->second, fact.label,
                 place_counts_[at]);
        }
    for (std::size_t at = 1; at < field_counts_.size(); ++at)
        list(all, Facet::field, board_.fields()[at], "", field_counts_[at]);
    list(all, Facet::hours, "full_time", "", full_count_);
    list(all, Facet::hours, "part_time", "", part_count_);
    list(all, Facet::term, "permanent", "", permanent_count_);
    list(all, Facet::term, "temporary", "", temporary_count_);
    for (std::size_t at = 0; at < language_counts_.size(); ++at)
        list(all, Facet::language, board_.languages()[at], "", language_counts_[at]);
    list(all, Facet::language, std::string(unknown_language), "", unknown_language_count_);
    list(all, Facet::no_training, "yes", "", no_training_count_);
    list(all, Facet::no_licence, "yes", "", no_licence_count_);
    list(all, Facet::training, "yes", "", training_count_);
    list(all, Facet::closing_soon, "yes", "", closing_count_);
    // A value that was chosen when the board still had it stays to be taken back.
    for (const FacetChoice& choice : query_.choices) {
        const bool listed = std::any_of(all.begin(), all.end(), [&choice](const FacetCount& one) {
            return one.facet == choice.facet && one.value == choice.value;
        });
        if (!listed) all.push_back({choice.facet, choice.value, "", 0, true});
    }
    std::stable_sort(all.begin(), all.end(), [](const FacetCount& a, const FacetCount& b) {
        return a.facet != b.facet ? a.facet < b.facet : a.count > b.count;
    });
    return all;
}

} // namespace vakant
