#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <set>
#include <sys/wait.h>

#include "core/json/json.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const std::string program = bin_dir() + "/vakant";
const std::string bad = source_dir() + "/tests/strings/bad";

struct Run {
    int code = -1;
    std::string out;
};

Run run(const std::string& arguments) {
    Run result;
    std::FILE* pipe = popen((program + " strings check " + arguments + " 2>/dev/null").c_str(), "r");
    REQUIRE(pipe);
    std::array<char, 4096> buffer{};
    for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        result.out.append(buffer.data(), n);
    const int status = pclose(pipe);
    if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
    return result;
}

bool is_built() {
    if (std::filesystem::exists(program)) return true;
    WARN("skipped: the program vakant is not built");
    return false;
}

} // namespace

TEST_CASE(
    "vakant strings check finds every planted fault of the bad texts, by file and key, and nothing else") {
    if (!is_built()) return;
    const Run checked = run(bad + " --code " + source_dir() + "/tests/strings/bad_code");
    CHECK(checked.code == 1);
    const std::set<std::string> planted = {
        "fi.json: mixed: missing: has no text",
        "fi.json: ui.long: long: 17 letters where 12 have room",
        "fi.json: ui.fits: format: a space at the edge",
        "fi.json: number: format: a plain space in a number or before a per cent sign: write U+00A0",
        "fi.json: isolate: format: an isolate (U+2066 .. U+2068) without its end (U+2069), or the reverse",
        "fi.json: apostrophe: format: a straight apostrophe: write U+2019",
        "uk.json: only_fi: missing: has no text",
        "uk.json: arguments: format: asks for the values total, the first language for count",
        "uk.json: arguments: format: plural of {total} lacks few, many",
        "uk.json: broken: format: message pattern: U_UNMATCHED_BRACES near \"\"",
        "uk.json: apostrophe: format: \"ы\" is no letter of uk",
        "uk.json: mixed: format: a word of Latin and Cyrillic letters",
        "ar.json: only_fi: missing: the text is empty",
        "ar.json: number: format: a number in groups, an e-mail or a web address outside U+2068 .. U+2069",
        "fi.json: unused: unused: nothing asks for it",
        "rules.json: ghost.*: unused: fits no text",
        "fi.json: nowhere.there: missing: is asked for in kiosk/page.cpp",
    };
    std::set<std::string> found;
    for (std::size_t at = 0; at < checked.out.size();) {
        const std::size_t end = checked.out.find('\n', at);
        found.insert(checked.out.substr(at, end - at));
        at = end + 1;
    }
    CHECK(found == planted);
}

TEST_CASE("vakant strings check says its findings as JSON and ends with 0, 1 or 2") {
    if (!is_built()) return;
    const Run refused = run(bad + " --json");
    CHECK(refused.code == 1);
    const auto findings = parse_json(refused.out);
    REQUIRE(findings.ok());
    CHECK((*findings)["ok"].bool_or(true) == false);
    CHECK((*findings)["findings"][0]["kind"].text() == "missing");
    CHECK((*findings)["findings"][0]["file"].text() == "fi.json");
    CHECK((*findings)["findings"][0]["key"].text() == "mixed");
    CHECK(run("/nowhere --json").code == 1);
    CHECK(run("--jsn").code == 2);
}
