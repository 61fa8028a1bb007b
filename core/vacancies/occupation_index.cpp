#include "core/vacancies/occupation_index.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/base/utf8.h"
#include "core/crypto/crypto.h"

namespace vakant {
namespace {

constexpr std::size_t longest_name = 6;       ///< words
constexpr std::size_t shortest_end = 5;       ///< letters of a name that may end a compound
constexpr std::size_t shortest_beginning = 3; ///< letters in front of it
constexpr std::size_t shortest_in_body = 5;   ///< letters of a name that counts in running text
constexpr std::array languages{std::string_view(""),   std::string_view("fi"), std::string_view("sv"),
                               std::string_view("nb"), std::string_view("en"), std::string_view("ru"),
                               std::string_view("uk"), std::string_view("ar")};

std::uint8_t number_of(std::string_view language) {
    const auto at = std::find(languages.begin() + 1, languages.end(), stem_language(language));
    return at == languages.end() ? 0 : static_cast<std::uint8_t>(at - languages.begin());
}

std::string first_key(std::uint8_t language, std::string_view stem) {
    std::string key(1, static_cast<char>('0' + language));
    key += stem;
    return key;
}

void add_new(std::vector<std::size_t>& list, std::size_t item) {
    if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

} // namespace

std::uint32_t occupation_key(std::string_view id) {
    const Digest digest = blake2b(as_bytes(id));
    return static_cast<std::uint32_t>(digest[0]) << 24 | static_cast<std::uint32_t>(digest[1]) << 16 |
           static_cast<std::uint32_t>(digest[2]) << 8 | digest[3];
}

OccupationIndex::OccupationIndex(const std::vector<OccupationTable>& tables, std::string digest)
    : digest_(std::move(digest)) {
    OccupationTable all = joined(tables);
    entries_ = std::move(all.entries);
    for (OccupationLink& link : all.links)
        links_[link.scheme + " " + link.code] = std::move(link.isco);
    for (std::size_t at = 0; at < entries_.size(); ++at) {
        keys_.push_back(occupation_key(entries_[at].id));
        by_key_[keys_.back()] = static_cast<std::uint32_t>(at);
        // Of hand-written occupations, a code names the one that it is the first code of.
        if (entries_[at].id.starts_with("common:") && !entries_[at].isco.empty())
            by_isco_[entries_[at].isco.front()].push_back(static_cast<std::uint32_t>(at));
        for (const OccupationNames& names : entries_[at].names)
            for (const std::string& name : names.names)
                add_name(at, names.language, name);
    }
    by_text_.resize(names_.size());
    for (std::size_t at = 0; at < names_.size(); ++at)
        by_text_[at] = static_cast<std::uint32_t>(at);
    std::sort(by_text_.begin(), by_text_.end(),
              [this](std::uint32_t a, std::uint32_t b) { return names_[a].text < names_[b].text; });
    std::sort(by_plain_.begin(), by_plain_.end());
}

void OccupationIndex::add_name(std::size_t entry, std::string_view language, const std::string& text) {
    const std::vector<std::string> split = split_words(text);
    if (split.empty() || split.size() > longest_name) return;
    Name name;
    name.entry = static_cast<std::uint32_t>(entry);
    name.language = number_of(language);
    name.length = static_cast<std::uint8_t>(split.size());
    std::string first;
    for (const std::string& word : split) {
        const std::string stem = words_.stem(word, languages[name.language]);
        if (first.empty()) first = stem;
        name.text += (name.text.empty() ? "" : " ") + word;
        name.stems += (name.stems.empty() ? "" : " ") + stem;
    }
    const auto number = static_cast<std::uint32_t>(names_.size());
    by_first_[first_key(name.language, first)].push_back(number);
    if (std::string plain = plain_word(name.text); plain != name.text)
        by_plain_.emplace_back(std::move(plain), number);
    names_.push_back(std::move(name));
}

std::vector<std::uint32_t> OccupationIndex::group_keys(std::size_t at) const {
    std::vector<std::uint32_t> keys;
    for (const std::string& code : entries_[at].isco)
        keys.push_back(occupation_key("isco:" + code));
    return keys;
}

std::vector<std::string_view> OccupationIndex::languages_for(const std::string& word,
                                                             std::string_view language) const {
    const std::vector<std::string_view> possible = languages_of(script_of(word));
    const std::string_view known = stem_language(language);
    if (std::find(possible.begin(), possible.end(), known) != possible.end()) return {known};
    return possible;
}

OccupationIndex::Span OccupationIndex::names_at(const std::vector<std::string>& words, std::size_t from,
                                                std::string_view language) const {
    Span best;
    for (const std::string_view by : languages_for(words[from], language)) {
        const std::uint8_t number = number_of(by);
        std::string stems = words_.stem(words[from], by);
        const auto begun = by_first_.find(first_key(number, stems));
        if (begun == by_first_.end()) continue;
        for (std::size_t length = 1; length <= longest_name && from + length <= words.size(); ++length) {
            if (length > 1) stems += " " + words_.stem(words[from + length - 1], by);
            if (length < best.length) continue;
            for (const std::uint32_t name : begun->second) {
                if (names_[name].length != length || names_[name].stems != stems) continue;
                if (length > best.length) best = {length, {}};
                add_new(best.entries, names_[name].entry);
            }
        }
    }
    return best;
}

std::vector<std::size_t> OccupationIndex::entries_of_stem(std::string_view stem,
                                                          std::string_view language) const {
    std::vector<std::size_t> found;
    const auto names = by_first_.find(first_key(number_of(language), stem));
    if (names == by_first_.end()) return found;
    for (const std::uint32_t name : names->second)
        if (names_[name].length == 1) add_new(found, names_[name].entry);
    return found;
}

std::vector<std::size_t> OccupationIndex::by_end(const std::string& word, std::string_view language) const {
    for (const std::string_view by : languages_for(word, language)) {
        if (by != "fi" && by != "sv" && by != "nb")
            continue; // the languages that write compounds as one word
        const std::string stem = words_.stem(word, by);
        const std::u32string letters = to_utf32(stem);
        for (std::size_t cut = shortest_beginning; cut + shortest_end <= letters.size(); ++cut) {
            const std::string end = to_utf8(std::u32string_view(letters).substr(cut));
            if (auto found = entries_of_stem(end, by); !found.empty()) return found;
        }
    }
    return {};
}

std::vector<std::size_t> OccupationIndex::beginning_with(const std::string& text, std::size_t most) const {
    std::vector<std::size_t> found;
    auto at =
        std::lower_bound(by_text_.begin(), by_text_.end(), text,
                         [this](std::uint32_t name, const std::string& t) { return names_[name].text < t; });
    for (; at != by_text_.end() && names_[*at].text.starts_with(text); ++at) {
        add_new(found, names_[*at].entry);
        if (found.size() > most) return {};
    }
    return found;
}

std::vector<std::size_t> OccupationIndex::without_marks(const std::string& word) const {
    std::vector<std::size_t> found;
    auto at = std::lower_bound(by_plain_.begin(), by_plain_.end(), word,
                               [](const auto& item, const std::string& w) { return item.first < w; });
    for (; at != by_plain_.end() && at->first == word; ++at)
        add_new(found, names_[at->second].entry);
    return found;
}

std::vector<std::size_t> OccupationIndex::spelt_like(const std::string& word) const {
    const std::u32string typed = to_utf32(word);
    int most = forgiven_edits(typed.size());
    std::vector<std::size_t> found;
    if (most == 0) return found;
    const Script script = script_of(word);
    for (const Name& name : names_) {
        // Bytes stand for letters here: a rough sieve before letters are compared.
        const std::size_t longer = std::max(name.text.size(), word.size());
        if (longer - std::min(name.text.size(), word.size()) > 2u * static_cast<unsigned>(most)) continue;
        if (script_of(name.text) != script) continue;
        const int edits = edits_between(typed, to_utf32(name.text), most);
        if (edits > most) continue;
        if (edits < most) found.clear();
        most = edits;
        add_new(found, name.entry);
    }
    return found;
}

/// One vacancy's tags while they are gathered: the surest of each occupation stays.
class OccupationIndex::Tagging {
public:
    explicit Tagging(const OccupationIndex& index) : index_(index) {}

