#include "core/picture/picture.h"
#include "tests/places.h"

#include <catch2/catch.hpp>
#include <string>

using namespace vakant;

namespace {

ByteView svg(std::string_view text) {
    return as_bytes(text);
}
std::vector<int> at(const Pixels& pixels, int x, int y) {
    const auto first = static_cast<std::size_t>((y * pixels.width + x) * 4);
    return {pixels.rgba[first], pixels.rgba[first + 1], pixels.rgba[first + 2], pixels.rgba[first + 3]};
}
constexpr std::string_view red_left = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'>"
                                      "<rect width='20' height='20' fill='#c00000'/></svg>";

} // namespace

TEST_CASE("an SVG becomes pixels as high as asked for, clear where it draws nothing") {
    const auto pixels = render_svg(svg(red_left), 50, 400);
    REQUIRE(pixels.ok());
    CHECK(pixels->width == 100);
    CHECK(pixels->height == 50);
    CHECK(at(*pixels, 10, 25) == std::vector<int>{0xC0, 0, 0, 255});
    CHECK(at(*pixels, 90, 25)[3] == 0);
}

TEST_CASE("a wide logo is made lower rather than wider than there is room") {
    const auto pixels = render_svg(svg(red_left), 50, 60);
    REQUIRE(pixels.ok());
    CHECK(pixels->width == 60);
    CHECK(pixels->height == 30);
}

TEST_CASE("an SVG that is none, has no size or draws nothing is refused with the reason") {
    CHECK(render_svg(svg("<svg"), 50, 400).error().detail.find("SVG: ") == 0);
    CHECK(render_svg(svg("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 4'/>"), 50, 400)
              .error()
              .detail == "SVG: draws nothing");
}

TEST_CASE("an SVG loads nothing from the disk") {
    const std::string file = std::string("file://") + source_dir() + "/docs/screenshots/home-fi.png";
    const auto pixels =
        render_svg(svg("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><image href='" + file +
                       "' width='40' height='20'/></svg>"),
                   50, 400);
    REQUIRE_FALSE(pixels.ok());
    CHECK(pixels.error().detail == "SVG: draws nothing");
}

TEST_CASE("pixels come back from a PNG as they went, and damaged ones are refused") {
    Pixels pixels{2, 1, {1, 2, 3, 255, 200, 100, 50, 0}};
    Bytes png = write_png(pixels);
    const auto back = read_png(png);
    REQUIRE(back.ok());
    CHECK(at(*back, 0, 0) == std::vector<int>{1, 2, 3, 255});
    CHECK(at(*back, 1, 0)[3] == 0);
    png.resize(png.size() / 2);
    CHECK_FALSE(read_png(png).ok());
    CHECK(read_png(as_bytes("GIF89a, that is another format")).error().detail == "PNG: is none");
    png[16] = 0x7F;
    CHECK(read_png(png).error().detail == "PNG: is larger than 8192 pixels");
}

TEST_CASE("shrinking takes the mean, by how solid each pixel is, and never enlarges") {
    const Pixels pixels{2, 2, {255, 0, 0, 255, 0, 0, 255, 255, 255, 0, 0, 255, 9, 9, 9, 0}};
    const Pixels one = shrunk(pixels, 1, 10);
    CHECK(one.width == 1);
    CHECK(at(one, 0, 0) == std::vector<int>{170, 0, 85, 191});
    CHECK(shrunk(pixels, 8, 10) == pixels);
}
