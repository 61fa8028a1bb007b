#include "agency/store/database.h"

#include <algorithm>

namespace vakant {

Result<std::optional<std::int64_t>> Connection::find_integer(std::string_view sql, const Values& values) {
    std::optional<std::int64_t> found;
    VAKANT_CHECK(query(sql, values, [&](const Row& row) {
        if (!found && !row.is_null(0)) found = row.integer(0);
        return done();
    }));
    return found;
}

Result<std::optional<std::string>> Connection::find_text(std::string_view sql, const Values& values) {
    std::optional<std::string> found;
    VAKANT_CHECK(query(sql, values, [&](const Row& row) {
        if (!found && !row.is_null(0)) found = row.text(0);
        return done();
    }));
    return found;
}

Among::Among(std::span<const std::string> ids) {
    for (std::size_t i = 0; i < most; ++i)
        values_.emplace_back(ids[std::min(i, ids.size() - 1)]);
}

const std::string& Among::sql() {
    static const std::string text = [] {
        std::string marks = "(?";
        for (std::size_t i = 1; i < most; ++i)
            marks += ", ?";
        return marks + ")";
    }();
    return text;
}

Result<std::int64_t> next_number(Connection& connection, std::string_view counter) {
    VAKANT_TRY(number, connection.find_integer(
                           "INSERT INTO counters (agency_id, name, value) VALUES ('', ?, 1) "
                           "ON CONFLICT (agency_id, name) DO UPDATE SET value = counters.value + 1 "
                           "RETURNING value",
                           {std::string(counter)}));
    if (!number) return internal_error("no counter " + std::string(counter));
    return *number;
}

Result<std::optional<std::string>> find_setting(Connection& connection, std::string_view name) {
    return connection.find_text("SELECT value FROM settings WHERE agency_id = '' AND name = ?",
                                {std::string(name)});
}

Outcome keep_setting(Connection& connection, std::string_view name, std::string_view value) {
    VAKANT_TRY(changed, connection.run("INSERT INTO settings (agency_id, name, value) VALUES ('', ?, ?) "
                                       "ON CONFLICT (agency_id, name) DO UPDATE SET value = excluded.value",
                                       {std::string(name), std::string(value)}));
    (void)changed;
    return done();
}

} // namespace vakant
