#include "agency/store/audit.h"

namespace vakant {

Outcome keep_audit(Connection& connection, const AuditEntry& entry) {
    Bytes previous;
    VAKANT_CHECK(
        connection.query("SELECT digest FROM audit ORDER BY sequence DESC LIMIT 1", {}, [&](const Row& row) {
            if (!row.is_null(0)) previous = row.bytes(0);
            return done();
        }));
    VAKANT_TRY(sequence, next_number(connection, "audit"));
    const std::string event(name_of(entry.event));
    const Digest digest =
        audit_digest(previous, sequence, entry.at, {entry.agency, entry.actor, event, entry.subject});
    VAKANT_TRY(added, connection.run("INSERT INTO audit (sequence, agency_id, at, actor, action, subject, "
                                     "digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
                                     {sequence, entry.agency, entry.at, entry.actor, event, entry.subject,
                                      Bytes(digest.begin(), digest.end())}));
    (void)added;
    return done();
}

Outcome each_audit_row(Connection& connection, std::string_view agency,
                       const std::function<Outcome(const AuditRow&)>& each) {
    return connection.query(
        "SELECT sequence, agency_id, at, actor, action, subject FROM audit "
        "WHERE ? = '' OR agency_id = ? ORDER BY sequence",
        {std::string(agency), std::string(agency)}, [&](const Row& row) {
            return each({row.integer(0), row.text(1), row.integer(2), row.text(3), row.text(4), row.text(5)});
        });
}

Result<AuditState> check_audit(Connection& connection) {
    AuditCheck check;
    VAKANT_CHECK(connection.query(
        "SELECT sequence, at, agency_id, actor, action, subject, digest FROM audit ORDER BY sequence", {},
        [&](const Row& row) {
            return check.next(row.integer(0), row.integer(1),
                              {row.text(2), row.text(3), row.text(4), row.text(5)},
                              row.is_null(6) ? Bytes() : row.bytes(6));
        }));
    return AuditState{check.rows(), check.before_chain(), check.head()};
}

} // namespace vakant
