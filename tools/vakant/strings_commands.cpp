#include <iostream>
#include <memory>

#include "core/json/json.h"
#include "tools/vakant/commands.h"
#include "tools/vakant/strings_check.h"

namespace vakant::tool {
namespace {

struct StringsOptions {
    std::string folder, code;
    bool json = false;
};

/// The sources around assets/strings, where the folder lies in a source tree.
std::filesystem::path sources_of(const StringsOptions& options) {
    if (!options.code.empty()) return options.code;
    const std::filesystem::path root = std::filesystem::absolute(options.folder) / ".." / "..";
    return std::filesystem::exists(root / "kiosk" / "pages") ? root.lexically_normal()
                                                             : std::filesystem::path();
}

Result<std::vector<StringsFinding>> findings_of(const StringsOptions& options) {
    const std::filesystem::path folder = options.folder;
    VAKANT_TRY(rules, read_rules(folder));
    VAKANT_TRY(all, read_texts(folder));
    std::vector<StringsFinding> findings;
    check_texts(all, rules, findings);
    check_forms(folder / ".." / "forms", all, findings);
    if (const std::filesystem::path sources = sources_of(options); !sources.empty()) {
        VAKANT_TRY(quoted, read_quoted(sources));
        check_usage(all, rules, quoted, findings);
    }
    return findings;
}

Ending run_check(const StringsOptions& options) {
    const auto findings = findings_of(options);
    if (!findings.ok()) {
        if (options.json)
            std::cout << Json::object({{"ok", false}, {"error", findings.error().detail}}).to_text() << '\n';
        return complain(Ending::refused, findings.error().detail);
    }
    Json list = Json::array();
    for (const StringsFinding& finding : *findings) {
        if (!options.json) {
            std::cout << finding.file << ": " << (finding.key.empty() ? "" : finding.key + ": ")
                      << finding.kind << ": " << finding.what << '\n';
        }
        list.push(Json::object(
            {{"kind", finding.kind}, {"file", finding.file}, {"key", finding.key}, {"what", finding.what}}));
    }
    if (options.json) {
        std::cout << Json::object({{"ok", findings->empty()}, {"findings", std::move(list)}}).to_text()
                  << '\n';
    } else if (findings->empty()) {
        std::cout << "every text is there, in place and well written\n";
    }
    return findings->empty() ? Ending::done : Ending::refused;
}

} // namespace

void add_strings_commands(CLI::App& app, Ending& ending) {
    CLI::App* strings = app.add_subcommand("strings", "The texts that people see and hear");
    strings->require_subcommand(1);
    CLI::App* check = strings->add_subcommand(
        "check", "Says which texts are missing, unused, too long or wrongly written, by file and key");
    const auto options = std::make_shared<StringsOptions>();
    options->folder = "assets/strings";
    check->add_option("DIR", options->folder, "The folder of the texts; assets/strings when left out");
    check->add_option("--code", options->code,
                      "The root of the sources that ask for the texts; found by itself in a source tree");
    check->add_flag("--json", options->json, "One JSON object on one line");
    check->callback([options, &ending] { ending = run_check(*options); });
}

} // namespace vakant::tool
