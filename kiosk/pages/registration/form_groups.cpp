// Questions that are answered as often as needed: each entry is a panel, one of them open at a time.
#include <algorithm>

#include "kiosk/pages/registration/form_page.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"

namespace vakant {

/// The one that was opened; at first the only one that there is, as long as nothing is answered in it.
std::uint32_t RegistrationFormPage::open_entry(const FormField& group) const {
    if (const auto found = open_.find(group.id); found != open_.end()) return found->second;
    const std::vector<std::uint32_t>& entries = answers().entries(group.id);
    if (entries.size() != 1) return 0;
    for (const FormField& field : group.fields) {
        if (!answers().answer(address_in(group, entries.front(), field)).empty()) return 0;
    }
    return entries.front();
}

void RegistrationFormPage::view_group(Ui& ui, const PageContext& in, const FormField& group,
                                      const std::vector<FormProblem>& problems,
                                      std::vector<Intent>& out) const {
    ui.subheading("group." + group.id, text(group.label_key, in));
    if (!group.help_key.empty())
        ui.text("group." + group.id + ".help", text(group.help_key, in), TextLook::secondary);
    if (const std::string error = problem_of(problems, group.id, in); !error.empty())
        ui.notice("group." + group.id + ".error", NoticeLook::error, error);
    const std::vector<std::uint32_t>& entries = answers().entries(group.id);
    for (const std::uint32_t entry : entries)
        view_entry(ui, in, group, entry, problems, out);
    const bool is_full = group.most_entries > 0 && entries.size() >= group.most_entries;
    if (is_full) {
        ui.text("group." + group.id + ".full", in.strings.get("registration.group.full"),
                TextLook::secondary);
    } else if (ui.button("add." + group.id, text(group.add_key, in), ButtonLook::secondary)) {
        out.push_back(intent::AddEntry{group.id});
    }
}

void RegistrationFormPage::view_entry(Ui& ui, const PageContext& in, const FormField& group,
                                      std::uint32_t entry, const std::vector<FormProblem>& problems,
                                      std::vector<Intent>& out) const {
    const std::vector<std::uint32_t>& entries = answers().entries(group.id);
    const auto place = static_cast<std::size_t>(std::ranges::find(entries, entry) - entries.begin()) + 1;
    const std::string name = answers().form().entry_text(group, place, in.language);
    const std::string key = group.id + "." + std::to_string(entry);
    ui.begin_panel("entry." + key, name);
    if (open_entry(group) == entry) {
        for (const FormField& field : group.fields) {
            const std::string address = address_in(group, entry, field);
            if (answers().is_visible(address))
                view_field(ui, in, {field, address, problem_of(problems, address, in)}, out);
        }
        if (ui.button("ready." + key, in.strings.get("registration.group.ready", {{"what", name}}),
                      ButtonLook::secondary, Icon::check))
            out.push_back(intent::OpenEntry{group.id, 0});
    } else {
        const std::string words = entry_in_words(answers(), group, entry, in);
        ui.private_text("entry." + key + ".words",
                        words.empty() ? in.strings.get("registration.group.empty") : words, TextLook::body,
                        ui.settings().hides_answers && !words.empty());
        if (ui.button("edit." + key, in.strings.get("registration.group.edit", {{"what", name}})))
            out.push_back(intent::OpenEntry{group.id, entry});
    }
    if (entries.size() > group.least_entries) {
        if (ui.button("remove." + key, in.strings.get("registration.group.remove", {{"what", name}}),
                      ButtonLook::quiet, Icon::cross))
            out.push_back(intent::RemoveEntry{group.id, entry});
    }
    ui.end_panel();
}

void RegistrationFormPage::add_entry(const std::string& group) {
    if (const auto entry = answers().add_entry(group)) open_[group] = *entry;
}

void RegistrationFormPage::remove_entry(const intent::RemoveEntry& what) {
    if (!answers().remove_entry(what.group, what.entry)) return;
    const std::string prefix = what.group + "." + std::to_string(what.entry) + ".";
    std::erase_if(typed_, [&](const auto& typed) { return typed.first.starts_with(prefix); });
    open_[what.group] = 0;
}

/// An entry with a problem in it is opened, so that nobody has to look for it.
void RegistrationFormPage::open_what_is_wrong(const std::vector<FormProblem>& problems) {
    for (const FormProblem& problem : problems) {
        const std::size_t dot = problem.field.find('.');
        if (dot == std::string::npos) continue;
        const std::string group = problem.field.substr(0, dot);
        const std::string entry = problem.field.substr(dot + 1, problem.field.find('.', dot + 1) - dot - 1);
        for (const std::uint32_t number : answers().entries(group)) {
            if (std::to_string(number) == entry) open_[group] = number;
        }
        return;
    }
}

} // namespace vakant
