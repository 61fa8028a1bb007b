// bench_probe X Y WIDTH HEIGHT COMMAND...: starts COMMAND on the display and watches a region of the screen
// through X (shared-memory images of the root window). Prints {"pid":..,"first_frame_ms":..} when the first
// picture that is not blank is there: two colours other than the screen's own, so that neither the empty
// screen nor an empty window counts. The command goes on running, in a session of its own. Exit codes: 0
// seen, 1 not within 30 s, 2 wrong use.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace {

using Clock = std::chrono::steady_clock;
constexpr unsigned long screen_colour = 0x010203;
constexpr std::chrono::seconds longest(30);
constexpr std::chrono::microseconds between_looks(500);

struct ScreenPart {
    int x, y;
    unsigned width, height;
};

/// The region as X shows it, again and again into the same memory.
class Watched {
public:
    Watched(Display* display, ScreenPart region) : display_(display), region_(region) {
        const int screen = DefaultScreen(display);
        image_ = XShmCreateImage(display, DefaultVisual(display, screen),
                                 static_cast<unsigned>(DefaultDepth(display, screen)), ZPixmap, nullptr,
                                 &segment_, region.width, region.height);
        const auto bytes = static_cast<std::size_t>(image_->bytes_per_line) * region.height;
        segment_.shmid = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
        segment_.shmaddr = image_->data = static_cast<char*>(shmat(segment_.shmid, nullptr, 0));
        segment_.readOnly = False;
        XShmAttach(display, &segment_);
        XSync(display, False);
        shmctl(segment_.shmid, IPC_RMID, nullptr); // gone with the last one who holds it
    }

    bool shows_a_picture() {
        XShmGetImage(display_, DefaultRootWindow(display_), image_, region_.x, region_.y, AllPlanes);
        std::uint32_t first = screen_colour;
        for (unsigned y = 0; y < region_.height; ++y) {
            const char* line = image_->data + static_cast<std::size_t>(image_->bytes_per_line) * y;
            for (unsigned x = 0; x < region_.width; ++x) {
                std::uint32_t pixel = 0;
                std::memcpy(&pixel, line + std::size_t{x} * 4, 4);
                pixel &= 0xffffff;
                if (pixel == screen_colour) continue;
                if (first == screen_colour) first = pixel;
                if (pixel != first) return true;
            }
        }
        return false;
    }

private:
    Display* display_;
    ScreenPart region_;
    XImage* image_ = nullptr;
    XShmSegmentInfo segment_{};
};

void paint_screen(Display* display) {
    XSetWindowBackground(display, DefaultRootWindow(display), screen_colour);
    XClearWindow(display, DefaultRootWindow(display));
    XSync(display, False);
}

pid_t start(char** command) {
    const pid_t child = fork();
    if (child != 0) return child;
    setsid();
    const int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO); // whoever reads our output shall not wait for the command's
    execvp(command[0], command);
    _exit(127);
}

int watch(Display* display, ScreenPart region, char** command) {
    paint_screen(display);
    Watched watched(display, region);
    // The window of the program before may go a moment after the program itself.
    const auto asked = Clock::now();
    while (watched.shows_a_picture()) {
        if (Clock::now() - asked > std::chrono::seconds(5)) {
            std::fprintf(stderr, "bench_probe: something is on the screen already\n");
            return 1;
        }
        std::this_thread::sleep_for(between_looks);
    }
    const auto begin = Clock::now();
    const pid_t child = start(command);
    while (Clock::now() - begin < longest) {
        if (watched.shows_a_picture()) {
            const std::chrono::duration<double, std::milli> took = Clock::now() - begin;
            std::printf("{\"pid\":%d,\"first_frame_ms\":%.2f}\n", static_cast<int>(child), took.count());
            return 0;
        }
        int status = 0;
        if (waitpid(child, &status, WNOHANG) == child) {
            std::fprintf(stderr, "bench_probe: %s ended before it showed anything\n", command[0]);
            return 1;
        }
        std::this_thread::sleep_for(between_looks);
    }
    kill(-child, SIGKILL);
    std::fprintf(stderr, "bench_probe: %s showed nothing in 30 s\n", command[0]);
    return 1;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 6) {
        std::fprintf(stderr, "usage: bench_probe X Y WIDTH HEIGHT COMMAND...\n");
        return 2;
    }
    Display* display = XOpenDisplay(nullptr);
    if (display == nullptr || XShmQueryExtension(display) == False) {
        std::fprintf(stderr, "bench_probe: no display with shared memory at DISPLAY\n");
        return 1;
    }
    const ScreenPart region{std::atoi(argv[1]), std::atoi(argv[2]),
                            static_cast<unsigned>(std::max(1, std::atoi(argv[3]))),
                            static_cast<unsigned>(std::max(1, std::atoi(argv[4])))};
    const int outcome = watch(display, region, argv + 5);
    XCloseDisplay(display);
    return outcome;
}
