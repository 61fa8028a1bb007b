#include <algorithm>
#include <limits>

#include "core/sql/store_files.h"
#include "sync/board_facts.h"
#include "sync/cache.h"
#include "sync/cache_files.h"

namespace vakant {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// Ten minutes of publishing share this many numbers; what is over goes to the ten minutes before.
constexpr std::int64_t slot_numbers = 1024, slot_ms = 600'000;
/// How many rows get their occupations anew in one transaction.
constexpr std::int64_t rows_at_once = 500;
/// Removals that a reader can catch up with; one that slept longer reads all again.
constexpr std::int64_t most_gone = 100'000;

/// The index lies in pages that quick_check takes for plain bytes. Reading all of it is worth the time while
/// it is small; a large one is found out when a search or a change fails on it.
Outcome check_index(SqlConnection& connection, const std::filesystem::path& file) {
    constexpr std::uintmax_t small_enough = 64u << 20;
    std::error_code code;
    if (std::filesystem::file_size(file, code) > small_enough || code) return done();
    VAKANT_TRY(rows, connection.run("INSERT INTO words(words) VALUES ('integrity-check')"));
    (void)rows;
    return done();
}

Result<SqlConnection> open_file(const std::filesystem::path& file) {
    VAKANT_TRY(connection, SqlConnection::open(file, SqlMode::cache_writer, cache_application_id));
    VAKANT_CHECK(migrate(connection, {{1, cache_schema()}}));
    VAKANT_CHECK(connection.quick_check());
    VAKANT_CHECK(check_index(connection, file));
    VAKANT_TRY(version, connection.query_text("SELECT value FROM meta WHERE name='version'"));
    if (!version) {
        VAKANT_TRY(rows, connection.run("INSERT INTO meta VALUES ('version', ?)", {cache_version()}));
        if (rows != 1) return internal_error("the cache's version was not kept");
    } else if (*version != cache_version()) {
        return Error{ErrorKind::damaged, "an index made by another version: " + *version};
    }
    return connection;
}

/// Disposable: anything that is wrong with the file but the machine itself is a reason to begin anew.
bool is_reason_to_rebuild(const Error& error) {
    return error.kind == ErrorKind::damaged || error.kind == ErrorKind::unsupported;
}

class SqlCacheWriter final : public CacheWriter {
public:
    SqlCacheWriter(std::filesystem::path file, SqlConnection connection, bool rebuilt,
                   std::vector<OccupationTable> shipped)
        : file_(std::move(file)), connection_(std::move(connection)), rebuilt_(rebuilt),
          shipped_(std::move(shipped)) {}

    /// Reads the tables of occupations; where they are others than the rows were tagged by, tags all anew.
    Outcome settle_occupations();

    bool rebuilt() const override { return rebuilt_; }
    Outcome rebuild() override {
        connection_.reset();
        purge_ = Purge::none;
        VAKANT_CHECK(remove_store(file_));
        VAKANT_TRY(connection, open_file(file_));
        connection_ = std::move(connection);
        rebuilt_ = true;
        return settle_occupations();
    }

