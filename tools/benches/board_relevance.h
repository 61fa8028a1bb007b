// What people were judged to mean by a query, and how well the board answers it. For bench_board alone.
#pragma once

#include <filesystem>

#include "core/json/json.h"

namespace vakant::benches {

struct RelevanceOptions {
    std::filesystem::path folder;    ///< for the cache
    std::filesystem::path assets;    ///< occupations and demo ads
    std::filesystem::path judged;    ///< judged.tsv
    std::filesystem::path reference; ///< real ads and ESCO's tables; may be absent
    std::uint64_t seed = 1;
    std::uint64_t generated = 5'000; ///< ads among which the right ones have to be found
};
/// {"seed", "ads": {"real", "demo", "generated"}, "queries": [{"language", "query", "relevant", "recall",
/// "ndcg", "missed"}]}. Recall among the first 20, nDCG among the first 10, by nothing but the occupation.
Result<Json> judge_relevance(const RelevanceOptions& options);

} // namespace vakant::benches
