// Whether a kiosk's audit, of which only length and last digest come with each heartbeat, goes on from the
// one that it had. Only agency/devices includes it.
#pragma once

#include <optional>

#include "core/audit/audit.h"
#include "core/json/json.h"

namespace vakant {

/// Writes into the figures of the newest heartbeat what is known now ("audit_known"), from what was known
/// with the one before. The event where it does not go on: shorter, or with another digest at a row that was
/// known.
std::optional<AuditEvent> follow_audit(const Json& before, Json& figures, const Json& confirms, UtcMs now);

/// It broke within the last thirty days, or the kiosk has not confirmed it for half an hour of heartbeats.
bool audit_is_doubtful(const Json& figures, UtcMs heard_at);

} // namespace vakant
