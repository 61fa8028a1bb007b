// Editing one line of text by caret and grapheme. Pure. Used by the fields of kiosk/ui.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "kiosk/ui/ui.h"

namespace vakant {

struct EditStep {
    enum class Kind {
        insert,
        backspace,
        delete_forward,
        home,
        end,
        caret_left,
        caret_right
    } kind = Kind::insert;
    char32_t character = 0;
    std::int64_t at_ms = 0;
};

struct EditedText {
    std::string text;
    std::size_t caret = 0; ///< byte offset, at a grapheme boundary
    bool operator==(const EditedText&) const = default;
};

/// One step. Letters that the kind of field does not take, and more than `most` code points, change nothing.
void apply(const EditStep& step, EditedText& edited, FieldSpec::Kind kind, std::size_t most);

/// The direction of the first letter that has one; `otherwise` where none has.
Direction direction_of_text(std::string_view text, Direction otherwise);

} // namespace vakant
