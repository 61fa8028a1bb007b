// Speech: what has the focus is read aloud by espeak-ng, a process of its own. Used by kiosk/app.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace vakant {

struct Utterance {
    std::string text;
    std::string language; ///< "fi", "en", "ar"
};

/// The seam: tests put a recorder here.
class SpeechVoice {
public:
    virtual ~SpeechVoice() = default;
    /// Ends what is being said and says this. Never blocks.
    virtual void say(const Utterance& utterance) = 0;
    virtual void silence() = 0;
    virtual void set_rate(int words_per_minute) = 0; ///< 60 to 360; 125 at the start of every session
    virtual void set_volume(int percent) = 0;
};

/// espeak-ng, one process an utterance, killed when interrupted and started again when it dies. A language
/// without a voice ("so") says nothing. `output`: "" for the sound card, or a folder into which WAV files are
/// written.
std::unique_ptr<SpeechVoice> make_espeak_voice(std::string output);

/// The espeak-ng voice for a language, "" where there is none.
std::string_view voice_for(std::string_view language);

} // namespace vakant
