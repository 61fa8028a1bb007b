// The rows of enrolments under way. Only agency/devices includes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/crypto/crypto.h"

namespace vakant {

struct CodeRow {
    Bytes hash;            ///< of the device code
    std::string user_code; ///< without the hyphen
    std::string device_id, program_version;
    PublicKey device_key{};
    UtcMs made_at = 0, expires_at = 0;
    std::int64_t interval_ms = 0;
    std::optional<UtcMs> polled_at;
    std::optional<std::vector<std::string>> agencies; ///< chosen by the desk
    bool desk_agreed = false, kiosk_agreed = false, dead = false;
};

/// Gives it codes that no living enrolment has, forgets expired ones, and returns the device code.
Result<std::string> add_code(Connection& connection, CodeRow& code, UtcMs now, Random& random);
Result<std::optional<CodeRow>> find_code(Connection& connection, std::string_view device_code);
/// By what a person types: any case, with or without the hyphen. not_found: none, dead or expired.
Result<CodeRow> living_code(Connection& connection, std::string_view typed, UtcMs now);
Outcome update_code(Connection& connection, const CodeRow& code);

} // namespace vakant
