#include "agency/devices/key_life.h"

#include <algorithm>
#include <array>

#include "agency/devices/devices.h"
#include "core/json/json.h"
#include "core/sql/store_files.h"

namespace vakant {

namespace {

std::filesystem::path folder_of(const std::filesystem::path& data, std::string_view agency) {
    return data / "keys" / agency;
}

std::filesystem::path file_with_id(const std::filesystem::path& folder, KeyUse use, const KeyId& id) {
    return folder / (std::string(name_of(use)) + "-" + id + ".json");
}

bool named_in(const KeySet& keys, const KeyId& id) {
    const auto is = [&id](const PublicKey& key) { return key_id_of(key) == id; };
    return std::ranges::any_of(keys.opening, is) || is(keys.recovery);
}

/// The newest version of the key set that still names the key: 0 where none does.
Result<std::int64_t> last_version_with(Connection& connection, std::string_view agency, const KeyId& id) {
    std::int64_t last = 0;
    VAKANT_CHECK(connection.query("SELECT version, body FROM key_sets WHERE agency_id = ?",
                                  {std::string(agency)}, [&](const Row& row) -> Outcome {
                                      VAKANT_TRY(set, key_set_from_json_text(row.text(1)));
                                      if (named_in(set.keys, id)) last = std::max(last, row.integer(0));
                                      return done();
                                  }));
    return last;
}

/// From what a kiosk last said of itself.
bool may_hold(const Device& device, std::string_view agency, std::int64_t last_version) {
    const auto said = parse_json(device.heartbeat);
    if (!said.ok()) return true;
    if ((*said)["key_sets"][agency].integer_or(0) <= last_version) return true;
    return (*said)["queued"].integer_or(1) + (*said)["blocked"].integer_or(1) +
               (*said)["quarantined"].integer_or(1) >
           0;
}

} // namespace

std::string_view name_of(KeyUse use) {
    switch (use) {
    case KeyUse::opening:
        return "opening";
    case KeyUse::answer:
        return "answer";
    case KeyUse::content:
        break;
    }
    return "content";
}

Result<PublicKey> make_key_file(const std::filesystem::path& data, std::string_view agency, KeyUse use) {
    const std::filesystem::path folder = folder_of(data, agency);
    if (use == KeyUse::opening) {
        const SealingKey key = make_sealing_key();
        VAKANT_CHECK(write_key_file(file_with_id(folder, use, key_id_of(key.public_key)), name_of(use),
                                    agency, key.secret.view(), key.public_key));
        return key.public_key;
    }
    const SigningKey key = make_signing_key();
    VAKANT_CHECK(write_key_file(file_with_id(folder, use, key_id_of(key.public_key)), name_of(use), agency,
                                key.secret.view(), key.public_key));
    return key.public_key;
}

Outcome take_into_use(const std::filesystem::path& data, std::string_view agency, KeyUse use,
                      const PublicKey& key) {
    if (use == KeyUse::opening) return done();
    const std::filesystem::path folder = folder_of(data, agency);
    const std::filesystem::path in_use = folder / (std::string(name_of(use)) + ".json");
    std::error_code failed;
    if (std::filesystem::exists(in_use, failed)) {
        VAKANT_TRY(here, keys_here(data, agency));
        const auto& ids = use == KeyUse::answer ? here.answer : here.content;
        // The first is the one in use; a second name for it, so that it is never without one.
        const std::filesystem::path beside = file_with_id(folder, use, ids.front());
        if (!std::filesystem::exists(beside, failed))
            std::filesystem::create_hard_link(in_use, beside, failed);
        if (failed) return refused(in_use.string() + ": " + failed.message());
    }
    return rename_durably(file_with_id(folder, use, key_id_of(key)), in_use);
}

Outcome retire_key_file(const std::filesystem::path& data, std::string_view agency, const KeyId& id) {
    const std::filesystem::path folder = folder_of(data, agency);
    std::error_code failed;
    std::filesystem::create_directories(folder / "retired", failed);
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        const std::filesystem::path file = entry.path();
        if (file.extension() != ".json") continue;
        VAKANT_TRY(found, key_id_in(file));
        if (found != id) continue;
        const std::string name = file.filename().string();
        if (name == "answer.json" || name == "content.json")
            return refused("key " + id + ": it signs now; `keys rotate` first");
        std::string stem = file.stem().string();
        if (!stem.ends_with(id)) stem += "-" + id;
        return rename_durably(file, folder / "retired" / (stem + ".json"));
    }
    if (failed) return refused(folder.string() + ": " + failed.message());
    return not_found("key " + id + ": not in " + folder.string());
}

bool KeysHere::has(const KeyId& id) const {
    return std::ranges::any_of(std::array{&opening, &answer, &content},
                               [&id](const auto* ids) { return std::ranges::find(*ids, id) != ids->end(); });
}

Result<KeysHere> keys_here(const std::filesystem::path& data, std::string_view agency) {
    KeysHere here;
    const std::filesystem::path folder = folder_of(data, agency);
    std::error_code failed;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    // "answer.json", the one in use, before "answer-<id>.json".
    std::ranges::sort(files, {}, [](const std::filesystem::path& file) {
        return std::pair(file.stem().string().size(), file.stem().string());
    });
    for (const std::filesystem::path& file : files) {
        VAKANT_TRY(id, key_id_in(file));
        const std::string name = file.filename().string();
        std::vector<KeyId>& ids = name.starts_with("answer")    ? here.answer
                                  : name.starts_with("content") ? here.content
                                                                : here.opening;
        if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
    return here;
}

Outcome put_recovery_to_work(const std::filesystem::path& data, std::string_view agency,
                             const SealingKey& recovery) {
    const KeyId id = key_id_of(recovery.public_key);
    const std::filesystem::path file = folder_of(data, agency) / ("recovery-" + id + ".json");
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return done(); // by a command that was cut off
    return write_key_file(file, "recovery", agency, recovery.secret.view(), recovery.public_key);
}

Result<NewRecovery> make_recovery_file(const std::filesystem::path& out_folder, std::string_view agency) {
    const SealingKey key = make_sealing_key();
    NewRecovery made;
    made.key = key.public_key;
    made.file = out_folder / (std::string(agency) + "-recovery-" + key_id_of(key.public_key) + ".json");
    std::error_code failed;
    std::filesystem::create_directories(out_folder, failed);
    if (failed) return refused(out_folder.string() + ": " + failed.message());
    VAKANT_CHECK(write_key_file(made.file, "recovery", agency, key.secret.view(), key.public_key));
    return made;
}

Result<std::vector<std::string>> devices_holding(Connection& connection, std::string_view agency,
                                                 const KeyId& id) {
    VAKANT_TRY(last, last_version_with(connection, agency, id));
    VAKANT_TRY(devices, all_devices(connection));
    std::vector<std::string> holding;
    for (const Device& device : devices) {
        if (device.serves(agency) && may_hold(device, agency, last)) holding.push_back(device.id);
    }
    return holding;
}

} // namespace vakant
