#include "kiosk/pages/vacancies/report_page.h"

#include "kiosk/pages/shown.h"

namespace vakant {

void ReportPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("vacancies.report.title"));
    const bool can_send = vacancy_ && reason_ && !sending_ && !sent_;
    if (vacancy_) {
        const std::string title = isolated(vacancy_->text_for(in.language).title);
        ui.text("what", s.get("vacancies.report.what", {{"title", title}}));
    }
    if (problem_) ui.notice("problem", NoticeLook::error, error_text(s, *problem_));
    if (sent_) {
        ui.notice("sent", NoticeLook::ok, s.get("vacancies.report.sent"));
    } else {
        std::vector<ChoiceSpec> choices;
        for (std::size_t i = 0; i < report_reasons.size(); ++i) {
            const std::string reason(report_reasons[i]);
            choices.push_back(
                {"reason." + reason, s.get("vacancies.report.reason." + reason), reason_ == i, ""});
        }
        if (const auto pressed = ui.choice("reason", s.get("vacancies.report.question"), choices))
            out.push_back(intent::ChooseReason{*pressed});
    }
    std::vector<ActionSpec> actions = {back_action(in)};
    std::vector<Intent> intents = {intent::GoBack{}};
    if (!sent_) {
        actions.push_back(
            {"send", s.get("vacancies.report.send"), ButtonLook::primary, Icon::check, can_send, true});
        intents.push_back(intent::Send{});
    }
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

std::vector<Effect> ReportPage::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (const auto* chosen = std::get_if<intent::ChooseReason>(&intent)) reason_ = chosen->index;
    if (std::holds_alternative<intent::Send>(intent)) return send(in);
    return {};
}

std::vector<Effect> ReportPage::send(const PageContext& in) {
    if (!vacancy_ || !reason_ || sending_ || sent_) return {};
    problem_.reset();
    sending_ = true;
    effect::Finalise finalise;
    finalise.is_anonymous = true;
    finalise.submissions.push_back({vacancy_->agency, "",
                                    Json::object({{"kind", "report"},
                                                  {"vacancy", id_},
                                                  {"title", vacancy_->text_for(in.language).title},
                                                  {"reason", report_reasons[*reason_]},
                                                  {"language", in.language}})});
    return {std::move(finalise)};
}

std::vector<Effect> ReportPage::receive(const Event& event, const PageContext&) {
    if (const auto* loaded = std::get_if<event::VacancyLoaded>(&event); loaded && loaded->id == id_) {
        if (loaded->vacancy) vacancy_ = loaded->vacancy; // one that closes meanwhile can still be reported
    }
    if (!sending_) return {};
    if (std::holds_alternative<event::Finalised>(event)) {
        sending_ = false;
        sent_ = true;
    }
    if (const auto* failed = std::get_if<event::FinaliseFailed>(&event)) {
        sending_ = false;
        problem_ = failed->kind;
    }
    return {};
}

} // namespace vakant
