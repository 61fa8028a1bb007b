// POST /v1/submissions: envelopes from a kiosk, each checked, opened and kept together with what is in it in
// one transaction, then answered under the agency's signature. Called by agency/api on a worker thread.
#pragma once

#include <string>
#include <string_view>

#include "agency/devices/devices.h"
#include "agency/devices/key_files.h"
#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/base/random.h"

namespace vakant {

struct SubmissionDesk {
    Database& database;
    KeyRing& keys;
    const Clock& clock;
    Random& random;
    std::string epoch;
};

constexpr std::size_t most_lines = 100;

/// NDJSON of at most 100 lines in, one answer line for each out, in order. When this returns, everything
/// answered "stored" is durable. refused: too many lines. unavailable: the store cannot write; nothing is
/// answered.
Result<std::string> receive_submissions(const SubmissionDesk& desk, const Device& device,
                                        std::string_view lines);

} // namespace vakant
