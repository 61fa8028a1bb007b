#include "agency/vacancies/feed_source.h"

#include <algorithm>
#include <array>

namespace vakant {

namespace {

constexpr std::array<std::string_view, 7> format_names{"jobtech", "nav", "tmt", "jobposting",
                                                       "eures",   "csv", "own"};

std::string_view name_of_format(FeedFormat format) {
    return format_names[static_cast<std::size_t>(format)];
}

/// Reads the members once and knows which were asked for.
class Table {
public:
    explicit Table(const Json& json) : json_(json) {}

    void text(std::string_view name, std::string& value) {
        const Json* found = take(name);
        if (found && !found->is_string()) refuse(name, "must be a text");
        if (found) value = std::string(found->text());
    }
    void path(std::string_view name, std::filesystem::path& value) {
        std::string read = value.string();
        text(name, read);
        value = read;
    }
    template <typename Number>
    void number(std::string_view name, Number& value, std::int64_t least, std::int64_t most,
                std::int64_t times = 1) {
        const Json* found = take(name);
        if (!found) return;
        const std::int64_t read = found->integer_or(least - 1);
        if (read < least || read > most) {
            return refuse(name, "must be a whole number from " + std::to_string(least) + " to " +
                                    std::to_string(most));
        }
        value = static_cast<Number>(read * times);
    }
    void flag(std::string_view name, bool& value) {
        const Json* found = take(name);
        if (found && !found->is_bool()) refuse(name, "must be true or false");
        if (found) value = found->bool_or(false);
    }
    void urls(std::vector<std::string>& values) {
        std::string one;
        text("url", one);
        if (!one.empty()) values.push_back(one);
        const Json* list = take("urls");
        if (!list) return;
        if (!list->is_array()) refuse("urls", "must be a list of addresses");
        for (const Json& item : list->items())
            values.emplace_back(item.text());
    }
    void refuse(std::string_view name, std::string_view reason) {
        if (wrong.empty()) wrong = std::string(name) + ": " + std::string(reason);
    }
    void nothing_else() {
        for (const Json::Member& member : json_.members()) {
            if (std::find(asked_.begin(), asked_.end(), member.first) == asked_.end())
                refuse(member.first, "no setting of that name");
        }
    }
    std::string wrong;

private:
    const Json* take(std::string_view name) {
        asked_.emplace_back(name);
        return json_.find(name);
    }
    const Json& json_;
    std::vector<std::string> asked_;
};

void check_addresses(Table& table, const FeedSource& source) {
    if (source.urls.empty()) table.refuse("url", "missing");
    const bool one_only = source.format == FeedFormat::jobtech || source.format == FeedFormat::nav ||
                          source.format == FeedFormat::tmt;
    if (one_only && source.urls.size() > 1) table.refuse("urls", "this format has one address");
    std::vector<std::string> all = source.urls;
    for (const std::string* more : {&source.snapshot_url, &source.entry_url, &source.token_url}) {
        if (!more->empty()) all.push_back(*more);
    }
    for (const std::string& url : all) {
        if (!url.starts_with("https://") && !url.starts_with("http://"))
            table.refuse("url", "\"" + url + "\" is no web address");
    }
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

} // namespace

Result<FeedSource> feed_source_from_json(const Json& json) {
    Table table(json);
    FeedSource source;
    std::string format;
    table.text("name", source.name);
    if (!is_name(source.name)) table.refuse("name", "needs small letters, digits and -");
    table.text("format", format);
    if (const auto known = feed_format_named(format)) {
        source.format = *known;
    } else {
        table.refuse("format",
                     "\"" + format + "\" is none of jobtech, nav, tmt, jobposting, eures, csv, own");
    }
    table.text("agency", source.agency);
    table.urls(source.urls);
    table.text("snapshot_url", source.snapshot_url);
    table.text("entry_url", source.entry_url);
    table.text("token_url", source.token_url);
    table.text("key_header", source.key_header);
    table.path("key_file", source.key_file);
    if (source.key_header.empty() != source.key_file.empty())
        table.refuse("key_header", "goes together with key_file");
    table.path("authority", source.authority);
    table.path("places", source.places);
    constexpr std::int64_t day_s = 86'400;
    table.number("every_s", source.every_ms, 60, 30 * day_s, 1000);
    table.number("overlap_s", source.overlap_ms, 0, 30 * day_s, 1000);
    table.number("snapshot_every_s", source.snapshot_every_ms, 60, 30 * day_s, 1000);
    table.number("page_size", source.page_size, 1, 10'000);
    table.number("first_days", source.first_days, 1, 366);
    table.flag("whole", source.whole);
    check_addresses(table, source);
    table.nothing_else();
    if (!table.wrong.empty()) return invalid_input("fetch " + source.name + ": " + table.wrong);
    return source;
}

Json to_json(const FeedSource& source) {
    Json urls = Json::array();
    for (const std::string& url : source.urls)
        urls.push(url);
    Json json = Json::object({{"name", source.name},
                              {"format", name_of_format(source.format)},
                              {"agency", source.agency},
                              {"urls", std::move(urls)},
                              {"snapshot_url", source.snapshot_url},
                              {"entry_url", source.entry_url},
                              {"token_url", source.token_url},
                              {"key_header", source.key_header},
                              {"key_file", source.key_file.string()},
                              {"authority", source.authority.string()},
                              {"places", source.places.string()},
                              {"every_s", source.every_ms / 1000},
                              {"overlap_s", source.overlap_ms / 1000},
                              {"snapshot_every_s", source.snapshot_every_ms / 1000},
                              {"whole", source.whole}});
    if (source.page_size > 0) json.set("page_size", source.page_size);
    if (source.first_days > 0) json.set("first_days", source.first_days);
    return json;
}

} // namespace vakant
