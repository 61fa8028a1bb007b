#include <sys/stat.h>

#include <algorithm>
#include <unordered_set>

#include "core/base/utf8.h"
#include "sync/cache.h"
#include "sync/cache_files.h"

namespace vakant {
namespace {

constexpr std::size_t counted_exactly = 1000;
/// Matches looked at, newest first: a beginning of two letters matches half of the board.
constexpr std::size_t most_hits = 2500;

/// Which file stands under the name: another one after a rebuild.
struct FileIdentity {
    dev_t device = 0;
    ino_t inode = 0;
    bool operator==(const FileIdentity&) const = default;
};
FileIdentity identity_of(const std::filesystem::path& file) {
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0) return {};
    return {found.st_dev, found.st_ino};
}

/// The last word may be finished or not: as a beginning it finds longer words, as a word its other forms
/// ("hoitajat" finds "hoitajia"), for a beginning has no stem.
std::string with_other_forms(const std::string& expression) {
    if (!expression.ends_with("\"*")) return expression;
    const std::size_t parted = expression.rfind(" \"");
    const std::string earlier = parted == std::string::npos ? "" : expression.substr(0, parted) + " AND ";
    const std::string last = parted == std::string::npos ? expression : expression.substr(parted + 1);
    // One letter begins a word in nearly every advertisement: it narrows nothing yet and costs the most.
    if (code_point_count(last) == std::string_view("\"a\"*").size()) {
        return parted == std::string::npos ? "" : expression.substr(0, parted);
    }
    return earlier + "(" + last.substr(0, last.size() - 1) + " OR " + last + ")";
}

/// The numbers that match on one board, best first.
struct BoardHits {
    std::vector<std::int64_t> numbers;
    bool more = false;
    std::size_t total() const { return more ? counted_exactly + 1 : numbers.size(); }
};

class SqlCacheReader final : public CacheReader {
public:
    SqlCacheReader(std::filesystem::path file, SqlConnection connection)
        : file_(std::move(file)), connection_(std::move(connection)), identity_(identity_of(file_)) {}

    Result<VacancyResults> search(const VacancyQuery& query, UtcMs now) override;
    Result<std::optional<Vacancy>> vacancy(std::string_view id, UtcMs now) override;
    Result<std::vector<CachedDocument>> documents(std::string_view kind) override;
    Result<std::optional<UtcMs>> last_heard() override {
        VAKANT_CHECK(follow_the_file());
        return connection_.query_integer("SELECT max(heard_at) FROM agencies");
    }

private:
    Outcome follow_the_file() {
        const FileIdentity now = identity_of(file_);
        if (now == identity_) return done();
        VAKANT_TRY(connection, SqlConnection::open(file_, SqlMode::read_only, cache_application_id));
        connection_ = std::move(connection);
        identity_ = now;
        return done();
    }
    Result<BoardHits> newest(Board board, UtcMs now, std::size_t wanted);
    Outcome match(const std::string& expression, Board board, UtcMs now, BoardHits& hits);
    Result<BoardHits> find_words(const std::string& expression, Board board, UtcMs now);
    Result<VacancyCard> card(std::int64_t number, std::string_view language);

