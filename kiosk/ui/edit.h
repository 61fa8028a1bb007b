// Editing one text by caret, selection and grapheme. Pure. Used by the fields of kiosk/ui.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/ui/ui.h"

namespace vakant {

/// There is none that puts in a text from elsewhere: a kiosk has no clipboard, so that nothing of the person
/// before can come out of it.
struct EditStep {
    enum class Kind {
        insert,
        backspace,
        delete_forward,
        home,
        end,
        caret_left,
        caret_right,
        select_all
    } kind = Kind::insert;
    char32_t character = 0;
    std::int64_t at_ms = 0;
    bool extend = false; ///< what the caret passes over is selected
};

struct EditedText {
    std::string text;
    std::size_t caret = 0; ///< byte offset, at a grapheme boundary
    std::optional<std::size_t> anchor =
        std::nullopt; ///< the other end of what is selected; none where nothing is
    std::size_t first_selected() const { return anchor ? std::min(*anchor, caret) : caret; }
    std::size_t last_selected() const { return anchor ? std::max(*anchor, caret) : caret; }
    bool operator==(const EditedText&) const = default;
};

/// The place one step to the left or right of the caret as people see the text, which may run in both
/// directions; none at the end of a line.
using VisualStep =
    std::function<std::optional<std::size_t>(std::string_view text, std::size_t caret, bool to_the_right)>;

/// One step. Letters that the kind of field does not take, and more than `most` code points, change nothing.
/// What is selected goes when a letter comes or is deleted. Without `visual` the arrows follow the text's own
/// direction.
void apply(const EditStep& step, EditedText& edited, FieldSpec::Kind kind, std::size_t most,
           const VisualStep& visual = {});

/// What stands in place of hidden letters.
constexpr std::string_view one_dot = "\u2022";
std::string dots(std::size_t count);
/// Where not even the number of letters is shown.
inline std::string dots_for_an_answer() {
    return dots(8);
}

/// The direction of the first letter that has one; `otherwise` where none has.
Direction direction_of_text(std::string_view text, Direction otherwise);

} // namespace vakant
