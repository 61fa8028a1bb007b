#include "agency/devices/published_keys.h"

#include "agency/store/audit.h"
#include "core/json/json.h"

namespace vakant {

namespace {

struct PublishedKeys {
    SignedKeySet key_set;
    std::vector<RootSuccession> successions; ///< oldest first
};

std::filesystem::path file_of(const std::filesystem::path& data, std::string_view agency) {
    return data / "keys" / agency / "published";
}

Result<std::optional<PublishedKeys>> read_published(const std::filesystem::path& file) {
    std::optional<PublishedKeys> found;
    const auto text = read_file(file, 1u << 20);
    if (!text.ok() && text.error().kind == ErrorKind::not_found) return found;
    if (!text.ok()) return text.error();
    const auto json = parse_json(*text);
    if (!json.ok()) return at(file.string(), json.error());
    auto set = key_set_from_json_text((*json)["key_set"].to_text());
    if (!set.ok()) return at(file.string(), set.error());
    found.emplace();
    found->key_set = std::move(*set);
    for (const Json& item : (*json)["root_successions"].items()) {
        auto succession = root_succession_from_json_text(item.to_text());
        if (!succession.ok()) return at(file.string(), succession.error());
        found->successions.push_back(*succession);
    }
    return found;
}

Outcome write_published(const std::filesystem::path& file, const PublishedKeys& published) {
    std::error_code ignored;
    if (!std::filesystem::exists(file.parent_path(), ignored))
        return done(); // this process has no keys of it
    VAKANT_TRY(set, parse_json(to_json_text(published.key_set)));
    Json successions = Json::array();
    for (const RootSuccession& each : published.successions) {
        VAKANT_TRY(succession, parse_json(to_json_text(each)));
        successions.push(std::move(succession));
    }
    const Json json =
        Json::object({{"key_set", std::move(set)}, {"root_successions", std::move(successions)}});
    return write_file_durably(file, json.to_indented_text() + "\n", 0600);
}

/// What the file has and the store has not: roots that handed over, one after the other, and the key set.
Outcome adopt(Connection& connection, const Agency& agency, const PublishedKeys& published, UtcMs now) {
    PublicKey root = agency.root;
    for (const RootSuccession& each : published.successions) {
        if (each.previous != root || each.agency != agency.id) continue; // the store has it
        VAKANT_CHECK(check_root_succession(each));
        root = each.next;
        // The first key set that this root signed is not known here; its place in the order is.
        VAKANT_TRY(last, connection.find_integer(
                             "SELECT MAX(version) FROM root_successions WHERE agency_id = ?", {agency.id}));
        VAKANT_TRY(added,
                   connection.run("INSERT INTO root_successions (agency_id, version, made_at, body) "
                                  "VALUES (?, ?, ?, ?)",
                                  {agency.id, last.value_or(0) + 1, each.made_at, to_json_text(each)}));
        (void)added;
    }
    VAKANT_CHECK(check_key_set(published.key_set, root));
    VAKANT_TRY(moved, connection.run("UPDATE agencies SET root_key = ? WHERE agency_id = ?",
                                     {Bytes(root.begin(), root.end()), agency.id}));
    (void)moved;
    VAKANT_TRY(set, connection.run(
                        "INSERT INTO key_sets (agency_id, version, made_at, body) VALUES (?, ?, ?, ?)",
                        {agency.id, published.key_set.keys.version, now, to_json_text(published.key_set)}));
    (void)set;
    return keep_audit(connection, {agency.id, now, "file", AuditEvent::key_set_added, agency.id});
}

} // namespace

Outcome agree_on_published_keys(Database& database, const std::filesystem::path& data, UtcMs now) {
    VAKANT_TRY(agencies, database.read_for<std::vector<Agency>>(
                             [](Connection& connection) { return all_agencies(connection); }));
    for (const Agency& agency : agencies) {
        const std::filesystem::path file = file_of(data, agency.id);
        VAKANT_TRY(published, read_published(file));
        const std::int64_t in_file = published ? published->key_set.keys.version : 0;
        const std::int64_t in_store = agency.key_set.keys.version;
        if (in_file > in_store) {
            const Outcome adopted = database.write(
                [&](Connection& connection) { return adopt(connection, agency, *published, now); });
            if (!adopted.ok()) return at(file.string(), adopted.error());
        } else if (in_file < in_store) {
            VAKANT_TRY(successions,
                       database.read_for<std::vector<RootSuccession>>(
                           [&](Connection& connection) { return root_successions(connection, agency.id); }));
            VAKANT_CHECK(write_published(file, {agency.key_set, std::move(successions)}));
        }
    }
    return done();
}

} // namespace vakant
