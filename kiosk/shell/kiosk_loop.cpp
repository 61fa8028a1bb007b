#include "kiosk/shell/kiosk_loop.h"

#include <algorithm>

#include "kiosk/shell/input_map.h"
#include "kiosk/shell/presenter.h"

namespace vakant {
namespace {
constexpr double frame_ms = 1000.0 / 60; ///< while something moves
}

/// In a field; in a running typing test always, since there every letter and space counts; and in its
/// practice line unless somebody goes about by keys and stands elsewhere.
bool KioskLoop::writes() const {
    const auto& nodes = app_.tree().nodes();
    const bool by_keys = app_.ui_settings().show_focus;
    return std::ranges::any_of(nodes, [by_keys](const SemanticNode& node) {
        if (node.role != Role::field) return false;
        if (node.focused) return true;
        return node.enabled && (node.key == "passage" || (node.key == "practice" && !by_keys));
    });
}

bool KioskLoop::take_window_events() {
    bool any = false;
    for (const WindowEvent& event : window_.take_events()) {
        any = true;
        if (event.kind == WindowEvent::Kind::close) stopping_ = true;
        if (event.kind == WindowEvent::Kind::resize) {
            app_.resize(static_cast<float>(event.width), static_cast<float>(event.height));
        }
        if (const auto ui_event = ui_event_of(event, writes(), clock_.monotonic_offset_ms()))
            app_.handle(*ui_event);
    }
    return any;
}

void KioskLoop::show_frame() {
    shown_at_ = std::chrono::steady_clock::now();
    const double began = thread_cpu_ms();
    last_ = app_.frame();
    const double page_ms = thread_cpu_ms() - began;
    window_.show(*last_.draw);
    const FrameCost cost = window_.last_cost();
    figures_.add(page_ms, cost.draw_ms, cost.present_ms);
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
    if (desk && desk->somebody_waits()) {
        const std::int64_t until = *desk->next_deadline_ms() - SystemClock().monotonic_ms();
        pause = std::clamp<std::int64_t>(std::min(pause.value_or(until), until), 0, 50);
    }
    return pause;
}

void KioskLoop::run(ControlSocket* socket, ControlDesk* desk) {
    while (!stopping_) {
        window_.wait_events(pause_ms(desk));
        const bool input = take_window_events();
        while (socket && desk) {
            auto request = socket->next();
            if (!request) break;
            desk->answer(std::move(*request));
        }
        show_frame();
        if (desk) desk->after_frame(!input && !last_.animating && app_.settled(), frames_);
    }
}

} // namespace vakant
