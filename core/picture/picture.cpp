#include "core/picture/picture.h"

#include <algorithm>
#include <cairo.h>
#include <cmath>
#include <cstring>
#include <dlfcn.h>
#include <librsvg/rsvg.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace vakant {
namespace {

template <auto Free>
struct Freeing {
    template <typename T>
    void operator()(T* thing) const {
        Free(thing);
    }
};
using Surface = std::unique_ptr<cairo_surface_t, Freeing<cairo_surface_destroy>>;
using Brush = std::unique_ptr<cairo_t, Freeing<cairo_destroy>>;

/// librsvg brings thirty libraries and five megabytes along, for one logo of some agencies: it is loaded when
/// a first SVG comes, and stays.
class Rsvg {
public:
    static Result<Rsvg> load() {
        void* library = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
        if (library == nullptr) return invalid_input(std::string("SVG: cannot be read here: ") + dlerror());
        Rsvg rsvg;
        const bool complete =
            find(library, "rsvg_handle_new_from_data", rsvg.new_from_data) &&
            find(library, "rsvg_handle_get_intrinsic_size_in_pixels", rsvg.size_in_pixels) &&
            find(library, "rsvg_handle_get_intrinsic_dimensions", rsvg.dimensions) &&
            find(library, "rsvg_handle_render_document", rsvg.render) &&
            find(library, "g_object_unref", rsvg.unref) && find(library, "g_error_free", rsvg.free_error);
        if (!complete) return invalid_input("SVG: cannot be read here: librsvg lacks a function");
        return rsvg;
    }

    decltype(&rsvg_handle_new_from_data) new_from_data = nullptr;
    decltype(&rsvg_handle_get_intrinsic_size_in_pixels) size_in_pixels = nullptr;
    decltype(&rsvg_handle_get_intrinsic_dimensions) dimensions = nullptr;
    decltype(&rsvg_handle_render_document) render = nullptr;
    decltype(&::g_object_unref) unref = nullptr;
    decltype(&::g_error_free) free_error = nullptr;

private:
    template <typename Function>
    static bool find(void* library, const char* name, Function& function) {
        function = reinterpret_cast<Function>(dlsym(library, name));
        return function != nullptr;
    }
};
using Handle = std::unique_ptr<RsvgHandle, decltype(&::g_object_unref)>;

struct Size {
    int width = 0, height = 0;
};

Size fitted(double width, double height, int wanted_height, int most_width) {
    const double scale = std::min(wanted_height / height, most_width / width);
    const auto side = [scale](double length) {
        return std::max(1, static_cast<int>(std::lround(length * scale)));
    };
    return {side(width), side(height)};
}

/// cairo keeps 0xAARRGGBB in the machine's order, premultiplied.
Pixels pixels_of(cairo_surface_t* surface) {
    cairo_surface_flush(surface);
    Pixels out;
    out.width = cairo_image_surface_get_width(surface);
    out.height = cairo_image_surface_get_height(surface);
    const bool opaque = cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24;
    const unsigned char* data = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    out.rgba.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 4);
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            std::uint32_t pixel = 0;
            std::memcpy(&pixel, data + static_cast<std::ptrdiff_t>(y) * stride + x * 4, sizeof pixel);
            const std::uint32_t a = opaque ? 255 : pixel >> 24;
            for (const int shift : {16, 8, 0}) {
                const std::uint32_t channel = pixel >> shift & 255;
                out.rgba.push_back(
                    static_cast<std::uint8_t>(a == 0 ? 0 : std::min(255u, (channel * 255 + a / 2) / a)));
            }
            out.rgba.push_back(static_cast<std::uint8_t>(a));
        }
    }
    return out;
}

/// The size that the drawing itself asks for; none where it has neither a size nor a view box.
std::optional<std::pair<double, double>> own_size(const Rsvg& rsvg, RsvgHandle* handle) {
    double width = 0, height = 0;
    if (rsvg.size_in_pixels(handle, &width, &height) && width > 0 && height > 0)
        return std::pair{width, height};
    gboolean has_width = FALSE, has_height = FALSE, has_box = FALSE;
    RsvgLength length_w{}, length_h{};
    RsvgRectangle box{};
    rsvg.dimensions(handle, &has_width, &length_w, &has_height, &length_h, &has_box, &box);
    if (has_box && box.width > 0 && box.height > 0) return std::pair{box.width, box.height};
    return std::nullopt;
}

std::string taken_message(const Rsvg& rsvg, GError* error) {
    if (error == nullptr) return "unknown";
    std::string text = error->message;
    rsvg.free_error(error);
    return text;
}

} // namespace

