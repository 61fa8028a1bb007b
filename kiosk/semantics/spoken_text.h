// What is said for a node: name, role, state, value, position, description. Pure functions, so that a test
// can read what a person hears.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/semantics/semantic_tree.h"

namespace vakant {

/// Gives the words for "role.button", "state.checked", "state.of" ({position} of {count}) ... in the person's
/// language.
using SpeechWords = std::function<std::string(std::string_view key, int position, int count)>;

struct SpokenPart {
    std::string text;
    std::string language; ///< "" for the page's
};

/// The parts in the order in which they are said. `on_loudspeaker`: values of private nodes are left out.
std::vector<SpokenPart> spoken_parts(const SemanticNode& node, const SpeechWords& words, bool on_loudspeaker);

/// The parts as one sentence.
std::string spoken_text(const SemanticNode& node, const SpeechWords& words, bool on_loudspeaker);

/// Adds what is said next, with a comma before it, or a blank where the text so far already ends a sentence.
void add_spoken(std::string& text, std::string_view part);

} // namespace vakant
