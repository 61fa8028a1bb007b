#include "agency/devices/key_files.h"

#include <algorithm>

#include "core/json/json.h"

namespace vakant {

namespace {

constexpr std::string_view key_format = "vakant-key/1";
constexpr std::string_view root_format = "vakant-root/1";

std::string key_text(std::string_view use, std::string_view agency, ByteView secret, const PublicKey& key) {
    return Json::object({{"format", key_format},
                         {"use", use},
                         {"agency", agency},
                         {"key_id", key_id_of(key)},
                         {"public", to_base64url(key)},
                         {"secret", to_base64url(secret)}})
               .to_indented_text() +
           "\n";
}

Result<Json> read_json_file(const std::filesystem::path& file, std::string_view format) {
    VAKANT_TRY(text, read_file(file, 64 * 1024));
    auto json = parse_json(text);
    if (!json.ok()) return at(file.string(), json.error());
    if ((*json)["format"].text() != format)
        return invalid_input(file.string() + ": not a file of format " + std::string(format));
    return json;
}

template <std::size_t size>
Result<SecretBytes<size>> secret_from(std::string_view base64) {
    VAKANT_TRY(bytes, from_base64url(base64));
    auto secret = SecretBytes<size>::from(bytes);
    std::fill(bytes.begin(), bytes.end(), std::uint8_t{0});
    return secret;
}

Result<PublicKey> public_from(std::string_view base64) {
    VAKANT_TRY(bytes, from_base64url(base64));
    PublicKey key{};
    if (bytes.size() != key.size()) return invalid_input("a public key of the wrong length");
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return key;
}

/// What is said of a key file, and whether it is for this use and agency.
template <typename Key>
Result<Key> read_key(const std::filesystem::path& file, std::string_view use, std::string_view agency) {
    VAKANT_TRY(json, read_json_file(file, key_format));
    if (json["use"].text() != use || json["agency"].text() != agency)
        return invalid_input(file.string() + ": not the " + std::string(use) + " key of " +
                             std::string(agency));
    constexpr std::size_t size = decltype(Key::secret)::length;
    auto secret = secret_from<size>(json["secret"].text());
    if (!secret.ok()) return at(file.string() + ": secret", secret.error());
    auto public_key = public_from(json["public"].text());
    if (!public_key.ok()) return at(file.string() + ": public", public_key.error());
    return Key{*secret, *public_key};
}

Outcome write_new_file(const std::filesystem::path& file, std::string_view text) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        return Error{ErrorKind::conflict, file.string() + ": is there already and is not written over"};
    return write_file_durably(file, text, 0600);
}

Outcome make_folder(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return refused(folder.string() + ": " + failed.message());
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
    return done();
}

Bytes root_label(std::string_view agency) {
    return to_bytes(std::string(root_format) + "\n" + std::string(agency));
}

} // namespace

