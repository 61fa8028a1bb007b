#include "kiosk/app/narrator.h"

#include "core/base/utf8.h"
#include "core/text/text.h"
#include "kiosk/semantics/sign_names.h"

namespace vakant {
namespace {

/// Whose kiosk it is stands on every page: hearing it once, on the one that invites, is enough.
bool is_read_with_page(const SemanticNode& node, std::string_view place) {
    const Role role = node.role;
    if (node.key == "frame.brand") return place.starts_with("attract");
    return role == Role::heading || role == Role::dialog || role == Role::text || role == Role::notice ||
           role == Role::progress || role == Role::image;
}

SpeechWords words_of(const Strings& strings) {
    return [&strings](std::string_view key, int position, int count) {
        return strings.get(key, {{"position", std::int64_t{position}}, {"count", std::int64_t{count}}});
    };
}

/// The sign by its name in the page's language, the letter as it is in its own.
SpokenPart name_of_sign(const std::string& sign, const std::string& language, const Strings& strings) {
    const std::string_view key = name_key_of_sign(sign);
    return key.empty() ? SpokenPart{sign, language} : SpokenPart{strings.get(key), ""};
}

} // namespace

/// Collects parts into utterances: what follows in the same language becomes one sentence.
class Narrator::Sentence {
public:
    Sentence(Narrator& narrator, std::string_view language) : narrator_(narrator), language_(language) {}

