#include "sync/typed_words.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace vakant {
namespace {

constexpr std::size_t most_words = 12;
constexpr std::size_t longest_word = 64;       ///< code points
constexpr std::size_t shortest_part = 4;       ///< letters of a finished word that may begin a longer one
constexpr std::size_t shortest_occupation = 3; ///< letters that may begin an occupation's name
constexpr std::size_t most_occupations = 40;   ///< that an unfinished word may mean
constexpr std::size_t few_hits = 3; ///< a word that stands in so few heads may be a misspelling itself
constexpr std::size_t most_spellings = 24;

// What a match is worth in a title. The order is what counts: the word itself, its forms, another name of the
// occupation, a compound, a beginning, without marks, a misspelling.
constexpr std::uint16_t worth_word = 100, worth_inflected = 96, worth_occupation = 92, worth_compound = 84,
                        worth_beginning = 78, worth_by_end = 70, worth_plain = 62, worth_part = 60,
                        worth_spelling = 54, worth_group = 40;

class Reading {
public:
    Reading(const BoardIndex& board, const OccupationIndex& occupations)
        : board_(board), occupations_(occupations) {}
    TypedWords read(const std::string& text);

private:
    void add_head_words(TypedWord& word);
    void add_forms(TypedWord& word);
    void add_places(TypedWord& word);
    void add_names(std::size_t from, std::size_t length, const std::vector<std::size_t>& entries,
                   MatchKind kind, std::uint16_t worth);
    void add_occupations();
    void add_single_occupation(std::size_t at);
    void add_unfinished_name();
    void add_spellings(std::size_t at);
    std::size_t heads_of(const TypedWord& word) const;

