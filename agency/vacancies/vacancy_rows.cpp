#include "agency/vacancies/vacancy_rows.h"

#include "agency/vacancies/vacancy_selectors.h"
#include "core/crypto/crypto.h"

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

Outcome write_row(Connection& connection, const Vacancy& vacancy, const std::string& state,
                  const std::string& body, std::optional<UtcMs> source_time, UtcMs now) {
    VAKANT_TRY(sequence, next_number(connection, "vacancy_feed"));
    VAKANT_TRY(
        changed,
        connection.run(
            "INSERT INTO vacancies (vacancy_id, agency_id, source, source_id, state, content_hash, "
            "source_time, disappears_at, feed_sequence, first_seen_at, confirmed_at, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (vacancy_id) DO UPDATE SET state = excluded.state, "
            "content_hash = excluded.content_hash, source_time = excluded.source_time, "
            "disappears_at = excluded.disappears_at, feed_sequence = excluded.feed_sequence, "
            "confirmed_at = excluded.confirmed_at, body = excluded.body",
            {vacancy.id, vacancy.agency, vacancy.source, vacancy.source_id, state, vacancy.content_hash,
             or_null(source_time), or_null(disappears_at(vacancy)), sequence, now, now, body}));
    (void)changed;
    return done();
}

Outcome drop_contacts(Connection& connection, const std::string& id) {
    VAKANT_TRY(gone, connection.run("DELETE FROM vacancy_contacts WHERE vacancy_id = ?", {id}));
    (void)gone;
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

/// The canonical JSON without contacts, which have rows of their own. An ad of somebody else that is gone
/// keeps nothing: its words may name people.
std::string body_of(const Vacancy& vacancy, const std::string& state) {
    const bool gone = state == "removed" || (state == "expired" && !vacancy.apply_at_kiosk);
    if (gone) return "";
    Json body = to_json(vacancy);
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
    VAKANT_CHECK(connection.query(
        "SELECT state, content_hash, source_time FROM vacancies WHERE vacancy_id = ?", {std::string(id)},
        [&](const Row& row) {
            found = VacancyRow{std::string(id), row.text(0), row.text(1), row.integer_if_any(2)};
            return done();
        }));
    return found;
}

Outcome keep_vacancy(Connection& connection, const Vacancy& vacancy, UtcMs now) {
    const std::string state = state_of(vacancy, now);
    const auto source_time = vacancy.updated_at ? vacancy.updated_at : vacancy.published_at;
    VAKANT_CHECK(write_row(connection, vacancy, state, body_of(vacancy, state), source_time, now));
    VAKANT_CHECK(keep_selectors(connection, vacancy));
    VAKANT_CHECK(drop_contacts(connection, vacancy.id));
    if (state == "active" || state == "draft") VAKANT_CHECK(write_contacts(connection, vacancy));
    return done();
}

Outcome keep_removal(Connection& connection, const Vacancy& names, UtcMs removed_at, UtcMs now) {
    VAKANT_CHECK(write_row(connection, names, "removed", "", removed_at, now));
    return drop_contacts(connection, names.id);
}

Result<std::vector<HeldVacancy>> held_vacancies(Connection& connection, std::string_view agency,
                                                std::string_view source) {
    std::vector<HeldVacancy> held;
    VAKANT_CHECK(
        connection.query("SELECT vacancy_id, source_id FROM vacancies WHERE agency_id = ? AND source = ? "
                         "AND state IN ('active', 'draft') ORDER BY vacancy_id",
                         {std::string(agency), std::string(source)}, [&](const Row& row) {
                             held.push_back({row.text(0), row.text(1)});
                             return done();
                         }));
    return held;
}

Outcome keep_absence(Connection& connection, std::string_view id) {
    VAKANT_TRY(sequence, next_number(connection, "vacancy_feed"));
    VAKANT_TRY(changed,
               connection.run("UPDATE vacancies SET state = 'removed', content_hash = '', body = '', "
                              "disappears_at = NULL, feed_sequence = ? WHERE vacancy_id = ?",
                              {sequence, std::string(id)}));
    (void)changed;
    return drop_contacts(connection, std::string(id));
}

Outcome confirm_vacancy(Connection& connection, std::string_view id, UtcMs now) {
    VAKANT_TRY(changed, connection.run("UPDATE vacancies SET confirmed_at = ? WHERE vacancy_id = ?",
                                       {now, std::string(id)}));
    (void)changed;
    return done();
}

Result<std::size_t> expire_vacancies(Connection& connection, UtcMs now) {
    std::vector<std::pair<std::string, std::string>> gone; // id, source
    VAKANT_CHECK(connection.query("SELECT vacancy_id, source FROM vacancies WHERE state = 'active' AND "
                                  "disappears_at <= ?",
                                  {now}, [&](const Row& row) {
                                      gone.emplace_back(row.text(0), row.text(1));
                                      return done();
                                  }));
    for (const auto& [id, source] : gone) {
        VAKANT_TRY(sequence, next_number(connection, "vacancy_feed"));
        VAKANT_TRY(changed, connection.run(
                                "UPDATE vacancies SET state = 'expired', feed_sequence = ?, "
                                "body = CASE WHEN source = 'own' THEN body ELSE '' END WHERE vacancy_id = ?",
                                {sequence, id}));
        (void)changed;
        VAKANT_CHECK(drop_contacts(connection, id));
    }
    return gone.size();
}

} // namespace vakant
