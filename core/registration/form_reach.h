// Whether a question can ever show. Only for this folder.
#pragma once

#include "core/registration/form_graph.h"

namespace vakant {

enum class Reach {
    shows,    ///< some answers make it show
    never,    ///< every combination of answers that matters was tried
    not_found ///< none of those tried, but the rules calculate, or there are too many to try all
};
Reach reach_of(const FormDefinition& form, const FormGraph::Slot& slot);

} // namespace vakant
