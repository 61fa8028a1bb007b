#include "tests/contract/pairwise.h"

#include <algorithm>
#include <optional>
#include <set>

namespace vakant {
namespace {

struct Pair {
    std::size_t factor_a = 0, value_a = 0, factor_b = 0, value_b = 0;
    auto operator<=>(const Pair&) const = default;
};

std::set<Pair> all_pairs(std::span<const std::size_t> values) {
    std::set<Pair> pairs;
    for (std::size_t a = 0; a < values.size(); ++a) {
        for (std::size_t b = a + 1; b < values.size(); ++b) {
            for (std::size_t i = 0; i < values[a]; ++i) {
                for (std::size_t k = 0; k < values[b]; ++k)
                    pairs.insert({a, i, b, k});
            }
        }
    }
    return pairs;
}

Pair ordered(std::size_t a, std::size_t i, std::size_t b, std::size_t k) {
    return a < b ? Pair{a, i, b, k} : Pair{b, k, a, i};
}

void remove_met(std::set<Pair>& open, const Combination& row) {
    for (std::size_t a = 0; a < row.size(); ++a) {
        for (std::size_t b = a + 1; b < row.size(); ++b)
            open.erase({a, row[a], b, row[b]});
    }
}

/// The value of one factor that meets most of the open pairs with what is settled; of equals the next in
/// turn.
std::size_t best_value(const std::set<Pair>& open, const std::vector<std::optional<std::size_t>>& settled,
                       std::size_t factor, std::size_t count, std::size_t turn) {
    std::size_t best = turn % count, most = 0;
    for (std::size_t offset = 0; offset < count; ++offset) {
        const std::size_t value = (turn + offset) % count;
        std::size_t met = 0;
        for (std::size_t other = 0; other < settled.size(); ++other) {
            if (settled[other] && other != factor)
                met += open.contains(ordered(factor, value, other, *settled[other])) ? 1 : 0;
        }
        if (met > most) {
            most = met;
            best = value;
        }
    }
    return best;
}

} // namespace

std::vector<Combination> pairwise(std::span<const std::size_t> values) {
    std::vector<Combination> rows;
    std::set<Pair> open = all_pairs(values);
    while (!open.empty()) {
        const Pair first = *open.begin();
        std::vector<std::optional<std::size_t>> settled(values.size());
        settled[first.factor_a] = first.value_a;
        settled[first.factor_b] = first.value_b;
        for (std::size_t factor = 0; factor < values.size(); ++factor) {
            if (!settled[factor])
                settled[factor] = best_value(open, settled, factor, values[factor], rows.size());
        }
        Combination row;
        for (const auto& value : settled)
            row.push_back(*value);
        remove_met(open, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Combination> every_combination(std::span<const std::size_t> values) {
    std::vector<Combination> rows = {{}};
    for (const std::size_t count : values) {
        std::vector<Combination> longer;
        for (const Combination& row : rows) {
            for (std::size_t value = 0; value < count; ++value) {
                longer.push_back(row);
                longer.back().push_back(value);
            }
        }
        rows = std::move(longer);
    }
    return rows;
}

std::size_t pairs_missing(std::span<const std::size_t> values, std::span<const Combination> rows) {
    std::set<Pair> open = all_pairs(values);
    for (const Combination& row : rows)
        remove_met(open, row);
    return open.size();
}

} // namespace vakant
