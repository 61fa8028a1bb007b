#include "core/registration/choice_lists.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "core/base/bytes.h"
#include "core/text/text.h"

namespace vakant {
namespace {

/// How well a name fits what was typed; smaller is better, none where it does not.
std::optional<int> fit_of(std::string_view name, std::string_view typed_folded) {
    const std::string plain = folded(name, true);
    if (plain == typed_folded) return 0;
    if (plain.starts_with(typed_folded)) return 1;
    for (std::size_t at = plain.find(typed_folded); at != std::string::npos;
         at = plain.find(typed_folded, at + 1)) {
        const char before = plain[at - 1];
        if (before == ' ' || before == '-' || before == '(' || before == ',') return 2;
    }
    return std::nullopt;
}

std::string_view main_language(std::string_view language) {
    return language.substr(0, language.find('-'));
}

} // namespace

Result<ChoiceLists> ChoiceLists::load(const std::filesystem::path& folder) {
    ChoiceLists lists;
    std::error_code problem;
    for (const auto& file : std::filesystem::directory_iterator(folder, problem)) {
        if (file.path().extension() != ".json") continue;
        const auto read = [&]() -> Outcome {
            VAKANT_TRY(text, read_file(file.path()));
            VAKANT_TRY(json, parse_json(text));
            return lists.add(file.path().stem().string(), json);
        };
        if (const Outcome added = read(); !added.ok()) return at(file.path().string(), added.error());
    }
    return lists;
}

Outcome ChoiceLists::add(std::string_view name, const Json& json) {
    if (json["format"].text() != "vakant-list/1") return invalid_input("format: must be \"vakant-list/1\"");
    List list;
    const std::string_view names = json["names"].text();
    if (names == "language") {
        list.naming = Naming::language;
    } else if (names == "region") {
        list.naming = Naming::region;
    } else if (!names.empty()) {
        return invalid_input("names: must be \"language\" or \"region\"");
    }
    for (const Json& item : json["entries"].items()) {
        Entry entry;
        entry.value = std::string(item.is_string() ? item.text() : item["value"].text());
        if (entry.value.empty()) return invalid_input("entries: one without a value");
        for (const Json::Member& text : item["text"].members())
            entry.texts.emplace(text.first, text.second.text());
        for (const Json& also : item["also"].items())
            entry.also.emplace_back(also.text());
        if (list.naming == Naming::own && entry.texts.empty()) entry.texts.emplace("", entry.value);
        list.entries.push_back(std::move(entry));
    }
    if (list.entries.empty()) return invalid_input("entries: there are none");
    lists_.insert_or_assign(std::string(name), std::move(list));
    return done();
}

std::string ChoiceLists::text_of(const List& list, const Entry& entry, std::string_view language) {
    if (list.naming == Naming::language) return language_name(entry.value, language);
    if (list.naming == Naming::region) return region_name(entry.value, language);
    for (const std::string_view wanted : {language, main_language(language), std::string_view(""),
                                          std::string_view("en"), std::string_view("fi")}) {
        if (const auto found = entry.texts.find(wanted); found != entry.texts.end()) return found->second;
    }
    return entry.texts.begin()->second;
}

std::string ChoiceLists::text(std::string_view name, std::string_view value,
                              std::string_view language) const {
    const auto list = lists_.find(name);
    if (list == lists_.end()) return {};
    const auto entry = std::ranges::find(list->second.entries, value, &Entry::value);
    return entry == list->second.entries.end() ? std::string() : text_of(list->second, *entry, language);
}

std::vector<ListedChoice> ChoiceLists::find(std::string_view name, std::string_view typed,
                                            std::string_view language, std::size_t most) const {
    const auto list = lists_.find(name);
    const std::string wanted = folded(typed, true);
    if (list == lists_.end() || wanted.empty()) return {};
    struct Found {
        int fit;
        std::string order;
        ListedChoice choice;
    };
    std::vector<Found> found;
    for (const Entry& entry : list->second.entries) {
        std::string text = text_of(list->second, entry, language);
        std::optional<int> best = fit_of(text, wanted);
        const auto also = [&](std::string_view other) {
            const auto fit = fit_of(other, wanted);
            if (fit && (!best || *fit + 3 < *best)) best = *fit + 3;
        };
        for (const auto& [unused, other] : entry.texts)
            also(other);
        for (const std::string& other : entry.also)
            also(other);
        if (list->second.naming == Naming::language) also(language_name(entry.value, entry.value));
        if (best) found.push_back({*best, folded(text), {entry.value, std::move(text)}});
    }
    std::ranges::stable_sort(found, [](const Found& a, const Found& b) {
        return std::tie(a.fit, a.order) < std::tie(b.fit, b.order);
    });
    std::vector<ListedChoice> out;
    for (Found& one : found) {
        if (out.size() == most) break;
        out.push_back(std::move(one.choice));
    }
    return out;
}

std::string ChoiceLists::value_named(std::string_view name, std::string_view typed,
                                     std::string_view language) const {
    for (const ListedChoice& choice : find(name, typed, language, 1)) {
        if (folded(choice.text, true) == folded(typed, true)) return choice.value;
    }
    return {};
}

} // namespace vakant
