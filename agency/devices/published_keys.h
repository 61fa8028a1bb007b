// The newest key set beside the key files, so that a store that is put back from an older backup does not
// forget what kiosks follow already: a version would otherwise be given twice, and answers would be signed by
// keys that the store's own key set does not name. Used by agency/api when a store is opened and by the
// commands that publish keys.
#pragma once

#include <filesystem>

#include "agency/devices/agencies.h"

namespace vakant {

/// Store and file agree afterwards, for every agency of the store: the newer of the two counts. What stands
/// in the file must follow from the store's root by signatures; refused where it does not.
Outcome agree_on_published_keys(Database& database, const std::filesystem::path& data, UtcMs now);

} // namespace vakant
