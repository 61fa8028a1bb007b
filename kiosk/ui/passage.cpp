#include "kiosk/ui/passage.h"

#include <algorithm>
#include <string>

#include "core/base/utf8.h"

namespace vakant {
namespace {

/// Nobody is further away from the passage than this many letters and still typing it.
constexpr int band = 48;

/// Costs of aligning the first i typed letters with the first j of the passage, near the diagonal only.
class Costs {
public:
    Costs(std::u32string_view passage, std::u32string_view typed)
        : columns_(static_cast<int>(passage.size())), rows_(static_cast<int>(typed.size())),
          cells_(static_cast<std::size_t>(rows_ + 1) * width_, far) {
        for (int i = 0; i <= rows_; ++i) {
            for (int j = std::max(0, i - band); j <= std::min(columns_, i + band); ++j) {
                if (i == 0 || j == 0) {
                    set(i, j, i + j);
                    continue;
                }
                const bool same =
                    typed[static_cast<std::size_t>(i - 1)] == passage[static_cast<std::size_t>(j - 1)];
                set(i, j, std::min({at(i - 1, j - 1) + (same ? 0 : 1), at(i - 1, j) + 1, at(i, j - 1) + 1}));
            }
        }
    }
    int at(int i, int j) const {
        return j < std::max(0, i - band) || j > std::min(columns_, i + band) ? far : cells_[cell(i, j)];
    }
    /// The place in the passage that fits all that was typed best; of equals the one nearest to as many
    /// letters.
    int end() const {
        int best = std::min(rows_, columns_);
        for (int j = std::max(0, rows_ - band); j <= std::min(columns_, rows_ + band); ++j) {
            const int gain = at(rows_, best) - at(rows_, j);
            const bool nearer = std::abs(j - rows_) < std::abs(best - rows_);
            if (gain > 0 || (gain == 0 && nearer)) best = j;
        }
        return best;
    }

private:
    static constexpr int far = 1 << 20;
    static constexpr std::size_t width_ = 2 * band + 1;
    std::size_t cell(int i, int j) const {
        return static_cast<std::size_t>(i) * width_ + static_cast<std::size_t>(j - i + band);
    }
    void set(int i, int j, int cost) { cells_[cell(i, j)] = cost; }
    int columns_, rows_;
    std::vector<int> cells_;
};

} // namespace

PassageMarks compare_passage(std::string_view presented, std::string_view transcribed) {
    const std::u32string passage = to_utf32(presented), typed = to_utf32(transcribed);
    std::vector<std::size_t> offsets;
    for (std::size_t at = 0; at < presented.size();) {
        offsets.push_back(at);
        next_code_point(presented, at);
    }
    offsets.push_back(presented.size());
    PassageMarks result;
    result.marks.assign(presented.size(), PassageMarks::Mark::untyped);
    const Costs costs(passage, typed);
    const auto mark = [&](int letter, PassageMarks::Mark m) {
        const auto k = static_cast<std::size_t>(letter);
        std::fill(result.marks.begin() + static_cast<std::ptrdiff_t>(offsets[k]),
                  result.marks.begin() + static_cast<std::ptrdiff_t>(offsets[k + 1]), m);
    };
    int i = static_cast<int>(typed.size()), j = costs.end();
    result.reached = offsets[static_cast<std::size_t>(j)];
    while (j > 0) {
        const bool both = i > 0;
        const bool same =
            both && typed[static_cast<std::size_t>(i - 1)] == passage[static_cast<std::size_t>(j - 1)];
        if (both && costs.at(i, j) == costs.at(i - 1, j - 1) + (same ? 0 : 1)) {
            mark(j - 1, same ? PassageMarks::Mark::right : PassageMarks::Mark::wrong);
            --i, --j;
        } else if (both && costs.at(i, j) == costs.at(i - 1, j) + 1) {
            --i;
        } else {
            mark(j - 1, PassageMarks::Mark::wrong);
            --j;
        }
    }
    return result;
}

} // namespace vakant
