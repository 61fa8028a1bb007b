// The skills tests that this installation offers, from assets/skills. Called at the start of `serve`.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "agency/store/documents.h"
#include "core/crypto/crypto.h"

namespace vakant {

/// Every test, checked and signed for the agency. Refused with the file and what is wrong in it.
Result<std::vector<Document>> signed_skill_tests(const std::filesystem::path& assets, std::string_view agency,
                                                 const SigningKey& content_key);

} // namespace vakant
