#include <algorithm>
#include <cmath>

#include "core/base/utf8.h"
#include "core/skills/typing.h"
#include "core/text/text.h"

namespace vakant {
namespace {

/// What became of the keys, before anything is compared.
struct KeyCounts {
    std::u32string left;    ///< what stands at the end
    std::size_t erased = 0; ///< characters that a backspace took away
    std::size_t fixes = 0;  ///< backspaces
};

KeyCounts play(const std::vector<TypedKey>& keys) {
    KeyCounts counts;
    for (const TypedKey& key : keys) {
        if (!key.is_backspace()) {
            counts.left.push_back(key.code_point);
            continue;
        }
        ++counts.fixes;
        if (counts.left.empty()) continue;
        counts.left.pop_back();
        ++counts.erased;
    }
    return counts;
}

/// Last row of the edit-distance table: entry i is the distance between the first i code points of
/// `presented` and the whole of `transcribed`.
std::vector<std::size_t> distances_to_prefixes(std::u32string_view presented,
                                               std::u32string_view transcribed) {
    std::vector<std::size_t> row(presented.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i)
        row[i] = i;
    for (std::size_t j = 0; j < transcribed.size(); ++j) {
        std::size_t diagonal = row[0];
        row[0] = j + 1;
        for (std::size_t i = 1; i < row.size(); ++i) {
            const std::size_t replaced = diagonal + (presented[i - 1] == transcribed[j] ? 0 : 1);
            diagonal = row[i];
            row[i] = std::min({replaced, row[i] + 1, row[i - 1] + 1});
        }
    }
    return row;
}

PrefixMatch best_prefix_of(std::u32string_view presented, std::u32string_view transcribed) {
    const std::vector<std::size_t> row = distances_to_prefixes(presented, transcribed);
    PrefixMatch match{row.back(), 0, row[0]};
    for (std::size_t length = 1; length < row.size(); ++length) {
        if (row[length] > match.prefix_msd) continue;
        match.best_prefix_length = length;
        match.prefix_msd = row[length];
    }
    return match;
}

double percent(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

TypingMetrics metrics_of(std::u32string_view presented, const std::vector<TypedKey>& keys, double seconds) {
    const KeyCounts counts = play(keys);
    TypingMetrics m;
    m.transcribed = composed(to_utf8(counts.left));
    const std::u32string transcribed = to_utf32(m.transcribed);
    const std::size_t longer = std::max(presented.size(), transcribed.size());
    m.minimum_string_distance = distances_to_prefixes(presented, transcribed).back();
    m.incorrect_not_fixed = m.minimum_string_distance;
    m.correct = longer - m.minimum_string_distance;
    m.incorrect_fixed = counts.erased;
    m.fixes = counts.fixes;

    const std::size_t all = m.correct + m.incorrect_not_fixed + m.incorrect_fixed;
    m.msd_error_rate = percent(m.minimum_string_distance, longer);
    m.uncorrected_error_rate = percent(m.incorrect_not_fixed, all);
    m.corrected_error_rate = percent(m.incorrect_fixed, all);
    m.total_error_rate = percent(m.incorrect_not_fixed + m.incorrect_fixed, all);

    const double length = static_cast<double>(transcribed.size());
    const double errors = static_cast<double>(m.incorrect_not_fixed);
    if (!transcribed.empty()) m.keystrokes_per_character = static_cast<double>(keys.size()) / length;
    if (!(seconds > 0)) return m;
    const double minutes = seconds / 60;
    m.gross_wpm = length / 5 / minutes;
    if (!transcribed.empty()) m.text_entry_wpm = (length - 1) / 5 / minutes;
    m.net_wpm_one_per_error = m.gross_wpm - errors / minutes;
    m.net_wpm_two_per_error = m.gross_wpm - 2 * errors;
    m.adjusted_wpm = m.gross_wpm * (1 - m.msd_error_rate / 100);
    m.keystrokes_per_hour = length / seconds * 3600;
    return m;
}

/// The nearest number with so many decimals, and never "-0".
double rounded(double value, int decimals) {
    const double scale = std::pow(10.0, decimals);
    return std::round(value * scale) / scale + 0.0;
}

} // namespace

TypingMetrics typing_metrics(std::string_view presented, const std::vector<TypedKey>& keys, double seconds) {
    return metrics_of(to_utf32(composed(presented)), keys, seconds);
}

PrefixMatch best_prefix(std::string_view presented, std::string_view transcribed) {
    return best_prefix_of(to_utf32(composed(presented)), to_utf32(composed(transcribed)));
}

TypingMetrics timed_typing_metrics(std::string_view presented, const std::vector<TypedKey>& keys,
                                   double seconds) {
    const std::u32string whole = to_utf32(composed(presented));
    const std::u32string typed = to_utf32(composed(to_utf8(play(keys).left)));
    const std::size_t reached = best_prefix_of(whole, typed).best_prefix_length;
    return metrics_of(std::u32string_view(whole).substr(0, reached), keys, seconds);
}

Json to_json(const TypingMetrics& m) {
    return Json::object({{"transcribed", m.transcribed},
                         {"C", m.correct},
                         {"INF", m.incorrect_not_fixed},
                         {"IF", m.incorrect_fixed},
                         {"F", m.fixes},
                         {"MSD", m.minimum_string_distance},
                         {"MSD_error_rate", rounded(m.msd_error_rate, 4)},
                         {"uncorrected_ER", rounded(m.uncorrected_error_rate, 4)},
                         {"corrected_ER", rounded(m.corrected_error_rate, 4)},
                         {"total_ER", rounded(m.total_error_rate, 4)},
                         {"KSPC", rounded(m.keystrokes_per_character, 4)},
                         {"gross_WPM", rounded(m.gross_wpm, 4)},
                         {"text_entry_WPM", rounded(m.text_entry_wpm, 4)},
                         {"net_WPM_1perErrPerMin", rounded(m.net_wpm_one_per_error, 4)},
                         {"net_WPM_minus2perError", rounded(m.net_wpm_two_per_error, 4)},
                         {"adj_WPM_gross_x_acc", rounded(m.adjusted_wpm, 4)},
                         {"KPH", rounded(m.keystrokes_per_hour, 2)}});
}

std::vector<TypedKey> keys_from_text(std::string_view text) {
    std::vector<TypedKey> keys;
    for (const char32_t code_point : to_utf32(text))
        keys.push_back({code_point == U'<' ? U'\0' : code_point, 0});
    return keys;
}

} // namespace vakant
