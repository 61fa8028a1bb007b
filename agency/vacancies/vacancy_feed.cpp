#include "agency/vacancies/vacancy_feed.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <span>

#include "agency/vacancies/twins.h"
#include "agency/vacancies/vacancy_rows.h"
#include "agency/vacancies/vacancy_selectors.h"
#include "core/crypto/crypto.h"

namespace vakant {

namespace {

/// Of a page's texts before compression: about a quarter of it goes over the wire, so that a line of 64
/// kbit/s keeps what it has every few seconds.
constexpr std::size_t largest_page = 192u << 10;

/// A first load brings the agency's own orders, then the others, then what changed meanwhile; from there on a
/// kiosk asks for changes alone.
enum class Phase : char { own = 'o', others = 'x', changes = 'c' };
struct Position {
    Phase phase = Phase::own;
    std::int64_t sequence = 0; ///< everything up to it was given
    std::int64_t from = 0;     ///< where the changes begin once the first load is over
};

/// "epoch.selection.o17-4711": of this store, for this selection.
std::string cursor_text(const FeedReader& reader, const Position& position) {
    std::string text = std::string(reader.epoch) + "." + digest_of(reader.selection) + ".";
    text += static_cast<char>(position.phase);
    text += std::to_string(position.sequence);
    if (position.phase != Phase::changes) text += "-" + std::to_string(position.from);
    return text;
}

std::optional<std::int64_t> number_in(std::string_view digits) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failed != std::errc() || end != digits.data() + digits.size() || number < 0) return std::nullopt;
    return number;
}

std::optional<Position> position_in(std::string_view text) {
    if (text.empty()) return std::nullopt;
    Position position;
    const char phase = text.front();
    if (phase != 'o' && phase != 'x' && phase != 'c') return std::nullopt;
    position.phase = static_cast<Phase>(phase);
    const std::size_t dash = std::min(text.find('-'), text.size());
    const bool is_load = position.phase != Phase::changes;
    if (is_load != (dash < text.size())) return std::nullopt;
    const auto sequence = number_in(text.substr(1, dash - 1));
    const auto from = is_load ? number_in(text.substr(dash + 1)) : std::optional<std::int64_t>(0);
    if (!sequence || !from) return std::nullopt;
    position.sequence = *sequence;
    position.from = *from;
    return position;
}

Result<Position> position_of(const FeedReader& reader, std::int64_t newest) {
    if (reader.cursor.empty()) return Position{Phase::own, 0, newest};
    const std::string ours = std::string(reader.epoch) + "." + digest_of(reader.selection) + ".";
    if (!reader.cursor.starts_with(ours)) return not_found("cursor of another store or selection");
    const auto position = position_in(reader.cursor.substr(ours.size()));
    if (!position) return not_found("cursor that cannot be read");
    if (std::max(position->sequence, position->from) > newest)
        return not_found("cursor from the future of this store");
    return *position;
}

Result<std::map<std::string, Json>> contacts_of(Connection& connection, const Among& ids) {
    std::map<std::string, Json> lists;
    VAKANT_CHECK(connection.query(
        "SELECT vacancy_id, name, role, phone, email FROM vacancy_contacts WHERE vacancy_id IN " + ids.sql() +
            " ORDER BY vacancy_id, position",
        ids.values(), [&](const Row& row) {
            lists.try_emplace(row.text(0), Json::array())
                .first->second.push(Json::object({{"name", row.text(1)},
                                                  {"role", row.text(2)},
                                                  {"phone", row.text(3)},
                                                  {"email", row.text(4)}}));
            return done();
        }));
    return lists;
}

/// What stands in other rows than the vacancies themselves. Asked for in groups: one by one, a page would be
/// four hundred questions.
struct Beside {
    std::map<std::string, Json> contacts, also_at;

    static Result<Beside> read(Connection& connection, const std::vector<std::string>& ids) {
        Beside all;
        for (std::size_t from = 0; from < ids.size(); from += Among::most) {
            const Among some(
                std::span<const std::string>(ids).subspan(from, std::min(Among::most, ids.size() - from)));
            VAKANT_TRY(contacts, contacts_of(connection, some));
            VAKANT_TRY(also_at, publications_behind(connection, some));
            all.contacts.merge(contacts);
            all.also_at.merge(also_at);
        }
        return all;
    }
};

/// The stored body, the contacts and the other channels as one JSON text, without parsing the body again.
Result<std::string> whole_text(const Beside& beside, const std::string& id, std::string body) {
    if (body.size() < 2 || body.back() != '}') return Error{ErrorKind::damaged, "vacancy " + id + ": body"};
    body.pop_back();
    const auto contacts = beside.contacts.find(id);
    body += ",\"contacts\":" + (contacts == beside.contacts.end() ? "[]" : contacts->second.to_text());
    const auto also_at = beside.also_at.find(id);
    if (also_at != beside.also_at.end()) body += ",\"also_at\":" + also_at->second.to_text();
    body += "}";
    return body;
}

struct FeedRow {
    std::string id, body;
    bool is_open = false;
    std::int64_t sequence = 0;
};

void append(Values& to, const Values& more) {
    to.insert(to.end(), more.begin(), more.end());
}

