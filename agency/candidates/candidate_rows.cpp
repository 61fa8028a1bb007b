#include "agency/candidates/candidate_rows.h"

#include "agency/candidates/reports.h"
#include "agency/candidates/withdrawals.h"

namespace vakant {

namespace {

Outcome changed_one(const Result<std::int64_t>& changed) {
    if (!changed.ok()) return changed.error();
    return done();
}

/// A number of another device is nobody's: it must not lead to somebody else's candidate.
bool is_own_reference(const OpenedEnvelope& opened) {
    const std::string& reference = opened.payload.reference;
    return is_reference_number(reference) && reference.starts_with(opened.device_prefix);
}

std::string flag_of(const OpenedEnvelope& opened) {
    if (!opened.payload.flag.empty()) return opened.payload.flag;
    if (opened.payload.report) return "";        // it has no number
    if (opened.payload.is_withdrawal) return ""; // it may be entered on any kiosk of the agency
    if (!is_own_reference(opened)) return "reference";
    return "";
}

Result<std::string> candidate_for(Connection& connection, const OpenedEnvelope& opened, UtcMs received_at,
                                  Random& random) {
    const std::string reference = is_own_reference(opened) ? opened.payload.reference : "";
    const std::string& agency = opened.header.agency;
    if (!reference.empty()) {
        VAKANT_TRY(known, connection.find_text("SELECT candidate_id FROM candidates WHERE agency_id = ? AND "
                                               "reference = ? AND reference <> ''", // as its index has it
                                               {agency, reference}));
        if (known) return std::move(*known);
    }
    std::string id = make_uuid(random);
    VAKANT_CHECK(changed_one(connection.run(
        "INSERT INTO candidates (candidate_id, agency_id, reference, device_id, source, received_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        {id, agency, reference, opened.header.device, opened.payload.source, received_at})));
    return id;
}

Outcome keep_consents(Connection& connection, const OpenedEnvelope& opened, const std::string& candidate) {
    std::int64_t position = 0;
    for (const ConsentRecord& consent : opened.payload.registration->consents) {
        VAKANT_CHECK(changed_one(connection.run(
            "INSERT INTO consents (agency_id, device_id, envelope_id, candidate_id, position, purpose, "
            "recipient, given, "
            "language, text_digest, at, form_version, retention, recipient_kind, text_version) VALUES (?, ?, "
            "?, "
            "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {opened.header.agency, opened.header.device, opened.header.id, candidate, position++,
             consent.purpose, consent.recipient, std::int64_t{consent.given}, consent.language,
             consent.text_digest, consent.at, consent.form_version, consent.retention, consent.recipient_kind,
             consent.text_version})));
    }
    return done();
}

Outcome keep_registration(Connection& connection, const OpenedEnvelope& opened, const std::string& candidate,
                          UtcMs received_at) {
    const RegistrationRecord& record = *opened.payload.registration;
    VAKANT_CHECK(changed_one(connection.run(
        "INSERT INTO registrations (agency_id, device_id, envelope_id, candidate_id, form, version, digest, "
        "language, "
        "answers, notice, vacancy_id, is_application, problems, received_at, secret, retention, source_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {opened.header.agency, opened.header.device, opened.header.id, candidate, record.form, record.version,
         record.digest, record.language, record.answers.to_text(), record.notice.to_text(),
         record.vacancy ? Value(*record.vacancy) : Value(nullptr), std::int64_t{record.is_application},
         opened.problems.to_text(), received_at, record.secret, record.retention, record.source_id})));
    VAKANT_CHECK(
        changed_one(connection.run("UPDATE candidates SET source = ? WHERE candidate_id = ? AND source = ''",
                                   {opened.payload.source, candidate})));
    return keep_consents(connection, opened, candidate);
}

Outcome keep_result(Connection& connection, const OpenedEnvelope& opened, const std::string& candidate,
                    UtcMs received_at) {
    const ResultRecord& record = *opened.payload.result;
    const CheckedResult& checked = opened.checked;
    return changed_one(connection.run("INSERT INTO results (agency_id, device_id, envelope_id, candidate_id, "
                                      "test, version, digest, language, metrics, "
                                      "recomputed, recomputed_metrics, flag, body, received_at) VALUES (?, "
                                      "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                      {opened.header.agency, opened.header.device, opened.header.id,
                                       candidate, record.test, record.version, record.digest, record.language,
                                       record.metrics.to_text(), std::int64_t{checked.recomputed},
                                       checked.metrics ? Value(checked.metrics->to_text()) : Value(nullptr),
                                       checked.flag, opened.payload.whole.to_text(), received_at}));
}

} // namespace

Result<std::optional<EnvelopeRow>> find_envelope(Connection& connection, const EnvelopeHeader& header) {
    std::optional<EnvelopeRow> found;
    VAKANT_CHECK(connection.query(
        "SELECT digest, answer, epoch, sequence, received_at FROM envelopes WHERE "
        "agency_id = ? AND device_id = ? AND envelope_id = ?",
        {header.agency, header.device, header.id}, [&](const Row& row) {
            found = EnvelopeRow{row.text(0), row.text(1), row.text(2), row.integer(3), row.integer(4)};
            return done();
        }));
    return found;
}

namespace {

/// Of a withdrawal: nobody new; whoever it is about, where number and secret belong together.
Result<std::string> candidate_of(Connection& connection, const OpenedEnvelope& opened, UtcMs received_at,
                                 Random& random) {
    if (opened.payload.report) return std::string(); // nobody's
    if (opened.payload.is_withdrawal) return candidate_who_withdraws(connection, opened);
    return candidate_for(connection, opened, received_at, random);
}

Outcome keep_content(Connection& connection, const OpenedEnvelope& opened, const std::string& candidate,
                     UtcMs received_at) {
    if (opened.payload.registration) {
        VAKANT_CHECK(keep_registration(connection, opened, candidate, received_at));
    } else if (opened.payload.result) {
        VAKANT_CHECK(keep_result(connection, opened, candidate, received_at));
    } else {
        return done();
    }
    return apply_earlier_withdrawal(connection, opened, candidate, received_at);
}

} // namespace

Outcome keep_envelope(Connection& connection, const OpenedEnvelope& opened, const EnvelopeRow& row,
                      Random& random) {
    const EnvelopeHeader& header = opened.header;
    const Payload& payload = opened.payload;
    const bool unread = !payload.flag.empty();
    VAKANT_TRY(candidate, candidate_of(connection, opened, row.received_at, random));
    // A withdrawal's secret is in its row as a digest; its bytes would only keep the secret itself.
    VAKANT_CHECK(changed_one(connection.run(
        "INSERT INTO envelopes (agency_id, device_id, envelope_id, candidate_id, digest, sequence, "
        "received_at, made_at, form_digest, bytes, answer, epoch, flag, unread_payload, slip_digest) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {header.agency, header.device, header.id, candidate, row.digest, row.sequence, row.received_at,
         header.made_at, header.form_digest, payload.is_withdrawal ? Bytes{} : opened.bytes, row.answer,
         row.epoch, flag_of(opened), unread ? Value(opened.payload_text) : Value(nullptr),
         payload.is_withdrawal ? "" : slip_digest(payload.secret)})));
    if (payload.report) return keep_report(connection, opened, row.received_at);
    if (payload.is_withdrawal) return keep_withdrawal(connection, opened, row.received_at);
    return keep_content(connection, opened, candidate, row.received_at);
}

} // namespace vakant
