// The rows that come from one opened envelope. Only agency/candidates includes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agency/candidates/checks.h"
#include "agency/candidates/payload.h"
#include "agency/devices/devices.h"
#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/envelope/envelope.h"

namespace vakant {

/// An envelope that was checked and opened, with what was found about it.
struct OpenedEnvelope {
    EnvelopeHeader header;
    std::string digest;
    Bytes bytes;
    std::string device_prefix;
    Payload payload;
    std::string payload_text; ///< kept as it is where it could not be read
    Json problems;            ///< of a registration
    CheckedResult checked;    ///< of a result
};

struct EnvelopeRow {
    std::string digest, answer, epoch;
    std::int64_t sequence = 0;
    UtcMs received_at = 0;
};
Result<std::optional<EnvelopeRow>> find_envelope(Connection& connection, const EnvelopeHeader& header);

/// The envelope, its candidate, and its registration or result. Nothing that was opened is dropped: what
/// cannot be read is kept as text and flagged.
Outcome keep_envelope(Connection& connection, const OpenedEnvelope& opened, const EnvelopeRow& row,
                      Random& random);

} // namespace vakant
