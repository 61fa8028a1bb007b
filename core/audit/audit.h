// The audit on both sides: what happened to which id, each row holding the digest of the one before, so that
// a row that was changed or taken out shows. Ids only; never a word of a person. Where the rows are kept is
// the business of sync (the outbox) and agency/store.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/crypto/crypto.h"

namespace vakant {

enum class AuditEvent {
#define AUDIT_EVENT(name, side, subject, meaning) name,
#include "core/audit/events.inc"
#undef AUDIT_EVENT
};
std::string_view name_of(AuditEvent event);

enum class AuditSide { kiosk, agency };
struct AuditEventWords {
    AuditEvent event;
    AuditSide side;
    std::string_view name, subject, meaning;
};
/// All of them, in the order of events.inc.
const std::vector<AuditEventWords>& audit_events();
/// docs/audit-events.md.
std::string audit_events_page();

/// The digest of a row: over the digest of the row before it (empty for the first), its number, time and
/// texts.
Digest audit_digest(ByteView previous, std::int64_t number, UtcMs at,
                    std::initializer_list<std::string_view> texts);

/// Follows a chain row by row, from the first on.
class AuditCheck {
public:
    /// damaged: not as it was written, or a row before it is missing. A row without a digest is of a time
    /// before the chain began: it may stand before the first that has one, and nowhere else.
    Outcome next(std::int64_t number, UtcMs at, std::initializer_list<std::string_view> texts,
                 ByteView digest);
    std::int64_t rows() const { return rows_; }            ///< with a digest
    std::int64_t before_chain() const { return before_; }  ///< without one
    std::string head() const { return to_hex(previous_); } ///< digest of the last row, "" where there is none

private:
    Bytes previous_;
    std::optional<std::int64_t> last_number_;
    std::int64_t rows_ = 0, before_ = 0;
};

} // namespace vakant
