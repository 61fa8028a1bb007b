// The life of an agency's keys after `keys init`: newer ones, retired ones, lost ones. Each step only makes
// or moves files beside the data directory; what counts is what the next key set names, which the root signs.
// Used by the commands `keys ...`.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "agency/devices/key_files.h"
#include "agency/store/database.h"

namespace vakant {

enum class KeyUse { opening, answer, content };
std::string_view name_of(KeyUse use);

/// A new key as keys/<agency>/<use>-<id>.json: known to the process, not yet in use.
Result<PublicKey> make_key_file(const std::filesystem::path& data, std::string_view agency, KeyUse use);
/// The key that was made signs from now on; the former one stays beside it under its id. Opening keys need no
/// such step: every one that is there opens.
Outcome take_into_use(const std::filesystem::path& data, std::string_view agency, KeyUse use,
                      const PublicKey& key);
/// Moves the file of that key into keys/<agency>/retired. not_found: none has that id; refused: it signs.
Outcome retire_key_file(const std::filesystem::path& data, std::string_view agency, const KeyId& id);
/// The ids of the keys that are here, by use; the recovery key among the opening ones where it was put there.
struct KeysHere {
    std::vector<KeyId> opening, answer, content;
    bool has(const KeyId& id) const;
};
Result<KeysHere> keys_here(const std::filesystem::path& data, std::string_view agency);

/// The recovery key opens what waits, beside the opening keys.
Outcome put_recovery_to_work(const std::filesystem::path& data, std::string_view agency,
                             const SealingKey& recovery);
/// A new recovery key in a file of `out_folder` that is not there yet.
struct NewRecovery {
    std::filesystem::path file;
    PublicKey key{};
};
Result<NewRecovery> make_recovery_file(const std::filesystem::path& out_folder, std::string_view agency);

/// Kiosks that may still hold something that only this opening key (or recovery key) opens: those that have
/// not said that they know a key set without it and have nothing waiting or set aside. By device id.
Result<std::vector<std::string>> devices_holding(Connection& connection, std::string_view agency,
                                                 const KeyId& id);

} // namespace vakant
