// One schema.org JobPosting as the canonical vacancy. Only for import_jobposting.cpp.
#pragma once

#include "core/vacancies/vacancy.h"

namespace vakant {

/// `posting` is the object with "@type": "JobPosting"; refused with the field and what is wrong with it.
Result<Vacancy> vacancy_from_job_posting(const Json& posting);

/// Its id among all sites: the host of its address with its identifier, else the address, else the
/// identifier, else a digest of the whole.
std::string job_posting_id(const Json& posting);

/// Whether "@type" names `type`: a text or a list, with or without "schema.org/" before it.
bool has_type(const Json& object, std::string_view type);

} // namespace vakant
