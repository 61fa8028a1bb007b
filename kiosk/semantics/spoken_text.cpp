#include "kiosk/semantics/spoken_text.h"

namespace vakant {
namespace {

/// Adds a part with a comma before it, or a blank where the text so far already ends a sentence.
void add_part(std::string& text, std::string_view part) {
    if (part.empty()) return;
    if (!text.empty()) {
        const bool ends = std::string_view(".?!:,;").find(text.back()) != std::string_view::npos;
        text += ends || text.ends_with("؟") || text.ends_with("،") ? " " : ", ";
    }
    text += part;
}

std::string_view checked_word(const SemanticNode& node) {
    const bool one_of_several = node.role == Role::radio || node.role == Role::tab;
    if (*node.checked) return one_of_several ? "state.selected" : "state.checked";
    return one_of_several ? "state.not_selected" : "state.not_checked";
}

bool role_is_said(Role role) {
    return role != Role::text && role != Role::group && role != Role::page;
}

void add_value(std::string& text, const SemanticNode& node, const SpeechWords& words, bool on_loudspeaker) {
    if (node.value.empty()) {
        if (node.role == Role::field) add_part(text, words("state.empty", 0, 0));
    } else if (node.is_private && on_loudspeaker) {
        add_part(text, words("state.filled", 0, 0));
    } else {
        add_part(text, node.value);
    }
}

} // namespace

std::string spoken_text(const SemanticNode& node, const SpeechWords& words, bool on_loudspeaker) {
    std::string text = node.spoken.empty() ? node.name : node.spoken;
    if (node.role == Role::key) return text;
    if (role_is_said(node.role)) add_part(text, words("role." + std::string(name_of(node.role)), 0, 0));
    if (node.checked) add_part(text, words(checked_word(node), 0, 0));
    if (!node.enabled) add_part(text, words("state.disabled", 0, 0));
    if (node.invalid) add_part(text, words("state.invalid", 0, 0));
    add_value(text, node, words, on_loudspeaker);
    if (node.count > 1) add_part(text, words("state.of", node.position, node.count));
    add_part(text, node.description);
    return text;
}

} // namespace vakant
