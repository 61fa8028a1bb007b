#include "agency/vacancies/occupation_documents.h"

#include <algorithm>

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
Outcome offer_only(Connection& connection, std::string_view agency, const std::vector<Document>& tables,
                   std::int64_t now) {
    VAKANT_CHECK(offer_documents(connection, agency, kind, tables, now));
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
    VAKANT_TRY(offered, offered_occupations(connection, agency));
    std::erase_if(offered, [&](const Document& one) { return one.id == table.id; });
    offered.push_back(std::move(table));
    return offer_only(connection, agency, offered, now);
}

Outcome withdraw_occupations(Connection& connection, std::string_view agency, std::string_view id,
                             std::int64_t now) {
    VAKANT_TRY(offered, offered_occupations(connection, agency));
    if (std::erase_if(offered, [&](const Document& one) { return one.id == id; }) == 0)
        return not_found("occupations " + std::string(id) + ": agency " + std::string(agency) +
                         " has no table of that name");
    return offer_only(connection, agency, offered, now);
}

Outcome renew_occupations(Connection& connection, std::string_view agency, const SigningKey& content_key,
                          std::int64_t now) {
    VAKANT_TRY(offered, offered_occupations(connection, agency));
    for (Document& table : offered)
        table = document_of(agency, std::move(table.id), std::move(table.body), content_key);
    return offer_only(connection, agency, offered, now);
}

} // namespace vakant
