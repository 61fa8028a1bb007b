// One HR-XML PositionOpening, as EURES exchanges it, as the canonical vacancy. Only for import_eures.cpp.
#pragma once

#include "core/vacancies/vacancy.h"
#include "core/xml/xml.h"

namespace vakant {

/// `opening` is the element PositionOpening; refused with the element and what is wrong with it. The id is
/// that of the document at the service that issued it ("PES-SWEDEN/23590448").
Result<Vacancy> vacancy_from_position_opening(const XmlElement& opening);
std::string position_opening_id(const XmlElement& opening);
/// False for "Closed" and whatever else is not "Active".
bool is_active_opening(const XmlElement& opening);

} // namespace vakant
