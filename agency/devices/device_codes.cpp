#include "agency/devices/device_codes.h"

#include <algorithm>

#include "core/json/json.h"

namespace vakant {

namespace {

constexpr std::string_view letters = "BCDFGHJKLMNPQRSTVWXZ";
constexpr std::size_t user_code_length = 8;

constexpr std::string_view columns =
    "SELECT device_code_hash, user_code, device_id, device_key, program_version, made_at, expires_at, "
    "interval_ms, "
    "polled_at, agencies, desk_agreed, kiosk_agreed, dead FROM device_codes ";

Bytes hash_of(std::string_view device_code) {
    const Digest digest = blake2b(as_bytes(device_code));
    return {digest.begin(), digest.end()};
}

Result<CodeRow> code_from(const Row& row) {
    CodeRow code;
    code.hash = row.bytes(0);
    code.user_code = row.text(1);
    code.device_id = row.text(2);
    const Bytes key = row.bytes(3);
    if (key.size() != code.device_key.size()) return Error{ErrorKind::damaged, "device_codes: key"};
    std::copy(key.begin(), key.end(), code.device_key.begin());
    code.program_version = row.text(4);
    code.made_at = row.integer(5);
    code.expires_at = row.integer(6);
    code.interval_ms = row.integer(7);
    code.polled_at = row.integer_if_any(8);
    if (!row.is_null(9)) {
        VAKANT_TRY(agencies, parse_json(row.text(9)));
        code.agencies.emplace();
        for (const Json& agency : agencies.items())
            code.agencies->emplace_back(agency.text());
    }
    code.desk_agreed = row.integer(10) != 0;
    code.kiosk_agreed = row.integer(11) != 0;
    code.dead = row.integer(12) != 0;
    return code;
}

Value agencies_value(const CodeRow& code) {
    if (!code.agencies) return nullptr;
    Json list = Json::array();
    for (const std::string& agency : *code.agencies)
        list.push(agency);
    return list.to_text();
}

Result<std::optional<CodeRow>> find_one(Connection& connection, std::string_view condition, Value value) {
    std::optional<CodeRow> found;
    VAKANT_CHECK(connection.query(std::string(columns) + std::string(condition), {std::move(value)},
                                  [&](const Row& row) -> Outcome {
                                      auto code = code_from(row);
                                      if (!code.ok()) return code.error();
                                      found = std::move(*code);
                                      return done();
                                  }));
    return found;
}

Result<std::string> free_user_code(Connection& connection, Random& random) {
    for (int attempt = 0; attempt < 10; ++attempt) {
        std::string text;
        for (std::size_t i = 0; i < user_code_length; ++i)
            text.push_back(letters[random.number(letters.size())]);
        VAKANT_TRY(taken, find_one(connection, "WHERE user_code = ?", text));
        if (!taken) return text;
    }
    return Error{ErrorKind::unavailable, "no free user code"};
}

} // namespace

Result<std::string> add_code(Connection& connection, CodeRow& code, UtcMs now, Random& random) {
    VAKANT_TRY(old, connection.run("DELETE FROM device_codes WHERE expires_at <= ?", {now}));
    (void)old;
    VAKANT_TRY(user_code, free_user_code(connection, random));
    code.user_code = std::move(user_code);
    Bytes bytes(32);
    random.fill(bytes);
    std::string device_code = to_base64url(bytes);
    code.hash = hash_of(device_code);
    VAKANT_TRY(
        added,
        connection.run(
            "INSERT INTO device_codes (device_code_hash, agency_id, user_code, device_id, device_key, "
            "program_version, made_at, expires_at, interval_ms, desk_agreed, kiosk_agreed, dead) "
            "VALUES (?, '', ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
            {code.hash, code.user_code, code.device_id, Bytes(code.device_key.begin(), code.device_key.end()),
             code.program_version, code.made_at, code.expires_at, code.interval_ms}));
    (void)added;
    return device_code;
}

Result<std::optional<CodeRow>> find_code(Connection& connection, std::string_view device_code) {
    return find_one(connection, "WHERE device_code_hash = ?", hash_of(device_code));
}

Result<CodeRow> living_code(Connection& connection, std::string_view typed, UtcMs now) {
    std::string user_code;
    for (const char c : typed) {
        if (c >= 'a' && c <= 'z')
            user_code.push_back(static_cast<char>(c - 'a' + 'A'));
        else if (c != '-' && c != ' ')
            user_code.push_back(c);
    }
    VAKANT_TRY(code, find_one(connection, "WHERE user_code = ?", user_code));
    if (!code || code->dead || code->expires_at <= now)
        return not_found("code " + std::string(typed) + ": no kiosk shows it, or it has expired");
    return std::move(*code);
}

Outcome update_code(Connection& connection, const CodeRow& code) {
    VAKANT_TRY(changed,
               connection.run("UPDATE device_codes SET interval_ms = ?, polled_at = ?, agencies = ?, "
                              "desk_agreed = ?, kiosk_agreed = ?, dead = ? WHERE device_code_hash = ?",
                              {code.interval_ms, code.polled_at ? Value(*code.polled_at) : Value(nullptr),
                               agencies_value(code), std::int64_t{code.desk_agreed},
                               std::int64_t{code.kiosk_agreed}, std::int64_t{code.dead}, code.hash}));
    (void)changed;
    return done();
}

} // namespace vakant
