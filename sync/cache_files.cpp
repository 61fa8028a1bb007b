#include "sync/cache_files.h"

#include <limits>

#include "core/crypto/crypto.h"

namespace vakant {
namespace {

constexpr std::string_view layout_version = "cache 5";
constexpr std::size_t largest_vacancy = 4u << 20;

} // namespace

std::string cache_version() {
    return std::string(layout_version) + ", " + search_words_version();
}

// `number` grows with age, so that the index gives the newest first by itself, and lies in the range of its
// board. The narrow table answers what may be shown and is read into memory; `cards` for the few that are
// shown, `vacancies` when one is opened. The index keeps no copy of the text: terms are made again from the
// row when an entry goes. `gone` and `changed` let a reader follow without reading all again; `generation`
// says that it must.
std::string_view cache_schema() {
    return R"sql(
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE marks(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO marks VALUES
            ('generation', 0), ('sequence', 0), ('removed', 0), ('purged', 0), ('purged_at', 0);
        CREATE TABLE agencies(
            agency TEXT PRIMARY KEY, cursor TEXT NOT NULL DEFAULT '', heard_at INTEGER,
            whole INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
        CREATE TABLE entries(
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, agency TEXT NOT NULL,
            ends_at INTEGER NOT NULL, stale INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL,
            facts TEXT NOT NULL, tags TEXT NOT NULL) STRICT;
        CREATE INDEX entries_by_end ON entries(ends_at);
        CREATE INDEX entries_by_change ON entries(changed);
        CREATE TABLE gone(sequence INTEGER PRIMARY KEY, number INTEGER NOT NULL) STRICT;
        CREATE TABLE cards(number INTEGER PRIMARY KEY, head TEXT NOT NULL) STRICT;
        CREATE TABLE vacancies(number INTEGER PRIMARY KEY, vacancy BLOB NOT NULL) STRICT;
        CREATE VIRTUAL TABLE words USING fts5(
            terms, content='', columnsize=0, detail=none, tokenize='ascii', prefix='2 3 4');
        CREATE TABLE documents(
            agency TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY(agency, kind, id)) STRICT, WITHOUT ROWID;
    )sql";
}

Result<KnownOccupations> known_occupations(SqlConnection& connection,
                                           const std::vector<OccupationTable>& shipped) {
    KnownOccupations known;
    std::string names;
    for (const OccupationTable& table : shipped) {
        names += blake2b_hex(to_json(table).to_text());
        known.tables.push_back(table);
    }
    VAKANT_CHECK(connection.query("SELECT digest, body FROM documents WHERE kind=? ORDER BY agency, id",
                                  {std::string(occupations_kind)}, [&](const SqlRow& row) {
                                      names += row.text(0);
                                      auto json = parse_json(row.text(1));
                                      if (!json.ok()) return done();
                                      auto table = occupations_from_json(*json);
                                      if (table.ok()) known.tables.push_back(std::move(*table));
                                      return done();
                                  }));
    known.digest = blake2b_hex(names);
    return known;
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