    Outcome apply(std::string_view agency, const VacancyPage& page) override;
    Outcome start_over(std::string_view agency) override;
    Result<std::string> cursor(std::string_view agency) override {
        VAKANT_TRY(sql, connection());
        VAKANT_TRY(found,
                   sql->query_text("SELECT cursor FROM agencies WHERE agency=?", {std::string(agency)}));
        return found.value_or("");
    }
    Outcome put_document(const CachedDocument& document) override {
        return change("INSERT INTO documents(agency, kind, id, digest, body) VALUES (?,?,?,?,?) "
                      "ON CONFLICT DO UPDATE SET digest=excluded.digest, body=excluded.body",
                      {document.agency, document.kind, document.id, document.digest, document.body});
    }
    Outcome remove_document(std::string_view agency, std::string_view kind, std::string_view id) override {
        return change("DELETE FROM documents WHERE agency=? AND kind=? AND id=?",
                      {std::string(agency), std::string(kind), std::string(id)});
    }
    Outcome keep_only_documents(std::string_view agency, std::string_view kind,
                                const std::vector<std::string>& ids) override;
    Result<std::size_t> sweep(UtcMs now) override;
    Result<bool> purge(UtcMs now) override;
    Outcome note_heard(std::string_view agency, UtcMs at) override {
        return change("INSERT INTO agencies(agency, heard_at) VALUES (?,?) "
                      "ON CONFLICT DO UPDATE SET heard_at=excluded.heard_at",
                      {std::string(agency), at});
    }

private:
    Result<SqlConnection*> connection() {
        if (!connection_) return Error{ErrorKind::unavailable, "the cache could not be opened again"};
        return &*connection_;
    }
    Outcome change(std::string_view sql, const std::vector<SqlValue>& values) {
        VAKANT_TRY(at, connection());
        VAKANT_TRY(rows, at->run(sql, values));
        (void)rows;
        return done();
    }
    Result<const OccupationIndex*> occupations();
    Result<std::int64_t> free_number(const Vacancy& vacancy);
    Result<std::int64_t> next_change();
    Result<Vacancy> vacancy_of(std::int64_t number);
    Outcome forget_old_removals();
    void wipe_the_log();
    Result<bool> is_purge_due(UtcMs now);
    Result<bool> merge(std::int64_t pages);
    Outcome note_purged(UtcMs now);
    Result<std::int64_t> tag_after(std::int64_t number);
    Outcome put(const Vacancy& vacancy);
    Outcome remove(std::string_view agency, const std::string& id);
    Outcome remove_row(std::int64_t number);
    Result<std::size_t> remove_rows(std::string_view where, const std::vector<SqlValue>& values);

