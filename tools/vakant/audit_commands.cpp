#include <iostream>

#include "core/audit/audit.h"
#include "tools/vakant/commands.h"

namespace vakant::tool {

void add_audit_commands(CLI::App& app, Ending&) {
    CLI::App* audit = app.add_subcommand("audit", "The audit of kiosks and agencies");
    audit->require_subcommand(1);
    audit->add_subcommand("events", "Print docs/audit-events.md: every event that an audit may name")
        ->callback([] { std::cout << audit_events_page(); });
}

} // namespace vakant::tool
