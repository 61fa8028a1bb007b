// The agency's profile as a document that kiosks fetch: checked, signed by the content key, the newest one
// offered, the earlier ones kept. Used by agency/api and by the command `config`.
#pragma once

#include <optional>
#include <string_view>

#include "agency/store/documents.h"
#include "core/crypto/crypto.h"
#include "core/profile/agency_profile.h"

namespace vakant {

/// invalid_input with the member's path where the text is not a profile.
Result<Document> signed_profile(std::string_view text, std::string_view agency,
                                const SigningKey& content_key);
Outcome offer_profile(Connection& connection, std::string_view agency, const Document& profile,
                      std::int64_t now);
/// Signs the offered profile anew, where there is one: the content key may be another one than it was.
Outcome renew_profile(Connection& connection, std::string_view agency, const SigningKey& content_key,
                      std::int64_t now);
/// The offered one as text, or none.
Result<std::optional<std::string>> offered_profile(Connection& connection, std::string_view agency);

} // namespace vakant
