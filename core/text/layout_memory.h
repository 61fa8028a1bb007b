// Layouts of the last pages, so that a page drawn again shapes nothing. Kept by a digest of the text, never
// with the text itself. Only core/text includes this.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "core/text/text.h"

namespace vakant {

/// Two generations: when the young one is full it becomes the old one, and what nobody asked for since is
/// dropped.
class LayoutMemory {
public:
    static std::uint64_t digest(std::string_view utf8, const TextStyle& style, float max_width,
                                int max_lines);

    /// Null where it is not remembered. Valid until the next call.
    const TextLayout* find(std::uint64_t digest);
    void keep(std::uint64_t digest, const TextLayout& layout);
    /// Overwrites glyphs and carets before they are given back: they spell what a person wrote.
    void wipe();

private:
    using Layouts = std::unordered_map<std::uint64_t, TextLayout>;
    static void wipe(Layouts& layouts);

    Layouts young_;
    Layouts old_;
    std::size_t young_glyphs_ = 0;
};

} // namespace vakant
