#include "kiosk/shell/window.h"

#include <cstdlib>
#include <utility>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "core/base/clock.h"
#include "kiosk/shell/presenter.h"

namespace vakant {
namespace {

/// What GLFW last complained of. It knows only a global callback.
std::string& last_complaint() {
    static std::string text;
    return text;
}

Error window_error(std::string_view what) {
    return {ErrorKind::unavailable, std::string(what) + ": " + last_complaint()};
}

struct NamedKey {
    int key;
    std::string_view name;
};
constexpr NamedKey named_keys[] = {{GLFW_KEY_ENTER, "enter"},
                                   {GLFW_KEY_KP_ENTER, "kp_enter"},
                                   {GLFW_KEY_ESCAPE, "escape"},
                                   {GLFW_KEY_TAB, "tab"},
                                   {GLFW_KEY_BACKSPACE, "backspace"},
                                   {GLFW_KEY_DELETE, "delete"},
                                   {GLFW_KEY_INSERT, "insert"},
                                   {GLFW_KEY_SPACE, "space"},
                                   {GLFW_KEY_LEFT, "left"},
                                   {GLFW_KEY_RIGHT, "right"},
                                   {GLFW_KEY_UP, "up"},
                                   {GLFW_KEY_DOWN, "down"},
                                   {GLFW_KEY_HOME, "home"},
                                   {GLFW_KEY_END, "end"},
                                   {GLFW_KEY_PAGE_UP, "page_up"},
                                   {GLFW_KEY_PAGE_DOWN, "page_down"},
                                   {GLFW_KEY_MENU, "menu"},
                                   {GLFW_KEY_PAUSE, "pause"},
                                   {GLFW_KEY_PRINT_SCREEN, "print_screen"},
                                   {GLFW_KEY_KP_ADD, "kp_add"},
                                   {GLFW_KEY_KP_SUBTRACT, "kp_subtract"},
                                   {GLFW_KEY_KP_MULTIPLY, "kp_multiply"},
                                   {GLFW_KEY_KP_DIVIDE, "kp_divide"},
                                   {GLFW_KEY_KP_DECIMAL, "kp_decimal"}};

/// As kiosk/input/keypad.h names keys.
std::string name_of_key(int key, int scancode) {
    const auto one_of = [key](int first, int last) { return key >= first && key <= last; };
    if (one_of(GLFW_KEY_A, GLFW_KEY_Z)) return {static_cast<char>('a' + key - GLFW_KEY_A)};
    if (one_of(GLFW_KEY_0, GLFW_KEY_9)) return {static_cast<char>('0' + key - GLFW_KEY_0)};
    if (one_of(GLFW_KEY_F1, GLFW_KEY_F24)) return "f" + std::to_string(key - GLFW_KEY_F1 + 1);
    if (one_of(GLFW_KEY_KP_0, GLFW_KEY_KP_9)) return "kp_" + std::to_string(key - GLFW_KEY_KP_0);
    for (const NamedKey& named : named_keys) {
        if (named.key == key) return std::string(named.name);
    }
    return key == GLFW_KEY_UNKNOWN ? "code_" + std::to_string(scancode) : std::string();
}

class GlfwWindow final : public Window {
public:
    GlfwWindow() = default;
    ~GlfwWindow() override {
        presenter_.reset();
        if (window_ != nullptr) glfwDestroyWindow(window_);
        glfwTerminate();
    }
    GlfwWindow(const GlfwWindow&) = delete;
    GlfwWindow& operator=(const GlfwWindow&) = delete;

    Outcome open(const WindowOptions& options);

    int width() const override { return width_; }
    int height() const override { return height_; }
    std::optional<ScreenSize> told_size() const override {
        if (full_screen_on_ < 0) return std::nullopt;
        return size_in_edid(monitor_edid(full_screen_on_));
    }
    void wait_events(std::optional<std::int64_t> timeout_ms) override;
    void wake() override { glfwPostEmptyEvent(); }
    std::vector<WindowEvent> take_events() override { return std::exchange(events_, {}); }
    void show(const DrawFrame& frame) override { presenter_->show(frame); }
    void finish() override { presenter_->finish(); }
    FrameCost last_cost() const override { return presenter_->last_cost(); }

private:
    Outcome create(const WindowOptions& options);
    void listen();
    void listen_to_keys();
    static GlfwWindow& of(GLFWwindow* window) {
        return *static_cast<GlfwWindow*>(glfwGetWindowUserPointer(window));
    }
    /// A new event with the time and the last place of the pointer.
    WindowEvent& add(WindowEvent::Kind kind) {
        WindowEvent event;
        event.kind = kind;
        event.at_ms = SystemClock().monotonic_ms();
        event.x = pointer_x_;
        event.y = pointer_y_;
        return events_.emplace_back(event);
    }
    void resized(int width, int height);

