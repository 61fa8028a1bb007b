#include "agency/vacancies/twins.h"

#include <vector>

namespace vakant {

namespace {

struct Twin {
    std::string id, source, twin_of;
    bool active = false;
};

Result<std::vector<Twin>> twins_of(Connection& connection, std::string_view agency, std::string_view key) {
    std::vector<Twin> twins;
    VAKANT_CHECK(connection.query(
        "SELECT vacancy_id, source, twin_of, state FROM vacancies WHERE agency_id = ? AND twin_key = ? "
        "AND twin_key <> '' ORDER BY CASE WHEN source = 'own' THEN 0 ELSE 1 END, first_seen_at, vacancy_id",
        {std::string(agency), std::string(key)}, [&](const Row& row) {
            twins.push_back({row.text(0), row.text(1), row.text(2), row.text(3) == "active"});
            return done();
        }));
    return twins;
}

Outcome write_twin(Connection& connection, const std::string& id, const std::string& twin_of) {
    VAKANT_TRY(changed,
               connection.run("UPDATE vacancies SET twin_of = ? WHERE vacancy_id = ?", {twin_of, id}));
    (void)changed;
    return done();
}

/// Kiosks hear of it again.
Outcome tell_again(Connection& connection, const std::string& id) {
    VAKANT_TRY(sequence, next_number(connection, "vacancy_feed"));
    VAKANT_TRY(changed,
               connection.run("UPDATE vacancies SET feed_sequence = ? WHERE vacancy_id = ?", {sequence, id}));
    (void)changed;
    return done();
}

} // namespace

Outcome settle_twins(Connection& connection, std::string_view agency, std::string_view key) {
    if (key.empty()) return done();
    VAKANT_TRY(twins, twins_of(connection, agency, key));
    const Twin* shown = nullptr;
    for (const Twin& twin : twins) {
        if (!shown && twin.active) shown = &twin;
    }
    bool changed = false;
    for (const Twin& twin : twins) {
        const bool behind = shown && twin.active && twin.source != shown->source;
        const std::string wanted = behind ? shown->id : "";
        if (twin.twin_of == wanted) continue;
        VAKANT_CHECK(write_twin(connection, twin.id, wanted));
        const bool was_seen = twin.twin_of.empty(), is_seen = wanted.empty() && twin.active;
        if (was_seen != is_seen) VAKANT_CHECK(tell_again(connection, twin.id));
        changed = true;
    }
    // What stands behind it has changed, and that is told with it.
    return changed && shown ? tell_again(connection, shown->id) : done();
}

Outcome leave_twin(Connection& connection, const std::string& id, const std::string& twin_of) {
    if (twin_of.empty()) return done();
    VAKANT_CHECK(write_twin(connection, id, ""));
    return tell_again(connection, twin_of);
}

Result<std::map<std::string, Json>> publications_behind(Connection& connection, const Among& ids) {
    std::map<std::string, Json> lists;
    VAKANT_CHECK(connection.query(
        "SELECT twin_of, source, source_id, body FROM vacancies WHERE twin_of IN " + ids.sql() +
            " AND twin_of <> '' AND state = 'active' ORDER BY twin_of, source, source_id",
        ids.values(), [&](const Row& row) -> Outcome {
            VAKANT_TRY(body, parse_json(row.text(3)));
            Json one = Json::object({{"source", row.text(1)}, {"source_id", row.text(2)}});
            const std::string_view page = body["source_url"].text();
            const std::string_view url = page.empty() ? body["apply_url"].text() : page;
            if (!url.empty()) one.set("url", url);
            lists.try_emplace(row.text(0), Json::array()).first->second.push(std::move(one));
            return done();
        }));
    return lists;
}

} // namespace vakant