    std::filesystem::path file_;
    std::optional<SqlConnection> connection_;
    bool rebuilt_;
    std::vector<OccupationTable> shipped_;
    bool log_holds_removed_ = false;
    /// Where a purge is: what was being merged before is ended, then all is merged into one.
    enum class Purge { none, ends_merges, merges_all, wipes_log } purge_ = Purge::none;
    std::int64_t purges_through_ = 0;              ///< the last removal that it takes out
    std::unique_ptr<OccupationIndex> occupations_; ///< made when a vacancy comes: half a megabyte
    SearchWords words_;
};

Outcome SqlCacheWriter::settle_occupations() {
    VAKANT_TRY(sql, connection());
    VAKANT_TRY(known, known_occupations(*sql, shipped_));
    if (occupations_ && occupations_->digest() != known.digest) occupations_.reset();
    VAKANT_TRY(tagged, sql->query_text("SELECT value FROM meta WHERE name='occupations'"));
    if (tagged.value_or("") == known.digest) return done();
    // In short transactions: the reader goes on meanwhile with what is there. Only a whole round is noted, so
    // that one that was cut off begins again.
    for (std::int64_t number = std::numeric_limits<std::int64_t>::min(); number != 0;) {
        VAKANT_TRY(last, tag_after(number));
        number = last;
    }
    return change("INSERT INTO meta(name, value) VALUES ('occupations', ?) "
                  "ON CONFLICT DO UPDATE SET value=excluded.value",
                  {known.digest});
}

Result<const OccupationIndex*> SqlCacheWriter::occupations() {
    if (!occupations_) {
        VAKANT_TRY(sql, connection());
        VAKANT_TRY(known, known_occupations(*sql, shipped_));
        occupations_ = std::make_unique<OccupationIndex>(known.tables, known.digest);
    }
    return occupations_.get();
}

/// Tags the next rows above a number. Returns the last of them; 0 when there are no more.
Result<std::int64_t> SqlCacheWriter::tag_after(std::int64_t number) {
    VAKANT_TRY(known, occupations());
    VAKANT_TRY(transaction, SqlTransaction::begin(*connection_));
    std::vector<std::int64_t> numbers;
    VAKANT_CHECK(connection_->query("SELECT number FROM entries WHERE number>? ORDER BY number LIMIT ?",
                                    {number, rows_at_once}, [&numbers](const SqlRow& row) {
                                        numbers.push_back(row.integer(0));
                                        return done();
                                    }));
    for (const std::int64_t each : numbers) {
        VAKANT_TRY(vacancy, vacancy_of(each));
        VAKANT_TRY(sequence, next_change());
        VAKANT_CHECK(change("UPDATE entries SET tags=?, changed=? WHERE number=?",
                            {to_text(known->tags_of(vacancy)), sequence, each}));
    }
    VAKANT_CHECK(transaction.commit());
    return numbers.empty() ? 0 : numbers.back();
}

Result<std::int64_t> SqlCacheWriter::next_change() {
    VAKANT_CHECK(change("UPDATE marks SET value=value+1 WHERE name='sequence'", {}));
    VAKANT_TRY(sequence, connection_->query_integer("SELECT value FROM marks WHERE name='sequence'"));
    if (!sequence) return Error{ErrorKind::damaged, "a cache without its marks"};
    return *sequence;
}

Result<Vacancy> SqlCacheWriter::vacancy_of(std::int64_t number) {
    Bytes bytes;
    VAKANT_CHECK(
        connection_->query("SELECT vacancy FROM vacancies WHERE number=?", {number}, [&](const SqlRow& row) {
            bytes = row.bytes(0);
            return done();
        }));
    return unpacked(bytes);
}

Outcome SqlCacheWriter::remove_row(std::int64_t number) {
    VAKANT_TRY(vacancy, vacancy_of(number));
    VAKANT_CHECK(change("INSERT INTO words(words, rowid, terms) VALUES ('delete',?,?)",
                        {number, index_terms_of(vacancy, words_)}));
    VAKANT_CHECK(change("DELETE FROM vacancies WHERE number=?", {number}));
    VAKANT_CHECK(change("DELETE FROM cards WHERE number=?", {number}));
    log_holds_removed_ = true;
    VAKANT_TRY(sequence, next_change());
    VAKANT_CHECK(change("INSERT INTO gone(sequence, number) VALUES (?,?)", {sequence, number}));
    VAKANT_CHECK(change("UPDATE marks SET value=? WHERE name='removed'", {sequence}));
    return change("DELETE FROM entries WHERE number=?", {number});
}

Outcome SqlCacheWriter::forget_old_removals() {
    VAKANT_TRY(count, connection_->query_integer("SELECT count(*) FROM gone"));
    if (count.value_or(0) <= most_gone) return done();
    VAKANT_CHECK(change("DELETE FROM gone", {}));
    return change("UPDATE marks SET value=value+1 WHERE name='generation'", {});
}

Outcome SqlCacheWriter::remove(std::string_view agency, const std::string& id) {
    VAKANT_TRY(number, connection_->query_integer("SELECT number FROM entries WHERE agency=? AND id=?",
                                                  {std::string(agency), id}));
    if (!number) return done();
    return remove_row(*number);
}

/// Within its board, newer is smaller; numbers lie close together, which keeps the index small.
Result<std::int64_t> SqlCacheWriter::free_number(const Vacancy& vacancy) {
    const UtcMs published = vacancy.published_at.value_or(vacancy.updated_at.value_or(0));
    const NumberRange range = numbers_of(vacancy.apply_at_kiosk ? Board::own : Board::others);
    for (std::int64_t slot = std::clamp<std::int64_t>(published / slot_ms, 0, std::int64_t{1} << 38);;
         --slot) {
        const std::int64_t last = range.last - slot * slot_numbers, first = last - slot_numbers + 1;
        VAKANT_TRY(least, connection_->query_integer(
                              "SELECT min(number) FROM entries WHERE number BETWEEN ? AND ?", {first, last}));
        if (!least) return last;
        if (*least > first) return *least - 1;
        if (slot == 0) break;
    }
    // Every slot back to 1970 is full: the gaps that removals left are all there is.
    return Error{ErrorKind::internal, "no number is left for a vacancy"};
}

Outcome SqlCacheWriter::put(const Vacancy& vacancy) {
    VAKANT_TRY(known, occupations());
    VAKANT_TRY(number, free_number(vacancy));
    VAKANT_TRY(sequence, next_change());
    VAKANT_CHECK(change(
        "INSERT INTO entries(number, id, agency, ends_at, changed, facts, tags) VALUES (?,?,?,?,?,?,?)",
        {number, vacancy.id, vacancy.agency, disappears_at(vacancy).value_or(never), sequence,
         to_text(board_facts_of(vacancy)), to_text(known->tags_of(vacancy))}));
    VAKANT_CHECK(change("INSERT INTO cards(number, head) VALUES (?,?)",
                        {number, to_json(head_of(vacancy)).to_text()}));
    VAKANT_CHECK(change("INSERT INTO vacancies(number, vacancy) VALUES (?,?)", {number, packed(vacancy)}));
    return change("INSERT INTO words(rowid, terms) VALUES (?,?)", {number, index_terms_of(vacancy, words_)});
}

Outcome SqlCacheWriter::apply(std::string_view agency, const VacancyPage& page) {
    VAKANT_TRY(sql, connection());
    VAKANT_TRY(transaction, SqlTransaction::begin(*sql));
    for (const std::string& id : page.tombstones)
        VAKANT_CHECK(remove(agency, id));
    for (const Vacancy& vacancy : page.upserts) {
        if (vacancy.agency != agency) return refused("a vacancy of another agency");
        VAKANT_CHECK(remove(agency, vacancy.id));
        if (vacancy.status == VacancyStatus::active) VAKANT_CHECK(put(vacancy));
    }
    if (!page.more) {
        VAKANT_TRY(gone, remove_rows("agency=? AND stale=1", {std::string(agency)}));
        (void)gone;
    }
    VAKANT_CHECK(change("INSERT INTO agencies(agency, cursor, whole) VALUES (?,?,?) "
                        "ON CONFLICT DO UPDATE SET cursor=excluded.cursor, whole=max(whole, excluded.whole)",
                        {std::string(agency), page.next_cursor, std::int64_t{page.more ? 0 : 1}}));
    VAKANT_CHECK(transaction.commit());
    if (!page.more) wipe_the_log();
    return done();
}

/// Names of contacts stood in the rows that went: no copy of them stays in the log.
void SqlCacheWriter::wipe_the_log() {
    if (!log_holds_removed_) return;
    const Outcome wiped = connection_->checkpoint();
    if (wiped.ok()) log_holds_removed_ = false;
    wiped.ignore("a reader is in the way; the next sweep or page does it");
}

Outcome SqlCacheWriter::start_over(std::string_view agency) {
    VAKANT_TRY(sql, connection());
    VAKANT_TRY(transaction, SqlTransaction::begin(*sql));
    VAKANT_CHECK(change("UPDATE entries SET stale=1 WHERE agency=?", {std::string(agency)}));
    VAKANT_CHECK(change("UPDATE agencies SET cursor='' WHERE agency=?", {std::string(agency)}));
    return transaction.commit();
}

Outcome SqlCacheWriter::keep_only_documents(std::string_view agency, std::string_view kind,
                                            const std::vector<std::string>& ids) {
    VAKANT_TRY(sql, connection());
    VAKANT_TRY(transaction, SqlTransaction::begin(*sql));
    std::vector<std::string> gone;
    VAKANT_CHECK(sql->query("SELECT id FROM documents WHERE agency=? AND kind=?",
                            {std::string(agency), std::string(kind)}, [&](const SqlRow& row) {
                                const std::string id = row.text(0);
                                if (std::find(ids.begin(), ids.end(), id) == ids.end()) gone.push_back(id);
                                return done();
                            }));
    for (const std::string& id : gone)
        VAKANT_CHECK(remove_document(agency, kind, id));
    VAKANT_CHECK(transaction.commit());
    return kind == occupations_kind ? settle_occupations() : done();
}

Result<std::size_t> SqlCacheWriter::remove_rows(std::string_view where, const std::vector<SqlValue>& values) {
    std::vector<std::int64_t> numbers;
    VAKANT_CHECK(connection_->query("SELECT number FROM entries WHERE " + std::string(where), values,
                                    [&numbers](const SqlRow& row) {
                                        numbers.push_back(row.integer(0));
                                        return done();
                                    }));
    for (const std::int64_t number : numbers)
        VAKANT_CHECK(remove_row(number));
    return numbers.size();
}

Result<std::size_t> SqlCacheWriter::sweep(UtcMs now) {
    VAKANT_TRY(sql, connection());
    VAKANT_TRY(transaction, SqlTransaction::begin(*sql));
    VAKANT_TRY(gone, remove_rows("ends_at<?", {now}));
    VAKANT_CHECK(forget_old_removals());
    VAKANT_CHECK(transaction.commit());
    wipe_the_log();
    return gone;
}

Result<bool> SqlCacheWriter::is_purge_due(UtcMs now) {
    constexpr std::int64_t hour_ms = 3'600'000;
    VAKANT_TRY(removed, connection_->query_integer("SELECT value FROM marks WHERE name='removed'"));
    VAKANT_TRY(purged, connection_->query_integer("SELECT value FROM marks WHERE name='purged'"));
    VAKANT_TRY(purged_at, connection_->query_integer("SELECT value FROM marks WHERE name='purged_at'"));
    if (removed.value_or(0) <= purged.value_or(0)) return false;
    std::error_code code;
    const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(file_, code));
    const std::int64_t pause =
        std::min(24 * hour_ms, code ? 0 : bytes / 1024 * hour_ms / (purged_bytes_an_hour / 1024));
    const std::int64_t since = now - purged_at.value_or(0);
    if (since >= 0 && since < pause) return false;
    purges_through_ = removed.value_or(0);
    return true;
}