/// The rows after `position` in its phase. A first load needs no tombstones; later they go to whoever may
/// hold the vacancy, and a draft is one too: it may have been open before.
Result<std::vector<FeedRow>> rows_after(Connection& connection, const FeedReader& reader,
                                        const Position& position) {
    const bool load = position.phase != Phase::changes;
    const SelectorCondition now_in = condition_for(reader.selection, "s.words");
    const SelectorCondition ever_in = condition_for(reader.selection, "s.earlier");
    const std::string others = reader.selection.own_only ? "1 = 0"
                               : now_in.sql.empty()      ? "1 = 1"
                                                         : now_in.sql;
    const std::string held = reader.selection.own_only ? "1 = 0"
                             : ever_in.sql.empty()     ? "1 = 1"
                                                       : ever_in.sql;
    std::string sql = "SELECT v.vacancy_id, v.body, v.state, v.disappears_at, v.feed_sequence, "
                      "CASE WHEN v.twin_of = '' AND (v.source = 'own' OR (" +
                      others +
                      ")) THEN 1 ELSE 0 END FROM vacancies v LEFT JOIN vacancy_selectors s "
                      "ON s.vacancy_id = v.vacancy_id WHERE v.agency_id = ? AND v.feed_sequence > ?";
    Values values;
    if (!reader.selection.own_only) append(values, now_in.values);
    append(values, {std::string(reader.agency), position.sequence});
    if (position.phase == Phase::own)
        sql += " AND v.state = 'active' AND v.twin_of = '' AND v.source = 'own'";
    if (position.phase == Phase::others)
        sql += " AND v.state = 'active' AND v.twin_of = '' AND v.source <> 'own'";
    if (position.phase != Phase::own) {
        sql += load ? " AND (" + others + ")" : " AND (v.source = 'own' OR (" + held + "))";
        if (!reader.selection.own_only) append(values, load ? now_in.values : ever_in.values);
    }
    sql += " ORDER BY v.feed_sequence LIMIT ?";
    values.push_back(static_cast<std::int64_t>(reader.limit + 1));
    std::vector<FeedRow> rows;
    VAKANT_CHECK(connection.query(sql, values, [&](const Row& row) {
        const bool over = row.integer_if_any(3).value_or(reader.now + 1) <= reader.now;
        const bool is_open = row.text(2) == "active" && !over && row.integer(5) == 1;
        rows.push_back({row.text(0), row.text(1), is_open, row.integer(4)});
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

std::string digest_of(const VacancySelection& selection) {
    constexpr std::size_t length = 12;
    VacancySelection sorted = selection;
    std::sort(sorted.places.begin(), sorted.places.end());
    std::sort(sorted.fields.begin(), sorted.fields.end());
    return blake2b_hex(to_json(sorted).to_text()).substr(0, length);
}

Result<FeedPage> vacancy_page(Connection& connection, const FeedReader& reader) {
    VAKANT_TRY(newest, newest_sequence(connection, reader.agency));
    VAKANT_TRY(position, position_of(reader, newest));
    FeedPage page;
    std::size_t bytes = 0;
    while (true) {
        VAKANT_TRY(rows, rows_after(connection, reader, position));
        std::vector<std::string> open;
        for (const FeedRow& row : rows)
            if (row.is_open) open.push_back(row.id);
        VAKANT_TRY(beside, Beside::read(connection, open));
        for (FeedRow& row : rows) {
            const std::size_t taken = page.upserts.size() + page.tombstones.size();
            page.more = taken >= reader.limit || bytes >= largest_page;
            if (page.more) break;
            position.sequence = row.sequence;
            if (!row.is_open) {
                if (position.phase == Phase::changes) page.tombstones.push_back(std::move(row.id));
                continue;
            }
            VAKANT_TRY(text, whole_text(beside, row.id, std::move(row.body)));
            bytes += text.size();
            page.upserts.push_back(std::move(text));
        }
        if (page.more) break;
        if (rows.size() > reader.limit) continue; // rows that nobody sees filled the query
        if (position.phase == Phase::changes) {
            position.sequence = newest;
            break;
        }
        position = position.phase == Phase::own ? Position{Phase::others, 0, position.from}
                                                : Position{Phase::changes, position.from, 0};
    }
    page.next_cursor = cursor_text(reader, position);
    return page;
}

Result<Json> open_vacancies(Connection& connection, std::string_view agency, UtcMs now) {
    std::vector<std::pair<std::string, std::string>> rows;
    VAKANT_CHECK(
        connection.query("SELECT vacancy_id, body FROM vacancies WHERE state = 'active' AND twin_of = '' AND "
                         "(disappears_at IS NULL OR disappears_at > ?) AND (? = '' OR agency_id = ?) "
                         "ORDER BY agency_id, source, feed_sequence",
                         {now, std::string(agency), std::string(agency)}, [&](const Row& row) {
                             rows.emplace_back(row.text(0), row.text(1));
                             return done();
                         }));
    std::vector<std::string> ids;
    for (const auto& [id, body] : rows)
        ids.push_back(id);
    VAKANT_TRY(beside, Beside::read(connection, ids));
    Json list = Json::array();
    for (auto& [id, body] : rows) {
        VAKANT_TRY(text, whole_text(beside, id, std::move(body)));
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
