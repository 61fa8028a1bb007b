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

Direction direction_of_text(std::string_view text, Direction otherwise) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (is_right_to_left_letter(c)) return Direction::right_to_left;
        if (is_left_to_right_letter(c)) return Direction::left_to_right;
    }
    return otherwise;
}

void apply(const EditStep& step, EditedText& edited, FieldSpec::Kind kind, std::size_t most) {
    using Kind = EditStep::Kind;
    std::string& text = edited.text;
    std::size_t& caret = edited.caret;
    caret = std::min(caret, text.size());
    const bool rtl = direction_of_text(text, Direction::left_to_right) == Direction::right_to_left;
    switch (step.kind) {
    case Kind::insert: {
        if (!takes(kind, step.character) || code_point_count(text) >= most) return;
        std::string letter;
        append_utf8(letter, step.character);
        text.insert(caret, letter);
        caret += letter.size();
        return;
    }
    case Kind::backspace: {
        const std::size_t from = boundary_before(text, caret);
        text.erase(from, caret - from);
        caret = from;
        return;
    }
    case Kind::delete_forward:
        text.erase(caret, boundary_after(text, caret) - caret);
        return;
    case Kind::home:
        caret = 0;
        return;
    case Kind::end:
        caret = text.size();
        return;
    case Kind::caret_left:
    case Kind::caret_right: {
        const bool forward = (step.kind == Kind::caret_right) != rtl;
        caret = forward ? boundary_after(text, caret) : boundary_before(text, caret);
        return;
    }
    }
}

} // namespace vakant
