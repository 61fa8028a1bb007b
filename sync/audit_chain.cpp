#include "sync/audit_chain.h"

namespace vakant {

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

Outcome append_audit(SqlConnection& connection, UtcMs at, AuditEvent event, std::string_view agency,
                     std::string_view item) {
    std::int64_t last = 0;
    Bytes previous;
    VAKANT_CHECK(connection.query("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1", {},
                                  [&](const SqlRow& row) {
                                      last = row.integer(0);
                                      previous = row.bytes(1);
                                      return done();
                                  }));
    const Digest digest = audit_digest(previous, last + 1, at, {name_of(event), agency, item});
    VAKANT_TRY(rows, connection.run(
                         "INSERT INTO audit(number, at, event, agency, item, digest) VALUES (?,?,?,?,?,?)",
                         {last + 1, at, std::string(name_of(event)), std::string(agency), std::string(item),
                          Bytes(digest.begin(), digest.end())}));
    if (rows != 1) return internal_error("an audit row that was not kept");
    return done();
}

Outcome check_audit(SqlConnection& connection) {
    AuditCheck check;
    VAKANT_CHECK(connection.query("SELECT number, at, event, agency, item, digest FROM audit ORDER BY number",
                                  {}, [&](const SqlRow& row) {
                                      return check.next(row.integer(0), row.integer(1),
                                                        {row.text(2), row.text(3), row.text(4)},
                                                        row.bytes(5));
                                  }));
    if (check.before_chain() > 0) return Error{ErrorKind::damaged, "a row of the audit chain has no digest"};
    return done();
}

Result<AuditHead> audit_head(SqlConnection& connection) {
    AuditHead head;
    VAKANT_CHECK(connection.query("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1", {},
                                  [&](const SqlRow& row) {
                                      head = {row.integer(0), to_hex(row.bytes(1))};
                                      return done();
                                  }));
    return head;
}

Result<std::string> audit_digest_of(SqlConnection& connection, std::int64_t row) {
    std::string digest;
    VAKANT_CHECK(
        connection.query("SELECT digest FROM audit WHERE number = ?", {row}, [&](const SqlRow& found) {
            digest = to_hex(found.bytes(0));
            return done();
        }));
    return digest;
}

} // namespace vakant
