// Tables of occupations that an agency imports, as documents that its kiosks fetch: one for each file that
// was imported, signed by the content key. Used by agency/api and by the command `occupations`.
#pragma once

#include <string_view>
#include <vector>

#include "agency/store/documents.h"
#include "core/crypto/crypto.h"
#include "core/vacancies/occupations.h"

namespace vakant {

/// invalid_input where the table is larger than a kiosk should be given (16 MiB of text).
Result<Document> signed_occupations(const OccupationTable& table, std::string_view agency,
                                    const SigningKey& content_key);
/// Offers it beside the tables of other ids, in the place of an earlier one of its id.
Outcome offer_occupations(Connection& connection, std::string_view agency, Document table, std::int64_t now);
/// not_found where no table of that id is offered.
Outcome withdraw_occupations(Connection& connection, std::string_view agency, std::string_view id,
                             std::int64_t now);
/// Signs what is offered anew: the content key may be another one than it was.
Outcome renew_occupations(Connection& connection, std::string_view agency, const SigningKey& content_key,
                          std::int64_t now);
Result<std::vector<Document>> offered_occupations(Connection& connection, std::string_view agency);

} // namespace vakant
