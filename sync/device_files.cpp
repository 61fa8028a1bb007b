// device.json and the key files beside it.
#include <algorithm>
#include <cstdlib>

#include "core/json/json.h"
#include "sync/sync_engine.h"

namespace vakant {
namespace {

constexpr unsigned secret_mode = 0600;

std::filesystem::path identity_file(const std::filesystem::path& folder) {
    return folder / "device.json";
}
/// The same once more: without it nothing that waits could be delivered.
std::filesystem::path identity_copy(const std::filesystem::path& folder) {
    return folder / "device.json.copy";
}
constexpr std::string_view signing_name = "device-signing.key", storage_name = "device-storage.key";

/// Where the key of that name is read: in the folder, or, where it was taken from there (tools/seal-keys),
/// among what systemd has decrypted for this service alone (LoadCredentialEncrypted=). A key that still lies
/// in the folder is the one in use, and says that it is not bound.
std::filesystem::path key_file(const std::filesystem::path& folder, std::string_view name) {
    std::error_code code;
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    if (credentials == nullptr || std::filesystem::exists(folder / name, code)) return folder / name;
    const std::filesystem::path sealed = std::filesystem::path(credentials) / name;
    return std::filesystem::exists(sealed, code) ? sealed : folder / name;
}

Error damaged(const std::filesystem::path& file, std::string_view what) {
    return {ErrorKind::damaged, file.string() + ": " + std::string(what)};
}

template <std::size_t size>
Result<SecretBytes<size>> read_secret(const std::filesystem::path& file) {
    VAKANT_TRY(text, read_file(file, 4096));
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    auto bytes = from_base64url(text);
    if (!bytes.ok()) return damaged(file, "not a key");
    auto secret = SecretBytes<size>::from(*bytes);
    if (!secret.ok()) return damaged(file, "a key of the wrong length");
    return secret;
}

/// A key that is there already stays: what is sealed or signed with it must still be read.
Outcome make_secret(const std::filesystem::path& file, ByteView secret) {
    std::error_code code;
    if (std::filesystem::exists(file, code)) return done();
    return write_file_durably(file, to_base64url(secret) + "\n", secret_mode);
}

Result<PinnedAgency> agency_from_json(const Json& json) {
    PinnedAgency agency;
    VAKANT_TRY(id, json.require_text("id"));
    VAKANT_TRY(name, json.require_text("name"));
    VAKANT_TRY(root_text, json.require_text("root"));
    VAKANT_TRY(root, from_base64url(root_text));
    if (root.size() != agency.root.size()) return invalid_input("a root of the wrong length");
    std::copy(root.begin(), root.end(), agency.root.begin());
    VAKANT_TRY(set, key_set_from_json_text(json["key_set"].to_text()));
    VAKANT_CHECK(check_key_set(set, agency.root));
    if (set.keys.agency != id) return invalid_input("the key set of another agency");
    agency.id = id;
    agency.name = name;
    agency.keys = set.keys;
    agency.keys_signature = set.signature;
    return agency;
}

Result<DeviceIdentity> identity_from_json(const Json& json) {
    DeviceIdentity identity;
    VAKANT_TRY(device_id, json.require_text("device_id"));
    if (!is_uuid(device_id)) return invalid_input("device_id is not a UUID");
    identity.device_id = device_id;
    identity.prefix = json["prefix"].text();
    identity.token = json["token"].text();
    for (const Json& item : json["agencies"].items()) {
        VAKANT_TRY(agency, agency_from_json(item));
        identity.agencies.push_back(std::move(agency));
    }
    for (const Json& item : json["former_agencies"].items()) {
        VAKANT_TRY(agency, agency_from_json(item));
        identity.former.push_back(std::move(agency));
    }
    return identity;
}

Result<DeviceIdentity> read_identity(const std::filesystem::path& file) {
    VAKANT_TRY(text, read_file(file));
    auto json = parse_json(text);
    if (!json.ok()) return damaged(file, json.error().detail);
    auto identity = identity_from_json(*json);
    if (!identity.ok()) return damaged(file, identity.error().detail);
    return identity;
}

/// What cannot be read is kept for people to look at.
Outcome keep_aside(const std::filesystem::path& file) {
    std::error_code code;
    if (!std::filesystem::exists(file, code)) return done();
    std::filesystem::path aside = file.string() + ".damaged";
    for (int number = 2; std::filesystem::exists(aside, code); ++number)
        aside = file.string() + ".damaged-" + std::to_string(number);
    std::filesystem::rename(file, aside, code);
    if (code) return internal_error(file.string() + ": " + code.message());
    return done();
}

Result<Json> json_of(const std::vector<PinnedAgency>& pinned) {
    Json agencies = Json::array();
    for (const PinnedAgency& agency : pinned) {
        VAKANT_TRY(key_set, parse_json(to_json_text(SignedKeySet{agency.keys, agency.keys_signature})));
        agencies.push(Json::object({{"id", agency.id},
                                    {"name", agency.name},
                                    {"root", to_base64url(agency.root)},
                                    {"key_set", std::move(key_set)}}));
    }
    return agencies;
}

} // namespace

Outcome save_identity(const std::filesystem::path& folder, const DeviceIdentity& identity) {
    VAKANT_TRY(agencies, json_of(identity.agencies));
    VAKANT_TRY(former, json_of(identity.former));
    const Json json = Json::object({{"device_id", identity.device_id},
                                    {"prefix", identity.prefix},
                                    {"token", identity.token},
                                    {"agencies", std::move(agencies)},
                                    {"former_agencies", std::move(former)}});
    const std::string text = json.to_indented_text() + "\n";
    VAKANT_CHECK(write_file_durably(identity_file(folder), text, secret_mode));
    return write_file_durably(identity_copy(folder), text, secret_mode);
}

Result<DeviceIdentity> load_identity(const std::filesystem::path& folder, Random& random) {
    VAKANT_CHECK(start_crypto());
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code) return internal_error(folder.string() + ": " + code.message());
    auto identity = read_identity(identity_file(folder));
    if (identity.ok()) return identity;
    if (auto copy = read_identity(identity_copy(folder)); copy.ok()) {
        VAKANT_CHECK(keep_aside(identity_file(folder)));
        VAKANT_CHECK(save_identity(folder, *copy));
        return copy;
    } else if (identity.error().kind != ErrorKind::not_found || copy.error().kind != ErrorKind::not_found) {
        return identity.error();
    }
    // Keys first: where the power goes in between, the next start finds them and makes the rest.
    VAKANT_CHECK(make_secret(key_file(folder, signing_name), make_signing_key().secret.view()));
    VAKANT_CHECK(make_secret(key_file(folder, storage_name), make_storage_key().view()));
    DeviceIdentity fresh;
    fresh.device_id = make_uuid(random);
    VAKANT_CHECK(save_identity(folder, fresh));
    return fresh;
}

Result<DeviceKeys> load_device_keys(const std::filesystem::path& folder) {
    DeviceKeys keys;
    VAKANT_TRY(signing, read_secret<64>(key_file(folder, signing_name)));
    VAKANT_TRY(storage, read_secret<32>(key_file(folder, storage_name)));
    keys.signing.secret = signing;
    std::copy_n(signing.data() + 32, keys.signing.public_key.size(), keys.signing.public_key.begin());
    keys.storage = storage;
    keys.bound = key_file(folder, storage_name).parent_path() != folder &&
                 key_file(folder, signing_name).parent_path() != folder;
    // The file holds both halves: they must belong together.
    if (!signature_holds(as_bytes("vakant"), sign(as_bytes("vakant"), keys.signing), keys.signing.public_key))
        return damaged(key_file(folder, signing_name), "its halves do not fit");
    return keys;
}

} // namespace vakant
