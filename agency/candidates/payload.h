// What an opened envelope says, read into plain values. Only agency/candidates includes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/json/json.h"

namespace vakant {

struct ConsentRecord {
    std::string purpose, recipient, recipient_kind, language, text_version, text_digest, form_version,
        retention;
    bool given = false;
    UtcMs at = 0;
};
struct RegistrationRecord {
    std::string form, version, digest, language, secret, retention;
    std::string source_id; ///< which day it came from; "" where the source says it all
    Json answers, notice;
    std::optional<std::string> vacancy;
    bool is_application = false;
    std::vector<ConsentRecord> consents;
};
struct ResultRecord {
    std::string test, version, digest, language;
    Json metrics;
};

/// What somebody says is wrong with an advertisement. Nothing in it is about the person.
struct ReportRecord {
    std::string vacancy, title, reason, remark, language;
};

/// Exactly one of registration, result, report and withdrawal, or a flag that says why none of them.
struct Payload {
    std::string flag; ///< "not_json", "unknown_kind", "not_readable"; "" where it was read
    std::string reference, source;
    std::string secret; ///< of the slip that goes with the number
    bool is_withdrawal = false;
    std::optional<RegistrationRecord> registration;
    std::optional<ResultRecord> result;
    std::optional<ReportRecord> report;
    Json whole;
};
Payload read_payload(std::string_view text);

} // namespace vakant
