#include <sys/stat.h>

#include <algorithm>

#include "sync/board_filters.h"
#include "sync/board_search.h"
#include "sync/cache.h"
#include "sync/cache_files.h"

namespace vakant {
namespace {

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

class SqlCacheReader final : public CacheReader {
public:
    SqlCacheReader(std::filesystem::path file, SqlConnection connection, std::vector<OccupationTable> shipped)
        : file_(std::move(file)), connection_(std::move(connection)), identity_(identity_of(file_)),
          shipped_(std::move(shipped)) {}

    Result<VacancyResults> search(const VacancyQuery& query, UtcMs now) override;
    Result<std::optional<Vacancy>> vacancy(std::string_view id, UtcMs now, std::string_view agency) override;
    Result<std::vector<OccupationEntry>> occupations_of(const Vacancy& vacancy) override;
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
        board_ = BoardIndex();
        return done();
    }
    Outcome follow_the_occupations();
    Outcome check_that_all_is_there(std::string_view agency);
    Result<Vacancy> head(std::int64_t number);
    Outcome each_match(const std::string& expression, std::size_t most, const EachNumber& each);

    std::filesystem::path file_;
    SqlConnection connection_;
    FileIdentity identity_;
    std::vector<OccupationTable> shipped_;
    std::unique_ptr<OccupationIndex> occupations_;
    std::string tagged_by_;
    BoardIndex board_;
};

/// The writer notes by which tables the rows were tagged; only then is it worth reading them.
Outcome SqlCacheReader::follow_the_occupations() {
    VAKANT_TRY(digest, connection_.query_text("SELECT value FROM meta WHERE name='occupations'"));
    if (occupations_ && digest.value_or("") == tagged_by_) return done();
    VAKANT_TRY(known, known_occupations(connection_, shipped_));
    if (!occupations_ || occupations_->digest() != known.digest)
        occupations_ = std::make_unique<OccupationIndex>(known.tables, known.digest);
    tagged_by_ = digest.value_or("");
    return done();
}

Result<Vacancy> SqlCacheReader::head(std::int64_t number) {
    VAKANT_TRY(text, connection_.query_text("SELECT head FROM cards WHERE number=?", {number}));
    if (!text) return Error{ErrorKind::damaged, "a vacancy without its card"};
    auto json = parse_json(*text);
    if (!json.ok()) return Error{ErrorKind::damaged, json.error().detail};
    auto head = vacancy_from_json(*json);
    if (!head.ok()) return Error{ErrorKind::damaged, head.error().detail};
    return head;
}

Outcome SqlCacheReader::each_match(const std::string& expression, std::size_t most, const EachNumber& each) {
    return connection_.query("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?",
                             {expression, most == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(most)},
                             [&each](const SqlRow& row) {
                                 each(row.integer(0));
                                 return done();
                             });
}

Result<VacancyResults> SqlCacheReader::search(const VacancyQuery& query, UtcMs now) {
    VAKANT_CHECK(follow_the_file());
    VAKANT_TRY(transaction, SqlTransaction::begin_reading(connection_));
    VAKANT_CHECK(follow_the_occupations());
    VAKANT_CHECK(board_.follow(connection_));
    BoardSearch search(board_, *occupations_,
                       [this](const std::string& expression, std::size_t most, const EachNumber& each) {
                           return each_match(expression, most, each);
                       });
    VAKANT_TRY(found, search.find(query, now));
    VacancyResults results;
    results.query = query;
    results.own_total = found.own_total;
    results.others_total = found.others_total;
    results.total = std::min(counted_exactly + 1, (query.board == Board::others ? 0 : found.own_total) +
                                                      (query.board == Board::own ? 0 : found.others_total));
    results.counts = std::move(found.counts);
    results.relaxed = found.relaxed;
    results.complete = found.complete;
    search.explain(found.rows);
    for (std::size_t at = 0; at < found.rows.size(); ++at) {
        const BoardIndex::RowNumber row = found.rows[at];
        VAKANT_TRY(stripped, head(board_.rows()[row].number));
        results.cards.push_back(card_of(stripped, query.language));
        results.cards.back().why = search.why(at, row, stripped);
    }
    return results;
}

Result<std::optional<Vacancy>> SqlCacheReader::vacancy(std::string_view id, UtcMs now,
                                                       std::string_view agency) {
    VAKANT_CHECK(follow_the_file());
    Bytes bytes;
    VAKANT_CHECK(connection_.query("SELECT v.vacancy FROM entries e JOIN vacancies v ON v.number=e.number "
                                   "WHERE e.id=? AND e.ends_at>=?",
                                   {std::string(id), now}, [&](const SqlRow& row) {
                                       bytes = row.bytes(0);
                                       return done();
                                   }));
    if (bytes.empty()) {
        VAKANT_CHECK(check_that_all_is_there(agency));
        return std::optional<Vacancy>();
    }
    VAKANT_TRY(found, unpacked(bytes));
    return std::optional<Vacancy>(std::move(found));
}

/// A cache that is being filled, for the first time or anew, lacks vacancies that are open. Once an agency's
/// last page has come, what is not there is gone.
Outcome SqlCacheReader::check_that_all_is_there(std::string_view agency) {
    VAKANT_TRY(whole,
               connection_.query_integer("SELECT count(*) FROM agencies WHERE whole=1 AND ?1 IN (agency,'')",
                                         {std::string(agency)}));
    VAKANT_TRY(coming, connection_.query_integer(
                           "SELECT count(*) FROM agencies WHERE whole=0 AND cursor<>'' AND ?1 IN (agency,'')",
                           {std::string(agency)}));
    if (whole.value_or(0) > 0 && coming.value_or(0) == 0) return done();
    return Error{ErrorKind::unavailable, "not all vacancies have come yet"};
}

Result<std::vector<OccupationEntry>> SqlCacheReader::occupations_of(const Vacancy& vacancy) {
    VAKANT_CHECK(follow_the_file());
    VAKANT_CHECK(follow_the_occupations());
    return occupations_->named_by(vacancy);
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

Result<std::unique_ptr<CacheReader>> CacheReader::open(const std::filesystem::path& file,
                                                       std::vector<OccupationTable> shipped) {
    VAKANT_TRY(connection, SqlConnection::open(file, SqlMode::read_only, cache_application_id));
    return std::unique_ptr<CacheReader>(
        std::make_unique<SqlCacheReader>(file, std::move(connection), std::move(shipped)));
}

} // namespace vakant
