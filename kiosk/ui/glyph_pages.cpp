#include "kiosk/ui/glyph_pages.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace vakant {
namespace {

constexpr std::size_t bytes_of_a_page = std::size_t{GlyphPages::side} * GlyphPages::side;

} // namespace

void GlyphPages::WipingFree::operator()(std::uint8_t* bytes) const {
    explicit_bzero(bytes, bytes_of_a_page);
    std::free(bytes);
}

const GlyphPages::Glyph* GlyphPages::find(GlyphKey key) {
    if (const auto known = glyphs_.find(key); known != glyphs_.end()) {
        Entry& entry = known->second;
        if (entry.glyph.page != nullptr) pages_[entry.page]->last_used = frame_;
        return &entry.glyph;
    }
    const GlyphPicture picture = engine_.picture(key);
    Entry entry{{nullptr, 0, 0, picture.width, picture.height, picture.left, picture.top}, 0};
    if (picture.width > 0 && picture.height > 0) {
        Glyph& glyph = entry.glyph;
        if (!place(picture.width, picture.height, entry.page, glyph.x, glyph.y)) return nullptr;
        Page& page = *pages_[entry.page];
        for (int row = 0; row < picture.height; ++row) {
            const auto from = picture.coverage.begin() + static_cast<std::ptrdiff_t>(row) * picture.width;
            std::copy_n(from, picture.width,
                        page.pixels.get() + static_cast<std::ptrdiff_t>(glyph.y + row) * side + glyph.x);
        }
        page.last_used = frame_;
        ++page.texture.additions;
        glyph.page = &page.texture;
    }
    return &glyphs_.emplace(key, entry).first->second.glyph;
}

/// Shelves: glyphs of like height stand side by side, one texel apart.
bool GlyphPages::fits(Page& page, int width, int height, int& x, int& y) {
    const int w = width + 1, h = height + 1;
    Shelf* best = nullptr;
    for (Shelf& shelf : page.shelves) {
        if (shelf.height < h || shelf.height > h + h / 2 + 8 || shelf.used + w > side) continue;
        if (best == nullptr || shelf.height < best->height) best = &shelf;
    }
    if (best == nullptr) {
        const int rounded = (h + 7) / 8 * 8;
        if (page.used_height + rounded > side || w > side) return false;
        page.shelves.push_back({page.used_height, rounded, 0});
        page.used_height += rounded;
        best = &page.shelves.back();
    }
    x = best->used;
    y = best->y;
    best->used += w;
    return true;
}

bool GlyphPages::place(int width, int height, std::size_t& page, int& x, int& y) {
    for (page = 0; page < pages_.size(); ++page) {
        if (fits(*pages_[page], width, height, x, y)) return true;
    }
    if (pages_.size() < most_pages) {
        auto fresh = std::make_unique<Page>();
        fresh->pixels.reset(static_cast<std::uint8_t*>(std::calloc(bytes_of_a_page, 1)));
        if (!fresh->pixels) throw std::bad_alloc();
        fresh->texture = {Texture::Format::alpha8, side, side, fresh->pixels.get(), 1, 1};
        pages_.push_back(std::move(fresh));
        page = pages_.size() - 1;
    } else {
        const auto oldest = std::min_element(pages_.begin(), pages_.end(), [](const auto& a, const auto& b) {
            return a->last_used < b->last_used;
        });
        if ((*oldest)->last_used == frame_) return false;
        page = static_cast<std::size_t>(oldest - pages_.begin());
        empty(page);
    }
    return fits(*pages_[page], width, height, x, y);
}

GlyphPages::Page& GlyphPages::empty(std::size_t index) {
    Page& page = *pages_[index];
    std::fill_n(page.pixels.get(), static_cast<std::size_t>(page.used_height) * side, std::uint8_t{0});
    page.shelves.clear();
    page.used_height = 0;
    ++page.texture.epoch;
    ++page.texture.additions;
    std::erase_if(glyphs_, [&](const auto& entry) {
        return entry.second.page == index && entry.second.glyph.page != nullptr;
    });
    return page;
}

void GlyphPages::wipe() {
    for (std::size_t i = 0; i < pages_.size(); ++i)
        empty(i);
    glyphs_.clear();
}

} // namespace vakant
