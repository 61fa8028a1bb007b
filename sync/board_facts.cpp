#include "sync/board_facts.h"

#include <algorithm>
#include <charconv>

#include "core/base/utf8.h"
#include "core/text/text.h"

namespace vakant {
namespace {

// ASCII's own separators: no word or name has them.
constexpr char end_of_field = '\x1f', end_of_item = '\x1e', end_of_part = '\x1d';
constexpr std::size_t title_bytes = 24;

std::string lower_label(std::string_view text) {
    std::string out = folded(trimmed(text));
    std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return out;
}

void add_place(std::vector<PlaceFact>& places, Facet facet, const Place& place, const std::string& code,
               const std::string& name) {
    if (code.empty() && name.empty()) return;
    PlaceFact fact{facet, place.country + ":" + (code.empty() ? lower_label(name) : code),
                   name.empty() ? code : name};
    std::erase_if(fact.label, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    const bool known = std::any_of(places.begin(), places.end(), [&fact](const PlaceFact& one) {
        return one.facet == fact.facet && one.value == fact.value;
    });
    if (!known) places.push_back(std::move(fact));
}

void add_words(BoardFacts& facts, HeadPlace place, std::string_view language, std::string_view text) {
    HeadWords words{place, std::string(stem_language(language)), split_words(text)};
    if (!words.words.empty()) facts.head.push_back(std::move(words));
}

/// What the ad says of languages; where it says nothing, those that it is written in; none where that is not
/// known either.
void add_languages(BoardFacts& facts, const Vacancy& vacancy) {
    const auto add = [](std::vector<std::string>& to, std::string_view language) {
        std::string code(language.substr(0, language.find('-')));
        if (code == "no" || code == "nn") code = "nb";
        if (code.size() == 2 && std::find(to.begin(), to.end(), code) == to.end()) to.push_back(code);
    };
    for (const Requirement& one : vacancy.requirements) {
        if (one.kind != RequirementKind::language || one.level != Level::must) continue;
        add(one.alternative.empty() ? facts.all_languages : facts.any_languages, one.code);
    }
    if (facts.any_languages.empty())
        for (const std::string& language : vacancy.working_languages)
            add(facts.any_languages, language);
    if (!facts.all_languages.empty() || !facts.any_languages.empty()) return;
    for (const VacancyText& text : vacancy.texts)
        add(facts.any_languages, text.read_as());
}

std::string joined_words(const std::vector<std::string>& words, char between) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += between;
        text += word;
    }
    return text;
}

/// Takes the text apart at one separator, piece by piece.
class Pieces {
public:
    Pieces(std::string_view text, char end) : rest_(text), end_(end), has_more_(!text.empty()) {}
    bool next(std::string_view& piece) {
        if (!has_more_) return false;
        const std::size_t at = rest_.find(end_);
        piece = rest_.substr(0, at);
        has_more_ = at != std::string_view::npos;
        if (has_more_) rest_.remove_prefix(at + 1);
        return true;
    }

private:
    std::string_view rest_;
    char end_;
    bool has_more_;
};

std::vector<std::string> parted(std::string_view text, char end) {
    std::vector<std::string> list;
    Pieces pieces(text, end);
    for (std::string_view piece; pieces.next(piece);)
        list.emplace_back(piece);
    return list;
}

/// People are not what the board is searched for, and what goes out of the index leaves its words in there
/// for a while: addresses of mail and numbers of telephones do not get in.
std::string without_contacts(std::string_view text) {
    constexpr std::size_t least_digits = 7;
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '+' || (text[at] >= '0' && text[at] <= '9')) {
            const std::size_t end = std::min(text.find_first_not_of("0123456789 +-()/", at), text.size());
            const std::string_view number = text.substr(at, end - at);
            const auto digits =
                std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
            if (static_cast<std::size_t>(digits) < least_digits) kept += number;
            kept += ' ';
            at = end;
            continue;
        }
        const std::size_t end = std::min(text.find_first_of(" \t\r\n<>,;:()", at), text.size());
        const std::string_view word = text.substr(at, end - at);
        if (word.find('@') == std::string_view::npos) kept += word;
        if (end < text.size()) kept += text[end];
        at = end + 1;
    }
    return kept;
}

} // namespace

std::string value_by_name(const PlaceFact& place) {
    return place.value.substr(0, place.value.find(':') + 1) + lower_label(place.label);
}

bool is_code_alone(const PlaceFact& place) {
    return place.value.substr(place.value.find(':') + 1) == place.label;
}

BoardFacts board_facts_of(const Vacancy& vacancy) {
    BoardFacts facts;
    facts.own = vacancy.apply_at_kiosk;
    facts.full_time = vacancy.hours == Hours::full_time || vacancy.hours == Hours::mixed;
    facts.part_time = vacancy.hours == Hours::part_time || vacancy.hours == Hours::mixed;
    facts.permanent = vacancy.employment == Employment::permanent;
    facts.temporary = !facts.permanent && vacancy.employment != Employment::unknown &&
                      vacancy.employment != Employment::other;
    facts.no_training = asks_no_training(vacancy);
    facts.no_licence = asks_no_licence(vacancy);
    facts.training = is_training(vacancy);
    facts.field = vacancy.field;
    add_languages(facts, vacancy);
    for (const VacancyText& text : vacancy.texts)
        add_words(facts, HeadPlace::title, text.language, text.title);
    for (const Place& place : vacancy.places) {
        if (!facts.point && place.latitude && place.longitude)
            facts.point = GeoPoint{*place.latitude, *place.longitude};
        add_place(facts.places, Facet::municipality, place, place.municipality_code,
                  place.municipality.empty() ? place.city : place.municipality);
        add_place(facts.places, Facet::region, place, place.region_code, place.region);
        for (const std::string& name : {place.city, place.municipality, place.region})
            add_words(facts, HeadPlace::place, "fi", name);
        if (place.shown() == place.raw) add_words(facts, HeadPlace::place, "fi", place.raw);
    }
    for (const Occupation& occupation : vacancy.occupations)
        add_words(facts, HeadPlace::occupation, "", occupation.label);
    for (const std::string& name : {vacancy.employer, vacancy.work_unit, vacancy.client_company})
        add_words(facts, HeadPlace::employer, "", name);
    if (!vacancy.texts.empty())
        facts.sort_title = first_code_points(lower_label(vacancy.texts.front().title), title_bytes);
    return facts;
}

