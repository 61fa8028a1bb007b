#include "sync/board_index.h"

#include <algorithm>
#include <cstring>

#include "core/base/utf8.h"

namespace vakant {
namespace {

constexpr std::size_t shortest_end = 4; ///< letters of a word that a compound may end in
/// Rows that are gone take room and time until all is read anew.
constexpr std::size_t most_dead = 1000;
constexpr std::size_t most_beginnings = 20'000;

std::string reversed(std::string_view language, std::string_view text) {
    std::string key(language);
    key.append(text.rbegin(), text.rend()); // bytes: both sides are turned alike
    return key;
}

std::string stem_key(std::string_view language, std::string_view stem) {
    std::string key(language);
    key += stem;
    return key;
}

std::uint32_t letters_of(std::string_view word) {
    std::uint32_t letters = 0;
    for (std::size_t at = 0; at < word.size();)
        letters |= 1u << (next_code_point(word, at) % 32);
    return letters;
}

std::string key_of(Facet facet, std::string_view value) {
    std::string key(facet == Facet::region ? "r" : "m");
    key += value;
    return key;
}

template <typename Less>
void merge_tail(auto& list, std::size_t& sorted, Less less) {
    const auto middle = list.begin() + static_cast<std::ptrdiff_t>(sorted);
    std::sort(middle, list.end(), less);
    std::inplace_merge(list.begin(), middle, list.end(), less);
    sorted = list.size();
}

} // namespace

void BoardIndex::clear() {
    SearchWords keep = std::move(stemming_);
    *this = BoardIndex();
    stemming_ = std::move(keep);
}

Outcome BoardIndex::follow(SqlConnection& connection) {
    VAKANT_TRY(generation, connection.query_integer("SELECT value FROM marks WHERE name='generation'"));
    VAKANT_TRY(sequence, connection.query_integer("SELECT value FROM marks WHERE name='sequence'"));
    if (!generation || !sequence) return Error{ErrorKind::damaged, "a cache without its marks"};
    if (*generation == generation_ && *sequence == seen_) return done();
    if (*generation != generation_ || dead_ > most_dead + rows_.size() / 4) clear();
    if (seen_ >= 0) {
        VAKANT_CHECK(
            connection.query("SELECT number FROM gone WHERE sequence>?", {seen_}, [this](const SqlRow& row) {
                drop(row.integer(0));
                return done();
            }));
    }
    VAKANT_CHECK(connection.query(
        "SELECT number, ends_at, facts, tags, agency FROM entries WHERE changed>? ORDER BY number", {seen_},
        [this](const SqlRow& row) {
            if (seen_ >= 0) drop(row.integer(0));
            return add(row);
        }));
    generation_ = *generation;
    seen_ = *sequence;
    settle();
    return done();
}

void BoardIndex::drop(std::int64_t number) {
    const auto at = std::lower_bound(order_.begin(), order_.end(), number,
                                     [this](RowNumber row, std::int64_t n) { return rows_[row].number < n; });
    if (at == order_.end() || rows_[*at].number != number || !rows_[*at].alive) return;
    rows_[*at].alive = false;
    ++dead_;
}

Outcome BoardIndex::add(const SqlRow& sql) {
    VAKANT_TRY(facts, board_facts_from(sql.text(2)));
    const auto number = static_cast<RowNumber>(rows_.size());
    Row row;
    row.number = sql.integer(0);
    row.ends_at = sql.integer(1);
    row.own = facts.own;
    row.full_time = facts.full_time;
    row.part_time = facts.part_time;
    row.permanent = facts.permanent;
    row.temporary = facts.temporary;
    row.no_training = facts.no_training;
    row.no_licence = facts.no_licence;
    row.training = facts.training;
    row.field = number_in(fields_, facts.field);
    row.agency = number_in(agencies_, sql.text(4));
    row.all_languages = language_bits(facts.all_languages);
    row.any_languages = language_bits(facts.any_languages);
    if (facts.point) {
        row.latitude = static_cast<float>(facts.point->latitude);
        row.longitude = static_cast<float>(facts.point->longitude);
    }
    std::memcpy(row.title.data(), facts.sort_title.data(),
                std::min(facts.sort_title.size(), row.title.size()));
    row.first_place = static_cast<std::uint32_t>(place_values_.size());
    row.places = static_cast<std::uint8_t>(std::min<std::size_t>(facts.places.size(), 255));
    for (std::size_t at = 0; at < row.places; ++at)
        place_values_.push_back(place_value(facts.places[at]));
    rows_.push_back(row);
    fresh_.push_back(number);
    for (const HeadWords& words : facts.head)
        add_head(number, words);
    for (const OccupationTag& tag : tags_from(sql.text(3)))
        tags_[tag.key].push_back({number << 2 | detail_of(tag.kind)});
    return done();
}

void BoardIndex::add_head(RowNumber row, const HeadWords& head) {
    for (const std::string& text : head.words) {
        const auto [known, is_new] = word_numbers_.try_emplace(text, static_cast<WordNumber>(words_.size()));
        const WordNumber number = known->second;
        if (is_new) {
            words_.push_back(
                {text, letters_of(text), static_cast<std::uint16_t>(code_point_count(text)), 0, {}});
            by_text_.push_back(number);
            if (std::string plain = plain_word(text); plain != text)
                by_plain_.emplace_back(std::move(plain), number);
        }
        const Posting posting{row << 2 | static_cast<std::uint32_t>(head.place)};
        std::vector<Posting>& postings = words_[number].postings;
        if (postings.empty() || postings.back().packed != posting.packed) postings.push_back(posting);
        if (head.place == HeadPlace::employer) continue; // names are not inflected by who writes them
        for (const std::string_view language : languages_of(script_of(text)))
            if (head.language.empty() || head.language == language) note_stems(number, language);
    }
}

void BoardIndex::note_stems(WordNumber number, std::string_view language) {
    constexpr std::array known{std::string_view("fi"), std::string_view("sv"), std::string_view("nb"),
                               std::string_view("en"), std::string_view("ru"), std::string_view("uk"),
                               std::string_view("ar")};
    const auto at = std::find(known.begin(), known.end(), language) - known.begin();
    const auto bit = static_cast<std::uint8_t>(1u << at);
    if ((words_[number].languages & bit) != 0) return;
    words_[number].languages = static_cast<std::uint8_t>(words_[number].languages | bit);
    const std::string stem = stemming_.stem(words_[number].text, language);
    stems_[stem_key(language, stem)].push_back(number);
    const bool writes_compounds = at < 3;
    if (writes_compounds && code_point_count(stem) > shortest_end + 2)
        by_end_.emplace_back(reversed(language, stem), number);
}

void BoardIndex::settle() {
    const auto newer = [this](RowNumber a, RowNumber b) { return rows_[a].number < rows_[b].number; };
    std::erase_if(order_, [this](RowNumber row) { return !rows_[row].alive; });
    std::size_t sorted = order_.size();
    order_.insert(order_.end(), fresh_.begin(), fresh_.end());
    fresh_.clear();
    merge_tail(order_, sorted, newer);
    merge_tail(by_text_, sorted_words_,
               [this](WordNumber a, WordNumber b) { return words_[a].text < words_[b].text; });
    merge_tail(by_end_, sorted_ends_, std::less<>());
    merge_tail(by_plain_, sorted_plain_, std::less<>());
    unite_places();
    if (place_values_.capacity() > 2 * place_values_.size()) place_values_.shrink_to_fit();
}

std::uint16_t BoardIndex::place_value(const PlaceFact& fact) {
    const auto [at, is_new] = place_numbers_.try_emplace(key_of(fact.facet, fact.value),
                                                         static_cast<std::uint16_t>(place_facts_.size()));
    if (is_new) place_facts_.push_back(fact);
    has_new_places_ = has_new_places_ || is_new;
    const std::string by_name = value_by_name(fact);
    if (by_name == fact.value || is_code_alone(fact)) return at->second;
    PlaceFact& known = place_facts_[at->second];
    if (is_code_alone(known)) known.label = fact.label;
    std::vector<std::uint16_t>& coded = coded_places_[key_of(fact.facet, by_name)];
    if (std::find(coded.begin(), coded.end(), at->second) == coded.end()) {
        coded.push_back(at->second);
        has_new_places_ = true;
    }
    return at->second;
}

/// A place that one ad gives by its code and name, and another by its name alone, is one place. A name of two
/// codes (there are two Herøy in Norway) says of neither which it is and stays for itself.
void BoardIndex::unite_places() {
    if (!has_new_places_) return;
    has_new_places_ = false;
    std::vector<std::uint16_t> united(place_facts_.size());
    for (std::size_t at = 0; at < united.size(); ++at) {
        const PlaceFact& fact = place_facts_[at];
        const auto coded = coded_places_.find(key_of(fact.facet, fact.value));
        const bool is_one = coded != coded_places_.end() && coded->second.size() == 1;
        united[at] = is_one ? coded->second.front() : static_cast<std::uint16_t>(at);
        place_numbers_[key_of(fact.facet, fact.value)] = united[at];
    }
    for (std::uint16_t& place : place_values_)
        place = united[place];
}

std::vector<std::size_t> BoardIndex::municipalities_named(std::string_view name) const {
    const auto is_it = [name](std::string_view key) {
        return key.starts_with('m') && key.substr(key.find(':') + 1) == name;
    };
    std::vector<std::size_t> found;
    for (const auto& [key, place] : place_numbers_)
        if (is_it(key)) found.push_back(place);
    for (const auto& [key, places] : coded_places_)
        if (is_it(key)) found.insert(found.end(), places.begin(), places.end());
    return found;
}

std::size_t BoardIndex::find_place(Facet facet, const std::string& value) const {
    const auto at = place_numbers_.find(key_of(facet, value));
    return at == place_numbers_.end() ? place_facts_.size() : at->second;
}

std::uint32_t BoardIndex::language_bits(const std::vector<std::string>& codes) {
    std::uint32_t bits = 0;
    for (const std::string& code : codes) {
        auto at = std::find(languages_.begin(), languages_.end(), code);
        if (at == languages_.end()) {
            if (languages_.size() >= 31) { // the last bit is for all that nobody can choose
                bits |= 1u << 31;
                continue;
            }
            languages_.push_back(code);
            at = languages_.end() - 1;
        }
        bits |= 1u << (at - languages_.begin());
    }
    return bits;
}

std::uint16_t BoardIndex::number_in(std::vector<std::string>& list, const std::string& value) {
    auto at = std::find(list.begin(), list.end(), value);
    if (at == list.end()) at = list.insert(list.end(), value);
    return static_cast<std::uint16_t>(at - list.begin());
}

const std::vector<BoardIndex::Posting>* BoardIndex::tagged(std::uint32_t key) const {
    const auto at = tags_.find(key);
    return at == tags_.end() ? nullptr : &at->second;
}

BoardIndex::WordNumber BoardIndex::find(const std::string& word) const {
    const auto at = word_numbers_.find(word);
    return at == word_numbers_.end() ? static_cast<WordNumber>(words_.size()) : at->second;
}

const std::vector<BoardIndex::WordNumber>* BoardIndex::with_stem(std::string_view language,
                                                                 std::string_view stem) const {
    const auto at = stems_.find(stem_key(language, stem));
    return at == stems_.end() ? nullptr : &at->second;
}

std::vector<BoardIndex::WordNumber> BoardIndex::beginning_with(const std::string& letters) const {
    std::vector<WordNumber> found;
    auto at =
        std::lower_bound(by_text_.begin(), by_text_.end(), letters,
                         [this](WordNumber word, const std::string& l) { return words_[word].text < l; });
    for (; at != by_text_.end() && words_[*at].text.starts_with(letters); ++at) {
        if (found.size() == most_beginnings) break;
        if (words_[*at].text.size() > letters.size()) found.push_back(*at);
    }
    return found;
}

std::vector<BoardIndex::WordNumber> BoardIndex::ending_with(std::string_view language,
                                                            const std::string& stem) const {
    std::vector<WordNumber> found;
    if (code_point_count(stem) < shortest_end) return found;
    const std::string key = reversed(language, stem);
    auto at = std::lower_bound(by_end_.begin(), by_end_.end(), key,
                               [](const Keyed& item, const std::string& k) { return item.first < k; });
    for (; at != by_end_.end() && at->first.starts_with(key); ++at)
        if (at->first.size() > key.size() + 1) found.push_back(at->second);
    return found;
}

std::vector<BoardIndex::WordNumber> BoardIndex::without_marks(const std::string& letters,
                                                              bool beginning) const {
    std::vector<WordNumber> found;
    auto at = std::lower_bound(by_plain_.begin(), by_plain_.end(), letters,
                               [](const Keyed& item, const std::string& l) { return item.first < l; });
    for (; at != by_plain_.end() && at->first.starts_with(letters); ++at) {
        if (found.size() == most_beginnings) break;
        if (beginning || at->first.size() == letters.size()) found.push_back(at->second);
    }
    return found;
}

std::vector<BoardIndex::Near> BoardIndex::spelt_like(const std::string& typed) const {
    const std::u32string letters = to_utf32(typed);
    const int most = forgiven_edits(letters.size());
    std::vector<Near> found;
    if (most == 0) return found;
    const std::uint32_t mask = letters_of(typed);
    for (WordNumber number = 0; number < words_.size(); ++number) {
        const Word& word = words_[number];
        const auto difference =
            static_cast<std::ptrdiff_t>(word.length) - static_cast<std::ptrdiff_t>(letters.size());
        if (difference > most || difference < -most) continue;
        // An edit brings or takes at most one kind of letter on each side.
        if (__builtin_popcount(word.letters & ~mask) > most ||
            __builtin_popcount(mask & ~word.letters) > most)
            continue;
        const int edits = edits_between(letters, to_utf32(word.text), most);
        if (edits <= most) found.push_back({number, edits});
    }
    return found;
}

} // namespace vakant
