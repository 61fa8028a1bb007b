#include "agency/devices/device_audit.h"

namespace vakant {

namespace {

constexpr std::int64_t told_for_ms = std::int64_t{30} * 24 * 3'600'000;
constexpr std::int64_t most_unconfirmed = 30; ///< one a minute

Json mark_of(const Json& figures) {
    return Json::object(
        {{"rows", figures["audit_rows"].integer_or(0)}, {"head", figures["audit_head"].text()}});
}

/// A store of before kept the last figures alone.
Json known_before(const Json& before) {
    if (before["audit_known"].is_object()) return before["audit_known"];
    return before["audit_rows"].is_number() ? mark_of(before) : Json();
}

} // namespace

std::optional<AuditEvent> follow_audit(const Json& before, Json& figures, const Json& confirms, UtcMs now) {
    const Json known = known_before(before);
    figures.set("audit_broken_at", before["audit_broken_at"]);
    figures.set("audit_unconfirmed", 0);
    figures.set("audit_known", known);
    if (!figures["audit_rows"].is_number()) return std::nullopt; // its store cannot be read just now
    const Json newest = mark_of(figures);
    const std::int64_t rows = newest["rows"].integer_or(0);
    const std::int64_t known_rows = known["rows"].integer_or(0);
    const std::string_view known_head = known["head"].text();
    const bool said = confirms.is_object() && confirms["rows"].integer_or(-1) == known_rows;
    if (known.is_object() && rows > known_rows && !said) {
        // Right after its start a kiosk does not know what is known of it: the next one has to say.
        figures.set("audit_unconfirmed", before["audit_unconfirmed"].integer_or(0) + 1);
        return std::nullopt;
    }
    figures.set("audit_known", newest);
    if (!known.is_object()) return std::nullopt;
    std::optional<AuditEvent> broken;
    if (rows < known_rows) broken = AuditEvent::device_audit_shorter;
    const std::string_view there = rows == known_rows ? newest["head"].text() : confirms["digest"].text();
    if (rows >= known_rows && there != known_head) broken = AuditEvent::device_audit_rewritten;
    if (broken) figures.set("audit_broken_at", now);
    return broken;
}

bool audit_is_doubtful(const Json& figures, UtcMs heard_at) {
    const Json& broken_at = figures["audit_broken_at"];
    if (broken_at.is_number() && heard_at - broken_at.integer_or(0) < told_for_ms) return true;
    return figures["audit_unconfirmed"].integer_or(0) >= most_unconfirmed;
}

} // namespace vakant
