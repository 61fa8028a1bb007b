#include "agency/vacancies/occupation_documents.h"

#include "core/envelope/envelope.h"
#include "core/json/json.h"

namespace vakant {

namespace {

constexpr std::string_view kind = "occupations";
constexpr std::size_t largest_table = 16u << 20;

Document document_of(std::string_view agency, std::string id, std::string body,
                     const SigningKey& content_key) {
    const SignedContent content = sign_content(std::string(agency), std::string(kind), id, body, content_key);
    return Document{std::string(kind),
                    std::move(id),
                    "1",
                    blake2b_hex(body),
                    std::move(body),
                    content.signer,
                    Bytes(content.signature.begin(), content.signature.end())};
}

/// Nothing refers to a table that is no longer offered, and it may be large.
Outcome forget_former(Connection& connection, std::string_view agency) {
    VAKANT_TRY(gone, connection.run("DELETE FROM documents WHERE agency_id = ? AND kind = ? AND offered = 0",
                                    {std::string(agency), std::string(kind)}));
    (void)gone;
    return done();
}

} // namespace

Result<Document> signed_occupations(const OccupationTable& table, std::string_view agency,
                                    const SigningKey& content_key) {
    std::string body = to_json(table).to_canonical_text();
    if (body.size() > largest_table) return invalid_input("the table is larger than 16 MiB");
    return document_of(agency, table.id, std::move(body), content_key);
}

Result<std::vector<Document>> offered_occupations(Connection& connection, std::string_view agency) {
    return offered_documents(connection, agency, kind);
}

Outcome offer_occupations(Connection& connection, std::string_view agency, Document table, std::int64_t now) {
    VAKANT_CHECK(offer_beside(connection, agency, kind, std::move(table), now));
    return forget_former(connection, agency);
}

Outcome withdraw_occupations(Connection& connection, std::string_view agency, std::string_view id,
                             std::int64_t now) {
    VAKANT_TRY(was_there, withdraw_document(connection, agency, kind, id, now));
    if (was_there) return forget_former(connection, agency);
    return not_found("occupations " + std::string(id) + ": agency " + std::string(agency) +
                     " has no table of that name");
}

Outcome renew_occupations(Connection& connection, std::string_view agency, const SigningKey& content_key,
                          std::int64_t now) {
    VAKANT_TRY(offered, offered_occupations(connection, agency));
    for (Document& table : offered)
        table = document_of(agency, std::move(table.id), std::move(table.body), content_key);
    VAKANT_CHECK(offer_documents(connection, agency, kind, offered, now));
    return forget_former(connection, agency);
}

} // namespace vakant
