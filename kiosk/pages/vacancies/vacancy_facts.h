// The fields of a vacancy as labelled facts in the reader's language, "not stated" where nothing is known.
#pragma once

#include <vector>

#include "core/vacancies/vacancy.h"
#include "kiosk/pages/page.h"

namespace vakant {

std::vector<Fact> facts_of(const Vacancy& vacancy, const PageContext& in);
/// How the advertiser can be reached, for ads that cannot be applied for here.
std::vector<Fact> contacts_of(const Vacancy& vacancy, const Strings& strings);
/// Paragraphs of the ad's own text.
std::vector<std::string> paragraphs_of(std::string_view body_plain);

} // namespace vakant
