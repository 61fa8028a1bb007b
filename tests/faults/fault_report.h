// Every fault test leaves one JSON file of what it did in faults/ of the build folder, so that documents can
// quote figures that somebody can make again: the seed, how many cells (states, cuts, failures) were tried,
// and each violation.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/json/json.h"
#include "tests/places.h"

namespace vakant::faults {

/// The figure that an environment variable names, else `usual`: short in the test command, full by flag.
inline std::int64_t count_from(const char* variable, std::int64_t usual) {
    const char* text = std::getenv(variable);
    return text == nullptr ? usual : std::strtoll(text, nullptr, 10);
}

class FaultReport {
public:
    FaultReport(std::string name, std::uint64_t seed) : name_(std::move(name)), seed_(seed) {}

    void cell() { ++cells_; }
    void cells(std::int64_t more) { cells_ += more; }
    /// Not inlined: where it is, GCC 12 sees array bounds overstepped that are not.
    [[gnu::noinline]] void violation(std::string what) { violations_.push_back(std::move(what)); }
    std::int64_t cells() const { return cells_; }
    const std::vector<std::string>& violations() const { return violations_; }
    std::string first_violation() const { return violations_.empty() ? "" : violations_.front(); }

    /// `more`: figures of this test alone.
    void write(const std::vector<std::pair<std::string, std::int64_t>>& more = {}) const {
        Json json = Json::object();
        json.set("name", name_);
        json.set("seed", static_cast<std::int64_t>(seed_));
        json.set("cells", cells_);
        for (const auto& [figure, value] : more)
            json.set(figure, value);
        Json violations = Json::array();
        for (const std::string& violation : violations_)
            violations.push(violation);
        json.set("violations", std::move(violations));
        const std::filesystem::path folder = std::filesystem::path(bin_dir()) / ".." / "faults";
        std::filesystem::create_directories(folder);
        std::ofstream(folder / (name_ + ".json")) << json.to_text() << '\n';
    }

private:
    std::string name_;
    std::uint64_t seed_;
    std::int64_t cells_ = 0;
    std::vector<std::string> violations_;
};

} // namespace vakant::faults
