// The outbox's account of itself (core/audit says what may stand in it): which rows it is made of, and adding
// to it. The outbox alone uses it.
#pragma once

#include <string>
#include <string_view>

#include "core/audit/audit.h"
#include "core/sql/sql.h"

namespace vakant {

/// Part of the outbox's schema. Rows can be added and nothing else.
std::string_view audit_schema();

/// Inside the caller's transaction.
Outcome append_audit(SqlConnection& connection, UtcMs at, AuditEvent event, std::string_view agency,
                     std::string_view item);

/// damaged: a row that is not as it was written, or is missing.
Outcome check_audit(SqlConnection& connection);

/// The last row: what the agency is told, so that a chain that was cut or begun anew shows there.
struct AuditHead {
    std::int64_t rows = 0;
    std::string digest; ///< hex, "" where there is none
};
Result<AuditHead> audit_head(SqlConnection& connection);
/// Of one row, hex; "" where there is none.
Result<std::string> audit_digest_of(SqlConnection& connection, std::int64_t row);

} // namespace vakant
