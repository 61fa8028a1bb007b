// The outbox's account of itself: what happened to which item, each row holding the digest of the one before,
// so that a row taken out or changed shows. Ids only; never a word of a person. The outbox alone uses it.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/crypto/crypto.h"
#include "core/sql/sql.h"

namespace vakant {

/// Part of the outbox's schema. Rows can be added and nothing else.
std::string_view audit_schema();

/// Inside the caller's transaction.
Outcome append_audit(SqlConnection& connection, UtcMs at, std::string_view event, std::string_view agency,
                     std::string_view item);

/// damaged: a row that is not as it was written, or is missing.
Outcome check_audit(SqlConnection& connection);

} // namespace vakant
