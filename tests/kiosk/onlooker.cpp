#include "tests/fakes/onlooker.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>

namespace vakant {
namespace {

class XOnlooker final : public Onlooker {
public:
    XOnlooker() : display_(XOpenDisplay(nullptr)) {}
    ~XOnlooker() override {
        if (display_ != nullptr) XCloseDisplay(display_);
    }
    XOnlooker(const XOnlooker&) = delete;
    XOnlooker& operator=(const XOnlooker&) = delete;

    std::vector<std::uint32_t> seen(int width, int height) const override {
        std::vector<std::uint32_t> pixels;
        if (display_ == nullptr) return pixels;
        XImage* image = XGetImage(display_, DefaultRootWindow(display_), 0, 0, static_cast<unsigned>(width),
                                  static_cast<unsigned>(height), AllPlanes, ZPixmap);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                pixels.push_back(static_cast<std::uint32_t>(XGetPixel(image, x, y)) & 0xFFFFFFU);
            }
        }
        XDestroyImage(image);
        return pixels;
    }

private:
    Display* display_;
};

} // namespace

std::unique_ptr<Onlooker> onlooker() {
    return std::make_unique<XOnlooker>();
}

} // namespace vakant
