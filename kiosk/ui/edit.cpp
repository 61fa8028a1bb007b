#include "kiosk/ui/edit.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace vakant {
namespace {

bool is_right_to_left_letter(char32_t c) {
    return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF);
}

bool is_left_to_right_letter(char32_t c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0x00C0 && c <= 0x058F && c != 0xD7 && c != 0xF7);
}

bool is_digit(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9);
}

bool takes(FieldSpec::Kind kind, char32_t c) {
    if (c < 0x20 || c == 0x7F) return false;
    if (kind == FieldSpec::Kind::number) return is_digit(c);
    if (kind == FieldSpec::Kind::telephone)
        return is_digit(c) || std::u32string_view(U" +-()/").find(c) != std::u32string_view::npos;
    if (kind == FieldSpec::Kind::email) return c != ' ';
    return true;
}

std::size_t boundary_before(std::string_view text, std::size_t caret) {
    const auto boundaries = grapheme_boundaries(text);
    const auto at = std::lower_bound(boundaries.begin(), boundaries.end(), caret);
    return at == boundaries.begin() ? 0 : *std::prev(at);
}

std::size_t boundary_after(std::string_view text, std::size_t caret) {
    const auto boundaries = grapheme_boundaries(text);
    const auto at = std::upper_bound(boundaries.begin(), boundaries.end(), caret);
    return at == boundaries.end() ? text.size() : *at;
}

} // namespace

std::string dots(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += one_dot;
    return out;
}

Direction direction_of_text(std::string_view text, Direction otherwise) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (is_right_to_left_letter(c)) return Direction::right_to_left;
        if (is_left_to_right_letter(c)) return Direction::left_to_right;
    }
    return otherwise;
}

namespace {

void erase_selection(EditedText& edited) {
    const std::size_t first = edited.first_selected();
    edited.text.erase(first, edited.last_selected() - first);
    edited.caret = first;
    edited.anchor.reset();
}

void insert(char32_t character, EditedText& edited, FieldSpec::Kind kind, std::size_t most) {
    if (!takes(kind, character)) return;
    EditedText changed = edited;
    erase_selection(changed);
    if (code_point_count(changed.text) >= most) return;
    std::string letter;
    append_utf8(letter, character);
    changed.text.insert(changed.caret, letter);
    changed.caret += letter.size();
    // A mark, or half a flag, joins what stands before or behind it.
    const auto boundaries = grapheme_boundaries(changed.text);
    changed.caret = *std::ranges::lower_bound(boundaries, changed.caret);
    edited = std::move(changed);
}

void move_to(std::size_t place, bool extend, EditedText& edited) {
    const std::size_t from = edited.anchor.value_or(edited.caret);
    edited.caret = place;
    edited.anchor = extend && from != place ? std::optional(from) : std::nullopt;
}

void move_by_arrow(const EditStep& step, EditedText& edited, const VisualStep& visual) {
    const bool to_the_right = step.kind == EditStep::Kind::caret_right;
    const bool rtl = direction_of_text(edited.text, Direction::left_to_right) == Direction::right_to_left;
    const bool forward = to_the_right != rtl;
    if (edited.anchor && !step.extend)
        return move_to(forward ? edited.last_selected() : edited.first_selected(), false, edited);
    const auto seen = visual ? visual(edited.text, edited.caret, to_the_right) : std::nullopt;
    const std::size_t logical =
        forward ? boundary_after(edited.text, edited.caret) : boundary_before(edited.text, edited.caret);
    move_to(seen.value_or(logical), step.extend, edited);
}

} // namespace

void apply(const EditStep& step, EditedText& edited, FieldSpec::Kind kind, std::size_t most,
           const VisualStep& visual) {
    using Kind = EditStep::Kind;
    edited.caret = std::min(edited.caret, edited.text.size());
    if (edited.anchor) edited.anchor = std::min(*edited.anchor, edited.text.size());
    const bool selected = edited.anchor.has_value();
    switch (step.kind) {
    case Kind::insert:
        return insert(step.character, edited, kind, most);
    case Kind::backspace:
        if (!selected) edited.anchor = boundary_before(edited.text, edited.caret);
        return erase_selection(edited);
    case Kind::delete_forward:
        if (!selected) edited.anchor = boundary_after(edited.text, edited.caret);
        return erase_selection(edited);
    case Kind::home:
        return move_to(0, step.extend, edited);
    case Kind::end:
        return move_to(edited.text.size(), step.extend, edited);
    case Kind::caret_left:
    case Kind::caret_right:
        return move_by_arrow(step, edited, visual);
    case Kind::select_all:
        edited.anchor = edited.text.empty() ? std::nullopt : std::optional<std::size_t>(0);
        edited.caret = edited.text.size();
        return;
    }
}

} // namespace vakant