    void add(const SpokenPart& part) {
        const std::string& language = part.language.empty() ? language_ : part.language;
        const bool own = same_language(language, language_);
        const auto known = own ? narrator_.known_.find(part.text) : narrator_.known_.end();
        if (known != narrator_.known_.end() && !known->second.recording.empty()) {
            utterances_.push_back({part.text, language, known->second.recording});
            return;
        }
        const bool respelled = known != narrator_.known_.end() && !known->second.spoken.empty();
        const std::string text =
            respelled ? known->second.spoken : read_aloud(part.text, narrator_.readings_.of(language));
        if (text.empty()) return;
        const bool goes_on = !utterances_.empty() && utterances_.back().recording.empty() &&
                             same_language(utterances_.back().language, language);
        if (!goes_on) utterances_.push_back({"", own ? language_ : language, {}});
        std::string& said = utterances_.back().text;
        if (begins_ && !said.empty() && std::string_view(".?!").find(said.back()) == std::string_view::npos)
            said += ".";
        add_spoken(said, text);
        begins_ = false;
    }
    void add(const std::vector<SpokenPart>& parts) {
        begins_ = true;
        for (const SpokenPart& part : parts)
            add(part);
    }
    std::vector<Utterance> take() { return std::move(utterances_); }

private:
    Narrator& narrator_;
    std::string language_;
    std::vector<Utterance> utterances_;
    bool begins_ = false;
};

void Narrator::forget() {
    place_.clear();
    focused_.clear();
    notices_.clear();
    values_.clear();
    last_.clear();
    keyboard_was_open_ = warned_ = false;
}

bool Narrator::can_speak(std::string_view language) const {
    std::error_code missing;
    return !voice_for(language).empty() || std::filesystem::is_directory(recordings_ / language, missing);
}

/// Texts without placeholders, by what they say. The folder is looked at once a language.
void Narrator::learn(const Strings& strings) {
    if (known_language_ == strings.language()) return;
    known_language_ = strings.language();
    known_.clear();
    const std::filesystem::path folder = recordings_ / known_language_;
    constexpr std::string_view spoken_suffix = ".spoken";
    for (const std::string& key : strings.keys()) {
        if (key.ends_with(spoken_suffix)) continue;
        Known known;
        if (strings.has(key + std::string(spoken_suffix)))
            known.spoken = strings.get(key + std::string(spoken_suffix));
        std::error_code missing;
        if (std::filesystem::path file = folder / (key + ".wav"); std::filesystem::exists(file, missing))
            known.recording = std::move(file);
        if (!known.spoken.empty() || !known.recording.empty()) known_[strings.get(key)] = std::move(known);
    }
}

/// What changed in a field since the last call: the letter, or that one came or went where others may hear.
std::vector<SpokenPart> Narrator::typed(const Scene& scene) {
    std::map<std::string, std::string> values;
    std::vector<SpokenPart> said;
    for (const SemanticNode& node : scene.tree.nodes()) {
        if (node.role != Role::field) continue;
        const auto before = values_.find(node.key);
        values[node.key] = node.value;
        if (before == values_.end() || before->second == node.value) continue;
        const std::string &from = before->second, &to = node.value;
        const bool removed = to.size() < from.size();
        const std::string &longer = removed ? from : to, &shorter = removed ? to : from;
        std::size_t same = 0;
        while (same < shorter.size() && shorter[same] == longer[same])
            ++same;
        while (same > 0 && (static_cast<unsigned char>(longer[same]) & 0xC0) == 0x80)
            --same; // not into the middle of a letter
        std::string sign = longer.substr(same, longer.size() - shorter.size());
        if (code_point_count(sign) > 1 && !removed) sign = to; // a whole word was chosen
        const bool hidden = node.is_private && scene.on_loudspeaker;
        if (hidden) {
            said.push_back(
                {scene.strings.get(removed ? "speech.removed_hidden" : "speech.typed_hidden"), ""});
        } else {
            said.push_back(name_of_sign(sign, node.content_language, scene.strings));
            if (removed) said.push_back({scene.strings.get("speech.removed"), ""});
        }
    }
    values_ = std::move(values);
    return said;
}

void Narrator::tell(const Scene& scene, SpeechVoice& voice) {
    learn(scene.strings);
    const SpeechWords words = words_of(scene.strings);
    const bool new_page = scene.place != place_ || scene.strings.language() != language_;
    place_ = scene.place;
    language_ = scene.strings.language();
    Sentence sentence(*this, language_);
    const std::vector<SpokenPart> echo = typed(scene);
    if (!new_page) sentence.add(echo);
    std::vector<SpokenPart> focused;
    std::set<std::string> notices;
    bool keyboard = false, is_private = false;
    for (const SemanticNode& node : scene.tree.nodes()) {
        keyboard = keyboard || node.key == "keyboard";
        is_private = is_private || (node.role == Role::field && node.is_private);
        if (node.focused) focused = spoken_parts(node, words, scene.on_loudspeaker);
        const std::vector<SpokenPart> parts = spoken_parts(node, words, scene.on_loudspeaker);
        if (node.role == Role::notice) {
            notices.insert(spoken_text(node, words, scene.on_loudspeaker));
            const bool appeared = !notices_.contains(spoken_text(node, words, scene.on_loudspeaker));
            if (!new_page && appeared) sentence.add(parts);
        }
        if (new_page && is_read_with_page(node, place_)) sentence.add(parts);
    }
    notices_ = std::move(notices);
    const bool opens = keyboard && !keyboard_was_open_;
    keyboard_was_open_ = keyboard;
    if (opens && is_private && scene.on_loudspeaker && !std::exchange(warned_, true))
        sentence.add({{scene.strings.get("speech.loudspeaker"), ""}});
    std::string has_focus;
    for (const SpokenPart& part : focused)
        add_spoken(has_focus, part.text);
    // Which key has the focus was said before it was pressed.
    if (new_page || has_focus != focused_) sentence.add(focused);
    focused_ = std::move(has_focus);
    speak(sentence.take(), voice);
}

void Narrator::say(std::string_view text, const Strings& strings, SpeechVoice& voice) {
    learn(strings);
    Sentence sentence(*this, strings.language());
    sentence.add({{std::string(text), ""}});
    speak(sentence.take(), voice);
}

bool Narrator::repeat(SpeechVoice& voice) {
    if (last_.empty()) return false;
    voice.say(last_);
    return true;
}

void Narrator::speak(std::vector<Utterance> utterances, SpeechVoice& voice) {
    if (utterances.empty()) return;
    last_ = utterances;
    voice.say(std::move(utterances));
}

} // namespace vakant
