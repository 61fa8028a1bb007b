#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <sys/wait.h>

#include "core/json/json.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const std::string program = bin_dir() + "/vakant";

struct Run {
    int code = -1;
    std::string out;
};

Run run(const std::string& arguments) {
    Run result;
    std::FILE* pipe = popen((program + " " + arguments).c_str(), "r");
    REQUIRE(pipe);
    std::array<char, 4096> buffer{};
    for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        result.out.append(buffer.data(), n);
    }
    const int status = pclose(pipe);
    if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
    return result;
}

bool is_built() {
    if (std::filesystem::exists(program)) return true;
    WARN("skipped: the program vakant is not built");
    return false;
}

const std::string form = source_dir() + "/assets/forms/registration.json";

} // namespace

TEST_CASE("vakant skills typing prints every column of the reference table") {
    if (!is_built()) return;
    const Run typed =
        run("skills typing --presented 'the quick brown fox' --keys 'the quixck<<<ck brpown fox' "
            "--seconds 15 --json");
    CHECK(typed.code == 0);
    const auto row = parse_json(typed.out);
    REQUIRE(row.ok());
    CHECK(row->size() == 20);
    CHECK((*row)["presented"].text() == "the quick brown fox");
    CHECK((*row)["seconds"].integer_or(0) == 15);
    CHECK((*row)["uncorrected_ER"].number_or(0) == 4.3478);
    CHECK((*row)["net_WPM_minus2perError"].number_or(0) == 14.0);
    const Run plain = run("skills typing --presented quickly --keys qucehkly --seconds 10");
    CHECK(plain.out.find("\nMSD_error_rate: 37.5\n") != std::string::npos);
}

TEST_CASE("vakant ends with 0, 1 or 2 and says on standard error what was wrong") {
    if (!is_built()) return;
    const Run help = run("skills typing --help");
    CHECK(help.code == 0);
    CHECK(help.out.find("--keys") != std::string::npos);
    const Run seconds = run("skills typing --presented a --keys b --seconds none 2>&1");
    CHECK(seconds.code == 2);
    CHECK(seconds.out == "vakant: --seconds: \"none\" is no number above 0 and up to 86400\n");
    const Run option = run("form check --colour x 2>&1");
    CHECK(option.code == 2);
    CHECK(option.out.find("--colour") != std::string::npos);
    const Run command = run("skills typin 2>&1");
    CHECK(command.code == 2);
    CHECK(command.out.find("not understood: typin") != std::string::npos);
    const Run file = run("form check /nowhere/form.json 2>&1 >/dev/null");
    CHECK(file.code == 1);
    CHECK(file.out == "vakant: /nowhere/form.json: cannot open: No such file or directory\n");
}

TEST_CASE("vakant form check and validate tell a good form and good answers from bad ones") {
    if (!is_built()) return;
    const Run good = run("form check " + form + " --json");
    CHECK(good.code == 0);
    CHECK(good.out.find("{\"ok\":true,\"id\":\"registration\"") == 0);
    const Run broken = run("form check " + source_dir() + "/assets/skills/typing-fi.json 2>&1");
    CHECK(broken.code == 1);
    CHECK(broken.out.find("typing-fi.json: seconds: nothing of that name is known") != std::string::npos);
    const Run answers = run(R"(form validate )" + form + R"( - --json <<'ANSWERS'
{"given_names":"A","family_name":"B","contact_way":"telephone","telephone":"12"}
ANSWERS)");
    CHECK(answers.code == 1);
    CHECK(answers.out ==
          "{\"ok\":false,\"problems\":[{\"field\":\"telephone\",\"keyword\":\"format.telephone\","
          "\"limit\":0}]}\n");
}

TEST_CASE("vakant logic evaluates a rule over data") {
    if (!is_built()) return;
    CHECK(run(R"(logic '{"in":["a",{"var":"x"}]}' '{"x":["a"]}')").out == "true\n");
    const Run unknown = run(R"(logic '{"teleport":[1]}' 2>&1)");
    CHECK(unknown.code == 1);
    CHECK(unknown.out == "vakant: RULE: operator \"teleport\" is not known\n");
    CHECK(run("logic '{' 2>/dev/null").code == 2);
    CHECK(run(R"(logic --json '{"+":[1,2]}')").out == "3\n");
    const Run refused = run(R"(logic --json '{"teleport":[1]}' 2>/dev/null)");
    CHECK(refused.code == 1);
    CHECK(refused.out == "{\"ok\":false,\"error\":\"RULE: operator \\\"teleport\\\" is not known\"}\n");
}
