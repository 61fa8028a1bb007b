#include "kiosk/pages/vacancies/facet_words.h"

#include "core/text/text.h"

namespace vakant {

std::string_view word_for(Facet facet) {
    switch (facet) {
    case Facet::municipality:
        return "municipality";
    case Facet::region:
        return "region";
    case Facet::field:
        return "field";
    case Facet::hours:
        return "hours";
    case Facet::term:
        return "term";
    case Facet::language:
        return "language";
    case Facet::no_training:
        return "no_training";
    case Facet::no_licence:
        return "no_licence";
    case Facet::training:
        return "training";
    case Facet::closing_soon:
        return "closing_soon";
    }
    return "";
}

std::string facet_value_text(const FacetChoice& choice, std::string_view place_name, const PageContext& in) {
    const Strings& s = in.strings;
    switch (choice.facet) {
    case Facet::municipality:
    case Facet::region:
        // "FI:tampere" where nobody has told the name.
        if (place_name.empty()) return isolated(choice.value.substr(choice.value.find(':') + 1));
        return isolated(place_name);
    case Facet::field:
        return s.get("vacancies.field." + choice.value);
    case Facet::hours:
        return s.get("hours." + choice.value);
    case Facet::term:
        return s.get(choice.value == "permanent" ? "employment.permanent" : "vacancies.filters.temporary");
    case Facet::language:
        if (choice.value == unknown_language) return s.get("vacancies.filters.language_unknown");
        return language_name(choice.value, in.language);
    case Facet::no_training:
    case Facet::no_licence:
    case Facet::training:
    case Facet::closing_soon:
        break;
    }
    return s.get("vacancies.filters." + std::string(word_for(choice.facet)));
}

} // namespace vakant