    GLFWwindow* window_ = nullptr;
    std::unique_ptr<Presenter> presenter_;
    std::vector<WindowEvent> events_;
    int full_screen_on_ = -1; ///< monitor, -1 in a window
    int width_ = 0;
    int height_ = 0;
    float pointer_x_ = 0;
    float pointer_y_ = 0;
};

Outcome GlfwWindow::open(const WindowOptions& options) {
    glfwSetErrorCallback([](int, const char* text) { last_complaint() = text; });
    const std::string compose = options.compose_file.empty() ? "/dev/null" : options.compose_file.string();
    setenv("XCOMPOSEFILE", compose.c_str(), 0);
    if (glfwInit() == GLFW_FALSE) return window_error("no window system");
    VAKANT_CHECK(create(options));
    if (options.hide_pointer) glfwSetInputMode(window_, GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
    glfwGetFramebufferSize(window_, &width_, &height_);
    auto presenter = options.renderer == Renderer::cpu ? present_by_x11(window_, width_, height_)
                                                       : present_by_opengl(window_, width_, height_);
    if (!presenter.ok()) return presenter.error();
    presenter_ = std::move(presenter).value();
    listen();
    listen_to_keys();
    return done();
}

Outcome GlfwWindow::create(const WindowOptions& options) {
    if (options.renderer == Renderer::cpu) {
        glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
    } else {
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        // Depth and stencil are not used; they cost memory on small GPUs.
        glfwWindowHint(GLFW_DEPTH_BITS, 0);
        glfwWindowHint(GLFW_STENCIL_BITS, 0);
    }
    glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
    glfwWindowHint(GLFW_CENTER_CURSOR, GLFW_FALSE);
    GLFWmonitor* monitor = nullptr;
    WindowOptions::Size size = options.windowed.value_or(WindowOptions::Size{});
    if (!options.windowed.has_value()) {
        int count = 0;
        GLFWmonitor** monitors = glfwGetMonitors(&count);
        if (options.monitor < 0 || options.monitor >= count) {
            return not_found("monitor " + std::to_string(options.monitor) + " of " + std::to_string(count));
        }
        monitor = monitors[options.monitor];
        full_screen_on_ = options.monitor;
        const GLFWvidmode* mode = glfwGetVideoMode(monitor);
        size = {mode->width, mode->height};
    }
    window_ = glfwCreateWindow(size.width, size.height, options.title.c_str(), monitor, nullptr);
    if (window_ == nullptr) return window_error("no window");
    return done();
}

void GlfwWindow::listen() {
    glfwSetWindowUserPointer(window_, this);
    double x = 0;
    double y = 0;
    glfwGetCursorPos(window_, &x, &y);
    pointer_x_ = static_cast<float>(x);
    pointer_y_ = static_cast<float>(y);
    glfwSetMouseButtonCallback(window_, [](GLFWwindow* window, int button, int action, int) {
        if (button != GLFW_MOUSE_BUTTON_LEFT) return;
        // Where the last movement told, not where the pointer is by now: a fast hand is already elsewhere.
        of(window).add(action == GLFW_PRESS ? WindowEvent::Kind::press : WindowEvent::Kind::release);
    });
    glfwSetCursorPosCallback(window_, [](GLFWwindow* window, double x, double y) {
        of(window).pointer_x_ = static_cast<float>(x);
        of(window).pointer_y_ = static_cast<float>(y);
        of(window).add(WindowEvent::Kind::move);
    });
    glfwSetScrollCallback(window_, [](GLFWwindow* window, double, double lines) {
        of(window).add(WindowEvent::Kind::wheel).lines = static_cast<float>(lines);
    });
    glfwSetFramebufferSizeCallback(
        window_, [](GLFWwindow* window, int width, int height) { of(window).resized(width, height); });
    glfwSetWindowRefreshCallback(window_, [](GLFWwindow* window) { of(window).presenter_->show_again(); });
    glfwSetWindowCloseCallback(window_, [](GLFWwindow* window) { of(window).add(WindowEvent::Kind::close); });
    glfwSetWindowFocusCallback(window_, [](GLFWwindow* window, int focused) {
        of(window).add(WindowEvent::Kind::focus).focused = focused == GLFW_TRUE;
    });
}

void GlfwWindow::listen_to_keys() {
    glfwSetKeyCallback(window_, [](GLFWwindow* window, int key, int scancode, int action, int modifiers) {
        WindowEvent& event = of(window).add(action == GLFW_RELEASE ? WindowEvent::Kind::key_release
                                                                   : WindowEvent::Kind::key_press);
        event.key = name_of_key(key, scancode);
        event.repeated = action == GLFW_REPEAT;
        event.with_shift = (modifiers & GLFW_MOD_SHIFT) != 0;
        event.with_control = (modifiers & GLFW_MOD_CONTROL) != 0;
    });
    glfwSetCharCallback(window_, [](GLFWwindow* window, unsigned character) {
        of(window).add(WindowEvent::Kind::character).character = character;
    });
}

void GlfwWindow::resized(int width, int height) {
    if (width <= 0 || height <= 0 || (width == width_ && height == height_)) return;
    width_ = width;
    height_ = height;
    presenter_->resize(width, height).ignore("the pixels' format was accepted at the start");
    WindowEvent& event = add(WindowEvent::Kind::resize);
    event.width = width;
    event.height = height;
}

void GlfwWindow::wait_events(std::optional<std::int64_t> timeout_ms) {
    if (!timeout_ms.has_value()) {
        glfwWaitEvents();
    } else if (*timeout_ms <= 0) {
        glfwPollEvents();
    } else {
        glfwWaitEventsTimeout(static_cast<double>(*timeout_ms) / 1000);
    }
}

} // namespace

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
    auto window = std::make_unique<GlfwWindow>();
    VAKANT_CHECK(window->open(options));
    return std::unique_ptr<Window>(std::move(window));
}

} // namespace vakant
