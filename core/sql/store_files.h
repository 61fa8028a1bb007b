// The files that one SQLite store is made of, moved or removed together. The stores of sync and of the agency
// use it.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace vakant {

/// The file and its -wal take the new name; a -shm goes.
Outcome move_store(const std::filesystem::path& from, const std::filesystem::path& to);
/// A file of the same folder takes the name, in the place of what had it, and keeps it through a power cut.
Outcome rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);
/// A name beside `file` that nothing has yet: "<file>.<word>-<time>".
std::filesystem::path name_aside(const std::filesystem::path& file, std::string_view word, UtcMs now);
Outcome remove_store(const std::filesystem::path& file);

} // namespace vakant
