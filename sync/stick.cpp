#include "sync/stick.h"

#include <algorithm>
#include <sys/stat.h>

#include "core/base/bytes.h"

namespace vakant {

namespace {

constexpr std::size_t longest_answer = 16 * 1024;
constexpr std::size_t most_files = 100'000;

/// Sticks come from outside: links and folders that pose as files are nobody's.
bool is_plain_file(const std::filesystem::path& file) {
    struct stat found {};
    return ::lstat(file.c_str(), &found) == 0 && S_ISREG(found.st_mode);
}

class Stick {
public:
    Stick(Outbox& outbox, const DeviceIdentity& identity, const std::filesystem::path& root)
        : outbox_(outbox), identity_(identity), folder_(root / "vakant-envelopes" / identity.device_id) {}

    Result<StickExchange> exchange() {
        std::error_code failed;
        std::filesystem::create_directories(folder_, failed);
        if (failed) return refused(folder_.string() + ": " + failed.message());
        VAKANT_CHECK(take_answers());
        VAKANT_CHECK(write_waiting());
        return done_;
    }

private:
    Outcome take_answers() {
        std::error_code failed;
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder_, failed)) {
            if (files.size() == most_files) break;
            if (entry.path().extension() == ".answer") files.push_back(entry.path());
        }
        if (failed) return refused(folder_.string() + ": " + failed.message());
        std::sort(files.begin(), files.end());
        for (const std::filesystem::path& file : files) {
            VAKANT_TRY(taken, take_answer(file));
            (taken ? done_.answered : done_.refused) += 1;
        }
        return done();
    }

    /// False: no word that moves anything. Only a store that cannot write is an error.
    Result<bool> take_answer(const std::filesystem::path& file) {
        if (!is_plain_file(file)) return false;
        const auto text = read_file(file, longest_answer);
        const auto answer = text.ok() ? answer_from_json_text(*text) : Result<Answer>(text.error());
        if (!answer.ok() || answer->device != identity_.device_id) return false;
        const auto agency = std::find_if(identity_.agencies.begin(), identity_.agencies.end(),
                                         [&](const PinnedAgency& each) { return each.id == answer->agency; });
        if (agency == identity_.agencies.end() || !check_answer(*answer, agency->keys).ok()) return false;
        const Outcome settled = outbox_.settle(*answer);
        const bool about_nothing = !settled.ok() && (settled.error().kind == ErrorKind::not_found ||
                                                     settled.error().kind == ErrorKind::refused);
        if (about_nothing) return false;
        VAKANT_CHECK(settled);
        std::error_code stays;
        std::filesystem::remove(std::filesystem::path(file).replace_extension(".envelope"), stays);
        std::filesystem::remove(file, stays);
        return true;
    }

    Outcome write_waiting() {
        VAKANT_TRY(waiting, outbox_.waiting(most_files));
        for (const OutboxItem& item : waiting) {
            const std::filesystem::path file = folder_ / (item.agency + "." + item.id + ".envelope");
            const auto there = is_plain_file(file) ? read_file(file) : Result<std::string>(not_found(""));
            const bool is_whole = there.ok() && as_bytes(*there).size() == item.envelope.size() &&
                                  envelope_digest(as_bytes(*there)) == item.digest;
            if (!is_whole) VAKANT_CHECK(write_file_durably(file, as_text(item.envelope), 0600));
            ++done_.written;
        }
        return done();
    }

    Outbox& outbox_;
    const DeviceIdentity& identity_;
    const std::filesystem::path folder_;
    StickExchange done_;
};

} // namespace

Result<StickExchange> exchange_with_stick(Outbox& outbox, const DeviceIdentity& identity,
                                          const std::filesystem::path& stick) {
    std::error_code failed;
    if (!std::filesystem::is_directory(stick, failed)) return not_found(stick.string() + ": no such folder");
    return Stick(outbox, identity, stick).exchange();
}

bool is_mounted(const std::filesystem::path& folder) {
    struct stat here {
    }, above{};
    return ::stat(folder.c_str(), &here) == 0 && ::stat((folder / "..").c_str(), &above) == 0 &&
           here.st_dev != above.st_dev;
}

} // namespace vakant