    void add(std::size_t entry, TagKind kind) {
        keep(index_.keys_[entry], kind);
        if (kind == TagKind::body) return;
        for (const std::uint32_t group : index_.group_keys(entry))
            keep(group, TagKind::group);
    }
    void add_code(const Occupation& occupation);
    void add_text(std::string_view text, std::string_view language, bool is_title);
    std::vector<OccupationTag> tags() const {
        std::vector<OccupationTag> list;
        for (const auto& [key, kind] : found_)
            list.push_back({key, kind});
        return list;
    }

private:
    void keep(std::uint32_t key, TagKind kind) {
        TagKind& known = found_.emplace(key, kind).first->second;
        known = std::max(known, kind);
    }
    /// The end of a word that has a name of its own counts where both are of one group: a laitossiivooja is a
    /// siivooja, an eläinlääkäri is no lääkäri.
    void add_end(const std::string& word, std::string_view language, const std::vector<std::size_t>& whole) {
        for (const std::size_t entry : index_.by_end(word, language)) {
            const auto shares = [&](std::size_t other) {
                const auto& a = index_.entries_[entry].isco;
                const auto& b = index_.entries_[other].isco;
                return std::any_of(a.begin(), a.end(), [&b](const std::string& code) {
                    return std::find(b.begin(), b.end(), code) != b.end();
                });
            };
            if (whole.empty() || std::any_of(whole.begin(), whole.end(), shares)) add(entry, TagKind::part);
        }
    }

