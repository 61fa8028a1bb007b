// Frames drawn by the CPU into memory that the X server reads. The connection is one of its own, so that the
// events that say "I have read it" never meet GLFW's event loop.
#include <cstdint>
#include <ctime>

#include <algorithm>
#include <thread>
#include <vector>

#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>

#define GLFW_INCLUDE_NONE
#define GLFW_EXPOSE_NATIVE_X11
#include <GLFW/glfw3.h>
#include <GLFW/glfw3native.h>

#include "kiosk/raster/raster.h"
#include "kiosk/shell/presenter.h"

namespace vakant {
namespace {

// One request each; beyond this their bounding box is cheaper to send.
constexpr std::size_t most_rectangles = 24;

/// Xlib ends the program at an error unless a handler is set, and knows only global ones. Attaching memory is
/// the one request that may fail (a server on another machine).
class AttachTrap {
public:
    explicit AttachTrap(Display* display) : display_(display) {
        failed_ = false;
        before_ = XSetErrorHandler([](Display*, XErrorEvent*) {
            failed_ = true;
            return 0;
        });
    }
    ~AttachTrap() { XSetErrorHandler(before_); }
    AttachTrap(const AttachTrap&) = delete;
    AttachTrap& operator=(const AttachTrap&) = delete;
    bool failed() const {
        XSync(display_, False);
        return failed_;
    }

private:
    static inline bool failed_ = false;
    Display* display_;
    XErrorHandler before_ = nullptr;
};

/// The picture that is drawn into and sent: in shared memory where possible.
class SentImage {
public:
    SentImage(Display* display, int width, int height) : display_(display) {
        if (!create_shared(width, height)) create_plain(width, height);
    }
    ~SentImage() {
        if (touching_.joinable()) touching_.join();
        if (is_shared_) {
            XShmDetach(display_, &segment_);
            XSync(display_, False);
            shmdt(segment_.shmaddr);
        }
        if (image_ != nullptr) {
            image_->data = nullptr;
            XDestroyImage(image_);
        }
    }
    SentImage(const SentImage&) = delete;
    SentImage& operator=(const SentImage&) = delete;

    bool is_shared() const { return is_shared_; }
    XImage* get() const { return image_; }
    bool has_known_pixels() const {
        return image_ != nullptr && image_->bits_per_pixel == 32 && image_->red_mask == 0xFF0000 &&
               image_->green_mask == 0xFF00 && image_->blue_mask == 0xFF && image_->byte_order == LSBFirst;
    }
    Framebuffer framebuffer() const {
        return {reinterpret_cast<std::uint32_t*>(image_->data), image_->width, image_->height,
                image_->bytes_per_line / 4};
    }

private:
    bool create_shared(int width, int height);
    void create_plain(int width, int height);

    Display* display_;
    XImage* image_ = nullptr;
    XShmSegmentInfo segment_{};
    std::vector<std::uint32_t> plain_;
    bool is_shared_ = false;
    std::thread touching_;
};

bool SentImage::create_shared(int width, int height) {
    if (XShmQueryExtension(display_) == False) return false;
    const int screen = DefaultScreen(display_);
    image_ = XShmCreateImage(display_, DefaultVisual(display_, screen),
                             static_cast<unsigned>(DefaultDepth(display_, screen)), ZPixmap, nullptr,
                             &segment_, static_cast<unsigned>(width), static_cast<unsigned>(height));
    if (image_ == nullptr) return false;
    const std::size_t bytes =
        static_cast<std::size_t>(image_->bytes_per_line) * static_cast<std::size_t>(height);
    segment_.shmid = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
    void* memory = segment_.shmid >= 0 ? shmat(segment_.shmid, nullptr, 0) : nullptr;
    constexpr std::intptr_t refused = -1; // how shmat says so
    if (memory != nullptr && reinterpret_cast<std::intptr_t>(memory) != refused) {
        // All pages at once, while the first page is made: touched one by one as they are drawn on, their
        // faults are the greater part of the first frame.
        touching_ = std::thread([memory, bytes] { madvise(memory, bytes, MADV_POPULATE_WRITE); });
        segment_.shmaddr = image_->data = static_cast<char*>(memory);
        const AttachTrap trap(display_);
        is_shared_ = XShmAttach(display_, &segment_) != 0 && !trap.failed();
        if (!is_shared_) {
            touching_.join();
            shmdt(memory);
        }
    }
    // Goes away with the last of the two that use it, also at a crash.
    if (segment_.shmid >= 0) shmctl(segment_.shmid, IPC_RMID, nullptr);
    if (!is_shared_) {
        image_->data = nullptr;
        XDestroyImage(image_);
        image_ = nullptr;
    }
    return is_shared_;
}

void SentImage::create_plain(int width, int height) {
    plain_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const int screen = DefaultScreen(display_);
    image_ = XCreateImage(display_, DefaultVisual(display_, screen),
                          static_cast<unsigned>(DefaultDepth(display_, screen)), ZPixmap, 0,
                          reinterpret_cast<char*>(plain_.data()), static_cast<unsigned>(width),
                          static_cast<unsigned>(height), 32, 0);
}

class X11Presenter final : public Presenter {
public:
    X11Presenter(Display* display, ::Window window)
        : display_(display), window_(window), context_(XCreateGC(display, window, 0, nullptr)),
          read_event_(XShmGetEventBase(display) + ShmCompletion) {}
    ~X11Presenter() override {
        wait_until_read();
        image_.reset();
        XFreeGC(display_, context_);
        XCloseDisplay(display_);
    }
    X11Presenter(const X11Presenter&) = delete;
    X11Presenter& operator=(const X11Presenter&) = delete;

