#include "agency/candidates/payload.h"

#include "core/base/utf8.h"

namespace vakant {

namespace {

std::string text_of(const Json& json, std::string_view name) {
    return std::string(json[name].text());
}

ConsentRecord read_consent(const Json& json) {
    ConsentRecord consent;
    consent.purpose = text_of(json, "purpose");
    consent.recipient = text_of(json, "recipient");
    consent.recipient_kind = text_of(json, "recipient_kind");
    consent.text_version = text_of(json, "text_version");
    consent.given = json["given"].bool_or(false);
    consent.language = text_of(json, "language");
    consent.text_digest = text_of(json, "text_digest");
    consent.at = json["at"].integer_or(0);
    consent.form_version = text_of(json, "form_version");
    consent.retention = text_of(json, "retention");
    return consent;
}

RegistrationRecord read_registration(const Json& json) {
    RegistrationRecord registration;
    registration.form = text_of(json, "form");
    registration.version = text_of(json, "version");
    registration.digest = text_of(json, "digest");
    registration.language = text_of(json, "language");
    registration.secret = text_of(json, "secret");
    registration.retention = text_of(json, "retention");
    registration.source_id = text_of(json["source"], "id");
    registration.answers = json["answers"];
    registration.notice = json["notice"];
    if (json["vacancy"].is_string() && !json["vacancy"].text().empty())
        registration.vacancy = text_of(json, "vacancy");
    registration.is_application = json["application"].bool_or(false);
    for (const Json& consent : json["consents"].items())
        registration.consents.push_back(read_consent(consent));
    return registration;
}

ResultRecord read_result(const Json& json) {
    return {text_of(json, "test"), text_of(json, "version"), text_of(json, "digest"),
            text_of(json, "language"), json["metrics"]};
}

ReportRecord read_report(const Json& json) {
    constexpr std::size_t longest = 500; // code points: it is a remark, not a place to store things
    const auto short_text = [&](std::string_view name) {
        return std::string(first_code_points(json[name].text(), longest));
    };
    return {short_text("vacancy"), short_text("title"), short_text("reason"), short_text("remark"),
            short_text("language")};
}

} // namespace

Payload read_payload(std::string_view text) {
    Payload payload;
    auto json = parse_json(text);
    if (!json.ok()) {
        payload.flag = "not_json";
        return payload;
    }
    payload.whole = std::move(*json);
    const Json& whole = payload.whole;
    payload.reference = text_of(whole, "reference");
    payload.secret = text_of(whole, "secret");
    payload.source =
        whole["source"].is_string() ? text_of(whole, "source") : text_of(whole["source"], "kind");
    const std::string_view kind = whole["kind"].text();
    if (kind == "registration" && whole["answers"].is_object() && whole["form"].is_string()) {
        payload.registration = read_registration(whole);
    } else if (kind == "skill-result" && whole["metrics"].is_object() && whole["test"].is_string()) {
        payload.result = read_result(whole);
    } else if (kind == "report" && whole["vacancy"].is_string() && whole["reason"].is_string()) {
        payload.report = read_report(whole);
    } else if (kind == "withdrawal" && !payload.reference.empty() && !payload.secret.empty()) {
        payload.is_withdrawal = true;
    } else {
        const bool is_known =
            kind == "registration" || kind == "skill-result" || kind == "withdrawal" || kind == "report";
        payload.flag = is_known ? "not_readable" : "unknown_kind";
    }
    return payload;
}

} // namespace vakant
