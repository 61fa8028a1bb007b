#include "agency/devices/devices.h"

#include <algorithm>
#include <cstdlib>

#include "agency/devices/device_audit.h"
#include "agency/store/audit.h"

namespace vakant {

namespace {

constexpr std::string_view device_columns =
    "SELECT device_id, prefix, device_key, enrolled_at, revoked_at, last_heard_at, heartbeat FROM devices ";

Result<Device> device_from(const Row& row) {
    Device device;
    device.id = row.text(0);
    device.prefix = row.text(1);
    const Bytes key = row.bytes(2);
    if (key.size() != device.key.size()) return Error{ErrorKind::damaged, "device " + device.id + ": key"};
    std::copy(key.begin(), key.end(), device.key.begin());
    device.enrolled_at = row.integer(3);
    device.revoked_at = row.integer_if_any(4);
    device.last_heard_at = row.integer_if_any(5);
    device.heartbeat = row.text(6);
    return device;
}

Outcome read_agencies(Connection& connection, Device& device) {
    return connection.query("SELECT agency_id FROM device_agencies WHERE device_id = ? ORDER BY agency_id",
                            {device.id}, [&](const Row& row) {
                                device.agencies.push_back(row.text(0));
                                return done();
                            });
}

Outcome serve_agency(Connection& connection, std::string_view device, const std::string& agency, UtcMs now) {
    VAKANT_TRY(added,
               connection.run("INSERT INTO device_agencies (agency_id, device_id, since) VALUES (?, ?, ?) "
                              "ON CONFLICT (device_id, agency_id) DO NOTHING",
                              {agency, std::string(device), now}));
    (void)added;
    return keep_audit(connection, {agency, now, "cli", AuditEvent::device_enrolled, std::string(device)});
}

/// What somebody should look at, by what the kiosk said of itself.
Json alarms_of(const Json& heartbeat, UtcMs heard_at) {
    constexpr std::int64_t too_old_ms = std::int64_t{90} * 24 * 3'600'000;
    constexpr std::int64_t low_disk = std::int64_t{200} << 20;
    constexpr std::int64_t tolerated_skew_ms = 120'000;
    Json alarms = Json::array();
    if (heartbeat["quarantined"].integer_or(0) > 0) alarms.push("conflict");
    if (heartbeat["blocked"].integer_or(0) > 0) alarms.push("refused");
    if (heartbeat["outbox_closed"].integer_or(0) > 0) alarms.push("outbox_closed");
    if (heartbeat["salvaged"].is_number()) alarms.push("outbox_damaged");
    if (heartbeat["oldest_age_ms"].integer_or(0) > too_old_ms) alarms.push("undelivered_for_90_days");
    if (heartbeat["free_disk_bytes"].integer_or(low_disk) < low_disk) alarms.push("disk_low");
    if (std::abs(heartbeat["skew_ms"].integer_or(0)) > tolerated_skew_ms) alarms.push("clock");
    if (audit_is_doubtful(heartbeat, heard_at)) alarms.push("audit");
    return alarms;
}

Json or_null(const std::optional<UtcMs>& time) {
    return time ? Json(to_iso8601(*time)) : Json();
}

} // namespace

bool Device::serves(std::string_view agency) const {
    return std::find(agencies.begin(), agencies.end(), agency) != agencies.end();
}

Result<std::optional<Device>> find_device(Connection& connection, std::string_view id) {
    std::optional<Device> found;
    VAKANT_CHECK(connection.query(std::string(device_columns) + "WHERE device_id = ?", {std::string(id)},
                                  [&](const Row& row) -> Outcome {
                                      auto device = device_from(row);
                                      if (!device.ok()) return device.error();
                                      found = std::move(*device);
                                      return done();
                                  }));
    if (found) VAKANT_CHECK(read_agencies(connection, *found));
    return found;
}

Result<std::vector<Device>> all_devices(Connection& connection) {
    std::vector<Device> all;
    VAKANT_CHECK(connection.query(std::string(device_columns) + "ORDER BY enrolled_at, device_id", {},
                                  [&](const Row& row) -> Outcome {
                                      auto device = device_from(row);
                                      if (!device.ok()) return device.error();
                                      all.push_back(std::move(*device));
                                      return done();
                                  }));
    for (Device& device : all)
        VAKANT_CHECK(read_agencies(connection, device));
    return all;
}

Json to_json(const Device& device) {
    Json agencies = Json::array();
    for (const std::string& agency : device.agencies)
        agencies.push(agency);
    Json heartbeat;
    if (!device.heartbeat.empty()) {
        auto parsed = parse_json(device.heartbeat);
        if (parsed.ok()) heartbeat = std::move(*parsed);
    }
    Json alarms = alarms_of(heartbeat, device.last_heard_at.value_or(0));
    return Json::object({{"device", device.id},
                         {"prefix", device.prefix},
                         {"agencies", std::move(agencies)},
                         {"enrolled_at", to_iso8601(device.enrolled_at)},
                         {"revoked_at", or_null(device.revoked_at)},
                         {"last_heard_at", or_null(device.last_heard_at)},
                         {"alarms", std::move(alarms)},
                         {"heartbeat", std::move(heartbeat)}});
}

Outcome enrol_device(Connection& connection, std::string_view id, const PublicKey& key,
                     const std::vector<std::string>& agencies, UtcMs now, Random& random,
                     std::string_view former_prefix) {
    if (agencies.empty()) return invalid_input("a device serves at least one agency");
    VAKANT_TRY(known, find_device(connection, id));
    if (known && known->key != key)
        return Error{ErrorKind::conflict, "device " + std::string(id) + ": another key"};
    if (!known) {
        VAKANT_TRY(prefix, take_prefix(connection, agencies.front(), id, former_prefix, random));
        VAKANT_TRY(
            added,
            connection.run("INSERT INTO devices (device_id, agency_id, device_key, prefix, enrolled_at) "
                           "VALUES (?, ?, ?, ?, ?)",
                           {std::string(id), agencies.front(), Bytes(key.begin(), key.end()), prefix, now}));
        (void)added;
    } else if (known->revoked_at) {
        VAKANT_TRY(back,
                   connection.run("UPDATE devices SET revoked_at = NULL, enrolled_at = ? WHERE device_id = ?",
                                  {now, std::string(id)}));
        (void)back;
    }
    for (const std::string& agency : agencies)
        VAKANT_CHECK(serve_agency(connection, id, agency, now));
    return done();
}

Outcome revoke_device(Connection& connection, std::string_view id, UtcMs now) {
    VAKANT_TRY(changed,
               connection.run("UPDATE devices SET revoked_at = ? WHERE device_id = ? AND revoked_at IS NULL",
                              {now, std::string(id)}));
    if (changed == 0) return not_found("device " + std::string(id) + ": none that is enrolled");
    VAKANT_TRY(gone, connection.run("DELETE FROM device_agencies WHERE device_id = ?", {std::string(id)}));
    (void)gone;
    return keep_audit(connection, {"", now, "cli", AuditEvent::device_revoked, std::string(id)});
}

Result<std::int64_t> keep_heartbeat(Connection& connection, std::string_view device, Json figures,
                                    const Json& confirms, UtcMs now) {
    VAKANT_TRY(before, connection.find_text("SELECT heartbeat FROM devices WHERE device_id = ?",
                                            {std::string(device)}));
    const auto parsed = parse_json(before.value_or(""));
    const auto broken = follow_audit(parsed.ok() ? *parsed : Json(), figures, confirms, now);
    if (broken) VAKANT_CHECK(keep_audit(connection, {"", now, "device", *broken, std::string(device)}));
    VAKANT_TRY(changed,
               connection.run("UPDATE devices SET last_heard_at = ?, heartbeat = ? WHERE device_id = ?",
                              {now, figures.to_text(), std::string(device)}));
    (void)changed;
    return figures["audit_known"]["rows"].integer_or(0);
}

} // namespace vakant
