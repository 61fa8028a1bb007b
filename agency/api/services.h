// What the handlers and the commands work with: the open store, keys, time and chance of one running process.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "agency/devices/key_files.h"
#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/base/random.h"

namespace vakant {

/// Outlives the server that uses it. Any thread.
struct Services {
    std::unique_ptr<Database> database;
    KeyRing keys;
    const Clock& clock;
    Random& random;
    std::string epoch; ///< of the store: changes when a backup is restored
    std::filesystem::path data, assets;
    std::atomic<bool> stopping = false; ///< ends what would take long
};

/// Where one installation keeps what it has.
struct Whereabouts {
    std::filesystem::path data, assets;
    std::string postgres; ///< not empty: the store is there (as libpq takes it), not in `data`
};
/// Opens the store, making it and the data directory where there are none.
Result<std::unique_ptr<Services>> open_services(const Whereabouts& where, const Clock& clock, Random& random);

/// Signs the forms and tests of the assets for one agency and offers them; signs its profile anew.
Outcome publish_documents(Services& services, std::string_view agency);
/// Signs and offers the profile of one agency. invalid_input: what is wrong in it, by the member's path.
Outcome publish_profile(Services& services, std::string_view agency, std::string_view text);

} // namespace vakant
