// The files that one SQLite store is made of, moved or removed together. The stores of sync alone use it.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace vakant {

/// The file and its -wal take the new name; a -shm goes.
Outcome move_store(const std::filesystem::path& from, const std::filesystem::path& to);
Outcome remove_store(const std::filesystem::path& file);

} // namespace vakant
