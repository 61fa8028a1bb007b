// occupations import, list, remove: the tables by which kiosks know occupations beside those that ship.
#include <ostream>

#include "agency/cli/commands.h"

namespace vakant {

namespace {

std::string line_of(const Json& table) {
    std::string names;
    for (const auto& [language, count] : table["names"].members())
        names += "  " + language + " " + count.to_text();
    return std::string(table["id"].text()) + "  " + table["occupations"].to_text() + " occupations  " +
           table["links"].to_text() + " links" + names;
}

} // namespace

Outcome occupations_import_command(const Invocation& invocation, const OccupationOptions& options) {
    VAKANT_TRY(text, spool_input(invocation, options.file));
    const auto answer = run_action(
        invocation, "occupations_import",
        Json::object(
            {{"agency", options.agency}, {"format", options.format}, {"language", options.language}}),
        &text);
    if (!answer.ok()) return at(options.file, answer.error());
    if (invocation.json) invocation.out << answer->to_text() << "\n";
    if (!invocation.json)
        invocation.out << "offered to the kiosks of " << (*answer)["agency"].text() << ": "
                       << line_of(*answer) << "\n";
    return done();
}

Outcome occupations_list_command(const Invocation& invocation, const OccupationOptions& options) {
    VAKANT_TRY(list, run_action(invocation, "occupations", Json::object({{"agency", options.agency}})));
    if (invocation.json) invocation.out << list.to_text() << "\n";
    if (!invocation.json)
        for (const Json& table : list.items())
            invocation.out << line_of(table) << "\n";
    return done();
}

Outcome occupations_remove_command(const Invocation& invocation, const OccupationOptions& options) {
    VAKANT_TRY(answer, run_action(invocation, "occupations_remove",
                                  Json::object({{"agency", options.agency}, {"id", options.id}})));
    if (invocation.json) invocation.out << answer.to_text() << "\n";
    if (!invocation.json) invocation.out << "removed " << options.id << "\n";
    return done();
}

} // namespace vakant
