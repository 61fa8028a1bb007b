#include "agency/store/documents.h"

#include "core/base/bytes.h"

namespace vakant {

Outcome offer_documents(Connection& connection, std::string_view agency, std::string_view kind,
                        const std::vector<Document>& documents, std::int64_t now) {
    VAKANT_TRY(cleared, connection.run("UPDATE documents SET offered = 0 WHERE agency_id = ? AND kind = ?",
                                       {std::string(agency), std::string(kind)}));
    (void)cleared;
    for (const Document& document : documents) {
        VAKANT_TRY(added,
                   connection.run(
                       "INSERT INTO documents (agency_id, kind, document_id, digest, version, body, signer, "
                       "signature, made_at, offered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1) "
                       "ON CONFLICT (agency_id, kind, document_id, digest) DO UPDATE SET "
                       "signer = excluded.signer, signature = excluded.signature, offered = 1",
                       {std::string(agency), std::string(kind), document.id, document.digest,
                        document.version, document.body, document.signer, document.signature, now}));
        (void)added;
    }
    return done();
}

Result<std::vector<Document>> offered_documents(Connection& connection, std::string_view agency,
                                                std::string_view kind) {
    std::vector<Document> documents;
    VAKANT_CHECK(
        connection.query("SELECT document_id, version, digest, body, signer, signature FROM documents WHERE "
                         "agency_id = ? AND kind = ? AND offered = 1 ORDER BY document_id",
                         {std::string(agency), std::string(kind)}, [&](const Row& row) {
                             documents.push_back({std::string(kind), row.text(0), row.text(1), row.text(2),
                                                  row.text(3), row.text(4), row.bytes(5)});
                             return done();
                         }));
    return documents;
}

Outcome offer_beside(Connection& connection, std::string_view agency, std::string_view kind,
                     Document document, std::int64_t now) {
    VAKANT_TRY(offered, offered_documents(connection, agency, kind));
    std::erase_if(offered, [&](const Document& one) { return one.id == document.id; });
    offered.push_back(std::move(document));
    return offer_documents(connection, agency, kind, offered, now);
}

Result<bool> withdraw_document(Connection& connection, std::string_view agency, std::string_view kind,
                               std::string_view id, std::int64_t now) {
    VAKANT_TRY(offered, offered_documents(connection, agency, kind));
    if (std::erase_if(offered, [&](const Document& one) { return one.id == id; }) == 0) return false;
    VAKANT_CHECK(offer_documents(connection, agency, kind, offered, now));
    return true;
}

Result<std::optional<std::string>> find_document(Connection& connection, std::string_view agency,
                                                 std::string_view kind, std::string_view digest) {
    return connection.find_text("SELECT body FROM documents WHERE agency_id = ? AND kind = ? AND digest = ?",
                                {std::string(agency), std::string(kind), std::string(digest)});
}

Result<std::vector<Document>> read_documents(const std::filesystem::path& folder,
                                             const CheckDocument& check) {
    VAKANT_TRY(names, names_in(folder));
    std::vector<Document> documents;
    for (const std::string& name : names) {
        if (!name.ends_with(".json")) continue;
        const std::filesystem::path file = folder / name;
        VAKANT_TRY(text, read_file(file, 4u << 20));
        auto document = check(text);
        if (!document.ok()) return at(file.string(), document.error());
        documents.push_back(std::move(*document));
    }
    return documents;
}

} // namespace vakant
