// Secret keys as files: the root sealed with a passphrase and kept offline, the recovery key written out
// once, and the opening, answer and content keys beside the data directory, never in the database or its
// backup. Used by the command `keys init` and by the key ring of a running server.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/envelope/envelope.h"

namespace vakant {

/// The keys that a backend process works with for one agency.
struct AgencySecrets {
    std::vector<SealingKey> opening; ///< may be empty: envelopes then wait at the kiosk
    std::optional<SigningKey> answers;
    std::optional<SigningKey> content;
};

/// An id that may stand in paths, links and canonical bytes: 1 to 40 of a-z 0-9 -.
bool is_agency_id(std::string_view text);

/// The passphrase opens the file; a wrong one is not_authentic.
Outcome write_root_file(const std::filesystem::path& file, std::string_view agency, const SigningKey& root,
                        std::string_view passphrase, Random& random);
Result<SigningKey> read_root_file(const std::filesystem::path& file, std::string_view passphrase);

/// Makes every key of a new agency, writes the files and signs the first key set. Refused where a file is
/// there already.
struct NewAgencyKeys {
    std::filesystem::path root_file, recovery_file, folder;
    PublicKey root{};
    SignedKeySet key_set;
};
Result<NewAgencyKeys> make_agency_keys(const std::filesystem::path& data, std::string_view agency,
                                       std::string_view passphrase, const std::filesystem::path& out_folder,
                                       UtcMs now, Random& random);

/// A key file of its own, 0600. conflict: there is one of that name.
Outcome write_key_file(const std::filesystem::path& file, std::string_view use, std::string_view agency,
                       ByteView secret, const PublicKey& key);
/// Which key a file holds, without its secret.
Result<KeyId> key_id_in(const std::filesystem::path& file);
/// invalid_input: not the recovery key of this agency.
Result<SealingKey> read_recovery_file(const std::filesystem::path& file, std::string_view agency);

/// Reads what is there of data/keys/<agency>/: every opening*.json and recovery*.json, answer.json and
/// content.json. A file that is there and cannot be read is an error.
Result<AgencySecrets> read_agency_secrets(const std::filesystem::path& data, std::string_view agency);

/// The keys of every agency of a running process. Any thread. Missing keys are looked for again each time, so
/// that putting the file back is enough.
class KeyRing {
public:
    explicit KeyRing(std::filesystem::path data) : data_(std::move(data)) {}
    Result<std::shared_ptr<const AgencySecrets>> secrets(std::string_view agency);
    /// The files have changed: they are read again when they are wanted next.
    void forget(std::string_view agency);

private:
    std::filesystem::path data_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const AgencySecrets>, std::less<>> known_;
};

} // namespace vakant
