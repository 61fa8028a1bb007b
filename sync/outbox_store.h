// The outbox's file: its tables, what is checked of it at each start, and what is read out of a damaged one.
// The outbox alone uses it.
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/clock.h"
#include "core/sql/sql.h"
#include "sync/outbox.h"

namespace vakant {

/// Whole, or made anew out of what can be read of a damaged one, which is moved aside and never deleted. What
/// could not be read then is tried once more at each opening, as long as the file lies there.
Result<SqlConnection> open_outbox_store(const std::filesystem::path& file, UtcMs now);

/// Of the damaged files that still lie beside `file`.
Result<std::optional<OutboxSalvage>> salvage_of(SqlConnection& store, const std::filesystem::path& file);

} // namespace vakant
