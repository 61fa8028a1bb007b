// Forms that their owners parked for a day: drafts in sessions.db, each sealed with a key that only the code
// on the owner's slip gives. The kiosk keeps neither code nor key and cannot open them. Store thread only; it
// belongs to the SessionStore, whose file it shares.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"

namespace vakant {

class SqlConnection;

constexpr std::size_t parking_code_bytes = 10; ///< 80 random bits
constexpr std::int64_t parked_for_ms = std::int64_t{24} * 3'600'000;

class ParkedForms {
public:
    /// `connection` must outlive it and hold the tables of parked_forms_schema().
    explicit ParkedForms(SqlConnection& connection) : connection_(&connection) {}

    /// Durable when it returns. refused: the draft is too long, or too many are parked.
    Outcome park(ByteView code, std::string_view draft, UtcMs now);
    /// The draft, once: it is gone from the file when this returns it. not_found: no such code here, used up,
    /// or too old; each takes the same time.
    Result<std::string> take_up(ByteView code, UtcMs now);
    /// Overwrites what is older than a day.
    Result<std::size_t> sweep(UtcMs now);
    Result<std::size_t> count(UtcMs now);

private:
    Result<Bytes> salt();
    SqlConnection* connection_;
};

/// The tables, as one step of the store's migrations.
std::string_view parked_forms_schema();

} // namespace vakant
