#include "kiosk/raster/raster.h"

#include <catch2/catch.hpp>

#include "tests/fakes/drawing.h"

using namespace vakant;

namespace {

struct Screen {
    Screen(int width, int height)
        : pixels(static_cast<std::size_t>(width * height), 0x12345678U), width_(width) {
        raster.set_target({pixels.data(), width, height, width});
    }
    std::uint32_t at(int x, int y) const { return pixels[static_cast<std::size_t>(y * width_ + x)]; }
    int count_of(std::uint32_t pixel) const {
        return static_cast<int>(std::count(pixels.begin(), pixels.end(), pixel));
    }
    std::vector<std::uint32_t> pixels;
    Raster raster;

private:
    int width_;
};

constexpr std::uint32_t black = 0xFF000000U;
constexpr ImU32 red = IM_COL32(255, 0, 0, 255);
constexpr std::uint32_t red_pixel = 0xFFFF0000U;

} // namespace

TEST_CASE("what nothing covers is black") {
    Screen screen(70, 40);
    const Drawing drawing(70, 40);
    CHECK(screen.raster.draw(drawing.frame()) == std::vector<PixelRect>{{0, 0, 70, 40}});
    CHECK(screen.count_of(black) == 70 * 40);
}

TEST_CASE("a rectangle covers the pixels whose centres it contains") {
    Screen screen(64, 64);
    const TestTexture texture(8, 8);
    Drawing drawing(64, 64);
    drawing.quad(texture.texture, {10, 20}, {30, 25}, red);
    drawing.quad(texture.texture, {40.4F, 40.5F}, {43.6F, 42.5F}, red); // columns 40-43, rows 40-41
    screen.raster.draw(drawing.frame());
    CHECK(screen.at(10, 20) == red_pixel);
    CHECK(screen.at(29, 24) == red_pixel);
    CHECK(screen.at(9, 20) == black);
    CHECK(screen.at(30, 24) == black);
    CHECK(screen.at(29, 25) == black);
    CHECK(screen.at(40, 40) == red_pixel);
    CHECK(screen.at(43, 41) == red_pixel);
    CHECK(screen.at(44, 41) == black);
    CHECK(screen.at(43, 42) == black);
    CHECK(screen.count_of(red_pixel) == 20 * 5 + 4 * 2);
}

TEST_CASE("a clip rectangle cuts everything outside it") {
    Screen screen(64, 64);
    const TestTextures textures;
    Drawing drawing(64, 64);
    drawing.clip(8, 8, 16, 12);
    drawing.quad(textures.glyphs.texture, {0, 0}, {64, 64}, red);
    drawing.triangle(textures.glyphs.texture, {{0, 0}, {}, red}, {{64, 0}, {}, red}, {{0, 64}, {}, red});
    drawing.quad(textures.picture.texture, {0, 0}, {60, 60}, red, {0, 0}, {60, 60});
    screen.raster.draw(drawing.frame());
    CHECK(screen.count_of(black) == 64 * 64 - 8 * 4);
}

TEST_CASE("alpha blends over what lies beneath, rounded to the nearest") {
    Screen screen(64, 64);
    const TestTexture texture(8, 8);
    Drawing drawing(64, 64);
    drawing.quad(texture.texture, {0, 0}, {64, 64}, IM_COL32(200, 100, 0, 255));
    drawing.quad(texture.texture, {0, 0}, {13, 7}, IM_COL32(0, 100, 255, 102)); // 0.4
    screen.raster.draw(drawing.frame());
    CHECK(screen.at(0, 0) == 0xFF786466U); // 120, 100, 102
    CHECK(screen.at(12, 6) == 0xFF786466U);
    CHECK(screen.at(13, 6) == 0xFFC86400U);
}

TEST_CASE("a glyph is its coverage in the text's colour, one texel a pixel") {
    Screen screen(64, 64);
    TestTexture page(16, 16);
    const auto cover = [&](int x, int y, int value) {
        page.pixels[static_cast<std::size_t>(y * 16 + x)] = static_cast<std::uint8_t>(value);
    };
    cover(4, 5, 255);
    cover(5, 5, 51);
    cover(8, 6, 204);
    Drawing drawing(64, 64);
    drawing.quad(page.texture, {0, 0}, {64, 64}, IM_COL32(255, 255, 255, 255));
    drawing.quad(page.texture, {31, 40}, {36, 42}, IM_COL32(0, 0, 0, 255), {4, 5}, {9, 7});
    drawing.quad(page.texture, {31, 50}, {36, 52}, IM_COL32(0, 0, 0, 128), {4, 5}, {9, 7});
    screen.raster.draw(drawing.frame());
    CHECK(screen.at(31, 40) == black);
    CHECK(screen.at(32, 40) == 0xFFCCCCCCU); // 255 * 0.8
    CHECK(screen.at(33, 40) == 0xFFFFFFFFU);
    CHECK(screen.at(35, 41) == 0xFF333333U); // 255 * 0.2
    CHECK(screen.at(31, 50) == 0xFF7F7F7FU);
    CHECK(screen.at(35, 51) == 0xFF999999U); // 255 * (1 - 0.8 * 128 / 255)
}

