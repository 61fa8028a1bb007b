// What SQLite and PostgreSQL say differently: column types of migrations. Only agency/store includes it.
#pragma once

#include <string>
#include <string_view>

namespace vakant {

struct Dialect {
    std::string_view integer; ///< 64 bits
    std::string_view real;
    std::string_view bytes;
    std::string_view table_end; ///< after a table's columns
};
constexpr Dialect sqlite_dialect{"INTEGER", "REAL", "BLOB", "STRICT"};

constexpr Dialect postgres_dialect{"BIGINT", "DOUBLE PRECISION", "BYTEA", ""};

/// `text` with {integer} {real} {bytes} {end} as the dialect writes them.
std::string in_dialect(std::string_view text, const Dialect& dialect);
/// `?` outside of quotes as $1, $2, ...: PostgreSQL's way to write values.
std::string with_numbered_values(std::string_view sql);

} // namespace vakant
