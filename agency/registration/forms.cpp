#include "agency/registration/forms.h"

#include "core/envelope/envelope.h"
#include "core/json/json.h"
#include "core/registration/form_authoring.h"

namespace vakant {

namespace {

constexpr std::string_view offered_kind = "form", own_kind = "own_form";
constexpr std::size_t largest_form = 4u << 20;

Document document_of(std::string_view agency, std::string id, std::string version, std::string body,
                     const SigningKey& content_key) {
    const SignedContent content =
        sign_content(std::string(agency), std::string(offered_kind), id, body, content_key);
    return Document{std::string(offered_kind),
                    std::move(id),
                    std::move(version),
                    blake2b_hex(body),
                    std::move(body),
                    content.signer,
                    Bytes(content.signature.begin(), content.signature.end())};
}

} // namespace

Result<CheckedForm> signed_form(std::string_view text, std::string_view agency,
                                const SigningKey& content_key) {
    if (text.size() > largest_form) return invalid_input("the form is larger than 4 MiB");
    VAKANT_TRY(json, parse_json(text));
    VAKANT_TRY(form, FormDefinition::from_json(json));
    VAKANT_TRY(to_look_at, check_as_author(form));
    // Canonical bytes: the digest of the body is the form's own.
    return CheckedForm{document_of(agency, form.id, form.version, json.to_canonical_text(), content_key),
                       std::move(to_look_at)};
}

Result<std::vector<Document>> signed_forms(const std::filesystem::path& assets, std::string_view agency,
                                           const SigningKey& content_key) {
    return read_documents(assets / "forms", [&](const std::string& text) -> Result<Document> {
        VAKANT_TRY(checked, signed_form(text, agency, content_key));
        return std::move(checked.document); // what to look at: authors see it by `vakant form check`
    });
}

Result<std::vector<Document>> own_forms(Connection& connection, std::string_view agency) {
    return offered_documents(connection, agency, own_kind);
}

Outcome keep_own_form(Connection& connection, std::string_view agency, Document form, std::int64_t now) {
    return offer_beside(connection, agency, own_kind, std::move(form), now);
}

Outcome forget_own_form(Connection& connection, std::string_view agency, std::string_view id,
                        std::int64_t now) {
    VAKANT_TRY(was_there, withdraw_document(connection, agency, own_kind, id, now));
    if (was_there) return done();
    return not_found("form " + std::string(id) + ": agency " + std::string(agency) +
                     " has none of that name of its own");
}

Outcome offer_forms(Connection& connection, std::string_view agency, std::vector<Document> shipped,
                    const SigningKey& content_key, std::int64_t now) {
    VAKANT_TRY(own, own_forms(connection, agency));
    for (Document& form : own) {
        std::erase_if(shipped, [&](const Document& one) { return one.id == form.id; });
        shipped.push_back(document_of(agency, std::move(form.id), std::move(form.version),
                                      std::move(form.body), content_key));
    }
    return offer_documents(connection, agency, offered_kind, shipped, now);
}

} // namespace vakant
