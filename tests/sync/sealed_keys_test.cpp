// tools/seal-keys with the real systemd-creds and an emulated TPM 2, and the kiosk that starts on what came
// of it.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "sync/sync_engine.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/places.h"

using namespace vakant;

namespace {

bool has_tools() {
    const bool there = std::system("command -v swtpm systemd-creds > /dev/null && test $(id -u) = 0") == 0;
    if (!there) WARN("skipped: needs swtpm, systemd-creds and root");
    return there;
}

/// A security chip of its own, until the end of the test.
struct EmulatedTpm {
    ScratchFolder folder;

    EmulatedTpm() { power_on(); }
    ~EmulatedTpm() { power_off(); }
    /// It holds few sessions at a time, and nothing but a restart ends those of a program that has gone.
    void restart() {
        power_off();
        power_on();
    }
    std::string device() const { return "swtpm:path=" + (folder / "chip").string(); }

private:
    void power_on() {
        const std::string at = folder.path().string();
        REQUIRE(std::system(("swtpm socket --tpm2 --daemon --flags startup-clear --tpmstate dir=" + at +
                             " --server type=unixio,path=" + at + "/chip --ctrl type=unixio,path=" + at +
                             "/chip.ctrl --pid file=" + at + "/pid")
                                .c_str()) == 0);
    }
    void power_off() {
        const std::string pid = (folder / "pid").string();
        (void)!std::system(("p=$(cat " + pid + "); kill $p; tail --pid=$p -f /dev/null").c_str());
    }
};

/// A kiosk's data directory, and what systemd does with the credentials of its unit.
struct Kiosk {
    ScratchFolder folder;
    SeededRandom random{5};
    std::filesystem::path data = folder / "data", sealed = folder / "sealed", given = folder / "given";

    Kiosk() {
        REQUIRE(start_crypto().ok());
        std::filesystem::create_directories(given);
        ::setenv("CREDENTIALS_DIRECTORY", given.c_str(), 1);
    }
    ~Kiosk() { ::unsetenv("CREDENTIALS_DIRECTORY"); }
    bool seal(const std::string& more) const {
        return std::system((source_dir() + "/tools/seal-keys " + data.string() + " " + sealed.string() +
                            more + " > " + (folder / "said").string() + " 2>&1")
                               .c_str()) == 0;
    }
    std::string said() const { return read_file(folder / "said").value(); }
    /// As LoadCredentialEncrypted= does at the start of the service.
    bool give(const EmulatedTpm& tpm) const {
        bool all = true;
        for (const std::string name : {"device-signing.key", "device-storage.key"})
            all = std::system(("systemd-creds decrypt --quiet --tpm2-device=" + tpm.device() +
                               " --name=" + name + " " + (sealed / (name + ".cred")).string() + " " +
                               (given / name).string() + " 2> /dev/null")
                                  .c_str()) == 0 &&
                  all;
        return all;
    }
};

} // namespace

TEST_CASE("sealed keys are off the disk, and the kiosk starts with the same id and keys") {
    if (!has_tools()) return;
    EmulatedTpm tpm;
    Kiosk kiosk;
    const DeviceIdentity identity = load_identity(kiosk.data, kiosk.random).value();
    const DeviceKeys before = load_device_keys(kiosk.data).value();
    CHECK_FALSE(before.bound);
    const std::string storage = read_file(kiosk.data / "device-storage.key").value();

    REQUIRE(kiosk.seal(" --tpm2-device " + tpm.device()));
    CHECK(kiosk.said().find("LoadCredentialEncrypted=device-storage.key:" +
                            (kiosk.sealed / "device-storage.key.cred").string() + "\n") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(kiosk.data / "device-signing.key"));
    CHECK_FALSE(std::filesystem::exists(kiosk.data / "device-storage.key"));
    CHECK(read_file(kiosk.sealed / "device-storage.key.cred").value().find(storage) == std::string::npos);

    tpm.restart();
    REQUIRE(kiosk.give(tpm));
    CHECK(load_identity(kiosk.data, kiosk.random).value().device_id == identity.device_id);
    const DeviceKeys after = load_device_keys(kiosk.data).value();
    CHECK(after.bound);
    CHECK(after.signing.public_key == before.signing.public_key);
    CHECK(std::ranges::equal(after.storage.view(), before.storage.view()));
    CHECK_FALSE(std::filesystem::exists(kiosk.data / "device-storage.key"));
}

TEST_CASE("sealed keys do not open with the chip of another machine, and the kiosk makes no new ones") {
    if (!has_tools()) return;
    const EmulatedTpm tpm, other;
    Kiosk kiosk;
    REQUIRE(load_identity(kiosk.data, kiosk.random).ok());
    REQUIRE(kiosk.seal(" --tpm2-device " + tpm.device()));
    CHECK_FALSE(kiosk.give(other));
    std::filesystem::remove_all(kiosk.given);
    REQUIRE(load_identity(kiosk.data, kiosk.random).ok());
    const auto keys = load_device_keys(kiosk.data);
    REQUIRE_FALSE(keys.ok());
    CHECK(keys.error().detail.find("device-signing.key") != std::string::npos);
}

TEST_CASE("without a chip, or before the first start, nothing is sealed and nothing deleted") {
    if (!has_tools()) return;
    Kiosk kiosk;
    CHECK_FALSE(kiosk.seal(" --tpm2-device swtpm:path=/nowhere"));
    CHECK(kiosk.said() == "seal-keys: " + (kiosk.data / "device-signing.key").string() +
                              ": not there; start the kiosk once, so that it makes its keys\n");
    REQUIRE(load_identity(kiosk.data, kiosk.random).ok());
    CHECK_FALSE(kiosk.seal(" --tpm2-device swtpm:path=/nowhere"));
    CHECK(kiosk.said().ends_with("device-signing.key: cannot be sealed; nothing was changed\n"));
    CHECK(load_device_keys(kiosk.data).ok());
    CHECK(std::filesystem::is_empty(kiosk.sealed));
}

TEST_CASE("a key that still lies in the data directory is the one in use, and says that it is not bound") {
    Kiosk kiosk;
    REQUIRE(load_identity(kiosk.data, kiosk.random).ok());
    const DeviceKeys mine = load_device_keys(kiosk.data).value();
    for (const char* name : {"device-signing.key", "device-storage.key"})
        REQUIRE(write_file_durably(kiosk.given / name, "of another kiosk").ok());
    const auto keys = load_device_keys(kiosk.data);
    REQUIRE(keys.ok());
    CHECK_FALSE(keys->bound);
    CHECK(keys->signing.public_key == mine.signing.public_key);
}