    Outcome resize(int width, int height) override;
    void show(const DrawFrame& frame) override;
    void show_again() override {
        const Framebuffer whole = image_->framebuffer();
        wait_until_read();
        send({{0, 0, whole.width, whole.height}});
    }
    FrameCost last_cost() const override { return cost_; }
    void finish() override { XSync(display_, False); }

private:
    void wait_until_read();
    void send(std::vector<PixelRect> damage);

    Display* display_;
    ::Window window_;
    GC context_;
    int read_event_;
    bool is_being_read_ = false;
    std::unique_ptr<SentImage> image_;
    Raster raster_;
    FrameCost cost_;
};

Outcome X11Presenter::resize(int width, int height) {
    wait_until_read();
    image_.reset();
    image_ = std::make_unique<SentImage>(display_, std::max(width, 1), std::max(height, 1));
    if (!image_->has_known_pixels()) {
        return Error{ErrorKind::unsupported,
                     "the X server's pixels are not 8 bits each of red, green and blue"};
    }
    raster_.set_target(image_->framebuffer());
    return done();
}

void X11Presenter::show(const DrawFrame& frame) {
    const double before = thread_cpu_ms();
    wait_until_read();
    const std::vector<PixelRect> damage = raster_.draw(frame);
    const double drawn = thread_cpu_ms();
    if (!damage.empty()) send(damage);
    cost_ = {drawn - before, thread_cpu_ms() - drawn};
}

/// The server may still be copying the last frame out of the shared memory.
void X11Presenter::wait_until_read() {
    while (is_being_read_) {
        XEvent event;
        XNextEvent(display_, &event);
        if (event.type == read_event_) is_being_read_ = false;
    }
}

PixelRect bounding(const std::vector<PixelRect>& rectangles) {
    PixelRect all = rectangles.front();
    for (const PixelRect& one : rectangles) {
        const int right = std::max(all.x + all.width, one.x + one.width);
        const int bottom = std::max(all.y + all.height, one.y + one.height);
        all.x = std::min(all.x, one.x);
        all.y = std::min(all.y, one.y);
        all.width = right - all.x;
        all.height = bottom - all.y;
    }
    return all;
}

void X11Presenter::send(std::vector<PixelRect> damage) {
    if (damage.size() > most_rectangles) damage = {bounding(damage)};
    for (std::size_t i = 0; i < damage.size(); ++i) {
        const PixelRect& part = damage[i];
        const auto width = static_cast<unsigned>(part.width);
        const auto height = static_cast<unsigned>(part.height);
        if (image_->is_shared()) {
            // Requests are answered in order: the last one's event stands for all.
            const bool is_last = i + 1 == damage.size();
            XShmPutImage(display_, window_, context_, image_->get(), part.x, part.y, part.x, part.y, width,
                         height, is_last ? True : False);
            is_being_read_ = is_being_read_ || is_last;
        } else {
            XPutImage(display_, window_, context_, image_->get(), part.x, part.y, part.x, part.y, width,
                      height);
        }
    }
    XFlush(display_);
}

} // namespace

double thread_cpu_ms() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

Result<std::unique_ptr<Presenter>> present_by_x11(GLFWwindow* window, int width, int height) {
    Display* display = XOpenDisplay(DisplayString(glfwGetX11Display()));
    if (display == nullptr) return Error{ErrorKind::unavailable, "no second connection to the X server"};
    std::unique_ptr<Presenter> presenter = std::make_unique<X11Presenter>(display, glfwGetX11Window(window));
    VAKANT_CHECK(presenter->resize(width, height));
    return presenter;
}

} // namespace vakant