    static void add(TypedWord& word, MatchKind kind, std::uint32_t id, std::uint16_t worth,
                    bool only_places = false) {
        word.alternatives.push_back({kind, false, only_places, id, 0, worth});
    }
    const BoardIndex& board_;
    const OccupationIndex& occupations_;
    TypedWords typed_;
    std::vector<std::string> texts_;
};

TypedWords Reading::read(const std::string& text) {
    texts_ = split_words(text);
    if (texts_.size() > most_words) texts_.resize(most_words);
    typed_.is_blank = code_point_count(trimmed(text)) <= 1;
    // One letter begins a word in nearly every advertisement: it narrows nothing yet and costs the most.
    const bool is_open = !text.empty() && text.back() != ' ';
    std::erase_if(texts_, [](const std::string& word) { return code_point_count(word) < 2; });
    if (std::any_of(texts_.begin(), texts_.end(), [](const std::string& word) { return !is_filler(word); }))
        std::erase_if(texts_, [](const std::string& word) { return is_filler(word); });
    for (std::string& word : texts_) {
        word = first_code_points(word, longest_word);
        typed_.words.push_back({word, false, {}, occupations_.words().stems(word)});
    }
    if (typed_.words.empty()) return std::move(typed_);
    typed_.words.back().is_open = is_open;
    for (TypedWord& word : typed_.words) {
        add_head_words(word);
        add_forms(word);
        add_places(word);
    }
    add_occupations();
    for (std::size_t at = 0; at < typed_.words.size(); ++at)
        add_spellings(at);
    return std::move(typed_);
}

void Reading::add_head_words(TypedWord& word) {
    if (const auto at = board_.find(word.text); at < board_.word_count())
        add(word, MatchKind::word, at, worth_word);
    const bool begins = word.is_open || code_point_count(word.text) >= shortest_part;
    if (begins)
        for (const auto at : board_.beginning_with(word.text))
            add(word, MatchKind::beginning, at, worth_beginning);
    for (const auto at : board_.without_marks(word.text, begins))
        add(word, MatchKind::plain, at, worth_plain);
}

void Reading::add_forms(TypedWord& word) {
    const SearchWords& words = occupations_.words();
    for (const std::string_view language : languages_of(script_of(word.text))) {
        const std::string stem = words.stem(word.text, language);
        if (const auto* found = board_.with_stem(language, stem))
            for (const auto at : *found)
                add(word, MatchKind::inflected, at, worth_inflected);
        if (language == "fi" || language == "sv" || language == "nb")
            for (const auto at : board_.ending_with(language, stem))
                add(word, MatchKind::compound, at, worth_compound);
    }
}

void Reading::add_places(TypedWord& word) {
    if (script_of(word.text) != Script::latin) return;
    for (const std::string& name : place_candidates(word.text)) {
        const auto at = board_.find(name);
        if (at >= board_.word_count()) continue;
        const auto& postings = board_.postings(at);
        const bool is_place = std::any_of(postings.begin(), postings.end(), [](const auto& posting) {
            return posting.detail() == static_cast<std::uint32_t>(HeadPlace::place);
        });
        if (!is_place) continue;
        add(word, MatchKind::inflected, at, worth_inflected, true);
        for (std::string& term : occupations_.words().stems(name))
            if (std::find(word.terms.begin(), word.terms.end(), term) == word.terms.end())
                word.terms.push_back(std::move(term));
    }
}

/// A name of several words stands for each of them: a vacancy of that occupation has them all.
void Reading::add_names(std::size_t from, std::size_t length, const std::vector<std::size_t>& entries,
                        MatchKind kind, std::uint16_t worth) {
    for (std::size_t at = from; at < from + length; ++at)
        for (const std::size_t entry : entries)
            typed_.words[at].alternatives.push_back(
                {kind, true, false, occupations_.key(entry), entry, worth});
}

void Reading::add_occupations() {
    for (std::size_t at = 0; at < texts_.size();) {
        const OccupationIndex::Span span = occupations_.names_at(texts_, at, "");
        if (span.length > 0) {
            add_names(at, span.length, span.entries, MatchKind::occupation, worth_occupation);
            at += span.length;
        } else {
            add_single_occupation(at++);
        }
    }
    if (typed_.words.back().is_open) add_unfinished_name();
}

void Reading::add_single_occupation(std::size_t at) {
    add_names(at, 1, occupations_.by_end(texts_[at], ""), MatchKind::occupation, worth_by_end);
    add_names(at, 1, occupations_.without_marks(texts_[at]), MatchKind::occupation, worth_by_end);
}

/// The last words may begin a name: "clea", "care assi".
void Reading::add_unfinished_name() {
    std::string text;
    for (std::size_t from = texts_.size(); from-- > 0 && texts_.size() - from <= 4;) {
        text = text.empty() ? texts_[from] : texts_[from] + " " + text;
        if (code_point_count(text) < shortest_occupation) continue;
        add_names(from, texts_.size() - from, occupations_.beginning_with(text, most_occupations),
                  MatchKind::occupation, worth_part);
    }
}

std::size_t Reading::heads_of(const TypedWord& word) const {
    std::size_t heads = 0;
    for (const Alternative& one : word.alternatives) {
        if (!one.is_occupation) {
            heads += board_.postings(one.id).size();
        } else {
            heads += few_hits + 1; // a name that is known is no misspelling, whether or not the board has any
        }
    }
    return heads;
}

void Reading::add_spellings(std::size_t at) {
    TypedWord& word = typed_.words[at];
    if (heads_of(word) > few_hits) return;
    add_names(at, 1, occupations_.spelt_like(word.text), MatchKind::spelling, worth_spelling);
    std::vector<BoardIndex::Near> near = board_.spelt_like(word.text);
    std::stable_sort(near.begin(), near.end(),
                     [](const auto& a, const auto& b) { return a.edits < b.edits; });
    if (near.size() > most_spellings) near.resize(most_spellings);
    for (const BoardIndex::Near& one : near)
        if (one.edits > 0 && one.edits == near.front().edits + (near.front().edits == 0 ? 1 : 0))
            add(word, MatchKind::spelling, one.word,
                static_cast<std::uint16_t>(worth_spelling - 6 * (one.edits - 1)));
}

} // namespace

TypedWords typed_words(const std::string& text, const BoardIndex& board, const OccupationIndex& occupations) {
    return Reading(board, occupations).read(text);
}

void add_groups(TypedWords& typed, const OccupationIndex& occupations) {
    for (TypedWord& word : typed.words) {
        std::vector<Alternative> wider;
        for (const Alternative& one : word.alternatives) {
            if (!one.is_occupation || one.worth < worth_by_end) continue;
            for (const std::uint32_t key : occupations.group_keys(one.entry))
                wider.push_back({MatchKind::group, true, false, key, one.entry, worth_group});
        }
        word.alternatives.insert(word.alternatives.end(), wider.begin(), wider.end());
    }
}

} // namespace vakant
