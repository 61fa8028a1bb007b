#include "kiosk/app/app.h"

#include <algorithm>

#include "kiosk/pages/dialogs.h"
#include "kiosk/pages/shown.h"

namespace vakant {
namespace {

constexpr int most_passes = 6; ///< views in one frame: a page that never settles must not hang the kiosk
constexpr std::int64_t minute_ms = 60'000;
constexpr float text_scales[] = {1.0f, 1.33f, 1.75f, 0.75f};

float next_scale(float scale) {
    for (std::size_t i = 0; i < std::size(text_scales); ++i) {
        if (text_scales[i] > scale - 0.01f && text_scales[i] < scale + 0.01f) {
            return text_scales[(i + 1) % std::size(text_scales)];
        }
    }
    return 1.0f;
}

Theme next_theme(Theme theme) {
    switch (theme) {
    case Theme::light:
        return Theme::high_contrast;
    case Theme::high_contrast:
        return Theme::dark;
    case Theme::dark:
        return Theme::light;
    }
    return Theme::light;
}

/// Somebody writes into a field of their own while what is said is heard by others, too: that is announced.
bool is_overheard(bool speaks_aloud, const SemanticTree& tree) {
    const bool is_private = std::ranges::any_of(
        tree.nodes(), [](const SemanticNode& node) { return node.role == Role::field && node.is_private; });
    return speaks_aloud && is_private && tree.find("keyboard") != nullptr;
}

} // namespace

Result<std::unique_ptr<App>> App::open(AppSettings settings, AppParts parts) {
    VAKANT_TRY(strings, Strings::load(settings.assets / "strings", settings.ui.language));
    VAKANT_TRY(languages, load_languages(settings.assets / "strings"));
    return std::unique_ptr<App>(
        new App(std::move(settings), parts, std::move(strings), std::move(languages)));
}

App::App(AppSettings settings, AppParts parts, Strings strings, std::vector<LanguageChoice> languages)
    : settings_(std::move(settings)), parts_(parts), languages_(std::move(languages)),
      strings_(std::move(strings)), ui_settings_(settings_.ui), ui_(parts.text), narrator_(settings_.assets) {
    facts_.backend_named = settings_.backend_named;
    facts_.program_version = settings_.program_version;
    facts_.asks_staff_code = !settings_.staff_code.empty();
    facts_.has_printer = settings_.has_printer;
    facts_.day = visit_.day = settings_.day;
    facts_.has_stick = settings_.has_stick;
    facts_.stands_at = settings_.stands_at;
    visit_began_ms_ = last_act_ms_ = parts_.clock.monotonic_ms();
    next_minute_ms_ = last_act_ms_ + minute_ms;
    Brand named;
    named.name = settings_.brand;
    show_brand(settings_.look.value_or(named));
    show_first_page();
}

App::~App() = default;

void App::attach(Workers& workers) {
    workers_ = &workers;
    enter_top();  // what the first page asked before anybody could answer
    read_board(); // the documents are read when the cache says that it is open
}

UtcMs App::now() const {
    if (kiosk_offset_ms_) return parts_.clock.monotonic_ms() + *kiosk_offset_ms_;
    return parts_.clock.wall_ms();
}

PageContext App::context() const {
    const UtcMs time = now();
    return {strings_,
            ui_settings_.language,
            time,
            parts_.clock.monotonic_ms(),
            offset_minutes_at(settings_.zone, time),
            facts_};
}

void App::resize(float width_px, float height_px) {
    ui_settings_.width_px = settings_.ui.width_px = width_px;
    ui_settings_.height_px = settings_.ui.height_px = height_px;
}

void App::clock_moved() {
    next_minute_ms_ = parts_.clock.monotonic_ms();
    post(job::Look{});
}

void App::handle(const UiEvent& event) {
    using Kind = UiEvent::Kind;
    const bool goes_by_keys = event.kind == Kind::move_focus || event.kind == Kind::select;
    const bool by_pointer = event.kind == Kind::press || event.kind == Kind::release ||
                            event.kind == Kind::pointer_move || event.kind == Kind::wheel;
    if (goes_by_keys) ui_settings_.show_focus = true;
    if (event.kind == Kind::press) ui_settings_.show_focus = false;
    if (event.kind == Kind::press || (!by_pointer && event.kind != Kind::activate)) parts_.voice.silence();
    if (event.kind != UiEvent::Kind::pointer_move) note_act();
    ui_.handle(event);
}

App::Frame App::frame() {
    tick();
    take_reports();
    Seen seen;
    for (int pass = 0; pass < most_passes; ++pass) {
        const bool warned = is_overheard(listening_ && speaks_aloud(), ui_.tree());
        seen = view();
        const bool opened = focus_first();
        const bool keyed = respond_to_keypad() || respond_to_code();
        const bool warns = is_overheard(listening_ && speaks_aloud(), ui_.tree());
        if (!respond(seen) && !opened && !keyed && warns == warned) break;
        take_reports();
    }
    if (listening_) {
        const std::string place = std::string(name_of(page())) + "/" + stack_.back()->part() +
                                  (warns_idle_ ? "/idle" : "") + (asks_leave_ ? "/leave" : "") +
                                  (word_.empty() ? "" : "/word");
        narrator_.tell({ui_.tree(), strings_, place, speaks_aloud()}, parts_.voice);
    }
    return {seen.result.draw, seen.result.animating, next_wake(seen.result), seen.result.page_height};
}

App::Seen App::view() {
    Seen seen;
    const PageContext in = context();
    const Page& page = *stack_.back();
    const bool warns = is_overheard(listening_ && speaks_aloud(), ui_.tree()); // in the last frame
    UiSettings shown = ui_settings_;
    shown.hides_answers = shown.hides_answers || warns_idle_; // whoever wrote them may have gone
    shown.is_left_alone = warns_idle_;
    ui_.begin_frame(shown, strings_, std::string(name_of(page.id())) + "/" + page.part(), in.monotonic_ms);
    FrameSpec frame;
    frame.brand = brand_.name;
    frame.logo = logo_;
    frame.languages = languages_;
    frame.show_bar = !page.stands_alone();
    frame.names_languages = page.stands_alone() || page.id() == PageId::home;
    const bool says_offline = facts_.enrolment == EnrolmentStep::done && !facts_.online;
    if (says_offline && !page.stands_alone()) frame.status_line = strings_.get("common.offline_line");
    if (warns) frame.status_line = strings_.get("speech.loudspeaker");
    if (in.monotonic_ms < told_until_ms_ && !told_.empty()) frame.status_line = told_;
    seen.frame = ui_.frame(frame);
    page.view(ui_, in, seen.intents);
    if (warns_idle_) {
        const std::int64_t left = settings_.idle_ms + settings_.idle_warning_ms - idle_for_ms();
        const auto answer =
            view_idle_warning(ui_, in, std::max<std::int64_t>(0, left + 999) / 1000, can_park());
        seen.idle = answer;
    } else if (asks_leave_) {
        seen.leave = view_leave_question(ui_, in, can_park());
    } else if (!word_.empty()) {
        seen.word_read = view_word(ui_, in, word_);
    }
    seen.result = ui_.end_frame();
    return seen;
}

bool App::focus_first() {
    const std::string wanted = std::exchange(wanted_focus_, {});
    if (wanted.empty()) return false;
    ui_.set_focus(wanted);
    return true;
}

bool App::respond(const Seen& seen) {
    if (seen.idle || seen.leave) {
        const DialogAnswer answer = seen.idle.value_or(seen.leave.value_or(DialogAnswer::stay));
        warns_idle_ = asks_leave_ = false;
        last_act_ms_ = parts_.clock.monotonic_ms();
        if (answer == DialogAnswer::leave) seen.idle ? end_visit() : go_home();
        if (answer == DialogAnswer::park) {
            effect::ParkForm park;
            run(park);
        }
        return true;
    }
    if (has_dialog()) {
        if (!seen.result.back_pressed && !seen.word_read) return false;
        const bool asks =
            warns_idle_ || asks_leave_; // Back answers both with "stay"; a word waits behind them
        warns_idle_ = asks_leave_ = false;
        if (!asks) word_ = {};
        last_act_ms_ = parts_.clock.monotonic_ms();
        return true;
    }
    if (respond_to_frame(seen.frame)) return true;
    if (seen.result.tapped_beside && page() == PageId::attract) return begin_visit();
    const Page* asked = stack_.back().get();
    for (const Intent& intent : seen.intents) {
        if (stack_.back().get() != asked) break; // the page that was asked is gone
        run(stack_.back()->update(intent, context()));
    }
    if (seen.intents.empty() && seen.result.back_pressed) respond_to_back();
    left_.clear();
    return !seen.intents.empty() || seen.result.back_pressed;
}

bool App::respond_to_frame(const FrameIntent& intent) {
    switch (intent.kind) {
    case FrameIntent::Kind::none:
        return false;
    case FrameIntent::Kind::home:
        if (would_lose_answers()) {
            asks_leave_ = true;
        } else {
            go_home();
        }
        return true;
    case FrameIntent::Kind::help:
        if (page() != PageId::help) push(PageId::help, {});
        return true;
    case FrameIntent::Kind::listen:
        listen(!listening_);
        return true;
    case FrameIntent::Kind::contrast:
        ui_settings_.theme = next_theme(ui_settings_.theme);
        return true;
    case FrameIntent::Kind::text_size:
        ui_settings_.text_scale = next_scale(ui_settings_.text_scale);
        return true;
    case FrameIntent::Kind::language:
        show_language(intent.language);
        if (page() == PageId::attract) begin_visit();
        return true;
    case FrameIntent::Kind::reach:
        ui_settings_.reach = !ui_settings_.reach;
        return true;
    }
    return false;
}

bool App::begin_visit() {
    effect::StartOver home{PageId::home};
    run(home);
    return true;
}

void App::respond_to_back() {
    if (stack_.size() > 1 || page() == PageId::registration_form) {
        run(stack_.back()->update(intent::GoBack{}, context()));
    }
}

std::optional<std::int64_t> App::next_wake(const Ui::FrameResult& result) const {
    std::optional<std::int64_t> wake = result.wake_at_ms;
    const auto also = [&wake](std::int64_t at) { wake = std::min(wake.value_or(at), at); };
    if (const auto at = stack_.back()->wake_at(context())) also(*at);
    also(next_minute_ms_);
    if (parts_.clock.monotonic_ms() < told_until_ms_) also(told_until_ms_);
    if (is_resting()) {
        if (was_used_at_rest()) also(last_act_ms_ + settings_.idle_ms);
    } else {
        const std::int64_t warning_at = last_act_ms_ + settings_.idle_ms;
        const std::int64_t now_ms = parts_.clock.monotonic_ms();
        also(warns_idle_ ? now_ms + 1000 - (now_ms - warning_at) % 1000 : warning_at);
    }
    return wake;
}

void App::tick() {
    note_speech();
    check_idle();
    check_prompt();
    const std::int64_t now_ms = parts_.clock.monotonic_ms();
    if (now_ms < next_minute_ms_) return;
    next_minute_ms_ = now_ms + minute_ms;
    if (minutes_++ % 10 == 0) post(job::Sweep{now()});
    if (facts_.store_problem) post(job::Look{});
    read_board(); // expiry goes by the clock, not by the agency
}

} // namespace vakant
