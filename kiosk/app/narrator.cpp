#include "kiosk/app/narrator.h"

#include "kiosk/semantics/spoken_text.h"

namespace vakant {
namespace {

constexpr std::size_t longest_page = 1'500; ///< bytes; longer pages are read node by node

void add_sentence(std::string& to, const std::string& sentence) {
    if (sentence.empty()) return;
    if (!to.empty()) to += to.ends_with('.') || to.ends_with('?') || to.ends_with('!') ? " " : ". ";
    to += sentence;
}

} // namespace

void Narrator::forget() {
    place_.clear();
    focused_.clear();
    notices_.clear();
}

void Narrator::tell(const SemanticTree& tree, const Strings& strings, std::string_view place,
                    bool on_loudspeaker, SpeechVoice& voice) {
    const SpeechWords words = [&strings](std::string_view key, int position, int count) {
        return strings.get(key, {{"position", std::int64_t{position}}, {"count", std::int64_t{count}}});
    };
    const bool new_page = place != place_ || strings.language() != language_;
    place_ = place;
    language_ = strings.language();
    std::string text, focused, language;
    std::set<std::string> notices;
    for (const SemanticNode& node : tree.nodes()) {
        const std::string spoken = spoken_text(node, words, on_loudspeaker);
        if (node.focused) {
            focused = spoken;
            language = node.language;
        }
        if (node.role == Role::notice) {
            notices.insert(spoken);
            if (!new_page && !notices_.contains(spoken)) add_sentence(text, spoken);
        }
        const bool is_page_text = node.role == Role::heading || node.role == Role::dialog ||
                                  node.role == Role::text || node.role == Role::notice;
        if (new_page && is_page_text && text.size() + spoken.size() < longest_page)
            add_sentence(text, spoken);
    }
    notices_ = std::move(notices);
    if (new_page || focused != focused_) add_sentence(text, focused);
    const bool only_focus = !new_page && text == focused;
    focused_ = std::move(focused);
    if (!text.empty()) voice.say({text, only_focus && !language.empty() ? language : language_});
}

} // namespace vakant
