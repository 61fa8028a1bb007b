#include <algorithm>

#include "core/base/utf8.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/skills/skills_pages.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

void apply(std::u32string& text, char32_t key) {
    if (key != 0) {
        text += key;
    } else if (!text.empty()) {
        text.pop_back();
    }
}

} // namespace

std::vector<Effect> SkillsTypingPage::enter(const PageContext&) {
    if (unkept_ > 0) return {}; // back from the help page while keys are still on their way
    shown_.clear();
    for (const TypedKey& key : visit_.test->keys())
        apply(shown_, key.code_point);
    return {};
}

bool SkillsTypingPage::is_over(const PageContext& in) const {
    return visit_.test->over(in.monotonic_ms);
}

void SkillsTypingPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const TypingSession& test = *visit_.test;
    ui.heading("title", s.get("skills.typing.title"));
    const std::int64_t left = test.started()
                                  ? std::max<std::int64_t>(0, test.remaining_ms(in.monotonic_ms) + 999) / 1000
                                  : test.test().seconds;
    if (test.started()) {
        ui.progress("time", s.get("skills.typing.left", {{"seconds", left}}),
                    test.test().seconds - static_cast<int>(left), test.test().seconds);
    } else {
        ui.text("time", s.get("skills.typing.waits"), TextLook::secondary);
    }
    if (problem_) ui.notice("problem", NoticeLook::error, s.get("skills.typing.not_kept"));
    const bool active = !ended_ && !problem_ && !is_over(in);
    intent::PressKeys pressed;
    for (const Ui::Stroke& stroke :
         ui.typing_panel("passage", s.get("skills.typing.passage"), test.test().passage, to_utf8(shown_),
                         test.test().language, active)) {
        pressed.keys.push_back({stroke.code_point, stroke.at_ms});
    }
    if (!pressed.keys.empty()) out.push_back(std::move(pressed));
    if (is_over(in) && !ended_ && !problem_) out.push_back(intent::EndTest{});
    const std::vector<ActionSpec> actions = {
        {"stop", s.get("skills.typing.stop"), ButtonLook::quiet, Icon::cross, true, false}};
    if (ui.actions(actions)) out.push_back(intent::DropTest{});
}

std::optional<std::int64_t> SkillsTypingPage::wake_at(const PageContext& in) const {
    if (!visit_.test || !visit_.test->started() || ended_ || problem_) return std::nullopt;
    const std::int64_t left = visit_.test->remaining_ms(in.monotonic_ms);
    return in.monotonic_ms + (left > 0 ? (left - 1) % 1000 + 1 : 0);
}

std::vector<Effect> SkillsTypingPage::update(const Intent& intent, const PageContext&) {
    if (const auto* keys = std::get_if<intent::PressKeys>(&intent)) return press(*keys);
    if (std::holds_alternative<intent::EndTest>(intent)) {
        ended_ = true;
        return unkept_ == 0 ? finish() : std::vector<Effect>{};
    }
    if (std::holds_alternative<intent::DropTest>(intent) || std::holds_alternative<intent::GoBack>(intent)) {
        const std::string session = visit_.test_session;
        return {effect::ForgetTest{session}, effect::GoBack{}};
    }
    return {};
}

std::vector<Effect> SkillsTypingPage::press(const intent::PressKeys& pressed) {
    std::vector<Effect> effects;
    if (ended_ || problem_) return effects;
    for (const intent::PressedKey& key : pressed.keys) {
        if (!visit_.test->press(key.code_point, key.at_ms)) continue;
        ++unkept_;
        effects.push_back(effect::KeepKey{visit_.test_session, visit_.test->keys().back(), key.at_ms});
    }
    return effects;
}

std::vector<Effect> SkillsTypingPage::finish() {
    return {effect::GoTo{PageId::skills_result, {}, true}};
}

std::vector<Effect> SkillsTypingPage::receive(const Event& event, const PageContext&) {
    if (const auto* kept = std::get_if<event::KeyKept>(&event);
        kept && kept->session == visit_.test_session) {
        apply(shown_, kept->key.code_point);
        if (unkept_ > 0) --unkept_;
        if (ended_ && unkept_ == 0) return finish();
    }
    if (const auto* lost = std::get_if<event::KeyLost>(&event);
        lost && lost->session == visit_.test_session) {
        problem_ = lost->kind;
    }
    return {};
}

} // namespace vakant
