#include "agency/vacancies/vacancy_feed.h"

#include <charconv>

#include "agency/vacancies/vacancy_rows.h"
#include "core/crypto/crypto.h"

namespace vakant {

namespace {

std::string cursor_text(std::string_view epoch, std::int64_t sequence) {
    return std::string(epoch) + "." + std::to_string(sequence);
}

Result<std::int64_t> sequence_of(std::string_view cursor, std::string_view epoch) {
    if (cursor.empty()) return std::int64_t{0};
    const Error gone = not_found("cursor of another store");
    if (cursor.size() <= epoch.size() + 1 || cursor.substr(0, epoch.size()) != epoch ||
        cursor[epoch.size()] != '.')
        return gone;
    const std::string_view digits = cursor.substr(epoch.size() + 1);
    std::int64_t sequence = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), sequence);
    if (failed != std::errc() || end != digits.data() + digits.size() || sequence < 0) return gone;
    return sequence;
}

Result<Json> contacts_of(Connection& connection, const std::string& id) {
    Json contacts = Json::array();
    VAKANT_CHECK(
        connection.query("SELECT name, role, phone, email FROM vacancy_contacts WHERE vacancy_id = ? "
                         "ORDER BY position",
                         {id}, [&](const Row& row) {
                             contacts.push(Json::object({{"name", row.text(0)},
                                                         {"role", row.text(1)},
                                                         {"phone", row.text(2)},
                                                         {"email", row.text(3)}}));
                             return done();
                         }));
    return contacts;
}

/// The stored body and the contacts as one JSON text, without parsing the body again.
Result<std::string> whole_text(Connection& connection, const std::string& id, std::string body) {
    VAKANT_TRY(contacts, contacts_of(connection, id));
    if (body.size() < 2 || body.back() != '}') return Error{ErrorKind::damaged, "vacancy " + id + ": body"};
    body.pop_back();
    body += ",\"contacts\":" + contacts.to_text() + "}";
    return body;
}

struct FeedRow {
    std::string id, body;
    bool is_open = false;
    std::int64_t sequence = 0;
};

Result<std::vector<FeedRow>> changed_rows(Connection& connection, std::string_view agency, std::int64_t after,
                                          std::size_t limit, UtcMs now) {
    // A first load needs no tombstones. Later a draft is one too: it may have been open before.
    const std::string state = after == 0 ? " AND state = 'active'" : "";
    const std::string sql = "SELECT vacancy_id, body, state, disappears_at, feed_sequence FROM vacancies "
                            "WHERE agency_id = ? AND feed_sequence > ?" +
                            state + " ORDER BY feed_sequence LIMIT ?";
    std::vector<FeedRow> rows;
    VAKANT_CHECK(connection.query(
        sql, {std::string(agency), after, static_cast<std::int64_t>(limit)}, [&](const Row& row) {
            const bool over = row.integer_if_any(3).value_or(now + 1) <= now;
            rows.push_back({row.text(0), row.text(1), row.text(2) == "active" && !over, row.integer(4)});
            return done();
        }));
    return rows;
}

Result<std::int64_t> newest_sequence(Connection& connection, std::string_view agency) {
    VAKANT_TRY(newest, connection.find_integer("SELECT MAX(feed_sequence) FROM vacancies WHERE agency_id = ?",
                                               {std::string(agency)}));
    return newest.value_or(0);
}

} // namespace

std::string to_json_text(const FeedPage& page, UtcMs generated_at) {
    std::string text = "{\"upserts\":[";
    for (std::size_t i = 0; i < page.upserts.size(); ++i)
        text += (i == 0 ? "" : ",") + page.upserts[i];
    Json tombstones = Json::array();
    for (const std::string& id : page.tombstones)
        tombstones.push(id);
    text += "],\"tombstones\":" + tombstones.to_text() +
            ",\"next_cursor\":" + Json(page.next_cursor).to_text() +
            ",\"more\":" + (page.more ? "true" : "false") +
            ",\"generated_at\":" + std::to_string(generated_at) + "}";
    return text;
}

std::string etag_of(const FeedPage& page) {
    return "\"" + blake2b_hex(to_json_text(page, 0)).substr(0, 32) + "\"";
}

Result<FeedPage> vacancy_page(Connection& connection, std::string_view agency, std::string_view epoch,
                              std::string_view cursor, std::size_t limit, UtcMs now) {
    VAKANT_TRY(after, sequence_of(cursor, epoch));
    VAKANT_TRY(newest, newest_sequence(connection, agency));
    if (after > newest) return not_found("cursor from the future of this store");
    VAKANT_TRY(rows, changed_rows(connection, agency, after, limit + 1, now));
    FeedPage page;
    page.more = rows.size() > limit;
    if (page.more) rows.pop_back();
    for (FeedRow& row : rows) {
        if (!row.is_open) {
            page.tombstones.push_back(std::move(row.id));
            continue;
        }
        VAKANT_TRY(text, whole_text(connection, row.id, std::move(row.body)));
        page.upserts.push_back(std::move(text));
    }
    page.next_cursor = cursor_text(epoch, page.more ? rows.back().sequence : newest);
    return page;
}

Result<Json> open_vacancies(Connection& connection, std::string_view agency, UtcMs now) {
    std::vector<std::pair<std::string, std::string>> rows;
    VAKANT_CHECK(
        connection.query("SELECT vacancy_id, body FROM vacancies WHERE state = 'active' AND "
                         "(disappears_at IS NULL OR disappears_at > ?) AND (? = '' OR agency_id = ?) "
                         "ORDER BY agency_id, source, feed_sequence",
                         {now, std::string(agency), std::string(agency)}, [&](const Row& row) {
                             rows.emplace_back(row.text(0), row.text(1));
                             return done();
                         }));
    Json list = Json::array();
    for (auto& [id, body] : rows) {
        VAKANT_TRY(text, whole_text(connection, id, std::move(body)));
        VAKANT_TRY(vacancy, parse_json(text));
        list.push(std::move(vacancy));
    }
    return list;
}

Result<std::size_t> sweep_vacancies(Database& database, UtcMs now) {
    return database.write_for<std::size_t>(
        [now](Connection& connection) { return expire_vacancies(connection, now); });
}

} // namespace vakant
