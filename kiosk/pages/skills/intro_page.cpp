#include <algorithm>

#include "core/base/utf8.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/skills/skills_pages.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

constexpr std::size_t longest_practice = 200;

} // namespace

std::vector<Effect> SkillsIntroPage::enter(const PageContext& in) {
    for (std::size_t i = 0; i < in.facts.tests.size(); ++i) {
        if (same_language(in.facts.tests[i].test.language, in.language)) chosen_ = i;
    }
    return {};
}

void SkillsIntroPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    if (visit_.test_resumed) {
        view_interrupted(ui, in, out);
        return;
    }
    ui.heading("title", s.get("skills.intro.title"));
    if (problem_) ui.notice("problem", NoticeLook::error, error_text(s, *problem_));
    std::vector<ActionSpec> actions = {back_action(in)};
    if (chosen_ < in.facts.tests.size()) {
        const TypingTest& test = in.facts.tests[chosen_].test;
        const float weights[] = {1.0f, 1.0f};
        ui.begin_columns("about", weights);
        ui.text("what", s.get("skills.intro.what", {{"seconds", std::int64_t{test.seconds}}}));
        const std::string agency = in.facts.name_of_agency(in.facts.tests[chosen_].agency);
        if (!agency.empty()) {
            ui.text("recipient", s.get("skills.intro.recipient", {{"agency", isolated(agency)}}),
                    TextLook::secondary);
        }
        ui.next_column();
        std::vector<ChoiceSpec> choices;
        for (std::size_t i = 0; i < in.facts.tests.size(); ++i) {
            const TypingTest& each = in.facts.tests[i].test;
            choices.push_back(
                {"test." + each.id, language_name(each.language, in.language), i == chosen_, ""});
        }
        if (const auto pressed = ui.choice("language", s.get("skills.intro.language"), choices)) {
            out.push_back(intent::ChooseTest{*pressed});
        }
        ui.end_columns();
        ui.text("practice.help", s.get("skills.intro.practice"), TextLook::secondary);
        std::u32string keys;
        for (const Ui::Stroke& stroke :
             ui.typing_panel("practice", s.get("skills.intro.practice_name"), test.practice,
                             to_utf8(practised_), test.language, true)) {
            keys += stroke.code_point;
        }
        if (!keys.empty()) out.push_back(intent::PractiseKeys{std::move(keys)});
        actions.push_back(
            {"start", s.get("skills.intro.start"), ButtonLook::primary, Icon::forward, !starting_, true});
    } else {
        ui.notice("none", NoticeLook::hint, s.get("skills.intro.none"));
    }
    if (const auto pressed = ui.actions(actions)) {
        if (*pressed == 0) {
            out.push_back(intent::GoBack{});
        } else {
            out.push_back(intent::StartTest{});
        }
    }
}

void SkillsIntroPage::view_interrupted(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("skills.interrupted.title"));
    ui.text("what", s.get("skills.interrupted.what"));
    const std::vector<ActionSpec> actions = {
        {"drop", s.get("skills.interrupted.drop"), ButtonLook::danger, Icon::cross, true, false},
        {"continue", s.get("skills.interrupted.continue"), ButtonLook::primary, Icon::forward, true, true}};
    if (const auto pressed = ui.actions(actions)) {
        if (*pressed == 0) {
            out.push_back(intent::DropTest{});
        } else {
            out.push_back(intent::ContinueTest{});
        }
    }
}

std::vector<Effect> SkillsIntroPage::update(const Intent& intent, const PageContext& in) {
    return std::visit(Overload{[&](const intent::GoBack&) { return std::vector<Effect>{effect::GoBack{}}; },
                               [&](const intent::ChooseTest& it) {
                                   chosen_ = it.index;
                                   practised_.clear();
                                   return std::vector<Effect>{};
                               },
                               [&](const intent::PractiseKeys& it) {
                                   for (const char32_t key : it.keys) {
                                       if (key != 0 && practised_.size() < longest_practice)
                                           practised_ += key;
                                       if (key == 0 && !practised_.empty()) practised_.pop_back();
                                   }
                                   return std::vector<Effect>{};
                               },
                               [&](const intent::StartTest&) { return start(in); },
                               [&](const intent::ContinueTest&) {
                                   visit_.test =
                                       TypingSession::resumed(visit_.test->test(), visit_.test->keys(),
                                                              in.monotonic_ms, visit_.test->outage_ms());
                                   return std::vector<Effect>{effect::GoTo{PageId::skills_typing, {}, true}};
                               },
                               [&](const intent::DropTest&) {
                                   const std::string session = visit_.test_session;
                                   visit_.test.reset();
                                   visit_.test_resumed = false;
                                   return std::vector<Effect>{effect::ForgetTest{session}};
                               },
                               [&](const auto&) { return std::vector<Effect>{}; }},
                      intent);
}

std::vector<Effect> SkillsIntroPage::start(const PageContext& in) {
    if (starting_ || chosen_ >= in.facts.tests.size()) return {};
    problem_.reset();
    starting_ = true;
    return {effect::BeginTest{in.facts.tests[chosen_].test.source}};
}

std::vector<Effect> SkillsIntroPage::receive(const Event& event, const PageContext& in) {
    if (const auto* begun = std::get_if<event::TestBegun>(&event); begun && starting_) {
        starting_ = false;
        if (chosen_ >= in.facts.tests.size()) return {};
        visit_.test.emplace(in.facts.tests[chosen_].test);
        visit_.test_session = begun->session;
        visit_.test_agency = in.facts.tests[chosen_].agency;
        return {effect::GoTo{PageId::skills_typing, {}, true}};
    }
    if (const auto* lost = std::get_if<event::KeyLost>(&event); lost && starting_) {
        starting_ = false;
        problem_ = lost->kind;
    }
    if (chosen_ >= in.facts.tests.size()) chosen_ = 0;
    return {};
}

} // namespace vakant
