// A draw list filled by hand, for tests of the renderers.
#pragma once

#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include <imgui.h>

#include "kiosk/ui/draw_frame.h"
#include "kiosk/ui/texture.h"

namespace vakant {

/// An alpha-8 texture with one opaque texel at (0, 0) and whatever a test puts elsewhere.
struct TestTexture {
    TestTexture(int width, int height, Texture::Format format = Texture::Format::alpha8) {
        const int bytes = format == Texture::Format::alpha8 ? 1 : 4;
        pixels.assign(static_cast<std::size_t>(width * height * bytes), 0);
        std::fill_n(pixels.begin(), bytes, std::uint8_t{255});
        texture.format = format;
        texture.width = width;
        texture.height = height;
        texture.pixels = pixels.data();
    }
    TestTexture(const TestTexture&) = delete;
    TestTexture& operator=(const TestTexture&) = delete;
    std::vector<std::uint8_t> pixels;
    Texture texture;
};

class Drawing {
public:
    Drawing(int width, int height) : list_(nullptr) {
        frame_.width = width;
        frame_.height = height;
        frame_.lists = {&list_};
        clip_ = {0, 0, static_cast<float>(width), static_cast<float>(height)};
    }
    Drawing(const Drawing&) = delete;
    Drawing& operator=(const Drawing&) = delete;

    void clip(float x0, float y0, float x1, float y1) { clip_ = {x0, y0, x1, y1}; }

    /// Two triangles with one colour and the texels from (u0, v0), in texels; by default the opaque one.
    void quad(const Texture& texture, ImVec2 from, ImVec2 to, ImU32 colour, ImVec2 texel_from = {0.5F, 0.5F},
              ImVec2 texel_to = {0.5F, 0.5F}) {
        begin(texture, 6);
        const auto first = static_cast<ImDrawIdx>(list_.VtxBuffer.Size);
        const auto u = [&](float texel) { return texel / static_cast<float>(texture.width); };
        const auto v = [&](float texel) { return texel / static_cast<float>(texture.height); };
        list_.VtxBuffer.push_back({from, {u(texel_from.x), v(texel_from.y)}, colour});
        list_.VtxBuffer.push_back({{to.x, from.y}, {u(texel_to.x), v(texel_from.y)}, colour});
        list_.VtxBuffer.push_back({to, {u(texel_to.x), v(texel_to.y)}, colour});
        list_.VtxBuffer.push_back({{from.x, to.y}, {u(texel_from.x), v(texel_to.y)}, colour});
        for (const int corner : {0, 1, 2, 0, 2, 3})
            list_.IdxBuffer.push_back(static_cast<ImDrawIdx>(first + corner));
    }

    void triangle(const Texture& texture, ImDrawVert a, ImDrawVert b, ImDrawVert c) {
        begin(texture, 3);
        for (const ImDrawVert& corner : {a, b, c}) {
            list_.IdxBuffer.push_back(static_cast<ImDrawIdx>(list_.VtxBuffer.Size));
            list_.VtxBuffer.push_back(corner);
        }
    }

    void clear() {
        list_.CmdBuffer.clear();
        list_.VtxBuffer.clear();
        list_.IdxBuffer.clear();
    }
    ImDrawVert& vertex(int index) { return list_.VtxBuffer[index]; }
    const DrawFrame& frame() const { return frame_; }

private:
    void begin(const Texture& texture, unsigned indices) {
        auto* id = const_cast<Texture*>(&texture);
        const bool same =
            !list_.CmdBuffer.empty() && list_.CmdBuffer.back().TextureId == id &&
            list_.CmdBuffer.back().ClipRect.x == clip_.x && list_.CmdBuffer.back().ClipRect.y == clip_.y &&
            list_.CmdBuffer.back().ClipRect.z == clip_.z && list_.CmdBuffer.back().ClipRect.w == clip_.w;
        if (!same) {
            ImDrawCmd command;
            command.ClipRect = clip_;
            command.TextureId = id;
            command.IdxOffset = static_cast<unsigned>(list_.IdxBuffer.Size);
            list_.CmdBuffer.push_back(command);
        }
        list_.CmdBuffer.back().ElemCount += indices;
    }

