// What an invocation of vakant-agency works with: from the command line, else the settings file, else the
// defaults.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "agency/api/services.h"
#include "agency/server/server.h"
#include "agency/vacancies/feed_source.h"
#include "core/base/result.h"

namespace vakant {

/// As given on the command line; empty where not given.
struct GivenOptions {
    std::filesystem::path data, config, assets;
    std::string address;
    std::optional<std::uint16_t> port;
    std::filesystem::path certificate, key;
};

struct Settings {
    std::filesystem::path data = "/var/lib/vakant-agency";
    std::filesystem::path assets;
    /// [store] postgres: as libpq takes it; "": SQLite in `data`. In the file only: it may hold a password,
    /// and options are seen by everybody on the machine.
    std::string postgres;
    ServerSettings server;
    std::vector<FeedSource> feeds; ///< the [[fetch]] tables

    Whereabouts whereabouts() const { return {data, assets, postgres}; }
};

/// Refused with the file, the line and why: a file that is not TOML, a name that does not exist, a value of
/// another type. `program` is where to look for the source tree's assets from.
Result<Settings> read_settings(const GivenOptions& given, const std::filesystem::path& program);

} // namespace vakant
