// Reads what can be read of a damaged outbox, row by row, into another. The outbox alone uses it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "core/base/clock.h"
#include "core/sql/sql.h"

namespace vakant {

class OutboxSalvager {
public:
    /// `from`: null where not even the first page of the file can be read.
    OutboxSalvager(SqlConnection* from, SqlConnection& to, UtcMs now) : from_(from), to_(to), now_(now) {}

    /// Into a new store, in one transaction: audit chain as far as it holds, items, answers, a counter that
    /// never goes back, and a row that says how many of them there are.
    Outcome all(const std::string& name);
    /// What could not be read when `all` ran.
    Outcome what_was_lost(const std::string& name);

private:
    Outcome keep_audit();
    Outcome keep_items();
    Outcome keep_item(std::int64_t number);
    Outcome keep_answers();
    Outcome keep_answer(std::int64_t number);
    Outcome note_purged();
    std::int64_t last_number(std::string_view sql);
    std::optional<std::int64_t> read_number(std::string_view sql);
    Outcome read(std::string_view sql, std::int64_t number, const std::function<void(const SqlRow&)>& each);
    std::int64_t counter();
    SqlValue lost();

    SqlConnection* from_;
    SqlConnection& to_;
    UtcMs now_;
    std::set<std::string> purged_; ///< agency and id
    std::int64_t reference_ = 0;   ///< the highest that was read
    std::int64_t kept_ = 0;        ///< read and added
    std::int64_t there_ = 0;       ///< read, and there now
};

} // namespace vakant
