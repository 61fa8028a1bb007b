// forms set, list, show, remove: an agency's own registration forms.
#include <ostream>

#include "agency/cli/commands.h"

namespace vakant {

namespace {

std::string line_of(const Json& form) {
    return std::string(form["id"].text()) + " " + std::string(form["version"].text()) + "  " +
           (form["own"].bool_or(false) ? "the agency's own" : "as shipped");
}

} // namespace

Outcome forms_set_command(const Invocation& invocation, const FormOptions& options) {
    auto text = read_input(invocation, options.file);
    if (!text.ok()) return invalid_input(text.error().detail);
    const auto answer = run_action(invocation, "form_set",
                                   Json::object({{"agency", options.agency}, {"text", std::move(*text)}}));
    if (!answer.ok()) return at(options.file, answer.error());
    if (invocation.json) {
        invocation.out << answer->to_text() << "\n";
        return done();
    }
    invocation.out << "offered to the kiosks of " << (*answer)["agency"].text() << ": " << line_of(*answer)
                   << "\n";
    for (const Json& one : (*answer)["look_at"].items())
        invocation.out << "look at " << one.text() << "\n";
    return done();
}

Outcome forms_list_command(const Invocation& invocation, const FormOptions& options) {
    VAKANT_TRY(list, run_action(invocation, "forms", Json::object({{"agency", options.agency}})));
    if (invocation.json) invocation.out << list.to_text() << "\n";
    if (!invocation.json)
        for (const Json& form : list.items())
            invocation.out << line_of(form) << "\n";
    return done();
}

Outcome forms_show_command(const Invocation& invocation, const FormOptions& options) {
    VAKANT_TRY(form, run_action(invocation, "form_show",
                                Json::object({{"agency", options.agency}, {"id", options.id}})));
    invocation.out << (invocation.json ? form.to_text() : form.to_indented_text()) << "\n";
    return done();
}

Outcome forms_remove_command(const Invocation& invocation, const FormOptions& options) {
    VAKANT_TRY(answer, run_action(invocation, "form_remove",
                                  Json::object({{"agency", options.agency}, {"id", options.id}})));
    if (invocation.json) invocation.out << answer.to_text() << "\n";
    if (!invocation.json) invocation.out << "removed " << options.id << "\n";
    return done();
}

} // namespace vakant
