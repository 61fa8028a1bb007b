// The agency's audit: who did what to which id, chained so that a changed or missing row shows (core/audit).
// Every capability adds to it in the job that does the thing.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "agency/store/database.h"
#include "core/audit/audit.h"

namespace vakant {

struct AuditEntry {
    std::string agency; ///< "" for the installation
    UtcMs at = 0;
    std::string actor; ///< "cli", "person", "device"
    AuditEvent event = AuditEvent::agency_added;
    std::string subject; ///< an id
};
Outcome keep_audit(Connection& connection, const AuditEntry& entry);

/// A row as it is kept: the event by its name, so that a row of another version can be shown too.
struct AuditRow {
    std::int64_t number = 0;
    std::string agency;
    UtcMs at = 0;
    std::string actor, event, subject;
};
/// Oldest first; `agency` "": all of them.
Outcome each_audit_row(Connection& connection, std::string_view agency,
                       const std::function<Outcome(const AuditRow&)>& each);

struct AuditState {
    std::int64_t rows = 0;         ///< in the chain
    std::int64_t before_chain = 0; ///< of versions that did not chain yet
    std::string head;              ///< digest of the last row, hex
};
/// damaged: a row that is not as it was written, or is missing.
Result<AuditState> check_audit(Connection& connection);

} // namespace vakant
