#include "kiosk/pages/registration/registration_steps.h"

#include "core/base/utf8.h"
#include "kiosk/pages/registration/suggestions.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {

std::vector<std::size_t> visible_pages(const FormSession& answers) {
    std::vector<std::size_t> out;
    const std::vector<FormPage>& pages = answers.form().pages;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (answers.is_visible(pages[i])) out.push_back(i);
    }
    return out;
}

std::size_t step_count_of(const RegistrationPart& part) {
    return visible_pages(part.answers()).size() + (part.form().consents.empty() ? 0 : 1);
}

std::size_t step_count(const Visit& visit) {
    std::size_t steps = 1; // the review
    for (const RegistrationPart& part : visit.parts())
        steps += step_count_of(part);
    return steps;
}

void view_progress(Ui& ui, const PageContext& in, const Visit& visit, std::size_t part, std::size_t done) {
    const std::size_t total = step_count(visit);
    for (std::size_t before = 0; before < part; ++before)
        done += step_count_of(*visit.part(before));
    ui.progress("progress",
                in.strings.get("registration.step", {{"step", static_cast<std::int64_t>(done)},
                                                     {"total", static_cast<std::int64_t>(total)}}),
                static_cast<int>(done), static_cast<int>(total));
}

std::string address_in(const FormField& group, std::uint32_t entry, const FormField& field) {
    return group.id + "." + std::to_string(entry) + "." + field.id;
}

std::string answer_in_words(const FormSession& answers, const FormField& field, std::string_view address,
                            const PageContext& in) {
    const std::string none = in.strings.get("registration.not_answered");
    if (field.widget == Widget::fact) {
        const Json& value = answers.computed(address);
        if (value.is_null()) return none;
        return isolated(value.is_string() ? std::string(value.text()) : value.to_text());
    }
    if (field.is_choosing()) {
        std::string out;
        for (const std::string& value : answers.chosen(address)) {
            if (!out.empty()) out += in.strings.get("common.list_separator");
            out += choice_in_words(answers.form(), field, value, in);
        }
        return out.empty() ? none : out;
    }
    const std::string typed = answers.answer_for(address, in.language);
    const std::string_view value = trimmed(typed); // as it is sent
    if (value.empty()) return none;
    if (field.widget == Widget::yes_no) return in.strings.get(value == "true" ? "common.yes" : "common.no");
    return isolated(value);
}

std::string entry_in_words(const FormSession& answers, const FormField& group, std::uint32_t entry,
                           const PageContext& in) {
    std::string out;
    for (const FormField& field : group.fields) {
        const std::string address = address_in(group, entry, field);
        if (!answers.is_visible(address) || answers.answer(address).empty()) continue;
        if (!out.empty()) out += in.strings.get("common.list_separator");
        std::string words = answer_in_words(answers, field, address, in);
        if (field.widget == Widget::yes_no) { // "Yes" alone says nothing
            const std::string question(answers.form().text(field.label_key, in.language));
            words = in.strings.get("registration.entry.named", {{"question", question}, {"answer", words}});
        }
        out += words;
    }
    return out;
}

std::string recipient_in_words(const FormConsent& consent, const PageContext& in) {
    if (consent.recipient.empty()) return {};
    const Strings& s = in.strings;
    const std::string key = "registration.recipient." + consent.recipient_kind;
    if (!s.has(key)) return s.get("registration.consents.to", {{"recipient", isolated(consent.recipient)}});
    if (consent.recipient == "public-employment-service") // whichever serves where the person lives
        return s.get("registration.consents.to", {{"recipient", s.get(key)}});
    return s.get("registration.consents.to_named",
                 {{"recipient", isolated(consent.recipient)}, {"kind", s.get(key)}});
}

std::string names_of(const std::vector<std::string>& agencies, const PageContext& in) {
    std::string out;
    for (const std::string& id : agencies) {
        const std::string name = in.facts.name_of_agency(id);
        if (name.empty()) continue;
        if (!out.empty()) out += in.strings.get("common.list_separator");
        out += isolated(name);
    }
    return out;
}

bool is_written(Widget widget) {
    switch (widget) {
    case Widget::text:
    case Widget::name:
    case Widget::telephone:
    case Widget::email:
    case Widget::number:
    case Widget::date:
    case Widget::month:
    case Widget::long_text:
        return true;
    default:
        return false;
    }
}

void view_progress_and_hiding(Ui& ui, const PageContext& in, const Visit& visit, std::size_t part,
                              std::size_t done, std::vector<Intent>& out) {
    constexpr float usual[] = {3, 2}, in_one_line[] = {2, 3};
    ui.begin_columns("above", ui.shows_little() ? in_one_line : usual);
    view_progress(ui, in, visit, part, done);
    ui.next_column();
    if (ui.toggle("hide", in.strings.get("registration.hide"), ui.settings().hides_answers))
        out.push_back(intent::ChangeEase{.hides_answers = true});
    ui.end_columns();
}

TextLook look_of_help(const Ui& ui) {
    return ui.shows_little() ? TextLook::small : TextLook::secondary;
}

void view_purpose(Ui& ui, const PageContext& in, const Visit& visit,
                  const std::vector<std::string>& agencies) {
    const Strings& s = in.strings;
    if (visit.prompt.closed) {
        ui.notice("purpose", NoticeLook::warning, s.get("registration.closed"));
    } else if (visit.prompt.is_application) {
        ui.text("purpose", s.get("registration.applies_for", {{"title", isolated(visit.prompt.title)}}),
                TextLook::strong);
    } else if (!visit.prompt.vacancy.empty()) {
        ui.text("purpose", s.get("registration.prompted_by", {{"title", isolated(visit.prompt.title)}}),
                TextLook::strong);
    }
    const std::string names = names_of(agencies, in);
    if (!names.empty())
        ui.text("recipient", s.get("registration.recipient", {{"agency", names}}), TextLook::secondary);
}

void view_closed(Ui& ui, const PageContext& in, const Visit& visit) {
    if (visit.prompt.closed) ui.notice("closed", NoticeLook::warning, in.strings.get("registration.closed"));
}

std::string why_no_application(const Visit& visit, const PageContext& in) {
    const Prompt& prompt = visit.prompt;
    if (prompt.closed) return in.strings.get("registration.closed_thanks");
    if (prompt.vacancy.empty() || prompt.is_application) return {};
    return in.strings.get("registration.not_an_application", {{"employer", isolated(prompt.employer)}});
}

} // namespace vakant
