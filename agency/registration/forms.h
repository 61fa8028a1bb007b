// The registration forms that an agency offers: those that ship (assets/forms), and in their place or beside
// them the agency's own, which are kept in the store, so that a backup has them. Called by agency/api at the
// start of `serve` and by the command `forms`.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "agency/store/documents.h"
#include "core/crypto/crypto.h"

namespace vakant {

/// Every form that ships, checked as `vakant form check` does and signed for the agency. Refused with the
/// file, the path in it and the reason; then none is offered anew.
Result<std::vector<Document>> signed_forms(const std::filesystem::path& assets, std::string_view agency,
                                           const SigningKey& content_key);

/// A form as its author wrote it, and what the author should look at.
struct CheckedForm {
    Document document;
    std::vector<std::string> to_look_at;
};
/// invalid_input: what `vakant form check` says.
Result<CheckedForm> signed_form(std::string_view text, std::string_view agency,
                                const SigningKey& content_key);

/// The agency's own forms, without those that ship.
Result<std::vector<Document>> own_forms(Connection& connection, std::string_view agency);
/// In the place of the agency's own form of the same id. Offered by offer_forms.
Outcome keep_own_form(Connection& connection, std::string_view agency, Document form, std::int64_t now);
/// not_found: the agency has none of that id of its own.
Outcome forget_own_form(Connection& connection, std::string_view agency, std::string_view id,
                        std::int64_t now);
/// Offers what ships, and the agency's own forms, signed anew, in the place of those of the same id.
Outcome offer_forms(Connection& connection, std::string_view agency, std::vector<Document> shipped,
                    const SigningKey& content_key, std::int64_t now);

} // namespace vakant
