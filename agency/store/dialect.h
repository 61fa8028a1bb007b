// What SQLite and PostgreSQL say differently: column types of migrations. Only agency/store includes it.
#pragma once

#include <string>
#include <string_view>

namespace vakant {

struct Dialect {
    std::string_view integer; ///< 64 bits
    std::string_view real;
    std::string_view bytes;
    std::string_view table_end;   ///< after a table's columns
    std::string_view audit_guard; ///< statements after which rows of `audit` can be added and nothing else
};
constexpr Dialect sqlite_dialect{"INTEGER", "REAL", "BLOB", "STRICT", R"(
CREATE TRIGGER audit_keeps_its_words BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_keeps_its_rows BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END)"};

constexpr Dialect postgres_dialect{"BIGINT", "DOUBLE PRECISION", "BYTEA", "", R"(
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$;
CREATE TRIGGER audit_keeps_its_rows BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_keeps_all BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only())"};

/// `text` with {integer} {real} {bytes} {end} as the dialect writes them.
std::string in_dialect(std::string_view text, const Dialect& dialect);
/// `?` outside of quotes as $1, $2, ...: PostgreSQL's way to write values.
std::string with_numbered_values(std::string_view sql);

} // namespace vakant
