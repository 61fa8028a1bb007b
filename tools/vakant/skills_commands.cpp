#include <charconv>
#include <cmath>
#include <iostream>
#include <memory>

#include "core/base/utf8.h"
#include "core/skills/typing.h"
#include "tools/vakant/commands.h"

namespace vakant::tool {
namespace {

struct TypingOptions {
    std::string presented, keys, seconds;
    bool json = false;
    bool timed = false;
};

/// The rows of the reference tables: what was given, then every metric by its column name.
Json row_of(const TypingOptions& options, double seconds) {
    const std::vector<TypedKey> keys = keys_from_text(options.keys);
    const TypingMetrics metrics = options.timed ? timed_typing_metrics(options.presented, keys, seconds)
                                                : typing_metrics(options.presented, keys, seconds);
    const bool whole = seconds == std::floor(seconds);
    Json row = Json::object({{"presented", options.presented},
                             {"keys", options.keys},
                             {"seconds", whole ? Json(static_cast<std::int64_t>(seconds)) : Json(seconds)}});
    const Json computed = to_json(metrics);
    for (const auto& [name, value] : computed.members())
        row.set(name, value);
    return row;
}

Ending run_typing(const TypingOptions& options) {
    double seconds = 0;
    const std::string& text = options.seconds;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool is_number = error == std::errc() && end == text.data() + text.size() && std::isfinite(seconds);
    if (!is_number || seconds <= 0 || seconds > 86'400) {
        return complain(Ending::wrong_use,
                        "--seconds: \"" + text + "\" is no number above 0 and up to 86400");
    }
    for (const auto& [name, value] :
         {std::pair("--presented", &options.presented), {"--keys", &options.keys}}) {
        if (!is_valid_utf8(*value)) return complain(Ending::wrong_use, std::string(name) + ": not UTF-8");
        if (value->size() > 100'000)
            return complain(Ending::wrong_use, std::string(name) + ": longer than 100000 bytes");
    }
    const Json row = row_of(options, seconds);
    if (options.json) {
        std::cout << row.to_text() << '\n';
        return Ending::done;
    }
    for (const auto& [name, value] : row.members()) {
        std::cout << name << ": " << (value.is_string() ? std::string(value.text()) : value.to_text())
                  << '\n';
    }
    return Ending::done;
}

} // namespace

void add_skills_commands(CLI::App& app, Ending& ending) {
    CLI::App* skills = app.add_subcommand("skills", "Scores of skills tests");
    skills->require_subcommand(1);
    CLI::App* typing = skills->add_subcommand("typing", "Every metric of a typing test, scored by alignment");
    const auto options = std::make_shared<TypingOptions>();
    typing->add_option("--presented", options->presented, "The text that was to be typed")->required();
    typing->add_option("--keys", options->keys, "The keys in their order; < is backspace")->required();
    typing->add_option("--seconds", options->seconds, "How long it took")->required();
    typing->add_flag("--timed", options->timed,
                     "The clock ended it: compare with the part of the text that was reached");
    typing->add_flag("--json", options->json, "One JSON object on one line");
    typing->callback([options, &ending] { ending = run_typing(*options); });
}

} // namespace vakant::tool
