// The kiosk's window: its size, what a person does to it, and the frame that it shows. One thread, but for
// wake(). Used by main.cpp and by the test that holds the renderers against each other; the only part of the
// kiosk that knows GLFW, X11 and OpenGL, so that a console without X can take its place.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "kiosk/shell/display_size.h"
#include "kiosk/ui/draw_frame.h"

namespace vakant {

enum class Renderer { cpu, gl };

struct WindowOptions {
    Renderer renderer = Renderer::cpu;
    /// None: full screen on `monitor` (0 is the first).
    struct Size {
        int width = 1280;
        int height = 800;
    };
    std::optional<Size> windowed;
    int monitor = 0;
    bool hide_pointer = true;
    std::string title;
    /// Dead keys of a keyboard that is plugged in (assets/input/compose). Reading the system's table of 5,000
    /// combinations would cost a third of the time to the first frame. Missing: dead keys give nothing.
    std::filesystem::path compose_file;
};

struct WindowEvent {
    enum class Kind {
        press,     ///< of a finger or the first mouse button, at x, y
        release,   ///
        move,      ///
        wheel,     ///< lines up (positive) or down, in `lines`
        key_press, ///< key, with_shift, with_control, repeated
        key_release,
        character, ///< what the key wrote, by the keyboard's layout
        focus,     ///< focused: the window has or lost the keyboard
        resize,    ///< width, height
        close,     ///< the window system asks the program to end
    };
    Kind kind = Kind::move;
    std::int64_t at_ms = 0; ///< monotonic, as SystemClock counts
    float x = 0, y = 0;     ///< pixels from the top left
    float lines = 0;
    /// By its place on a keyboard, as kiosk/input names keys: "enter", "f1", "kp_8", "a", "space"; "code_123"
    /// for keys of keypads and switches that have no name; "" where a key writes and does nothing else.
    std::string key;
    bool with_shift = false, with_control = false, repeated = false;
    char32_t character = 0;
    bool focused = false;
    int width = 0, height = 0;
};

/// What the last frame cost.
struct FrameCost {
    double draw_ms = 0;    ///< processor time of this thread for turning draw lists into pixels
    double present_ms = 0; ///< and for handing them to the window system
};

class Window {
public:
    /// Sets XCOMPOSEFILE for this process where nobody did: before other threads start.
    static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
    virtual ~Window() = default;

    virtual int width() const = 0; ///< in pixels
    virtual int height() const = 0;
    /// What the monitor tells of itself (EDID, by XRandR); none in a window, and where it tells nothing.
    virtual std::optional<ScreenSize> told_size() const = 0;

    /// Sleeps until something happens, wake() is called or the time is over (none: for ever).
    virtual void wait_events(std::optional<std::int64_t> timeout_ms) = 0;
    /// Makes wait_events return. Any thread.
    virtual void wake() = 0;
    /// What happened since the last call, in order.
    virtual std::vector<WindowEvent> take_events() = 0;

    /// Draws and shows a frame: on the CPU only what changed since the last one.
    virtual void show(const DrawFrame& frame) = 0;
    virtual FrameCost last_cost() const = 0;
    /// Waits until the window system has done what the last frame asked of it: for measuring.
    virtual void finish() = 0;
};

} // namespace vakant
