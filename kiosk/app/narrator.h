// Reads aloud what has the focus: the page when it is new, then the focused node whenever it or its state
// changes, notices that appear, and what is typed. Reads the semantic tree and nothing else. Every part of a
// sentence is said in its own language, signs and abbreviations in that language's words; a text that stands
// in assets/strings is said as its ".spoken" text has it, or played where the agency recorded it. Inside
// kiosk/app.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/strings/strings.h"
#include "kiosk/app/readings.h"
#include "kiosk/semantics/semantic_tree.h"
#include "kiosk/semantics/spoken_text.h"
#include "kiosk/speech/speaker.h"

namespace vakant {

class Narrator {
public:
    /// Of `assets`: audio/<language>/<key>.wav and speech/<language>.json; neither need exist.
    explicit Narrator(const std::filesystem::path& assets)
        : recordings_(assets / "audio"), readings_(assets / "speech") {}

    struct Scene {
        const SemanticTree& tree;
        const Strings& strings;
        std::string_view place; ///< page and part
        bool on_loudspeaker = true;
    };
    /// Says what is new since the last call.
    void tell(const Scene& scene, SpeechVoice& voice);
    /// Says one text now, apart from the page.
    void say(std::string_view text, const Strings& strings, SpeechVoice& voice);
    /// Says the last thing again. False: nothing has been said.
    bool repeat(SpeechVoice& voice);
    /// The next call tells the whole page again; what was said is forgotten.
    void forget();
    /// There is a voice for this language, or something recorded in it.
    bool can_speak(std::string_view language) const;

private:
    /// What a text of the page's language is in speech.
    struct Known {
        std::string spoken; ///< "" where it is read as it is written
        std::filesystem::path recording;
    };
    class Sentence;
    void learn(const Strings& strings);
    std::vector<SpokenPart> typed(const Scene& scene);
    void speak(std::vector<Utterance> utterances, SpeechVoice& voice);

    std::filesystem::path recordings_;
    Readings readings_;
    std::string place_, language_, focused_;
    std::set<std::string> notices_;
    std::map<std::string, std::string> values_; ///< of the page's fields, by key
    std::map<std::string, Known, std::less<>> known_;
    std::string known_language_;
    bool keyboard_was_open_ = false, warned_ = false;
    std::vector<Utterance> last_;
};

} // namespace vakant
