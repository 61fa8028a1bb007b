// A damaged store is replaced by what can be read of it: the new file is made whole and durable beside it
// first, and only then the two change places. Cut off anywhere, the next start begins again or ends it; the
// damaged file is never deleted. The stores of sync use it.
#pragma once

#include <filesystem>
#include <functional>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/sql/sql.h"

namespace vakant {

/// Ends a replacement that was cut off after the new file was whole. Before every opening of such a store.
Outcome finish_replacing(const std::filesystem::path& file);

/// Makes `fresh` out of what `damaged` (null: not even its first page can be read) still says, and closes it;
/// what was damaged will be called `aside`.
using MakeFresh = std::function<Outcome(SqlConnection* damaged, const std::filesystem::path& fresh,
                                        const std::filesystem::path& aside)>;
/// Where this fails, the damaged store stands where it stood. Nobody may have it open.
Outcome replace_damaged(const std::filesystem::path& file, UtcMs now, const MakeFresh& make);

} // namespace vakant