    std::filesystem::path file_;
    SqlConnection connection_;
    FileIdentity identity_;
};

Result<BoardHits> SqlCacheReader::newest(Board board, UtcMs now, std::size_t wanted) {
    BoardHits hits;
    const NumberRange range = numbers_of(board);
    const std::size_t most = std::max(wanted, counted_exactly + 1);
    VAKANT_CHECK(connection_.query(
        "SELECT number FROM entries WHERE number BETWEEN ? AND ? AND ends_at>=? ORDER BY number LIMIT ?",
        {range.first, range.last, now, static_cast<std::int64_t>(most)}, [&hits](const SqlRow& row) {
            hits.numbers.push_back(row.integer(0));
            return done();
        }));
    hits.more = hits.numbers.size() > counted_exactly;
    return hits;
}

/// Adds the matches that are not there yet, newest first.
Outcome SqlCacheReader::match(const std::string& expression, Board board, UtcMs now, BoardHits& hits) {
    const std::unordered_set<std::int64_t> known(hits.numbers.begin(), hits.numbers.end());
    const NumberRange range = numbers_of(board);
    std::size_t looked_at = 0;
    VAKANT_CHECK(connection_.query(
        "SELECT e.number, e.ends_at FROM (SELECT rowid AS number FROM words WHERE words MATCH ? AND rowid "
        "BETWEEN ? "
        "AND ? ORDER BY rowid LIMIT ?) w CROSS JOIN entries e ON e.number=w.number",
        {expression, range.first, range.last, static_cast<std::int64_t>(most_hits)}, [&](const SqlRow& row) {
            ++looked_at;
            if (row.integer(1) >= now && !known.contains(row.integer(0)))
                hits.numbers.push_back(row.integer(0));
            return done();
        }));
    hits.more = hits.more || looked_at >= most_hits || hits.numbers.size() > counted_exactly;
    return done();
}

/// Title and place first, then everything else that matches.
Result<BoardHits> SqlCacheReader::find_words(const std::string& expression, Board board, UtcMs now) {
    BoardHits hits;
    VAKANT_CHECK(match("{title place} : (" + expression + ")", board, now, hits));
    VAKANT_CHECK(match(expression, board, now, hits));
    return hits;
}

Result<VacancyCard> SqlCacheReader::card(std::int64_t number, std::string_view language) {
    Bytes bytes;
    VAKANT_CHECK(
        connection_.query("SELECT vacancy FROM vacancies WHERE number=?", {number}, [&](const SqlRow& row) {
            bytes = row.bytes(0);
            return done();
        }));
    VAKANT_TRY(vacancy, unpacked(bytes));
    return card_of(vacancy, language);
}

Result<VacancyResults> SqlCacheReader::search(const VacancyQuery& query, UtcMs now) {
    VAKANT_CHECK(follow_the_file());
    VAKANT_TRY(transaction, SqlTransaction::begin_reading(connection_));
    VacancyResults results;
    results.query = query;
    BoardHits own, others;
    const std::string expression = with_other_forms(match_expression(query.words));
    if (!expression.empty()) {
        VAKANT_TRY(found_own, find_words(expression, Board::own, now));
        VAKANT_TRY(found_others, find_words(expression, Board::others, now));
        own = std::move(found_own);
        others = std::move(found_others);
    } else if (code_point_count(trimmed(query.words)) <= 1) {
        const std::size_t wanted = query.offset + query.limit;
        VAKANT_TRY(newest_own, newest(Board::own, now, query.board != Board::others ? wanted : 0));
        VAKANT_TRY(newest_others, newest(Board::others, now, query.board != Board::own ? wanted : 0));
        own = std::move(newest_own);
        others = std::move(newest_others);
    }
    results.own_total = own.total();
    results.others_total = others.total();
    std::vector<std::int64_t> shown;
    if (query.board != Board::others) shown = own.numbers;
    if (query.board != Board::own) shown.insert(shown.end(), others.numbers.begin(), others.numbers.end());
    results.total = std::min(counted_exactly + 1, (query.board != Board::others ? own.total() : 0) +
                                                      (query.board != Board::own ? others.total() : 0));
    for (std::size_t at = query.offset; at < shown.size() && results.cards.size() < query.limit; ++at) {
        VAKANT_TRY(found, card(shown[at], query.language));
        results.cards.push_back(std::move(found));
    }
    return results;
}

Result<std::optional<Vacancy>> SqlCacheReader::vacancy(std::string_view id, UtcMs now) {
    VAKANT_CHECK(follow_the_file());
    Bytes bytes;
    VAKANT_CHECK(connection_.query("SELECT v.vacancy FROM entries e JOIN vacancies v ON v.number=e.number "
                                   "WHERE e.id=? AND e.ends_at>=?",
                                   {std::string(id), now}, [&](const SqlRow& row) {
                                       bytes = row.bytes(0);
                                       return done();
                                   }));
    if (bytes.empty()) return std::optional<Vacancy>();
    VAKANT_TRY(found, unpacked(bytes));
    return std::optional<Vacancy>(std::move(found));
}

Result<std::vector<CachedDocument>> SqlCacheReader::documents(std::string_view kind) {
    VAKANT_CHECK(follow_the_file());
    std::vector<CachedDocument> found;
    VAKANT_CHECK(connection_.query(
        "SELECT agency, kind, id, digest, body FROM documents WHERE kind=? "
        "ORDER BY agency, id",
        {std::string(kind)}, [&found](const SqlRow& row) {
            found.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)});
            return done();
        }));
    return found;
}

} // namespace

Result<std::unique_ptr<CacheReader>> CacheReader::open(const std::filesystem::path& file) {
    VAKANT_TRY(connection, SqlConnection::open(file, SqlMode::read_only, cache_application_id));
    return std::unique_ptr<CacheReader>(std::make_unique<SqlCacheReader>(file, std::move(connection)));
}

} // namespace vakant
