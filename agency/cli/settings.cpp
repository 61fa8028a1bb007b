#include "agency/cli/settings.h"

#include <functional>
#include <map>
#include <toml++/toml.h>

#include "core/base/bytes.h"

namespace vakant {

namespace {

constexpr std::string_view usual_file = "/etc/vakant/agency.toml";

struct Place {
    std::string file;
    Error error(const toml::source_region& where, const std::string& why) const {
        return invalid_input(file + ":" + std::to_string(where.begin.line) + ": " + why);
    }
};

using Setter = std::function<bool(const toml::node&)>; ///< false: another type than wanted

Setter into(std::filesystem::path& path) {
    return [&path](const toml::node& node) {
        const auto text = node.value_exact<std::string>();
        if (text) path = *text;
        return text.has_value();
    };
}

Setter into(std::string& out) {
    return [&out](const toml::node& node) {
        const auto text = node.value_exact<std::string>();
        if (text) out = *text;
        return text.has_value();
    };
}

template <typename Number>
Setter into_number(Number& out, std::int64_t least, std::int64_t most) {
    return [&out, least, most](const toml::node& node) {
        const auto number = node.value_exact<std::int64_t>();
        if (!number || *number < least || *number > most) return false;
        out = static_cast<Number>(*number);
        return true;
    };
}

Json json_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return Json(text->get());
    if (const auto* number = node.as_integer()) return Json(number->get());
    if (const auto* flag = node.as_boolean()) return Json(flag->get());
    Json list = Json::array();
    if (const auto* array = node.as_array()) {
        for (const toml::node& item : *array)
            list.push(json_of(item));
        return list;
    }
    return Json(); // no setting is of another type: refused by its name
}

Outcome read_feeds(const toml::node& node, std::vector<FeedSource>& feeds, const Place& place) {
    const toml::array* tables = node.as_array();
    if (!tables || !node.is_array_of_tables())
        return place.error(node.source(), "fetch: write each as a table [[fetch]]");
    for (const toml::node& one : *tables) {
        Json json = Json::object();
        for (const auto& [key, value] : *one.as_table())
            json.set(key.str(), json_of(value));
        auto source = feed_source_from_json(json);
        if (!source.ok()) return place.error(one.source(), source.error().detail);
        for (const FeedSource& other : feeds) {
            if (other.name == source->name)
                return place.error(one.source(), "fetch " + other.name + ": the name is there twice");
        }
        feeds.push_back(std::move(source).value());
    }
    return done();
}

using Names = std::map<std::string, Setter, std::less<>>;

Outcome read_table(const toml::table& table, const Names& names, const std::string& within,
                   const Place& place) {
    for (const auto& [key, node] : table) {
        const std::string name = within + std::string(key.str());
        if (node.is_table() && within.empty()) {
            VAKANT_CHECK(read_table(*node.as_table(), names, name + ".", place));
            continue;
        }
        const auto setter = names.find(name);
        if (setter == names.end()) return place.error(node.source(), name + ": no setting of that name");
        if (!setter->second(node)) return place.error(node.source(), name + ": not a value that it can have");
    }
    return done();
}

Outcome read_settings_file(const std::filesystem::path& file, Settings& settings) {
    const auto text = read_file(file, 1u << 20);
    if (!text.ok()) return invalid_input("settings file " + text.error().detail);
    const Place place{file.string()};
    ServerSettings& server = settings.server;
    const Names names{{"data", into(settings.data)},
                      {"assets", into(settings.assets)},
                      {"store.postgres", into(settings.postgres)},
                      {"server.address", into(server.address)},
                      {"server.port", into_number(server.port, 0, 65535)},
                      {"server.certificate", into(server.certificate)},
                      {"server.key", into(server.key)},
                      {"server.workers", into_number(server.workers, 1, 256)},
                      {"server.most_connections", into_number(server.most_connections, 1, 100'000)}};
    try {
        toml::table table = toml::parse(*text, file.string());
        if (const toml::node* feeds = table.get("fetch")) {
            VAKANT_CHECK(read_feeds(*feeds, settings.feeds, place));
            table.erase("fetch");
        }
        return read_table(table, names, "", place);
    } catch (const toml::parse_error& problem) {
        return place.error(problem.source(), std::string(problem.description()));
    }
}

/// The installed assets, else those of the source tree that the program was built in.
std::filesystem::path find_assets(const std::filesystem::path& program) {
    std::error_code ignored;
    const std::filesystem::path installed = "/usr/share/vakant";
    if (std::filesystem::exists(installed / "forms", ignored)) return installed;
    for (auto folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path())
        if (std::filesystem::exists(folder / "assets" / "forms", ignored)) return folder / "assets";
    return installed;
}

/// What `keys tls` wrote is used unless something else is named.
void use_own_certificate(Settings& settings) {
    std::error_code ignored;
    const auto folder = settings.data / "tls";
    ServerSettings& server = settings.server;
    if (!server.certificate.empty() || !server.key.empty()) return;
    if (!std::filesystem::exists(folder / "server.pem", ignored)) return;
    server.certificate = folder / "server.pem";
    server.key = folder / "server.key";
}

} // namespace

Result<Settings> read_settings(const GivenOptions& given, const std::filesystem::path& program) {
    Settings settings;
    settings.server.port = 8443;
    std::error_code ignored;
    if (!given.config.empty()) {
        VAKANT_CHECK(read_settings_file(given.config, settings));
    } else if (std::filesystem::exists(usual_file, ignored)) {
        VAKANT_CHECK(read_settings_file(usual_file, settings));
    }
    if (!given.data.empty()) settings.data = given.data;
    if (!given.assets.empty()) settings.assets = given.assets;
    if (settings.assets.empty()) settings.assets = find_assets(program);
    if (!given.address.empty()) settings.server.address = given.address;
    if (given.port) settings.server.port = *given.port;
    if (!given.certificate.empty()) settings.server.certificate = given.certificate;
    if (!given.key.empty()) settings.server.key = given.key;
    use_own_certificate(settings);
    return settings;
}

} // namespace vakant
