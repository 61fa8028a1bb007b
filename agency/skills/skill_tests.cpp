#include "agency/skills/skill_tests.h"

#include "core/envelope/envelope.h"
#include "core/json/json.h"
#include "core/skills/typing.h"

namespace vakant {

Result<std::vector<Document>> signed_skill_tests(const std::filesystem::path& assets, std::string_view agency,
                                                 const SigningKey& content_key) {
    return read_documents(assets / "skills", [&](const std::string& text) -> Result<Document> {
        VAKANT_TRY(json, parse_json(text));
        VAKANT_TRY(test, typing_test_from_json(json));
        // Canonical bytes: the digest of the body is the test's own.
        const std::string body = json.to_canonical_text();
        const SignedContent content = sign_content(std::string(agency), "skill", test.id, body, content_key);
        return Document{"skill",
                        test.id,
                        test.version,
                        blake2b_hex(body),
                        body,
                        content.signer,
                        Bytes(content.signature.begin(), content.signature.end())};
    });
}

} // namespace vakant
