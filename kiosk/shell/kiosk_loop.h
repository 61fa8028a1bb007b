// The event loop: window events in, frames out, asleep in between. Used by main.cpp.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>

#include "core/base/message_queue.h"
#include "kiosk/app/app.h"
#include "kiosk/input/scanner.h"
#include "kiosk/shell/control.h"
#include "kiosk/shell/input_map.h"
#include "kiosk/shell/window.h"

namespace vakant {

class KioskLoop {
public:
    struct Keys {
        KeypadTable keypad = KeypadTable::usual();
        ScannerSettings scanner;
    };
    KioskLoop(App& app, Window& window, AdjustableClock& clock, Keys keys)
        : app_(app), window_(window), clock_(clock), map_(std::move(keys.keypad)),
          scanner_(std::move(keys.scanner)) {}

    /// One frame, shown. The first one comes before any store is opened.
    void show_frame();
    /// Until stop() or until the window is closed.
    void run(ControlSocket* socket, ControlDesk* desk);
    void stop() { stopping_ = true; } ///< any thread; wake the window afterwards
    const FrameFigures& figures() const { return figures_; }

private:
    bool take_window_events();
    void take(const WindowEvent& event);
    void take(ScannerWatch::Told told);
    std::int64_t earliest_ms(const WindowEvent& event) const;
    std::optional<double> waited_ms();
    std::optional<std::int64_t> pause_ms(const ControlDesk* desk) const;
    App& app_;
    Window& window_;
    AdjustableClock& clock_;
    InputMap map_;
    ScannerWatch scanner_;
    /// When the loop last had no eye for the window: what came meanwhile is told as if it came at the end.
    std::int64_t busy_from_ms_ = 0, busy_until_ms_ = 0;
    FrameFigures figures_;
    bool measures_ = false; ///< somebody asks for figures: each frame is waited for
    /// When the first of what the next frame answers may have happened, by the monotonic clock.
    std::optional<std::int64_t> input_at_ms_;
    App::Frame last_;
    std::int64_t frames_ = 0;
    std::chrono::steady_clock::time_point shown_at_{};
    std::atomic<bool> stopping_{false};
};

} // namespace vakant
