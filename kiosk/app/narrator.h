// Reads aloud what has the focus: the page when it is new, then the focused node whenever it or its state
// changes, and notices that appear. Reads the semantic tree and nothing else. Inside kiosk/app.
#pragma once

#include <set>
#include <string>

#include "core/strings/strings.h"
#include "kiosk/semantics/semantic_tree.h"
#include "kiosk/speech/speaker.h"

namespace vakant {

class Narrator {
public:
    /// `place` names page and part. Says what is new since the last call.
    void tell(const SemanticTree& tree, const Strings& strings, std::string_view place, bool on_loudspeaker,
              SpeechVoice& voice);
    /// The next call tells the whole page again.
    void forget();

private:
    std::string place_, language_, focused_;
    std::set<std::string> notices_;
};

} // namespace vakant
