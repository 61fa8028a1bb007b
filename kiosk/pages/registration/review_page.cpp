#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {

void ReviewPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const FormSession& answers = *visit_.answers();
    view_progress(ui, in, answers, step_count(answers));
    ui.heading("title", s.get("registration.review.title"));
    view_purpose(ui, in, visit_);
    if (problem_)
        ui.notice("problem", NoticeLook::error,
                  error_text(s, *problem_) + " " + s.get("registration.kept_here"));
    if (incomplete_) ui.notice("incomplete", NoticeLook::error, s.get("registration.review.incomplete"));
    if (sending_) ui.notice("sending", NoticeLook::hint, s.get("registration.review.sending"));
    view_answers(ui, in, out);
    ActionSpec back = back_action(in);
    back.enabled = !sending_;
    const std::vector<ActionSpec> actions = {
        back, {"send", s.get("registration.review.send"), ButtonLook::primary, Icon::check, !sending_, true}};
    if (const auto pressed = ui.actions(actions)) {
        if (*pressed == 0) {
            out.push_back(intent::GoBack{});
        } else {
            out.push_back(intent::Send{});
        }
    }
}

void ReviewPage::view_answers(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const FormSession& answers = *visit_.answers();
    const FormDefinition& form = answers.form();
    for (const std::size_t step : visible_pages(answers)) {
        const FormPage& page = form.pages[step];
        std::vector<Fact> facts;
        for (const FormField& field : page.fields) {
            if (!answers.is_visible(field)) continue;
            facts.push_back({"answer." + field.id, std::string(form.text(field.label_key, in.language)),
                             answer_in_words(answers, field, in), Icon::none});
        }
        const std::string title(form.text(page.title_key, in.language));
        ui.begin_panel("page." + page.id, title);
        ui.facts("answers." + page.id, facts);
        if (ui.button("change." + page.id, s.get("registration.review.change", {{"what", title}}),
                      ButtonLook::secondary, Icon::none, !sending_)) {
            out.push_back(intent::ChangeStep{step});
        }
        ui.end_panel();
    }
    if (form.consents.empty()) return;
    ui.begin_panel("page.consents", s.get("registration.consents.title"));
    std::vector<Fact> facts;
    for (const FormConsent& consent : form.consents) {
        facts.push_back({"consent." + consent.purpose, std::string(form.text(consent.text_key, in.language)),
                         s.get(answers.consent(consent.purpose).value_or(false) ? "common.yes" : "common.no"),
                         Icon::none});
    }
    ui.facts("consents", facts);
    if (ui.button("change.consents",
                  s.get("registration.review.change", {{"what", s.get("registration.consents.title")}}),
                  ButtonLook::secondary, Icon::none, !sending_)) {
        out.push_back(intent::GoBack{});
    }
    ui.end_panel();
}

std::vector<Effect> ReviewPage::update(const Intent& intent, const PageContext& in) {
    if (sending_ || !visit_.answers()) return {};
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (const auto* change = std::get_if<intent::ChangeStep>(&intent)) {
        return {effect::GoTo{
            PageId::registration_form, {.vacancy = "", .step = change->step, .from_review = true}, false}};
    }
    if (std::holds_alternative<intent::Send>(intent)) return send(in);
    return {};
}

std::vector<Effect> ReviewPage::send(const PageContext& in) {
    problem_.reset();
    FormSession& answers = *visit_.answers();
    incomplete_ = !answers.problems().empty();
    if (incomplete_) return {};
    Result<Json> payload = answers.submission(in.language, "", "");
    if (!payload.ok() || visit_.agencies.empty()) {
        problem_ = payload.ok() ? ErrorKind::unavailable : payload.error().kind;
        return {};
    }
    effect::Finalise finalise;
    for (const std::string& agency : visit_.agencies) {
        finalise.submissions.push_back({agency, answers.form().digest, *payload});
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
        visit_.reference_agencies = visit_.agencies;
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
