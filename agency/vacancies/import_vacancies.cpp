#include "agency/vacancies/import_vacancies.h"

#include "agency/vacancies/vacancy_rows.h"
#include "core/vacancies/import.h"

namespace vakant {

namespace {

/// Items that share a transaction: large enough to be quick, small enough not to keep a kiosk's delivery
/// waiting.
constexpr std::size_t chunk_length = 200;

std::string_view name_of(ImportFormat format) {
    return format == ImportFormat::own ? "own" : "jobtech";
}

enum class Change { added, updated, unchanged, removed };

/// One import: collects items into chunks and writes each chunk as one job.
class Import {
public:
    Import(Database& database, std::string_view agency, ImportFormat format, UtcMs now)
        : database_(&database), agency_(agency), source_(name_of(format)), now_(now) {}

    Outcome take(ImportedItem item) {
        chunk_.push_back(std::move(item));
        return chunk_.size() < chunk_length ? done() : write_chunk();
    }
    Outcome write_chunk();
    ImportReport report;

private:
    Result<Change> apply(Connection& connection, const ImportedItem& item) const;
    Result<Change> apply_vacancy(Connection& connection, Vacancy vacancy) const;
    Result<Change> apply_removal(Connection& connection, const ImportedItem& item) const;
    void count(Change change);

    Database* database_;
    std::string agency_, source_;
    UtcMs now_;
    std::vector<ImportedItem> chunk_;
};

Outcome Import::write_chunk() {
    std::vector<Change> changes;
    VAKANT_CHECK(database_->write([&](Connection& connection) -> Outcome {
        changes.clear();
        for (const ImportedItem& item : chunk_) {
            if (item.kind == ImportedItem::Kind::refusal) continue;
            auto change = apply(connection, item);
            if (!change.ok()) return change.error();
            changes.push_back(*change);
        }
        return done();
    }));
    report.read += chunk_.size();
    for (const Change change : changes)
        count(change);
    for (ImportedItem& item : chunk_)
        if (item.kind == ImportedItem::Kind::refusal)
            report.refused.push_back({item.index, std::move(item.source_id), std::move(item.reason)});
    chunk_.clear();
    return done();
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
    Vacancy vacancy = item.vacancy;
    vacancy.source = source_;
    vacancy.source_id = item.source_id;
    vacancy.agency = agency_;
    vacancy.id = vacancy_id_of(agency_, source_, item.source_id);
    vacancy.apply_at_kiosk = source_ == "own";
    vacancy.last_confirmed_at = now_;
    vacancy.content_hash = content_hash_of(vacancy);
    return apply_vacancy(connection, std::move(vacancy));
}

Result<Change> Import::apply_vacancy(Connection& connection, Vacancy vacancy) const {
    VAKANT_TRY(known, find_vacancy_row(connection, vacancy.id));
    if (!known) {
        VAKANT_CHECK(keep_vacancy(connection, vacancy, now_));
        return Change::added;
    }
    const auto source_time = vacancy.updated_at ? vacancy.updated_at : vacancy.published_at;
    const bool removed = known->state == "removed" && vacancy.status != VacancyStatus::withdrawn;
    // A copy as old as its own removal, or older than what is held, is a straggler. The agency's own file has
    // no such times: it is the agency's word of today.
    const bool stale = source_time && known->source_time &&
                       (removed ? *source_time <= *known->source_time : *source_time < *known->source_time);
    const bool undated_straggler = removed && !source_time && source_ != "own";
    if (stale || undated_straggler) return Change::unchanged;
    // Gone before its time: the clock was wrong once, and is right now.
    const bool open_again = known->state == "expired" && is_open_at(vacancy, now_);
    if (!removed && !open_again && known->content_hash == vacancy.content_hash) {
        VAKANT_CHECK(confirm_vacancy(connection, vacancy.id, now_));
        return Change::unchanged;
    }
    VAKANT_CHECK(keep_vacancy(connection, vacancy, now_));
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

std::optional<ImportFormat> import_format_named(std::string_view name) {
    if (name == "jobtech") return ImportFormat::jobtech;
    if (name == "own") return ImportFormat::own;
    return std::nullopt;
}

Json to_json(const ImportReport& report) {
    Json refused = Json::array();
    for (const ImportRefusal& one : report.refused)
        refused.push(Json::object({{"index", one.index}, {"id", one.id}, {"reason", one.reason}}));
    return Json::object({{"read", report.read},
                         {"added", report.added},
                         {"updated", report.updated},
                         {"unchanged", report.unchanged},
                         {"removed", report.removed},
                         {"refused", std::move(refused)}});
}

Result<ImportReport> import_vacancies(Database& database, std::string_view agency, ImportFormat format,
                                      std::string_view text, UtcMs now) {
    Import import(database, agency, format, now);
    std::optional<Error> store_failed;
    const ItemSink sink = [&](ImportedItem item) {
        Outcome taken = import.take(std::move(item));
        if (!taken.ok()) store_failed = taken.error();
        return taken;
    };
    const Outcome read =
        format == ImportFormat::own ? import_own(text, now, sink) : import_jobtech(text, sink);
    if (store_failed) return *store_failed;
    VAKANT_CHECK(import.write_chunk());
    if (!read.ok()) import.report.ended_early = read.error();
    return std::move(import.report);
}

} // namespace vakant
