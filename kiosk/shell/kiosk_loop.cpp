#include "kiosk/shell/kiosk_loop.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "kiosk/shell/presenter.h"

namespace vakant {
namespace {
constexpr double frame_ms = 1000.0 / 60; ///< while something moves
}

/// By a person, one after the other; or by a scanner, as a whole.
void KioskLoop::take(ScannerWatch::Told told) {
    for (const TypedCharacter& typed : told.typed) {
        UiEvent event;
        event.kind = UiEvent::Kind::character;
        event.character = typed.character;
        event.at_ms = typed.at_ms + clock_.monotonic_offset_ms();
        app_.handle(event);
    }
    if (told.code) app_.scanned(*told.code);
}

/// What happened while the loop drew is told at its end: it may be as old as the frame.
std::int64_t KioskLoop::earliest_ms(const WindowEvent& event) const {
    constexpr std::int64_t moment_ms = 2; // from the end of a frame to the window's queue
    return event.at_ms - busy_until_ms_ <= moment_ms ? busy_from_ms_ : event.at_ms;
}

void KioskLoop::take(const WindowEvent& event) {
    using Kind = WindowEvent::Kind;
    if (event.kind != Kind::focus && event.kind != Kind::close && !input_at_ms_)
        input_at_ms_ = earliest_ms(event);
    if (event.kind == Kind::close) stopping_ = true;
    if (event.kind == Kind::resize)
        app_.resize(static_cast<float>(event.width), static_cast<float>(event.height));
    const bool ends_typing = event.kind == Kind::press || event.kind == Kind::focus;
    if (ends_typing) take(scanner_.pass(std::numeric_limits<std::int64_t>::max()));
    if (event.kind == Kind::key_press) {
        ScannerWatch::Told told = scanner_.key(event.key, event.at_ms);
        const bool took_key = told.took_key;
        take(std::move(told));
        if (took_key) return;
    }
    const Meant meant = map_.read(event, app_.takes_letters(), clock_.monotonic_offset_ms());
    if (const auto* pressed = std::get_if<KeypadPress>(&meant)) app_.press(*pressed);
    const auto* ui_event = std::get_if<UiEvent>(&meant);
    if (ui_event == nullptr) return;
    if (ui_event->kind == UiEvent::Kind::character) {
        take(scanner_.take({ui_event->character, event.at_ms, earliest_ms(event)}));
    } else {
        app_.handle(*ui_event);
    }
}

bool KioskLoop::take_window_events() {
    const std::vector<WindowEvent> events = window_.take_events();
    for (const WindowEvent& event : events)
        take(event);
    take(scanner_.pass(SystemClock().monotonic_ms()));
    busy_from_ms_ = SystemClock().monotonic_ms();
    return !events.empty();
}

/// From the input to its picture on the screen; none where the frame answers none.
std::optional<double> KioskLoop::waited_ms() {
    if (!measures_) return std::nullopt;
    window_.finish();
    const auto input = std::exchange(input_at_ms_, std::nullopt);
    if (!input) return std::nullopt;
    const std::chrono::duration<double, std::milli> now = std::chrono::steady_clock::now().time_since_epoch();
    return now.count() - static_cast<double>(*input);
}

void KioskLoop::show_frame() {
    shown_at_ = std::chrono::steady_clock::now();
    const double began = thread_cpu_ms();
    last_ = app_.frame();
    const double page_ms = thread_cpu_ms() - began;
    window_.show(*last_.draw);
    const FrameCost cost = window_.last_cost();
    const std::chrono::duration<double, std::milli> begun = shown_at_.time_since_epoch();
    figures_.add({begun.count(), page_ms, cost.draw_ms, cost.present_ms, waited_ms()});
    ++frames_;
}

std::optional<std::int64_t> KioskLoop::pause_ms(const ControlDesk* desk) const {
    if (last_.animating) {
        // From the beginning of the last frame: what it took to draw is part of its time on the screen.
        const std::chrono::duration<double, std::milli> since = std::chrono::steady_clock::now() - shown_at_;
        return static_cast<std::int64_t>(std::max(0.0, frame_ms - since.count()));
    }
    std::optional<std::int64_t> pause;
    if (last_.wake_at_ms) pause = std::max<std::int64_t>(0, *last_.wake_at_ms - clock_.monotonic_ms());
    if (const auto due = scanner_.due_ms()) {
        const std::int64_t until = std::max<std::int64_t>(0, *due - SystemClock().monotonic_ms());
        pause = std::min(pause.value_or(until), until);
    }
    if (desk && desk->somebody_waits()) {
        const std::int64_t until = *desk->next_deadline_ms() - SystemClock().monotonic_ms();
        pause = std::clamp<std::int64_t>(std::min(pause.value_or(until), until), 0, 50);
    }
    return pause;
}

void KioskLoop::run(ControlSocket* socket, ControlDesk* desk) {
    measures_ = socket != nullptr;
    while (!stopping_) {
        busy_until_ms_ = SystemClock().monotonic_ms();
        window_.wait_events(pause_ms(desk));
        const bool input = take_window_events();
        while (socket && desk) {
            auto request = socket->next();
            if (!request) break;
            desk->answer(std::move(*request));
        }
        show_frame();
        const bool rests = !input && !scanner_.due_ms() && !last_.animating && app_.settled();
        if (desk) desk->after_frame(rests && app_.takes_touches(), frames_);
    }
}

} // namespace vakant
