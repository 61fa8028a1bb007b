#include "agency/devices/agencies.h"

#include <algorithm>

#include "agency/store/audit.h"
namespace vakant {

namespace {

Result<Agency> agency_from(const Row& row) {
    Agency agency;
    agency.id = row.text(0);
    agency.name = row.text(1);
    const Bytes root = row.bytes(2);
    if (root.size() != agency.root.size())
        return Error{ErrorKind::damaged, "agency " + agency.id + ": root key"};
    std::copy(root.begin(), root.end(), agency.root.begin());
    auto key_set = key_set_from_json_text(row.text(3));
    if (!key_set.ok()) return at("agency " + agency.id, key_set.error());
    agency.key_set = std::move(*key_set);
    return agency;
}

constexpr std::string_view newest_of_each =
    "SELECT a.agency_id, a.name, a.root_key, k.body FROM agencies a JOIN key_sets k ON k.agency_id = "
    "a.agency_id "
    "AND k.version = (SELECT MAX(version) FROM key_sets WHERE agency_id = a.agency_id) ";

} // namespace

Outcome keep_agency(Connection& connection, const Agency& agency, UtcMs now) {
    VAKANT_CHECK(check_key_set(agency.key_set, agency.root));
    if (agency.key_set.keys.agency != agency.id) return refused("the key set is another agency's");
    VAKANT_TRY(known, find_agency(connection, agency.id));
    if (known && known->root != agency.root)
        return Error{ErrorKind::conflict,
                     "agency " + agency.id + ": is there already, with another root key"};
    if (known && known->key_set.keys.version >= agency.key_set.keys.version)
        return Error{ErrorKind::conflict,
                     "agency " + agency.id + ": has a key set of this or a later version"};
    if (!known) {
        VAKANT_TRY(added, connection.run(
                              "INSERT INTO agencies (agency_id, name, root_key, made_at) VALUES (?, ?, ?, ?)",
                              {agency.id, agency.name, Bytes(agency.root.begin(), agency.root.end()), now}));
        (void)added;
    }
    VAKANT_TRY(set,
               connection.run("INSERT INTO key_sets (agency_id, version, made_at, body) VALUES (?, ?, ?, ?)",
                              {agency.id, agency.key_set.keys.version, now, to_json_text(agency.key_set)}));
    (void)set;
    return keep_audit(connection, {agency.id, now, "cli",
                                   known ? AuditEvent::key_set_added : AuditEvent::agency_added, agency.id});
}

Outcome renew_root(Connection& connection, const RootSuccession& succession, const SignedKeySet& key_set,
                   UtcMs now) {
    VAKANT_CHECK(check_root_succession(succession));
    VAKANT_CHECK(check_key_set(key_set, succession.next));
    VAKANT_TRY(known, find_agency(connection, succession.agency));
    if (!known) return not_found("agency " + succession.agency);
    if (known->root != succession.previous)
        return Error{ErrorKind::conflict, "agency " + known->id + ": has another root than the former one"};
    if (key_set.keys.agency != known->id || key_set.keys.version <= known->key_set.keys.version)
        return Error{ErrorKind::conflict, "agency " + known->id + ": the key set is not its next one"};
    const Bytes root(succession.next.begin(), succession.next.end());
    VAKANT_TRY(moved,
               connection.run("UPDATE agencies SET root_key = ? WHERE agency_id = ?", {root, known->id}));
    VAKANT_TRY(added, connection.run("INSERT INTO root_successions (agency_id, version, made_at, body) "
                                     "VALUES (?, ?, ?, ?)",
                                     {known->id, key_set.keys.version, now, to_json_text(succession)}));
    VAKANT_TRY(set,
               connection.run("INSERT INTO key_sets (agency_id, version, made_at, body) VALUES (?, ?, ?, ?)",
                              {known->id, key_set.keys.version, now, to_json_text(key_set)}));
    (void)moved;
    (void)added;
    (void)set;
    return keep_audit(connection,
                      {known->id, now, "cli", AuditEvent::root_renewed, key_id_of(succession.next)});
}

Result<std::vector<RootSuccession>> root_successions(Connection& connection, std::string_view agency) {
    std::vector<RootSuccession> all;
    VAKANT_CHECK(connection.query("SELECT body FROM root_successions WHERE agency_id = ? ORDER BY version",
                                  {std::string(agency)}, [&](const Row& row) -> Outcome {
                                      VAKANT_TRY(succession, root_succession_from_json_text(row.text(0)));
                                      all.push_back(succession);
                                      return done();
                                  }));
    return all;
}

Result<std::optional<Agency>> find_agency(Connection& connection, std::string_view id) {
    std::optional<Agency> found;
    VAKANT_CHECK(connection.query(std::string(newest_of_each) + "WHERE a.agency_id = ?", {std::string(id)},
                                  [&](const Row& row) -> Outcome {
                                      auto agency = agency_from(row);
                                      if (!agency.ok()) return agency.error();
                                      found = std::move(*agency);
                                      return done();
                                  }));
    return found;
}

Result<std::vector<Agency>> all_agencies(Connection& connection) {
    std::vector<Agency> all;
    VAKANT_CHECK(connection.query(std::string(newest_of_each) + "ORDER BY a.agency_id", {},
                                  [&](const Row& row) -> Outcome {
                                      auto agency = agency_from(row);
                                      if (!agency.ok()) return agency.error();
                                      all.push_back(std::move(*agency));
                                      return done();
                                  }));
    return all;
}

} // namespace vakant
