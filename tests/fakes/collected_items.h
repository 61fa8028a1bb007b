// What an importer gave out, and the reference files to give it; for tests of core/vacancies and of the
// agency.
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "core/vacancies/import_formats.h"
#include "tests/places.h"

namespace vakant {

struct CollectedItems {
    std::vector<ImportedItem> vacancies, removals, refusals;
    Sweep sweep;
    std::optional<Error> error;

    /// The detail of a refusal of the whole file; "" where it was read to its end.
    std::string ended_by() const { return error ? error->detail : ""; }
    const Vacancy& only_vacancy() const { return vacancies.at(0).vacancy; }
};

inline CollectedItems collect(FeedFormat format, std::string_view text, const ImportSettings& settings = {}) {
    CollectedItems out;
    const Outcome outcome = import_feed(
        format, text, settings,
        [&out](ImportedItem item) -> Outcome {
            auto& list = item.kind == ImportedItem::Kind::vacancy   ? out.vacancies
                         : item.kind == ImportedItem::Kind::removal ? out.removals
                                                                    : out.refusals;
            list.push_back(std::move(item));
            return done();
        },
        out.sweep);
    if (!outcome.ok()) out.error = outcome.error();
    return out;
}

/// A file of the reference data; none where that is not there.
inline std::optional<std::string> reference_file(const std::string& name) {
    std::ifstream file(source_dir() + "/../shared/data/vacancies/" + name, std::ios::binary);
    if (!file) return std::nullopt;
    std::stringstream content;
    content << file.rdbuf();
    return content.str();
}

} // namespace vakant