/// Merges about so many pages more; with a minus all segments, whatever their levels, into one. False: there
/// was nothing to merge (SQLite counts one change for the command itself).
Result<bool> SqlCacheWriter::merge(std::int64_t pages) {
    VAKANT_TRY(before, connection_->query_integer("SELECT total_changes()"));
    VAKANT_CHECK(change("INSERT INTO words(words, rank) VALUES ('merge', ?)", {pages}));
    VAKANT_TRY(after, connection_->query_integer("SELECT total_changes()"));
    return after.value_or(0) - before.value_or(0) >= 2;
}

Outcome SqlCacheWriter::note_purged(UtcMs now) {
    VAKANT_TRY(transaction, SqlTransaction::begin(*connection_));
    VAKANT_CHECK(change("UPDATE marks SET value=? WHERE name='purged'", {purges_through_}));
    VAKANT_CHECK(change("UPDATE marks SET value=? WHERE name='purged_at'", {now}));
    return transaction.commit();
}

Result<bool> SqlCacheWriter::purge(UtcMs now) {
    constexpr std::int64_t pages_a_step = 128;
    VAKANT_TRY(sql, connection());
    if (purge_ == Purge::none) {
        VAKANT_TRY(due, is_purge_due(now));
        if (!due) return false;
        purge_ = Purge::ends_merges;
    }
    if (purge_ == Purge::ends_merges) {
        VAKANT_TRY(more, merge(pages_a_step));
        if (more) return true;
        VAKANT_TRY(begun, merge(-pages_a_step));
        purge_ = begun ? Purge::merges_all : Purge::wipes_log;
        return true;
    }
    if (purge_ == Purge::merges_all) {
        VAKANT_TRY(more, merge(pages_a_step));
        if (!more) purge_ = Purge::wipes_log;
        return true;
    }
    // Freed pages are overwritten as they are freed; their former content stands in the log until it is cut.
    if (!sql->checkpoint().ok()) return false; // a reader is in the way: with the next sweep
    log_holds_removed_ = false;
    purge_ = Purge::none;
    VAKANT_CHECK(note_purged(now));
    return false;
}

} // namespace

Result<std::unique_ptr<CacheWriter>> CacheWriter::open(const std::filesystem::path& file,
                                                       std::vector<OccupationTable> shipped) {
    auto connection = open_file(file);
    bool rebuilt = false;
    if (!connection.ok() && is_reason_to_rebuild(connection.error())) {
        VAKANT_CHECK(remove_store(file));
        connection = open_file(file);
        rebuilt = true;
    }
    if (!connection.ok()) return connection.error();
    auto writer =
        std::make_unique<SqlCacheWriter>(file, std::move(connection).value(), rebuilt, std::move(shipped));
    if (Outcome settled = writer->settle_occupations(); !settled.ok()) {
        if (!is_reason_to_rebuild(settled.error())) return settled.error();
        VAKANT_CHECK(writer->rebuild());
    }
    return std::unique_ptr<CacheWriter>(std::move(writer));
}

} // namespace vakant
