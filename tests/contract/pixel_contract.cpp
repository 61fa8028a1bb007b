#include "tests/contract/pixel_contract.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace vakant {
namespace {

struct Band {
    double least, most;
};

Band band_of(Theme theme) {
    switch (theme) {
    case Theme::light:
        return {7, 21.1};
    case Theme::high_contrast:
        return {20, 21.1};
    case Theme::dark:
        return {7, 8};
    }
    return {};
}

/// Whose words fill their rectangle; cards and fields have more in them than words.
bool shows_words(const SemanticNode& node) {
    switch (node.role) {
    case Role::heading:
    case Role::text:
    case Role::notice:
    case Role::button:
    case Role::tab:
    case Role::radio:
    case Role::checkbox:
    case Role::toggle:
    case Role::key:
        return !node.name.empty();
    default:
        return false;
    }
}

std::uint32_t packed(Colour c) {
    return std::uint32_t{c.r} << 16 | std::uint32_t{c.g} << 8 | c.b;
}

} // namespace

double contrast_within(const StagePicture& picture, const Rect& rect) {
    const int x0 = std::max(0, static_cast<int>(rect.x)), y0 = std::max(0, static_cast<int>(rect.y));
    const int x1 = std::min(picture.width, static_cast<int>(rect.right()));
    const int y1 = std::min(picture.height, static_cast<int>(rect.bottom()));
    std::unordered_map<std::uint32_t, int> counts;
    for (int y = y0; y < y1; ++y) {
        for (int x = x0; x < x1; ++x)
            ++counts[packed(picture.at(x, y))];
    }
    if (counts.empty()) return 1;
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    // One stray pixel is no word.
    constexpr int enough = 8;
    double best = 1;
    for (const auto& [pixel, count] : counts) {
        if (count >= enough) best = std::max(best, contrast(hex(pixel), hex(most->first)));
    }
    return best;
}

std::vector<std::string> contrast_breaches(const StagePicture& picture, const SemanticTree& tree,
                                           Theme theme) {
    std::vector<std::string> out;
    const Band band = band_of(theme);
    for (const SemanticNode& node : tree.nodes()) {
        if (!node.on_screen || !shows_words(node)) continue;
        if (node.rect.y < 0 || node.rect.bottom() > static_cast<float>(picture.height)) continue;
        const double ratio = contrast_within(picture, node.rect);
        const bool glares = ratio > band.most + 0.05;
        if (ratio >= band.least - 0.05 && !glares) continue;
        char text[64];
        std::snprintf(text, sizeof text, ": its words have %.2f:1", ratio);
        out.push_back(node.key + text);
    }
    return out;
}

} // namespace vakant
