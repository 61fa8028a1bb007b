#include "agency/vacancies/import_vacancies.h"

#include <algorithm>
#include <future>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>

#include "agency/vacancies/vacancy_rows.h"
#include "core/vacancies/text_language.h"

namespace vakant {

namespace {

/// Items that share a transaction: large enough to be quick, small enough not to keep a kiosk's delivery
/// waiting.
constexpr std::size_t chunk_length = 200;

enum class Change { added, updated, unchanged, removed };

/// One import: collects items into chunks and writes each chunk as one job.
class Import {
public:
    Import(Database& database, std::string_view agency, ImportFormat format, UtcMs now,
           const ImportChoices& choices)
        : database_(&database), agency_(agency), source_(source_of(format)), now_(now), choices_(choices),
          snapshot_(choices.snapshot) {}

    ~Import() {
        if (being_written_) being_written_->written.wait(); // the job looks at this object
    }
    Import(const Import&) = delete;
    Import& operator=(const Import&) = delete;

    Outcome take(ImportedItem item) {
        if (snapshot_) seen_.insert(item.source_id);
        if (item.kind != ImportedItem::Kind::held) told_anew_.insert(item.source_id);
        chunk_.push_back(std::move(item));
        return chunk_.size() < chunk_length ? done() : write_chunk();
    }
    /// The last chunk too is in the store.
    Outcome finish();
    /// Of what this source's vacancies say already.
    Result<HeldRecords> held_records() const;
    /// After a whole snapshot: takes away what it lacks.
    Outcome remove_absent();
    ImportReport report;

private:
    /// Is written while the next one is read.
    struct Chunk {
        std::vector<ImportedItem> items;
        std::vector<Change> changes;
        std::future<Outcome> written;
    };
    Outcome write_chunk();
    Outcome write(Connection& connection, Chunk& chunk) const;
    Outcome finish_chunk();
    Result<Change> apply(Connection& connection, const ImportedItem& item) const;
    Result<Change> apply_vacancy(Connection& connection, const Vacancy& vacancy,
                                 const VacancyOrigin& origin) const;
    Result<Change> apply_removal(Connection& connection, const ImportedItem& item) const;
    void count(Change change);