bool is_agency_id(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

Outcome write_root_file(const std::filesystem::path& file, std::string_view agency, const SigningKey& root,
                        std::string_view passphrase, Random& random) {
    Bytes salt(passphrase_salt_length);
    random.fill(salt);
    VAKANT_TRY(key, key_from_passphrase(passphrase, salt));
    const Bytes sealed = encrypt(root.secret.view(), key, root_label(agency));
    const Json json = Json::object({{"format", root_format},
                                    {"agency", agency},
                                    {"public", to_base64url(root.public_key)},
                                    {"salt", to_base64url(salt)},
                                    {"sealed", to_base64url(sealed)}});
    return write_new_file(file, json.to_indented_text() + "\n");
}

Result<SigningKey> read_root_file(const std::filesystem::path& file, std::string_view passphrase) {
    VAKANT_TRY(json, read_json_file(file, root_format));
    VAKANT_TRY(salt, from_base64url(json["salt"].text()));
    VAKANT_TRY(sealed, from_base64url(json["sealed"].text()));
    VAKANT_TRY(key, key_from_passphrase(passphrase, salt));
    auto secret = decrypt(sealed, key, root_label(json["agency"].text()));
    if (!secret.ok())
        return Error{ErrorKind::not_authentic, file.string() + ": the passphrase does not open it"};
    VAKANT_TRY(bytes, SecretBytes<64>::from(*secret));
    std::fill(secret->begin(), secret->end(), std::uint8_t{0});
    VAKANT_TRY(public_key, public_from(json["public"].text()));
    return SigningKey{bytes, public_key};
}

Result<NewAgencyKeys> make_agency_keys(const std::filesystem::path& data, std::string_view agency,
                                       std::string_view passphrase, const std::filesystem::path& out_folder,
                                       UtcMs now, Random& random) {
    if (!is_agency_id(agency))
        return invalid_input("agency " + std::string(agency) + ": 1 to 40 letters, digits or -");
    if (passphrase.size() < 8) return invalid_input("passphrase: at least 8 characters");
    const SigningKey root = make_signing_key();
    const SigningKey answers = make_signing_key();
    const SigningKey content = make_signing_key();
    const SealingKey opening = make_sealing_key();
    const SealingKey recovery = make_sealing_key();

    NewAgencyKeys made;
    made.folder = data / "keys" / agency;
    made.root_file = out_folder / (std::string(agency) + "-root.json");
    made.recovery_file = out_folder / (std::string(agency) + "-recovery.json");
    made.root = root.public_key;
    VAKANT_CHECK(make_folder(made.folder));
    VAKANT_CHECK(make_folder(out_folder));
    VAKANT_CHECK(write_root_file(made.root_file, agency, root, passphrase, random));
    VAKANT_CHECK(write_new_file(made.recovery_file,
                                key_text("recovery", agency, recovery.secret.view(), recovery.public_key)));
    VAKANT_CHECK(write_new_file(made.folder / "opening.json",
                                key_text("opening", agency, opening.secret.view(), opening.public_key)));
    VAKANT_CHECK(write_new_file(made.folder / "answer.json",
                                key_text("answer", agency, answers.secret.view(), answers.public_key)));
    VAKANT_CHECK(write_new_file(made.folder / "content.json",
                                key_text("content", agency, content.secret.view(), content.public_key)));
    KeySet keys;
    keys.agency = std::string(agency);
    keys.version = 1;
    keys.made_at = now;
    keys.opening = {opening.public_key};
    keys.recovery = recovery.public_key;
    keys.answers = {answers.public_key};
    keys.content = {content.public_key};
    made.key_set = sign_key_set(std::move(keys), root);
    return made;
}

Outcome write_key_file(const std::filesystem::path& file, std::string_view use, std::string_view agency,
                       ByteView secret, const PublicKey& key) {
    return write_new_file(file, key_text(use, agency, secret, key));
}

Result<KeyId> key_id_in(const std::filesystem::path& file) {
    VAKANT_TRY(json, read_json_file(file, key_format));
    auto key = public_from(json["public"].text());
    if (!key.ok()) return at(file.string() + ": public", key.error());
    return key_id_of(*key);
}

Result<SealingKey> read_recovery_file(const std::filesystem::path& file, std::string_view agency) {
    return read_key<SealingKey>(file, "recovery", agency);
}

namespace {

/// Every key that opens, whatever its file is called after its use.
Outcome read_opening_keys(const std::filesystem::path& folder, std::string_view agency,
                          std::vector<SealingKey>& opening) {
    std::error_code none;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& file : files) {
        for (const std::string_view use : {"opening", "recovery"}) {
            if (!file.filename().string().starts_with(use)) continue;
            VAKANT_TRY(key, read_key<SealingKey>(file, use, agency));
            opening.push_back(key);
        }
    }
    return done();
}

} // namespace

Result<AgencySecrets> read_agency_secrets(const std::filesystem::path& data, std::string_view agency) {
    const std::filesystem::path folder = data / "keys" / agency;
    AgencySecrets secrets;
    std::error_code ignored;
    VAKANT_CHECK(read_opening_keys(folder, agency, secrets.opening));
    if (std::filesystem::exists(folder / "answer.json", ignored)) {
        VAKANT_TRY(key, read_key<SigningKey>(folder / "answer.json", "answer", agency));
        secrets.answers = key;
    }
    if (std::filesystem::exists(folder / "content.json", ignored)) {
        VAKANT_TRY(key, read_key<SigningKey>(folder / "content.json", "content", agency));
        secrets.content = key;
    }
    return secrets;
}

Result<std::shared_ptr<const AgencySecrets>> KeyRing::secrets(std::string_view agency) {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(agency);
    if (known != known_.end()) return known->second;
    if (!is_agency_id(agency)) return not_found("agency " + std::string(agency));
    VAKANT_TRY(read, read_agency_secrets(data_, agency));
    const bool complete = !read.opening.empty() && read.answers && read.content;
    auto shared = std::make_shared<const AgencySecrets>(std::move(read));
    if (complete) known_.emplace(std::string(agency), shared);
    return shared;
}

void KeyRing::forget(std::string_view agency) {
    const std::lock_guard lock(mutex_);
    if (const auto known = known_.find(agency); known != known_.end()) known_.erase(known);
}

} // namespace vakant
