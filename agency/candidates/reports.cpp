#include "agency/candidates/reports.h"

namespace vakant {

Outcome keep_report(Connection& connection, const OpenedEnvelope& opened, UtcMs received_at) {
    const ReportRecord& report = *opened.payload.report;
    VAKANT_TRY(
        changed,
        connection.run("INSERT INTO vacancy_reports (agency_id, device_id, envelope_id, vacancy_id, title, "
                       "reason, remark, language, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       {opened.header.agency, opened.header.device, opened.header.id, report.vacancy,
                        report.title, report.reason, report.remark, report.language, received_at}));
    (void)changed;
    return done();
}

Result<Json> report_list(Connection& connection, std::string_view agency) {
    Json list = Json::array();
    VAKANT_CHECK(connection.query(
        "SELECT r.agency_id, r.device_id, r.envelope_id, r.vacancy_id, r.title, r.reason, r.remark, "
        "r.language, "
        "r.received_at, v.source, v.state FROM vacancy_reports r LEFT JOIN vacancies v "
        "ON v.vacancy_id = r.vacancy_id WHERE (? = '' OR r.agency_id = ?) "
        "ORDER BY r.received_at DESC, r.envelope_id",
        {std::string(agency), std::string(agency)}, [&](const Row& row) {
            list.push(Json::object({{"agency", row.text(0)},
                                    {"device", row.text(1)},
                                    {"id", row.text(2)},
                                    {"vacancy", row.text(3)},
                                    {"title", row.text(4)},
                                    {"reason", row.text(5)},
                                    {"remark", row.text(6)},
                                    {"language", row.text(7)},
                                    {"received_at", to_iso8601(row.integer(8))},
                                    {"source", row.is_null(9) ? Json() : Json(row.text(9))},
                                    {"state", row.is_null(10) ? Json() : Json(row.text(10))}}));
            return done();
        }));
    return list;
}

} // namespace vakant
