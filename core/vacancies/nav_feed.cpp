#include "core/vacancies/nav_feed.h"

#include "core/vacancies/feed_fields.h"
#include "core/vacancies/nav_ad.h"

namespace vakant {

std::vector<NavLine> nav_lines(const Json& page) {
    std::vector<NavLine> lines;
    for (const Json& item : page["items"].items()) {
        const Json& entry = item["_feed_entry"];
        NavLine line{line_in(entry["uuid"]), line_in(entry["status"]) == "ACTIVE", nav_changed_at(entry)};
        if (!line.changed_at) line.changed_at = nav_changed_at(item);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string nav_page_id(const Json& page) {
    return line_in(page["id"]);
}

std::string nav_next_page(const Json& page) {
    return line_in(page["next_id"]);
}

Json nav_line_json(const NavLine& line) {
    Json entry = Json::object({{"uuid", line.id}, {"status", line.active ? "ACTIVE" : "INACTIVE"}});
    if (line.changed_at) entry.set("sistEndret", to_iso8601(*line.changed_at));
    return Json::object({{"_feed_entry", std::move(entry)}});
}

Json nav_missing_entry(const NavLine& line) {
    Json entry = Json::object({{"uuid", line.id}, {"status", "INACTIVE"}});
    entry.set("sistEndret", line.changed_at ? Json(to_iso8601(*line.changed_at)) : Json(""));
    return entry;
}

} // namespace vakant
