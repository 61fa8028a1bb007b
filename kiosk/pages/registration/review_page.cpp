#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

/// Keys of the first part have no number: most people fill in one form.
std::string numbered(std::size_t part, const std::string& key) {
    return part == 0 ? key : std::to_string(part) + "." + key;
}

} // namespace

void ReviewPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    if (visit_.parts().empty()) return;
    const Strings& s = in.strings;
    const FormDefinition& form = visit_.parts().front().form();
    view_progress_and_hiding(ui, in, visit_, 0, step_count(visit_), out);
    const std::string_view title = form.text(form.review_title_key, in.language);
    ui.heading("title", title.empty() ? s.get("registration.review.title") : title);
    if (const std::string_view help = form.text(form.review_help_key, in.language); !help.empty())
        ui.text("help", help, TextLook::secondary);
    view_purpose(ui, in, visit_, visit_.agencies());
    if (problem_)
        ui.notice("problem", NoticeLook::error,
                  error_text(s, *problem_) + " " + s.get("registration.kept_here"));
    if (incomplete_) ui.notice("incomplete", NoticeLook::error, s.get("registration.review.incomplete"));
    if (sending_) ui.notice("sending", NoticeLook::hint, s.get("registration.review.sending"));
    for (std::size_t part = 0; part < visit_.parts().size(); ++part) {
        if (visit_.parts().size() > 1)
            ui.subheading(numbered(part, "part"), names_of(visit_.part(part)->agencies(), in));
        view_answers(ui, in, part, out);
        view_consents(ui, in, part, out);
    }
    ActionSpec back = back_action(in);
    back.enabled = !sending_;
    const std::vector<ActionSpec> actions = {
        back,
        {"park", s.get("registration.park"), ButtonLook::quiet, Icon::none, !sending_, false},
        {"send", s.get("registration.review.send"), ButtonLook::primary, Icon::check, !sending_, true}};
    const Intent intents[] = {intent::GoBack{}, intent::Park{}, intent::Send{}};
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

void ReviewPage::view_answers(Ui& ui, const PageContext& in, std::size_t part,
                              std::vector<Intent>& out) const {
    const FormSession& answers = visit_.part(part)->answers();
    const FormDefinition& form = answers.form();
    const bool hides = ui.settings().hides_answers;
    for (const std::size_t step : visible_pages(answers)) {
        const FormPage& page = form.pages[step];
        std::vector<Fact> facts;
        for (const FormField& item : page.fields) {
            if (!answers.is_visible(item)) continue;
            if (!item.is_group()) {
                facts.push_back({"answer." + item.id, std::string(form.text(item.label_key, in.language)),
                                 answer_in_words(answers, item, item.id, in), Icon::none,
                                 !answers.answer(item.id).empty(),
                                 hides && is_written(item.widget) && !answers.answer(item.id).empty()});
                continue;
            }
            std::size_t place = 0;
            for (const std::uint32_t entry : answers.entries(item.id)) {
                std::string words = entry_in_words(answers, item, entry, in);
                if (words.empty()) continue; // neither sent nor counted
                ++place;
                facts.push_back({"answer." + item.id + "." + std::to_string(entry),
                                 form.entry_text(item, place, in.language), std::move(words), Icon::none,
                                 true, hides});
            }
            if (facts.empty() || !facts.back().key.starts_with("answer." + item.id))
                facts.push_back({"answer." + item.id, std::string(form.text(item.label_key, in.language)),
                                 in.strings.get("registration.not_answered"), Icon::none});
        }
        const std::string title(form.text(page.title_key, in.language));
        const std::string key = numbered(part, page.id);
        ui.begin_panel("page." + key, title);
        ui.facts("answers." + key, facts);
        if (ui.button("change." + key, in.strings.get("registration.review.change", {{"what", title}}),
                      ButtonLook::secondary, Icon::none, !sending_))
            out.push_back(intent::ChangeStep{part, step});
        ui.end_panel();
    }
}

