// Submissions held against the form or test that they answer. Only agency/candidates includes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agency/store/database.h"
#include "core/json/json.h"

namespace vakant {

/// [{"field","keyword"}...]: what is wrong with the answers, never what was typed. One of keyword
/// "unknown_form" where that form was never offered here.
Result<Json> registration_problems(Connection& connection, std::string_view agency, std::string_view digest,
                                   const Json& answers);

/// A score is believed only where it follows from the key log.
struct CheckedResult {
    bool recomputed = false;
    std::optional<Json> metrics; ///< as computed here
    std::string flag;            ///< "unknown_test", "metrics_differ"; "" where all is well
};
Result<CheckedResult> check_result(Connection& connection, std::string_view agency, const Json& result);

} // namespace vakant
