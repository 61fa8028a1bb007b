// What the benches of upload, server and fleet share: kiosks that are enrolled straight into an agency's
// store, registrations like those that people fill in, and clients that send them over the network.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/http/http.h"
#include "core/json/json.h"
#include "sync/outbox.h"
#include "sync/sync_engine.h"

namespace vakant::benches {

struct Backend {
    std::string url;
    std::filesystem::path authority;
};

struct EnrolledKiosk {
    DeviceIdentity identity;
    DeviceKeys keys;
};
/// Folders with the files of a kiosk each, enrolled at `agency` without the conversation. The agency's store
/// must be open nowhere else. `postgres`: as libpq takes it, or "".
Outcome enrol_kiosks(const std::filesystem::path& agency_data, const std::string& postgres,
                     const std::string& agency, std::size_t count, const std::filesystem::path& into);
/// All of them, in order.
Result<std::vector<EnrolledKiosk>> read_kiosks(const std::filesystem::path& folder);

/// A registration as a person fills it in who leaves little out: work history, education, a free text. Words
/// and their frequencies are those of the shipped vacancies and forms.
class Registrations {
public:
    static Result<Registrations> read(const std::filesystem::path& assets, std::uint64_t seed);
    Json next(const std::string& reference);

private:
    std::string words(std::size_t least, std::size_t most);
    std::string one_of(const std::vector<std::string>& from);
    Json person();
    Json job();

    SeededRandom random_{0};
    std::vector<std::string> words_;
};

/// Sealed for the kiosk's first agency.
OutboxItem sealed(const EnrolledKiosk& kiosk, const Json& registration, Random& random);
std::string line_of(const OutboxItem& item);
HttpRequest request_of(const Backend& backend, const EnrolledKiosk& kiosk, std::string method,
                       const std::string& path, std::string body);

/// "fleet" and its figures.
struct FleetSettings {
    Backend backend;
    std::filesystem::path kiosks;
    std::size_t each = 10;
    std::int64_t outage_minutes = 30;
    std::int64_t retry_cap_ms = 240'000;
    std::int64_t give_up_ms = 600'000;
};
Result<Json> run_fleet(const FleetSettings& settings, Registrations& registrations);

} // namespace vakant::benches