void ReviewPage::view_consents(Ui& ui, const PageContext& in, std::size_t part,
                               std::vector<Intent>& out) const {
    const RegistrationPart& it = *visit_.part(part);
    const FormDefinition& form = it.form();
    if (form.consents.empty()) return;
    const Strings& s = in.strings;
    const std::string title = s.get("registration.consents.title");
    ui.begin_panel(numbered(part, "page.consents"), title);
    const std::size_t agencies = std::max<std::size_t>(1, it.agencies().size());
    for (std::size_t agency = 0; agency < agencies; ++agency) {
        const std::string number = agency == 0 ? "" : "." + std::to_string(agency);
        if (agencies > 1)
            ui.text(numbered(part, "consents_of" + number), in.facts.name_of_agency(it.agencies()[agency]),
                    TextLook::strong);
        std::vector<Fact> facts;
        for (const FormConsent& consent : form.consents) {
            std::string words(form.text(consent.text_key, in.language));
            if (const std::string to = recipient_in_words(consent, in); !to.empty()) words += " " + to;
            facts.push_back({"consent." + consent.purpose, std::move(words),
                             s.get(it.consent(agency, consent) ? "common.yes" : "common.no"), Icon::none});
        }
        ui.facts(numbered(part, "consents" + number), facts);
    }
    if (ui.button(numbered(part, "change.consents"), s.get("registration.review.change", {{"what", title}}),
                  ButtonLook::secondary, Icon::none, !sending_))
        out.push_back(intent::ChangeConsents{part});
    ui.end_panel();
}

std::vector<Effect> ReviewPage::update(const Intent& intent, const PageContext& in) {
    if (sending_ || visit_.parts().empty()) return {};
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (std::holds_alternative<intent::Park>(intent)) return {effect::ParkForm{}};
    if (std::holds_alternative<intent::ChangeEase>(intent))
        return {effect::ChangeEase{.hides_answers = true}};
    if (const auto* change = std::get_if<intent::ChangeStep>(&intent)) {
        return {effect::GoTo{PageId::registration_form,
                             {.vacancy = "", .part = change->part, .step = change->step, .from_review = true},
                             false}};
    }
    if (const auto* change = std::get_if<intent::ChangeConsents>(&intent)) {
        return {effect::GoTo{PageId::registration_consents,
                             {.vacancy = "", .part = change->part, .from_review = true},
                             false}};
    }
    if (std::holds_alternative<intent::Send>(intent)) return send(in);
    return {};
}

/// One submission for each agency, each with its own consents.
std::vector<Effect> ReviewPage::send(const PageContext& in) {
    problem_.reset();
    incomplete_ = false;
    effect::Finalise finalise;
    for (RegistrationPart& part : visit_.parts()) {
        incomplete_ = incomplete_ || !part.answers().problems().empty();
        for (std::size_t agency = 0; agency < part.agencies().size() && !incomplete_; ++agency) {
            Result<Json> payload = part.submission(agency, in.language);
            if (!payload.ok()) {
                problem_ = payload.error().kind;
                return {};
            }
            finalise.submissions.push_back(
                {part.agencies()[agency], part.form().digest, std::move(*payload)});
        }
    }
    if (incomplete_) return {};
    if (finalise.submissions.empty()) {
        problem_ = ErrorKind::unavailable;
        return {};
    }
    if (!visit_.registered)
        finalise.reference = visit_.reference; // a test taken before goes by the same number
    sending_ = true;
    return {std::move(finalise)};
}

std::vector<Effect> ReviewPage::receive(const Event& event, const PageContext&) {
    if (!sending_) return {};
    if (const auto* kept = std::get_if<event::Finalised>(&event)) {
        visit_.reference = kept->reference;
        visit_.reference_code = kept->code;
        visit_.reference_agencies = visit_.agencies();
        visit_.sent_forms = visit_.as_sent();
        visit_.registered = true;
        visit_.forget_answers();
        return {effect::StartOver{PageId::registration_thanks}};
    }
    if (const auto* failed = std::get_if<event::FinaliseFailed>(&event)) {
        sending_ = false;
        problem_ = failed->kind;
    }
    return {};
}

} // namespace vakant
