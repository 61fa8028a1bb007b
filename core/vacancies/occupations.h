// Occupations and their names in several languages: the hand-written set of assets/occupations and what an
// agency imports from ESCO, SSYK, STYRK and ISCO. The text form "vakant-occupations/1" is what assets hold,
// what the agency signs and what the kiosk keeps.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/json/json.h"

namespace vakant {

struct OccupationNames {
    std::string language;
    std::vector<std::string> names; ///< the usual one first
};
struct OccupationEntry {
    std::string id;                ///< "common:cleaner", "esco:<uuid>", "af:1843", "isco:9112"
    std::vector<std::string> isco; ///< ISCO-08, four digits
    std::vector<OccupationNames> names;

    /// The usual name in the language, else in English, else any.
    std::string_view name_in(std::string_view language) const;
};
/// A code of another classification and the ISCO-08 group that it belongs to.
struct OccupationLink {
    std::string scheme, code, isco;
};
struct OccupationTable {
    std::string id; ///< "common", "esco-2", ...
    std::vector<OccupationEntry> entries;
    std::vector<OccupationLink> links;
};

Json to_json(const OccupationTable& table);
/// invalid_input with the entry and what is wrong with it.
Result<OccupationTable> occupations_from_json(const Json& json);

/// Every table of a folder, by file name: what the program ships. Refused with the file and what is wrong in
/// it.
Result<std::vector<OccupationTable>> read_occupation_folder(const std::filesystem::path& folder);

enum class OccupationFormat {
    esco,  ///< a JSON list of {uri, notation, prefLabel{}, broader[]}; or CSV with conceptUri, iscoGroup,
           ///< preferredLabel, altLabels
    ssyk,  ///< Arbetsförmedlingen's taxonomy: SSYK groups with related ISCO groups; {id: name}; {id: SSYK
           ///< code}
    styrk, ///< CSV "Styrk code;Styrk description;..."
    isco   ///< CSV with a code and a title on each line
};

/// Reads one file. `language`: of a CSV whose columns do not say it ("ar", "en"). What is another kind of
/// file is refused with what it seems to be.
Result<OccupationTable> read_occupations(OccupationFormat format, std::string_view text,
                                         std::string_view language);

/// Names and codes of the same id brought together, in the order of ids; names that are there already are not
/// repeated.
OccupationTable joined(std::vector<OccupationTable> tables);

} // namespace vakant
