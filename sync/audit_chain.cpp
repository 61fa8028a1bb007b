#include "sync/audit_chain.h"

#include <string>

namespace vakant {
namespace {

/// Texts with their length in front, so that no two rows have the same bytes.
Digest digest_of(ByteView previous, std::int64_t number, UtcMs at, std::string_view event,
                 std::string_view agency, std::string_view item) {
    std::string bytes = "vakant-audit/1;";
    const auto add = [&bytes](std::string_view part) {
        bytes += std::to_string(part.size()) + ":" + std::string(part);
    };
    add(as_text(previous));
    add(std::to_string(number));
    add(std::to_string(at));
    add(event);
    add(agency);
    add(item);
    return blake2b(as_bytes(bytes));
}

} // namespace

std::string_view audit_schema() {
    return R"sql(
        CREATE TABLE audit(
            number INTEGER PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL, agency TEXT NOT NULL,
            item TEXT NOT NULL, digest BLOB NOT NULL) STRICT;
        CREATE TRIGGER audit_keeps_its_words BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
        CREATE TRIGGER audit_keeps_its_rows BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
    )sql";
}

Outcome append_audit(SqlConnection& connection, UtcMs at, std::string_view event, std::string_view agency,
                     std::string_view item) {
    std::int64_t last = 0;
    Bytes previous;
    VAKANT_CHECK(connection.query("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1", {},
                                  [&](const SqlRow& row) {
                                      last = row.integer(0);
                                      previous = row.bytes(1);
                                      return done();
                                  }));
    const Digest digest = digest_of(previous, last + 1, at, event, agency, item);
    VAKANT_TRY(rows, connection.run(
                         "INSERT INTO audit(number, at, event, agency, item, digest) VALUES (?,?,?,?,?,?)",
                         {last + 1, at, std::string(event), std::string(agency), std::string(item),
                          Bytes(digest.begin(), digest.end())}));
    if (rows != 1) return internal_error("an audit row that was not kept");
    return done();
}

Outcome check_audit(SqlConnection& connection) {
    std::int64_t expected = 1;
    Bytes previous;
    return connection.query(
        "SELECT number, at, event, agency, item, digest FROM audit ORDER BY number", {},
        [&](const SqlRow& row) -> Outcome {
            const Digest digest =
                digest_of(previous, row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4));
            const Bytes found = row.bytes(5);
            if (row.integer(0) != expected || !equal_in_constant_time(digest, found))
                return Error{ErrorKind::damaged, "the audit chain breaks at row " + std::to_string(expected)};
            previous = found;
            ++expected;
            return done();
        });
}

} // namespace vakant
