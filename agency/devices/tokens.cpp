#include "agency/devices/devices.h"

#include "core/crypto/crypto.h"

namespace vakant {

namespace {

constexpr UtcMs token_life_ms = 7LL * 24 * 60 * 60 * 1000;
constexpr std::size_t shortest_nonce = 16;
constexpr std::size_t longest_nonce = 200;

Bytes hash_of(std::string_view token) {
    const Digest digest = blake2b(as_bytes(token));
    return {digest.begin(), digest.end()};
}

Error not_authentic(std::string_view why) {
    return {ErrorKind::not_authentic, std::string(why)};
}

} // namespace

Result<Token> make_token(Connection& connection, const Device& device, UtcMs now, Random& random) {
    Bytes bytes(32);
    random.fill(bytes);
    Token token{to_base64url(bytes), now + token_life_ms};
    VAKANT_TRY(old, connection.run("DELETE FROM device_tokens WHERE device_id = ? AND expires_at <= ?",
                                   {device.id, now}));
    (void)old;
    VAKANT_TRY(added, connection.run(
                          "INSERT INTO device_tokens (token_hash, agency_id, device_id, made_at, expires_at) "
                          "VALUES (?, ?, ?, ?, ?)",
                          {hash_of(token.text), device.agencies.empty() ? "" : device.agencies.front(),
                           device.id, now, token.expires_at}));
    (void)added;
    return token;
}

Result<Authentication> authenticate(Connection& connection, std::string_view device_id,
                                    std::string_view token, UtcMs now) {
    Authentication out;
    std::string owner;
    UtcMs expires_at = 0;
    VAKANT_CHECK(connection.query("SELECT device_id, expires_at FROM device_tokens WHERE token_hash = ?",
                                  {hash_of(token)}, [&](const Row& row) {
                                      owner = row.text(0);
                                      expires_at = row.integer(1);
                                      return done();
                                  }));
    if (owner.empty() || owner != device_id) return out;
    VAKANT_TRY(device, find_device(connection, owner));
    if (device && device->revoked_at) out.problem = TokenProblem::revoked;
    if (!device || device->revoked_at || expires_at <= now) return out;
    out.device = std::move(device);
    return out;
}

Result<bool> is_signed_by_its_device(Connection& connection, const Renewal& renewal) {
    VAKANT_TRY(device, find_device(connection, renewal.device_id));
    if (!device) return false;
    const Bytes signed_bytes = token_renewal_bytes(renewal.device_id, renewal.nonce, renewal.time);
    return signature_holds(signed_bytes, renewal.signature, device->key);
}

Result<Token> renew_token(Connection& connection, const Renewal& renewal, UtcMs now, Random& random) {
    if (renewal.nonce.size() < shortest_nonce || renewal.nonce.size() > longest_nonce)
        return not_authentic("a nonce of the wrong length");
    VAKANT_TRY(device, find_device(connection, renewal.device_id));
    if (!device) return not_found("device " + renewal.device_id);
    VAKANT_TRY(genuine, is_signed_by_its_device(connection, renewal));
    if (!genuine) return not_authentic("signature");
    VAKANT_TRY(fresh, connection.run("INSERT INTO renewal_nonces (agency_id, device_id, nonce, used_at) "
                                     "VALUES ('', ?, ?, ?) ON CONFLICT (device_id, nonce) DO NOTHING",
                                     {renewal.device_id, renewal.nonce, now}));
    if (fresh == 0) return not_authentic("a nonce that was used");
    if (device->revoked_at) return refused("device revoked");
    return make_token(connection, *device, now, random);
}

} // namespace vakant
