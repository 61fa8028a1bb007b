// The keypad and the scanner: what a person without a finger on the screen asks of the kiosk.
#include <algorithm>

#include "kiosk/app/app.h"
#include "kiosk/pages/registration/slips.h"

namespace vakant {
namespace {
constexpr std::int64_t told_for_ms = 4'000; ///< "Volume 5 of 8" stays so long
}

bool App::takes_letters() const {
    const bool by_keys = ui_settings_.show_focus;
    return std::ranges::any_of(ui_.tree().nodes(), [by_keys](const SemanticNode& node) {
        if (node.role != Role::field) return false;
        if (node.focused) return true;
        // A running typing test takes every letter and space; its practice line does unless somebody goes
        // about by keys and stands elsewhere.
        return node.enabled && (node.key == "passage" || (node.key == "practice" && !by_keys));
    });
}

void App::press(const KeypadPress& pressed) {
    UiEvent event;
    event.at_ms = pressed.at_ms;
    if (const auto move = move_of(pressed.key)) {
        event.kind = UiEvent::Kind::move_focus;
        event.move = *move;
        return handle(event);
    }
    if (pressed.key == KeypadKey::select || pressed.key == KeypadKey::back) {
        event.kind = pressed.key == KeypadKey::select ? UiEvent::Kind::select : UiEvent::Kind::back;
        return handle(event);
    }
    parts_.voice.silence();
    note_act();
    keypad_.push_back(pressed.key);
}

bool App::respond_to_keypad() {
    const std::vector<KeypadKey> pressed = std::exchange(keypad_, {});
    for (const KeypadKey key : pressed)
        respond_to(key);
    return !pressed.empty();
}

void App::respond_to(KeypadKey key) {
    FrameIntent asked;
    switch (key) {
    case KeypadKey::help:
        asked.kind = FrameIntent::Kind::help;
        if (!has_dialog()) respond_to_frame(asked);
        return;
    case KeypadKey::listen:
        ui_settings_.show_focus = true;
        return listen(!listening_);
    case KeypadKey::repeat:
        ui_settings_.show_focus = true;
        if (!listening_ || !narrator_.repeat(parts_.voice)) listen(true);
        return;
    case KeypadKey::headset_in:
        has_headset_ = true;
        ui_settings_.show_focus = true;
        return listen(true);
    case KeypadKey::headset_out:
        has_headset_ = false;
        return listen(false);
    case KeypadKey::volume_up:
    case KeypadKey::volume_down:
        return change_speech(volume_, key == KeypadKey::volume_up ? 1 : -1, "speech.volume");
    case KeypadKey::rate_up:
    case KeypadKey::rate_down:
        return change_speech(rate_, key == KeypadKey::rate_up ? 1 : -1, "speech.rate");
    default:
        return; // moves, select and back are events of Ui
    }
}

/// On: from the beginning of the page. Where nothing can be read aloud in this language, that is written
/// instead, behind a question that stands there already; speech comes with the next language that has a
/// voice.
void App::listen(bool on) {
    const bool can = narrator_.can_speak(ui_settings_.language);
    if (on && !can && word_.empty()) word_ = "speech.no_voice";
    wants_speech_ = on;
    listening_ = on && can;
    narrator_.forget();
    parts_.voice.silence();
}

/// One step louder, quieter, faster or slower; said aloud and written where the status stands. Behind a
/// dialog it would not be read: there the last words come again, as they sound now.
void App::change_speech(int& step, int by, std::string_view word) {
    step = std::clamp(step + by, 0, speech_steps - 1);
    parts_.voice.set_volume(speech_volume(volume_));
    parts_.voice.set_rate(speech_rate(rate_));
    told_ = strings_.get(word, {{"step", std::int64_t{step + 1}}, {"count", std::int64_t{speech_steps}}});
    told_until_ms_ = parts_.clock.monotonic_ms() + told_for_ms;
    if (!listening_) return;
    const bool is_covered = ui_.tree().find("frame.brand") == nullptr;
    if (!is_covered || !narrator_.repeat(parts_.voice)) narrator_.say(told_, strings_, parts_.voice);
}

/// Whoever listens is there: the time without anybody begins when the speech has ended. But a voice that
/// never ends does not keep a person's answers on the screen.
void App::note_speech() {
    constexpr std::int64_t longest_speech_ms = 600'000;
    const std::int64_t now_ms = parts_.clock.monotonic_ms();
    const bool speaks = listening_ && parts_.voice.speaking();
    if (speaks && !was_speaking_) speech_began_ms_ = now_ms;
    if ((speaks || was_speaking_) && now_ms - speech_began_ms_ < longest_speech_ms) note_act();
    was_speaking_ = speaks;
}

/// Somebody is there. The warning stays until it is answered, but begins to count anew.
void App::note_act() {
    const std::int64_t since = parts_.clock.monotonic_ms() - (warns_idle_ ? settings_.idle_ms : 0);
    last_act_ms_ = std::max(last_act_ms_, since);
}

void App::reset_speech() {
    parts_.voice.silence();
    narrator_.forget();
    wants_speech_ = has_headset_;
    listening_ = has_headset_ && narrator_.can_speak(settings_.ui.language);
    volume_ = usual_volume_step;
    rate_ = usual_rate_step;
    parts_.voice.set_volume(speech_volume(volume_));
    parts_.voice.set_rate(speech_rate(rate_));
    told_.clear();
}

// ---- the scanner

void App::scanned(std::string_view code) {
    note_act();
    code_ = std::string(code);
}

bool App::respond_to_code() {
    if (!code_) return false;
    const std::string code = std::exchange(code_, std::nullopt).value_or("");
    if (!has_dialog()) word_ = open_slip(code);
    return true;
}

/// "" where the code's page stands open; else why not, as the word that is said about it.
std::string_view App::open_slip(std::string_view code) {
    const bool is_parked = holds_parking_code(code);
    if (!is_parked && !read_slip(code)) return "scan.unknown";
    if (page() == PageId::enrolment || !facts_.store_ready) return "scan.not_now";
    // Whoever is in the middle of something, or reads the number to take along, does not lose it to a code.
    const bool shows_number = page() == PageId::registration_thanks || page() == PageId::registration_parked;
    if (would_lose_answers() || shows_number || !visit_.test_session.empty()) return "scan.not_now";
    effect::StartOver open{is_parked ? PageId::registration_take_up : PageId::registration_withdraw};
    run(open);
    run(stack_.back()->update(intent::SetSlipText{"code", std::string(code)}, context()));
    if (is_parked) run(stack_.back()->update(intent::TakeUp{}, context()));
    return "";
}

} // namespace vakant
