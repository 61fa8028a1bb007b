#include <iostream>
#include <memory>

#include "core/brand/brand.h"
#include "tools/vakant/commands.h"

namespace vakant::tool {
namespace {

struct BrandOptions {
    std::string file;
    bool json = false;
};

Result<Brand> read_brand(const std::string& path) {
    VAKANT_TRY(text, read_argument_file(path));
    auto json = parse_json(text);
    if (!json.ok()) return at(path, json.error());
    // A profile holds its brand as a member, and name and greeting beside it; a file may also be the brand
    // alone.
    Json given = json->contains("brand") ? (*json)["brand"] : *json;
    for (const std::string_view member : {"name", "greeting"}) {
        if (!given.contains(member) && json->contains(member)) given.set(member, (*json)[member]);
    }
    auto brand = parse_brand(given);
    if (!brand.ok()) return at(path, brand.error());
    return brand;
}

Ending run_check(const BrandOptions& options) {
    const auto brand = read_brand(options.file);
    if (!brand.ok()) {
        if (options.json)
            std::cout << Json::object({{"ok", false}, {"error", brand.error().detail}}).to_text() << '\n';
        return complain(Ending::refused, brand.error().detail);
    }
    const Json summary = Json::object({{"ok", true},
                                       {"name", brand->name},
                                       {"primary", to_text(brand->colours.primary)},
                                       {"soft", to_text(brand->colours.soft)},
                                       {"background", to_text(brand->colours.background)},
                                       {"greetings", brand->greetings.size()},
                                       {"logo_bytes", brand->logo.bytes.size()}});
    if (options.json) {
        std::cout << summary.to_text() << '\n';
        return Ending::done;
    }
    for (const auto& [name, value] : summary.members())
        std::cout << name << ": " << (value.is_string() ? std::string(value.text()) : value.to_text())
                  << '\n';
    return Ending::done;
}

} // namespace

void add_brand_commands(CLI::App& app, Ending& ending) {
    CLI::App* brand = app.add_subcommand("brand", "How an agency looks on its kiosks");
    brand->require_subcommand(1);
    const auto options = std::make_shared<BrandOptions>();
    CLI::App* check = brand->add_subcommand(
        "check", "Says with path, reason and ratio what is wrong with a brand or the brand of a profile");
    check->add_option("FILE", options->file, "The brand or profile; - is standard input")->required();
    check->add_flag("--json", options->json, "One JSON object instead of lines");
    check->callback([options, &ending] { ending = run_check(*options); });
}

} // namespace vakant::tool
