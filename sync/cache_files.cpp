#include "sync/cache_files.h"

#include <limits>

#include "core/crypto/crypto.h"

namespace vakant {
namespace {

constexpr std::string_view layout_version = "cache 1";
constexpr std::size_t largest_vacancy = 4u << 20;

void add_line(std::string& text, std::string_view line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += line;
}

} // namespace

std::string cache_version() {
    return std::string(layout_version) + ", " + search_tokenizer_version();
}

// `number` grows with age, so that the index gives the newest first by itself, and lies in the range of its
// board, so that each board is searched alone. The narrow table answers who may be shown; the wide one is
// read for the few that are. The index keeps no copy of the text: it is made again from the row when an entry
// goes.
std::string_view cache_schema() {
    return R"sql(
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE agencies(
            agency TEXT PRIMARY KEY, cursor TEXT NOT NULL DEFAULT '', heard_at INTEGER) STRICT, WITHOUT ROWID;
        CREATE TABLE entries(
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, agency TEXT NOT NULL,
            ends_at INTEGER NOT NULL, stale INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE INDEX entries_by_end ON entries(ends_at);
        CREATE TABLE vacancies(number INTEGER PRIMARY KEY, vacancy BLOB NOT NULL) STRICT;
        CREATE VIRTUAL TABLE words USING fts5(
            title, employer, place, occupation, body, content='', tokenize='vakant', prefix='2 3 4');
        CREATE TABLE documents(
            agency TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY(agency, kind, id)) STRICT, WITHOUT ROWID;
    )sql";
}

SearchedWords searched_words(const Vacancy& vacancy) {
    SearchedWords words;
    for (const VacancyText& text : vacancy.texts) {
        add_line(words.title, text.title);
        add_line(words.body, text.summary);
        add_line(words.body, text.body_plain);
    }
    add_line(words.employer, vacancy.employer);
    add_line(words.employer, vacancy.work_unit);
    add_line(words.employer, vacancy.client_company);
    for (const Place& place : vacancy.places) {
        add_line(words.place, place.city);
        add_line(words.place, place.municipality);
        add_line(words.place, place.region);
        if (place.shown() == place.raw) add_line(words.place, place.raw);
    }
    for (const Occupation& occupation : vacancy.occupations)
        add_line(words.occupation, occupation.label);
    return words;
}

NumberRange numbers_of(Board board) {
    constexpr std::int64_t middle = -(std::int64_t{1} << 60);
    if (board == Board::own) return {std::numeric_limits<std::int64_t>::min(), middle - 1};
    return {middle, -1};
}

Bytes packed(const Vacancy& vacancy) {
    return compress(as_bytes(to_json(vacancy).to_text()));
}

Result<Vacancy> unpacked(ByteView bytes) {
    const auto broken = [](Error error) {
        error.kind = ErrorKind::damaged;
        return error;
    };
    auto text = decompress(bytes, largest_vacancy);
    if (!text.ok()) return broken(text.error());
    auto json = parse_json(as_text(*text));
    if (!json.ok()) return broken(json.error());
    auto vacancy = vacancy_from_json(*json);
    if (!vacancy.ok()) return broken(vacancy.error());
    return vacancy;
}

} // namespace vakant