TEST_CASE("a picture in its own size shows its texels") {
    Screen screen(64, 64);
    TestTexture picture(2, 2, Texture::Format::rgba8);
    const std::uint8_t texels[] = {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 0};
    std::copy(std::begin(texels), std::end(texels), picture.pixels.begin());
    Drawing drawing(64, 64);
    drawing.quad(picture.texture, {5, 6}, {7, 8}, 0xFFFFFFFFU, {0, 0}, {2, 2});
    screen.raster.draw(drawing.frame());
    CHECK(screen.at(5, 6) == red_pixel);
    CHECK(screen.at(6, 6) == 0xFF00FF00U);
    CHECK(screen.at(5, 7) == 0xFF0000FFU);
    CHECK(screen.at(6, 7) == black);
}

TEST_CASE("a stretched piece of a shadow mixes neighbouring texels") {
    Screen screen(64, 64);
    TestTexture shadow(4, 4);
    for (std::size_t y = 0; y < 4; ++y) {
        for (std::size_t x = 0; x < 4; ++x)
            shadow.pixels[y * 4 + x] = static_cast<std::uint8_t>(x * 80);
    }
    Drawing drawing(64, 64);
    drawing.quad(shadow.texture, {0, 0}, {32, 8}, 0xFFFFFFFFU, {0, 0}, {4, 4}); // 8 pixels a texel
    drawing.quad(shadow.texture, {0, 16}, {32, 24}, 0xFFFFFFFFU, {2.5F, 0},
                 {2.5F, 4}); // one column all along
    drawing.quad(shadow.texture, {0.25F, 32}, {4.25F, 36}, 0xFFFFFFFFU, {0, 0},
                 {4, 4}); // one to one, between pixels
    screen.raster.draw(drawing.frame());
    CHECK((screen.at(0, 3) & 255) == 0);
    CHECK((screen.at(4, 3) & 255) == 5); // a sixteenth of the way from 0 to 80
    CHECK((screen.at(8, 3) & 255) == 45);
    CHECK((screen.at(31, 3) & 255) == 240);
    CHECK((screen.at(0, 20) & 255) == 160);
    CHECK((screen.at(31, 20) & 255) == 160);
    CHECK((screen.at(1, 33) & 255) == 60);
    CHECK((screen.at(3, 33) & 255) == 220);
}

TEST_CASE("triangles that share a side fill each pixel once") {
    Screen screen(96, 96);
    const TestTexture texture(8, 8);
    std::mt19937 random(11);
    std::uniform_real_distribution<float> place(5, 90);
    for (int round = 0; round < 200; ++round) {
        // A fan about an inner point: half-transparent white shows 128 where covered once, 192 where twice.
        const ImVec2 centre{place(random), place(random)};
        const ImVec2 corners[] = {{2, 3}, {93.3F, 1.7F}, {94, 92}, {1.2F, 94.1F}};
        Drawing drawing(96, 96);
        for (int i = 0; i < 4; ++i) {
            drawing.triangle(texture.texture, {centre, {}, IM_COL32(255, 255, 255, 128)},
                             {corners[i], {}, IM_COL32(255, 255, 255, 128)},
                             {corners[(i + 1) % 4], {}, IM_COL32(255, 255, 255, 128)});
        }
        screen.raster.draw(drawing.frame());
        CHECK(screen.count_of(0xFF808080U) + screen.count_of(black) == 96 * 96);
        CHECK(screen.at(48, 48) == 0xFF808080U);
    }
}

TEST_CASE("an edge that fades out is blended by the distance") {
    Screen screen(64, 64);
    const TestTexture texture(8, 8);
    Drawing drawing(64, 64);
    const ImU32 clear = IM_COL32(255, 0, 0, 0);
    drawing.triangle(texture.texture, {{0, 0}, {}, red}, {{40, 0}, {}, clear}, {{0, 1000}, {}, red});
    screen.raster.draw(drawing.frame());
    int before = 256;
    for (int x = 0; x < 38; ++x) {
        const int level = static_cast<int>(screen.at(x, 0) >> 16 & 255);
        CHECK(level < before);
        CHECK(level == Approx(255 * (40 - (x + 0.5)) / 40).margin(1.5));
        before = level;
    }
}

