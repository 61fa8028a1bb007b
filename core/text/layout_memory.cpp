#include "core/text/layout_memory.h"

#include <bit>
#include <functional>

#include <string.h>

namespace vakant {
namespace {

// A page has some thousand glyphs, a long vacancy ten thousand; a glyph and its caret take 32 bytes.
constexpr std::size_t most_glyphs = 16'000;

std::uint64_t mixed(std::uint64_t seed, std::uint64_t value) {
    seed = (seed ^ value) * 0x9E37'79B9'7F4A'7C15U;
    return seed ^ (seed >> 29);
}

template <typename T>
void overwrite(std::vector<T>& items) {
    if (!items.empty()) explicit_bzero(static_cast<void*>(items.data()), items.size() * sizeof(T));
}

} // namespace

std::uint64_t LayoutMemory::digest(std::string_view utf8, const TextStyle& style, float max_width,
                                   int max_lines) {
    const std::hash<std::string_view> hash;
    std::uint64_t digest = mixed(hash(utf8), utf8.size());
    digest = mixed(digest, hash(style.language));
    digest = mixed(digest, std::bit_cast<std::uint32_t>(style.px));
    digest = mixed(digest, std::bit_cast<std::uint32_t>(max_width));
    digest = mixed(digest, static_cast<std::uint64_t>(max_lines));
    return mixed(digest,
                 static_cast<std::uint64_t>(style.weight) * 2 + static_cast<std::uint64_t>(style.direction));
}

const TextLayout* LayoutMemory::find(std::uint64_t digest) {
    if (const auto found = young_.find(digest); found != young_.end()) return &found->second;
    const auto found = old_.find(digest);
    if (found == old_.end()) return nullptr;
    auto node = old_.extract(found);
    for (const TextLine& line : node.mapped().lines)
        young_glyphs_ += line.glyphs.size();
    return &young_.insert(std::move(node)).position->second;
}

void LayoutMemory::keep(std::uint64_t digest, const TextLayout& layout) {
    if (young_glyphs_ > most_glyphs) {
        wipe(old_);
        old_ = std::move(young_);
        young_.clear();
        young_glyphs_ = 0;
    }
    for (const TextLine& line : layout.lines)
        young_glyphs_ += line.glyphs.size() + 1;
    young_.insert_or_assign(digest, layout);
}

void LayoutMemory::wipe() {
    wipe(young_);
    wipe(old_);
    young_glyphs_ = 0;
}

void LayoutMemory::wipe(Layouts& layouts) {
    for (auto& [digest, layout] : layouts) {
        for (TextLine& line : layout.lines) {
            overwrite(line.glyphs);
            overwrite(line.carets);
        }
    }
    layouts.clear();
}

} // namespace vakant
