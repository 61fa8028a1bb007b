// The fields of a vacancy as labelled facts in the reader's language, "not stated" where nothing is known.
// What an ad says in words of its own stays in them.
#pragma once

#include <string>
#include <vector>

#include "core/vacancies/occupations.h"
#include "core/vacancies/vacancy.h"
#include "kiosk/pages/page.h"

namespace vakant {

/// Occupation, place, hours, start, deadline, languages, licence. `known`: what the kiosk knows of each of
/// the ad's occupations, in their order.
std::vector<Fact> place_and_time_facts(const Vacancy& vacancy, const std::vector<OccupationEntry>& known,
                                       const PageContext& in);
/// Contract, pay, positions, training.
std::vector<Fact> offer_facts(const Vacancy& vacancy, const PageContext& in);
/// What is asked, by kind; those that stand for each other in one fact: "a degree, or three years'
/// experience".
std::vector<Fact> requirement_facts(const Vacancy& vacancy, Level level, const PageContext& in);
/// Who would employ the person, in a sentence; for an own order also what the agency is in it.
std::string employer_text(const Vacancy& vacancy, const PageContext& in);
/// How the advertiser can be reached, for ads that cannot be applied for here.
std::vector<Fact> contacts_of(const Vacancy& vacancy, const Strings& strings);
/// Paragraphs of the ad's own text.
std::vector<std::string> paragraphs_of(std::string_view body_plain);

} // namespace vakant
