// The registration forms that this installation offers, from assets/forms. Called at the start of `serve`.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "agency/store/documents.h"
#include "core/crypto/crypto.h"

namespace vakant {

/// Every form, checked as `vakant form check` does and signed for the agency. Refused with the file, the path
/// in it and the reason; then none is offered anew.
Result<std::vector<Document>> signed_forms(const std::filesystem::path& assets, std::string_view agency,
                                           const SigningKey& content_key);

} // namespace vakant
