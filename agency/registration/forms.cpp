#include "agency/registration/forms.h"

#include "core/envelope/envelope.h"
#include "core/json/json.h"
#include "core/registration/form_authoring.h"

namespace vakant {

Result<std::vector<Document>> signed_forms(const std::filesystem::path& assets, std::string_view agency,
                                           const SigningKey& content_key) {
    return read_documents(assets / "forms", [&](const std::string& text) -> Result<Document> {
        VAKANT_TRY(json, parse_json(text));
        VAKANT_TRY(form, FormDefinition::from_json(json));
        VAKANT_TRY(to_look_at, check_as_author(form));
        (void)to_look_at; // for authors, who see it by `vakant form check`
        // Canonical bytes: the digest of the body is the form's own.
        const std::string body = json.to_canonical_text();
        const SignedContent content = sign_content(std::string(agency), "form", form.id, body, content_key);
        return Document{"form",
                        form.id,
                        form.version,
                        blake2b_hex(body),
                        body,
                        content.signer,
                        Bytes(content.signature.begin(), content.signature.end())};
    });
}

} // namespace vakant
