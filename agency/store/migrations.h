// The numbered steps of the store's tables. Steps are only ever added. Only agency/store includes it.
#pragma once

#include <string_view>
#include <vector>

namespace vakant {

struct Migration {
    int version;
    std::string_view text; ///< with the words of dialect.h
};
const std::vector<Migration>& agency_migrations();

} // namespace vakant
