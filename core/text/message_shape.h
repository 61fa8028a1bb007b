// Messages taken apart without values, for those who check translations (tools/vakant) and for the
// pseudo-language (core/strings). Pure; any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace vakant {

struct MessageShape {
    struct Choice {
        enum class Kind { plural, ordinal, select } kind = Kind::plural;
        std::string argument;
        std::vector<std::string> selectors; ///< "one", "=0", "other", in the order of the pattern
    };
    std::set<std::string> arguments; ///< names of the values that it asks for
    std::vector<Choice> choices;
    std::vector<std::string> literals; ///< its own words, stretch by stretch
    /// Letters, as people count them, of the longest text it can become: numbers count as three, texts that
    /// are put in not at all.
    std::size_t longest = 0;
};

/// Refused where check_message (core/text/text.h) refuses.
Result<MessageShape> shape_of(std::string_view pattern);

/// The pattern with each stretch of its own words changed; placeholders and choices stay.
Result<std::string> with_literals(std::string_view pattern,
                                  const std::function<std::string(std::string_view)>& change);

/// The plural categories that a language tells apart for whole numbers and fractions: {"few", "many", "one",
/// "other"} for Ukrainian.
std::set<std::string> plural_categories(std::string_view language);

} // namespace vakant
