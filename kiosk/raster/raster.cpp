#include "kiosk/raster/raster.h"

#include <algorithm>

#include "kiosk/raster/primitives.h"
#include "kiosk/raster/stretches.h"
#include "kiosk/raster/triangles.h"

namespace vakant {
namespace {

constexpr int side = Raster::tile_side;

int tiles_for(int pixels) {
    return (pixels + side - 1) / side;
}

void draw_rectangle(const Framebuffer& target, const Primitive& rectangle, const PixelBox& box) {
    for (int y = box.y0; y < box.y1; ++y) {
        blend_row(target.pixels + static_cast<std::ptrdiff_t>(y) * target.stride + box.x0, box.x1 - box.x0,
                  rectangle.colour);
    }
}

void draw_copy(const Framebuffer& target, const Primitive& copy, const PixelBox& box) {
    const Texture& texture = *copy.texture;
    const int count = box.x1 - box.x0;
    for (int y = box.y0; y < box.y1; ++y) {
        std::uint32_t* row = target.pixels + static_cast<std::ptrdiff_t>(y) * target.stride + box.x0;
        const std::ptrdiff_t texel =
            static_cast<std::ptrdiff_t>(y + copy.to_texel_y) * texture.width + box.x0 + copy.to_texel_x;
        if (texture.format == Texture::Format::alpha8) {
            blend_coverage(row, texture.pixels + texel, count, copy.colour);
            continue;
        }
        for (int i = 0; i < count; ++i) {
            const std::uint8_t* rgba = texture.pixels + (texel + i) * 4;
            const Rgba colour = scaled(copy.colour, Rgba{rgba[0], rgba[1], rgba[2], rgba[3]});
            blend_colours(row + i, &colour, 1);
        }
    }
}

void draw_primitive(const Framebuffer& target, const Primitive& primitive, const PixelBox& box) {
    switch (primitive.kind) {
    case Primitive::Kind::rectangle:
        return draw_rectangle(target, primitive, box);
    case Primitive::Kind::copy:
        return draw_copy(target, primitive, box);
    case Primitive::Kind::stretch:
        return draw_stretch(target, primitive, box);
    case Primitive::Kind::triangle:
        return draw_triangle(target, primitive, box);
    }
}

bool covers(const Primitive& primitive, const PixelBox& box) {
    return primitive.kind == Primitive::Kind::rectangle && primitive.colour.a == 255 &&
           primitive.box.x0 <= box.x0 && primitive.box.y0 <= box.y0 && primitive.box.x1 >= box.x1 &&
           primitive.box.y1 >= box.y1;
}

} // namespace

struct Raster::Tiles {
    int columns = 0;
    int rows = 0;
    std::vector<std::uint64_t> shown; ///< digest of what each tile shows
    std::vector<std::uint64_t> wanted;
    std::vector<Primitive> primitives;
    struct Row {
        std::vector<std::uint32_t> touching; ///< the primitives that touch it
        std::vector<std::uint32_t> hiding;   ///< those of them that may hide what lies beneath
    };
    std::vector<Row> in_row; ///< of tiles