    ImDrawList list_;
    DrawFrame frame_;
    ImVec4 clip_;
};

/// Glyph-like noise and a picture, for random drawings.
struct TestTextures {
    TestTextures() {
        std::mt19937 random(7);
        for (std::size_t i = 1; i < glyphs.pixels.size(); ++i)
            glyphs.pixels[i] = static_cast<std::uint8_t>(random());
        for (int y = 0; y < picture.texture.height; ++y) {
            for (int x = 0; x < picture.texture.width; ++x) {
                std::uint8_t* texel = picture.pixels.data() + (y * picture.texture.width + x) * 4;
                texel[0] = static_cast<std::uint8_t>(x * 4);
                texel[1] = static_cast<std::uint8_t>(y * 4);
                texel[2] = static_cast<std::uint8_t>(255 - x * 2);
                texel[3] = static_cast<std::uint8_t>(y < 20 ? 255 : 100 + x);
            }
        }
    }
    TestTexture glyphs{128, 64};
    TestTexture picture{60, 60, Texture::Format::rgba8};
};

/// What pages are made of, anywhere: rectangles, glyphs, pictures one to one and scaled, fringes, clips.
inline void draw_anything(Drawing& drawing, const TestTextures& textures, std::mt19937& random, int count) {
    const auto width = static_cast<float>(drawing.frame().width);
    const auto height = static_cast<float>(drawing.frame().height);
    const auto real = [&](float low, float high) {
        return std::uniform_real_distribution<float>(low, high)(random);
    };
    const auto whole = [&](float low, float high) { return std::floor(real(low, high)); };
    const auto colour = [&] { return static_cast<ImU32>(random()) | (random() % 2 == 0 ? 0xFF000000U : 0U); };
    for (int i = 0; i < count; ++i) {
        const ImVec2 at{whole(-40, width), whole(-40, height)};
        switch (random() % 7) {
        case 0:
            drawing.quad(textures.glyphs.texture, at, {at.x + real(1, 200), at.y + real(1, 90)}, colour());
            break;
        case 1: {
            const ImVec2 texel{whole(1, 90), whole(1, 40)};
            const ImVec2 size{whole(1, 30), whole(1, 20)};
            drawing.quad(textures.glyphs.texture, at, {at.x + size.x, at.y + size.y}, colour(), texel,
                         {texel.x + size.x, texel.y + size.y});
            break;
        }
        case 2:
            drawing.quad(textures.picture.texture, at, {at.x + 60, at.y + 60}, 0xFFFFFFFFU, {0, 0}, {60, 60});
            break;
        case 3:
            drawing.quad(textures.picture.texture, at, {at.x + real(20, 150), at.y + real(20, 150)},
                         0xFFFFFFFFU, {0, 0}, {60, 60});
            break;
        case 4: {
            const ImVec2 uv{0.5F / 128, 0.5F / 64};
            const ImU32 inside = colour();
            const ImU32 rim = random() % 2 == 0 ? inside & 0x00FFFFFFU : colour();
            drawing.triangle(textures.glyphs.texture, {at, uv, inside},
                             {{at.x + real(-90, 90), at.y + real(-90, 90)}, uv, inside},
                             {{at.x + real(-90, 90), at.y + real(-90, 90)}, uv, rim});
            break;
        }
        case 5: {
            const ImVec2 texel{real(0, 60), real(0, 30)};
            const float along = random() % 2 == 0 ? 0 : real(1, 60);
            drawing.quad(textures.glyphs.texture, {at.x + real(0, 1), at.y},
                         {at.x + real(9, 150), at.y + real(9, 150)}, colour(), texel,
                         {texel.x + along, texel.y + real(1, 30)});
            break;
        }
        default:
            drawing.clip(at.x, at.y, at.x + real(10, width), at.y + real(10, height));
        }
    }
}

} // namespace vakant
