#include "kiosk/semantics/spoken_text.h"

namespace vakant {
namespace {

std::string_view checked_word(const SemanticNode& node) {
    const bool one_of_several = node.role == Role::radio || node.role == Role::tab;
    if (*node.checked) return one_of_several ? "state.selected" : "state.checked";
    return one_of_several ? "state.not_selected" : "state.not_checked";
}

bool role_is_said(Role role) {
    return role != Role::text && role != Role::group && role != Role::page;
}

class Parts {
public:
    void add(std::string text, std::string_view language = "") {
        if (!text.empty()) parts_.push_back({std::move(text), std::string(language)});
    }
    std::vector<SpokenPart> take() { return std::move(parts_); }

private:
    std::vector<SpokenPart> parts_;
};

void add_value(Parts& parts, const SemanticNode& node, const SpeechWords& words, bool on_loudspeaker) {
    if (node.value.empty()) {
        if (node.role == Role::field) parts.add(words("state.empty", 0, 0));
    } else if (node.is_private && on_loudspeaker) {
        parts.add(words(node.role == Role::field ? "state.filled" : "state.hidden", 0, 0));
    } else {
        parts.add(node.value, node.content_language);
    }
}

} // namespace

void add_spoken(std::string& text, std::string_view part) {
    if (part.empty()) return;
    if (!text.empty()) {
        const bool ends = std::string_view(".?!:,;").find(text.back()) != std::string_view::npos;
        text += ends || text.ends_with("؟") || text.ends_with("،") ? " " : ", ";
    }
    text += part;
}

std::vector<SpokenPart> spoken_parts(const SemanticNode& node, const SpeechWords& words,
                                     bool on_loudspeaker) {
    Parts parts;
    const bool hides_name =
        node.is_private && on_loudspeaker && node.role == Role::text && node.value.empty();
    if (hides_name) {
        parts.add(words("state.hidden", 0, 0));
    } else {
        parts.add(node.spoken.empty() ? node.name : node.spoken, node.language);
    }
    if (node.role == Role::key) return parts.take();
    if (role_is_said(node.role)) parts.add(words("role." + std::string(name_of(node.role)), 0, 0));
    if (node.checked) parts.add(words(checked_word(node), 0, 0));
    if (!node.enabled) parts.add(words("state.disabled", 0, 0));
    if (node.invalid) parts.add(words("state.invalid", 0, 0));
    add_value(parts, node, words, on_loudspeaker);
    if (node.count > 1) parts.add(words("state.of", node.position, node.count));
    parts.add(node.description, node.content_language);
    parts.add(node.excerpt, node.language);
    return parts.take();
}

std::string spoken_text(const SemanticNode& node, const SpeechWords& words, bool on_loudspeaker) {
    std::string text;
    for (const SpokenPart& part : spoken_parts(node, words, on_loudspeaker))
        add_spoken(text, part.text);
    return text;
}

} // namespace vakant