    Database* database_;
    std::string agency_, source_;
    UtcMs now_;
    const ImportChoices& choices_;
    bool snapshot_;
    std::set<std::string, std::less<>> seen_;      ///< source ids of a snapshot, also of what was refused
    std::set<std::string, std::less<>> told_anew_; ///< source ids of which this file says something new
    std::vector<ImportedItem> chunk_;
    std::unique_ptr<Chunk> being_written_;
};

Result<HeldRecords> Import::held_records() const {
    const auto records = std::make_shared<std::unordered_map<std::string, std::string>>();
    VAKANT_CHECK(database_->read([&](Connection& connection) {
        return each_held_record(connection, agency_, source_, [&](std::string record, std::string source_id) {
            records->emplace(std::move(record), std::move(source_id));
        });
    }));
    return HeldRecords([this, records](const std::string& record) -> std::optional<std::string> {
        const auto found = records->find(record);
        if (found == records->end() || told_anew_.contains(found->second)) return std::nullopt;
        return found->second;
    });
}

Outcome Import::remove_absent() {
    VAKANT_TRY(held, database_->read_for<std::vector<HeldVacancy>>([&](Connection& connection) {
        return held_vacancies(connection, agency_, source_, choices_.feed);
    }));
    const std::size_t all = held.size();
    std::erase_if(held, [this](const HeldVacancy& one) { return seen_.contains(one.source_id); });
    constexpr std::size_t enough_to_judge = 100;
    if (all >= enough_to_judge &&
        static_cast<double>(held.size()) > choices_.most_absent * static_cast<double>(all)) {
        report.not_compared = "the snapshot lacks " + std::to_string(held.size()) + " of " +
                              std::to_string(all) + " vacancies, which looks like a fault of its source";
        return done();
    }
    for (std::size_t from = 0; from < held.size(); from += chunk_length) {
        const std::size_t to = std::min(from + chunk_length, held.size());
        VAKANT_CHECK(database_->write([&](Connection& connection) -> Outcome {
            for (std::size_t i = from; i < to; ++i)
                VAKANT_CHECK(keep_absence(connection, held[i].id));
            return done();
        }));
    }
    report.absent = held.size();
    return done();
}

Outcome Import::write_chunk() {
    VAKANT_CHECK(finish_chunk());
    being_written_ = std::make_unique<Chunk>();
    being_written_->items = std::exchange(chunk_, {});
    being_written_->written = database_->submit(
        [this, chunk = being_written_.get()](Connection& connection) { return write(connection, *chunk); });
    return done();
}

/// On the writer's thread.
Outcome Import::write(Connection& connection, Chunk& chunk) const {
    chunk.changes.clear();
    for (const ImportedItem& item : chunk.items) {
        if (item.kind == ImportedItem::Kind::refusal) continue;
        auto change = apply(connection, item);
        if (!change.ok()) return change.error();
        chunk.changes.push_back(*change);
    }
    return done();
}

Outcome Import::finish_chunk() {
    if (!being_written_) return done();
    const std::unique_ptr<Chunk> chunk = std::move(being_written_);
    VAKANT_CHECK(chunk->written.get());
    report.read += chunk->items.size();
    for (const Change change : chunk->changes)
        count(change);
    for (ImportedItem& item : chunk->items)
        if (item.kind == ImportedItem::Kind::refusal)
            report.refused.push_back({item.index, std::move(item.source_id), std::move(item.reason)});
    return choices_.after_chunk ? choices_.after_chunk() : done();
}

Outcome Import::finish() {
    VAKANT_CHECK(write_chunk());
    return finish_chunk();
}

void Import::count(Change change) {
    switch (change) {
    case Change::added:
        ++report.added;
        break;
    case Change::updated:
        ++report.updated;
        break;
    case Change::unchanged:
        ++report.unchanged;
        break;
    case Change::removed:
        ++report.removed;
        break;
    }
}

Result<Change> Import::apply(Connection& connection, const ImportedItem& item) const {
    if (item.kind == ImportedItem::Kind::removal) return apply_removal(connection, item);
    if (item.kind == ImportedItem::Kind::held) {
        VAKANT_CHECK(confirm_vacancy(connection, vacancy_id_of(agency_, source_, item.source_id),
                                     {choices_.feed, item.record}, now_));
        return Change::unchanged;
    }
    Vacancy vacancy = item.vacancy;
    vacancy.source = source_;
    vacancy.source_id = item.source_id;
    vacancy.agency = agency_;
    vacancy.id = vacancy_id_of(agency_, source_, item.source_id);
    vacancy.apply_at_kiosk = source_ == "own";
    vacancy.last_confirmed_at = now_;
    note_likely_languages(vacancy);
    vacancy.content_hash = content_hash_of(vacancy);
    return apply_vacancy(connection, vacancy, {choices_.feed, item.record});
}

Result<Change> Import::apply_vacancy(Connection& connection, const Vacancy& vacancy,
                                     const VacancyOrigin& origin) const {
    VAKANT_TRY(known, find_vacancy_row(connection, vacancy.id));
    if (!known) {
        VAKANT_CHECK(keep_vacancy(connection, vacancy, origin, now_));
        return Change::added;
    }
    const auto source_time = vacancy.updated_at ? vacancy.updated_at : vacancy.published_at;
    const bool removed = known->state == "removed" && vacancy.status != VacancyStatus::withdrawn;
    // A copy as old as its own removal, or older than what is held, is a straggler. The agency's own file has
    // no such times: it is the agency's word of today.
    // A snapshot, however, is the source's word of today: what an earlier one lacked may be there again.
    const bool as_old_is_stale = removed && !snapshot_;
    const bool stale =
        source_time && known->source_time &&
        (as_old_is_stale ? *source_time <= *known->source_time : *source_time < *known->source_time);
    const bool undated_straggler = removed && !source_time && source_ != "own" && !snapshot_;
    if (stale || undated_straggler) return Change::unchanged;
    // Gone before its time: the clock was wrong once, and is right now.
    const bool open_again = known->state == "expired" && is_open_at(vacancy, now_);
    if (!removed && !open_again && known->content_hash == vacancy.content_hash) {
        VAKANT_CHECK(confirm_vacancy(connection, vacancy.id, origin, now_));
        return Change::unchanged;
    }
    VAKANT_CHECK(keep_vacancy(connection, vacancy, origin, now_));
    if (vacancy.status == VacancyStatus::withdrawn) return Change::removed;
    return removed ? Change::added : Change::updated;
}

Result<Change> Import::apply_removal(Connection& connection, const ImportedItem& item) const {
    Vacancy names;
    names.agency = agency_;
    names.source = source_;
    names.source_id = item.source_id;
    names.id = vacancy_id_of(agency_, source_, item.source_id);
    VAKANT_TRY(known, find_vacancy_row(connection, names.id));
    if (known && known->state == "removed") return Change::unchanged;
    const UtcMs removed_at = item.removed_at.value_or(now_);
    if (known && known->source_time && removed_at < *known->source_time) return Change::unchanged;
    VAKANT_CHECK(keep_removal(connection, names, removed_at, now_));
    return Change::removed;
}

} // namespace

Json to_json(const ImportReport& report) {
    Json refused = Json::array();
    for (const ImportRefusal& one : report.refused)
        refused.push(Json::object({{"index", one.index}, {"id", one.id}, {"reason", one.reason}}));
    Json json = Json::object({{"read", report.read},
                              {"added", report.added},
                              {"updated", report.updated},
                              {"unchanged", report.unchanged},
                              {"removed", report.removed},
                              {"refused", std::move(refused)}});
    if (report.absent) json.set("absent", *report.absent);
    return json;
}

Result<ImportReport> import_vacancies(Database& database, std::string_view agency, ImportFormat format,
                                      std::string_view text, UtcMs now, const ImportChoices& choices) {
    Import import(database, agency, format, now, choices);
    std::optional<Error> store_failed;
    const ItemSink sink = [&](ImportedItem item) {
        Outcome taken = import.take(std::move(item));
        if (!taken.ok()) store_failed = taken.error();
        return taken;
    };
    VAKANT_TRY(held, import.held_records());
    Sweep sweep;
    const Outcome read = import_feed(format, text, {now, choices.place_names, held}, sink, sweep);
    if (store_failed) return *store_failed;
    VAKANT_CHECK(import.finish());
    if (!read.ok()) import.report.ended_early = read.error();
    if (choices.snapshot) {
        import.report.not_compared = read.ok() ? sweep.why_incomplete() : "the file did not reach its end";
        if (import.report.not_compared.empty()) VAKANT_CHECK(import.remove_absent());
    }
    return std::move(import.report);
}

} // namespace vakant
