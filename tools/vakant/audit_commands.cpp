#include <iostream>
#include <memory>

#include "core/audit/audit.h"
#include "core/json/json.h"
#include "tools/vakant/commands.h"

namespace vakant::tool {
namespace {

Json events_list() {
    Json list = Json::array();
    for (const AuditEventWords& words : audit_events())
        list.push(Json::object({{"side", words.side == AuditSide::kiosk ? "kiosk" : "agency"},
                                {"event", words.name},
                                {"subject", words.subject},
                                {"means", words.meaning}}));
    return list;
}

} // namespace

void add_audit_commands(CLI::App& app, Ending&) {
    CLI::App* audit = app.add_subcommand("audit", "The audit of kiosks and agencies");
    audit->require_subcommand(1);
    CLI::App* events =
        audit->add_subcommand("events", "Print docs/audit-events.md: every event that an audit may name");
    const auto as_json = std::make_shared<bool>(false);
    events->add_flag("--json", *as_json, "A JSON list on one line instead of the page");
    events->callback(
        [as_json] { std::cout << (*as_json ? events_list().to_text() + "\n" : audit_events_page()); });
}

} // namespace vakant::tool
