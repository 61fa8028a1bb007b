#include "kiosk/pages/enrolment/enrolment_page.h"

#include "kiosk/pages/shown.h"

namespace vakant {

void EnrolmentPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("enrolment.title"));
    const EnrolmentStep step = in.facts.enrols_again.value_or(in.facts.enrolment);
    switch (step) {
    case EnrolmentStep::done: {
        std::string names;
        for (const AgencyFact& agency : in.facts.agencies)
            names += (names.empty() ? "" : ", ") + isolated(agency.name);
        ui.notice("done", NoticeLook::ok, s.get("enrolment.done", {{"agency", names}}));
        if (ui.button("go", s.get("enrolment.go"), ButtonLook::primary, Icon::forward))
            out.push_back(intent::Finish{});
        return;
    }
    case EnrolmentStep::comparing_words:
        view_words(ui, in, out);
        return;
    case EnrolmentStep::waiting_for_desk:
        view_code(ui, in);
        view_back(ui, in, out);
        return;
    case EnrolmentStep::none:
    case EnrolmentStep::unknown:
        break;
    }
    if (!in.facts.backend_named) {
        ui.state("state", StateLook::error, s.get("enrolment.no_backend"), "");
    } else if (in.facts.last_problem.empty()) {
        ui.state("state", StateLook::loading, s.get("enrolment.connecting"), "");
    } else {
        ui.state("state", StateLook::offline, s.get("enrolment.no_connection"), "");
    }
    view_back(ui, in, out);
}

/// To the staff page: it goes on being asked for without anybody looking.
void EnrolmentPage::view_back(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    if (!in.facts.enrols_again) return;
    const std::vector<ActionSpec> actions = {back_action(in)};
    if (ui.actions(actions)) out.push_back(intent::GoBack{});
}

void EnrolmentPage::view_code(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    ui.text("what", s.get("enrolment.code_help"));
    ui.big_number("code", s.get("enrolment.code"), in.facts.user_code);
    ui.text("state", s.get("enrolment.waiting"), TextLook::secondary);
}

void EnrolmentPage::view_words(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    std::string names;
    for (const std::string& name : in.facts.agencies_asked)
        names += (names.empty() ? "" : ", ") + isolated(name);
    ui.text("what", s.get("enrolment.words_help", {{"agency", names}}));
    std::string words;
    for (const std::string& word : in.facts.words)
        words += (words.empty() ? "" : "  ") + word;
    ui.big_number("words", s.get("enrolment.words"), isolated(words));
    if (answered_words_ == in.facts.words) {
        ui.notice("state", NoticeLook::hint,
                  s.get(said_same_ ? "enrolment.said_same" : "enrolment.said_other"));
        return;
    }
    const std::vector<ActionSpec> actions = {
        {"not_same", s.get("enrolment.not_same"), ButtonLook::danger, Icon::cross, true, false},
        {"same", s.get("enrolment.same"), ButtonLook::primary, Icon::check, true, true}};
    if (const auto pressed = ui.actions(actions)) out.push_back(intent::ConfirmWords{*pressed == 1});
}

std::vector<Effect> EnrolmentPage::update(const Intent& intent, const PageContext& in) {
    if (const auto* confirm = std::get_if<intent::ConfirmWords>(&intent)) {
        answered_words_ = in.facts.words;
        said_same_ = confirm->same;
        return {effect::ConfirmWords{confirm->same}};
    }
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (std::holds_alternative<intent::Finish>(intent)) return {effect::EndVisit{}};
    return {};
}

std::vector<Effect> EnrolmentPage::receive(const Event& event, const PageContext& in) {
    if (!std::holds_alternative<event::FactsChanged>(event)) return {};
    const EnrolmentStep step = in.facts.enrols_again.value_or(in.facts.enrolment);
    if (step != EnrolmentStep::comparing_words) answered_words_.clear();
    return {};
}

} // namespace vakant
