// Brings frames to the window. Two ways: the CPU rasteriser through shared memory, and OpenGL. Only
// kiosk/shell includes this.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "kiosk/shell/window.h"

struct GLFWwindow;

namespace vakant {

class Presenter {
public:
    virtual ~Presenter() = default;
    virtual Outcome resize(int width, int height) = 0;
    virtual void show(const DrawFrame& frame) = 0;
    /// The window system lost what was shown.
    virtual void show_again() = 0;
    virtual FrameCost last_cost() const = 0;
    virtual void finish() = 0; ///< waits until what was shown stands on the screen
};

/// XShm, or XPutImage where the server shares no memory with us. For a window without a client API.
Result<std::unique_ptr<Presenter>> present_by_x11(GLFWwindow* window, int width, int height);
/// ImGui's OpenGL 3 back end. The window has an OpenGL context. Nothing of OpenGL is loaded without this
/// call.
Result<std::unique_ptr<Presenter>> present_by_opengl(GLFWwindow* window, int width, int height);

/// The EDID of a monitor, counted as GLFW counts them; empty where there is none.
std::vector<std::uint8_t> monitor_edid(int monitor);

/// Processor time of this thread.
double thread_cpu_ms();

} // namespace vakant
