#include "agency/candidates/withdrawals.h"

#include "agency/store/audit.h"
#include "core/crypto/crypto.h"

namespace vakant {

namespace {

Outcome ran(const Result<std::int64_t>& changed) {
    if (!changed.ok()) return changed.error();
    return done();
}

/// Answers, results and the sealed bytes that could be opened again go; number, times and consents stay.
Outcome erase_content(Connection& connection, const std::string& agency, const std::string& candidate,
                      UtcMs at) {
    VAKANT_CHECK(ran(connection.run("UPDATE registrations SET answers = '{}', vacancy_id = NULL, "
                                    "problems = '[]', secret = '' WHERE agency_id = ? AND candidate_id = ?",
                                    {agency, candidate})));
    VAKANT_CHECK(ran(
        connection.run("DELETE FROM results WHERE agency_id = ? AND candidate_id = ?", {agency, candidate})));
    VAKANT_CHECK(ran(connection.run("UPDATE envelopes SET bytes = ?, unread_payload = NULL "
                                    "WHERE agency_id = ? AND candidate_id = ?",
                                    {Bytes{}, agency, candidate})));
    VAKANT_CHECK(ran(connection.run("UPDATE candidates SET withdrawn_at = ? WHERE agency_id = ? AND "
                                    "candidate_id = ? AND withdrawn_at IS NULL",
                                    {at, agency, candidate})));
    return keep_audit(connection, {agency, at, "person", AuditEvent::withdrawn, candidate});
}

} // namespace

std::string slip_digest(std::string_view secret) {
    return secret.empty() ? "" : blake2b_hex("vakant-slip/1;" + std::string(secret));
}

Result<std::string> candidate_who_withdraws(Connection& connection, const OpenedEnvelope& opened) {
    const std::string digest = slip_digest(opened.payload.secret);
    if (digest.empty()) return std::string();
    VAKANT_TRY(found, connection.find_text(
                          "SELECT c.candidate_id FROM candidates c JOIN envelopes e ON e.candidate_id = "
                          "c.candidate_id WHERE c.agency_id = ? AND c.reference = ? AND c.reference <> '' "
                          "AND e.slip_digest = ?",
                          {opened.header.agency, opened.payload.reference, digest}));
    return found.value_or("");
}

Outcome keep_withdrawal(Connection& connection, const OpenedEnvelope& opened, UtcMs received_at) {
    VAKANT_TRY(candidate, candidate_who_withdraws(connection, opened));
    const EnvelopeHeader& header = opened.header;
    VAKANT_CHECK(ran(connection.run("INSERT INTO withdrawals (agency_id, device_id, envelope_id, reference, "
                                    "slip_digest, asked_at, received_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                                    {header.agency, header.device, header.id, opened.payload.reference,
                                     slip_digest(opened.payload.secret), header.made_at, received_at})));
    if (candidate.empty()) return done();
    return erase_content(connection, header.agency, candidate, received_at);
}

Outcome apply_earlier_withdrawal(Connection& connection, const OpenedEnvelope& opened,
                                 const std::string& candidate, UtcMs received_at) {
    const std::string digest = slip_digest(opened.payload.secret);
    if (digest.empty()) return done();
    // What the same slip sent after its withdrawal stays.
    VAKANT_TRY(asked, connection.find_integer(
                          "SELECT COUNT(*) FROM withdrawals WHERE agency_id = ? AND "
                          "reference = ? AND slip_digest = ? AND asked_at >= ?",
                          {opened.header.agency, opened.payload.reference, digest, opened.header.made_at}));
    if (asked.value_or(0) == 0) return done();
    return erase_content(connection, opened.header.agency, candidate, received_at);
}

} // namespace vakant
