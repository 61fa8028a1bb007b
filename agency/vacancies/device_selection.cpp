#include "agency/vacancies/device_selection.h"

#include "agency/store/documents.h"

namespace vakant {

Outcome select_for_device(Connection& connection, std::string_view device,
                          const std::optional<VacancySelection>& selection, UtcMs now) {
    if (!selection) {
        VAKANT_TRY(
            gone, connection.run("DELETE FROM device_selections WHERE device_id = ?", {std::string(device)}));
        (void)gone;
        return done();
    }
    VAKANT_TRY(changed,
               connection.run("INSERT INTO device_selections (device_id, agency_id, selection, selected_at) "
                              "VALUES (?, '', ?, ?) ON CONFLICT (device_id) DO UPDATE SET "
                              "selection = excluded.selection, selected_at = excluded.selected_at",
                              {std::string(device), to_json(*selection).to_text(), now}));
    (void)changed;
    return done();
}

Result<std::optional<VacancySelection>> selection_of_device(Connection& connection, std::string_view device) {
    VAKANT_TRY(text, connection.find_text("SELECT selection FROM device_selections WHERE device_id = ?",
                                          {std::string(device)}));
    if (!text) return std::optional<VacancySelection>();
    VAKANT_TRY(json, parse_json(*text));
    VAKANT_TRY(selection, selection_from_json(json));
    return std::optional<VacancySelection>(std::move(selection));
}

Result<VacancySelection> selection_for(Connection& connection, std::string_view device,
                                       std::string_view agency) {
    VAKANT_TRY(own, selection_of_device(connection, device));
    if (own) return std::move(*own);
    VAKANT_TRY(profiles, offered_documents(connection, agency, "config"));
    if (profiles.empty()) return VacancySelection();
    VAKANT_TRY(profile, agency_profile_from_text(profiles.front().body));
    return std::move(profile.mirror);
}

} // namespace vakant
