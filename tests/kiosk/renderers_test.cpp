// The two renderers through real windows on a virtual display: what X shows is compared, pixel by pixel.
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "core/base/utf8.h"
#include "kiosk/shell/window.h"
#include "tests/fakes/drawing.h"
#include "tests/fakes/onlooker.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/virtual_display.h"
#include "tests/places.h"

using namespace vakant;

namespace {

constexpr int width = 480;
constexpr int height = 360;

/// Waits until the last pixel has the frame's mark: then the whole frame is there.
std::vector<std::uint32_t> shown(Window& window, const Onlooker& onlooker, const DrawFrame& frame,
                                 std::uint32_t mark) {
    window.show(frame);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    std::vector<std::uint32_t> pixels;
    do {
        window.wait_events(5);
        pixels = onlooker.seen(width, height);
    } while (pixels.back() != mark && std::chrono::steady_clock::now() < until);
    REQUIRE(pixels.back() == mark);
    return pixels;
}

std::unique_ptr<Window> open_window(Renderer renderer) {
    WindowOptions options;
    options.renderer = renderer;
    options.windowed = {width, height};
    options.compose_file = source_dir() + "/assets/input/compose";
    return std::move(Window::open(options)).value();
}

/// The frames that both renderers draw, one after the other: the later ones are small changes.
struct Frames {
    Frames() : drawing(width, height), random(99) {}
    /// Ends in a mark in the last pixel.
    const DrawFrame& next(std::uint32_t& mark) {
        if (number % 3 == 0) {
            drawing.clear();
            drawing.clip(0, 0, width, height);
            drawing.quad(textures.glyphs.texture, {0, 0}, {width, height}, 0xFFE8F0F4U);
        }
        draw_anything(drawing, textures, random, number % 3 == 0 ? 250 : 6);
        drawing.clip(0, 0, width, height);
        ++number;
        const auto level = static_cast<unsigned>(number);
        drawing.quad(textures.glyphs.texture, {width - 4, height - 4}, {width, height},
                     IM_COL32(level, 255, 0, 255));
        mark = level << 16 | 0xFF00U;
        return drawing.frame();
    }
    TestTextures textures;
    Drawing drawing;
    std::mt19937 random;
    int number = 0;
};

std::vector<std::vector<std::uint32_t>> pictures(Renderer renderer, std::size_t count) {
    const auto window = open_window(renderer);
    const auto other_client = onlooker();
    Frames frames;
    std::vector<std::vector<std::uint32_t>> all;
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t mark = 0;
        const DrawFrame& frame = frames.next(mark);
        all.push_back(shown(*window, *other_client, frame, mark));
    }
    return all;
}

int greatest_difference(std::uint32_t a, std::uint32_t b) {
    int greatest = 0;
    for (const int shift : {0, 8, 16}) {
        const int difference = static_cast<int>(a >> shift & 255) - static_cast<int>(b >> shift & 255);
        greatest = std::max(greatest, std::abs(difference));
    }
    return greatest;
}

constexpr std::size_t rounds = 9;

/// One hidden case of this program in a process of its own: drivers leak, and stay loaded.
int status_of_case(const char* name, const std::string& argument = "") {
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("VAKANT_TEST_ARGUMENT", argument.c_str(), 1);
        ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
        ::execl("/proc/self/exe", "test_kiosk", name, static_cast<char*>(nullptr));
        ::_exit(127);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    return status;
}

} // namespace

TEST_CASE("what OpenGL shows", "[.][spawned]") {
    const char* path = std::getenv("VAKANT_TEST_ARGUMENT");
    REQUIRE(path != nullptr);
    std::ofstream file(path, std::ios::binary);
    for (const auto& picture : pictures(Renderer::gl, rounds)) {
        file.write(reinterpret_cast<const char*>(picture.data()),
                   static_cast<std::streamsize>(picture.size() * sizeof picture[0]));
    }
}