Result<Pixels> render_svg(ByteView svg, int height, int most_width) {
    VAKANT_TRY(rsvg, Rsvg::load());
    GError* problem = nullptr;
    const Handle handle(rsvg.new_from_data(svg.data(), svg.size(), &problem), rsvg.unref);
    if (!handle) return invalid_input("SVG: " + taken_message(rsvg, problem));
    const auto own = own_size(rsvg, handle.get());
    if (!own) return invalid_input("SVG: has neither a size nor a viewBox");
    const Size size = fitted(own->first, own->second, height, most_width);
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, size.width, size.height));
    const Brush brush(cairo_create(surface.get()));
    const RsvgRectangle box{0, 0, static_cast<double>(size.width), static_cast<double>(size.height)};
    if (!rsvg.render(handle.get(), brush.get(), &box, &problem))
        return invalid_input("SVG: " + taken_message(rsvg, problem));
    Pixels pixels = pixels_of(surface.get());
    const bool empty = [&] {
        for (std::size_t i = 3; i < pixels.rgba.size(); i += 4) {
            if (pixels.rgba[i] != 0) return false;
        }
        return true;
    }();
    if (empty) return invalid_input("SVG: draws nothing");
    return pixels;
}

Result<Pixels> read_png(ByteView png) {
    // Width and height stand at fixed places of the first chunk: looked at before anything is unpacked.
    constexpr std::uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    if (png.size() < 24 || !std::equal(std::begin(signature), std::end(signature), png.begin()))
        return invalid_input("PNG: is none");
    const auto number = [&](std::size_t at) {
        return std::uint32_t{png[at]} << 24 | std::uint32_t{png[at + 1]} << 16 |
               std::uint32_t{png[at + 2]} << 8 | png[at + 3];
    };
    if (number(16) > largest_side || number(20) > largest_side)
        return invalid_input("PNG: is larger than " + std::to_string(largest_side) + " pixels");
    ByteView left = png;
    const auto read = [](void* closure, unsigned char* to, unsigned length) {
        auto& rest = *static_cast<ByteView*>(closure);
        if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
        std::copy_n(rest.begin(), length, to);
        rest = rest.subspan(length);
        return CAIRO_STATUS_SUCCESS;
    };
    const Surface surface(cairo_image_surface_create_from_png_stream(read, &left));
    const cairo_status_t status = cairo_surface_status(surface.get());
    if (status != CAIRO_STATUS_SUCCESS)
        return invalid_input(std::string("PNG: ") + cairo_status_to_string(status));
    const cairo_format_t format = cairo_image_surface_get_format(surface.get());
    if (format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24)
        return invalid_input("PNG: has more than eight bits a channel");
    return pixels_of(surface.get());
}

Bytes write_png(const Pixels& pixels) {
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, pixels.width, pixels.height));
    unsigned char* data = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < pixels.height; ++y) {
        for (int x = 0; x < pixels.width; ++x) {
            const std::uint8_t* from =
                pixels.rgba.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) +
                                      static_cast<std::size_t>(x)) *
                                         4;
            const std::uint32_t a = from[3];
            const auto channel = [&](int i) { return (from[i] * a + 127) / 255; };
            const std::uint32_t pixel = a << 24 | channel(0) << 16 | channel(1) << 8 | channel(2);
            std::memcpy(data + static_cast<std::ptrdiff_t>(y) * stride + x * 4, &pixel, sizeof pixel);
        }
    }
    cairo_surface_mark_dirty(surface.get());
    Bytes out;
    const auto write = [](void* closure, const unsigned char* from, unsigned length) {
        auto& bytes = *static_cast<Bytes*>(closure);
        bytes.insert(bytes.end(), from, from + length);
        return CAIRO_STATUS_SUCCESS;
    };
    cairo_surface_write_to_png_stream(surface.get(), write, &out);
    return out;
}

Pixels shrunk(const Pixels& pixels, int height, int most_width) {
    const Size size = fitted(pixels.width, pixels.height, height, most_width);
    if (size.width >= pixels.width || size.height >= pixels.height) return pixels;
    Pixels out{size.width, size.height, {}};
    const auto first = [](int i, int from, int to) { return i * from / to; };
    for (int y = 0; y < size.height; ++y) {
        const int top = first(y, pixels.height, size.height);
        const int bottom = std::max(first(y + 1, pixels.height, size.height), top + 1);
        for (int x = 0; x < size.width; ++x) {
            const int left = first(x, pixels.width, size.width);
            const int right = std::max(first(x + 1, pixels.width, size.width), left + 1);
            std::uint32_t sum[4] = {};
            for (int v = top; v < bottom; ++v) {
                for (int u = left; u < right; ++u) {
                    const std::uint8_t* from =
                        pixels.rgba.data() + (static_cast<std::ptrdiff_t>(v) * pixels.width + u) * 4;
                    for (int i = 0; i < 3; ++i)
                        sum[i] += std::uint32_t{from[i]} * from[3];
                    sum[3] += from[3];
                }
            }
            const auto count = static_cast<std::uint32_t>((bottom - top) * (right - left));
            for (int i = 0; i < 3; ++i)
                out.rgba.push_back(static_cast<std::uint8_t>(sum[3] == 0 ? 0 : sum[i] / sum[3]));
            out.rgba.push_back(static_cast<std::uint8_t>((sum[3] + count / 2) / count));
        }
    }
    return out;
}

} // namespace vakant
