// What is said for a node: name, role, state, value, position, description. A pure function, so that a test
// can read what a person hears.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "kiosk/semantics/semantic_tree.h"

namespace vakant {

/// Gives the words for "role.button", "state.checked", "state.of" ({position} of {count}) ... in the person's
/// language.
using SpeechWords = std::function<std::string(std::string_view key, int position, int count)>;

/// `on_loudspeaker`: values of private nodes are left out.
std::string spoken_text(const SemanticNode& node, const SpeechWords& words, bool on_loudspeaker);

} // namespace vakant