TEST_CASE("the CPU and OpenGL show the same pictures within 2 of 255") {
    const VirtualDisplay display(width, height);
    if (!display.is_there()) {
        WARN("skipped: no Xvfb");
        return;
    }
    const ScratchFolder folder;
    REQUIRE(status_of_case("what OpenGL shows", folder / "pictures") == 0);
    std::ifstream file(folder / "pictures", std::ios::binary);
    for (const auto& by_cpu : pictures(Renderer::cpu, rounds)) {
        std::vector<std::uint32_t> by_gl(by_cpu.size());
        REQUIRE(file.read(reinterpret_cast<char*>(by_gl.data()),
                          static_cast<std::streamsize>(by_gl.size() * sizeof by_gl[0])));
        int different = 0;
        for (std::size_t i = 0; i < by_cpu.size(); ++i) {
            if (greatest_difference(by_cpu[i], by_gl[i]) > 2) ++different;
        }
        CHECK(different <= width * height / 1000);
    }
}

TEST_CASE("the CPU renderer loads no OpenGL") {
    const VirtualDisplay display(width, height);
    if (!display.is_there()) {
        WARN("skipped: no Xvfb");
        return;
    }
    CHECK(status_of_case("what the CPU renderer maps") == 0);
}

TEST_CASE("what the CPU renderer maps", "[.][spawned]") {
    const auto window = open_window(Renderer::cpu);
    std::ifstream maps("/proc/self/maps");
    const std::string all{std::istreambuf_iterator<char>(maps), {}};
    CHECK(all.find("libX11") != std::string::npos);
    for (const std::string_view library : {"libGL.so", "libGLX", "dri.so", "libLLVM"}) {
        INFO(library);
        CHECK(all.find(library) == std::string::npos);
    }
}

TEST_CASE("a window without a display says so") {
    const char* before = std::getenv("DISPLAY");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("DISPLAY", ":987", 1);
    const auto window = Window::open({});
    if (before != nullptr) ::setenv("DISPLAY", kept.c_str(), 1);
    REQUIRE_FALSE(window.ok());
    CHECK(window.error().kind == ErrorKind::unavailable);
    CHECK(window.error().detail.starts_with("no window system: "));
}

TEST_CASE("the window wakes from another thread and keeps fast taps apart") {
    const VirtualDisplay display(width, height);
    if (!display.is_there()) {
        WARN("skipped: no Xvfb");
        return;
    }
    REQUIRE(std::system(("DISPLAY=" + display.name() + " setxkbmap fi").c_str()) == 0);
    const auto window = open_window(Renderer::cpu);
    CHECK(window->width() == width);
    CHECK(window->height() == height);
    std::thread other([&] { window->wake(); });
    const auto before = std::chrono::steady_clock::now();
    window->wait_events(20'000);
    other.join();
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(15));

    window->take_events().clear();
    const std::string taps = "DISPLAY=" + display.name() +
                             " xdotool mousemove 30 40 click 1 click 1 mousemove 200 100 click 1 key Tab key "
                             "a key dead_acute key e key B";
    REQUIRE(std::system(taps.c_str()) == 0);
    std::vector<WindowEvent> presses;
    std::u32string typed;
    bool tab = false;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (typed.size() < 3 && std::chrono::steady_clock::now() < until) {
        window->wait_events(50);
        for (const WindowEvent& event : window->take_events()) {
            if (event.kind == WindowEvent::Kind::press || event.kind == WindowEvent::Kind::release)
                presses.push_back(event);
            if (event.kind == WindowEvent::Kind::character) typed += event.character;
            if (event.kind == WindowEvent::Kind::key_press && event.key == "tab") tab = true;
        }
    }
    REQUIRE(presses.size() == 6);
    for (std::size_t i = 0; i < 6; ++i) {
        CHECK(presses[i].kind == (i % 2 == 0 ? WindowEvent::Kind::press : WindowEvent::Kind::release));
        CHECK(presses[i].x == (i < 4 ? 30 : 200));
        CHECK(presses[i].y == (i < 4 ? 40 : 100));
    }
    CHECK(tab);
    CHECK(to_utf8(typed) == "aéB"); // a dead key and a letter are one character
}