    void collect(const DrawFrame& frame);
    void add(std::uint32_t index);
    std::vector<PixelRect> changed_runs(int row, const Framebuffer& target) const;
    void draw_run(int row, const PixelRect& run, const Framebuffer& target) const;
    bool is_hidden(std::uint32_t index, const PixelBox& part, const std::vector<std::uint32_t>& hiding) const;
};

void Raster::Tiles::collect(const DrawFrame& frame) {
    collect_primitives(frame, primitives);
    wanted.assign(shown.size(), 1);
    for (Row& row : in_row) {
        row.touching.clear();
        row.hiding.clear();
    }
    for (std::uint32_t index = 0; index < primitives.size(); ++index)
        add(index);
}

void Raster::Tiles::add(std::uint32_t index) {
    const Primitive& primitive = primitives[index];
    const int last_column = std::min((primitive.box.x1 - 1) / side, columns - 1);
    const int last_row = std::min((primitive.box.y1 - 1) / side, rows - 1);
    const bool is_large = primitive.kind == Primitive::Kind::rectangle && primitive.colour.a == 255 &&
                          primitive.box.x1 - primitive.box.x0 >= side &&
                          primitive.box.y1 - primitive.box.y0 >= side;
    for (int row = primitive.box.y0 / side; row <= last_row; ++row) {
        Row& indices = in_row[static_cast<std::size_t>(row)];
        indices.touching.push_back(index);
        if (is_large) indices.hiding.push_back(index);
        for (int column = primitive.box.x0 / side; column <= last_column; ++column) {
            std::uint64_t& tile = wanted[static_cast<std::size_t>(row * columns + column)];
            tile = ((tile << 7 | tile >> 57) ^ primitive.digest) * 0x9E37'79B9'7F4A'7C15U;
        }
    }
}

std::vector<PixelRect> Raster::Tiles::changed_runs(int row, const Framebuffer& target) const {
    std::vector<PixelRect> runs;
    const int top = row * side;
    const int height = std::min(side, target.height - top);
    for (int column = 0; column < columns; ++column) {
        const auto tile = static_cast<std::size_t>(row * columns + column);
        if (shown[tile] == wanted[tile]) continue;
        const int left = column * side;
        const int width = std::min(side, target.width - left);
        if (!runs.empty() && runs.back().x + runs.back().width == left) {
            runs.back().width += width;
        } else {
            runs.push_back({left, top, width, height});
        }
    }
    return runs;
}

void Raster::Tiles::draw_run(int row, const PixelRect& run, const Framebuffer& target) const {
    const PixelBox box{run.x, run.y, run.x + run.width, run.y + run.height};
    const auto& [touching, hiding] = in_row[static_cast<std::size_t>(row)];
    // Nothing beneath the last opaque rectangle that covers the whole run is seen.
    auto first = touching.end();
    while (first != touching.begin() && !covers(primitives[*(first - 1)], box))
        --first;
    if (first == touching.begin()) {
        Primitive black;
        black.colour = {0, 0, 0, 255};
        draw_rectangle(target, black, box);
    } else {
        --first;
    }
    for (; first != touching.end(); ++first) {
        const Primitive& primitive = primitives[*first];
        const PixelBox part = intersection(primitive.box, box);
        if (!part.empty() && !is_hidden(*first, part, hiding)) draw_primitive(target, primitive, part);
    }
}

/// Cards lie on their shadows, pages on their background.
bool Raster::Tiles::is_hidden(std::uint32_t index, const PixelBox& part,
                              const std::vector<std::uint32_t>& hiding) const {
    for (auto above = hiding.rbegin(); above != hiding.rend() && *above > index; ++above) {
        if (covers(primitives[*above], part)) return true;
    }
    return false;
}

Raster::Raster() : tiles_(std::make_unique<Tiles>()) {}
Raster::~Raster() = default;

void Raster::set_target(const Framebuffer& target) {
    target_ = target;
    tiles_->columns = tiles_for(target.width);
    tiles_->rows = tiles_for(target.height);
    tiles_->in_row.assign(static_cast<std::size_t>(tiles_->rows), {});
    damage_all();
}

void Raster::damage_all() {
    // No digest of tiles is 0 but by a chance of 2^-64: it stands for pixels that nobody knows.
    tiles_->shown.assign(static_cast<std::size_t>(tiles_->columns * tiles_->rows), 0);
}

std::vector<PixelRect> Raster::draw(const DrawFrame& frame) {
    DrawFrame fitting = frame;
    fitting.width = std::min(frame.width, target_.width);
    fitting.height = std::min(frame.height, target_.height);
    tiles_->collect(fitting);
    std::vector<PixelRect> damage;
    for (int row = 0; row < tiles_->rows; ++row) {
        for (const PixelRect& run : tiles_->changed_runs(row, target_)) {
            tiles_->draw_run(row, run, target_);
            const auto above = std::find_if(damage.begin(), damage.end(), [&](const PixelRect& other) {
                return other.x == run.x && other.width == run.width && other.y + other.height == run.y;
            });
            if (above != damage.end()) {
                above->height += run.height;
            } else {
                damage.push_back(run);
            }
        }
    }
    tiles_->shown.swap(tiles_->wanted);
    return damage;
}

} // namespace vakant
