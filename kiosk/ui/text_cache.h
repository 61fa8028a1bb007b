// Shaped texts, kept while they are drawn again and again. Used within kiosk/ui.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/text/text.h"

namespace vakant {

class TextCache {
public:
    explicit TextCache(TextEngine& engine) : engine_(engine) {}
    /// Forgets what was not drawn for long, where there is too much.
    void begin_frame();
    /// Valid until the next begin_frame or wipe.
    const TextLayout& lay_out(std::string_view text, const TextStyle& style, float max_width, int max_lines);
    void wipe();
    std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        std::string text;
        TextStyle style;
        float max_width = 0;
        int max_lines = 0;
        TextLayout layout;
        std::uint64_t last_used = 0;
    };
    TextEngine& engine_;
    std::unordered_multimap<std::uint64_t, Entry> entries_;
    std::uint64_t frame_ = 0;
};

} // namespace vakant
