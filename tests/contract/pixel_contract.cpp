#include "tests/contract/pixel_contract.h"

#include <algorithm>
#include <cmath>
#include <functional>
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

/// The innermost that holds the middle of the box: whose words they are.
std::string owner_of(const SemanticTree& tree, const Rect& box) {
    const SemanticNode* found = nullptr;
    for (const SemanticNode& node : tree.nodes()) {
        if (!node.rect.contains(box.x + box.w / 2, box.y + box.h / 2)) continue;
        if (found == nullptr || node.rect.w * node.rect.h <= found->rect.w * found->rect.h) found = &node;
    }
    return found == nullptr ? "nobody" : found->key;
}

std::string with_ratio(const std::string& what, double ratio) {
    char text[32];
    std::snprintf(text, sizeof text, " %.2f:1", ratio);
    return what + text;
}

double best_of(Colour a, Colour b, Colour ground) {
    return std::max(contrast(a, ground), contrast(b, ground));
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
    int all = 0;
    for (int y = y0; y < y1; ++y) {
        for (int x = x0; x < x1; ++x, ++all)
            ++counts[packed(picture.at(x, y))];
    }
    if (counts.empty()) return 1;
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    std::vector<std::pair<double, int>> ratios;
    for (const auto& [pixel, count] : counts)
        ratios.emplace_back(contrast(hex(pixel), hex(most->first)), count);
    std::ranges::sort(ratios, std::greater{});
    // The inside of letters covers at least so much of their box; stray pixels and soft edges are no words.
    const int enough = std::max(4, all / 200);
    int seen = 0;
    for (const auto& [ratio, count] : ratios) {
        seen += count;
        if (seen >= enough) return ratio;
    }
    return 1;
}

double contrast_at_edge(const StagePicture& picture, const Rect& rect) {
    const int y = std::clamp(static_cast<int>(rect.y + rect.h / 2), 0, picture.height - 1);
    const int left = static_cast<int>(rect.x);
    // What ends within a pixel is drawn to its end.
    const int right = static_cast<int>(std::ceil(rect.right()));
    if (left < 5 || right + 5 >= picture.width) return 21;
    const auto best = [&](int first, int ground) {
        double most = 1;
        for (int x = first; x < first + 6; ++x)
            most = std::max(most, contrast(picture.at(x, y), picture.at(ground, y)));
        return most;
    };
    return std::min(best(left, left - 5), best(right - 6, right + 4));
}

std::vector<std::string> ring_breaches(const StagePicture& picture, const SemanticNode& node,
                                       const Palette& palette, float mm_per_px) {
    const auto px = [&](float mm) { return static_cast<int>(std::lround(mm / mm_per_px)); };
    const int inner = px(palette.ring_inner_width), outer = px(palette.ring_outer_width);
    const int y = static_cast<int>(node.rect.y + node.rect.h / 2);
    double around = 21, within = 21;
    for (const bool at_left : {true, false}) {
        /// So many pixels outside the node's edge; 0 and less: in it.
        const auto at = [&](int outside) {
            const int edge = static_cast<int>(std::lround(at_left ? node.rect.x : node.rect.right() - 1));
            return picture.at(std::clamp(at_left ? edge - outside : edge + outside, 0, picture.width - 1),
                              std::clamp(y, 0, picture.height - 1));
        };
        const Colour near = at((inner + 1) / 2), far = at(inner + (outer + 1) / 2);
        around = std::min(around, best_of(near, far, at(inner + outer + 2)));
        for (const int depth : {0, px(design::marked_border) + 2})
            within = std::min(within, best_of(near, far, at(-depth)));
    }
    constexpr double least = 3;
    std::vector<std::string> out;
    if (around < least) out.push_back(with_ratio(node.key + ": its ring has, to what is around it,", around));
    if (within < least) out.push_back(with_ratio(node.key + ": its ring has, to the control,", within));
    return out;
}

std::vector<std::string> contrast_breaches(const DrawFrame& frame, const SemanticTree& tree, Theme theme) {
    std::vector<std::string> out;
    const StagePicture picture(frame);
    const Band band = band_of(theme);
    for (const Rect& box : frame.texts) {
        if (box.y < 0 || box.bottom() > static_cast<float>(picture.height)) continue;
        const double ratio = contrast_within(picture, box);
        if (ratio < band.least - 0.05 || ratio > band.most + 0.05)
            out.push_back(with_ratio(owner_of(tree, box) + ": its words have", ratio));
    }
    constexpr double least_edge = 3;
    for (const SemanticNode& node : tree.nodes()) {
        if (!node.on_screen || !node.focusable) continue;
        const double ratio = contrast_at_edge(picture, node.rect);
        if (ratio < least_edge) out.push_back(with_ratio(node.key + ": its edge has", ratio));
    }
    return out;
}

} // namespace vakant
