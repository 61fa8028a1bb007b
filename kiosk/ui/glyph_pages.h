// Pictures of glyphs, made when first drawn and kept in at most four pages of 1024 x 1024 bytes. Used within
// kiosk/ui.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/text/text.h"
#include "kiosk/ui/texture.h"

namespace vakant {

class GlyphPages {
public:
    static constexpr int side = 1024;
    static constexpr std::size_t most_pages = 4;

    struct Glyph {
        const Texture* page = nullptr; ///< null: blank
        int x = 0, y = 0, width = 0, height = 0, left = 0, top = 0;
    };

    explicit GlyphPages(TextEngine& engine) : engine_(engine) {}
    /// Pages that no glyph of this frame lies on may be emptied for new glyphs.
    void begin_frame() { ++frame_; }
    /// Null where every page is full of glyphs of this very frame.
    const Glyph* find(GlyphKey key);
    /// Overwrites every picture: shapes of names are somebody's data.
    void wipe();
    std::size_t page_count() const { return pages_.size(); }

private:
    struct WipingFree {
        void operator()(std::uint8_t* bytes) const;
    };
    /// From calloc: a page costs memory only as far down as glyphs lie on it.
    using Pixels = std::unique_ptr<std::uint8_t[], WipingFree>;
    struct Shelf {
        int y = 0, height = 0, used = 0;
    };
    struct Page {
        Texture texture;
        Pixels pixels;
        std::vector<Shelf> shelves;
        int used_height = 0;
        std::uint64_t last_used = 0;
    };
    struct Entry {
        Glyph glyph;
        std::size_t page = 0;
    };
    bool fits(Page& page, int width, int height, int& x, int& y);
    bool place(int width, int height, std::size_t& page, int& x, int& y);
    Page& empty(std::size_t index);

    TextEngine& engine_;
    std::vector<std::unique_ptr<Page>> pages_;
    std::unordered_map<GlyphKey, Entry> glyphs_;
    std::uint64_t frame_ = 0;
};

} // namespace vakant
