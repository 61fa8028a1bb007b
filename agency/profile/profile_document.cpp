#include "agency/profile/profile_document.h"

#include "core/envelope/envelope.h"
#include "core/json/json.h"

namespace vakant {

namespace {

constexpr std::string_view kind = "config", id = "profile";
constexpr std::size_t largest_profile = 512u << 10;

Document document_of(std::string_view agency, std::string version, std::string body,
                     const SigningKey& content_key) {
    const SignedContent content =
        sign_content(std::string(agency), std::string(kind), std::string(id), body, content_key);
    return Document{std::string(kind),
                    std::string(id),
                    std::move(version),
                    blake2b_hex(body),
                    body,
                    content.signer,
                    Bytes(content.signature.begin(), content.signature.end())};
}

} // namespace

Result<Document> signed_profile(std::string_view text, std::string_view agency,
                                const SigningKey& content_key) {
    if (text.size() > largest_profile) return invalid_input("profile: larger than 512 KiB");
    VAKANT_TRY(json, parse_json(text));
    VAKANT_TRY(profile, agency_profile_from_json(json));
    return document_of(agency, profile.version, json.to_canonical_text(), content_key);
}

Outcome offer_profile(Connection& connection, std::string_view agency, const Document& profile,
                      std::int64_t now) {
    return offer_documents(connection, agency, kind, {profile}, now);
}

Outcome renew_profile(Connection& connection, std::string_view agency, const SigningKey& content_key,
                      std::int64_t now) {
    VAKANT_TRY(offered, offered_documents(connection, agency, kind));
    if (offered.empty()) return done();
    Document& first = offered.front();
    return offer_profile(connection, agency,
                         document_of(agency, std::move(first.version), std::move(first.body), content_key),
                         now);
}

Result<std::optional<std::string>> offered_profile(Connection& connection, std::string_view agency) {
    VAKANT_TRY(offered, offered_documents(connection, agency, kind));
    if (offered.empty()) return std::optional<std::string>();
    return std::optional<std::string>(std::move(offered.front().body));
}

} // namespace vakant