std::string to_text(const BoardFacts& facts) {
    std::string text;
    for (const bool flag : {facts.own, facts.full_time, facts.part_time, facts.permanent, facts.temporary,
                            facts.no_training, facts.no_licence, facts.training})
        text += flag ? '1' : '0';
    text += end_of_field + facts.field;
    text += end_of_field + joined_words(facts.all_languages, ' ');
    text += end_of_field + joined_words(facts.any_languages, ' ');
    text += end_of_field;
    if (facts.point) {
        // Ten metres are near enough to sort by.
        text += std::to_string(static_cast<std::int64_t>(facts.point->latitude * 1e4)) + ' ' +
                std::to_string(static_cast<std::int64_t>(facts.point->longitude * 1e4));
    }
    text += end_of_field + facts.sort_title + end_of_field;
    for (const PlaceFact& place : facts.places) {
        if (text.back() != end_of_field) text += end_of_item;
        text += (place.facet == Facet::region ? "r" : "m") + place.value + end_of_part + place.label;
    }
    text += end_of_field;
    for (const HeadWords& words : facts.head) {
        if (text.back() != end_of_field) text += end_of_item;
        text += static_cast<char>('0' + static_cast<int>(words.place));
        text += words.language + end_of_part + joined_words(words.words, ' ');
    }
    return text;
}

Result<BoardFacts> board_facts_from(std::string_view text) {
    const std::vector<std::string> fields = parted(text, end_of_field);
    if (fields.size() != 8 || fields[0].size() != 8)
        return Error{ErrorKind::damaged, "the facts of a vacancy cannot be read"};
    BoardFacts facts;
    std::size_t at = 0;
    for (bool* flag : {&facts.own, &facts.full_time, &facts.part_time, &facts.permanent, &facts.temporary,
                       &facts.no_training, &facts.no_licence, &facts.training})
        *flag = fields[0][at++] == '1';
    facts.field = fields[1];
    facts.all_languages = parted(fields[2], ' ');
    facts.any_languages = parted(fields[3], ' ');
    if (const std::size_t space = fields[4].find(' '); space != std::string::npos) {
        std::int64_t latitude = 0, longitude = 0;
        const char* end = fields[4].data() + fields[4].size();
        std::from_chars(fields[4].data(), end, latitude);
        std::from_chars(fields[4].data() + space + 1, end, longitude);
        facts.point = GeoPoint{static_cast<double>(latitude) / 1e4, static_cast<double>(longitude) / 1e4};
    }
    facts.sort_title = fields[5];
    for (const std::string& place : parted(fields[6], end_of_item)) {
        const std::size_t part = place.find(end_of_part);
        if (part == std::string::npos || part < 1) continue;
        facts.places.push_back({place[0] == 'r' ? Facet::region : Facet::municipality,
                                place.substr(1, part - 1), place.substr(part + 1)});
    }
    for (const std::string& words : parted(fields[7], end_of_item)) {
        const std::size_t part = words.find(end_of_part);
        if (part == std::string::npos || part < 1) continue;
        facts.head.push_back({static_cast<HeadPlace>((words[0] - '0') & 3), words.substr(1, part - 1),
                              parted(words.substr(part + 1), ' ')});
    }
    return facts;
}

std::string to_text(const std::vector<OccupationTag>& tags) {
    std::string text;
    for (const OccupationTag& tag : tags) {
        if (!text.empty()) text += ' ';
        text += std::to_string(tag.key) + "=" + std::to_string(static_cast<int>(tag.kind));
    }
    return text;
}

std::vector<OccupationTag> tags_from(std::string_view text) {
    std::vector<OccupationTag> tags;
    for (const char *at = text.data(), *end = at + text.size(); at < end;) {
        OccupationTag tag;
        const auto read = std::from_chars(at, end, tag.key);
        if (read.ec != std::errc() || read.ptr + 1 >= end) break;
        tag.kind = static_cast<TagKind>(read.ptr[1] - '0');
        tags.push_back(tag);
        at = read.ptr + 3;
    }
    return tags;
}

std::string index_terms_of(const Vacancy& vacancy, const SearchWords& words) {
    std::vector<std::string> terms;
    for (const VacancyText& text : vacancy.texts) {
        words.add_terms(text.title, text.language, terms);
        words.add_terms(without_contacts(text.summary), text.language, terms);
        words.add_terms(without_contacts(text.body_plain), text.language, terms);
        for (const std::string& duty : text.duties)
            words.add_terms(without_contacts(duty), text.language, terms);
    }
    for (const Occupation& occupation : vacancy.occupations)
        words.add_terms(occupation.label, "", terms);
    for (const std::string& name : {vacancy.employer, vacancy.work_unit, vacancy.client_company})
        words.add_terms(name, "", terms);
    for (const Place& place : vacancy.places)
        for (const std::string& name : {place.city, place.municipality, place.region, place.raw})
            words.add_terms(name, "", terms);
    std::sort(terms.begin(), terms.end());
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
    std::string text;
    for (const std::string& term : terms) {
        if (!text.empty()) text += ' ';
        text += term;
    }
    return text;
}

} // namespace vakant
