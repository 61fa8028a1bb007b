#include "agency/vacancies/vacancy_rows.h"

#include "agency/vacancies/twins.h"
#include "agency/vacancies/vacancy_selectors.h"
#include "core/crypto/crypto.h"
#include "core/vacancies/twin_key.h"

namespace vakant {

namespace {

Value or_null(const std::optional<std::int64_t>& number) {
    if (number) return *number;
    return nullptr;
}

std::string state_of(const Vacancy& vacancy, UtcMs now) {
    switch (vacancy.status) {
    case VacancyStatus::draft:
        return "draft";
    case VacancyStatus::withdrawn:
        return "removed";
    case VacancyStatus::expired:
        return "expired";
    case VacancyStatus::active:
        break;
    }
    return is_open_at(vacancy, now) ? "active" : "expired";
}

struct Written {
    std::string state, body, feed, twin_key, record;
    std::optional<UtcMs> source_time;
};

Outcome write_row(Connection& connection, const Vacancy& vacancy, const Written& row, UtcMs now) {
    VAKANT_TRY(sequence, next_number(connection, "vacancy_feed"));
    VAKANT_TRY(
        changed,
        connection.run(
            "INSERT INTO vacancies (vacancy_id, agency_id, source, source_id, state, content_hash, "
            "source_time, disappears_at, feed_sequence, first_seen_at, confirmed_at, body, feed, twin_key, "
            "record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (vacancy_id) DO UPDATE SET state = excluded.state, "
            "content_hash = excluded.content_hash, source_time = excluded.source_time, "
            "disappears_at = excluded.disappears_at, feed_sequence = excluded.feed_sequence, "
            "confirmed_at = excluded.confirmed_at, body = excluded.body, feed = excluded.feed, "
            "twin_key = excluded.twin_key, record = excluded.record",
            {vacancy.id, vacancy.agency, vacancy.source, vacancy.source_id, row.state, vacancy.content_hash,
             or_null(row.source_time), or_null(disappears_at(vacancy)), sequence, now, now, row.body,
             row.feed, row.twin_key, row.record}));
    (void)changed;
    return done();
}

Outcome drop_contacts(Connection& connection, const std::string& id) {
    VAKANT_TRY(gone, connection.run("DELETE FROM vacancy_contacts WHERE vacancy_id = ?", {id}));
    (void)gone;
    return done();
}

Outcome drop_client(Connection& connection, const std::string& id) {
    VAKANT_TRY(gone, connection.run("DELETE FROM vacancy_clients WHERE vacancy_id = ?", {id}));
    (void)gone;
    return done();
}

/// Who hires, for the agency's own eyes, where the ad does not say it.
Outcome write_client(Connection& connection, const Vacancy& vacancy) {
    VAKANT_CHECK(drop_client(connection, vacancy.id));
    if (!vacancy.employer_hidden) return done();
    VAKANT_TRY(added,
               connection.run("INSERT INTO vacancy_clients (vacancy_id, agency_id, employer, work_unit, "
                              "organisation_number, client_company, homepage) VALUES (?, ?, ?, ?, ?, ?, ?)",
                              {vacancy.id, vacancy.agency, vacancy.employer, vacancy.work_unit,
                               vacancy.organisation_number, vacancy.client_company, vacancy.homepage}));
    (void)added;
    return done();
}

Outcome write_contacts(Connection& connection, const Vacancy& vacancy) {
    std::int64_t position = 0;
    for (const Contact& contact : vacancy.contacts) {
        VAKANT_TRY(added, connection.run(
                              "INSERT INTO vacancy_contacts (agency_id, vacancy_id, position, name, role, "
                              "phone, email) VALUES (?, ?, ?, ?, ?, ?, ?)",
                              {vacancy.agency, vacancy.id, position++, contact.name, contact.role,
                               contact.phone, contact.email}));
        (void)added;
    }
    return done();
}

/// The canonical JSON without contacts, which have rows of their own, and without who hires where that is
/// hidden (nor a digest by which it could be guessed). An ad of somebody else that is gone keeps nothing: its
/// words may name people.
std::string body_of(const Vacancy& vacancy, const std::string& state) {
    const bool gone = state == "removed" || (state == "expired" && !vacancy.apply_at_kiosk);
    if (gone) return "";
    Vacancy shown = without_names(vacancy);
    if (shown.employer_hidden) shown.content_hash = content_hash_of(shown);
    Json body = to_json(shown);
    body.erase("contacts");
    return body.to_text();
}

} // namespace

std::string vacancy_id_of(std::string_view agency, std::string_view source, std::string_view source_id) {
    std::string names(agency);
    names.append("\n").append(source).append("\n").append(source_id);
    return blake2b_hex(names).substr(0, 32);
}

Result<std::optional<VacancyRow>> find_vacancy_row(Connection& connection, std::string_view id) {
    std::optional<VacancyRow> found;
    VAKANT_CHECK(connection.query("SELECT state, content_hash, source_time, feed, twin_key, twin_of FROM "
                                  "vacancies WHERE vacancy_id = ?",
                                  {std::string(id)}, [&](const Row& row) {
                                      found = VacancyRow{
                                          std::string(id), row.text(0), row.text(1), row.integer_if_any(2),
                                          row.text(3),     row.text(4), row.text(5)};
                                      return done();
                                  }));
    return found;
}

Outcome keep_vacancy(Connection& connection, const Vacancy& vacancy, const VacancyOrigin& origin, UtcMs now) {
    const std::string state = state_of(vacancy, now);
    const auto source_time = vacancy.updated_at ? vacancy.updated_at : vacancy.published_at;
    VAKANT_TRY(known, find_vacancy_row(connection, vacancy.id));
    const Written row{state,
                      body_of(vacancy, state),
                      std::string(origin.feed),
                      twin_key_of(vacancy),
                      state == "active" ? std::string(origin.record) : "",
                      source_time};
    VAKANT_CHECK(write_row(connection, vacancy, row, now));
    VAKANT_CHECK(keep_selectors(connection, vacancy));
    VAKANT_CHECK(drop_contacts(connection, vacancy.id));
    if (state == "active" || state == "draft") VAKANT_CHECK(write_contacts(connection, vacancy));
    VAKANT_CHECK(write_client(connection, vacancy));
    if (known && known->twin_key != row.twin_key) {
        VAKANT_CHECK(leave_twin(connection, vacancy.id, known->twin_of));
        VAKANT_CHECK(settle_twins(connection, vacancy.agency, known->twin_key));
    }
    return settle_twins(connection, vacancy.agency, row.twin_key);
}

Outcome keep_removal(Connection& connection, const Vacancy& names, UtcMs removed_at, UtcMs now) {
    VAKANT_TRY(known, find_vacancy_row(connection, names.id));
    const VacancyRow before = known.value_or(VacancyRow{});
    VAKANT_CHECK(
        write_row(connection, names, {"removed", "", before.feed, before.twin_key, "", removed_at}, now));
    VAKANT_CHECK(drop_contacts(connection, names.id));
    VAKANT_CHECK(drop_client(connection, names.id));
    return settle_twins(connection, names.agency, before.twin_key);
}

Result<std::vector<HeldVacancy>> held_vacancies(Connection& connection, std::string_view agency,
                                                std::string_view source, std::string_view feed) {
    std::string sql = "SELECT vacancy_id, source_id FROM vacancies WHERE agency_id = ? AND source = ? "
                      "AND state IN ('active', 'draft')";
    Values values{std::string(agency), std::string(source)};
    if (!feed.empty()) {
        sql += " AND feed = ?";
        values.emplace_back(std::string(feed));
    }
    std::vector<HeldVacancy> held;
    VAKANT_CHECK(connection.query(sql + " ORDER BY vacancy_id", values, [&](const Row& row) {
        held.push_back({row.text(0), row.text(1)});
        return done();
    }));
    return held;
}

Outcome keep_absence(Connection& connection, std::string_view id) {
    VAKANT_TRY(sequence, next_number(connection, "vacancy_feed"));
    VAKANT_TRY(
        changed,
        connection.run("UPDATE vacancies SET state = 'removed', content_hash = '', body = '', record = '', "
                       "disappears_at = NULL, feed_sequence = ? WHERE vacancy_id = ?",
                       {sequence, std::string(id)}));
    (void)changed;
    VAKANT_CHECK(drop_contacts(connection, std::string(id)));
    VAKANT_CHECK(drop_client(connection, std::string(id)));
    VAKANT_TRY(agency, connection.find_text("SELECT agency_id FROM vacancies WHERE vacancy_id = ?",
                                            {std::string(id)}));
    VAKANT_TRY(
        key, connection.find_text("SELECT twin_key FROM vacancies WHERE vacancy_id = ?", {std::string(id)}));
    return settle_twins(connection, agency.value_or(""), key.value_or(""));
}

Outcome confirm_vacancy(Connection& connection, std::string_view id, const VacancyOrigin& origin, UtcMs now) {
    std::string sql = "UPDATE vacancies SET confirmed_at = ?, record = ?";
    Values values{now, std::string(origin.record)};
    if (!origin.feed.empty()) {
        sql += ", feed = ?";
        values.emplace_back(std::string(origin.feed));
    }
    values.emplace_back(std::string(id));
    VAKANT_TRY(changed,
               connection.run(sql + " WHERE vacancy_id = ? AND state IN ('active', 'draft')", values));
    (void)changed;
    return done();
}

Outcome each_held_record(Connection& connection, std::string_view agency, std::string_view source,
                         const std::function<void(std::string record, std::string source_id)>& each) {
    return connection.query("SELECT record, source_id FROM vacancies WHERE agency_id = ? AND source = ? AND "
                            "state = 'active' AND record <> ''",
                            {std::string(agency), std::string(source)}, [&](const Row& row) {
                                each(row.text(0), row.text(1));
                                return done();
                            });
}

Result<std::size_t> expire_vacancies(Connection& connection, UtcMs now) {
    struct Gone {
        std::string id, agency, twin_key;
    };
    std::vector<Gone> gone;
    const EachRow note = [&](const Row& row) {
        gone.push_back({row.text(0), row.text(1), row.text(2)});
        return done();
    };
    VAKANT_CHECK(connection.query("SELECT vacancy_id, agency_id, twin_key FROM vacancies "
                                  "WHERE state = 'active' AND disappears_at <= ?",
                                  {now}, note));
    VAKANT_CHECK(connection.query("SELECT vacancy_id, agency_id, twin_key FROM vacancies WHERE "
                                  "state = 'active' AND disappears_at IS NULL AND source <> 'own' AND "
                                  "confirmed_at <= ?",
                                  {now - most_unconfirmed_ms}, note));
    for (const auto& [id, agency, twin_key] : gone) {
        VAKANT_TRY(sequence, next_number(connection, "vacancy_feed"));
        VAKANT_TRY(changed, connection.run(
                                "UPDATE vacancies SET state = 'expired', feed_sequence = ?, record = '', "
                                "body = CASE WHEN source = 'own' THEN body ELSE '' END WHERE vacancy_id = ?",
                                {sequence, id}));
        (void)changed;
        VAKANT_CHECK(drop_contacts(connection, id));
        VAKANT_CHECK(settle_twins(connection, agency, twin_key));
    }
    return gone.size();
}

} // namespace vakant
