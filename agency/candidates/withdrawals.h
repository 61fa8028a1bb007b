// What a person takes back with the secret of their slip: everything that they sent under that number to this
// agency is erased, their consents stay as evidence. A withdrawal may come before what it takes back, from
// another kiosk; it is remembered. Only agency/candidates includes it.
#pragma once

#include "agency/candidates/candidate_rows.h"

namespace vakant {

/// What stands for the slip's secret in the store. A secret that is not there gives "", which nothing
/// matches.
std::string slip_digest(std::string_view secret);

/// The withdrawal itself. Whether number and secret belong to anybody shows in no answer and on no page.
Outcome keep_withdrawal(Connection& connection, const OpenedEnvelope& opened, UtcMs received_at);

/// The candidate whom this withdrawal is about, or "".
Result<std::string> candidate_who_withdraws(Connection& connection, const OpenedEnvelope& opened);

/// Of a registration or result that was just kept: erased at once where its withdrawal is already here.
Outcome apply_earlier_withdrawal(Connection& connection, const OpenedEnvelope& opened,
                                 const std::string& candidate, UtcMs received_at);

} // namespace vakant
