// config set, show, check: what an agency tells about itself.
#include <ostream>

#include "agency/cli/commands.h"
#include "core/profile/agency_profile.h"

namespace vakant {

Outcome config_set_command(const Invocation& invocation, const ConfigOptions& options) {
    auto text = read_input(invocation, options.file);
    if (!text.ok()) return invalid_input(text.error().detail);
    const auto answer = run_action(invocation, "config_set",
                                   Json::object({{"agency", options.agency}, {"text", std::move(*text)}}));
    if (!answer.ok()) return at(options.file, answer.error());
    if (invocation.json) invocation.out << answer->to_text() << "\n";
    if (!invocation.json)
        invocation.out << "offered to the kiosks of " << (*answer)["agency"].text() << ": "
                       << (*answer)["name"].text() << " " << (*answer)["version"].text() << "\n";
    return done();
}

Outcome config_show_command(const Invocation& invocation, const ConfigOptions& options) {
    VAKANT_TRY(profile, run_action(invocation, "config_show", Json::object({{"agency", options.agency}})));
    invocation.out << (invocation.json ? profile.to_text() : profile.to_indented_text()) << "\n";
    return done();
}

Outcome config_check_command(const Invocation& invocation, const ConfigOptions& options) {
    auto text = read_input(invocation, options.file);
    if (!text.ok()) return invalid_input(text.error().detail);
    const auto profile = agency_profile_from_text(*text);
    if (!profile.ok()) return at(options.file, profile.error());
    if (invocation.json)
        invocation.out << Json::object({{"name", profile->name}, {"version", profile->version}}).to_text()
                       << "\n";
    if (!invocation.json) invocation.out << options.file << ": nothing is wrong with it\n";
    return done();
}

} // namespace vakant
