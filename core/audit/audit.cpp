#include "core/audit/audit.h"

#include <algorithm>

namespace vakant {

std::string_view name_of(AuditEvent event) {
    for (const AuditEventWords& words : audit_events())
        if (words.event == event) return words.name;
    return "";
}

const std::vector<AuditEventWords>& audit_events() {
    static const std::vector<AuditEventWords> events = {
#define AUDIT_EVENT(name, side, subject, meaning)                                                            \
    {AuditEvent::name, AuditSide::side, #name, subject, meaning},
#include "core/audit/events.inc"
#undef AUDIT_EVENT
    };
    return events;
}

std::string audit_events_page() {
    std::string page = "# Events of the audit\n\n"
                       "Made from `core/audit/events.inc` by `vakant audit events`. Rows can be added and "
                       "nothing else; each holds the digest of the one before; they name ids and nothing of "
                       "a person.\n";
    for (const AuditSide side : {AuditSide::kiosk, AuditSide::agency}) {
        page += side == AuditSide::kiosk ? "\n## On the kiosk\n\n" : "\n## At the agency\n\n";
        page += "| event | subject | means |\n|---|---|---|\n";
        for (const AuditEventWords& words : audit_events()) {
            if (words.side != side) continue;
            page += "| `" + std::string(words.name) + "` | " + std::string(words.subject) + " | " +
                    std::string(words.meaning) + " |\n";
        }
    }
    return page;
}

/// Texts with their length in front, so that no two rows have the same bytes.
Digest audit_digest(ByteView previous, std::int64_t number, UtcMs at,
                    std::initializer_list<std::string_view> texts) {
    std::string bytes = "vakant-audit/1;";
    const auto add = [&bytes](std::string_view part) {
        bytes += std::to_string(part.size()) + ":" + std::string(part);
    };
    add(as_text(previous));
    add(std::to_string(number));
    add(std::to_string(at));
    for (const std::string_view text : texts)
        add(text);
    return blake2b(as_bytes(bytes));
}

Outcome AuditCheck::next(std::int64_t number, UtcMs at, std::initializer_list<std::string_view> texts,
                         ByteView digest) {
    const std::int64_t expected = last_number_.value_or(0) + 1;
    const bool in_order = number == expected;
    last_number_ = number;
    if (in_order && digest.empty() && rows_ == 0) {
        ++before_;
        return done();
    }
    if (!in_order || !equal_in_constant_time(audit_digest(previous_, number, at, texts), digest))
        return Error{ErrorKind::damaged, "the audit chain breaks at row " + std::to_string(expected)};
    previous_ = Bytes(digest.begin(), digest.end());
    ++rows_;
    return done();
}

} // namespace vakant
