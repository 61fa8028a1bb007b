// Forms, tests and other content as kiosks fetch it: immutable texts under their digest, with the signature
// of the agency's content key. Kept also when no longer offered, so that every submission can be read against
// what it answered. Written by agency/registration, agency/skills, agency/profile and agency/vacancies, read
// by agency/api and agency/candidates.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agency/store/database.h"

namespace vakant {

struct Document {
    std::string kind; ///< "form", "skill", "config", "occupations"
    std::string id, version;
    std::string digest; ///< of the body, hex
    std::string body;
    std::string signer;
    Bytes signature;
};

/// Offers exactly these documents of that kind from now on.
Outcome offer_documents(Connection& connection, std::string_view agency, std::string_view kind,
                        const std::vector<Document>& documents, std::int64_t now);
Result<std::vector<Document>> offered_documents(Connection& connection, std::string_view agency,
                                                std::string_view kind);
/// Offers it under `kind`, beside the others, in the place of the one of the same id.
Outcome offer_beside(Connection& connection, std::string_view agency, std::string_view kind,
                     Document document, std::int64_t now);
/// False where none of that id was offered.
Result<bool> withdraw_document(Connection& connection, std::string_view agency, std::string_view kind,
                               std::string_view id, std::int64_t now);
/// The body of a document that was ever offered, or none.
Result<std::optional<std::string>> find_document(Connection& connection, std::string_view agency,
                                                 std::string_view kind, std::string_view digest);

/// Every *.json of a folder, by name, each given to `check`, which makes its document or says why it is none.
using CheckDocument = std::function<Result<Document>(const std::string& text)>;
Result<std::vector<Document>> read_documents(const std::filesystem::path& folder, const CheckDocument& check);

} // namespace vakant
