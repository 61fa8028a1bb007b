// Speech: texts are read aloud by espeak-ng, or played where an agency recorded them; both in processes of
// their own. Used by kiosk/app.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace vakant {

/// What is said in one go, in one language.
struct Utterance {
    std::string text;
    std::string language;            ///< "fi", "en", "ar"
    std::filesystem::path recording; ///< a WAV file that says the same; empty: the voice reads the text
};

/// How loud and how fast, in steps that a person goes through: of 3 dB, and of a fifth of the speed.
inline constexpr int speech_steps = 8;
inline constexpr int usual_volume_step = 6, usual_rate_step = 3;
int speech_volume(int step); ///< percent of espeak-ng's usual amplitude
int speech_rate(int step);   ///< words a minute: 125 usually, from half to twice of it

/// The seam: tests put a recorder here.
class SpeechVoice {
public:
    virtual ~SpeechVoice() = default;
    /// Ends what is being said, and says these one after the other. Never blocks.
    virtual void say(std::vector<Utterance> utterances) = 0;
    /// What is being said ends within a few milliseconds, and nothing follows it.
    virtual void silence() = 0;
    /// Something that say() was given is not over.
    virtual bool speaking() const = 0;
    virtual void set_rate(int words_per_minute) = 0; ///< of the voice, 60 to 360; recordings keep theirs
    virtual void set_volume(int percent) = 0;        ///< 0 to 200
};

/// Where speech goes. Programs are looked for in PATH.
struct SpeechOutput {
    std::string folder;             ///< "": it is played; else WAV files are written here, in order
    std::string device = "default"; ///< of ALSA; "null" plays into nothing
    std::string voice_program = "espeak-ng", player_program = "aplay";
    std::function<void()> ended = {};               ///< any thread: speaking() has become false
    std::function<void(std::string_view)> log = {}; ///< any thread; never what was said
};

/// The voice writes sound, the player plays it: a process each for every utterance, killed when it is
/// interrupted; a voice that dies is started again once. A language without a voice ("so") says nothing but
/// recordings. Texts go through pipes, so that no name stands in the list of processes.
std::unique_ptr<SpeechVoice> make_espeak_voice(SpeechOutput output);

/// The espeak-ng voice for a language, "" where there is none.
std::string_view voice_for(std::string_view language);

} // namespace vakant
