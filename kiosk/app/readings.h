// assets/speech/<language>.json: how each language says what its voice does not. Inside kiosk/app.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "kiosk/semantics/reading.h"

namespace vakant {

/// Refused where a table is missing or holds something else than texts, naming it.
Result<ReadingWords> load_reading(const std::filesystem::path& file);

/// Each read from the disk when it is first asked for: most kiosks stay silent for most of their time.
class Readings {
public:
    explicit Readings(std::filesystem::path folder) : folder_(std::move(folder)) {}
    /// "fi-simple" reads as "fi". Empty words where there is no file, or a damaged one: texts are then read
    /// as they are written.
    const ReadingWords& of(std::string_view language);

private:
    std::filesystem::path folder_;
    std::map<std::string, ReadingWords, std::less<>> loaded_;
};

} // namespace vakant
