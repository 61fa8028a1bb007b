// The rows of vacancies: one for each (agency, source, source id), whatever happened to it. Only
// agency/vacancies includes it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/vacancies/vacancy.h"

namespace vakant {

struct VacancyRow {
    std::string id, state, content_hash;
    std::optional<UtcMs> source_time; ///< when the source last changed or removed it
    std::string feed, twin_key, twin_of;
};

/// Ours, stable over (agency, source, source id).
std::string vacancy_id_of(std::string_view agency, std::string_view source, std::string_view source_id);

Result<std::optional<VacancyRow>> find_vacancy_row(Connection& connection, std::string_view id);
/// Where a vacancy comes from.
struct VacancyOrigin {
    std::string_view feed;   ///< the configured address that brought it, "" for a file
    std::string_view record; ///< ImportedItem::record
};
/// Writes the whole vacancy under its id with a new feed sequence.
Outcome keep_vacancy(Connection& connection, const Vacancy& vacancy, const VacancyOrigin& origin, UtcMs now);
/// What is kept of something that the source removed: that it was removed.
Outcome keep_removal(Connection& connection, const Vacancy& names, UtcMs removed_at, UtcMs now);
/// What one source of one agency has on the board now; only what `feed` brought where one is named.
struct HeldVacancy {
    std::string id, source_id;
};
Result<std::vector<HeldVacancy>> held_vacancies(Connection& connection, std::string_view agency,
                                                std::string_view source, std::string_view feed);
/// Gone because a whole snapshot lacks it: the source named no time, so that of its last state stays.
Outcome keep_absence(Connection& connection, std::string_view id);
/// Its source says the same as before. Nothing happens to what is not on the board.
Outcome confirm_vacancy(Connection& connection, std::string_view id, const VacancyOrigin& origin, UtcMs now);
/// What stands on the board exactly as its source wrote it.
Outcome each_held_record(Connection& connection, std::string_view agency, std::string_view source,
                         const std::function<void(std::string record, std::string source_id)>& each);
/// Ads of others that name no end are open as long as their source says so, and so long after it was last
/// heard to say so.
constexpr UtcMs most_unconfirmed_ms = UtcMs{60} * 24 * 3'600'000;
/// Everything of every agency that disappeared by `now` becomes a tombstone; its contacts go. Returns how
/// many.
Result<std::size_t> expire_vacancies(Connection& connection, UtcMs now);

} // namespace vakant