    const OccupationIndex& index_;
    std::map<std::uint32_t, TagKind> found_;
};

void OccupationIndex::Tagging::add_code(const Occupation& occupation) {
    if (occupation.scheme == "ESCO") {
        const std::string id = "esco:" + occupation.code.substr(occupation.code.rfind('/') + 1);
        if (const auto at = index_.by_key_.find(occupation_key(id)); at != index_.by_key_.end())
            add(at->second, TagKind::named);
        return;
    }
    if (occupation.scheme == "AF") {
        if (const auto at = index_.by_key_.find(occupation_key("af:" + occupation.code));
            at != index_.by_key_.end())
            add(at->second, TagKind::named);
        return;
    }
    std::string code = occupation.code.substr(0, 4);
    if (code.size() != 4) return;
    if (const auto link = index_.links_.find(occupation.scheme + " " + code); link != index_.links_.end()) {
        code = link->second;
    } else if (occupation.scheme != "ISCO08" && occupation.scheme != "STYRK08") {
        return; // a code of another classification, and no table that says what it is
    }
    keep(occupation_key("isco:" + code), TagKind::named);
    const auto named = index_.by_isco_.find(code);
    if (named != index_.by_isco_.end() && named->second.size() == 1)
        add(named->second.front(), TagKind::named);
}

void OccupationIndex::Tagging::add_text(std::string_view text, std::string_view language, bool is_title) {
    const std::vector<std::string> words = split_words(text);
    for (std::size_t at = 0; at < words.size();) {
        const Span span = index_.names_at(words, at, language);
        const bool counts = span.length > 0 &&
                            (is_title || span.length > 1 || code_point_count(words[at]) >= shortest_in_body);
        if (counts)
            for (const std::size_t entry : span.entries)
                add(entry, is_title ? TagKind::named : TagKind::body);
        if (is_title && span.length <= 1) add_end(words[at], language, span.entries);
        at += std::max<std::size_t>(span.length, 1);
    }
}

std::vector<OccupationTag> OccupationIndex::tags_of(const Vacancy& vacancy) const {
    Tagging tagging(*this);
    for (const Occupation& occupation : vacancy.occupations) {
        tagging.add_code(occupation);
        tagging.add_text(occupation.label, "", true);
    }
    for (const VacancyText& text : vacancy.texts) {
        tagging.add_text(text.title, text.language, true);
        tagging.add_text(text.summary, text.language, false);
        tagging.add_text(text.body_plain, text.language, false);
    }
    return tagging.tags();
}

/// The hand-written entry that is tagged `named`, where it is one alone; else the only one of all.
OccupationEntry OccupationIndex::only_named(const Vacancy& vacancy) const {
    std::vector<std::size_t> all, hand_written;
    for (const OccupationTag& tag : tags_of(vacancy)) {
        const auto at = by_key_.find(tag.key);
        if (tag.kind != TagKind::named || at == by_key_.end()) continue;
        all.push_back(at->second);
        if (entries_[at->second].id.starts_with("common:")) hand_written.push_back(at->second);
    }
    if (hand_written.size() == 1) return entries_[hand_written.front()];
    return all.size() == 1 ? entries_[all.front()] : OccupationEntry{};
}

std::vector<OccupationEntry> OccupationIndex::named_by(const Vacancy& vacancy) const {
    std::vector<OccupationEntry> all;
    for (const Occupation& occupation : vacancy.occupations) {
        Vacancy by_code, by_label;
        by_code.occupations = {{occupation.scheme, occupation.code, ""}};
        by_label.occupations = {{"", "", occupation.label}};
        all.push_back(only_named(by_code));
        if (all.back().names.empty()) all.back() = only_named(by_label);
    }
    if (!all.empty()) return all;
    Vacancy titles;
    for (const VacancyText& text : vacancy.texts)
        titles.texts.push_back({text.language, text.title, "", "", ""});
    return {only_named(titles)};
}

std::string OccupationIndex::name_for(const Vacancy& vacancy, std::size_t at, std::string& language) const {
    const auto named_in = [&](std::string_view text, std::string_view by) {
        const std::vector<std::string> words = split_words(text);
        for (std::size_t from = 0; from < words.size(); ++from) {
            const Span span = names_at(words, from, by);
            const bool here = std::find(span.entries.begin(), span.entries.end(), at) != span.entries.end();
            const std::vector<std::size_t> ends = here ? std::vector<std::size_t>{} : by_end(words[from], by);
            if (!here && std::find(ends.begin(), ends.end(), at) == ends.end()) continue;
            std::string name = words[from];
            for (std::size_t more = 1; here && more < span.length; ++more)
                name += " " + words[from + more];
            return name;
        }
        return std::string();
    };
    for (const VacancyText& text : vacancy.texts) {
        language = text.language;
        if (std::string name = named_in(text.title, text.language); !name.empty()) return name;
    }
    language.clear();
    for (const Occupation& occupation : vacancy.occupations)
        if (std::string name = named_in(occupation.label, ""); !name.empty()) return name;
    const std::string wanted = vacancy.texts.empty() ? "" : vacancy.texts.front().language;
    for (const OccupationNames& names : entries_[at].names)
        if (names.language == wanted) language = wanted;
    return std::string(entries_[at].name_in(wanted));
}

} // namespace vakant
