#include <cmath>

#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/skills/skills_pages.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

double one_decimal(double value) {
    return std::round(value * 10) / 10;
}

std::string agency_of_result(const Visit& visit, const PageContext& in) {
    if (!visit.test_agency.empty()) return visit.test_agency;
    return in.facts.agencies.empty() ? "" : in.facts.agencies.front().id;
}

} // namespace

std::vector<Effect> SkillsResultPage::enter(const PageContext& in) {
    return keeping_ == Keeping::not_yet ? send(in) : std::vector<Effect>{};
}

std::vector<Effect> SkillsResultPage::send(const PageContext& in) {
    std::vector<std::string> agencies = visit_.reference_agencies;
    if (agencies.empty()) agencies.push_back(agency_of_result(visit_, in));
    if (agencies.front().empty()) {
        keeping_ = Keeping::failed;
        problem_ = ErrorKind::unavailable;
        return {};
    }
    effect::Finalise finalise;
    for (const std::string& agency : agencies) {
        finalise.submissions.push_back(
            {agency, visit_.test->test().digest, typing_result_to_json(*visit_.test)});
    }
    finalise.reference = visit_.reference;
    finalise.ends_session = visit_.test_session;
    keeping_ = Keeping::asked;
    return {std::move(finalise)};
}

void SkillsResultPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const TypingMetrics metrics = visit_.test->metrics();
    ui.heading("title", s.get("skills.result.title"));
    const std::vector<Fact> facts = {
        {"speed", s.get("skills.result.speed"),
         s.get("skills.result.speed_value", {{"speed", one_decimal(metrics.gross_wpm)}}), Icon::clock},
        {"accuracy", s.get("skills.result.accuracy"),
         s.get("skills.result.accuracy_value",
               {{"percent", one_decimal(100 - metrics.uncorrected_error_rate)}}),
         Icon::check}};
    const float weights[] = {1.4f, 1.0f};
    ui.begin_columns("result", weights);
    ui.begin_panel("figures.panel", "");
    ui.facts("figures", facts);
    ui.end_panel();
    ui.next_column();
    if (keeping_ == Keeping::kept) {
        ui.big_number("reference", s.get("registration.thanks.reference"), visit_.reference);
    }
    ui.end_columns();
    view_keeping(ui, in, out);
    ui.text("meaning", s.get("skills.result.meaning"), TextLook::secondary);
    std::vector<ActionSpec> actions;
    std::vector<Intent> intents;
    actions.push_back({"home", s.get("skills.result.home"), ButtonLook::secondary, Icon::home, true, false});
    intents.push_back(intent::OpenPage{PageId::home});
    actions.push_back({"finish", s.get("common.finish"), ButtonLook::primary, Icon::check,
                       keeping_ != Keeping::asked, true});
    intents.push_back(intent::Finish{});
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

void SkillsResultPage::view_keeping(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    switch (keeping_) {
    case Keeping::kept:
        ui.notice("kept", NoticeLook::ok,
                  s.get("skills.result.kept", {{"agency", names_of(visit_.reference_agencies, in)}}));
        break;
    case Keeping::failed:
        ui.notice("kept", NoticeLook::error, error_text(s, problem_) + " " + s.get("skills.result.not_kept"));
        if (ui.button("again", s.get("skills.result.again"))) out.push_back(intent::Send{});
        break;
    case Keeping::not_yet:
    case Keeping::asked:
        ui.notice("kept", NoticeLook::hint, s.get("skills.result.keeping"));
        break;
    }
}

std::vector<Effect> SkillsResultPage::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::Finish>(intent)) return {effect::EndVisit{}};
    if (std::holds_alternative<intent::OpenPage>(intent)) return {effect::StartOver{PageId::home}};
    if (std::holds_alternative<intent::Send>(intent) && keeping_ == Keeping::failed) return send(in);
    return {};
}

std::vector<Effect> SkillsResultPage::receive(const Event& event, const PageContext& in) {
    if (keeping_ != Keeping::asked) return {};
    if (const auto* kept = std::get_if<event::Finalised>(&event)) {
        visit_.reference = kept->reference;
        if (visit_.reference_agencies.empty())
            visit_.reference_agencies.push_back(agency_of_result(visit_, in));
        keeping_ = Keeping::kept;
    }
    if (const auto* failed = std::get_if<event::FinaliseFailed>(&event)) {
        keeping_ = Keeping::failed;
        problem_ = failed->kind;
    }
    return {};
}

} // namespace vakant