TEST_CASE("an unchanged frame draws nothing, a changed button only its tiles") {
    Screen screen(320, 320);
    const TestTexture texture(8, 8);
    Drawing drawing(320, 320);
    drawing.quad(texture.texture, {0, 0}, {320, 320}, 0xFFFFFFFFU);
    drawing.quad(texture.texture, {40, 70}, {150, 90}, red);
    CHECK(screen.raster.draw(drawing.frame()) == std::vector<PixelRect>{{0, 0, 320, 320}});
    CHECK(screen.raster.draw(drawing.frame()).empty());
    for (int corner = 4; corner < 8; ++corner)
        drawing.vertex(corner).col = IM_COL32(0, 0, 255, 255);
    CHECK(screen.raster.draw(drawing.frame()) == std::vector<PixelRect>{{32, 64, 128, 32}});
    CHECK(screen.at(40, 70) == 0xFF0000FFU);
    screen.raster.damage_all();
    CHECK(screen.raster.draw(drawing.frame()) == std::vector<PixelRect>{{0, 0, 320, 320}});
}

TEST_CASE("changes of one column in several rows are one rectangle") {
    Screen screen(320, 320);
    const TestTexture texture(8, 8);
    Drawing drawing(320, 320);
    screen.raster.draw(drawing.frame());
    drawing.quad(texture.texture, {100, 10}, {110, 200}, red);
    drawing.quad(texture.texture, {300, 310}, {310, 315}, red);
    CHECK(screen.raster.draw(drawing.frame()) ==
          std::vector<PixelRect>{{96, 0, 32, 224}, {288, 288, 32, 32}});
}

TEST_CASE("a texture's new epoch draws again what was drawn from it, and nothing else") {
    Screen screen(320, 96);
    TestTextures textures;
    TestTexture page(16, 16);
    Drawing drawing(320, 96);
    drawing.quad(textures.glyphs.texture, {0, 0}, {320, 96}, red);
    drawing.quad(page.texture, {100, 40}, {104, 44}, 0xFFFFFFFFU, {4, 4}, {8, 8});
    screen.raster.draw(drawing.frame());
    CHECK(screen.at(100, 40) == red_pixel);
    page.pixels[4 * 16 + 4] = 255;
    CHECK(screen.raster.draw(drawing.frame()).empty());
    ++page.texture.epoch;
    CHECK(screen.raster.draw(drawing.frame()) == std::vector<PixelRect>{{96, 32, 32, 32}});
    CHECK(screen.at(100, 40) == 0xFFFFFFFFU);
}

TEST_CASE("drawing only what changed gives the same picture as drawing everything") {
    const TestTextures textures;
    std::mt19937 random(2026);
    Screen kept(500, 300);
    Drawing drawing(500, 300);
    draw_anything(drawing, textures, random, 300);
    std::size_t tiles = 0;
    for (int round = 0; round < 150; ++round) {
        if (round % 10 == 0) {
            drawing.clear();
            drawing.clip(0, 0, 500, 300);
            draw_anything(drawing, textures, random, 200);
        }
        draw_anything(drawing, textures, random, 2);
        for (const PixelRect& rect : kept.raster.draw(drawing.frame())) {
            tiles += static_cast<std::size_t>(rect.width * rect.height);
            CHECK(rect.x + rect.width <= 500);
            CHECK(rect.y + rect.height <= 300);
        }
        Screen fresh(500, 300);
        fresh.raster.draw(drawing.frame());
        REQUIRE(kept.pixels == fresh.pixels);
    }
    CHECK(tiles < 150UL * 500 * 300 / 2); // it was not everything each time
}

TEST_CASE("wild coordinates do no harm") {
    Screen screen(64, 64);
    const TestTexture texture(8, 8);
    Drawing drawing(64, 64);
    const float endless = std::numeric_limits<float>::infinity();
    const float none = std::numeric_limits<float>::quiet_NaN();
    drawing.quad(texture.texture, {-endless, none}, {endless, 5}, red);
    drawing.quad(texture.texture, {-9e5F, 10}, {9e5F, 20}, red);
    drawing.quad(texture.texture, {30, 30}, {60, 60}, red, {-900, 4}, {-870, 34});
    drawing.triangle(texture.texture, {{none, 0}, {}, red}, {{1, 1}, {}, red}, {{0, endless}, {}, red});
    drawing.triangle(texture.texture, {{-9e5F, 40}, {}, red}, {{9e5F, 40}, {}, red}, {{9e5F, 50}, {}, red});
    drawing.triangle(texture.texture, {{1, 1}, {}, red}, {{2, 2}, {}, red}, {{3, 3}, {}, red});
    screen.raster.draw(drawing.frame());
    CHECK(screen.at(0, 15) == red_pixel);
    CHECK(screen.at(0, 60) == black);
}
